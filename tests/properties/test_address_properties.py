"""The quick reading of a URL is the careful one: whatever the URL, both give the same request."""

from __future__ import annotations

import httpx
from hypothesis import given
from hypothesis import strategies as st

from footprint.web import address

PIECES = st.text(alphabet="abZ09.-_~!$&'()*+,;=:@%/?#[]äλ 2Ff", max_size=30)
HOSTS = st.text(alphabet="abz09.-A", min_size=1, max_size=15)
URLS = st.builds(
    lambda scheme, host, port, rest: f"{scheme}://{host}{port}{rest}",
    st.sampled_from(["http", "https", "HTTP"]),
    HOSTS,
    st.sampled_from(["", ":80", ":443", ":8080", ":0", ":99999", ":"]),
    PIECES.map(lambda rest: rest if rest[:1] in ("", "/", "?") else f"/{rest}"),
)


@given(URLS)
def test_a_url_is_read_as_httpx_reads_it(url: str) -> None:
    """Scheme, host, port, path and query are httpx's, or neither reads it."""
    try:
        careful = httpx.URL(url)
    except (httpx.InvalidURL, ValueError):
        careful = None
    try:
        quick = address.parse(url)
    except ValueError:
        quick = None

    if careful is None or careful.userinfo:
        assert quick is None
        return
    assert quick is not None
    assert (quick.scheme, quick.host.encode(), quick.port) == (careful.scheme, careful.raw_host, careful.port)
    assert quick.target.encode() == careful.raw_path
    assert quick.netloc.encode() == careful.netloc
    # As it is asked on the wire: httpx alone writes an empty path as nothing.
    assert str(quick) == f"{careful.scheme}://{careful.netloc.decode()}{careful.raw_path.decode()}"


@given(URLS, st.one_of(URLS, PIECES, PIECES.map(lambda rest: f"/{rest}")))
def test_a_reference_is_joined_as_httpx_joins_it(base: str, reference: str) -> None:
    """Where a redirect leads is what httpx makes of it."""
    try:
        careful = str(httpx.URL(base).join(reference).copy_with(fragment=None))
    except (httpx.InvalidURL, ValueError):
        careful = None
    try:
        quick = address.join(base, reference)
    except ValueError:
        quick = None

    if careful is not None:
        # In parts: of an empty path httpx writes nothing, and asks for "/" all the same.
        assert quick is not None
        assert quick == careful or address.parse(quick) == address.parse(careful)

"""A notice as it is read: waivers are found, however they are dressed."""

import hashlib

import pytest
from papers_samples import AUTHORISATION

from footprint.errors import InputError
from footprint.papers.notice import digest, refuse_waivers, require_match, waivers_in, words_of


@pytest.mark.parametrize(
    "text",
    [
        "I release the company from all claims.",
        "RELEASE OF LIABILITY",
        "<p>I here<b>by re</b>lease everyone.</p>",
        "I re&shy;lease you",
        "I re\u200blease you",
        "I hereby waive any right",
        "a wai-\nver of rights",
        "You hold the employer and its agents\n harmless",
        "to indemnify the agency",
        "I forever discharge the employer from any and all claims",
        "The company is not liable for errors",
        "We accept no liability",
        "You give up all of your rights",
        "I agree not to sue",
        "\uff52\uff45\uff4c\uff45\uff41\uff53\uff45 of all parties",
        "<p>I wai<!-- x -->ve it</p>",
    ],
)
def test_a_release_or_a_waiver_is_found(text: str) -> None:
    """Markup, soft hyphens, wide letters and line breaks hide nothing."""
    assert waivers_in(words_of(text.encode(), where="n"))


@pytest.mark.parametrize(
    "text",
    [
        "A consumer report may be obtained about you for employment purposes.",
        "We rely on what you told us; wave to the camera.",
        "The press room publishes news. It is harmless.",
        "You can hold us to this.",
        "<style>.release { color: red }</style><p>Disclosure</p>",
        "<script>waive()</script><p>Disclosure</p>",
        "The tool discharges its duty.",
    ],
)
def test_plain_words_are_left_alone(text: str) -> None:
    """Words that only look like one, and what no reader sees, are not taken for a waiver."""
    assert waivers_in(words_of(text.encode(), where="n")) == ()


@pytest.mark.parametrize("content", [b"%PDF-1.7\nI release you", b"\xff\xfe\x00x", b"a\x00b"])
def test_what_cannot_be_looked_at_is_refused(content: bytes) -> None:
    """A PDF or another binary file is not passed as free of waivers."""
    with pytest.raises(InputError) as refused:
        words_of(content, where="n.pdf")

    assert "HTML" in str(refused.value)


def test_the_words_found_are_named() -> None:
    """The person who wrote the notice learns which words must go."""
    with pytest.raises(InputError) as refused:
        refuse_waivers(b"I release and hold you harmless", where="n.html")

    assert "release" in refused.value.field
    assert "hold harmless" in refused.value.field


def test_a_notice_is_compared_by_its_bytes() -> None:
    """The bytes that were shown match; one more byte does not."""
    notice = b"the notice"
    consent = AUTHORISATION.but(notice=AUTHORISATION.notice.but(sha256=hashlib.sha256(notice).hexdigest()))

    require_match(notice, consent, where="n")
    with pytest.raises(InputError) as refused:
        require_match(notice + b" ", consent, where="n")

    assert refused.value.field == "notice.sha256"
    assert digest(notice + b" ") in refused.value.mend

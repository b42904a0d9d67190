"""Whatever was captured, a WACZ holds all of it, and each line of its index cuts out exactly the record it is about."""

from __future__ import annotations

import hashlib
import json
import tempfile
import zlib
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from footprint.web.cdxj import url_key
from footprint.web.client import Exchange
from footprint.web.recorder import Recorder
from footprint.web.wacz import About, WarcFile, pack
from footprint.web.warc import target_of

AT = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
paths = st.text(st.characters(codec="utf-8"), max_size=20)
answers = st.tuples(paths, st.binary(max_size=200), st.sampled_from([200, 204, 302, 404]), st.booleans())


def recorded(folder: Path, kept: list[tuple[str, bytes, int, bool]], name: str) -> list[str]:
    """Record some answers, and return the record ids."""
    writer = Recorder(folder, name, software="f", robots_policy="o", user_agent="f")
    ids = []
    for number, (path, body, status, is_open) in enumerate(kept):
        exchange = Exchange(url=target_of(f"https://page.example/{path}"), status=status, raw_body=body, body=body)
        ids.append(writer.keep(exchange, at=AT + timedelta(seconds=number), keep_body=is_open).record_id)
    return ids


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.lists(answers, min_size=1, max_size=6), st.lists(answers, max_size=3), st.integers(0, 100))
def test_every_line_cuts_out_one_record(first: list, second: list, torn: int) -> None:
    """Offset and length are those of one gzip member, whose WARC record is an answer; each answer has one line."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        ids = {*recorded(folder, first, "run-1"), *recorded(folder, second, "run-2")}
        whole = (folder / "run-1.warc.gz").read_bytes()
        (folder / "run-1.warc.gz").write_bytes(whole + whole[:torn])  # the begin of a record that a crash cut off
        captures = [WarcFile(path.name, lambda path=path: path.open("rb")) for path in folder.iterdir()]
        archive = ZipFile(BytesIO(b"".join(pack(captures, (), About("t", "d", "s")))))
    found = []
    lines = archive.read("indexes/index.cdx").splitlines()
    for line in lines:
        key, at, text = line.split(b" ", 2)
        about = json.loads(text)
        content = archive.read(f"archive/{about['filename']}")
        member = zlib.decompressobj(wbits=31)
        head = member.decompress(content[about["offset"] : about["offset"] + about["length"]])
        assert member.eof
        assert member.unused_data == b""
        fields = dict(field.split(b": ", 1) for field in head.split(b"\r\n\r\n")[0].split(b"\r\n")[1:])
        assert fields[b"WARC-Type"] in {b"response", b"revisit"}
        assert fields[b"WARC-Target-URI"].decode() == about["url"]
        assert fields[b"WARC-Payload-Digest"].decode() == about["digest"]
        assert (key.decode(), len(at)) == (url_key(about["url"]), 14)
        found.append(fields[b"WARC-Record-ID"].decode())
    assert lines == sorted(lines)
    assert len(found) == len(first) + len(second)
    assert set(found) == ids


@settings(max_examples=60, deadline=None)
@given(
    st.dictionaries(st.sampled_from(["a.warc.gz", "b.warc.gz"]), st.lists(answers, min_size=1, max_size=2), min_size=1)
)
def test_every_file_is_listed_with_its_digest(kept: dict[str, list]) -> None:
    """What the package lists is what is in it, no more and no less."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        for name, some in kept.items():
            recorded(folder, some, name.removesuffix(".warc.gz"))
        captures = [WarcFile(path.name, lambda path=path: path.open("rb")) for path in folder.iterdir()]
        archive = ZipFile(BytesIO(b"".join(pack(captures, (), About("t", "d", "s")))))
    listed = json.loads(archive.read("datapackage.json"))["resources"]

    assert {item["path"] for item in listed} | {"datapackage.json", "datapackage-digest.json"} == set(
        archive.namelist()
    )
    for item in listed:
        assert item["hash"] == f"sha256:{hashlib.sha256(archive.read(item['path'])).hexdigest()}"


@given(st.text(max_size=80))
def test_a_key_is_one_word_of_ascii(path: str) -> None:
    """Whatever a path holds, its key has no space and no line end: it could break the line it begins."""
    key = url_key(target_of(f"https://page.example/{path}"))

    assert key.isascii()
    assert not set(key) & set(" \t\r\n\v\f")
    assert key == url_key(f"http://www.page.example:80/{target_of(path)}")

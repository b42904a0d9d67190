"""A WARC file is walked record by record: where each lies, and what its headers say."""

from __future__ import annotations

import gzip
import hashlib
from io import BytesIO
from pathlib import Path

import pytest
from capture_samples import AT, SITE, keep_some

from footprint.errors import StoreError, VerificationError
from footprint.web.captured import Captured, captured, span, span_sha256, whole_length


def walked(folder: Path) -> list[Captured]:
    with (folder / "run-1.warc.gz").open("rb") as file:
        return list(captured(file))


def test_every_record_is_named_with_its_place(tmp_path: Path) -> None:
    """The members lie end to end, and each digest is that of the bytes there."""
    kept = keep_some(tmp_path)
    content = (tmp_path / "run-1.warc.gz").read_bytes()
    found = walked(tmp_path)

    assert [record.kind for record in found][:3] == ["warcinfo", "response", "request"]
    assert sum(record.length for record in found) == len(content)
    for record in found:
        member = content[record.offset : record.offset + record.length]
        assert hashlib.sha256(member).hexdigest() == record.sha256
        assert record.record_id.encode() in gzip.decompress(member)
    places = {record.record_id: record.offset for record in found}
    assert [places[answer.record_id] for answer in kept] == [answer.offset for answer in kept]


def test_an_answer_says_what_it_is(tmp_path: Path) -> None:
    """Address, time, status, type, digest and network address come from the record's own headers."""
    keep_some(tmp_path)
    page = walked(tmp_path)[1]

    assert (page.url, page.at, page.status, page.media_type) == (f"{SITE}/", AT, 200, "text/html")
    assert page.address == "127.0.0.1"
    assert page.header("content-encoding") == "gzip"
    assert page.header("etag") == ""
    assert page.digest.startswith("sha256:")


def test_a_request_names_its_answer_and_a_revisit_its_body(tmp_path: Path) -> None:
    """The links between records are kept."""
    keep_some(tmp_path)
    page, question, again = walked(tmp_path)[1:4]

    assert (question.kind, question.answers) == ("request", page.record_id)
    assert question.header("user-agent") == "footprint/0.1"
    assert (again.kind, again.refers_to, again.digest) == ("revisit", page.record_id, page.digest)


def test_a_failure_and_the_file_say_what_they_have_to_say(tmp_path: Path) -> None:
    """The lines of a metadata record and of the warcinfo can be asked for by name."""
    keep_some(tmp_path)
    about, *_, failure = walked(tmp_path)

    assert about.header("software") == "footprint/0.1"
    assert (failure.kind, failure.url, failure.header("outcome")) == ("metadata", f"{SITE}/slow", "timeout")


def test_a_torn_end_is_passed_over(tmp_path: Path) -> None:
    """What a crash cut off is no record, and the whole length ends before it."""
    keep_some(tmp_path)
    path = tmp_path / "run-1.warc.gz"
    whole, before = path.stat().st_size, walked(tmp_path)
    path.write_bytes(path.read_bytes() + path.read_bytes()[:40])

    assert walked(tmp_path) == before
    with path.open("rb") as file:
        assert whole_length(file) == whole


def test_an_empty_file_holds_nothing() -> None:
    """A recording that was opened and never written to is no fault."""
    assert list(captured(BytesIO())) == []
    assert whole_length(BytesIO()) == 0


@pytest.mark.parametrize(
    "content",
    [b"not gzip at all", gzip.compress(b"WARC/1.1\r\nWARC-Type: warcinfo\r\nContent-Length: 0\r\n\r\n", mtime=0)],
    ids=["not gzip", "fields missing"],
)
def test_what_is_no_warc_of_ours_is_refused(content: bytes) -> None:
    """Bytes of another kind, and a member without the fields a recorder writes, are named as a fault."""
    with pytest.raises(VerificationError, match="not a WARC file of ours"):
        list(captured(BytesIO(content)))


def test_a_length_is_not_told_of_what_is_no_warc() -> None:
    """The same holds where only the length is asked for."""
    with pytest.raises(VerificationError):
        whole_length(BytesIO(b"not gzip at all"))


def test_a_file_that_fails_is_a_fault_of_the_store() -> None:
    """A disk that cannot be read is not taken for a changed file."""

    class Broken(BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            raise OSError(5, "Input/output error")

    with pytest.raises(StoreError, match="Input/output error"):
        list(captured(Broken(b"x")))


def test_a_stretch_comes_in_blocks() -> None:
    """A stretch is read from where it begins to where it ends, whatever lies around it."""
    content = bytes(range(256)) * 1024

    assert b"".join(span(BytesIO(content), 3, 200_000)) == content[3:200_003]
    assert max(map(len, span(BytesIO(content), 0, len(content)))) < len(content)
    assert span_sha256(BytesIO(content), 3, 5) == hashlib.sha256(content[3:8]).hexdigest()


def test_a_file_that_became_shorter_is_named() -> None:
    """Less than was there when it was indexed is never handed out as if it were all."""
    with pytest.raises(StoreError, match="shorter"):
        list(span(BytesIO(b"abc"), 0, 4))

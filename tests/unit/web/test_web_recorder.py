"""What was captured is kept as it came, checks with stock tools, and reads back."""

from __future__ import annotations

import gzip
import hashlib
import subprocess
import sys
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from footprint.errors import StoreError, VerificationError
from footprint.web.client import Exchange
from footprint.web.recorder import Capture, NoAnswer, Recorded, Recorder, StoredAnswer
from footprint.web.recorder import read as read_from
from footprint.web.recorder import recorded as recorded_in

AT = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
PAGE = b"<p>h\xc3\xa9llo</p>" * 20


def recorder(folder: Path, name: str = "run-1") -> Recorder:
    """Return a recorder as the gate makes it."""
    return Recorder(folder, name, software="footprint/0.1", robots_policy="obey", user_agent="footprint/0.1")


def exchange(body: bytes = PAGE, *, coding: str = "gzip", **changes) -> Exchange:
    """Return a page as the client gives it."""
    raw = gzip.compress(body, mtime=0) if coding == "gzip" else body
    headers = (
        ("Content-Type", "text/html; charset=utf-8"),
        ("content-ENCODING", coding),
        ("Transfer-Encoding", "chunked"),
        ("X-Greeting", "gr\xfc\xdfe"),
        ("X-Twice", "1"),
        ("X-Twice", "2"),
    )
    values = {
        "url": "https://page.example/a?b=c",
        "status": 200,
        "reason": "OK",
        "request_headers": (("Host", "page.example"), ("Accept", "text/html")),
        "headers": headers,
        "raw_body": raw,
        "body": body,
        "address": "127.0.0.1",
    }
    return Exchange(**{**values, **changes})


def records(folder: Path, name: str = "run-1.warc.gz"):
    """Return type, headers and content of every record, as warcio reads them."""
    with (folder / name).open("rb") as file:
        return [
            (record.rec_type, dict(record.rec_headers.headers), record.http_headers, record.raw_stream.read())
            for record in ArchiveIterator(file)
        ]


def warcio_check(folder: Path, name: str = "run-1.warc.gz") -> subprocess.CompletedProcess[str]:
    """Run the stock checker on a file."""
    command = [sys.executable, "-c", "from warcio.cli import main; main()", "check", "-v", str(folder / name)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def full_run(folder: Path, name: str = "run-1") -> list:
    """Keep one of everything."""
    writer = recorder(folder, name)
    return [
        writer.keep(exchange(), at=AT),
        writer.keep(exchange(b"plain", coding="identity", http_version="HTTP/1.0"), at=AT + timedelta(seconds=1)),
        writer.keep(exchange(url="https://page.example/again"), at=AT + timedelta(seconds=2)),
        writer.keep(exchange(b"", coding="identity", status=204, reason=""), at=AT + timedelta(seconds=3)),
        writer.keep(exchange(b"wall", coding="identity", status=403), at=AT, keep_body=False),
        writer.keep(exchange(b"cut", coding="identity", status=404, truncated=True), at=AT),
        writer.keep_failure("https://page.example/slow", at=AT, reason="timeout"),
    ]


def read(folder: Path, name: str, offset: int) -> StoredAnswer:
    """Return an answer of a WARC file in a folder."""
    with (folder / name).open("rb") as file:
        return read_from(file, offset)


def recorded(folder: Path, name: str) -> list[Recorded]:
    """Return what stands in a WARC file of a folder."""
    with (folder / name).open("rb") as file:
        return list(recorded_in(file))


def test_the_stock_checker_finds_every_digest_right(tmp_path: Path) -> None:
    """`warcio check` passes on a file with every kind of record, and looked at them."""
    full_run(tmp_path)

    checked = warcio_check(tmp_path)

    assert checked.returncode == 0, checked.stdout
    assert checked.stdout.count("digest pass") == 13
    assert checked.stdout.count("not checked (revisit)") == 1


def test_the_stock_checker_sees_a_changed_body(tmp_path: Path) -> None:
    """The digests are real: a body changed inside its record fails the check, and our own reading."""
    kept = recorder(tmp_path).keep(exchange(b"plain", coding="identity"), at=AT)
    path = tmp_path / kept.warc
    members = path.read_bytes()
    changed = gzip.decompress(members[kept.offset :]).replace(b"plain", b"plaid")
    path.write_bytes(members[: kept.offset] + gzip.compress(changed))

    assert warcio_check(tmp_path).returncode == 1
    with pytest.raises(VerificationError, match=f"record at {kept.offset} does not hold"):
        read(tmp_path, kept.warc, kept.offset)


def test_a_file_begins_with_what_made_it(tmp_path: Path) -> None:
    """The first record is a warcinfo with software, robots policy and user agent."""
    full_run(tmp_path)

    kind, headers, _, content = records(tmp_path)[0]

    assert (kind, headers["WARC-Filename"], headers["WARC-Date"]) == (
        "warcinfo",
        "run-1.warc.gz",
        "2026-11-20T09:00:00Z",
    )
    assert b"software: footprint/0.1\r\n" in content
    assert b"robots: obey\r\n" in content
    assert b"http-header-user-agent: footprint/0.1\r\n" in content


def test_an_answer_stands_beside_its_request(tmp_path: Path) -> None:
    """A response record and a request record, linked, with address and SHA-256 digests, in WARC/1.1."""
    kept = recorder(tmp_path).keep(exchange(), at=AT)

    _, (kind, answer, http, content), (asked, question, asked_http, _) = records(tmp_path)

    assert (kind, asked) == ("response", "request")
    assert question["WARC-Concurrent-To"] == answer["WARC-Record-ID"] == kept.record_id
    assert answer["WARC-Target-URI"] == question["WARC-Target-URI"] == "https://page.example/a?b=c"
    assert answer["WARC-IP-Address"] == "127.0.0.1"
    assert answer["WARC-Payload-Digest"] == f"sha256:{hashlib.sha256(exchange().raw_body).hexdigest()}"
    assert answer["WARC-Block-Digest"].startswith("sha256:")
    assert content == exchange().raw_body
    assert http.protocol == "HTTP/1.1"
    assert (asked_http.protocol, asked_http.statusline) == ("GET", "/a?b=c HTTP/1.1")
    assert gzip.decompress((tmp_path / kept.warc).read_bytes()[kept.offset :]).startswith(b"WARC/1.1\r\n")


def test_headers_are_kept_as_received_but_for_the_chunk_framing(tmp_path: Path) -> None:
    """Spelling, order, repeats and Latin-1 bytes stay; Transfer-Encoding is renamed, since the framing is gone."""
    kept = recorder(tmp_path).keep(exchange(), at=AT)

    block = gzip.decompress((tmp_path / kept.warc).read_bytes()[kept.offset :]).split(b"\r\n\r\n")[1]

    assert block.split(b"\r\n") == [
        b"HTTP/1.1 200 OK",
        b"Content-Type: text/html; charset=utf-8",
        b"content-ENCODING: gzip",
        b"X-Archive-Orig-Transfer-Encoding: chunked",
        b"X-Greeting: gr\xfc\xdfe",
        b"X-Twice: 1",
        b"X-Twice: 2",
    ]


def test_an_answer_reads_back_as_the_page_it_was(tmp_path: Path) -> None:
    """Status, headers, time and the decoded body come back from file and offset alone."""
    kept = recorder(tmp_path).keep(exchange(), at=AT)

    stored = read(tmp_path, kept.warc, kept.offset)

    assert (stored.url, stored.status, stored.body, stored.at) == (exchange().url, 200, PAGE, AT)
    assert ("X-Twice", "2") in stored.headers
    assert stored.record_id == kept.record_id
    assert (kept.sha256, kept.bytes) == (hashlib.sha256(PAGE).hexdigest(), len(PAGE))


def test_the_same_body_is_kept_once_and_read_twice(tmp_path: Path) -> None:
    """A body kept before in the file becomes a revisit that names the first, and reads back whole."""
    first, _, again, *_ = full_run(tmp_path)

    (revisit,) = [headers for kind, headers, *_ in records(tmp_path) if kind == "revisit"]

    assert revisit["WARC-Profile"].endswith("/1.1/revisit/identical-payload-digest")
    assert revisit["WARC-Refers-To"] == first.record_id
    assert revisit["WARC-Refers-To-Target-URI"] == "https://page.example/a?b=c"
    assert revisit["WARC-Refers-To-Date"] == "2026-11-20T09:00:00Z"
    stored = read(tmp_path, again.warc, again.offset)
    assert (stored.url, stored.body) == ("https://page.example/again", PAGE)
    assert again.sha256 == first.sha256


def test_the_body_of_a_closed_page_is_not_kept(tmp_path: Path) -> None:
    """Of a page that is not public the headers are kept, and the record says that its body is missing."""
    kept = recorder(tmp_path).keep(exchange(b"members only", coding="identity", status=403), at=AT, keep_body=False)

    stored = read(tmp_path, kept.warc, kept.offset)

    assert (stored.status, stored.body, kept.bytes) == (403, b"", 0)
    assert records(tmp_path)[1][1]["WARC-Truncated"] == "unspecified"
    assert b"members only" not in gzip.decompress((tmp_path / kept.warc).read_bytes())


def test_a_cut_body_says_so_and_reads_back_to_the_cut(tmp_path: Path) -> None:
    """A body of which only the beginning was read is marked, is nobody's original, and decodes to its end."""
    writer = recorder(tmp_path)
    cut = exchange(b"x" * 5000, truncated=True)
    cut = exchange(b"", raw_body=cut.raw_body[:-12], truncated=True)
    kept = writer.keep(cut, at=AT)
    writer.keep(cut, at=AT)

    assert records(tmp_path)[1][1]["WARC-Truncated"] == "length"
    assert [kind for kind, *_ in records(tmp_path)].count("revisit") == 0
    assert set(read(tmp_path, kept.warc, kept.offset).body) <= set(b"x")


def test_a_failure_is_a_metadata_record_and_no_answer(tmp_path: Path) -> None:
    """A request without an answer leaves its reason; it cannot be read as a page."""
    kept = recorder(tmp_path).keep_failure("https://page.example/slow\r\nX: 1", at=AT, reason="timeout: 20 s\r\nX: 1")

    kind, headers, _, content = records(tmp_path)[-1]

    assert (kind, content) == ("metadata", b"outcome: timeout: 20 s X: 1\r\n")
    assert headers["WARC-Target-URI"] == "https://page.example/slow%0D%0AX:%201"
    assert (headers["WARC-Record-ID"], kept.bytes) == (kept.record_id, 0)
    with pytest.raises(VerificationError, match="is no answer"):
        read(tmp_path, kept.warc, kept.offset)


def test_the_same_exchanges_make_the_same_bytes(tmp_path: Path) -> None:
    """Ids come from the name and a number and times are given, so a demonstration can be repeated byte for byte."""
    one = full_run(tmp_path / "one")
    two = full_run(tmp_path / "two")

    assert one == two
    assert (tmp_path / "one/run-1.warc.gz").read_bytes() == (tmp_path / "two/run-1.warc.gz").read_bytes()
    assert len({kept.record_id for kept in one}) == len(one)
    assert {kept.record_id for kept in one}.isdisjoint(kept.record_id for kept in full_run(tmp_path, "run-2"))


def test_only_the_owner_can_read_the_file(tmp_path: Path) -> None:
    """Captured pages are personal data: 0600 in a folder of 0700."""
    recorder(tmp_path / "case").keep(exchange(), at=AT)

    assert (tmp_path / "case/run-1.warc.gz").stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "case").stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize("left", [1, 40, 300])
def test_a_file_is_gone_on_with_after_a_crash(tmp_path: Path, left: int) -> None:
    """A record that was cut off is removed; numbers and known bodies go on as if nothing had happened."""
    full_run(tmp_path / "whole")
    writer = recorder(tmp_path / "torn")
    writer.keep(exchange(), at=AT)
    path = tmp_path / "torn/run-1.warc.gz"
    whole = path.read_bytes()
    path.write_bytes(whole + (tmp_path / "whole/run-1.warc.gz").read_bytes()[:left])

    again = recorder(tmp_path / "torn").keep(exchange(url="https://page.example/again"), at=AT + timedelta(seconds=2))

    assert path.read_bytes().startswith(whole)
    assert again.offset == len(whole)
    assert [kind for kind, *_ in records(path.parent)] == ["warcinfo", "response", "request", "revisit", "request"]
    ids = [headers["WARC-Record-ID"] for _, headers, *_ in records(path.parent)]
    assert len(set(ids)) == len(ids)
    assert read(path.parent, path.name, again.offset).body == PAGE
    assert warcio_check(path.parent).returncode == 0


def test_a_file_of_another_kind_is_left_alone(tmp_path: Path) -> None:
    """A file that is no gzip is refused and not changed."""
    path = tmp_path / "run-1.warc.gz"
    path.write_bytes(b"somebody's notes")

    with pytest.raises(StoreError, match="not a WARC file of ours"):
        recorder(tmp_path)
    assert path.read_bytes() == b"somebody's notes"


def test_a_folder_that_cannot_be_written_is_a_store_error(tmp_path: Path) -> None:
    """A file in the place of the folder, and a folder in the place of the file, are told without the page's address."""
    (tmp_path / "file").write_bytes(b"")
    writer = recorder(tmp_path)
    (tmp_path / "run-1.warc.gz").unlink()
    (tmp_path / "run-1.warc.gz").mkdir()

    with pytest.raises(StoreError, match="could not be opened"):
        recorder(tmp_path / "file")
    with pytest.raises(StoreError, match="could not be written") as failure:
        writer.keep(exchange(), at=AT)
    assert "page.example" not in str(failure.value)


@pytest.mark.parametrize(
    "offset",
    [3, 10**9],
)
def test_what_is_not_there_is_not_read(tmp_path: Path, offset: int) -> None:
    """An offset that is no record's is a failed verification."""
    recorder(tmp_path).keep(exchange(), at=AT)

    with pytest.raises(VerificationError):
        read(tmp_path, "run-1.warc.gz", offset)


def test_a_time_needs_its_zone_and_is_kept_in_utc(tmp_path: Path) -> None:
    """A capture time without a zone is refused; one of another zone is written in UTC."""
    writer = recorder(tmp_path)
    kept = writer.keep(exchange(), at=AT.astimezone(timezone(timedelta(hours=5))))

    assert read(tmp_path, kept.warc, kept.offset).at == AT
    assert records(tmp_path)[1][1]["WARC-Date"] == "2026-11-20T09:00:00Z"
    with pytest.raises(ValueError, match="zone"):
        writer.keep(exchange(), at=AT.replace(tzinfo=None))


async def test_what_the_client_reads_the_recorder_keeps(tmp_path: Path, loopback) -> None:
    """From a real server to the file and back: chunked gzip over a connection."""
    raw = gzip.compress(PAGE)
    client = await loopback.answering(
        b"HTTP/1.1 200 Fine\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n",
        b"%x\r\n%s\r\n0\r\n\r\n" % (len(raw), raw),
    )

    page = await client.get("http://page.example/", accept="text/html", max_bytes=100_000)
    kept = recorder(tmp_path).keep(page, at=AT)

    stored = read(tmp_path, kept.warc, kept.offset)
    assert (stored.status, stored.body) == (200, PAGE)
    assert warcio_check(tmp_path).returncode == 0


def test_every_answer_and_failure_is_listed_and_a_torn_end_is_not(tmp_path: Path) -> None:
    """`recorded` names what stands in a file, request by request, whatever a crash left after it."""
    kept = full_run(tmp_path)
    path = tmp_path / kept[0].warc
    path.write_bytes(path.read_bytes() + path.read_bytes()[:60])

    listed = recorded(tmp_path, kept[0].warc)
    assert [record.record_id for record in listed] == [entry.record_id for entry in kept]
    assert listed[-1].url == "https://page.example/slow"
    assert listed[1].at == AT + timedelta(seconds=1)


def test_what_is_no_archive_is_not_listed(tmp_path: Path) -> None:
    """A file of another kind is named as such."""
    (tmp_path / "other.warc.gz").write_bytes(b"no gzip at all")
    with pytest.raises(VerificationError):
        recorded(tmp_path, "other.warc.gz")


def test_answers_that_are_kept_together_stand_as_if_kept_one_by_one(tmp_path: Path) -> None:
    """One write of several answers gives the bytes of several writes; equal bodies stand once, also within it."""
    together, single = recorder(tmp_path / "a"), recorder(tmp_path / "b")
    first, second = exchange(), exchange(url="https://page.example/other")
    lost = "https://page.example/lost"

    kept = together.keep_all((Capture(first, AT), Capture(second, AT), NoAnswer(lost, AT, "timeout")))
    alone = (single.keep(first, at=AT), single.keep(second, at=AT), single.keep_failure(lost, at=AT, reason="timeout"))

    assert kept == alone
    name = "run-1.warc.gz"
    assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()
    kinds = [kind for kind, *_ in records(tmp_path / "a")]
    assert kinds == ["warcinfo", "response", "request", "revisit", "request", "metadata"]
    with (tmp_path / "a" / name).open("rb") as file:
        assert read_from(file, kept[1].offset).body == PAGE
    assert warcio_check(tmp_path / "a").returncode == 0

"""Single answers are cut out of a WARC file byte for byte, with what they need to be read."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from footprint.demo.clock import DemoClock
from footprint.errors import VerificationError
from footprint.web.client import Exchange
from footprint.web.excerpt import answers, excerpt
from footprint.web.recorder import Kept, Recorder

PAGE = Exchange(
    url="https://page.example/one",
    status=200,
    reason="OK",
    request_headers=(("Host", "page.example"),),
    headers=(("Content-Type", "text/html"),),
    raw_body=b"<p>one</p>",
    body=b"<p>one</p>",
    address="192.0.2.1",
)


@pytest.fixture
def recording(tmp_path: Path) -> tuple[Path, list[Kept]]:
    """Four answers, the third with the body of the first, and a failure."""
    recorder = Recorder(tmp_path, "run", software="test", robots_policy="obeyed", user_agent="test")
    clock, kept = DemoClock(), []
    for name, body in (("one", b"<p>one</p>"), ("two", b"<p>two</p>"), ("again", b"<p>one</p>"), ("four", b"4")):
        page = replace(PAGE, url=f"https://page.example/{name}", raw_body=body, body=body)
        kept.append(recorder.keep(page, at=clock.now()))
    recorder.keep_failure("https://page.example/slow", at=clock.now(), reason="timeout")
    return tmp_path / "run.warc.gz", kept


def kinds(content: bytes) -> list[str]:
    return [record.rec_type for record in ArchiveIterator(BytesIO(content))]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ([1], ["warcinfo", "response", "request"]),
        ([2], ["warcinfo", "response", "request", "revisit", "request"]),
        ([0, 2], ["warcinfo", "response", "request", "revisit", "request"]),
        ([1, 3], ["warcinfo", "response", "request", "response", "request"]),
    ],
)
def test_an_answer_comes_with_its_request_and_what_it_refers_to(
    recording: tuple[Path, list[Kept]], wanted: list[int], found: list[str]
) -> None:
    """And with nothing else of the file."""
    path, kept = recording
    with path.open("rb") as file:
        cut = excerpt(file, frozenset(kept[number].record_id for number in wanted))

    assert kinds(cut) == found
    bodies = {answer.record_id: answer.body for answer in answers(BytesIO(cut))}
    expected = [b"<p>one</p>", b"<p>two</p>", b"<p>one</p>", b"4"]
    assert all(bodies[kept[number].record_id] == expected[number] for number in wanted)


def test_where_nothing_is_wanted_nothing_is_cut(recording: tuple[Path, list[Kept]]) -> None:
    """Not even the first record."""
    path, _ = recording
    with path.open("rb") as file:
        assert excerpt(file, frozenset()) == b""
    with path.open("rb") as file:
        assert excerpt(file, frozenset({"<urn:uuid:none>"})) == b""


def test_stock_tools_check_what_was_cut(recording: tuple[Path, list[Kept]], tmp_path: Path) -> None:
    """`warcio check` finds every digest right."""
    path, kept = recording
    with path.open("rb") as file:
        (tmp_path / "cut.warc.gz").write_bytes(excerpt(file, frozenset({kept[2].record_id})))
    done = subprocess.run(
        [sys.executable, "-m", "warcio.cli", "check", "-v", str(tmp_path / "cut.warc.gz")],
        capture_output=True,
        check=False,
    )

    assert done.returncode == 0, done.stdout


def test_what_is_no_archive_is_named_as_such() -> None:
    """Nothing is cut out of it."""
    with pytest.raises(VerificationError):
        excerpt(BytesIO(b"no gzip at all"), frozenset({"x"}))
    with pytest.raises(VerificationError):
        list(answers(BytesIO(b"no gzip at all")))

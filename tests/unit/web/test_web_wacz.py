"""WARC files become a WACZ that players open: an index, a list of pages, every digest, and the same bytes each time."""

from __future__ import annotations

import hashlib
import json
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_STORED, ZipFile

import pytest
from capture_samples import AT, SITE, capture, in_memory, keep_some
from warcio.archiveiterator import ArchiveIterator

from footprint.errors import StoreError, VerificationError
from footprint.web.wacz import About, PageLine, WarcFile, index, pack

ABOUT = About("Captures of CASE-1", "Everything that was kept.", "footprint/0.1")
PAGES = (PageLine("E0002", f"{SITE}/B?z=1&a=2", AT, "E0002 website"), PageLine("E0001", f"{SITE}/\xe9", AT))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two WARC files, the second with a torn end."""
    keep_some(tmp_path)
    keep_some(tmp_path, "run-2")
    path = tmp_path / "run-2.warc.gz"
    path.write_bytes(path.read_bytes() + path.read_bytes()[:30])
    return tmp_path


def packed(folder: Path) -> ZipFile:
    captures = [capture(path) for path in folder.glob("*.warc.gz")]
    return ZipFile(BytesIO(b"".join(pack(captures, PAGES, ABOUT))))


def test_everything_has_its_place(folder: Path) -> None:
    """Archives, index, pages, the list of these and the digest of the list; nothing is compressed again, nothing dated."""
    archive = packed(folder)

    assert archive.testzip() is None
    assert archive.namelist() == [
        "archive/run-1.warc.gz",
        "archive/run-2.warc.gz",
        "indexes/index.cdx",
        "pages/pages.jsonl",
        "datapackage.json",
        "datapackage-digest.json",
    ]
    assert {entry.compress_type for entry in archive.infolist()} == {ZIP_STORED}
    assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_every_resource_has_its_digest(folder: Path) -> None:
    """The package lists length and SHA-256 of every other file, and its own digest lies beside it."""
    archive = packed(folder)
    listing = archive.read("datapackage.json")
    package = json.loads(listing)

    assert (package["profile"], package["wacz_version"]) == ("data-package", "1.1.1")
    assert [item["path"] for item in package["resources"]] == archive.namelist()[:-2]
    for item in package["resources"]:
        content = archive.read(item["path"])
        assert item["bytes"] == len(content)
        assert item["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
    assert json.loads(archive.read("datapackage-digest.json")) == {
        "path": "datapackage.json",
        "hash": f"sha256:{hashlib.sha256(listing).hexdigest()}",
    }


def test_a_name_that_a_data_package_does_not_take_is_rewritten() -> None:
    """The name of a resource is in lower case; its path is the file's own."""
    content = b"".join(pack([in_memory("CASE-1:a.warc.gz", b"")], (), ABOUT))
    (resource, *_) = json.loads(ZipFile(BytesIO(content)).read("datapackage.json"))["resources"]

    assert (resource["name"], resource["path"]) == ("case-1-a.warc.gz", "archive/CASE-1:a.warc.gz")


def test_the_archives_are_the_files_without_a_torn_end(folder: Path) -> None:
    """Byte for byte what was recorded; of what a crash cut off, nothing."""
    archive = packed(folder)
    torn = (folder / "run-2.warc.gz").read_bytes()

    assert archive.read("archive/run-1.warc.gz") == (folder / "run-1.warc.gz").read_bytes()
    assert archive.read("archive/run-2.warc.gz") == torn[:-30]


def test_equal_captures_give_equal_bytes(folder: Path) -> None:
    """Neither the time of packing nor the order of the files and pages is in it."""
    captures = [capture(path) for path in sorted(folder.glob("*.warc.gz"))]

    assert b"".join(pack(captures, PAGES, ABOUT)) == b"".join(pack(captures[::-1], PAGES[::-1], ABOUT))


def test_it_comes_in_blocks() -> None:
    """A large recording is never held whole."""
    record = b"".join(in_memory_recording())
    content = record * 400
    blocks = [len(block) for block in pack([in_memory("large.warc.gz", content)], (), ABOUT)]

    assert sum(blocks) > len(content)
    assert max(blocks) < len(content) / 2


def in_memory_recording() -> list[bytes]:
    import random

    from footprint.web.warc import Batch, date_of

    noise = random.Random(7).randbytes(900).hex()
    batch = Batch()
    fields = {"WARC-Record-ID": "<urn:uuid:00000000-0000-5000-8000-000000000000>", "WARC-Date": date_of(AT)}
    batch.add_fields("warcinfo", "", fields, {"software": noise})
    return [batch.content]


def test_the_index_has_a_line_for_each_answer_in_the_order_of_its_bytes(folder: Path) -> None:
    """Responses and revisits of every file, and neither requests nor failures; each line cuts out its record."""
    archive = packed(folder)
    lines = archive.read("indexes/index.cdx").splitlines()

    assert lines == sorted(lines)
    assert len(lines) == 10
    for line in lines:
        about = json.loads(line.split(b" ", 2)[2])
        content = archive.read(f"archive/{about['filename']}")
        member = content[about["offset"] : about["offset"] + about["length"]]
        (record,) = ArchiveIterator(BytesIO(member))
        assert record.rec_headers.get_header("WARC-Target-URI") == about["url"]
        assert f"sha256:{hashlib.sha256(member).hexdigest()}" == about["recordDigest"]


def test_the_pages_are_listed_by_time(folder: Path) -> None:
    """After a line that says what the list is, one for each page: id, address in ASCII, time, title."""
    head, *pages = map(json.loads, packed(folder).read("pages/pages.jsonl").splitlines())

    assert (head["format"], head["id"]) == ("json-pages-1.0", "pages")
    assert pages == [
        {"id": "E0001", "url": f"{SITE}/%C3%A9", "ts": "2026-11-20T09:00:00Z", "title": ""},
        {"id": "E0002", "url": f"{SITE}/B?z=1&a=2", "ts": "2026-11-20T09:00:00Z", "title": "E0002 website"},
    ]


def test_what_is_no_warc_is_not_packed() -> None:
    """Other bytes under a WARC file's name stop the packing before anything is handed out."""
    with pytest.raises(VerificationError):
        next(pack([in_memory("run-1.warc.gz", b"something else")], (), ABOUT))


def test_a_file_that_changes_while_it_is_packed_is_named(folder: Path) -> None:
    """A recording that is cut between the index and the copy is not handed out."""
    whole = (folder / "run-1.warc.gz").read_bytes()
    contents = [whole, whole, whole[:50]]
    with pytest.raises(StoreError, match="shorter"):
        list(pack([WarcFile("run-1.warc.gz", lambda: BytesIO(contents.pop(0)))], (), ABOUT))


def test_no_capture_gives_an_empty_index() -> None:
    """Where nothing was captured nothing is indexed."""
    assert index([]) == b""

"""A ZIP file is written front to back and is the same each time."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from io import BytesIO
from zipfile import ZIP_STORED, ZipFile

from footprint.zipping import Resource, zipped


def test_what_goes_in_comes_out() -> None:
    """Names, order and content are those that were given; stock readers check the sums."""
    content = b"".join(
        zipped([Resource.of("b/two.txt", b"2" * 100_000), Resource.of("a.txt", b""), Resource.of("ä", b"x")])
    )
    archive = ZipFile(BytesIO(content))

    assert archive.testzip() is None
    assert archive.namelist() == ["b/two.txt", "a.txt", "ä"]
    assert archive.read("b/two.txt") == b"2" * 100_000


def test_nothing_of_the_moment_is_in_it() -> None:
    """No time, no compression that a library could change: equal files, equal bytes."""
    parts = [Resource.of("a.txt", b"one"), Resource.of("b.txt", b"two")]
    content = b"".join(zipped(parts))

    assert content == b"".join(zipped(parts))
    assert {(entry.compress_type, entry.date_time) for entry in ZipFile(BytesIO(content)).infolist()} == {
        (ZIP_STORED, (1980, 1, 1, 0, 0, 0))
    }


def test_a_resource_knows_its_digest() -> None:
    """Length and SHA-256 are those of the content, which can be read more than once."""
    made = Resource.of("a.txt", b"one")

    assert (made.size, made.sha256) == (3, hashlib.sha256(b"one").hexdigest())
    assert [b"".join(made.blocks()), b"".join(made.blocks())] == [b"one", b"one"]


def test_a_file_beyond_four_gigabytes_gets_its_fields() -> None:
    """A size of five gigabytes is announced as such, before the content comes; nothing is held."""

    def blocks() -> Iterator[bytes]:
        yield b"begin"
        raise KeyboardInterrupt  # enough was seen

    begun = b""
    try:
        for block in zipped([Resource("large", 5 << 30, "0" * 64, blocks)]):
            begun += block
    except KeyboardInterrupt:
        pass

    assert begun[:4] == b"PK\x03\x04"
    assert int.from_bytes(begun[4:6], "little") == 45  # the version that has 64-bit fields

"""Files that a stranger wrote, and files that appear whole or not at all."""

import os
import resource
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest

from footprint.errors import InputError, StoreError
from footprint.files import MAX_INPUT_BYTES, parse_record, read_bytes, read_record, sync_folder, write_whole
from footprint.model.candidate import Candidate
from footprint.model.lexicon import Lexicon
from footprint.model.record import Moment, Record

PROFILE = """
id = "C-17"
name = "Mara Quill"
born = 1994-03-08

[[identifiers]]
kind = "website"
value = "https://mara.example/"
"""
JSON = (
    '{"id": "C-17", "name": "Mara Quill", "born": "1994-03-08", "identifiers": [{"kind": "github", "value": "mara"}]}'
)


class Event(Record):
    """A record with a time and a number."""

    at: Moment
    count: int = 0
    is_done: bool = False


def refused(content: bytes, kind: type[Record] = Candidate, *, is_json: bool = False) -> InputError:
    with pytest.raises(InputError) as caught:
        parse_record(content, kind, where="profile.toml", is_json=is_json)
    return caught.value


def test_a_toml_file_becomes_a_record(tmp_path: Path) -> None:
    """Dates, lists and tables of TOML become the fields of the record."""
    path = tmp_path / "profile.toml"
    path.write_text(PROFILE)

    assert read_record(path, Candidate).born == date(1994, 3, 8)


def test_a_json_file_becomes_the_same_record(tmp_path: Path) -> None:
    """JSON is read by its suffix, in any case, and through the same model."""
    path = tmp_path / "profile.JSON"
    path.write_text(JSON)

    assert read_record(path, Candidate).identifiers[0].key == "github:mara@github.com"


def test_a_link_to_a_file_is_read(tmp_path: Path) -> None:
    """A link that leads to a regular file is as good as the file."""
    (tmp_path / "real.toml").write_text(PROFILE)
    (tmp_path / "link.toml").symlink_to(tmp_path / "real.toml")

    assert read_record(tmp_path / "link.toml", Candidate).id == "C-17"


WRONG = {
    "an unknown field": (PROFILE.replace('name = "', 'colour = "red"\nname = "'), "colour", "a known field"),
    "an unknown field below": (f"{PROFILE}\nport = 1", "identifiers[0].port", "a known field"),
    "a number for text": (PROFILE.replace('"C-17"', "17"), "id", "text in quotes"),
    "a text for a list": (
        PROFILE.replace('name = "', 'other_names = "Mara Marsh"\nname = "'),
        "other_names",
        "a list",
    ),
    "a text for a table": (
        'id="C"\nname="M"\nborn=1994-03-08\nidentifiers=["x"]',
        "identifiers[0]",
        "a table of fields",
    ),
    "a date in quotes that does not exist": (PROFILE.replace("1994-03-08", '"1994-02-30"'), "born", "date"),
    "a date in words": (PROFILE.replace("1994-03-08", '"in March"'), "born", "date"),
    "a time for a date": (PROFILE.replace("1994-03-08", "1994-03-08T10:00:00Z"), "born", "date"),
    "a truth for a date": (PROFILE.replace("1994-03-08", "true"), "born", "date"),
    "a handle with a slash": (
        PROFILE.replace('"website"', '"github"').replace("https://mara.example/", "mara/quill"),
        "identifiers[0]",
        "a user name",
    ),
    "a missing field": (PROFILE.replace('name = "Mara Quill"', ""), "name", "the field is required"),
    "an unknown choice": (
        PROFILE.replace('"website"', '"pager"'),
        "identifiers[0].kind",
        "kind must be one of website",
    ),
}


@pytest.mark.parametrize(("content", "field", "expected"), WRONG.values(), ids=WRONG)
def test_a_wrong_field_is_named_with_what_was_expected(content: str, field: str, expected: str) -> None:
    """The error names the file, the path of the field and what belongs there, and not the value."""
    error = refused(content.encode())

    assert (error.where, error.field) == ("profile.toml", field)
    assert expected in error.expected
    assert "Quill" not in str(error)


@pytest.mark.parametrize(
    ("content", "field", "expected"),
    [
        (b"at = 2026-11-20", "at", "time"),
        (b"at = 2026-11-20T09:00:00", "at", "needs its zone"),
        (b'at = "yesterday"', "at", "time"),
        (b"at = 12", "at", "time"),
        (b'at = 2026-11-20T09:00:00Z\ncount = "1"', "count", "a whole number"),
        (b"at = 2026-11-20T09:00:00Z\ncount = 1.5", "count", "a whole number"),
        (b"at = 2026-11-20T09:00:00Z\ncount = true", "count", "a whole number"),
        (b"at = 2026-11-20T09:00:00Z\nis_done = 1", "is_done", "true or false"),
    ],
)
def test_types_are_strict(content: bytes, field: str, expected: str) -> None:
    """Nothing is guessed: text is not a number, a number is not a truth, a day is not a time."""
    error = refused(content, Event)

    assert error.field == field
    assert expected in error.expected


def test_a_text_for_a_table_of_groups_is_named() -> None:
    """A table whose keys are free is a table all the same."""
    error = refused(b'id="l"\nversion="1"\ntitle="L"\nsource="own"\ngroups="a"\nrules=[]', Lexicon)

    assert (error.field, error.expected) == ("groups", "a table of fields")


def test_further_faults_are_counted() -> None:
    """The first fault is explained and the others are counted."""
    assert refused(b"id = 17").mend == "3 more faults follow"
    assert refused(PROFILE.replace('"C-17"', "17").encode()).mend == ""


NOT_A_FILE = {
    "YAML": (b"id: C-17\nname: Mara Quill\n", False, "a TOML file"),
    "YAML as JSON": (b"id: C-17\n", True, "a JSON file"),
    "a TOML date that does not exist": (PROFILE.replace("1994-03-08", "1994-02-30").encode(), False, "a TOML file"),
    "half a JSON file": (b'{"id": "C-', True, "a JSON file"),
    "a key given twice": (b'id = "a"\nid = "b"', False, "a TOML file"),
    "an infinite number": (b"born = inf", False, "a TOML file"),
    "not a number": (b'{"id": NaN}', True, "a JSON file"),
    "a number of 5,000 digits": (b"1" * 5000, True, "a JSON file"),
    "deep JSON lists": (b"[" * 100_000, True, "a JSON file"),
    "deep JSON objects": (b'{"id":' * 5000 + b"1" + b"}" * 5000, True, "a JSON file"),
    "deep TOML lists": (b"a=" + b"[" * 100_000, False, "a TOML file"),
    "deep TOML keys": (b"a" + b".a" * 3_000 + b"=1", False, "a TOML file"),
    "invalid UTF-8": (b'id = "\xff"', False, "text in UTF-8"),
    "UTF-16": (PROFILE.encode("utf-16"), False, "text in UTF-8"),
    "a JSON list": (b"[]", True, "a table of fields"),
    "nothing as JSON": (b"", True, "a JSON file"),
}


@pytest.mark.parametrize(("content", "is_json", "expected"), NOT_A_FILE.values(), ids=NOT_A_FILE)
def test_what_is_no_toml_or_json_is_an_input_error(content: bytes, is_json: bool, expected: str) -> None:
    """YAML, broken text, deep nesting and numbers without end are explained, and none of them breaks the program."""
    error = refused(content, is_json=is_json)

    assert error.expected == expected
    assert len(error.mend) <= 200


def test_invalid_utf8_is_named_by_its_place() -> None:
    """The byte at fault is counted from the beginning."""
    assert refused(b"id = \xff").mend == "byte 5 is not"


def folder(path: Path) -> None:
    path.mkdir()


def loop(path: Path) -> None:
    path.symlink_to(path)


def pipe(path: Path) -> None:
    os.mkfifo(path)


def device(path: Path) -> None:
    path.symlink_to("/dev/zero")


def huge(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(100_000_000)


def nothing(path: Path) -> None:
    """Leave no file at all."""


@pytest.mark.parametrize(
    ("make", "expected"),
    [
        (folder, "a regular file"),
        (loop, "a file that can be read"),
        (pipe, "a regular file"),
        (device, "a regular file"),
        (huge, "a file of at most 1,000,000 bytes"),
        (nothing, "a file that can be read"),
    ],
)
def test_what_is_no_small_regular_file_is_an_input_error(make, expected: str, tmp_path: Path) -> None:
    """A folder, a link loop, a pipe, a device, 100 MB or nothing is refused at once, and the path is named."""
    path = tmp_path / "profile.toml"
    make(path)

    with pytest.raises(InputError) as caught:
        read_record(path, Candidate)

    assert (caught.value.where, caught.value.expected) == (str(path), expected)


def test_a_path_that_no_file_can_have_is_an_input_error() -> None:
    """A zero byte in a path is not a path."""
    with pytest.raises(InputError, match="can be read"):
        read_bytes(Path("a\0b"))


def test_a_refused_file_leaves_nothing_open(tmp_path: Path) -> None:
    """Refusing a folder a hundred times takes no file handle."""
    before = len(list(Path("/proc/self/fd").iterdir()))
    for _ in range(100):
        with pytest.raises(InputError):
            read_bytes(tmp_path)

    assert len(list(Path("/proc/self/fd").iterdir())) == before


@pytest.mark.parametrize(("size", "is_read"), [(0, True), (MAX_INPUT_BYTES, True), (MAX_INPUT_BYTES + 1, False)])
def test_the_limit_is_exact(size: int, is_read: bool, tmp_path: Path) -> None:
    """The last byte within the limit is read, the first beyond it is not."""
    path = tmp_path / "file"
    path.write_bytes(b"x" * size)

    if is_read:
        assert len(read_bytes(path)) == size
    else:
        with pytest.raises(InputError, match="at most"):
            read_bytes(path)


def test_a_file_is_written_whole_with_its_mode(tmp_path: Path) -> None:
    """The folders are made for the owner alone, and so is the file."""
    path = tmp_path / "new" / "report.html"
    write_whole(path, b"content")

    assert path.read_bytes() == b"content"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_a_file_can_be_written_for_others_to_read(tmp_path: Path) -> None:
    """The mode is the caller's to widen."""
    write_whole(tmp_path / "report.html", b"", mode=0o644)

    assert stat.S_IMODE((tmp_path / "report.html").stat().st_mode) == 0o644


def test_a_file_is_replaced_and_nothing_else_is_left(tmp_path: Path) -> None:
    """The new content takes the old one's place, and no temporary file stays."""
    path = tmp_path / "report.html"
    write_whole(path, b"old")
    write_whole(path, b"new")

    assert path.read_bytes() == b"new"
    assert [entry.name for entry in tmp_path.iterdir()] == ["report.html"]


@contextmanager
def disk_of(size: int) -> Iterator[None]:
    """Let no file grow beyond `size` bytes, as on a disk that fills up."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_full_disk_leaves_the_old_file_alone(tmp_path: Path) -> None:
    """Where the new content does not fit, the old one stays whole and nothing half-written is left."""
    path = tmp_path / "report.html"
    write_whole(path, b"old")

    with disk_of(100_000), pytest.raises(StoreError, match="could not be written"):
        write_whole(path, b"x" * 200_000)

    assert path.read_bytes() == b"old"
    assert [entry.name for entry in tmp_path.iterdir()] == ["report.html"]


def test_a_folder_that_is_a_file_is_a_store_error(tmp_path: Path) -> None:
    """A path below a file cannot be written."""
    (tmp_path / "file").write_bytes(b"")

    with pytest.raises(StoreError, match="could not be written"):
        write_whole(tmp_path / "file" / "report.html", b"")


def test_a_name_that_is_a_folder_is_a_store_error(tmp_path: Path) -> None:
    """A folder is not replaced by a file, and nothing half-written is left."""
    (tmp_path / "report.html").mkdir()

    with pytest.raises(StoreError, match="could not be written"):
        write_whole(tmp_path / "report.html", b"content")

    assert [entry.name for entry in tmp_path.iterdir()] == ["report.html"]


def test_a_folder_can_be_made_durable(tmp_path: Path) -> None:
    """Syncing a folder changes nothing in it."""
    assert sync_folder(tmp_path) is None
    assert list(tmp_path.iterdir()) == []


def test_a_key_that_stands_twice_is_refused() -> None:
    """Of two `events` in a JSON consent the second must not hide the first."""
    with pytest.raises(InputError, match="stands twice"):
        parse_record(b'{"id": "a", "id": "b"}', Candidate, where="profile.json", is_json=True)

"""The workspace folder: what is made, what is refused, and who may read it."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from footprint.audit.verify import verify
from footprint.errors import InputError, StoreError
from footprint.files import parse_record
from footprint.store.workspace import Settings, Workspace

SETTINGS = b'operator = "op-1"\ncontact = "vetting@force.example"\n'
POLICY = b'id = "SMP-01"\n'


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with Workspace.create(tmp_path / "work", SETTINGS, POLICY) as made:
        yield made


def modes(folder: Path) -> dict[str, int]:
    return {str(entry.relative_to(folder)): stat.S_IMODE(entry.stat().st_mode) for entry in folder.rglob("*")}


def test_new_workspace_holds_what_was_given(workspace: Workspace) -> None:
    """Settings and policy stand there byte for byte, the log is there and whole, and the settings are read."""
    assert (workspace.folder / "footprint.toml").read_bytes() == SETTINGS
    assert workspace.policy_path.read_bytes() == POLICY
    assert verify(workspace.audit_path).size == 0
    assert workspace.settings == Settings(operator="op-1", contact="vetting@force.example")
    assert workspace.settings.policy == "policy.toml"
    assert workspace.settings.seconds_between == 1.0


@pytest.mark.parametrize("umask", [0, 0o022, 0o077])
def test_nobody_but_the_owner_may_read_a_workspace(tmp_path: Path, umask: int) -> None:
    """Folders are 0700 and files 0600 whatever the umask: the database's -wal and -shm as well."""
    before = os.umask(umask)
    try:
        with Workspace.create(tmp_path / "work", SETTINGS, POLICY) as made:
            made.put_document("C-1", "report.json", b"{}")
            with made.database().connect() as connection:
                connection.exec_driver_sql("SELECT 1 FROM cases")
                found = modes(made.folder)
    finally:
        os.umask(before)

    assert stat.S_IMODE(made.folder.stat().st_mode) == 0o700
    assert found == {
        "footprint.toml": 0o600,
        "policy.toml": 0o600,
        "salt": 0o600,
        "audit.jsonl": 0o600,
        "footprint.db": 0o600,
        "footprint.db-wal": 0o600,
        "footprint.db-shm": 0o600,
        "cases": 0o700,
        "cases/C-1": 0o700,
        "cases/C-1/report.json.locked": 0o600,
        "keys.db": 0o600,
        "keys.db-wal": 0o600,
        "keys.db-shm": 0o600,
        "workspace.key": 0o600,
    }


def test_empty_folder_becomes_a_workspace(tmp_path: Path) -> None:
    """A folder that is there and empty is taken, and closed to others."""
    folder = tmp_path / "work"
    folder.mkdir(mode=0o755)
    Workspace.create(folder, SETTINGS, POLICY)

    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert Workspace.open(folder).settings.operator == "op-1"


def test_folder_that_holds_anything_is_refused_and_left_alone(tmp_path: Path) -> None:
    """What stands in a folder is never mixed with a workspace, nor written over by a second one."""
    (tmp_path / "note.txt").write_text("mine")
    with pytest.raises(InputError, match="a new or empty folder"):
        Workspace.create(tmp_path, SETTINGS, POLICY)

    assert [entry.name for entry in tmp_path.iterdir()] == ["note.txt"]


def test_file_in_the_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    """A file is no folder for a workspace."""
    (tmp_path / "work").write_text("mine")
    with pytest.raises(InputError, match="a new or empty folder"):
        Workspace.create(tmp_path / "work", SETTINGS, POLICY)


def test_wrong_settings_make_no_workspace(tmp_path: Path) -> None:
    """Settings are judged before anything is written."""
    with pytest.raises(InputError, match=r"footprint\.toml: contact"):
        Workspace.create(tmp_path / "work", b'operator = "op-1"\n', POLICY)

    assert not (tmp_path / "work").exists()


def test_place_that_cannot_be_written_is_a_store_error(tmp_path: Path) -> None:
    """Where the folder cannot be made, one sentence says so."""
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="could not be made: "):
        Workspace.create(tmp_path / "file" / "work", SETTINGS, POLICY)


@pytest.mark.parametrize("failure", [OSError(28, "No space left on device"), StoreError("full"), KeyboardInterrupt()])
def test_workspace_that_could_not_be_finished_is_taken_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failure: BaseException
) -> None:
    """A disk that fills up, or Ctrl-C, in the middle leaves an empty folder, where a second try works."""

    def fail(_path: Path) -> None:
        raise failure

    with monkeypatch.context() as patched:
        patched.setattr("footprint.store.workspace.connect", fail)
        with pytest.raises((StoreError, KeyboardInterrupt)):
            Workspace.create(tmp_path / "work", SETTINGS, POLICY)
    assert list((tmp_path / "work").iterdir()) == []

    assert Workspace.create(tmp_path / "work", SETTINGS, POLICY).settings.operator == "op-1"


def test_folder_that_is_not_there_is_no_workspace(tmp_path: Path) -> None:
    """The error says how to make one."""
    with pytest.raises(InputError, match="make one with `footprint init`"):
        Workspace.open(tmp_path / "work")


def test_folder_without_settings_is_no_workspace(tmp_path: Path) -> None:
    """A folder of other things is not taken for a workspace."""
    with pytest.raises(InputError, match=r"footprint\.toml: expected a file that can be read"):
        Workspace.open(tmp_path)


@pytest.mark.parametrize(
    ("line", "field"),
    [
        (b'operator = "Ada L"', "operator"),
        (b"operator = 7", "operator"),
        (b'operator = "op-1"\npace = 1', "pace"),
        (b'operator = "op-1"\nseconds_between = 0.4', "seconds_between"),
        (b'operator = "op-1"\nseconds_between = "1"', "seconds_between"),
        (b'operator = "op-1"\npolicy = "../policy.toml"', "policy"),
        (b'operator = "op-1"\npolicy = "policy.yaml"', "policy"),
        (b'operator = "op-1"\npolicy = "footprint.toml"', "policy"),
    ],
)
def test_wrong_setting_is_named(workspace: Workspace, line: bytes, field: str) -> None:
    """The path of the field at fault stands in the error."""
    (workspace.folder / "footprint.toml").write_bytes(line + b'\ncontact = "vetting@force.example"\n')
    with pytest.raises(InputError) as caught:
        Workspace.open(workspace.folder)

    assert caught.value.field == field


@pytest.mark.parametrize(
    ("contact", "holds"),
    [
        ("vetting@force.example", True),
        ("mailto:vetting@force.example", True),
        ("https://force.example/vetting", True),
        ("http://force.example/vetting?who=us", True),
        ("vetting", False),
        ("vetting@force", False),
        ("@force.example", False),
        ("vetting@force.example) (other", False),
        ("vetting unit@force.example", False),
        ("ftp://force.example/", False),
        ("https://", False),
        ("ünit@force.example", False),
        ("vetting@force.example\\nX-Header: 1", False),
        ("", False),
    ],
)
def test_contact_is_an_address_that_fits_into_a_user_agent(contact: str, holds: bool) -> None:
    """A mail address or a URL, in ASCII, that cannot break out of the header."""
    text = f'operator = "op-1"\ncontact = "{contact}"\n'.encode()
    if holds:
        assert parse_record(text, Settings, where="footprint.toml").contact == contact
        return
    with pytest.raises(InputError) as caught:
        parse_record(text, Settings, where="footprint.toml")
    assert caught.value.field == "contact"


@pytest.mark.parametrize(("pace", "value"), [(b"0.5", 0.5), (b"3", 3.0), (b"60", 60.0)])
def test_pace_may_be_slower_and_down_to_half_a_second(pace: bytes, value: float) -> None:
    """A whole number is a number of seconds too."""
    settings = parse_record(SETTINGS + b"seconds_between = " + pace, Settings, where="footprint.toml")

    assert settings.seconds_between == value


def test_policy_may_have_another_name(tmp_path: Path) -> None:
    """The policy is kept under the name that the settings give."""
    made = Workspace.create(tmp_path / "work", SETTINGS + b'policy = "smp.toml"\n', POLICY)

    assert made.policy_path == tmp_path / "work" / "smp.toml"
    assert made.policy_path.read_bytes() == POLICY


def test_document_comes_back_and_is_replaced_as_a_whole(workspace: Workspace) -> None:
    """What was put last is what is got, and no other file is left beside it."""
    workspace.put_document("C-1", "report.html", b"a first, longer one")
    path = workspace.put_document("C-1", "report.html", b"second")

    assert workspace.get_document("C-1", "report.html") == b"second"
    assert [entry.name for entry in workspace.case_folder("C-1").iterdir()] == ["report.html.locked"]
    assert path == workspace.case_folder("C-1") / "report.html.locked"
    assert b"second" not in path.read_bytes()


def test_missing_document_is_said_to_be_missing(workspace: Workspace) -> None:
    """Asking for what a case does not hold makes no folder for it."""
    with pytest.raises(InputError, match="expected a file that can be read: No such file"):
        workspace.get_document("C-9", "report.json")

    assert list((workspace.folder / "cases").iterdir()) == []


@pytest.mark.parametrize(
    "name", ["", ".", "..", "../salt", "a/b", "/etc/hostname", "a\0b", ".hidden", "x" * 200, "a\n"]
)
def test_name_cannot_leave_the_case_folder(workspace: Workspace, name: str) -> None:
    """Neither a case id nor a document's name can be a path."""
    for act in (
        lambda: workspace.case_folder(name),
        lambda: workspace.put_document(name, "report.json", b""),
        lambda: workspace.put_document("C-1", name, b""),
        lambda: workspace.get_document(name, "report.json"),
        lambda: workspace.get_document("C-1", name),
    ):
        with pytest.raises(InputError, match=r"expected a (case id|plain file name)"):
            act()
    assert list((workspace.folder / "cases").iterdir()) == []


def test_case_folder_that_cannot_be_made_is_a_store_error(workspace: Workspace) -> None:
    """A file in the place of a case's folder is reported with the case's id."""
    (workspace.folder / "cases" / "C-1").write_text("")
    with pytest.raises(StoreError, match="the folder of case C-1 could not be made: "):
        workspace.case_folder("C-1")


def test_url_digest_is_the_same_each_time_and_another_in_another_workspace(tmp_path: Path) -> None:
    """Visits can be counted by it, and a known URL cannot be looked up without the workspace's salt."""
    first = Workspace.create(tmp_path / "one", SETTINGS, POLICY)
    other = Workspace.create(tmp_path / "two", SETTINGS, POLICY)
    url = "https://social.example/@ada"

    assert first.url_digest(url) == Workspace.open(tmp_path / "one").url_digest(url)
    assert first.url_digest(url) != other.url_digest(url)
    assert first.url_digest(url) != first.url_digest(url + "/")
    assert len(first.url_digest("https://social.example/\ud800")) == 64


def test_given_salt_makes_a_workspace_that_comes_out_the_same(tmp_path: Path) -> None:
    """The demo's digests are the same on every machine. The value is RFC 4231's HMAC-SHA-256, test case 1's key shape."""
    made = Workspace.create(tmp_path / "work", SETTINGS, POLICY, salt=b"\x0b" * 32)

    assert (made.folder / "salt").read_bytes() == b"0b" * 32 + b"\n"
    assert made.url_digest("Hi There") == "198a607eb44bfbc69903a0f1cf2bbdc5ba0aa3f3d9ae3c1c7a3b1696a0b68cf7"


@pytest.mark.parametrize("content", [None, b"", b"0b" * 32, b"0B" * 32 + b"\n", b"0b" * 33 + b"\n", b"xy" * 32 + b"\n"])
def test_lost_or_damaged_salt_stops_everything(workspace: Workspace, content: bytes | None) -> None:
    """With another salt every visit would count as the first, so a workspace without its own is not opened."""
    (workspace.folder / "salt").unlink()
    if content is not None:
        (workspace.folder / "salt").write_bytes(content)
    with pytest.raises(StoreError, match="bring it back from a backup"):
        Workspace.open(workspace.folder)


def test_lost_database_is_not_begun_anew(workspace: Workspace) -> None:
    """An empty database would count used runs and visits as unused."""
    (workspace.folder / "footprint.db").unlink()
    with pytest.raises(StoreError, match=r"footprint\.db is missing"):
        workspace.database()

    assert not (workspace.folder / "footprint.db").exists()


def test_database_is_one_for_all_until_the_workspace_is_closed(workspace: Workspace) -> None:
    """Callers share one engine; after close a new one is opened, and closing twice does nothing."""
    engine = workspace.database()

    assert workspace.database() is engine
    workspace.close()
    workspace.close()
    assert workspace.database() is not engine


def test_a_case_is_held_by_one_at_a_time(workspace: Workspace) -> None:
    """While one is at work on a case another is told so; other cases are free, and so is this one afterwards."""
    with workspace.hold_case("CASE-1"):
        with pytest.raises(InputError, match="no other run is at work"), workspace.hold_case("CASE-1"):
            raise AssertionError
        with workspace.hold_case("CASE-2"):
            pass
    with workspace.hold_case("CASE-1"):
        pass


def test_a_case_whose_folder_cannot_be_opened_is_not_held(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder that is gone again is a store error."""
    monkeypatch.setattr(Workspace, "case_folder", lambda self, case_id: self.folder / "gone")
    with pytest.raises(StoreError, match="could not be opened"), workspace.hold_case("CASE-1"):
        raise AssertionError


def test_captures_are_listed_in_order_and_opened_by_name(workspace: Workspace) -> None:
    """The WARC files of a case, oldest first; one that is not there is a store error, and a name cannot lead elsewhere."""
    for number in ("02", "01"):
        (workspace.case_folder("CASE-1") / f"CASE-1-{number}.warc.gz").write_bytes(number.encode())

    assert workspace.captures("CASE-1") == ("CASE-1-01.warc.gz", "CASE-1-02.warc.gz")
    with workspace.open_capture("CASE-1", "CASE-1-02.warc.gz") as file:
        assert file.read() == b"02"
    with pytest.raises(StoreError, match="could not be read"):
        workspace.open_capture("CASE-1", "CASE-1-03.warc.gz")
    with pytest.raises(InputError, match="plain file name"):
        workspace.open_capture("CASE-1", "../CASE-1/CASE-1-01.warc.gz")

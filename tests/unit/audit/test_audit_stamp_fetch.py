"""Time stamps over the network: from a local authority made with openssl, behind HTTP on loopback."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from audit_authority import ServedAuthority, made
from audit_samples import holdings, signed_log, token

from answers import DEMO
from footprint.admission import Desk
from footprint.audit.checkpoint import signed_sizes
from footprint.audit.inspection import Outside, inspect
from footprint.audit.log import AuditLog, read
from footprint.audit.stamp import Stamps
from footprint.demo.clock import DemoClock
from footprint.errors import InputError, UnreadableError
from footprint.files import parse_record
from footprint.model.event import Action
from footprint.model.evidence import UnknownReason
from footprint.model.stamps import StampSettings
from footprint.stamping import stamp_head
from footprint.store.cases import Cases
from footprint.store.workspace import Workspace
from footprint.web.guard import Guard
from footprint.web.stamping import ask_for_stamp, query

URL = "http://tsa.test/stamps"
DIGEST = hashlib.sha256(b"a checkpoint").digest()


@pytest.fixture(scope="module")
def authority_files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made(tmp_path_factory.mktemp("authority"))


@pytest.fixture
def authority(authority_files: Path) -> Iterator[ServedAuthority]:
    with ServedAuthority(authority_files) as served:
        yield served


def guard(authority: ServedAuthority) -> Guard:
    return Guard(pinned={"tsa.test": authority.place})


def test_query_is_the_one_that_openssl_makes(tmp_path: Path) -> None:
    """Byte for byte: version 1, SHA-256, no nonce, certificate wanted; a digest of another length is none."""
    words = ["ts", "-query", "-digest", DIGEST.hex(), "-sha256", "-no_nonce", "-cert", "-out", "made.tsq"]
    subprocess.run(["openssl", *words], cwd=tmp_path, check=True, capture_output=True)

    assert (tmp_path / "made.tsq").read_bytes() == query(DIGEST)
    for wrong in (b"", DIGEST[:-1], DIGEST + b"\0"):
        with pytest.raises(ValueError, match="32 bytes"):
            query(wrong)


async def test_nothing_but_the_digest_is_sent(authority: ServedAuthority) -> None:
    """One POST with these fields and no other, no cookie, no contact; its body is the query over the digest."""
    answer = await ask_for_stamp(URL, DIGEST, guard=guard(authority))
    ((line, fields, body),) = authority.received

    assert line == "POST /stamps HTTP/1.1"
    assert set(fields) == {
        "Host", "User-Agent", "Content-Type", "Content-Length", "Accept", "Connection",
    }  # fmt: skip
    assert fields["Host"] == "tsa.test"
    assert fields["User-Agent"].startswith("footprint/")
    assert body == query(DIGEST)
    assert answer[:1] == b"\x30"


@pytest.mark.parametrize(
    ("mode", "reason"),
    [
        ("page", UnknownReason.MALFORMED),
        ("error", UnknownReason.MALFORMED),
        ("moved", UnknownReason.MALFORMED),
        ("long", UnknownReason.OVERSIZE),
        ("silent", UnknownReason.TIMEOUT),
    ],
)
async def test_what_is_no_answer_is_named(authority: ServedAuthority, mode: str, reason: UnknownReason) -> None:
    """A page, an error, a redirect, too much and nothing at all: each under its reason, and asked once."""
    authority.mode = mode
    with pytest.raises(UnreadableError) as caught:
        await ask_for_stamp(URL, DIGEST, guard=guard(authority), seconds=0.5 if mode == "silent" else 20)

    assert caught.value.reason == reason
    assert len(authority.received) == 1


@pytest.mark.parametrize("url", ["http://127.0.0.1/", "http://10.0.0.8/", "http://tsa.internal/", "ftp://tsa.test/"])
async def test_the_guard_judges_the_address(url: str) -> None:
    """An authority inside the house cannot be reached by this way either."""
    with pytest.raises(UnreadableError) as caught:
        await ask_for_stamp(url, DIGEST, guard=Guard())

    assert caught.value.reason == UnknownReason.ADDRESS


def desk_at(folder: Path, authority: ServedAuthority, *more: str) -> Desk:
    """A workspace whose log has a signed head, and that names the authority and perhaps others."""
    urls = ", ".join(f'{{ url = "{url}", ca = "tsa.pem" }}' for url in (URL, *more))
    settings = DEMO.joinpath("footprint.toml").read_text("utf-8") + f"[stamps]\nauthorities = [{urls}]\n"
    workspace = Workspace.create(folder / "w", settings.encode(), DEMO.joinpath("policy.toml").read_bytes())
    signed_log(workspace.folder)
    shutil.copyfile(authority.folder / "ca.pem", workspace.folder / "tsa.pem")
    log = AuditLog(workspace.audit_path)
    return Desk(workspace, log, Cases(workspace.database()), DemoClock(), token)


async def test_stamp_is_kept_checked_and_noted(tmp_path: Path, authority: ServedAuthority) -> None:
    """It lies beside the last checkpoint, verifies as any other, and the log says when it was asked for."""
    desk = desk_at(tmp_path, authority)
    log = desk.workspace.audit_path
    size = signed_sizes(log)[-1]
    (asked,) = await stamp_head(desk, guard(authority))
    found = inspect(log, holdings(), Outside(authorities=(authority.folder / "ca.pem").read_bytes()))
    (*_, last) = read(log)

    assert (asked.authority, asked.size, asked.file, asked.why) == ("tsa.test", size, f"{size}.note.1.tsr", "")
    assert found.stamps == Stamps(hold=1, unchecked=0)
    assert (last.event.action, last.event.result, last.event.counts) == (Action.STAMPED, "kept", {"size": size})
    assert last.event.digests == {
        asked.file: hashlib.sha256((log.with_name("checkpoints") / str(asked.file)).read_bytes()).hexdigest()
    }
    desk.workspace.close()


@pytest.mark.parametrize(
    ("mode", "result"),
    [("page", "unknown:malformed"), ("other", "refused"), ("garbage", "refused"), ("error", "unknown:malformed")],
)
async def test_stamp_that_does_not_hold_is_not_kept(
    tmp_path: Path, authority: ServedAuthority, mode: str, result: str
) -> None:
    """A stamp over another digest, or none at all, is told and logged, and no file is left."""
    authority.mode = mode
    desk = desk_at(tmp_path, authority)
    (asked,) = await stamp_head(desk, guard(authority))
    (*_, last) = read(desk.workspace.audit_path)

    assert asked.file is None
    assert asked.why
    assert (last.event.action, last.event.result, last.event.ids) == (Action.STAMPED, result, {"authority": "tsa.test"})
    assert not list(desk.workspace.folder.rglob("*.tsr"))
    desk.workspace.close()


async def test_one_authority_that_is_away_does_not_keep_another_from_it(
    tmp_path: Path, authority: ServedAuthority
) -> None:
    """Each is asked by itself: the first that cannot be reached, and the second that can; an earlier head too."""
    desk = desk_at(tmp_path, authority, "http://away.test/")
    pins = {"tsa.test": authority.place, "away.test": ("127.0.0.1", 9)}
    first = signed_sizes(desk.workspace.audit_path)[0]
    kept, away = await stamp_head(desk, Guard(pinned=pins), size=first)

    assert kept.file == f"{first}.note.1.tsr"
    assert (away.authority, away.file) == ("away.test", None)
    assert [logged.event.result for logged in read(desk.workspace.audit_path)][-2:] == ["kept", "unknown:transport"]
    desk.workspace.close()


async def test_without_its_certificates_an_authority_is_not_asked(tmp_path: Path, authority: ServedAuthority) -> None:
    """What could not be checked is not fetched."""
    desk = desk_at(tmp_path, authority)
    (desk.workspace.folder / "tsa.pem").unlink()
    (asked,) = await stamp_head(desk, guard(authority))

    assert asked.file is None
    assert authority.received == []
    desk.workspace.close()


async def test_no_authority_is_asked_unless_it_is_named(tmp_path: Path) -> None:
    """A workspace as it is made asks nobody, and writes no event."""
    settings, policy = (DEMO.joinpath(name).read_bytes() for name in ("footprint.toml", "policy.toml"))
    with Workspace.create(tmp_path / "w", settings, policy) as workspace:
        desk = Desk(workspace, AuditLog(workspace.audit_path), Cases(workspace.database()), DemoClock(), token)

        assert await stamp_head(desk, Guard()) == ()
        assert workspace.audit_path.read_bytes() == b""


@pytest.mark.parametrize(
    ("url", "ca", "is_good"),
    [
        ("https://tsa.example/stamp", "tsa.pem", True),
        ("http://tsa.example", "tsa.crt", True),
        ("https://tsa.example:8443/a/b", "tsa.pem", True),
        ("https://tsa.example/?case=7", "tsa.pem", False),
        ("https://me:word@tsa.example/", "tsa.pem", False),
        ("https://tsa.example/#x", "tsa.pem", False),
        ("ftp://tsa.example/", "tsa.pem", False),
        ("https://tsa.example/", "../tsa.pem", False),
        ("https://tsa.example/", "audit.key", False),
    ],
)
def test_an_authority_is_an_address_and_a_file(url: str, ca: str, is_good: bool) -> None:
    """Nothing can be put into the address, and no file outside the workspace be named."""
    content = f'authorities = [{{ url = "{url}", ca = "{ca}" }}]'.encode()
    try:
        (found,) = parse_record(content, StampSettings, where="stamps").authorities
    except InputError:
        assert not is_good
    else:
        assert is_good
        assert found.host in url

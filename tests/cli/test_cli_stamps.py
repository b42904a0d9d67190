"""Time stamps from the command line and at the end of a case, and what `footprint doctor` says of key, heads and stamps."""

from __future__ import annotations

import json
import shutil
import ssl
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from answers import DEMO
from footprint.audit.log import read
from footprint.demo.server import DemoWeb
from footprint.model.event import Action
from footprint.store.workspace import Workspace

sys.path.append(str(Path(__file__).resolve().parents[1] / "unit" / "audit"))

from audit_authority import ServedAuthority, made

NAMED = """
[stamps]
authorities = [{ url = "http://tsa.test/", ca = "tsa.pem" }]
"""


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServedAuthority]:
    with ServedAuthority(made(tmp_path_factory.mktemp("authority"))) as served:
        yield served


@pytest.fixture(scope="module")
def web() -> Iterator[DemoWeb]:
    with DemoWeb() as served:
        yield served


@pytest.fixture
def place(tmp_path: Path, authority: ServedAuthority) -> Path:
    """A workspace that names the authority."""
    authority.mode = "stamp"
    settings = DEMO.joinpath("footprint.toml").read_text("utf-8") + NAMED
    Workspace.create(tmp_path / "w", settings.encode(), DEMO.joinpath("policy.toml").read_bytes()).close()
    shutil.copyfile(authority.folder / "ca.pem", tmp_path / "w" / "tsa.pem")
    return tmp_path / "w"


@pytest.fixture
def screened(place: Path, web: DemoWeb, authority: ServedAuthority, tmp_path: Path, call):
    """Screen the demonstration's candidate; returns what was said."""

    def run():
        (der,) = web.tls.get_ca_certs(binary_form=True)
        (tmp_path / "ca.pem").write_text(ssl.DER_cert_to_PEM_cert(der), encoding="ascii")
        for name in ("profile.toml", "consent.toml"):
            (tmp_path / name).write_bytes(DEMO.joinpath(name).read_bytes())
        pins = [
            f"--loopback={name}={address}:{port}" for name, (address, port) in {**web.pinned, **pin(authority)}.items()
        ]
        words = ("screen", tmp_path / "profile.toml", "--consent", tmp_path / "consent.toml", "--workspace", place)
        return call(*words, *pins, "--loopback-ca", tmp_path / "ca.pem", "--out", tmp_path / "out")

    return run


def pin(authority: ServedAuthority) -> dict[str, tuple[str, int]]:
    return {"tsa.test": authority.place}


def fetch(place: Path, authority: ServedAuthority, call):
    address, port = authority.place
    return call("audit", "stamp", "--fetch", "--workspace", place, f"--loopback=tsa.test={address}:{port}")


def test_head_of_a_case_is_stamped_at_its_end(screened, place: Path, authority: ServedAuthority, call) -> None:
    """The head signed at the end is stamped and the stamp verifies; asking once more gets one over the head as it is now."""
    said = screened()
    verified = call("audit", "verify", "--workspace", place, "--tsa-ca", place / "tsa.pem")

    assert said.code == 4  # the cast has places that cannot be checked
    assert "Time stamps" not in said.err
    assert "Time stamps that hold: 1" in verified.out
    assert [event.event.result for event in read(place / "audit.jsonl") if event.event.action is Action.STAMPED] == [
        "kept"
    ]
    assert ".tsr" in fetch(place, authority, call).out
    assert (
        "Time stamps that hold: 2" in call("audit", "verify", "--workspace", place, "--tsa-ca", place / "tsa.pem").out
    )


def test_authority_that_gives_none_fails_no_case(screened, place: Path, authority: ServedAuthority, call) -> None:
    """The report is there, standard error and the log say that a stamp is missing, and it can be asked for later."""
    authority.mode = "error"
    said = screened()
    listed = json.loads(call("case", "list", "--workspace", place, "--json").out)

    assert said.code == 4
    assert "Time stamps missed: 1. Ask again: footprint audit stamp --fetch" in said.err
    assert [case["state"] for case in listed] == ["done"]
    assert fetch(place, authority, call).code == 4
    authority.mode = "stamp"
    assert fetch(place, authority, call).code == 0


def test_nobody_is_asked_where_nobody_is_named(tmp_path: Path, call) -> None:
    """Off by default: `--fetch` says how to name an authority."""
    call("init", tmp_path / "w")
    said = call("audit", "stamp", "--fetch", "--workspace", tmp_path / "w")

    assert said.code == 2
    assert "[stamps]" in said.err


def doctor(place: Path, call) -> dict[str, tuple[bool, str]]:
    checks = json.loads(call("doctor", "--workspace", place, "--json").out)
    return {check["check"]: (check["works"], check["detail"]) for check in checks}


def test_doctor_tells_of_key_heads_and_stamps(screened, place: Path, authority: ServedAuthority, call) -> None:
    """Before the first case there is neither; after it both, and a stamp."""
    before = doctor(place, call)
    screened()
    after = doctor(place, call)

    assert before["audit key"] == (True, "made when the first case ends")
    assert before["signed heads"] == (True, "none yet, over 0 lines; 0 time stamps, 1 authorities named")
    assert after["audit key"][0]
    assert "signs as footprint.invalid/" in after["audit key"][1]
    assert ", the last over " in after["signed heads"][1]
    assert after["signed heads"][1].endswith("lines; 1 time stamps, 1 authorities named")


@pytest.mark.parametrize(
    ("change", "check", "told"),
    [
        (lambda place: (place / "audit.key").chmod(0o644), "audit key", "others can read audit.key"),
        (lambda place: (place / "audit.jsonl").write_bytes(b""), "signed heads", "its end was cut off"),
        (lambda place: (place / "audit.jsonl").write_bytes(b"{}\n"), "signed heads", "footprint audit verify"),
    ],
)
def test_doctor_names_what_is_wrong_with_the_log(change, check: str, told: str, screened, place: Path, call) -> None:
    """A key that others can read, a log that is shorter than its signed head, an end that is no audit line."""
    screened()
    change(place)
    works, detail = doctor(place, call)[check]

    assert not works
    assert told in detail

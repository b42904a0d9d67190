"""Authorisation is a wall: exit 3, one sentence and how to mend it, one audit event, not one packet."""

from __future__ import annotations

import re
import socket
import threading
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest

from footprint.audit.log import read
from footprint.model.event import Action

DEMO = files("footprint.demo")
NAMES = ("maraquill.example", "social.example", "wiki.example", "code.example", "courier.example")


class Doorbell:
    """A server that counts connections and answers nothing."""

    def __init__(self) -> None:
        self.rung = 0
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]
        self._thread = threading.Thread(target=self._listen, daemon=True)
        self._thread.start()

    def _listen(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            self.rung += 1
            connection.close()

    def close(self) -> None:
        self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        self._thread.join()


@pytest.fixture
def doorbell() -> Iterator[Doorbell]:
    bell = Doorbell()
    yield bell
    bell.close()


@pytest.fixture
def place(tmp_path: Path, call) -> Path:
    """A workspace whose consent is valid today."""
    call("init", tmp_path / "w")
    folder = tmp_path / "w"
    for name in ("profile", "consent"):
        (folder / f"example-{name}.toml").rename(folder / f"{name}.toml")
    return folder


def change(folder: Path, name: str, old: str, new: str) -> None:
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert re.search(old, text, re.DOTALL), old
    path.write_text(re.sub(old, new, text, count=1, flags=re.DOTALL), encoding="utf-8")


CHANGES = {
    "expired": ("consent.toml", r"expires = \S+", "expires = 2026-11-15T00:00:00Z"),
    "another person": ("consent.toml", r'subject = "[^"]+"', 'subject = "C-2026-9999"'),
    "other sources": ("consent.toml", r"sources = \[.*?\]", 'sources = ["website"]'),
    "other identifiers": ("consent.toml", r'"mastodon:mara@social.example"', '"mastodon:else@social.example"'),
    "another purpose": ("consent.toml", r'purpose = "[^"]+"', 'purpose = "dpv:Marketing"'),
    "not given": ("consent.toml", r'state = "ConsentGiven"', 'state = "ConsentRefused"'),
    "notice not delivered": ("consent.toml", r"delivered_at = \S+\nacknowledged_at = \S+\n", ""),
    "notice not acknowledged": ("consent.toml", r"acknowledged_at = \S+\n", ""),
    "no lawful basis": ("consent.toml", r"\[\[lawful_basis\]\].*?\n\n", ""),
    "basis is consent": ("consent.toml", r'article = "[^"]+"', 'article = "UK GDPR 6(1)(a)"'),
    "policy past review": ("policy.toml", r"review_due = \S+", "review_due = 2026-11-01"),
    "another policy version": ("consent.toml", r'version = "2.1"', 'version = "9.9"'),
    "event of the future": ("consent.toml", r"at = 2026-11-10T18:44:00Z", "at = 2099-11-10T18:44:00Z"),
    "source not in the policy": ("policy.toml", r'"mediawiki"', '"elsewhere"'),
}


@pytest.mark.parametrize("name", CHANGES)
def test_without_authorisation_nothing_leaves_the_machine(name: str, place: Path, doorbell: Doorbell, call) -> None:
    """Exit 3, one event, no connection at all."""
    change(place, *CHANGES[name])
    pins = [word for host in NAMES for word in ("--loopback", f"{host}=127.0.0.1:{doorbell.port}")]
    said = call("screen", place / "profile.toml", "--consent", place / "consent.toml", "--workspace", place, *pins)

    assert said.code == 3, said
    assert "Refused (" in said.err
    assert "To mend it: " in said.err
    assert [event.event.action for event in read(place / "audit.jsonl")] == [Action.CASE_REFUSED]
    assert doorbell.rung == 0


def test_a_withdrawn_consent_refuses(place: Path, doorbell: Doorbell, call) -> None:
    """A withdrawal that the tool itself wrote refuses the next run."""
    said = call("consent", "withdraw", place / "consent.toml", "--method", "e-mail", "--workspace", place)
    assert said.code == 0, said
    pins = [word for host in NAMES for word in ("--loopback", f"{host}=127.0.0.1:{doorbell.port}")]
    said = call("screen", place / "profile.toml", "--consent", place / "consent.toml", "--workspace", place, *pins)

    assert said.code == 3
    assert "UK-7-withdrawn" in said.err
    assert doorbell.rung == 0


@pytest.mark.parametrize("consent", [(), ("--consent", "nowhere.toml")])
def test_no_consent_refuses(consent: tuple[str, ...], place: Path, call) -> None:
    """No consent at all is a refusal like the others."""
    said = call("screen", place / "profile.toml", *consent, "--workspace", place)

    assert said.code == 3
    assert "There is no recorded consent." in said.err
    assert len(list(read(place / "audit.jsonl"))) == 1


def test_an_authorised_run_rings(place: Path, doorbell: Doorbell, call) -> None:
    """The bell works: with everything in order the same command does connect."""
    pins = [word for host in NAMES for word in ("--loopback", f"{host}=127.0.0.1:{doorbell.port}")]
    change(place, "footprint.toml", r"seconds_between = \S+", "seconds_between = 0.5")
    words = ("--consent", place / "consent.toml", "--workspace", place, "--out", place / "out")
    said = call("screen", place / "profile.toml", *words, *pins)

    assert said.code == 4, said
    assert doorbell.rung > 0
    assert "Nothing could be read" in said.out
    assert "nothing found" not in said.out.lower()
    (page,) = place.glob("out/*/report.html")
    assert "Nothing could be read: no place answered" in page.read_text(encoding="utf-8")


def test_plan_refuses_as_screen_does(place: Path, call) -> None:
    """`plan` prints nothing that could not be done."""
    change(place, *CHANGES["expired"])
    said = call("plan", place / "profile.toml", "--consent", place / "consent.toml", "--workspace", place)

    assert (said.code, said.out) == (3, "")


def test_covered_only_leaves_out_what_the_consent_does_not_cover(place: Path, call) -> None:
    """With the flag the rest is planned, and what is left out is named."""
    change(place, *CHANGES["other sources"])
    said = call(
        "plan", place / "profile.toml", "--consent", place / "consent.toml", "--workspace", place, "--covered-only"
    )

    assert said.code == 0
    assert "left out: mastodon:mara@social.example" in said.out
    assert "https://social.example" not in said.out

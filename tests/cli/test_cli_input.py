"""Bad input: exit 2, the file, the field's path, what was expected; nothing written."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from answers import DEMO


def demo_text(name: str) -> str:
    return DEMO.joinpath(name).read_text(encoding="utf-8")


PROFILES = {
    "unknown key": (
        demo_text("profile.toml").replace("born =", 'star_sign = "Pisces"\nborn ='),
        "star_sign",
        "a known field",
    ),
    "wrong type": (demo_text("profile.toml").replace('name = "Mara Quill"', "name = 7"), "name", "text in quotes"),
    "impossible date": (demo_text("profile.toml").replace("1994-03-08", '"1994-02-30"'), "born", "date"),
    "impossible TOML date": (demo_text("profile.toml").replace("1994-03-08", "1994-02-30"), "", "a TOML file"),
    "handle with a slash": (
        demo_text("profile.toml").replace('"maraquill"', '"mara/quill"'),
        "identifiers[4]",
        "a user name",
    ),
    "handle with a path": (
        demo_text("profile.toml").replace("@mara@social", "@../../etc@social"),
        "identifiers[1]",
        "@user@host",
    ),
    "host with a path": (
        demo_text("profile.toml").replace('"wiki.example"', '"wiki.example/x"'),
        "identifiers[3]",
        "a host name",
    ),
    "URL with a password": (
        demo_text("profile.toml").replace("https://mara", "https://a:b@mara"),
        "identifiers[0]",
        "not accepted",
    ),
    "file URL": (
        demo_text("profile.toml").replace("https://maraquill.example/", "file:///etc/passwd"),
        "identifiers[0]",
        "https://",
    ),
    "missing field": (demo_text("profile.toml").replace("born = 1994-03-08\n", ""), "born", "required"),
    "YAML": ("name: Mara Quill\nborn: 1994-03-08\n", "", "a TOML file"),
    "empty": ("", "id", "required"),
    "the same identifier twice": (demo_text("profile.toml").replace("@mara_private@", "@mara@"), "", "twice"),
}


@pytest.fixture
def place(tmp_path: Path, call) -> Path:
    call("init", tmp_path / "w")
    return tmp_path / "w"


@pytest.mark.parametrize("name", PROFILES)
def test_a_bad_profile_is_explained(name: str, place: Path, call) -> None:
    """The message names the file, the field and what was expected."""
    text, field, expected = PROFILES[name]
    (place / "profile.toml").write_text(text, encoding="utf-8")
    before = sorted(place.rglob("*"))
    log = (place / "audit.jsonl").read_bytes()
    said = call("screen", place / "profile.toml", "--consent", place / "example-consent.toml", "--workspace", place)

    assert said.code == 2, said
    assert f"Bad input: {place / 'profile.toml'}" in said.err
    assert field in said.err
    assert expected in said.err
    assert sorted(place.rglob("*")) == before
    assert (place / "audit.jsonl").read_bytes() == log


CONSENTS = {
    "unknown key": ("language =", 'colour = "red"\nlanguage =', "colour"),
    "unknown category": ('"threats-and-violence"', '"rudeness"', "scope.categories[0]"),
    "window upside down": ("first = 2021-11-21", "first = 2031-11-21", "scope.window"),
    "age under 18": ("min_age = 18", "min_age = 12", "scope.min_age"),
    "time without a zone": ("created = 2026-11-09T10:00:00Z", "created = 2026-11-09T10:00:00", "created"),
    "events out of order": ("at = 2026-11-10T18:44:00Z", "at = 2020-11-10T18:44:00Z", "events must stand"),
    "unknown pack": ('packs = ["uk-police"]', 'packs = ["atlantis"]', "atlantis"),
    "pack with a path": ('packs = ["uk-police"]', 'packs = ["../../uk"]', "packs[0]"),
    "digest too short": ('sha256 = "52', 'sha256 = "', "notice.sha256"),
}


@pytest.mark.parametrize("name", CONSENTS)
def test_a_bad_consent_is_explained(name: str, place: Path, call) -> None:
    """A consent that is not well formed is bad input, not a refusal."""
    old, new, field = CONSENTS[name]
    text = demo_text("consent.toml")
    assert old in text
    (place / "consent.toml").write_text(text.replace(old, new, 1), encoding="utf-8")
    said = call("screen", place / "example-profile.toml", "--consent", place / "consent.toml", "--workspace", place)

    assert said.code == 2, said
    assert field in said.err


def hundred_megabytes(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(100_000_000)


def loop(path: Path) -> None:
    path.symlink_to(path.with_name("other"))
    path.with_name("other").symlink_to(path)


FILES = {
    "100 MB": (hundred_megabytes, "at most 1,000,000 bytes"),
    "invalid UTF-8": (lambda path: path.write_bytes(b'name = "\xff\xfe"'), "UTF-8"),
    "a link loop": (loop, "a file that can be read"),
    "a folder": (lambda path: path.mkdir(), "a regular file"),
    "a named pipe": (os.mkfifo, "a regular file"),
}


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("which", ["profile", "consent", "policy", "settings"])
def test_a_file_that_is_not_one(name: str, which: str, place: Path, call) -> None:
    """Whatever lies where a file should be: exit 2 and what was expected."""
    make, expected = FILES[name]
    target = {"profile": "p.toml", "consent": "c.toml", "policy": "policy.toml", "settings": "footprint.toml"}[which]
    (place / target).unlink(missing_ok=True)
    make(place / target)
    profile = place / ("p.toml" if which == "profile" else "example-profile.toml")
    consent = place / ("c.toml" if which == "consent" else "example-consent.toml")
    said = call("plan", profile, "--consent", consent, "--workspace", place)

    assert said.code == 2, said
    assert expected in said.err
    assert str(place / target) in said.err


def test_a_json_profile_is_as_good(place: Path, call) -> None:
    """Applicant-tracking systems write JSON: the same profile gives the same digest."""
    import json
    import tomllib

    value = tomllib.loads(demo_text("profile.toml"))
    (place / "profile.json").write_text(json.dumps(value, default=str), encoding="utf-8")
    toml = call("candidate", "check", place / "example-profile.toml", "--json")

    assert call("candidate", "check", place / "profile.json", "--json").out == toml.out


def test_there_must_be_a_workspace(tmp_path: Path, call) -> None:
    """Without a workspace the message says how to make one."""
    said = call("plan", tmp_path / "p.toml", "--consent", tmp_path / "c.toml", "--workspace", tmp_path / "nowhere")

    assert said.code == 2
    assert "footprint init" in said.err


@pytest.mark.parametrize(
    "text", ["wiki.test", "wiki.test=10.0.0.1:80", "wiki.test=localhost:80", "=127.0.0.1:80", "a=127.0.0.1:x"]
)
def test_only_loopback_can_be_pinned(text: str, place: Path, call) -> None:
    """A name can be led to this machine, and to no other."""
    said = call(
        "screen",
        place / "example-profile.toml",
        "--consent",
        place / "example-consent.toml",
        "--workspace",
        place,
        "--loopback",
        text,
    )

    assert said.code == 2
    assert "loopback address" in said.err


def test_an_authority_that_is_none_is_explained(place: Path, call) -> None:
    """A certificate authority that cannot be read is bad input."""
    said = call("screen", place / "example-profile.toml", "--workspace", place, "--loopback-ca", place / "nowhere.pem")

    assert said.code == 2
    assert "certificate" in said.err

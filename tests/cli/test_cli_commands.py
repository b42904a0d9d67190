"""The smaller commands: workspace, candidate, consent, policy, sources, schema, plan."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from footprint.collectors.catalog import COLLECTORS, LINK_ONLY, SWEEPS


@pytest.fixture
def place(tmp_path: Path, call) -> Path:
    call("init", tmp_path / "w")
    return tmp_path / "w"


def test_init_makes_a_workspace_and_says_what_is_next(tmp_path: Path, call) -> None:
    """A new workspace holds settings, a policy and examples."""
    said = call("init", tmp_path / "new")

    assert said.code == 0
    assert "Next: footprint plan" in said.out
    assert {path.name for path in (tmp_path / "new").iterdir()} >= {
        "footprint.toml",
        "policy.toml",
        "example-profile.toml",
        "example-consent.toml",
    }


def test_init_leaves_what_is_there(place: Path, call) -> None:
    """A folder with files is not made into a workspace."""
    assert call("init", place).code == 2


def test_doctor_is_content_with_a_new_workspace(place: Path, call) -> None:
    """Everything works in a workspace that was just made."""
    said = call("doctor", "--workspace", place)

    assert said.code == 0, said
    assert "MISSING" not in said.out


def test_doctor_says_what_is_missing(tmp_path: Path, call) -> None:
    """Without a workspace it says how to make one, and ends with 2."""
    said = call("doctor", "--workspace", tmp_path / "nowhere", "--json")

    assert said.code == 2
    assert any(not check["works"] and "footprint init" in check["detail"] for check in json.loads(said.out))


def test_doctor_minds_privacy(place: Path, call) -> None:
    """A workspace that others can read is a fault."""
    place.chmod(0o755)
    said = call("doctor", "--workspace", place)

    assert said.code == 2
    assert f"chmod 700 {place}" in said.out


def test_a_profile_is_written_once(tmp_path: Path, call) -> None:
    """`candidate new` never writes over a file."""
    target = tmp_path / "ada.toml"

    assert call("candidate", "new", target).code == 0
    assert call("candidate", "new", target).code == 2
    assert "mastodon:mara@social.example" in call("candidate", "check", target).out


def test_a_consent_can_be_shown(place: Path, call) -> None:
    """`consent show` gives the state now, and the events."""
    said = call("consent", "show", place / "example-consent.toml")

    assert "ConsentGiven" in said.out
    assert json.loads(call("consent", "show", place / "example-consent.toml", "--json").out)["state"] == "ConsentGiven"


@pytest.mark.parametrize(("by", "state"), [("subject", "ConsentWithdrawn"), ("authority", "ConsentRevoked")])
@pytest.mark.parametrize("form", ["toml", "json"])
def test_a_withdrawal_is_added_and_nothing_is_touched(form: str, by: str, state: str, place: Path, call) -> None:
    """The withdrawal is one more event at the end; in TOML every byte before it stays."""
    consent = place / "example-consent.toml"
    if form == "json":
        shown = json.loads(call("consent", "show", consent, "--json").out)
        shown.pop("state")
        consent = place / "consent.json"
        consent.write_text(json.dumps(shown), encoding="utf-8")
    before = consent.read_bytes()
    said = call("consent", "withdraw", consent, "--by", by, "--method", 'e-mail "today"', "--workspace", place)

    assert said.code == 0, said
    assert json.loads(call("consent", "show", consent, "--json").out)["state"] == state
    assert form == "json" or consent.read_bytes().startswith(before.rstrip())
    assert (
        json.loads(call("audit", "show", "--workspace", place, "--json").out)[-1]["event"]["action"]
        == "consent.changed"
    )


def test_a_withdrawal_that_cannot_be_added_is_refused(place: Path, call) -> None:
    """A file whose last table is not an event is left as it is."""
    consent = place / "example-consent.toml"
    text = consent.read_text(encoding="utf-8")
    head, _, events = text.partition("[[events]]")
    inline = head.replace(
        "[controller]",
        'events = [{ state = "ConsentGiven", at = 2026-11-10T18:44:00Z, by = "subject", method = "portal" }]\n\n[controller]',
        1,
    )
    assert events
    consent.write_text(inline, encoding="utf-8")
    said = call("consent", "withdraw", consent, "--method", "e-mail", "--workspace", place)

    assert said.code == 2, said
    assert consent.read_text(encoding="utf-8") == inline


def test_packs_are_listed_and_shown(call) -> None:
    """Every pack can be listed and read."""
    listed = json.loads(call("policy", "list", "--json").out)
    said = call("policy", "list")

    for pack in (*listed["jurisdictions"], *listed["roles"]):
        assert pack in said.out
        assert call("policy", "show", pack).code == 0
        assert json.loads(call("policy", "show", pack, "--json").out)["id"] == pack


def test_an_unknown_pack_is_bad_input(call) -> None:
    """A pack that does not exist is explained."""
    assert call("policy", "show", "atlantis").code == 2


def test_a_policy_is_checked(place: Path, call) -> None:
    """`policy check` reads the workspace's policy."""
    assert "is well formed" in call("policy", "check", "--workspace", place).out


def test_sources_are_listed_and_shown(call) -> None:
    """Every source says what it reads and on what terms."""
    listed = json.loads(call("sources", "list", "--json").out)

    assert {entry["id"] for entry in listed} == {*COLLECTORS, *SWEEPS, *LINK_ONLY}
    assert "mastodon" in call("sources", "list").out
    for entry in listed:
        assert entry["terms"]["terms_url"] in call("sources", "show", entry["id"]).out
        assert json.loads(call("sources", "show", entry["id"], "--json").out) == entry
    assert call("sources", "show", "myspace").code == 2


@pytest.mark.parametrize(
    "name", ["profile", "consent", "policy", "jurisdiction", "role", "manifest", "settings", "report"]
)
def test_schemas_are_schemas(name: str, call) -> None:
    """Each published schema is a valid JSON Schema."""
    schema = json.loads(call("schema", name).out)

    assert Draft202012Validator.check_schema(schema) is None


def test_a_plan_names_every_request_and_its_clauses(place: Path, call) -> None:
    """Each line of the plan has its host, the consent clause and the policy clause, and nothing is opened."""
    words = ("plan", place / "example-profile.toml", "--consent", place / "example-consent.toml", "--workspace", place)
    said = call(*words)
    drawn = json.loads(call(*words, "--json").out)

    assert said.code == 0, said
    assert said.out.count("\nGET ") == len(drawn["entries"]) + len(drawn["robots"])
    assert drawn["robots"] == ["https://courier.example/robots.txt", "https://maraquill.example/robots.txt"]
    for entry in drawn["entries"]:
        assert entry["request"]["template"] in said.out
        assert entry["consent_clause"] in said.out
        assert entry["policy_clause"] in said.out
    assert call("case", "list", "--workspace", place).out.startswith("No cases yet")


def test_a_workspace_that_cannot_be_written_is_explained(place: Path, call, monkeypatch: pytest.MonkeyPatch) -> None:
    """A full or read-only disk ends with one clear sentence and exit code 1, and the consent stays as it was."""
    consent = place / "example-consent.toml"
    before = consent.read_bytes()

    def full(*_: object, **__: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    said = call("consent", "withdraw", consent, "--method", "e-mail", "--workspace", place)
    monkeypatch.undo()

    assert said.code == 1
    assert "No space left on device" in said.err
    assert consent.read_bytes() == before


def test_a_withdrawal_follows_a_link(place: Path, call) -> None:
    """Where the name is a link, the consent that it leads to is withdrawn: a run may know it by that name."""
    consent = place / "example-consent.toml"
    link = place / "link.toml"
    link.symlink_to(consent.name)
    said = call("consent", "withdraw", link, "--method", "e-mail", "--workspace", place)

    assert said.code == 0, said
    assert link.is_symlink()
    assert json.loads(call("consent", "show", consent, "--json").out)["state"] == "ConsentWithdrawn"


@pytest.mark.parametrize("method", ["", "  ", "a\x07b", "two\nlines", "x" * 501, "\udcff"])
def test_a_method_that_is_no_line_is_explained(method: str, place: Path, call) -> None:
    """What cannot stand in a record is bad input, is not repeated, and leaves the consent as it was."""
    consent = place / "example-consent.toml"
    before = consent.read_bytes()
    said = call("consent", "withdraw", consent, "--method", method, "--workspace", place)

    assert said.code == 2, said
    assert "--method" in said.err
    assert "x" * 50 not in said.err
    assert consent.read_bytes() == before
    assert (place / "audit.jsonl").read_bytes() == b""

"""`footprint policy`: lists, checks and compares, in words and for programs."""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path

import pytest

PACK = files("footprint").joinpath("policies", "packs", "jurisdiction", "fi.toml")
ROLE = files("footprint").joinpath("policies", "packs", "role", "driver.toml")


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    path = tmp_path / "mine.toml"
    path.write_text(PACK.read_text(encoding="utf-8").replace('id = "fi"', 'id = "mine"'), encoding="utf-8")
    return path


def test_a_file_that_is_well_formed_says_what_it_is(pack: Path, tmp_path: Path, call) -> None:
    """A pack of one's own, a policy and a lexicon are told apart by their fields."""
    lexicon = tmp_path / "words.toml"
    lexicon.write_bytes(files("footprint").joinpath("filters", "lexicons", "genetic.toml").read_bytes())
    role = tmp_path / "driver.toml"
    role.write_bytes(ROLE.read_bytes())

    assert (
        "mine version 1.0 is well formed: a jurisdiction pack with 3 rules about a run"
        in call("policy", "check", pack).out
    )
    assert "is well formed: a role pack." in call("policy", "check", role).out
    assert "is well formed: a lexicon." in call("policy", "check", lexicon).out


def test_a_fault_is_shown_with_its_line(pack: Path, call) -> None:
    """The line of the offending field, the field and what was expected go to standard error, with exit code 2."""
    lines = pack.read_text(encoding="utf-8").splitlines()
    at = lines.index('test = "basis_is_recorded"')
    lines[at] = 'test = "basis_is_recordd"'
    pack.write_text("\n".join(lines), encoding="utf-8")
    said = call("policy", "check", pack)

    assert said.code == 2
    assert f"Bad input: {pack}, line {at + 1}" in said.err
    assert "authorisation[1].test" in said.err
    assert "known are" in said.err


def test_the_packs_of_a_workspace_are_checked_with_its_policy(pack: Path, tmp_path: Path, call) -> None:
    """Without a file the workspace's policy and its own packs are checked."""
    call("init", tmp_path / "w")
    target = tmp_path / "w" / "packs" / "jurisdiction" / "mine.toml"
    target.parent.mkdir(parents=True)
    target.write_bytes(pack.read_bytes())
    said = call("policy", "check", "--workspace", tmp_path / "w")

    assert said.code == 0, said
    assert "review due" in said.out
    assert "mine version 1.0 is well formed" in said.out


def test_two_packs_are_compared_in_words_and_for_programs(call) -> None:
    """What the second adds, takes away and changes, one line each."""
    said = call("policy", "diff", "police-officer", "driver")
    found = json.loads(call("policy", "diff", "police-officer", "driver", "--json").out)

    assert "removed  category.confidential-disclosure" in said.out
    assert "changed  window  value: 5 years -> 2 years" in said.out
    assert (found["first"], found["second"]) == ("police-officer", "driver")
    assert call("policy", "diff", "uk", "uk").out == "uk and uk hold the same.\n"


def test_a_stricter_effect_is_said_so(pack: Path, tmp_path: Path, call) -> None:
    """A file counts as a pack; a changed effect says which way it goes."""
    weaker = tmp_path / "weaker.toml"
    rule = '\n[[legality]]\nid = "M-1"\neffect = "{}"\ntest = "undated"\nreason = "So."\ncitation = {{ article = "A", confirmed = false }}\n'
    base = pack.read_text(encoding="utf-8")
    pack.write_text(base + rule.format("exclude"), encoding="utf-8")
    weaker.write_text(base + rule.format("seal"), encoding="utf-8")

    assert "changed  M-1  effect: seal -> exclude (stricter)" in call("policy", "diff", weaker, pack).out
    assert "changed  M-1  effect: exclude -> seal (less strict)" in call("policy", "diff", pack, weaker).out


@pytest.mark.parametrize("words", [("uk", "teacher"), ("uk", "atlantis"), ("uk", "POLICY")])
def test_what_cannot_be_compared_is_bad_input(words: tuple[str, str], tmp_path: Path, call) -> None:
    """A jurisdiction and a role, an unknown id, or a file of another kind."""
    policy = tmp_path / "policy.toml"
    policy.write_bytes(files("footprint").joinpath("demo", "policy.toml").read_bytes())
    first, second = words

    assert call("policy", "diff", first, policy if second == "POLICY" else second).code == 2


def test_roles_from_files_are_compared(tmp_path: Path, call) -> None:
    """A role file can be held against a role that ships."""
    role = tmp_path / "driver.toml"
    role.write_bytes(ROLE.read_bytes())

    assert "hold the same" in call("policy", "diff", role, "driver").out


def test_the_law_is_counted(call) -> None:
    """Every id of the law table is enforced, shown or left out, and the counts add up."""
    said = call("policy", "law")
    told = json.loads(call("policy", "law", "--json").out)

    assert sum(told["counts"].values()) == len(told["entries"]) == 57
    assert said.out.endswith(
        f"57 ids: {told['counts']['enforced']} enforced, {told['counts']['shown']} shown, "
        f"{told['counts']['left_out']} left out.\n"
    )


def test_what_is_never_done_is_listed(call) -> None:
    """Each hard refusal says what stands in the way."""
    said = call("policy", "never")
    told = json.loads(call("policy", "never", "--json").out)

    assert len(told) == 7
    for refusal in told:
        assert refusal["id"] in said.out
        assert refusal["enforced_by"] in said.out


def test_a_pack_shows_duties_and_periods(call) -> None:
    """`show` prints rules, duties and proposed periods with their sources."""
    said = call("policy", "show", "uk-police")

    assert "duty     An appeal is possible within 21 days." in said.out
    assert "keep     set it in the policy's retention" in said.out
    assert "keep     12 months" in call("policy", "show", "us").out

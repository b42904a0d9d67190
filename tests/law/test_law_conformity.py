"""The tables that say what footprint does about the law are complete, true, and those that the documentation prints."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from law_samples import BREAKS, ITEMS, item_rules, run_rules
from pydantic import ValidationError

from footprint.policies import load
from footprint.policies.afterwards import AFTERWARDS, AfterRule
from footprint.policies.authorise import READING
from footprint.policies.built_in import BUILT_IN, BUILT_IN_LEGALITY, HARD_REFUSALS
from footprint.policies.law import LawEntry, Standing, law_table

ROOT = Path(__file__).resolve().parents[2]
ENTRIES = law_table().entries


def unshown(tests: list[tuple[str, str]], items: list[tuple[str, str, str | None]]) -> set[str]:
    """Return the ids of rules for which `tests/law` has no record that they refuse, or no item at which they fire."""
    runs = {id for id, test in tests if test not in BREAKS}
    return runs | {id for id, test, lexicon in items if (test, lexicon) not in ITEMS}


def known_ids() -> set[str]:
    """Return the id of every rule, duty and hard refusal."""
    packs = [load.jurisdiction(id) for id in load.available().jurisdictions]
    ids = {rule.id for rule in BUILT_IN} | {rule.id for rule in BUILT_IN_LEGALITY} | {rule for rule, *_ in READING}
    ids |= {refusal.id for refusal in HARD_REFUSALS} | {rule.id for rule in AFTERWARDS}
    return ids | {entry.id for pack in packs for entry in (*pack.authorisation, *pack.legality, *pack.duties)}


def test_every_rule_has_its_test() -> None:
    """Of every rule of every pack it is shown that it applies and that it does not apply."""
    runs = [(rule.id, rule.test) for _, rule in run_rules()]
    items = [(rule.id, rule.test, rule.lexicon) for _, rule in item_rules()]

    assert len(runs) + len(items) > 130
    assert unshown(runs, items) == set()


def test_a_rule_without_a_test_is_found() -> None:
    """A new rule whose test nobody shows fails the build."""
    assert unshown([("NEW-1", "moon_is_full")], [("NEW-2", "topic", "weather")]) == {"NEW-1", "NEW-2"}


def test_the_documentation_names_each_rule_with_its_test() -> None:
    """`docs/rules.md` has a row for every rule, and the row names the test."""
    text = (ROOT / "docs" / "rules.md").read_text(encoding="utf-8")

    for pack, rule in run_rules():
        assert f"| {rule.id} |" in text
        assert f"tests/law/test_law_runs.py [{pack}:{rule.id}]" in text
    for pack, rule in item_rules():
        assert f"tests/law/test_law_items.py [{pack}:{rule.id}]" in text
    for refusal in HARD_REFUSALS:
        assert f"tests/law/test_law_refusals.py [{refusal.id}]" in text


@pytest.mark.parametrize("rule", AFTERWARDS, ids=[rule.id for rule in AFTERWARDS])
def test_a_rule_about_what_comes_after_is_shown_to_refuse(rule: AfterRule) -> None:
    """Its test asks for its id, and the documentation lists it."""
    test = (ROOT / rule.test).read_text(encoding="utf-8")

    assert re.search(rf"[\"*]{re.escape(rule.id)}[\".]", test), rule.id
    assert f"| {rule.id} | refuse |" in (ROOT / "docs" / "rules.md").read_text(encoding="utf-8")


def test_each_id_of_the_law_stands_once() -> None:
    """The table holds the 57 ids of the law, each once, and counts them."""
    assert len({entry.id for entry in ENTRIES}) == len(ENTRIES) == 57
    assert sum(law_table().count(standing) for standing in Standing) == 57


@pytest.mark.parametrize("entry", ENTRIES, ids=[entry.id for entry in ENTRIES])
def test_what_an_entry_names_is_there(entry: LawEntry) -> None:
    """An id that is enforced names rules and tests that exist; one that is left out names none and says why."""
    assert set(entry.rules) <= known_ids()
    for named in entry.tests:
        path, _, test = named.partition("::")
        assert re.search(rf"def {test or 'test_'}", (ROOT / path).read_text(encoding="utf-8")), named
    if entry.standing is Standing.LEFT_OUT:
        assert (entry.rules, entry.tests) == ((), ())
        assert len(entry.note.split()) > 6


def test_what_is_enforced_says_by_what() -> None:
    """No entry can claim to be enforced by nothing."""
    with pytest.raises(ValidationError, match="names the rules or the tests"):
        LawEntry(id="X-1", title="X", standing=Standing.ENFORCED, note="Somehow.")


def test_the_documentation_lists_each_id_of_the_law() -> None:
    """`docs/law.md` has a row for every id, with what is done about it."""
    text = (ROOT / "docs" / "law.md").read_text(encoding="utf-8")

    for entry in ENTRIES:
        assert re.search(rf"^\| {re.escape(entry.id)} \|.*{re.escape(entry.note)}", text, re.MULTILINE), entry.id

"""The lexicons that ship: complete, in lower case, and in the forms that the filters read."""

from __future__ import annotations

import re

import pytest
from pydantic import ValidationError

from filter_samples import LEXICONS
from footprint.filters.context import SCOPES
from footprint.filters.masking import OWN
from footprint.filters.table import SHAPES
from footprint.model.finding import BesideKind, Category, ContextKind
from footprint.model.lexicon import Lexicon, TopicRule

ALL = list(LEXICONS.values())
RELEVANCE = (
    "threats", "discrimination", "disclosure", "harassment", "sexual-misconduct", "drugs", "fraud", "extremism", "disrepute",
)  # fmt: skip


@pytest.mark.parametrize("lexicon", ALL, ids=lambda each: each.id)
def test_a_lexicon_is_tidy(lexicon: Lexicon) -> None:
    """Terms are in lower case and stand once in a group; every group is used; every rule has its own id."""
    used = {group for rule in lexicon.rules for group in (*rule.needs, *rule.unless, *rule.barred)}
    used |= {name for group in used for term in lexicon.groups[group] for name in re.findall(r"{([^{}]+)}", term)}

    assert used == set(lexicon.groups)
    assert all(term == term.lower() for terms in lexicon.groups.values() for term in terms)
    assert all(len(set(terms)) == len(terms) for terms in lexicon.groups.values())
    assert len({rule.id for rule in lexicon.rules}) == len(lexicon.rules)
    assert all(term in SHAPES for terms in lexicon.groups.values() for term in terms if term.startswith("<"))


def test_a_lexicon_is_named_as_its_file() -> None:
    """Packs name lexicons by file name."""
    assert all(id == lexicon.id for id, lexicon in LEXICONS.items())


def test_every_category_has_a_lexicon() -> None:
    """Relevance rules have a category and a citation; together they cover every category."""
    rules = [rule for id in RELEVANCE for rule in LEXICONS[id].rules]

    assert {rule.category for rule in rules} == set(Category)
    assert all(rule.citation is not None for rule in rules)


def test_only_relevance_lexicons_have_categories() -> None:
    """A sealed matter can never become a finding by itself."""
    assert all(rule.category is None for lexicon in ALL if lexicon.id not in RELEVANCE for rule in lexicon.rules)


@pytest.mark.parametrize("id", sorted(RELEVANCE))
def test_steps_of_severity_are_defined_and_none_finds_the_first(id: str) -> None:
    """The first step says what is not found; every rule stands for one of the others."""
    lexicon = LEXICONS[id]

    assert [step.step for step in lexicon.steps] == [1, 2, 3, 4]
    assert all(len(step.definition.split()) > 5 for step in lexicon.steps)
    assert {rule.step for rule in lexicon.rules} == {2, 3, 4}


def test_a_rule_names_a_step_that_is_defined() -> None:
    """A step without a definition is refused."""
    rule = LEXICONS["threats"].rules[0]

    with pytest.raises(ValidationError, match="names the step 3, which does not exist"):
        LEXICONS["threats"].but(steps=(), rules=(rule,))


def test_what_speaks_for_the_candidate_is_named_by_its_kind() -> None:
    """A rule of the mitigating lexicon is `<kind>.<variant>`, and every kind has one."""
    assert {rule.id.partition(".")[0] for rule in LEXICONS["mitigating"].rules} == set(BesideKind)


def test_every_own_characteristic_has_rules() -> None:
    """Each class that may be masked for the candidate is found by at least one rule."""
    assert {rule.id.partition(".")[0] for lexicon in ALL for rule in lexicon.rules} >= OWN


def test_context_rules_name_their_kind_and_scope() -> None:
    """A context rule is `<kind>.<scope>`, both known."""
    parts = [rule.id.split(".") for rule in LEXICONS["context"].rules]

    assert {ContextKind(kind) for kind, *_ in parts} == set(ContextKind) - {
        ContextKind.REPOST_WITH_COMMENT,
        ContextKind.REPLY_TO_ABUSE,
    }
    assert all(scope in SCOPES for _, scope, *_ in parts)


@pytest.mark.parametrize("order", [("a",), ("a", "b", "c"), ("a", "a"), ("a", "c")])
def test_an_order_names_what_is_needed(order: tuple[str, ...]) -> None:
    """An order that leaves out or adds a group is refused."""
    with pytest.raises(ValidationError, match="order must name each needed group once"):
        TopicRule(id="X-1", needs=("a", "b"), order=order, reason="Because.")

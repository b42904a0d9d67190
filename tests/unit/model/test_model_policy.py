"""Packs, policies and lexicons."""

from datetime import date

import pytest
from model_samples import CITATION
from pydantic import ValidationError

from footprint.model.decision import Effect
from footprint.model.finding import Category
from footprint.model.lexicon import Lexicon, TopicRule
from footprint.model.policy import (
    AuthorisationRule,
    JurisdictionPack,
    LegalityRule,
    OrganisationPolicy,
    Policies,
    RolePack,
)

LEGALITY = LegalityRule(id="R-1", effect=Effect.SEAL, test="like", reason="So.", citation=CITATION)
AUTHORISATION = AuthorisationRule(id="R-1", test="stage", reason="So.", mend="Do.", citation=CITATION)
ROLE = RolePack.model_validate(
    {
        "id": "r",
        "version": "1",
        "title": "R",
        "window_years": 5,
        "sources": ["website"],
        "engagement": ["original"],
        "categories": [{"category": "threats-and-violence", "necessity": "So."}],
    }
)
ORGANISATION = OrganisationPolicy.model_validate(
    {
        "id": "SMP-01",
        "version": "4.0",
        "title": "Policy",
        "owner": "head",
        "approver": "chief",
        "effective": date(2026, 1, 1),
        "review_due": date(2027, 1, 1),
        "clauses": [
            {"id": "3.1", "title": "Sites", "text": "Sites.", "sources": ["website"]},
            {"id": "3.2", "title": "More", "text": "More.", "sources": ["website", "feed"]},
            {"id": "4.2", "title": "Threats", "text": "Threats.", "categories": ["threats-and-violence"]},
        ],
    }
)


def pack(**fields: object) -> JurisdictionPack:
    return JurisdictionPack.model_validate({"id": "p", "version": "1", "title": "P", **fields})


def test_a_pack_has_each_rule_once() -> None:
    """One id is one rule, among the rules of both kinds."""
    with pytest.raises(ValidationError, match="used twice"):
        pack(legality=(LEGALITY,), authorisation=(AUTHORISATION,))


def test_the_first_clause_that_names_a_thing_allows_it() -> None:
    """A source or a category is allowed by a clause, or not at all."""
    assert ORGANISATION.clause_for_source("website") == "SMP-01 3.1"
    assert ORGANISATION.clause_for_source("feed") == "SMP-01 3.2"
    assert ORGANISATION.clause_for_source("orkut") is None
    assert ORGANISATION.clause_for_category(Category.THREATS) == "SMP-01 4.2"
    assert ORGANISATION.clause_for_category(Category.DISCLOSURE) is None


@pytest.mark.parametrize(
    ("markings", "marking"),
    [((None, None), None), (("OFFICIAL", None), "OFFICIAL"), (("OFFICIAL", "SECRET"), "SECRET")],
)
def test_the_last_marking_counts(markings: tuple[str | None, ...], marking: str | None) -> None:
    """The closest pack that marks decides the marking."""
    packs = tuple(pack(id=f"p{n}", marking=text) for n, text in enumerate(markings))

    assert Policies(jurisdictions=packs, role=ROLE, organisation=ORGANISATION).marking == marking


def test_masks_add_up() -> None:
    """What any pack masks is masked."""
    packs = (pack(id="a", masks=("age", "person")), pack(id="b", masks=("person", "email")))

    assert Policies(jurisdictions=packs, role=ROLE, organisation=ORGANISATION).masks == {"age", "person", "email"}


def test_policies_need_a_jurisdiction() -> None:
    """No rules means no permission: without a pack there are no policies."""
    with pytest.raises(ValidationError, match="jurisdictions"):
        Policies(jurisdictions=(), role=ROLE, organisation=ORGANISATION)


@pytest.mark.parametrize(
    ("needs", "unless", "is_valid"),
    [(("a",), (), True), (("a",), ("b",), True), (("c",), (), False), (("a",), ("c",), False)],
)
def test_a_lexicon_rule_names_groups_that_exist(
    needs: tuple[str, ...], unless: tuple[str, ...], is_valid: bool
) -> None:
    """A rule about words that the lexicon does not hold would never speak, so it is refused."""
    fields = {
        "id": "l",
        "version": "1",
        "title": "L",
        "source": "own",
        "groups": {"a": ("one",), "b": ("two",)},
        "rules": ({"id": "r", "needs": needs, "unless": unless, "reason": "So."},),
    }

    if is_valid:
        assert Lexicon.model_validate(fields).rules[0].needs == needs
    else:
        with pytest.raises(ValidationError, match="does not exist"):
            Lexicon.model_validate(fields)


@pytest.mark.parametrize(
    ("order", "is_valid"), [((), True), (("a", "b"), True), (("b", "a"), True), (("a",), False), (("a", "c"), False)]
)
def test_a_lexicon_rule_orders_all_that_it_needs(order: tuple[str, ...], is_valid: bool) -> None:
    """An order that leaves a needed group out, or names another, is a mistake."""
    fields = {"id": "r", "needs": ("a", "b"), "order": order, "reason": "So."}

    if is_valid:
        assert TopicRule.model_validate(fields).order == order
    else:
        with pytest.raises(ValidationError, match="each needed group once"):
            TopicRule.model_validate(fields)

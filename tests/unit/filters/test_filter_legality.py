"""Legality: every rule that applies decides, none applying permits, no rules refuse."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from filter_tables import TOPIC_ROWS

from filter_samples import ADA, LEXICONS, ROLE, RULES, SCOPE, TOPICS, VERSIONS, observation, rule
from footprint.errors import InputError
from footprint.filters.legality import PERMIT_RULE, TESTS, age_on, decide
from footprint.model.authorisation import Scope
from footprint.model.decision import Decision, Effect, strictest
from footprint.model.observation import Engagement, Observation, ObservationKind
from footprint.model.policy import LegalityRule, RolePack


def decided(
    seen: Observation, *rules: LegalityRule, scope: Scope = SCOPE, role: RolePack = ROLE
) -> tuple[Decision, ...]:
    """Return the decisions of some rules, or of all."""
    return decide(
        seen,
        rules=rules or RULES,
        lexicons=LEXICONS,
        candidate=ADA,
        scope=scope,
        role=role,
        versions={**VERSIONS, "R-1": "7.2"},
    )


def fires(test: str, seen: Observation, **changes: object) -> bool:
    """Return whether one test makes its rule apply."""
    (decision,) = decided(seen, rule(test), **changes)
    return decision.rule == "R-1"


def at(year: int, month: int, day: int, hour: int = 12) -> dict[str, object]:
    """Return the time of an observation."""
    return {"posted_at": datetime(year, month, day, hour, tzinfo=UTC)}


@pytest.mark.parametrize(
    ("born", "day", "age"),
    [
        (date(1994, 3, 8), date(2012, 3, 7), 17),
        (date(1994, 3, 8), date(2012, 3, 8), 18),
        (date(1996, 2, 29), date(2014, 2, 28), 17),
        (date(1996, 2, 29), date(2014, 3, 1), 18),
        (date(1996, 2, 29), date(2016, 2, 29), 20),
    ],
)
def test_age_is_counted_in_whole_years(born: date, day: date, age: int) -> None:
    """A year is complete on the birthday; for 29 February on 1 March."""
    assert age_on(born, day) == age


@pytest.mark.parametrize(
    ("posted", "applies"),
    [
        (at(2010, 6, 11), True),
        (at(2012, 3, 7, 23), True),
        (at(2012, 3, 8, 11), True),
        (at(2012, 3, 8, 12), False),
        ({"posted_at": None}, False),
    ],
)
def test_what_was_written_under_age_is_caught(posted: dict[str, object], applies: bool) -> None:
    """The age on the day of writing counts, once it is the birthday everywhere: nobody knows where it was written."""
    assert fires("under_age", observation(**posted)) is applies


def test_the_least_age_is_the_consents() -> None:
    """A consent may set a higher age."""
    assert fires("under_age", observation(**at(2014, 1, 1)), scope=SCOPE.but(min_age=21))


@pytest.mark.parametrize(
    ("posted", "applies"),
    [
        (at(2021, 11, 20, 23), True),
        (at(2021, 11, 21, 0), False),
        (at(2026, 11, 20, 23), False),
        (at(2026, 11, 21, 0), True),
        ({"posted_at": None}, False),
    ],
)
def test_the_window_includes_its_first_and_last_day(posted: dict[str, object], applies: bool) -> None:
    """A post just outside the window is caught, one on its edge is not."""
    assert fires("out_of_window", observation(**posted)) is applies


@pytest.mark.parametrize(("posted", "applies"), [({"posted_at": None}, True), ({}, False)])
def test_what_has_no_date_is_caught(posted: dict[str, object], applies: bool) -> None:
    """Without a time neither age nor window can be checked."""
    assert fires("undated", observation(**posted)) is applies


@pytest.mark.parametrize(
    ("scope", "role", "applies"),
    [
        ((Engagement.REPLY,), (Engagement.REPLY,), False),
        ((Engagement.ORIGINAL,), (Engagement.REPLY,), True),
        ((Engagement.REPLY,), (Engagement.ORIGINAL,), True),
    ],
)
def test_consent_and_role_must_both_name_the_engagement(
    scope: tuple[Engagement, ...], role: tuple[Engagement, ...], applies: bool
) -> None:
    """A reply is read only where both name replies."""
    seen = observation(engagement=Engagement.REPLY)

    assert fires("engagement", seen, scope=SCOPE.but(engagement=scope), role=ROLE.but(engagement=role)) is applies


@pytest.mark.parametrize("engagement", Engagement)
def test_only_a_like_is_a_like(engagement: Engagement) -> None:
    """A like is not a statement."""
    assert fires("like", observation(engagement=engagement)) is (engagement is Engagement.LIKE)


@pytest.mark.parametrize(
    ("engagement", "kind", "applies"),
    [
        (Engagement.ORIGINAL, ObservationKind.POST, False),
        (Engagement.QUOTE, ObservationKind.POST, False),
        (Engagement.REPLY, ObservationKind.POST, False),
        (Engagement.REPOST, ObservationKind.POST, True),
        (Engagement.BY_OTHERS, ObservationKind.POST, True),
        (Engagement.BY_OTHERS, ObservationKind.ARTICLE, False),
    ],
)
def test_words_of_others_are_caught(engagement: Engagement, kind: ObservationKind, applies: bool) -> None:
    """A repost or a guest's comment is not the candidate's word; an article about them is read where consent names it."""
    assert fires("not_own_words", observation(engagement=engagement, kind=kind)) is applies


def test_an_article_needs_the_consent() -> None:
    """Without by_others in the scope an article is not read."""
    seen = observation(engagement=Engagement.BY_OTHERS, kind=ObservationKind.ARTICLE)

    assert fires("not_own_words", seen, scope=SCOPE.but(engagement=(Engagement.ORIGINAL,)))


@pytest.mark.parametrize(("id", "effect", "lexicon"), [(id, *rest) for id, rest in TOPICS.items()])
def test_a_topic_decides_with_its_effect(id: str, effect: Effect, lexicon: str) -> None:
    """A matter of a topic lexicon is excluded or sealed, with the span that shows why."""
    for must, _ in TOPIC_ROWS[lexicon].values():
        (decision,) = decided(observation(must[0]), rule("topic", "R-1", effect, lexicon))

        assert (decision.rule, decision.effect, decision.version) == ("R-1", effect, "7.2")
        assert "topic" in {span.what for span in decision.spans}


@pytest.mark.parametrize(
    "text",
    [
        "The Turkish government met the Polish embassy.",
        "Muslims should be banned.",
        "Polish people should never be hired as drivers on our line.",
        "If Colin turns up again I will break his legs.",
        "A man of forty was jailed for theft, the court heard.",
        "The health minister spoke about depression.",
        "Labour won the seat from the Conservatives.",
        "Attached the custody log, don't tell anyone.",
        "Soup of the week: parsnip and apple.",
    ],
)
def test_what_is_said_of_nobody_passes(text: str) -> None:
    """News, groups and abuse of groups reveal nothing about the speaker or a named person."""
    (decision,) = decided(observation(text))

    assert decision.rule == PERMIT_RULE


def test_surroundings_are_looked_up_too() -> None:
    """What a post answers is shown beside it, so it must be lawful to show; a span never cites another text."""
    seen = observation("See you there!", context="Picket line at the depot from five.", engagement=Engagement.REPLY)
    (decision,) = decided(seen)

    assert (decision.rule, decision.effect, decision.spans) == ("TU-1", Effect.EXCLUDE, ())


def test_every_rule_that_applies_decides() -> None:
    """Several rules leave several decisions; the strictest wins."""
    seen = observation("My chemo starts. On the picket line since five.", **at(2010, 6, 11))
    decisions = decided(seen)

    assert [decision.rule for decision in decisions] == ["EQ-AGE", "WINDOW", "TU-1", "UK-9-health"]
    assert strictest(decisions) is Effect.EXCLUDE


def test_a_decision_cites_its_rule() -> None:
    """Reason, citation and version are the rule's and its pack's."""
    asked = rule("undated")
    (decision,) = decided(observation(posted_at=None), asked)

    assert (decision.reason, decision.citation, decision.version) == (asked.reason, asked.citation, "7.2")


def test_permission_names_what_was_asked() -> None:
    """Where nothing applies, one decision permits and names the rules and the versions."""
    (decision,) = decided(observation("Soup."))

    assert decision.effect is Effect.PERMIT
    assert decision.version == "1.0"
    assert all(each.id in decision.reason for each in RULES)


def test_permission_stays_one_line_with_many_rules() -> None:
    """A hundred rules are counted, not all named."""
    rules = [rule("like", f"R-{number}") for number in range(100)]
    versions = {each.id: f"1.{each.id}" for each in rules}
    (decision,) = decide(
        observation(), rules=rules, lexicons={}, candidate=ADA, scope=SCOPE, role=ROLE, versions=versions
    )

    assert decision.reason.endswith("R-29 and 70 more")


def test_no_rules_mean_no_permission() -> None:
    """Without a rule there is no decision, and no decision is a refusal."""
    decisions = decide(observation(), rules=(), lexicons={}, candidate=ADA, scope=SCOPE, role=ROLE, versions={})

    assert decisions == ()
    assert strictest(decisions) is Effect.EXCLUDE


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        (rule("astrology"), "test"),
        (rule("topic", lexicon="runes"), "lexicon"),
        (rule("topic"), "lexicon"),
        (rule("like", "R-2"), "version"),
    ],
)
def test_a_rule_that_cannot_be_asked_stops_the_run(asked: LegalityRule, field: str) -> None:
    """An unknown test, lexicon or version is an error, never a permission."""
    with pytest.raises(InputError) as caught:
        decided(observation(), asked)

    assert (caught.value.where, caught.value.field) == (asked.id, field)


def test_the_table_holds_every_test_that_packs_name() -> None:
    """The names are part of the packs' format."""
    assert set(TESTS) == {"under_age", "out_of_window", "undated", "engagement", "like", "not_own_words", "topic"}

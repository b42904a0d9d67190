"""Look-up: terms, stems, shapes, and which terms stand together."""

from __future__ import annotations

import pytest
from filter_tables import TOPIC_ROWS

from filter_samples import CITATION, LEXICONS
from footprint.filters.match import matches, span_of, words_between
from footprint.filters.reading import Reading
from footprint.model.lexicon import Lexicon, TopicRule


def lexicon(groups: dict[str, tuple[str, ...]], **rule: object) -> Lexicon:
    """Return a lexicon with one rule."""
    fields = {"id": "X-1", "needs": tuple(groups), "reason": "Because.", "citation": CITATION, **rule}
    return Lexicon(id="x", version="1", title="x", source="x", groups=groups, rules=(TopicRule.model_validate(fields),))


def found(text: str, words: Lexicon) -> list[tuple[str, ...]]:
    """Return the terms of every match."""
    reading = Reading(text)
    return [tuple(reading.normal[hit.start : hit.end] for hit in match.hits) for match in matches(reading, words)]


MATCHING = [
    (lexicon_id, rule, text)
    for lexicon_id, rules in TOPIC_ROWS.items()
    for rule, (must, _) in rules.items()
    for text in must
]
SPARED = [
    (lexicon_id, rule, text)
    for lexicon_id, rules in TOPIC_ROWS.items()
    for rule, (_, must_not) in rules.items()
    for text in must_not
]


@pytest.mark.parametrize(("lexicon_id", "rule", "text"), MATCHING)
def test_a_rule_matches_what_it_is_for(lexicon_id: str, rule: str, text: str) -> None:
    """Every topic rule finds the statements it was written for."""
    assert rule in {match.rule.id for match in matches(Reading(text), LEXICONS[lexicon_id])}


@pytest.mark.parametrize(("lexicon_id", "rule", "text"), SPARED)
def test_a_rule_spares_what_only_looks_like_it(lexicon_id: str, rule: str, text: str) -> None:
    """Every topic rule leaves alone what shares its words and not its meaning."""
    assert rule not in {match.rule.id for match in matches(Reading(text), LEXICONS[lexicon_id])}


def test_every_rule_has_rows_that_match_and_rows_that_do_not() -> None:
    """No rule ships without examples on both sides."""
    ruled = {each.id for each in LEXICONS.values() if each.id != "context"}

    assert set(TOPIC_ROWS) == ruled
    assert all({rule.id for rule in LEXICONS[id].rules} == set(TOPIC_ROWS[id]) for id in ruled)
    assert all(must and must_not for rules in TOPIC_ROWS.values() for must, must_not in rules.values())


@pytest.mark.parametrize(
    ("terms", "text", "expected"),
    [
        (("kill",), "I kill, he kills", [("kill",)]),
        (("kill*",), "killing time", [("killing",)]),
        (("kill*", "killing spree"), "a killing spree", [("killing",), ("killing spree",)]),
        (("murder*", "murdered by"), "murdered by night", [("murdered",), ("murdered by",)]),
        (("trade union*",), "a trade-unionist", [("trade-unionist",)]),
        (("well-known",), "well known", [("well known",)]),
        (("my", "my brother"), "my brother's van", [("my",), ("my brother",)]),
        (("we",), "we'll see, we see", [("we",)]),
        (("t",), "don't", []),
        (("union",), "reunion unions", []),
        (("\U0001f602",), "sandwich\U0001f602\U0001f602", [("\U0001f602",), ("\U0001f602",)]),
        ((":)", ":))"), "soup :))", [(":)",), (":))",)]),
        (("a+b",), "a+b aab", [("a+b",)]),
        (("lol", "lol*"), "lol", [("lol",)]),
    ],
)
def test_terms_are_whole_words(terms: tuple[str, ...], text: str, expected: list[tuple[str, ...]]) -> None:
    """A term is a whole word or several; `*` stands for any ending; a shorter term inside a longer one counts too."""
    assert found(text, lexicon({"words": terms})) == expected


@pytest.mark.parametrize(
    ("shape", "text", "expected"),
    [
        ("<name>", "met Osric Dunmore", [("met", "osric dunmore")]),
        ("<name>", "met the mayor", []),
        ("<handle>", "met @gruff@social.example", [("met", "@gruff@social.example")]),
        ("<number>", "met 42 by", [("met", "42")]),
        ("<number>", "met 17, 42%, 20 minutes, 3.25, 1994", []),
    ],
)
def test_shapes_stand_for_what_no_list_holds(shape: str, text: str, expected: list[tuple[str, ...]]) -> None:
    """`<name>`, `<handle>` and `<number>` are found by their form."""
    assert found(text, lexicon({"verb": ("met",), "who": (shape,)})) == expected


def test_shapes_alone_are_not_looked_for() -> None:
    """A lexicon that finds no word finds no name either: a name by itself says nothing."""
    assert found("Osric Dunmore", lexicon({"who": ("<name>",), "verb": ("met",)})) == []


GROUPS = {"verb": ("hit",), "who": ("him", "her")}


@pytest.mark.parametrize(
    ("rule", "text", "expected"),
    [
        ({"within": 0}, "hit him", [("hit", "him")]),
        ({"within": 0}, "him hit", [("hit", "him")]),
        ({"within": 0}, "hit on him", []),
        ({"within": 1}, "hit on him", [("hit", "him")]),
        ({"within": 9}, "hit. Him", []),
        ({"within": 9}, "he hit her and him", [("hit", "her")]),
        ({"within": 9}, "hit him and hit her", [("hit", "him"), ("hit", "her")]),
        ({"within": 9, "order": ("verb", "who")}, "him hit", []),
        ({"within": 9, "order": ("verb", "who")}, "him hit her", [("hit", "her")]),
        ({"within": 9, "order": ("who", "verb")}, "him hit", [("hit", "him")]),
    ],
)
def test_terms_must_stand_together(rule: dict[str, object], text: str, expected: list[tuple[str, ...]]) -> None:
    """A match needs one term of every group, in one sentence, near enough, in order where there is one."""
    assert found(text, lexicon(GROUPS, **rule)) == expected


def test_a_term_serves_once() -> None:
    """One word cannot be both terms of a match."""
    assert found("hit", lexicon({"verb": ("hit",), "noun": ("hit",)})) == []
    assert found("hit hit", lexicon({"verb": ("hit",), "noun": ("hit",)})) == [("hit", "hit"), ("hit", "hit")]


def test_a_nearer_term_that_leads_nowhere_gives_way() -> None:
    """Where the nearest second term leaves no third, a further one is taken."""
    words = lexicon({"verb": ("put",), "a": ("x", "y"), "b": ("x",)}, within=5)

    assert found("put x y", words) == [("put", "y", "x")]


def test_a_group_that_excuses_stops_the_rule() -> None:
    """`unless` looks at the same sentence only."""
    words = Lexicon(
        id="x",
        version="1",
        title="x",
        source="x",
        groups={"verb": ("hit",), "sport": ("chess",)},
        rules=(TopicRule(id="X-1", needs=("verb",), unless=("sport",), reason="Because."),),
    )

    assert found("hit at chess", words) == []
    assert found("hit. Chess.", words) == [("hit",)]


def test_only_signs_can_be_terms() -> None:
    """A lexicon of signs without a word works."""
    assert found("soup :)", lexicon({"smile": (":)",)})) == [(":)",)]


def test_equal_lexicons_are_not_confused() -> None:
    """The ready table belongs to one lexicon, even where another has the same id and version."""
    one, other = lexicon({"a": ("soup",)}), lexicon({"a": ("bread",)})

    assert [found("soup", one), found("soup", other), found("soup", one)] == [[("soup",)], [], [("soup",)]]


def test_a_span_cites_the_original() -> None:
    """A span is in characters of the text as written."""
    reading = Reading("so  k1ll")
    span = span_of(reading, (3, 7), "predicate")

    assert (span.start, span.end, span.what) == (4, 8, "predicate")


def test_words_between_overlapping_terms_are_none() -> None:
    """The distance never falls below nought and does not depend on the order."""
    reading = Reading("one two three")

    assert words_between(reading, (0, 3), (8, 13)) == words_between(reading, (8, 13), (0, 3)) == 1
    assert words_between(reading, (0, 7), (4, 7)) == 0

"""What holds for every text: offsets lead back, masks hide, rules only tighten, names change nothing."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from filter_samples import ADA, LEXICONS, POLICIES, ROLE, RULES, SCOPE, VERSIONS, observation
from footprint.filters.legality import decide
from footprint.filters.masking import CLASSES, mask
from footprint.filters.match import matches, span_of
from footprint.filters.reading import Reading
from footprint.filters.relevance import assess
from footprint.model.candidate import Candidate
from footprint.model.decision import strictest
from footprint.model.observation import Engagement

PIECES = (
    "I will",
    "kill",
    "him",
    "my",
    "I'm",
    "I am a",
    "as a",
    "Sikh",
    "gay",
    "woman",
    "depression",
    "pregnant",
    "Polish",
    "Osric Dunmore",
    "Ada Vance",
    "Sarah",
    "@gruff",
    "@ada",
    "a.b@example.org",
    "01632 960128",
    "32-year-old",
    "[person]",
    "Immigrants",
    "are all",
    "thieves",
    "should be banned",
    "never",
    "not",
    '"',
    "\u201c",
    "\u201d",
    "lol",
    "\U0001f602",
    "custody log",
    "attached",
    "picket line",
    "whistleblower",
    "he said",
    ".",
    "!\n",
    ",",
    "k1ll",
    "k i l l",
    "\u200b",
    "  ",
    "12 Corn Street",
    "My",
    "husband",
    "[health]",
    "\ufb01ne",
    "\u0130",
    "e\u0301",
    "\xdf",
    "voted",
    "Labour",
    "Mr",
    "Tom",
)
PROSE = st.lists(st.sampled_from(PIECES), max_size=14).map(" ".join)
TEXTS = st.one_of(PROSE, st.text(max_size=60), st.tuples(PROSE, st.text(max_size=8), PROSE).map("".join))


@given(TEXTS)
def test_a_normal_form_is_stable_and_cased_alike(text: str) -> None:
    """Lower case changes no length, so an offset means the same in both forms."""
    reading = Reading(text)

    assert len(reading.cased) == len(reading.normal)


@given(TEXTS, st.data())
def test_offsets_always_lead_back(text: str, data: st.DataObject) -> None:
    """Every stretch of the normal form stands somewhere in the original, in order and inside it."""
    reading = Reading(text)
    if not reading.normal:
        return
    start = data.draw(st.integers(0, len(reading.normal) - 1))
    end = data.draw(st.integers(start + 1, len(reading.normal)))
    begin, stop = reading.back((start, end))

    assert 0 <= begin < stop <= len(text)
    assert reading.back((start, start + 1))[0] == begin
    assert reading.back((end - 1, end))[1] == stop


@settings(deadline=None)
@given(PROSE)
def test_what_is_cited_reads_as_what_was_found(text: str) -> None:
    """Reading the cited stretch of the original gives the words that were found."""
    reading = Reading(text)
    for lexicon in LEXICONS.values():
        for match in matches(reading, lexicon):
            span = span_of(reading, match.anchor.extent, "topic")

            assert reading.normal[slice(*match.anchor.extent)] in Reading(text[span.start : span.end]).normal


@settings(deadline=None)
@given(TEXTS)
def test_masks_hide_and_repeat_to_nothing(text: str) -> None:
    """Every mask is replaced by its class at its place, the rest is untouched, and a second time changes nothing."""
    result = mask(text, candidate=ADA, classes=CLASSES, lexicons=LEXICONS)
    read, written = 0, ""
    for span in result.masks:
        assert read <= span.start
        assert text[span.start : span.end] != f"[{span.what}]"
        written += text[read : span.start] + f"[{span.what}]"
        read = span.end

    assert result.text == written + text[read:]
    assert mask(result.text, candidate=ADA, classes=CLASSES, lexicons=LEXICONS).text == result.text


@settings(deadline=None)
@given(PROSE, st.frozensets(st.sampled_from(RULES)), st.sampled_from(RULES))
def test_more_rules_never_loosen(text: str, some: frozenset[object], more: object) -> None:
    """Adding a rule to rules can only keep or tighten the strictest effect."""
    rules = [rule for rule in RULES if rule in some]
    if not rules:
        return

    def effect(asked: list[object]) -> int:
        decisions = decide(
            observation(text),
            rules=asked,
            lexicons=LEXICONS,
            candidate=ADA,
            scope=SCOPE,
            role=ROLE,
            versions=VERSIONS,
        )
        return strictest(decisions).strictness

    assert effect([*rules, more]) >= effect(rules)


@settings(deadline=None)
@given(PROSE, st.text("abcdefgh \u00e9\u0142", min_size=1, max_size=20).filter(str.strip), st.sampled_from(Engagement))
def test_a_name_changes_no_decision(text: str, name: str, engagement: Engagement) -> None:
    """Two candidates who differ in nothing but their names get the same decisions and the same relevance."""
    seen = observation(text, engagement=engagement, context="Immigrants are all thieves.")

    def decided(candidate: Candidate) -> object:
        return decide(
            seen,
            rules=RULES,
            lexicons=LEXICONS,
            candidate=candidate,
            scope=SCOPE,
            role=ROLE,
            versions=VERSIONS,
        )

    assert decided(ADA) == decided(ADA.but(name=name.strip(), other_names=()))


@settings(deadline=None)
@given(PROSE)
def test_spans_of_a_finding_stand_in_the_text(text: str) -> None:
    """Whatever is found is found in the statement itself."""
    for relevance in assess(observation(text), lexicons=LEXICONS, policies=POLICIES, scope=SCOPE):
        assert relevance.decision.spans
        assert all(0 <= span.start < span.end <= len(text) for span in relevance.decision.spans)

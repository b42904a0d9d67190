"""Relevance: category, rule, clause, spans and context."""

from __future__ import annotations

import pytest
from filter_tables import TOPIC_ROWS

from filter_samples import LEXICONS, ORGANISATION, POLICIES, ROLE, SCOPE, observation
from footprint.errors import InputError
from footprint.filters.relevance import assess
from footprint.model.authorisation import Scope
from footprint.model.decision import Effect
from footprint.model.finding import Category, ContextKind, Relevance
from footprint.model.lexicon import Lexicon, TopicRule
from footprint.model.observation import Engagement, Observation, ObservationKind
from footprint.model.policy import Policies

THREAT = "If Colin turns up at the depot again I will break his legs."
HATEFUL = "Thieving Romanians on the line again."


def assessed(seen: Observation, *, policies: Policies = POLICIES, scope: Scope = SCOPE) -> tuple[Relevance, ...]:
    """Return what the shipped lexicons find."""
    return assess(seen, lexicons=LEXICONS, policies=policies, scope=scope)


@pytest.mark.parametrize(
    ("lexicon", "rule"),
    [(lexicon, rule) for lexicon in ("threats", "discrimination", "disclosure") for rule in TOPIC_ROWS[lexicon]],
)
def test_every_rule_gives_a_relevance(lexicon: str, rule: str) -> None:
    """Each relevance rule leads to a decision with rule, lexicon version, category, clause, citation and spans."""
    text = TOPIC_ROWS[lexicon][rule][0][0]
    (relevance,) = [each for each in assessed(observation(text)) if each.decision.rule == rule]
    entry = next(each for each in LEXICONS[lexicon].rules if each.id == rule)

    assert relevance.category is entry.category
    assert relevance.decision.version == LEXICONS[lexicon].version
    assert relevance.decision.citation == entry.citation
    assert relevance.policy_clause == ORGANISATION.clause_for_category(relevance.category)
    assert "predicate" in {span.what for span in relevance.decision.spans}


def test_a_finding_cites_target_and_predicate() -> None:
    """The spans show who is meant and what is said, in the text as written."""
    text = "We should  never h1re Romanians here."
    relevance = assessed(observation(text))[0]

    assert {(text[span.start : span.end], span.what) for span in relevance.decision.spans} == {
        ("never h1re", "predicate"),
        ("Romanians", "target"),
    }
    assert (relevance.decision.effect, relevance.context) == (Effect.PERMIT, ())


def test_a_person_who_is_threatened_is_not_a_group() -> None:
    """A name or a handle is cited as such, so that masking covers it."""
    for text, what in (("I will kill Osric Dunmore.", "person"), ("I will kill @gruff@social.example.", "handle")):
        (relevance,) = assessed(observation(text))

        assert what in {span.what for span in relevance.decision.spans}


@pytest.mark.parametrize(
    "text",
    [
        "I could murder a curry.",
        "Slugs 14, lettuce 0. This garden is killing me.",
        "Immigrants are my neighbours and friends.",
        "Soup of the week: parsnip and apple.",
        "This is vile. I have reported the post.",
        "",
    ],
)
def test_harmless_words_find_nothing(text: str) -> None:
    """Idioms without a person, mentions of a group and soup are of no relevance."""
    assert assessed(observation(text)) == ()


def test_context_asks_for_review() -> None:
    """Words in quotation marks that the text condemns stay, with their context named."""
    (relevance,) = assessed(observation('"Immigrants are all thieves." What a disgusting thing to print.'))

    assert relevance.decision.effect is Effect.REVIEW
    assert relevance.context == (ContextKind.QUOTATION, ContextKind.COUNTER_SPEECH)


def test_one_plain_place_decides() -> None:
    """Where a rule holds in a joke and in earnest, the earnest place decides and is cited."""
    text = "I will kill whoever ate my sandwich. I will kill the driver."
    (relevance,) = assessed(observation(text))

    assert (relevance.decision.effect, relevance.context) == (Effect.PERMIT, ())
    assert all(span.start > text.index(".") for span in relevance.decision.spans)


def test_contexts_of_several_places_are_all_named() -> None:
    """Where every place has its context, all are named."""
    (relevance,) = assessed(observation("I will kill whoever ate my sandwich. I will never kill him."))

    assert relevance.context == (ContextKind.FIGURATIVE, ContextKind.NEGATION)


@pytest.mark.parametrize("category", Category)
def test_a_category_needs_consent_role_and_policy(category: Category) -> None:
    """A category that any of the three leaves out is not looked for."""
    text = {
        Category.THREATS: THREAT,
        Category.DISCRIMINATION: "Thieving Romanians.",
        Category.DISCLOSURE: "Attached the custody log.",
        Category.HARASSMENT: "Everyone, spam her inbox tonight.",
        Category.SEXUAL: "Send me nudes, darling.",
        Category.DRUGS: "We took mdma at the lake.",
        Category.FRAUD: "I padded my expenses.",
        Category.EXTREMISM: "Long live Atomwaffen.",
        Category.DISREPUTE: "I took a bribe and bought a boat.",
    }[category]
    others = tuple(each for each in Category if each is not category)
    roles = tuple(each for each in ROLE.categories if each.category is not category)
    clauses = tuple(each for each in ORGANISATION.clauses if category not in each.categories)

    assert [each.category for each in assessed(observation(text))] == [category]
    assert assessed(observation(text), scope=SCOPE.but(categories=others)) == ()
    assert assessed(observation(text), policies=POLICIES.but(role=ROLE.but(categories=roles))) == ()
    assert assessed(observation(text), policies=POLICIES.but(organisation=ORGANISATION.but(clauses=clauses))) == ()


def test_own_words_of_a_quote_are_judged_alone() -> None:
    """A threat of one's own is not excused by what it comments on, and the other's words add nothing to it."""
    seen = observation(THREAT, context="I will kill you.", engagement=Engagement.QUOTE)
    (relevance,) = assessed(seen)

    assert (relevance.decision.rule, relevance.decision.effect, relevance.context) == (
        "REL-THREAT-2",
        Effect.PERMIT,
        (),
    )


@pytest.mark.parametrize(
    ("text", "engagement", "context"),
    [
        ("Interesting.", Engagement.QUOTE, (ContextKind.REPOST_WITH_COMMENT,)),
        (
            "This is vile. Nobody should have to read words like these.",
            Engagement.QUOTE,
            (ContextKind.COUNTER_SPEECH, ContextKind.REPOST_WITH_COMMENT),
        ),
        ("", Engagement.REPOST, (ContextKind.QUOTATION,)),
    ],
)
def test_words_passed_on_are_for_review(text: str, engagement: Engagement, context: tuple[ContextKind, ...]) -> None:
    """Hostile words of another are shown for review, with what the candidate made of them, and cite no span."""
    (relevance,) = assessed(observation(text, context=HATEFUL, engagement=engagement))

    assert (relevance.decision.effect, relevance.context) == (Effect.REVIEW, context)
    assert relevance.decision.spans == ()


def test_what_a_reply_answers_is_not_held_against_it() -> None:
    """The words of the other side find nothing."""
    assert assessed(observation("Please stop.", context=HATEFUL, engagement=Engagement.REPLY)) == ()


@pytest.mark.parametrize(
    ("kind", "context"),
    [(ObservationKind.ARTICLE, ContextKind.REPORT), (ObservationKind.POST, ContextKind.QUOTATION)],
)
def test_words_of_others_are_always_for_review(kind: ObservationKind, context: ContextKind) -> None:
    """A newspaper reports, a guest is not the candidate: neither is a plain finding."""
    (relevance,) = assessed(observation(THREAT, kind=kind, engagement=Engagement.BY_OTHERS))

    assert (relevance.decision.effect, relevance.context) == (Effect.REVIEW, (context,))


def test_a_rule_without_citation_cites_the_policy() -> None:
    """An organisation's own lexicon may have no statute behind it."""
    own = Lexicon(
        id="own",
        version="1",
        title="Own",
        source="Own",
        groups={"word": ("zorp",)},
        rules=(
            TopicRule(id="OWN-1", needs=("word",), category=Category.THREATS, reason="Because."),
            TopicRule(id="OWN-2", needs=("word",), reason="Because."),
        ),
    )
    (relevance,) = assess(
        observation("zorp"),
        lexicons={"own": own, "context": LEXICONS["context"]},
        policies=POLICIES,
        scope=SCOPE,
    )

    assert (relevance.decision.rule, relevance.decision.citation.article) == ("OWN-1", "The organisation's own policy")


def test_without_the_lexicon_of_context_nothing_is_judged() -> None:
    """Words out of context are not shown: the run stops."""
    lexicons = {id: lexicon for id, lexicon in LEXICONS.items() if id != "context"}

    with pytest.raises(InputError) as caught:
        assess(observation(THREAT), lexicons=lexicons, policies=POLICIES, scope=SCOPE)

    assert caught.value.field == "context"


def test_a_finding_names_the_step_of_severity_with_its_definition() -> None:
    """A step says in words what the rule stands for; it is no score."""
    (relevance,) = assessed(observation(THREAT))

    assert relevance.severity is not None
    assert (relevance.severity.step, relevance.severity.title) == (3, "Threat or call")
    assert relevance.severity.definition.startswith("Announces violence")


@pytest.mark.parametrize(
    ("answered", "expected"),
    [
        ("I will stab you.", (ContextKind.REPLY_TO_ABUSE,)),
        ("Nobody would miss you.", (ContextKind.REPLY_TO_ABUSE,)),
        ("'I will stab you', said the villain.", ()),
        ("Good morning.", ()),
        ("", ()),
    ],
)
def test_a_reply_to_abuse_is_for_review(answered: str, expected: tuple[ContextKind, ...]) -> None:
    """Whoever answers abuse is read with it; what is abuse itself is plain abuse, which no context explains."""
    (relevance,) = assessed(observation(THREAT, context=answered, engagement=Engagement.REPLY))

    assert relevance.context == expected


def test_words_of_other_categories_are_not_taken_for_misspellings() -> None:
    """`lied` is a word that is looked for, and not `liked` misspelt."""
    (relevance,) = assessed(observation("I lied on my CV and nobody checked."))

    assert relevance.category is Category.FRAUD

"""The invented findings of the sample report, and what makes them."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta

from footprint.model.attribution import Attribution, Feature, Tier
from footprint.model.decision import Citation, Decision, Effect, Span
from footprint.model.finding import (
    Beside,
    BesideKind,
    Category,
    ContextKind,
    Finding,
    MaskedText,
    Relevance,
    Repetition,
    SeverityStep,
)
from footprint.model.observation import Engagement

EQUALITY = Citation(
    article="Equality Act 2010 s.4", address="https://www.example.org/equality-act-2010#section-4", confirmed=True
)
UNION = Citation(article="Employment Relations Act 1999 (Blacklists) Regulations 2010 reg 3", confirmed=True)
POLICE = Citation(article="Standards of professional behaviour: conduct", confirmed=False)
SOURCES = ("website", "feed", "mastodon", "mediawiki", "github")
START = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


def sha(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def urn(number: int) -> str:
    digits = sha(f"record {number}")
    return f"<urn:uuid:{digits[:8]}-{digits[8:12]}-5{digits[13:16]}-8{digits[17:20]}-{digits[20:32]}>"


def masked(text: str, *cuts: tuple[str, str]) -> MaskedText:
    """Mask each (words, class) of a text, in the order in which they stand."""
    spans, shown, position = [], "", 0
    for words, what in cuts:
        start = text.index(words, position)
        spans.append(Span(start=start, end=start + len(words), what=what))
        shown += f"{text[position:start]}[{what}]"
        position = start + len(words)
    return MaskedText(text=shown + text[position:], masks=tuple(spans))


def relevance(
    category: Category, rule: str, effect: Effect, clause: str, *spans: Span, context: tuple[ContextKind, ...] = ()
) -> Relevance:
    reason = {
        Category.THREATS: "words of violence stand close to a person or a group",
        Category.DISCRIMINATION: "a protected group stands close to words that exclude or degrade",
        Category.DISCLOSURE: "words for a confidential record stand close to words for showing it",
    }[category]
    decision = Decision(rule=rule, version="1.2", effect=effect, reason=reason, citation=POLICE, spans=spans)
    return Relevance(
        observation="O-0011223344", category=category, decision=decision, context=context, policy_clause=clause
    )


DECLARED = Attribution(
    observation="O-0011223344",
    tier=Tier.A,
    features=(
        Feature(
            name="declared-account",
            weight=1.0,
            expected="mastodon:mara@social.example",
            seen="mastodon:mara@social.example",
            independent=True,
        ),
        Feature(name="same-name", weight=0.3, expected="Mara Quill", seen="Mara Quill"),
    ),
    reason="The account was declared on the form.",
)


def finding(
    number: int,
    *,
    posted: datetime,
    excerpt: MaskedText,
    relevances: tuple[Relevance, ...],
    source: str = "mastodon",
    **changes: object,
) -> Finding:
    fields: dict[str, object] = {
        "id": f"F{number:02}",
        "observation": f"O-00112233{number:02}",
        "source": source,
        "url": f"https://social.example/@mara/{108_000_000_000 + number}",
        "excerpt": excerpt,
        "surroundings": MaskedText(text=""),
        "engagement": Engagement.ORIGINAL,
        "posted_at": posted,
        "posted_at_from": "api",
        "attribution": DECLARED,
        "relevances": relevances,
        "decisions": (
            Decision(
                rule="EQ-AGE", version="1.0", effect=Effect.PERMIT, reason="posted at 18 or over", citation=EQUALITY
            ),
            Decision(
                rule="EQ-4",
                version="1.0",
                effect=Effect.MASK,
                reason="protected characteristics are masked",
                citation=EQUALITY,
            ),
        ),
        "captured_at": START + timedelta(seconds=7 + number),
        "evidence": f"E{number:04}",
        "evidence_sha256": sha(f"page {number}"),
        "record_id": urn(number),
    }
    return Finding.model_validate({**fields, **changes})


threat = (
    "If Owen Pike turns up at the allotment again I will break his legs. I know where he parks and I am not joking."
)
joke = "Three hours in the queue for the ferry. I will murder whoever designed this timetable, right after my sandwich."
repost = "This is disgusting. Nobody in our town should pass this on, let alone a councillor."
disclosure = "Typed up the custody record for the Harbour Street job. Names, dates of birth, the lot. Ask me anything."
article = "Quill, who plays for Eastmere Hockey Club, told the tribunal that “they should go back where they came from” were another member's words."
FINDINGS = (
    finding(
        1,
        posted=datetime(2026, 5, 3, 19, 12, tzinfo=UTC),
        excerpt=masked(threat, ("Owen Pike", "person")),
        relevances=(
            relevance(
                Category.THREATS, "THREAT-2", Effect.PERMIT, "SMP-01 4.1", Span(start=52, end=67, what="predicate")
            ).but(severity=SeverityStep(step=3, title="Threat", definition="violence against a person is announced")),
        ),
        engagement=Engagement.REPLY,
        days_before_capture=201,
        repetition=(
            Repetition(
                category=Category.THREATS,
                others=1,
                first=datetime(2025, 8, 14, 7, 40, tzinfo=UTC),
                last=datetime(2026, 5, 3, 19, 12, tzinfo=UTC),
            ),
        ),
        beside=(
            Beside(
                kind=BesideKind.APOLOGY,
                rule="BESIDE-1",
                version="1.0",
                reason="words of regret stand in the same place",
                observation="O-0011223399",
                evidence="E0003",
                posted_at=datetime(2026, 5, 4, 8, 0, tzinfo=UTC),
            ),
        ),
        surroundings=masked(
            "@mara the plot by the water butt is ours now. Talk to Nia Rowe about it.", ("Nia Rowe", "person")
        ),
    ),
    finding(
        2,
        posted=datetime(2025, 8, 14, 7, 40, tzinfo=UTC),
        excerpt=MaskedText(text=joke),
        relevances=(
            relevance(
                Category.THREATS,
                "THREAT-1",
                Effect.REVIEW,
                "SMP-01 4.1",
                Span(start=joke.index("murder"), end=joke.index("murder") + 6, what="predicate"),
                context=(ContextKind.FIGURATIVE,),
            ),
        ),
    ),
    finding(
        3,
        posted=datetime(2025, 7, 30, 21, 5, tzinfo=UTC),
        excerpt=MaskedText(text=repost),
        relevances=(
            relevance(
                Category.DISCRIMINATION,
                "DISC-3",
                Effect.REVIEW,
                "SMP-01 4.2",
                context=(ContextKind.REPOST_WITH_COMMENT, ContextKind.COUNTER_SPEECH),
            ),
        ),
        engagement=Engagement.QUOTE,
        surroundings=masked("Keep the Fenlanders out of our schools, says Cllr Brack.", ("Cllr Brack", "person")),
    ),
    finding(
        4,
        posted=datetime(2023, 11, 2, 22, 51, tzinfo=UTC),
        excerpt=MaskedText(text=disclosure),
        relevances=(
            relevance(
                Category.DISCLOSURE,
                "DISCL-1",
                Effect.PERMIT,
                "SMP-01 4.3",
                Span(
                    start=disclosure.index("custody record"),
                    end=disclosure.index("custody record") + 14,
                    what="target",
                ),
            ),
        ),
        source="website",
        url="https://mara-quill.example/notes/2023/first-week",
        posted_at_from="json-ld",
    ),
    finding(
        5,
        posted=datetime(2022, 3, 18, 6, 0, tzinfo=UTC),
        excerpt=masked(article, ("another member's", "person")),
        relevances=(
            relevance(
                Category.DISCRIMINATION,
                "DISC-1",
                Effect.REVIEW,
                "SMP-01 4.2",
                context=(ContextKind.QUOTATION, ContextKind.REPORT),
            ),
        ),
        source="feed",
        url="https://eastmere-courier.example/2022/03/18/hockey-tribunal-hears-of-changing-room-words",
        engagement=Engagement.BY_OTHERS,
        posted_at_from="feed",
        attribution=Attribution(
            observation="O-0011223305",
            tier=Tier.B,
            features=(
                Feature(name="same-name", weight=0.3, expected="Mara Quill", seen="Mara Quill"),
                Feature(name="same-place", weight=0.4, expected="Eastmere", seen="Eastmere", independent=True),
                Feature(
                    name="birth-year-agrees", weight=0.4, expected="1996", seen="aged 25 in 2022", independent=True
                ),
            ),
            reason="The name and two independent identifiers agree.",
        ),
    ),
)

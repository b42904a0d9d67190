"""What people decided about the sample report: two findings counted, one set aside, one dispute, replies, an outcome."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from report_sample_findings import FINDINGS, sha

from footprint.model.attribution import Answer as Own
from footprint.model.finding import Category
from footprint.model.outcome import Outcome
from footprint.model.review import (
    AttributionVerdict,
    CandidateAnswer,
    CaseReview,
    Dispute,
    Event,
    Hold,
    Invitation,
    OutcomeDecision,
    RelevanceVerdict,
    Reply,
    Review,
    Settled,
    Settlement,
    SourceNote,
    SourceState,
)
from footprint.model.worksheet import Answer, BeliefWorksheet, ContextChecklist, Proportionality

START = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)

BELIEF = BeliefWorksheet(
    is_belief=Answer.NO,
    is_manifestation=Answer.NO,
    is_manner_objectionable=Answer.YES,
    manner="A wren-belief-manner threat against one person.",
    audience="A wren-belief-audience of forty.",
    is_original=Answer.YES,
    proportionality="A wren-belief-proportion conversation is enough.",
)
CONTEXT = ContextChecklist(
    alternatives="A joke among neighbours was weighed.",
    is_sarcasm=Answer.NO,
    is_lyrics=Answer.NO,
    is_quotation=Answer.NO,
    is_translation=Answer.NO,
)
PROPORTION = Proportionality(
    age="Thirty.", recency="Six months.", pattern="Once.", harm="No sign of it.", insight="Regretted at once."
)


def verdict(item: int, grade: Outcome | None, reason: str, **more: object) -> Review:
    relevance = RelevanceVerdict.REJECT if grade is None else RelevanceVerdict.UPHOLD
    fields: dict[str, object] = {"relevance": relevance, "grade": grade, **more}
    return Review(
        item=f"F{item:02}",
        observation=FINDINGS[item - 1].observation,
        attribution=AttributionVerdict.CONFIRM,
        reason=reason,
        **fields,
    )


EVENTS: tuple[tuple[str, Event], ...] = (
    ("op-07", Invitation(until=START + timedelta(days=10), channel="portal", paper_sha256=sha("invitation"))),
    ("op-07", Reply(item="F01", words="I was angry. He had cut my tyres.", received=START, is_last=False)),
    ("op-07", Reply(words="I have deleted the account.", received=START, is_last=True)),
    ("op-07", Dispute(id="D01", item="F02", reason="That was about a ferry.", received=START)),
    ("op-08", Settled(dispute="D01", how=Settlement.UPHELD, reason="It was about a ferry.")),
    ("op-07", SourceNote(item="F01", state=SourceState.GONE, why="404")),
    (
        "op-08",
        verdict(
            1,
            Outcome.REFLECTIVE_CONVERSATION,
            "A threat at a named neighbour.",
            belief=BELIEF,
            context=CONTEXT,
            proportionality=PROPORTION,
        ),
    ),
    ("op-08", verdict(2, None, "A joke about a timetable.")),
    ("op-08", verdict(3, Outcome.NOTE, "Counter-speech.")),
    (
        "op-08",
        verdict(
            4,
            Outcome.CLARIFY_AT_INTERVIEW,
            "It may have been an exercise.",
            relevance=RelevanceVerdict.OTHER,
            category=Category.THREATS,
        ),
    ),
    (
        "op-09",
        OutcomeDecision(
            level=Outcome.CLARIFY_AT_INTERVIEW,
            reasons="Two items need a talk.",
            mitigation="Regret, and a clean year.",
            alternatives="A note was too little.",
            reviewers=("op-08",),
            second="op-10",
            items=("F01", "F02", "F03", "F04"),
        ),
    ),
    ("op-07", Hold(reason="An appeal may come.")),
    (
        "op-07",
        CandidateAnswer(
            item="F03",
            observations=(FINDINGS[2].observation,),
            answer=Own.MINE,
            received=START + timedelta(hours=1),
            channel="portal",
        ),
    ),
)


def reviewed() -> CaseReview:
    """Return the whole review, an hour between two entries."""
    review = CaseReview()
    for hour, (by, event) in enumerate(EVENTS):
        review = review.after(START + timedelta(hours=hour), by, event)
    return review

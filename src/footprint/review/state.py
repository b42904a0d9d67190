"""A case under review as one value: what the screen shows, and what `footprint review CASE --json` prints."""

from __future__ import annotations

from datetime import datetime

from footprint.model.answered import is_overtaken
from footprint.model.finding import CATEGORY_TITLES, Category, Finding, WithheldReason
from footprint.model.outcome import OUTCOME_TITLES
from footprint.model.record import Id, Line, Moment, Record
from footprint.model.report import Report
from footprint.model.review import CandidateAnswer, CaseReview, DisputeState, Entry, OutcomeDecision, Reply, Review
from footprint.model.worksheet import WorksheetKind
from footprint.review.agreement import Agreement, agreements
from footprint.review.periods import clocks, worksheets
from footprint.review.rules import Matter, obstacles

COVERED = frozenset({Category.THREATS})
"""Categories whose words are covered until the reviewer asks for them: reading them again and again wears people down."""

PROTECTED = "protected content"
"""What a rule that reads the content is called beside an item: its name would tell what the law keeps from the reader."""


class WantedSheet(Record):
    """A worksheet that a verdict needs before the item may count."""

    kind: WorksheetKind
    rule: Id
    reason: Line


class ItemState(Record):
    """One finding, what the reviewer said of it, and what the candidate said."""

    finding: Finding
    """As the tool issued it; no verdict changes it."""
    titles: tuple[Line, ...]
    """Of its categories."""
    is_covered: bool
    """True where the words are covered until somebody asks for them."""
    mine: Review | None
    """The reviewer's own last verdict."""
    others: dict[Id, Review]
    """The last verdicts of others; empty until the reviewer has one of their own, so that it is their own."""
    wanted: tuple[WantedSheet, ...]
    """Worksheets that any verdict that lets it count needs; a high grade may ask for more."""
    replies: tuple[Reply, ...]
    answers: tuple[CandidateAnswer, ...] = ()
    """The candidate's answers to whether it is theirs, oldest first; the last counts."""
    disputes: tuple[DisputeState, ...]
    source: Entry | None
    """The last note on what stands at its address."""


class SealedState(Record):
    """A statement that is sealed: it stays unread unless a second person unlocks it under a condition of the law."""

    observation: Id
    rules: tuple[Line, ...]
    command: Line
    """What the second person runs."""


class ClockState(Record):
    """A period that was started."""

    rule: Id
    about: Line
    title: Line
    ends: Moment
    is_over: bool
    words: Line


class ObstacleState(Record):
    """Something that stands before an outcome."""

    code: Id
    about: Id
    sentence: Line


class ReviewState(Record):
    """Everything about a case under review, for one reviewer."""

    schema_version: Line = "footprint/review@1"
    case: Id
    demonstration: bool
    marking: Line | None
    role: Line
    reviewer: Id
    at: Moment
    items: tuple[ItemState, ...]
    general_replies: tuple[Reply, ...]
    """The candidate's replies on the whole report."""
    general_disputes: tuple[DisputeState, ...]
    sealed: tuple[SealedState, ...]
    clocks: tuple[ClockState, ...]
    obstacles: tuple[ObstacleState, ...]
    """What stands before any outcome; an outcome above 0 may ask for more."""
    agreement: tuple[Agreement, ...]
    outcome: OutcomeDecision | None
    outcome_title: Line | None
    is_overtaken: bool = False
    """True where the candidate answered since the outcome was set, so that people look at it again."""
    is_held: bool
    entries: int
    exposures: int
    """How often this reviewer uncovered a covered item of this case."""

    @property
    def done(self) -> int:
        """Items on which the reviewer has a verdict."""
        return sum(item.mine is not None for item in self.items)


def state_of(report: Report, matter: Matter, *, by: str, exposures: int = 0) -> ReviewState:
    """Return the state of a review for one reviewer."""
    review = matter.review
    outcome = review.outcome
    items = tuple(_item(finding, matter, by) for finding in matter.findings)
    return ReviewState(
        case=report.case,
        demonstration=report.demonstration,
        marking=report.marking,
        role=report.role_title,
        reviewer=by,
        at=matter.at,
        items=items,
        general_replies=review.replies(None),
        general_disputes=tuple(state for state in review.disputes if state.dispute.item is None),
        sealed=sealed(report),
        clocks=_clocks(matter, review, matter.at),
        obstacles=tuple(ObstacleState(**obstacle._asdict()) for obstacle in obstacles(matter)),
        # Other people's verdicts show in it: it waits until the reviewer has finished.
        agreement=agreements(review, (f.id for f in matter.findings)) if all(item.mine for item in items) else (),
        outcome=outcome,
        outcome_title=OUTCOME_TITLES[outcome.level] if outcome else None,
        is_overtaken=is_overtaken(review),
        is_held=review.is_held,
        entries=len(review.entries),
        exposures=exposures,
    )


def sealed(report: Report) -> tuple[SealedState, ...]:
    """Return the sealed statements of a case, and the command that unlocks each."""
    protected = {rule.id for rule in report.rules if rule.reads_content}
    return tuple(
        SealedState(
            observation=item.observation,
            rules=tuple(dict.fromkeys(PROTECTED if d.rule in protected else d.rule for d in item.rules)),
            command=f"footprint case unlock {report.case} {item.observation} --by ID --key FILE --condition CODE",
        )
        for item in report.withheld
        if item.reason is WithheldReason.SEALED
    )


def is_covered(finding: Finding) -> bool:
    """Say whether the words of a finding are covered until the reviewer asks for them."""
    return any(relevance.category in COVERED for relevance in finding.relevances)


def _item(finding: Finding, matter: Matter, by: str) -> ItemState:
    review = matter.review
    verdicts = review.verdicts(finding.id)
    mine = verdicts.get(by)
    wanted = worksheets(matter.policies, finding, None)
    return ItemState(
        finding=finding,
        titles=tuple(dict.fromkeys(CATEGORY_TITLES[relevance.category] for relevance in finding.relevances)),
        is_covered=is_covered(finding),
        mine=mine,
        others={who: verdict for who, verdict in verdicts.items() if who != by} if mine is not None else {},
        wanted=tuple(WantedSheet(kind=rule.kind, rule=rule.rule, reason=rule.reason) for rule in wanted),
        replies=review.replies(finding.id),
        answers=tuple(event for _, event in review.answers if finding.observation in event.observations),
        disputes=review.disputes_of(finding.id),
        source=review.source_note(finding.id),
    )


def _clocks(matter: Matter, review: CaseReview, at: datetime) -> tuple[ClockState, ...]:
    return tuple(
        ClockState(
            rule=running.rule,
            about=running.about,
            title=running.title,
            ends=running.ends,
            is_over=running.is_over,
            words=running.words,
        )
        for running in clocks(matter.policies, review, at)
    )

"""What people decide about a case, and what the candidate answers: entries that are only ever added.

What the tool said of an item (its attribution, its categories) stays in the report as it was; a person's verdict stands
beside it, and a later verdict stands beside an earlier one. `CaseReview` is the whole of it, with the questions that the
screen, the views and the rules ask of it.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from functools import cached_property
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from footprint.model.attribution import Answer
from footprint.model.finding import Category
from footprint.model.outcome import Outcome
from footprint.model.record import Id, Line, Moment, Record, Sentence, Sha256
from footprint.model.worksheet import BeliefWorksheet, ContextChecklist, Proportionality


class AttributionVerdict(StrEnum):
    """Is it the candidate? What a person says, beside the tool's tier."""

    CONFIRM = "confirm"
    REJECT = "reject"
    UNSURE = "unsure"
    """Keeps the case open: no outcome rests on what nobody could verify."""


class RelevanceVerdict(StrEnum):
    """Does it bear on the role? What a person says, beside the tool's categories."""

    UPHOLD = "uphold"
    REJECT = "reject"
    OTHER = "other"
    """It bears on the role under another category than the tool's."""


class Review(Record):
    """One reviewer's verdict on one item. It replaces nothing: the same reviewer's last one counts, and all are kept."""

    kind: Literal["review"] = "review"
    item: Id
    """The finding: `F03`."""
    observation: Id | None = None
    """The observation behind it, which keeps its id where findings are counted anew; filled in when it is entered."""
    attribution: AttributionVerdict
    relevance: RelevanceVerdict | None = None
    """Asked only where the attribution is confirmed."""
    category: Category | None = None
    """With `other`: the category it belongs under."""
    grade: Outcome | None = None
    """Where it is relevant: the outcome that this item, alone, would support."""
    reason: Sentence
    """For a yes as for a no."""
    belief: BeliefWorksheet | None = None
    context: ContextChecklist | None = None
    proportionality: Proportionality | None = None

    @property
    def counts(self) -> bool:
        """True where the item is the candidate's and bears on the role, in this reviewer's eyes."""
        return self.relevance in (RelevanceVerdict.UPHOLD, RelevanceVerdict.OTHER)

    @property
    def verdict(self) -> str:
        """The verdict as one code, which is compared between reviewers: `confirm/uphold`, `reject`."""
        return "/".join(str(part) for part in (self.attribution, self.relevance, self.category) if part is not None)

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        confirmed = self.attribution is AttributionVerdict.CONFIRM
        _require(
            confirmed == (self.relevance is not None), "a relevance belongs to a confirmed attribution, and only there"
        )
        is_other = self.relevance is RelevanceVerdict.OTHER
        _require(
            is_other == (self.category is not None), "a category is given with the relevance 'other', and only there"
        )
        _require(self.counts == (self.grade is not None), "a grade is given where the item is relevant, and only there")
        return self


class Invitation(Record):
    """The candidate was invited to reply, and has until a moment to do so."""

    kind: Literal["invitation"] = "invitation"
    until: Moment
    """End of the reply window."""
    channel: Line
    """How it was handed over: `e-mail`, `letter`, `portal`."""
    paper_sha256: Sha256 | None = None
    """Of the invitation as it was handed over."""
    wait: Id | None = None
    """Rule of the law that makes this a wait before an adverse decision: `FCRA-1681b-3`. A reply does not shorten it."""


class Reply(Record):
    """The candidate's own words, unchanged, on one item or on the whole."""

    kind: Literal["reply"] = "reply"
    item: Id | None = None
    """The finding; None for the whole report."""
    words: Annotated[str, Field(min_length=1, max_length=50_000)]
    received: Moment
    is_last: bool = False
    """True where the candidate says that this is all: the reply window ends with it."""


class CandidateAnswer(Record):
    """What the candidate says of one item: is it theirs? Nobody else answers; whoever enters it says how it came in."""

    kind: Literal["answer"] = "answer"
    item: Id
    """A finding, or a place of the list "Is this you?" by the id that the candidate's copy prints."""
    observations: tuple[Id, ...] = ()
    """The observations that the item stands for, which keep their ids in every edition; filled in when it is entered."""
    answer: Answer
    received: Moment
    channel: Line = "letter"
    """How it came in: `e-mail`, `letter`, `portal`."""


class DisputeMatter(StrEnum):
    """What a dispute is about."""

    ITEM = "item"
    """An item, or the report: not the candidate's, wrong, incomplete. No outcome while it is open."""
    COMPLAINT = "complaint"
    """How the check was made. It is acknowledged in time, and keeps the case from being closed."""
    APPEAL = "appeal"
    """Against the outcome. It keeps the case from being closed."""


class Dispute(Record):
    """The candidate disputes an item, complains, or appeals."""

    kind: Literal["dispute"] = "dispute"
    id: Id = "D00"
    """`D01`: counted within the case, and given when it is entered."""
    matter: DisputeMatter = DisputeMatter.ITEM
    item: Id | None = None
    """The finding; None for the whole."""
    reason: Sentence
    """As the candidate gives it."""
    received: Moment

    @model_validator(mode="after")
    def _names_an_item_only_for_one(self) -> Self:
        _require(self.matter is DisputeMatter.ITEM or self.item is None, "only a dispute of an item names an item")
        return self


class Acknowledgement(Record):
    """The candidate was told that a dispute or a complaint had come in."""

    kind: Literal["acknowledgement"] = "acknowledgement"
    dispute: Id
    channel: Line


class Settlement(StrEnum):
    """How a dispute ended."""

    UPHELD = "upheld"
    """The candidate is right: what was disputed is not used."""
    CORRECTED = "corrected"
    """Partly right: it is used as corrected, or with the candidate's account beside it."""
    NOT_UPHELD = "not-upheld"
    WITHDRAWN = "withdrawn"
    """By the candidate."""


class Settled(Record):
    """A person settled a dispute, with reasons."""

    kind: Literal["settled"] = "settled"
    dispute: Id
    how: Settlement
    reason: Sentence


class SourceState(StrEnum):
    """What stands at the source now."""

    LIVE = "live"
    EDITED = "edited"
    GONE = "gone"
    UNKNOWN = "unknown"
    """It could not be checked."""


class SourceNote(Record):
    """What stood at an item's address when it was asked again, within the visits agreed."""

    kind: Literal["source"] = "source"
    item: Id
    state: SourceState
    why: Line
    """A code: `200`, `unknown:robots`. Never words of the page."""
    evidence: Id | None = None


class OutcomeDecision(Record):
    """The outcome, set by a named person with reasons: a good outcome needs them as much as any other."""

    kind: Literal["outcome"] = "outcome"
    level: Outcome
    reasons: Sentence
    mitigation: Sentence
    """What speaks for the candidate, and what was made of it."""
    alternatives: Sentence
    """Which other outcomes were weighed, and why not those."""
    reviewers: tuple[Id, ...] = ()
    """Who had reviewed the items; filled in from the reviews. Empty where there was nothing to review."""
    second: Id
    """The second line: another person, who did not review, and agreed."""
    items: tuple[Id, ...] = ()
    """The findings it rests on: those that the reviews let count."""


class Hold(Record):
    """Erasure and pruning are put off: a claim, a complaint, a court's order."""

    kind: Literal["hold"] = "hold"
    reason: Sentence


class Release(Record):
    """A hold ended."""

    kind: Literal["release"] = "release"
    reason: Sentence


Event = Annotated[
    Review
    | Invitation
    | Reply
    | CandidateAnswer
    | Dispute
    | Acknowledgement
    | Settled
    | SourceNote
    | OutcomeDecision
    | Hold
    | Release,
    Field(discriminator="kind"),
]


class Entry(Record):
    """One line of `review.jsonl`: who entered what, and when."""

    seq: Annotated[int, Field(ge=1)]
    """Counted within the case; it stands in the audit event of the entry as well."""
    at: Moment
    by: Id
    """The person's id, never a name."""
    event: Event


class DisputeState(Record):
    """A dispute with what became of it."""

    dispute: Dispute
    opened: Moment
    """When it was entered."""
    acknowledged: Moment | None = None
    settled: Moment | None = None
    settled_by: Id | None = None
    how: Settlement | None = None
    reason: Sentence | None = None
    """Of the settlement."""

    @property
    def is_open(self) -> bool:
        """True until a person settles it."""
        return self.settled is None


class CaseReview(Record):
    """Everything that people entered about one case, oldest first. Empty before the first entry."""

    entries: tuple[Entry, ...] = ()

    def after(self, at: datetime, by: str, event: Event) -> CaseReview:
        """Return the review with one more entry at its end."""
        return CaseReview(entries=(*self.entries, Entry(seq=len(self.entries) + 1, at=at, by=by, event=event)))

    @cached_property
    def _by_item(self) -> dict[str | None, list[Entry]]:
        found: dict[str | None, list[Entry]] = {}
        for entry in self.entries:
            if isinstance(entry.event, Review | Reply | CandidateAnswer | Dispute | SourceNote):
                found.setdefault(entry.event.item, []).append(entry)
        return found

    def about(self, item: str | None) -> tuple[Entry, ...]:
        """Return what was entered on an item, or with None on the whole, oldest first."""
        return tuple(self._by_item.get(item, ()))

    def history(self, item: str) -> tuple[Entry, ...]:
        """Return every verdict on an item, oldest first."""
        return tuple(e for e in self.about(item) if isinstance(e.event, Review))

    def verdicts(self, item: str) -> dict[str, Review]:
        """Return each reviewer's last verdict on an item, by the reviewer's id."""
        return {e.by: e.event for e in self.history(item) if isinstance(e.event, Review)}

    def first_verdicts(self, item: str) -> dict[str, Review]:
        """Return each reviewer's first verdict on an item: what they said before they talked to anyone about it."""
        return {e.by: e.event for e in reversed(self.history(item)) if isinstance(e.event, Review)}

    def counts(self, item: str) -> bool:
        """Say whether every reviewer's last verdict lets the item count; False before the first verdict."""
        verdicts = self.verdicts(item).values()
        return bool(verdicts) and all(verdict.counts for verdict in verdicts)

    @property
    def reviewers(self) -> tuple[str, ...]:
        """Everybody who reviewed an item, once each, in the order of their first verdicts."""
        return tuple(dict.fromkeys(e.by for e in self.entries if isinstance(e.event, Review)))

    @property
    def invitations(self) -> tuple[tuple[Entry, Invitation], ...]:
        """Every invitation to reply, with its entry."""
        return tuple((e, e.event) for e in self.entries if isinstance(e.event, Invitation))

    def replies(self, item: str | None) -> tuple[Reply, ...]:
        """Return the candidate's replies on an item, or with None those on the whole."""
        return tuple(e.event for e in self.about(item) if isinstance(e.event, Reply))

    @property
    def answers(self) -> tuple[tuple[Entry, CandidateAnswer], ...]:
        """Everything the candidate answered to "is this you?", with its entry, oldest first; the last of an item counts."""
        return tuple((e, e.event) for e in self.entries if isinstance(e.event, CandidateAnswer))

    @property
    def disputes(self) -> tuple[DisputeState, ...]:
        """Every dispute, complaint and appeal with its state, in the order they came in."""
        return self._disputes

    @cached_property
    def _disputes(self) -> tuple[DisputeState, ...]:
        states: dict[str, DisputeState] = {}
        for entry in self.entries:
            event = entry.event
            if isinstance(event, Dispute):
                states[event.id] = DisputeState(dispute=event, opened=entry.at)
            elif isinstance(event, Acknowledgement):
                states[event.dispute] = states[event.dispute].but(acknowledged=entry.at)
            elif isinstance(event, Settled):
                states[event.dispute] = states[event.dispute].but(
                    settled=entry.at, settled_by=entry.by, how=event.how, reason=event.reason
                )
        return tuple(states.values())

    def disputes_of(self, item: str) -> tuple[DisputeState, ...]:
        """Return the disputes of one item."""
        return tuple(state for state in self.disputes if state.dispute.item == item)

    def source_note(self, item: str) -> Entry | None:
        """Return the last note on what stands at an item's address; None where nobody looked."""
        return next((e for e in reversed(self.about(item)) if isinstance(e.event, SourceNote)), None)

    @property
    def outcomes(self) -> tuple[Entry, ...]:
        """Every outcome that was set, oldest first; the last one counts (an appeal can change it)."""
        return tuple(e for e in self.entries if isinstance(e.event, OutcomeDecision))

    @property
    def outcome(self) -> OutcomeDecision | None:
        """The outcome that counts; None while there is none."""
        return next((e.event for e in reversed(self.entries) if isinstance(e.event, OutcomeDecision)), None)

    @property
    def is_held(self) -> bool:
        """True while erasure is put off."""
        last = next((e.event for e in reversed(self.entries) if isinstance(e.event, Hold | Release)), None)
        return isinstance(last, Hold)


def _require(holds: bool, message: str) -> None:
    if not holds:
        raise ValueError(message)

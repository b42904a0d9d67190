"""What may be entered, and when an outcome is possible; pure. Every no is a sentence with ids, without words of the case."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from footprint.errors import InputError
from footprint.model.attribution import Answer
from footprint.model.finding import Finding
from footprint.model.outcome import Outcome
from footprint.model.policy import PeriodKind, Policies
from footprint.model.report import UndeterminedPlace
from footprint.model.review import (
    Acknowledgement,
    AttributionVerdict,
    CandidateAnswer,
    CaseReview,
    Dispute,
    DisputeMatter,
    DisputeState,
    Event,
    Hold,
    Invitation,
    OutcomeDecision,
    Release,
    Reply,
    Review,
    Settled,
    Settlement,
    SourceNote,
)
from footprint.model.suggestion import Suggestion
from footprint.model.worksheet import BeliefResult
from footprint.review.answers import Answerable, answerable
from footprint.review.periods import day_in_words, filled, period, worksheets

MAY_COUNT = frozenset({BeliefResult.NOT_A_BELIEF, BeliefResult.MANNER})
"""Results of a belief worksheet after which an item may be weighed (LAW EQ-10)."""


class Obstacle(NamedTuple):
    """Something that stands before an outcome."""

    code: str
    """`unreviewed`, `unverified`, `differ`, `heard`, `answer`, `window`, `dispute`, `upheld`, `invitation`, `wait`, `support`."""
    about: str
    """The finding, the dispute, or `case`."""
    sentence: str


@dataclass(frozen=True)
class Matter:
    """The case as the rules see it: its findings, what governs it, what was entered so far, and the time."""

    findings: tuple[Finding, ...]
    policies: Policies
    review: CaseReview
    at: datetime
    places: tuple[UndeterminedPlace, ...] = ()
    """Where the candidate is asked whether it is them."""
    suggestions: tuple[Suggestion, ...] = ()
    """What a model proposed: nobody grades it, and the candidate can say whose it is."""
    opened: datetime | None = None
    """When the case was; no answer to it came in on a day before."""
    is_behind: bool = False
    """True where an answer of the candidate can be worked into the report, and is not."""

    def answerable(self, item: str) -> Answerable:
        """Return what the candidate can be asked about under an id. Raises InputError where there is nothing of that id."""
        found = answerable(item, (*self.findings, *self.suggestions), self.places, self.review)
        if found is None:
            raise InputError(
                where=item,
                expected='a finding of this case, such as F01, or a place of the list "Is this you?", such as O-0123456789',
                mend="the candidate's copy (`footprint report CASE --for candidate`) prints both",
            )
        return found

    def finding(self, item: str) -> Finding:
        """Return a finding by its id. Raises InputError where there is none."""
        found = next((finding for finding in self.findings if finding.id == item), None)
        if found is None:
            raise InputError(where=item, expected="the id of a finding of this case, such as F01")
        return found

    @property
    def counted(self) -> tuple[str, ...]:
        """The findings that every reviewer's last verdict lets count."""
        return tuple(finding.id for finding in self.findings if self.review.counts(finding.id))


def obstacles(matter: Matter, level: Outcome | None = None) -> tuple[Obstacle, ...]:
    """Return everything that stands before an outcome, of this level where one is given; empty where it is possible."""
    found = [*_of_items(matter), *_of_answers(matter), *_of_windows(matter), *_of_disputes(matter)]
    if level is not None:
        found += _of_level(matter, level)
    return tuple(found)


def check(event: Event, by: str, matter: Matter) -> None:
    """Raise InputError, with what is missing, unless a person may enter this now."""
    for kind, rule in _RULES:
        if isinstance(event, kind):
            rule(event, by, matter)


def _of_items(matter: Matter) -> Iterator[Obstacle]:
    for finding in matter.findings:
        item = finding.id
        verdicts = matter.review.verdicts(item)
        if not verdicts:
            yield Obstacle("unreviewed", item, f"{item} was not reviewed yet.")
            continue
        if any(verdict.attribution is AttributionVerdict.UNSURE for verdict in verdicts.values()):
            yield Obstacle("unverified", item, f"{item}: somebody is not sure that it is the candidate's.")
        if len({verdict.verdict for verdict in verdicts.values()}) > 1:
            yield Obstacle("differ", item, f"{item}: the reviewers differ; one of them reviews it again.")
        if _is_unheard(item, matter.review):
            yield Obstacle("heard", item, f"{item}: the candidate spoke after the last verdict; review it again.")


def _is_unheard(item: str, review: CaseReview) -> bool:
    spoken = [entry.seq for entry in review.about(item) if _speaks(entry.event)]
    return bool(spoken) and review.history(item)[-1].seq < spoken[-1]


def _speaks(event: Event) -> bool:
    """Say whether the candidate says something of an item that a verdict has to take into account."""
    return isinstance(event, Reply | Dispute) or (
        isinstance(event, CandidateAnswer) and event.answer is not Answer.UNSURE
    )


def _of_answers(matter: Matter) -> Iterator[Obstacle]:
    if matter.is_behind:
        sentence = "An answer of the candidate is not worked into the report yet: footprint case answer CASE."
        yield Obstacle("answer", "case", sentence)


def _of_windows(matter: Matter) -> Iterator[Obstacle]:
    last_word = max((e.seq for e in matter.review.entries if isinstance(e.event, Reply) and e.event.is_last), default=0)
    for entry, invitation in matter.review.invitations:
        is_ended = matter.at > invitation.until or (invitation.wait is None and entry.seq < last_word)
        if not is_ended:
            until = day_in_words(invitation.until)
            yield Obstacle("window", "case", f"The candidate may reply until the end of {until}, UTC.")


def _of_disputes(matter: Matter) -> Iterator[Obstacle]:
    shown = {finding.id for finding in matter.findings}
    for state in matter.review.disputes:
        dispute = state.dispute
        if dispute.matter is not DisputeMatter.ITEM:
            continue
        if state.is_open:
            yield Obstacle("dispute", dispute.id, f"{dispute.id} is open.")
        elif state.how is Settlement.UPHELD and dispute.item in shown and matter.review.counts(dispute.item):
            item = dispute.item
            yield Obstacle("upheld", item, f"{item} still counts, though {dispute.id} was upheld; review it again.")


def _of_level(matter: Matter, level: Outcome) -> Iterator[Obstacle]:
    if level is Outcome.NO_CONCERN:
        return
    if not matter.counted:
        yield Obstacle("support", "case", "Nothing counts, so the outcome can only be 0, no concern.")
        return
    wait = period(matter.policies, PeriodKind.WAIT)
    if not matter.review.invitations:
        yield Obstacle(
            "invitation", "case", "The candidate was not invited to reply: footprint case reply CASE --invite."
        )
    elif wait is not None and not any(invitation.wait for _, invitation in matter.review.invitations):
        yield Obstacle("wait", "case", f"{wait.id}: the letter before an adverse decision was not sent.")


def _review(event: Review, by: str, matter: Matter) -> None:
    finding = matter.finding(event.item)
    if not event.counts:
        return
    missing = [rule for rule in worksheets(matter.policies, finding, event.grade) if rule.kind not in filled(event)]
    if missing:
        rule = missing[0]
        raise InputError(
            where=event.item,
            field=str(rule.kind),
            expected=f"the worksheet {rule.kind} ({rule.rule})",
            mend=rule.reason,
        )
    if event.belief is not None and event.belief.result not in MAY_COUNT:
        raise InputError(
            where=event.item,
            field="relevance",
            expected=f"reject: the belief worksheet comes out as {event.belief.result} (EQ-10)",
            mend="a belief is never held against anyone; only an objectionable manner can be weighed",
        )


def _invitation(event: Invitation, by: str, matter: Matter) -> None:
    _expect(event.until > matter.at, "until", "a time that lies ahead")
    wait = period(matter.policies, PeriodKind.WAIT)
    if event.wait is None:
        return
    _expect(wait is not None and wait.id == event.wait, "wait", "a wait that the law of this case knows")
    _expect(wait is not None and event.until >= wait.end(matter.at), "until", "the whole wait that the law asks for")


def _reply(event: Reply, by: str, matter: Matter) -> None:
    _expect(event.received <= matter.at, "received", "a time that has been")
    if event.item is not None:
        matter.finding(event.item)


def _answer(event: CandidateAnswer, by: str, matter: Matter) -> None:
    _expect(event.received <= matter.at, "received", "a time that has been")
    is_early = matter.opened is not None and event.received.date() < matter.opened.date()
    _expect(not is_early, "received", "a day on which the case was open")
    known = matter.answerable(event.item)
    _expect(event.observations == known.observations, event.item, "the observations that the item stands for")


def _dispute(event: Dispute, by: str, matter: Matter) -> None:
    _expect(event.received <= matter.at, "received", "a time that has been")
    if event.item is not None:
        matter.finding(event.item)
    if event.matter is DisputeMatter.APPEAL:
        _expect(matter.review.outcome is not None, "matter", "an outcome that an appeal could be against")


def _acknowledgement(event: Acknowledgement, by: str, matter: Matter) -> None:
    _expect(_state(event.dispute, matter.review).acknowledged is None, event.dispute, "one not acknowledged yet")


def _settled(event: Settled, by: str, matter: Matter) -> None:
    state = _state(event.dispute, matter.review)
    _expect(state.is_open, event.dispute, "a dispute that is open")
    if state.dispute.matter is DisputeMatter.APPEAL:
        deciders = {e.by for e in matter.review.outcomes}
        _expect(by not in deciders, "by", "somebody who did not set the outcome that the appeal is against")


def _outcome(event: OutcomeDecision, by: str, matter: Matter) -> None:
    found = obstacles(matter, event.level)
    if found:
        more = f" {len(found) - 1} more stand in the way." if found[1:] else ""
        raise InputError(where="outcome", expected="nothing that stands in its way", mend=found[0].sentence + more)
    _expect(
        event.second not in {by, *matter.review.reviewers}, "second", "a second line who neither decides nor reviewed"
    )
    _expect(event.reviewers == matter.review.reviewers, "reviewers", "everybody who reviewed, and nobody else")
    _expect(event.items == matter.counted, "items", "the findings that the reviews let count, and no others")


def _source(event: SourceNote, by: str, matter: Matter) -> None:
    matter.finding(event.item)


def _hold(event: Hold, by: str, matter: Matter) -> None:
    _expect(not matter.review.is_held, "hold", "a case that is not held yet")


def _release(event: Release, by: str, matter: Matter) -> None:
    _expect(matter.review.is_held, "hold", "a case that is held")


def next_dispute(review: CaseReview) -> str:
    """Return the id that the next dispute gets: `D01`."""
    return f"D{len(review.disputes) + 1:02d}"


def _state(dispute: str, review: CaseReview) -> DisputeState:
    found = next((state for state in review.disputes if state.dispute.id == dispute), None)
    if found is None:
        raise InputError(where=dispute, expected="the id of a dispute of this case, such as D01")
    return found


def _expect(holds: bool, where: str, expected: str) -> None:
    if not holds:
        raise InputError(where=where, expected=expected)


_RULES: tuple[tuple[type, Callable[..., None]], ...] = (
    (Review, _review),
    (Invitation, _invitation),
    (Reply, _reply),
    (CandidateAnswer, _answer),
    (Dispute, _dispute),
    (Acknowledgement, _acknowledgement),
    (Settled, _settled),
    (SourceNote, _source),
    (OutcomeDecision, _outcome),
    (Hold, _hold),
    (Release, _release),
)

"""What a view shows that stands in no single field: counts, orders, and the review as the tables of a reader's file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from footprint.model.answered import is_overtaken
from footprint.model.finding import Category, Finding, WithheldReason
from footprint.model.report import Report
from footprint.model.review import (
    CandidateAnswer,
    CaseReview,
    DisputeState,
    Entry,
    Invitation,
    OutcomeDecision,
    Reply,
    Review,
    SourceNote,
)
from footprint.report import permitted, view
from footprint.report.permitted import HARM_WORDS, HeldBack


def facts(
    report: Report, review: CaseReview, findings: tuple[Finding, ...], held_back: tuple[HeldBack, ...]
) -> dict[str, object]:
    """Return what follows from a report and its review, by the names of the last block of `views.TABLE`."""
    grades = {finding.id: permitted.grade(review, finding.id) for finding in findings}
    return {
        "unknowns": report.unknowns,
        "nothing": view.nothing(report),
        "account": view.account(report),
        "withheld_count": {
            "excluded": view.withheld_count(report, WithheldReason.EXCLUDED),
            "sealed": view.withheld_count(report, WithheldReason.SEALED),
        },
        "withheld_by_rule": view.withheld_by_rule(report),
        "masks": view.masks_by_class(report.findings),
        "chronology": view.chronology(report),
        "notified_first": view.is_notified_first(report),
        "held_back": dict(sorted(Counter(HARM_WORDS[line.reason] for line in held_back).items())),
        "grades": {item: grade for item, grade in grades.items() if grade is not None},
        "categories": {item: category for item in grades if (category := _relabelled(review, item)) is not None},
        "set_aside": [item for item in grades if review.verdicts(item) and not review.counts(item)],
    }


def review_facts(review: CaseReview, clocks: tuple[str, ...] = ()) -> dict[str, object]:
    """Return what people decided and answered, by the names under `review.` of `views.TABLE`. Who is an id, never a name."""
    entries = review.entries
    answers = [_answer(entry) for entry in entries if _is(entry, CandidateAnswer)]
    return {
        **({"answers": answers} if answers else {}),
        "outcome": next(
            (_outcome(e, e.event, review) for e in reversed(entries) if isinstance(e.event, OutcomeDecision)), None
        ),
        "verdicts": [_verdict(e, e.event) for e in entries if isinstance(e.event, Review)],
        "invitations": [_invitation(entry) for entry in entries if isinstance(entry.event, Invitation)],
        "replies": [_plain(entry, "item", "words", "received", "is_last") for entry in entries if _is(entry, Reply)],
        "disputes": [_dispute(state) for state in review.disputes],
        "sources": [_plain(entry, "item", "state", "why", "at") for entry in entries if _is(entry, SourceNote)],
        "held": review.is_held,
        "clocks": list(clocks),
    }


def _relabelled(review: CaseReview, item: str) -> Category | None:
    """Return the category that a person put a finding under, where it is another than the tool's."""
    given = [verdict.category for verdict in review.verdicts(item).values()]
    return given[-1] if given else None


def _is(entry: Entry, kind: type) -> bool:
    return isinstance(entry.event, kind)


def _plain(entry: Entry, *names: str) -> dict[str, object]:
    return {name: entry.at if name == "at" else getattr(entry.event, name) for name in names}


def _outcome(entry: Entry, decided: OutcomeDecision, review: CaseReview) -> Mapping[str, object]:
    return {
        **_plain(entry, "level", "reasons", "mitigation", "alternatives", "reviewers", "second", "at"),
        "by": entry.by,
        # `items` is what a dictionary calls its own pairs.
        "rests_on": decided.items,
        "is_overtaken": is_overtaken(review),
    }


def _verdict(entry: Entry, given: Review) -> Mapping[str, object]:
    return {
        **_plain(entry, "item", "at", "attribution", "relevance", "category", "grade", "reason"),
        "by": entry.by,
        # What came of the worksheet, never the belief (EQ-10).
        "belief": given.belief.result if given.belief else None,
        "context": dict(given.context) if given.context else None,
        "proportionality": dict(given.proportionality) if given.proportionality else None,
    }


def _answer(entry: Entry) -> Mapping[str, object]:
    return {**_plain(entry, "item", "answer", "received", "channel", "at"), "by": entry.by}


def _invitation(entry: Entry) -> Mapping[str, object]:
    return _plain(entry, "at", "until", "channel", "paper_sha256", "wait")


def _dispute(state: DisputeState) -> Mapping[str, object]:
    return {
        "id": state.dispute.id,
        "matter": state.dispute.matter,
        "item": state.dispute.item,
        "reason": state.dispute.reason,
        "received": state.dispute.received,
        "acknowledged": state.acknowledged,
        "settled": state.settled,
        "settled_by": state.settled_by,
        "how": state.how,
        "settled_reason": state.reason,
    }

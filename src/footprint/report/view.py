"""What the report counts and puts in order, worked out from the one `Report` value; no text of its own, no HTML."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import NamedTuple

from footprint.model.decision import Citation, Decision, Effect
from footprint.model.finding import Finding, WithheldReason
from footprint.model.report import Report, RuleInForce
from footprint.report.words import CONSENT_WORDS

_PERSONAL_FEATURES = ("birth", "born", "age-")
"""Features whose values would give away the candidate's age, which stands in no report (EQ-4)."""


_WITHHOLDING = frozenset({Effect.SEAL, Effect.EXCLUDE})
_UNCONFIRMED = " (confirm with counsel)"
"""How `Citation.label` ends where the text was not read."""


PROTECTED = "protected content"
"""What the rules that read the content are counted under."""

WORDS_OF_PROTECTED = (
    "Content that the law protects: special categories, criminal-offence data, trade-union activity or a protected "
    "disclosure. Which of these it was is not disclosed",
    Citation(article="As listed under Rules in force", confirmed=True),
)


class WithheldByRule(NamedTuple):
    """A rule that withheld something, and how many statements."""

    rule: str
    version: str
    effect: str
    reason: str
    citation: Citation
    statements: int


class Moment(NamedTuple):
    """One line of what happened when."""

    at: datetime
    what: str
    detail: str


class Share(NamedTuple):
    """One line of the account of every statement read."""

    what: str
    statements: int
    sentence: str


def withheld_by_rule(report: Report) -> tuple[WithheldByRule, ...]:
    """Return each rule that withheld something with its count, the largest first; one statement can count under several.

    The rules that read the content are counted together: one of them named beside a count would tell the reader what the
    law keeps from them, such as one statement on health (UK-9; TU-1 allows a count only).
    """
    protected = {rule.id: rule for rule in report.rules if rule.reads_content}
    counts: Counter[str] = Counter()
    seen: dict[str, Decision] = {}
    for withheld in report.withheld:
        decided = (decision for decision in withheld.rules if decision.effect in _WITHHOLDING)
        for rule, decision in {_counted_as(decision, protected): decision for decision in decided}.items():
            counts[rule] += 1
            seen.setdefault(rule, decision)
    ranked = sorted(seen, key=lambda rule: (rule == PROTECTED, -counts[rule], rule))
    return tuple(_by_rule(rule, seen[rule], counts[rule], protected) for rule in ranked)


def withheld_count(report: Report, *reasons: WithheldReason) -> int:
    """Return how many statements were withheld for one of `reasons`."""
    return sum(1 for withheld in report.withheld if withheld.reason in reasons)


def account(report: Report) -> tuple[Share, ...]:
    """Return where every statement went, so that the figures can be added up (UK GDPR Art. 5(1)(c)).

    A last line appears only if they do not add up to what was read.
    """
    told = report.told_apart
    withheld = withheld_count(report, WithheldReason.EXCLUDED, WithheldReason.SEALED)
    shares = [
        Share(
            "Told apart",
            told.someone_else + told.undetermined,
            "Someone else's, or not certain enough to be the candidate's.",
        ),
        Share("Withheld by law", withheld, "Left out or sealed by a rule before anyone saw it."),
        Share(
            "Not relevant",
            report.not_relevant,
            "Lawful and the candidate's, but no rule found anything in it. Not kept.",
        ),
        Share("Findings", len(report.findings), "Listed in this report for a person to grade."),
    ]
    difference = report.observations - sum(share.statements for share in shares)
    if difference:
        shares.append(
            Share(
                "Not accounted for",
                difference,
                "These figures do not add up. Ask for the audit log before relying on them.",
            )
        )
    return tuple(shares)


def masks_by_class(findings: Iterable[Finding]) -> dict[str, int]:
    """Return the number of masks in the findings by class, sorted by class (EQ-4)."""
    counts: Counter[str] = Counter()
    for finding in findings:
        counts.update(span.what for span in (*finding.excerpt.masks, *finding.surroundings.masks))
    return dict(sorted(counts.items()))


def chronology(report: Report) -> tuple[Moment, ...]:
    """Return what happened when, oldest first: notice, consent, approval, requests, report (RIPA-1, UK-7)."""
    authorisation = report.authorisation
    notice = authorisation.notice
    lines = [
        Moment(event.at, CONSENT_WORDS[event.state], f"by {event.by}; {event.method}") for event in authorisation.events
    ]
    if notice.delivered_at is not None:
        lines.append(
            Moment(
                notice.delivered_at,
                "Privacy notice delivered",
                f"{notice.id}, version {notice.version}; {notice.channel}",
            )
        )
    if notice.acknowledged_at is not None:
        lines.append(Moment(notice.acknowledged_at, "Privacy notice acknowledged", "by the candidate"))
    lines += [
        Moment(b.approved_at, "Lawful basis approved", f"{b.article}; {b.assessment}")
        for b in authorisation.lawful_basis
    ]
    if report.search_log:
        times = [entry.at for entry in report.search_log]
        lines += [Moment(min(times), "First request", ""), Moment(max(times), "Last request", "")]
    lines.append(Moment(report.generated_at, "Report issued", f"by operator {report.operator}"))
    lines += [
        Moment(e.issued_at, f"Edition {e.number} issued, with the candidate's answers", f"by operator {e.operator}")
        for e in report.editions
    ]
    return tuple(sorted(lines, key=lambda line: line.at))


def is_notified_first(report: Report) -> bool:
    """Say whether the candidate was notified before the first request (UK-13, RIPA-1)."""
    delivered = report.authorisation.notice.delivered_at
    return delivered is not None and all(delivered <= entry.at for entry in report.search_log)


def clause_title(titles: Mapping[str, str], clause: str) -> str:
    """Return the title of a policy clause, named with or without its policy; empty where there is none."""
    return titles.get(clause) or titles.get(clause.rpartition(" ")[2], "")


def article(label: str) -> str:
    """Return a citation's label without its warning."""
    return label.removesuffix(_UNCONFIRMED)


def is_unconfirmed(label: str) -> bool:
    """Say whether a citation's label carries the warning "confirm with counsel"."""
    return label.endswith(_UNCONFIRMED)


def is_personal(feature: str) -> bool:
    """Say whether the values that a feature compared would give away the candidate's age."""
    return feature.startswith(_PERSONAL_FEATURES)


def _counted_as(decision: Decision, protected: Mapping[str, RuleInForce]) -> str:
    return PROTECTED if decision.rule in protected else decision.rule


def _by_rule(rule: str, decision: Decision, count: int, protected: Mapping[str, RuleInForce]) -> WithheldByRule:
    if rule == PROTECTED:
        return WithheldByRule(", ".join(protected), decision.version, Effect.EXCLUDE, *WORDS_OF_PROTECTED, count)
    return WithheldByRule(rule, decision.version, decision.effect, decision.reason, decision.citation, count)


def nothing(report: Report) -> str:
    """Return what a report without findings says: that nothing was found, or that nothing could even be read."""
    if any(source.answered for source in report.coverage):
        return "Nothing found in scope."
    return "Nothing could be read: no place answered, so nothing can be said."

"""Who sees what: one table, and the value that each reader's file is made from.

A template, and the JSON of a view, get the value that `see` returns and nothing else: what the table does not list for a
reader is not empty there but absent. A new field of a record is seen by nobody until it has a row; a test says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any, NamedTuple, cast

from footprint.model.answered import is_overtaken
from footprint.model.finding import Finding
from footprint.model.record import Record
from footprint.model.report import Proofs, Report
from footprint.model.review import CaseReview
from footprint.model.suggestion import Suggestion
from footprint.report import derived, permitted
from footprint.report.permitted import HeldBack
from footprint.report.view import is_personal


class Reader(StrEnum):
    """Whom a file is for."""

    VETTING = "vetting"
    """The officer who prepares the decision."""
    RECRUITER = "recruiter"
    """Whoever talks to the candidate; sees what the outcome permits."""
    CANDIDATE = "candidate"
    AUDITOR = "auditor"
    """Checks the work; reads no word of a page."""


# fmt: off
TABLE: Mapping[str, str] = {
    # V vetting, R recruiter, C candidate, A auditor. A row covers everything below its field; a row further down adds to it.
    "schema_version":                   "VRCA",
    "demonstration":                    "VRCA",
    "marking":                          "VRCA",
    "case":                             "VRCA",
    "run":                              "VRCA",
    "operator":                         "V..A",
    "tool_version":                     "VRCA",
    "generated_at":                     "VRCA",
    "candidate_id":                     "VRCA",
    "candidate_name":                   "VRC.",
    "role_title":                       "VRCA",
    "necessity":                        "VRCA",
    "user_agent":                       "V.CA",
    # What allowed the run.
    "authorisation":                    "V..A",
    "authorisation.id":                 "..C.",
    "authorisation.stage":              ".RC.",
    "authorisation.controller.name":    ".RC.",
    "authorisation.controller.type":    "..C.",
    "authorisation.controller.contact": ".RC.",
    "authorisation.controller.data_protection_officer": ".RC.",
    "authorisation.notice":             "..C.",
    "authorisation.policy":             "..C.",
    "authorisation.lawful_basis.article": "..C.",
    "authorisation.lawful_basis.law":   "..C.",
    "authorisation.scope":              "..C.",
    "authorisation.scope.window":       ".R..",
    "authorisation.scope.categories":   ".R..",
    "authorisation.events":             "..C.",
    "authorisation.particulars":        "..C.",
    "authorisation_sha256":             "V..A",
    "policy":                           "VRCA",
    "organisation":                     "V..A",
    "packs":                            "V..A",
    "rules":                            "V..A",
    # What was asked, and what came of it.
    "coverage":                         "V.CA",
    "coverage.source":                  ".R..",
    "coverage.title":                   ".R..",
    "coverage.asked":                   ".R..",
    "coverage.answered":                ".R..",
    "coverage.unknown":                 ".R..",
    "coverage.stop":                    ".R..",
    "left_out":                         "V.CA",
    "left_out.reason":                  ".R..",
    "observations":                     "VRCA",
    "not_relevant":                     "V.CA",
    "told_apart":                       "V.CA",
    "undetermined":                     "..CA",
    # The candidate's answers to "is this you?", as this edition takes them into account: ids, tiers and times, no address.
    "answers.item":                     "V.CA",
    "answers.observation":              "V..A",
    "answers.answer":                   "V.CA",
    "answers.received":                 "V.CA",
    "answers.entry":                    "V..A",
    "answers.tool_tier":                "V.CA",
    "answers.tool_reason":              "V.CA",
    "answers.tier":                     "V.CA",
    "answers.commitment":               "...A",
    "editions":                         "V..A",
    "editions.number":                  ".RC.",
    "editions.issued_at":               ".RC.",
    # What a model proposes, where the workspace names one: unreviewed, for no recruiter, and without a word for the auditor.
    "proposer":                         "V.CA",
    "suggestions.id":                   "V.CA",
    "suggestions.observation":          "V..A",
    "suggestions.source":               "V.CA",
    "suggestions.url":                  "V.C.",
    "suggestions.excerpt":              "V.C.",
    "suggestions.excerpt.masks":        "...A",
    "suggestions.surroundings":         "V.C.",
    "suggestions.surroundings.masks":   "...A",
    "suggestions.engagement":           "V.CA",
    "suggestions.posted_at":            "V.CA",
    "suggestions.tier":                 "V.CA",
    "suggestions.category":             "V.CA",
    "suggestions.policy_clause":        "V.CA",
    "suggestions.band":                 "V.CA",
    "suggestions.stands_near":          "V.C.",
    "suggestions.terms":                "V.C.",
    "suggestions.captured_at":          "V.CA",
    "suggestions.evidence":             "V..A",
    "suggestions.evidence_sha256":      "V..A",
    "posts_by_month":                   "V.CA",
    "search_log":                       "V..A",
    "search_log.at":                    "..C.",
    "search_log.source":                "..C.",
    "search_log.url":                   "..C.",
    "search_log.purpose":               "..C.",
    "search_log.result":                "..C.",
    "evidence":                         "V..A",
    "audit_head":                       "V..A",
    # What is withheld: the auditor reads ids, digests and rules; the others read counts (ADR 0010), below.
    "withheld":                         "...A",
    # What was found. `permitted` says which findings a reader gets at all.
    "findings.id":                      "VRCA",
    "findings.observation":             "V..A",
    "findings.source":                  "VRCA",
    "findings.url":                     "V.CA",
    "findings.excerpt":                 "VRC.",
    "findings.excerpt.masks":           "...A",
    "findings.surroundings":            "VRC.",
    "findings.surroundings.masks":      "...A",
    "findings.engagement":              "VRCA",
    "findings.posted_at":               "VRCA",
    "findings.posted_at_from":          "V.CA",
    "findings.attribution.observation": "V..A",
    "findings.attribution.tier":        "V.CA",
    "findings.attribution.features":    "V.C.",
    "findings.attribution.features.name": "...A",
    "findings.attribution.features.weight": "...A",
    "findings.attribution.features.independent": "...A",
    "findings.attribution.contradictions": "V.C.",
    "findings.attribution.contradictions.name": "...A",
    "findings.attribution.contradictions.weight": "...A",
    "findings.attribution.contradictions.independent": "...A",
    "findings.attribution.reason":      "V.CA",
    "findings.relevances":              "V..A",
    "findings.relevances.category":     ".RC.",
    "findings.relevances.context":      ".RC.",
    "findings.relevances.policy_clause": ".RC.",
    "findings.relevances.decision.reason": "..C.",
    "findings.relevances.decision.spans": "..C.",
    "findings.relevances.severity":     "..C.",
    "findings.days_before_capture":     "V.CA",
    "findings.repetition":              "V.CA",
    "findings.beside":                  "V.CA",
    "findings.beside.kind":             ".R..",
    "findings.decisions":               "V..A",
    "findings.captured_at":             "V.CA",
    "findings.evidence":                "V..A",
    "findings.evidence_sha256":         "V..A",
    "findings.record_id":               "V..A",
    # What people decided and answered (`review.jsonl`).
    "review.outcome":                   "V...",
    "review.outcome.level":             ".RCA",
    "review.outcome.at":                ".RCA",
    "review.outcome.by":                "...A",
    "review.outcome.second":            "...A",
    "review.outcome.reviewers":         "...A",
    "review.outcome.rests_on":          "...A",
    "review.outcome.is_overtaken":      "V.CA",
    "review.verdicts":                  "V...",
    "review.verdicts.item":             "...A",
    "review.verdicts.at":               "...A",
    "review.verdicts.by":               "...A",
    "review.verdicts.attribution":      "...A",
    "review.verdicts.relevance":        "...A",
    "review.verdicts.category":         "...A",
    "review.verdicts.grade":            "...A",
    "review.invitations":               "V.CA",
    "review.replies":                   "V.C.",
    "review.replies.item":              "...A",
    "review.replies.received":          "...A",
    "review.replies.is_last":           "...A",
    "review.answers.item":              "V.CA",
    "review.answers.answer":            "V.CA",
    "review.answers.received":          "V.CA",
    "review.answers.channel":           "V.C.",
    "review.answers.at":                "V..A",
    "review.answers.by":                "V..A",
    "review.disputes":                  "V...",
    "review.disputes.id":               "..CA",
    "review.disputes.matter":           "..CA",
    "review.disputes.item":             "..CA",
    "review.disputes.reason":           "..C.",
    "review.disputes.received":         "..CA",
    "review.disputes.acknowledged":     "..CA",
    "review.disputes.settled":          "..CA",
    "review.disputes.settled_by":       "...A",
    "review.disputes.how":              "..CA",
    "review.disputes.settled_reason":   "..C.",
    "review.sources":                   "V.CA",
    "review.held":                      "V..A",
    "review.clocks":                    "V.C.",
    # What follows from the rest: `derived`.
    "unknowns":                         "VRCA",
    "nothing":                          "VRCA",
    "account":                          "V..A",
    "withheld_count":                   "V.CA",
    "withheld_by_rule":                 "V..A",
    "masks":                            "V..A",
    "chronology":                       "V..A",
    "notified_first":                   "V.CA",
    "held_back":                        "..C.",
    "grades":                           "VR..",
    "categories":                       "VRC.",
    "set_aside":                        "V.CA",
    "proofs":                           "...A",
}
# fmt: on
"""Field and readers. Fields of `Report` by their names; `review` and the last block are made in `derived`."""


ONLY_WHERE_THERE = frozenset({"answers", "editions", "proposer", "suggestions"})
"""Fields that a view has only where they hold something: most cases have one issue, no answer, and no model that proposes."""


@dataclass(frozen=True)
class View:
    """What one reader sees of a case."""

    reader: Reader
    value: dict[str, Any]
    """Nested dictionaries with only what the table lists."""
    findings: tuple[Finding, ...]
    """The findings that this reader gets, for pictures and for drawing masks; a template never gets these."""
    suggestions: tuple[Suggestion, ...] = ()
    """The suggestions, for the same; none for a recruiter."""

    def sees(self, field: str) -> bool:
        """Say whether the table gives a field, or something below it, to this reader."""
        return sees(self.reader, field)


class _Node(NamedTuple):
    is_whole: bool
    below: dict[str, _Node]


class Added(NamedTuple):
    """What a view takes besides the report as it was issued."""

    review: CaseReview = CaseReview()
    clocks: tuple[str, ...] = ()
    """Periods that run, one line each."""
    held_back: tuple[HeldBack, ...] = ()
    """Findings that are left out of the candidate's copy after a harm test."""
    proofs: Proofs | None = None
    """For the auditor: the case's lines of the log, each proven."""


def see(report: Report, reader: Reader, added: Added | None = None) -> View:
    """Return what a reader sees of a case. Raises InputError where a line is held back that the report does not have."""
    review, clocks, held_back, proofs = added or Added()
    held = held_back if reader is Reader.CANDIDATE else ()
    findings = permitted.findings(report, review, only_permitted=reader is Reader.RECRUITER, held_back=held)
    report = report.model_copy(update={"suggestions": permitted.suggestions(report, held)})
    facts: dict[str, object] = {
        **{name: value for name, value in report if value or name not in ONLY_WHERE_THERE},
        "findings": findings,
        "review": derived.review_facts(review, clocks),
        "proofs": proofs,
        **derived.facts(report, review, findings, held),
    }
    value = cast("dict[str, Any]", _cut(facts, _tree(reader)))
    if reader is Reader.RECRUITER and is_overtaken(review):
        value["review"]["outcome"] = None
    for entry, finding in zip(value["findings"], findings, strict=True):
        _finish(entry, finding)
    return View(reader, {"view": str(reader), **value}, findings, report.suggestions)


def _finish(entry: dict[str, Any], finding: Finding) -> None:
    """Say whether the context comes first, and take out the values that would give away an age (EQ-4)."""
    entry["needs_context"] = finding.needs_context
    attribution = entry.get("attribution", {})
    for feature in (*attribution.get("features", ()), *attribution.get("contradictions", ())):
        if is_personal(feature["name"]):
            feature.pop("expected", None)
            feature.pop("seen", None)


def sees(reader: Reader, field: str) -> bool:
    """Say whether the table gives a field, or something below it, to a reader."""
    node = _tree(reader)
    for part in field.split("."):
        if node.is_whole:
            return True
        if part not in node.below:
            return False
        node = node.below[part]
    return True


@cache
def _tree(reader: Reader) -> _Node:
    letter = reader[0].upper()
    root = _Node(False, {})
    for field, readers in TABLE.items():
        if letter in readers:
            _plant(root, field.split("."))
    return root


def _plant(node: _Node, parts: list[str]) -> None:
    name, *rest = parts
    if rest:
        _plant(node.below.setdefault(name, _Node(False, {})), rest)
    else:
        node.below[name] = _Node(True, {})


def _cut(value: object, node: _Node) -> object:
    """Return a value with only what a node lists: records as dictionaries, tuples as lists."""
    fields = _fields(value)
    if fields is not None:
        return {
            name: _cut(entry, node if node.is_whole else node.below[name])
            for name, entry in fields.items()
            if node.is_whole or name in node.below
        }
    return [_cut(entry, node) for entry in value] if isinstance(value, list | tuple) else value


def _fields(value: object) -> Mapping[str, object] | None:
    if isinstance(value, Record):
        return dict(value)
    if isinstance(value, tuple) and hasattr(value, "_fields"):
        return dict(zip(value._fields, value, strict=True))
    return value if isinstance(value, Mapping) else None

"""What the report counts adds up and comes in a fixed order."""

from __future__ import annotations

import pytest

from footprint.model.decision import Citation, Decision, Effect
from footprint.model.finding import WithheldReason
from footprint.model.report import Report
from footprint.report import view


def test_withheld_is_counted_by_rule_the_largest_first(report: Report) -> None:
    """Each rule stands once with its count."""
    assert [(row.rule, row.statements) for row in view.withheld_by_rule(report)] == [
        ("SCOPE-WINDOW", 11),
        ("TU-1", 3),
        ("EQ-AGE", 2),
        ("UK-9", 2),
    ]


def test_a_rule_that_let_a_withheld_statement_pass_is_not_counted(report: Report) -> None:
    """Only what sealed or left out withheld it."""
    passed = Decision(
        rule="EQ-4", version="1.0", effect=Effect.MASK, reason="masked", citation=Citation(article="a", confirmed=True)
    )
    first = report.withheld[0]
    changed = report.but(withheld=(first.but(rules=(*first.rules, passed, *first.rules)),))

    assert [(row.rule, row.statements) for row in view.withheld_by_rule(changed)] == [("TU-1", 1)]


def test_withheld_is_counted_by_reason(report: Report) -> None:
    """Left out and sealed are two figures."""
    assert view.withheld_count(report, WithheldReason.EXCLUDED) == 16
    assert view.withheld_count(report, WithheldReason.SEALED) == 2


def test_the_account_adds_up(report: Report) -> None:
    """Every statement that was read is in one line."""
    shares = view.account(report)

    assert sum(share.statements for share in shares) == report.observations
    assert "Not accounted for" not in {share.what for share in shares}


def test_an_account_that_does_not_add_up_says_so(report: Report) -> None:
    """A difference is shown, not hidden."""
    shares = view.account(report.but(observations=report.observations + 7))

    assert (shares[-1].what, shares[-1].statements) == ("Not accounted for", 7)


def test_masks_are_counted_by_class(report: Report) -> None:
    """Excerpts and surroundings both count."""
    assert view.masks_by_class(report.findings) == {"person": 4}


def test_the_chronology_is_in_order_and_begins_before_the_first_request(report: Report) -> None:
    """Basis, notice and consent stand before the first request; the report is last, and its later editions after it."""
    names = [line.what for line in view.chronology(report)]

    assert names == [
        "Lawful basis approved",
        "Consent requested",
        "Privacy notice delivered",
        "Privacy notice acknowledged",
        "Consent given",
        "First request",
        "Last request",
        "Report issued",
        "Edition 2 issued, with the candidate's answers",
    ]


def _bare(report: Report, **changes: object) -> Report:
    return report.but(search_log=(), editions=(), **changes)


def test_a_chronology_holds_only_what_happened(report: Report) -> None:
    """No notice and no request leave no line."""
    authorisation = report.authorisation.but(
        notice=report.authorisation.notice.but(delivered_at=None, acknowledged_at=None)
    )
    names = {line.what for line in view.chronology(_bare(report, authorisation=authorisation))}

    assert names == {"Lawful basis approved", "Consent requested", "Consent given", "Report issued"}


def test_a_candidate_notified_before_the_first_request_was_notified_first(report: Report) -> None:
    """The notice was delivered in time."""
    assert view.is_notified_first(report)


@pytest.mark.parametrize("is_late", [True, False])
def test_a_late_or_missing_notice_is_not_first(report: Report, is_late: bool) -> None:
    """Delivered after the first request, or never."""
    delivered = report.generated_at if is_late else None
    notice = report.authorisation.notice.but(delivered_at=delivered)

    assert not view.is_notified_first(report.but(authorisation=report.authorisation.but(notice=notice)))


@pytest.mark.parametrize(
    ("clause", "title"),
    [("SMP-01 4.1", "Threats and violence"), ("SMP-01 4.3", "Confidential information"), ("SMP-01 9.9", "")],
)
def test_a_clause_has_its_title(report: Report, clause: str, title: str) -> None:
    """Clauses are known with or without the policy's id before them."""
    assert view.clause_title(report.policy.clauses, clause) == title


@pytest.mark.parametrize(
    ("feature", "is_personal"),
    [("birth-year-differs", True), ("age-differs", True), ("born", True), ("same-name", False), ("agency", False)],
)
def test_features_of_age_are_personal(feature: str, is_personal: bool) -> None:
    """Their values are not printed."""
    assert view.is_personal(feature) is is_personal


@pytest.mark.parametrize(("confirmed", "label"), [(True, "Act s.1"), (False, "Act s.1 (confirm with counsel)")])
def test_a_label_is_taken_apart_again(confirmed: bool, label: str) -> None:
    """`Citation.label` and its warning belong together."""
    assert Citation(article="Act s.1", confirmed=confirmed).label == label
    assert view.article(label) == "Act s.1"
    assert view.is_unconfirmed(label) is not confirmed


def test_the_rules_that_read_the_content_are_counted_together(report: Report) -> None:
    """One statement on health is not shown as such: what was said is not told by the name of a rule (UK-9, TU-1)."""
    protected = tuple(rule.but(reads_content=rule.id in {"TU-1", "UK-9"}) for rule in report.rules)
    *others, last = view.withheld_by_rule(report.but(rules=protected))

    assert [row.rule for row in others] == ["SCOPE-WINDOW", "EQ-AGE"]
    assert (last.rule, last.statements) == ("TU-1, UK-9", 5)
    assert "not disclosed" in last.reason

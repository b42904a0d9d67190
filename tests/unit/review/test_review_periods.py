"""Periods and worksheets come from data, with their source, and dates from words."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from footprint.model.policy import OwnPeriod, PeriodKind
from footprint.model.review import Acknowledgement, Dispute, Reply, Settled
from footprint.model.worksheet import WorksheetKind
from footprint.review.periods import clocks, day_in_words, filled, period, tables, worksheets
from review_samples import AT, BELIEF, counts, entered, finding, invitation, outcome, policies


@pytest.mark.parametrize(
    ("packs", "kind", "rule"),
    [
        (("uk", "uk-police"), PeriodKind.APPEAL, "POL-4"),
        (("uk",), PeriodKind.APPEAL, "HOUSE-appeal"),
        (("us",), PeriodKind.APPEAL, "FCRA-1681m"),
        (("us", "us-ca"), PeriodKind.WAIT, "FCRA-1681b-3"),
        (("uk",), PeriodKind.WAIT, None),
        (("uk",), PeriodKind.COMPLAINT, "UK-164A"),
        (("fi",), PeriodKind.COMPLAINT, "HOUSE-complaint"),
        (("us",), PeriodKind.DISPUTE, "FCRA-1681i"),
        (("de",), PeriodKind.REPLY, "HOUSE-reply"),
    ],
)
def test_a_pack_says_which_period_counts(packs: tuple[str, ...], kind: PeriodKind, rule: str | None) -> None:
    """The law of the place first, the house's own where it is silent, and none where nothing of the kind exists."""
    found = period(policies(*packs), kind)

    assert (found.id if found else None) == rule


def test_every_period_has_its_source() -> None:
    """No period without an article; what nobody read at its source says so."""
    assert all(entry.citation.article and not entry.citation.confirmed for entry in tables().periods)


@pytest.mark.parametrize("kind", [PeriodKind.APPEAL, PeriodKind.WAIT])
def test_the_organisation_can_set_its_own(kind: PeriodKind) -> None:
    """A period of the policy goes before the packs', with or without one of theirs."""
    own = policies("uk", periods=(OwnPeriod(kind=kind, days=90, reason="Our panel meets twice a year."),))
    found = period(own, kind)

    assert found is not None
    assert (found.id, found.days, found.citation.confirmed) == ("ORG-period", 90, True)


def test_a_period_ends_with_its_last_day() -> None:
    """Ten days after a morning is the end of the tenth day; business days leave out weekends."""
    friday = datetime(2026, 11, 20, 9, tzinfo=UTC)
    reply, wait = period(policies("uk"), PeriodKind.REPLY), period(policies("us"), PeriodKind.WAIT)
    assert reply is not None
    assert wait is not None

    assert reply.end(friday) == datetime(2026, 11, 30, 23, 59, 59, tzinfo=UTC)
    assert wait.end(friday) == datetime(2026, 11, 27, 23, 59, 59, tzinfo=UTC)


def test_a_day_is_written_out() -> None:
    """A reader sees the weekday and the month."""
    assert day_in_words(datetime(2026, 12, 4, tzinfo=UTC)) == "Friday 4 December 2026"


def test_every_clock_that_was_started_runs() -> None:
    """Windows, disputes, complaints and the appeal, in the order of their ends, with their words."""
    review = entered(
        invitation(10),
        Dispute(id="D01", item="F01", reason="r", received=AT),
        Dispute(id="D02", matter="complaint", reason="r", received=AT),
        outcome(),
    )
    running = clocks(policies(), review, AT + timedelta(days=11))

    assert [(clock.rule, clock.about, clock.is_over) for clock in running] == [
        ("HOUSE-reply", "the invitation of Friday 20 November 2026", True),
        ("POL-4", "the outcome of Friday 20 November 2026", False),
        ("HOUSE-dispute", "D01", False),
        ("UK-164A", "D02", False),
    ]
    assert running[1].words == "until the end of Friday 11 December 2026, UTC (confirm with counsel)"


def test_a_clock_stops() -> None:
    """An acknowledged complaint and a settled dispute run no longer."""
    review = entered(
        Dispute(id="D01", item="F01", reason="r", received=AT),
        Settled(dispute="D01", how="withdrawn", reason="r"),
        Dispute(id="D02", matter="complaint", reason="r", received=AT),
        Acknowledgement(dispute="D02", channel="letter"),
        Reply(words="w", received=AT),
    )

    assert clocks(policies(), review, AT) == ()


def test_a_us_letter_runs_as_a_wait() -> None:
    """The clock of a pre-adverse letter names the law it comes from."""
    (clock,) = clocks(policies("us"), entered(invitation(8, wait="FCRA-1681b-3")), AT)

    assert (clock.rule, clock.kind) == ("FCRA-1681b-3", PeriodKind.WAIT)


@pytest.mark.parametrize(
    ("text", "packs", "asked"),
    [
        ("Sex is real and you know it.", ("uk",), True),
        ("That Imam again.", ("uk",), True),
        ("VOTING is a waste of time.", ("uk", "uk-police"), True),
        ("A godwit and a transfer on the sinking ship.", ("uk",), False),
        ("That Imam again.", ("de",), False),
    ],
)
def test_words_only_ask(text: str, packs: tuple[str, ...], asked: bool) -> None:
    """Words that may voice a belief ask for the worksheet in UK cases, as whole words, in any case."""
    rules = worksheets(policies(*packs), finding(1, text), None)

    assert (WorksheetKind.BELIEF in {rule.kind for rule in rules}) is asked


def test_the_words_that_it_answers_ask_too() -> None:
    """A belief may stand in what the statement answers."""
    rules = worksheets(policies("uk"), finding(1, "You are vile.", surroundings="I pray for you."), None)

    assert [rule.kind for rule in rules] == [WorksheetKind.BELIEF]


def test_what_is_filled_in_is_known() -> None:
    """A verdict says which worksheets it holds."""
    assert filled(counts("F01", belief=BELIEF)) == {WorksheetKind.BELIEF}

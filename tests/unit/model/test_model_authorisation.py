"""Consent: windows, events and the state at a time."""

from datetime import UTC, datetime

import pytest
from model_samples import AUTHORISATION
from pydantic import ValidationError

from footprint.model.authorisation import ConsentState, LawfulBasis, Window

GIVEN = {"state": "ConsentGiven", "at": "2026-11-03T09:00:00Z", "by": "subject", "method": "portal"}
WITHDRAWN = {"state": "ConsentWithdrawn", "at": "2026-11-05T09:00:00Z", "by": "subject", "method": "e-mail"}


def at(day: int, hour: int = 9) -> datetime:
    return datetime(2026, 11, day, hour, tzinfo=UTC)


@pytest.mark.parametrize(
    ("moment", "state"),
    [
        (at(3, 8), ConsentState.UNKNOWN),
        (at(3), ConsentState.GIVEN),
        (at(5, 8), ConsentState.GIVEN),
        (at(5), ConsentState.WITHDRAWN),
        (at(9), ConsentState.WITHDRAWN),
    ],
)
def test_the_state_is_that_of_the_last_event(moment: datetime, state: ConsentState) -> None:
    """Before the first event nothing is known; an event counts from its own second on."""
    assert AUTHORISATION.but(events=(GIVEN, WITHDRAWN)).state_at(moment) is state


def test_of_two_events_at_one_time_the_later_in_the_list_counts() -> None:
    """Events are added at the end, so the last one of a second is the newest."""
    same_time = {**WITHDRAWN, "at": GIVEN["at"]}

    assert AUTHORISATION.but(events=(GIVEN, same_time)).state_at(at(3)) is ConsentState.WITHDRAWN


def test_events_out_of_order_are_refused() -> None:
    """A list that was changed anywhere but at its end is not a record."""
    with pytest.raises(ValidationError, match="order of their times"):
        AUTHORISATION.but(events=(WITHDRAWN, GIVEN))


def test_an_authorisation_needs_an_event() -> None:
    """Without an event nothing was ever asked."""
    with pytest.raises(ValidationError, match="events"):
        AUTHORISATION.but(events=())


def test_the_consent_clause_names_its_place() -> None:
    """The clause can be found in the record by its path."""
    assert AUTHORISATION.consent_clause("mastodon") == "CONSENT-7 scope.sources[1] mastodon"


@pytest.mark.parametrize(
    ("first", "last", "is_valid"),
    [("2026-01-01", "2026-01-01", True), ("2026-01-01", "2025-12-31", False), ("2026-02-30", "2026-03-01", False)],
)
def test_a_window_ends_after_it_begins(first: str, last: str, is_valid: bool) -> None:
    """One day is a window; an end before the beginning is not."""
    if is_valid:
        assert str(Window.model_validate({"first": first, "last": last}).first) == first
    else:
        with pytest.raises(ValidationError):
            Window.model_validate({"first": first, "last": last})


@pytest.mark.parametrize(
    ("article", "is_consent"),
    [("UK GDPR 6(1)(a)", True), ("UK GDPR Art. 6 (1) (a)", True), ("UK GDPR 6(1)(e)", False)],
)
def test_consent_as_a_basis_is_known_by_its_article(article: str, is_consent: bool) -> None:
    """Consent as basis is Art. 6(1)(a), however it is spaced."""
    basis = LawfulBasis.model_validate(
        {"article": article, "law": "Act", "assessment": "A-1", "approved_by": "head", "approved_at": at(1)}
    )

    assert basis.is_consent is is_consent


@pytest.mark.parametrize(("field", "value"), [("min_age", 17), ("max_runs", 0), ("max_visits", 5), ("sources", ())])
def test_a_scope_cannot_be_wider_than_the_law_or_empty(field: str, value: object) -> None:
    """No reading under 18, no run without a count, no source left open."""
    with pytest.raises(ValidationError, match=field):
        AUTHORISATION.scope.but(**{field: value})

"""Facts about the state of a consent that hold for every order of events."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from importlib.resources import files

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from footprint.demo.clock import DemoClock
from footprint.errors import RefusedError
from footprint.files import parse_record
from footprint.model.authorisation import VALID_STATES, Authorisation, ConsentState, StatusEvent
from footprint.model.candidate import Candidate
from footprint.model.policy import OrganisationPolicy, Policies
from footprint.papers.withdrawal import after_withdrawal
from footprint.policies.authorise import Facts, authorise
from footprint.policies.load import jurisdiction, role

START = datetime(2026, 11, 11, tzinfo=UTC)
NOW = DemoClock().now()


def _demo(name: str, kind: type) -> object:
    return parse_record(files("footprint.demo").joinpath(name).read_bytes(), kind, where=name)


CONSENT = _demo("consent.toml", Authorisation)
CANDIDATE = _demo("profile.toml", Candidate)
POLICIES = Policies(
    jurisdictions=(jurisdiction("uk"), jurisdiction("uk-police")),
    role=role("police-officer"),
    organisation=_demo("policy.toml", OrganisationPolicy),
)

states = st.sampled_from(ConsentState)
minutes = st.integers(0, 9 * 24 * 60)
histories = st.lists(st.tuples(minutes, states), min_size=1, max_size=8)


def history(moves: list[tuple[int, ConsentState]]) -> tuple[StatusEvent, ...]:
    """Return events in the order of their times; of two at one time the one that was written later stands later."""
    ordered = sorted(moves, key=lambda move: move[0])
    return tuple(
        StatusEvent(state=state, at=START + timedelta(minutes=minute), by="subject", method="portal")
        for minute, state in ordered
    )


def is_allowed(consent: Authorisation, *, at: datetime = NOW, last_seen_at: datetime | None = None) -> bool:
    facts = Facts(
        authorisation=consent, candidate=CANDIDATE, policies=POLICIES, at=at, runs_used=0, last_seen_at=last_seen_at
    )
    try:
        authorise(facts)
    except RefusedError:
        return False
    return True


def test_the_consent_of_these_facts_allows_a_run() -> None:
    """Every refusal below comes from the events, for nothing else stands in the way."""
    assert is_allowed(CONSENT)


@settings(deadline=None)
@given(histories)
def test_only_the_last_event_decides(moves: list[tuple[int, ConsentState]]) -> None:
    """Whatever came before, a run is allowed if and only if the last event is an agreement."""
    events = history(moves)

    assert is_allowed(CONSENT.but(events=events)) == (events[-1].state in VALID_STATES)


@settings(deadline=None)
@given(histories, st.lists(states.filter(lambda state: state not in VALID_STATES), max_size=5))
def test_a_withdrawal_is_undone_by_nothing_but_an_agreement(
    moves: list[tuple[int, ConsentState]], later: list[ConsentState]
) -> None:
    """After a withdrawal no other events, in any order, allow a run; an agreement after them does."""
    ended = [*moves, (9 * 24 * 60, ConsentState.WITHDRAWN), *((9 * 24 * 60 + n, s) for n, s in enumerate(later))]

    assert not is_allowed(CONSENT.but(events=history(ended)))
    assert is_allowed(CONSENT.but(events=history([*ended, (9 * 24 * 60 + 10, ConsentState.GIVEN)])))


@settings(deadline=None)
@given(histories, minutes)
def test_the_state_is_that_of_the_last_event_at_or_before(moves: list[tuple[int, ConsentState]], minute: int) -> None:
    """At every moment the state is that of the last event not later than it; before the first it is unknown."""
    at = START + timedelta(minutes=minute)
    past = [event for event in history(moves) if event.at <= at]
    expected = past[-1].state if past else ConsentState.UNKNOWN

    assert CONSENT.but(events=history(moves)).state_at(at) is expected


@settings(deadline=None)
@given(histories, st.integers(1, 10_000), states)
def test_an_event_of_the_future_refuses(moves: list[tuple[int, ConsentState]], ahead: int, state: ConsentState) -> None:
    """A record that knows the future is not believed, whatever else it says."""
    future = StatusEvent(state=state, at=NOW + timedelta(seconds=ahead), by="subject", method="portal")
    given_ = [*moves, (9 * 24 * 60, ConsentState.GIVEN)]

    assert not is_allowed(CONSENT.but(events=(*history(given_), future)))


@settings(deadline=None)
@given(st.integers(1, 10**8))
def test_a_clock_that_runs_backwards_refuses(seconds: int) -> None:
    """Where something was seen later than now, nothing is allowed."""
    assert not is_allowed(CONSENT, last_seen_at=NOW + timedelta(seconds=seconds))
    assert is_allowed(CONSENT, last_seen_at=NOW)


@settings(deadline=None)
@given(st.permutations(range(4)))
def test_events_out_of_order_make_no_record(order: list[int]) -> None:
    """A file in which an earlier event stands after a later one is not read at all."""
    events = history([(n, state) for n, state in enumerate(list(ConsentState)[:4])])
    shuffled = tuple(events[n] for n in order)
    if order == sorted(order):
        assert CONSENT.but(events=shuffled).events == events
    else:
        with pytest.raises(ValidationError):
            CONSENT.but(events=shuffled)


@settings(deadline=None)
@given(histories, st.lists(st.sampled_from(["6(1)(a)", "6(1)(e)", "6(1)(f)", "6(1)(c)"]), max_size=3))
def test_a_withdrawal_always_has_a_consequence_that_events_do_not_change(
    moves: list[tuple[int, ConsentState]], articles: list[str]
) -> None:
    """What follows depends on packs and basis alone, and its first step is to read nothing more."""
    bases = tuple(CONSENT.lawful_basis[0].but(article=f"UK GDPR {article}") for article in articles)
    consent = CONSENT.but(lawful_basis=bases)

    assert after_withdrawal(consent) == after_withdrawal(consent.but(events=history(moves)))
    assert after_withdrawal(consent).steps[0].startswith("Read nothing more")

"""Cases: opened once, resumed until done, counted for ever."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, update

from footprint.errors import InputError, StoreError
from footprint.store.cases import CaseRecord, Cases, CaseState
from footprint.store.database import CASES, connect, writing

AT = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
PROFILE, OTHER_PROFILE = "a" * 64, "b" * 64


def a_case(case_id: str = "C-1", **fields: object) -> CaseRecord:
    return CaseRecord.model_validate(
        {
            "id": case_id,
            "authorisation": "CONSENT-7",
            "candidate": "CAND-1",
            "profile_sha256": PROFILE,
            "run": 1,
            "salt": "c" * 64,
            "opened_at": AT,
            **fields,
        }
    )


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    made = connect(tmp_path / "footprint.db")
    yield made
    made.dispose()


@pytest.fixture
def cases(engine: Engine) -> Cases:
    return Cases(engine)


def test_case_comes_back_as_it_was_opened(cases: Cases) -> None:
    """Every field of the record is kept."""
    cases.open(a_case(), at_most=9)

    assert cases.get("C-1") == a_case()
    assert cases.list() == (a_case(),)


def test_case_that_is_not_there_is_bad_input(cases: Cases) -> None:
    """The id was given by a person: exit 2."""
    for act in (
        lambda: cases.get("C-9"),
        lambda: cases.resume("C-9", AT),
        lambda: cases.close("C-9", CaseState.DONE, AT),
    ):
        with pytest.raises(InputError, match="C-9: expected the id of a case"):
            act()


def test_an_id_is_taken_once(cases: Cases) -> None:
    """A second case of the same id is refused."""
    cases.open(a_case(), at_most=9)
    with pytest.raises(StoreError, match="the entry is there already"):
        cases.open(a_case(), at_most=9)

    assert cases.list() == (a_case(),)


def test_runs_are_numbered_and_end_with_the_last_that_is_allowed(cases: Cases) -> None:
    """Counting and keeping are one step: each case is the next run of its consent, and none is beyond the last."""
    opened = [cases.open(a_case(f"C-{number}"), at_most=2) for number in (1, 2, 3)]

    assert [case.run if case else None for case in opened] == [1, 2, None]
    assert [case.run for case in cases.list()] == [1, 2]


def test_close_notes_state_and_time(cases: Cases) -> None:
    """A closed case says how and when it ended."""
    cases.open(a_case(), at_most=9)
    done = a_case(state=CaseState.DONE, closed_at=AT + timedelta(minutes=5))

    assert cases.close("C-1", CaseState.DONE, AT + timedelta(minutes=5)) == done
    assert cases.get("C-1") == done


@pytest.mark.parametrize(
    ("state", "authorisation", "profile", "found"),
    [
        (CaseState.RUNNING, "CONSENT-7", PROFILE, True),
        (CaseState.STOPPED, "CONSENT-7", PROFILE, True),
        (CaseState.DONE, "CONSENT-7", PROFILE, False),
        (CaseState.RUNNING, "CONSENT-8", PROFILE, False),
        (CaseState.RUNNING, "CONSENT-7", OTHER_PROFILE, False),
    ],
)
def test_only_an_unfinished_case_of_the_same_consent_and_profile_is_resumed(
    cases: Cases, state: CaseState, authorisation: str, profile: str, found: bool
) -> None:
    """A killed or stopped run goes on; a finished one, another consent or a changed profile does not."""
    cases.open(a_case(), at_most=9)
    if state is not CaseState.RUNNING:
        cases.close("C-1", state, AT)

    assert (cases.find_resumable(authorisation, profile) is not None) == found


def test_newest_unfinished_case_is_found(cases: Cases) -> None:
    """Where two runs were left, the later one is resumed."""
    cases.open(a_case("C-1"), at_most=9)
    cases.open(a_case("C-2", run=2), at_most=9)

    assert cases.find_resumable("CONSENT-7", PROFILE) == a_case("C-2", run=2)


def test_resumed_case_runs_again(cases: Cases) -> None:
    """A stopped case is set to running and has no closing time."""
    cases.open(a_case(), at_most=9)
    cases.close("C-1", CaseState.STOPPED, AT + timedelta(minutes=1))

    assert cases.resume("C-1", AT + timedelta(minutes=2)) == a_case()
    assert cases.get("C-1") == a_case()


def test_done_case_is_not_resumed(cases: Cases) -> None:
    """What is done stays done; another look is another run."""
    cases.open(a_case(), at_most=9)
    cases.close("C-1", CaseState.DONE, AT)
    with pytest.raises(InputError, match="expected a case that is not done"):
        cases.resume("C-1", AT)

    assert cases.get("C-1").state is CaseState.DONE


def test_runs_are_counted_by_consent_in_any_state(cases: Cases) -> None:
    """A run counts from the moment it is opened, resumed or not, and never less."""
    assert cases.runs_used("CONSENT-7") == 0
    cases.open(a_case("C-1"), at_most=9)
    cases.close("C-1", CaseState.STOPPED, AT)
    cases.resume("C-1", AT)
    cases.open(a_case("C-2", run=2), at_most=9)
    cases.close("C-2", CaseState.DONE, AT)
    cases.open(a_case("C-3", authorisation="CONSENT-8"), at_most=9)

    assert cases.runs_used("CONSENT-7") == 2


def test_cases_are_listed_in_the_order_they_were_opened(cases: Cases) -> None:
    """Not by id, and not by the clock."""
    for run, case_id in enumerate(("C-9", "C-10", "C-1"), start=1):
        cases.open(a_case(case_id, run=run, opened_at=AT - timedelta(days=run)), at_most=9)

    assert [case.id for case in cases.list()] == ["C-9", "C-10", "C-1"]


def test_last_seen_is_the_latest_time_of_any_case(cases: Cases) -> None:
    """A clock that shows less was set back: for one subject or for the whole workspace."""
    assert cases.last_seen_at() is None
    cases.open(a_case("C-1"), at_most=9)
    cases.close("C-1", CaseState.DONE, AT + timedelta(hours=1))
    cases.open(
        a_case("C-2", authorisation="CONSENT-8", candidate="CAND-2", opened_at=AT + timedelta(hours=2)), at_most=9
    )

    assert cases.last_seen_at() == AT + timedelta(hours=2)
    assert cases.last_seen_at("CAND-1") == AT + timedelta(hours=1)
    assert cases.last_seen_at("CAND-9") is None


def test_last_seen_never_goes_back(cases: Cases) -> None:
    """An earlier time that is noted later does not hide the later one."""
    cases.open(a_case(), at_most=9)
    cases.close("C-1", CaseState.STOPPED, AT + timedelta(hours=1))
    cases.resume("C-1", AT - timedelta(days=1))

    assert cases.last_seen_at() == AT + timedelta(hours=1)


def test_damaged_case_is_not_guessed_at(cases: Cases, engine: Engine) -> None:
    """A row that is no longer a case stops the run."""
    cases.open(a_case(), at_most=9)
    with writing(engine) as connection:
        connection.execute(update(CASES).values(record="{}"))
    with pytest.raises(StoreError, match="a row is no CaseRecord"):
        cases.find_resumable("CONSENT-7", PROFILE)

"""The cases of a workspace: one candidate, one authorisation, one run."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Annotated

from pydantic import Field
from sqlalchemy import Connection, Engine, func, insert, select, update

from footprint.errors import InputError
from footprint.model.record import Id, Moment, Record, Sha256
from footprint.store.database import CASES, reading, revive, stamp, writing


class CaseState(StrEnum):
    """How far a case has come."""

    RUNNING = "running"
    """At work, or killed at work: it can be resumed."""
    STOPPED = "stopped"
    """Stopped by a person or a refusal: it can be resumed if the authorisation still allows it."""
    DONE = "done"
    ERASED = "erased"
    """Only this stub is left, so that its run still counts."""


class CaseRecord(Record):
    """One case as the workspace keeps it."""

    id: Id
    authorisation: Id
    candidate: Id
    """The candidate's id: the subject of the authorisation."""
    profile_sha256: Sha256
    """Of the profile's canonical form: another profile is another case."""
    consent_sha256: Sha256 | None = None
    """Of the consent record without its events: under other terms it is another case."""
    state: CaseState = CaseState.RUNNING
    run: Annotated[int, Field(ge=1)] = 1
    """The how-manieth run under its authorisation; set when the case is opened."""
    salt: Sha256
    """32 random bytes in hex, for the commitments to what was withheld."""
    opened_at: Moment
    closed_at: Moment | None = None


class Cases:
    """Opens, finds and closes cases. Every method raises StoreError where the database fails."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def open(self, case: CaseRecord, *, at_most: int) -> CaseRecord | None:
        """Keep a new case as the next run of its authorisation and return it; where the runs are used up, keep nothing: None.

        Counted and kept in one transaction, so that two processes cannot both take the last run. Raises StoreError where
        its id is taken.
        """
        with writing(self._engine) as connection:
            used = _runs(connection, case.authorisation)
            if used >= at_most:
                return None
            opened = case.but(run=used + 1)
            connection.execute(insert(CASES).values(_row(opened)))
        return opened

    def get(self, case_id: str) -> CaseRecord:
        """Return one case. Raises InputError where there is none of that id."""
        with reading(self._engine) as connection:
            return _one(connection, case_id)

    def find_resumable(self, authorisation_id: str, profile_sha256: str) -> CaseRecord | None:
        """Return the newest case of this consent and profile that is not done; None where there is none."""
        found = (
            select(CASES.c.record)
            .where(CASES.c.authorisation == authorisation_id, CASES.c.profile_sha256 == profile_sha256)
            .where(CASES.c.state.in_((CaseState.RUNNING.value, CaseState.STOPPED.value)))
            .order_by(CASES.c.number.desc())
            .limit(1)
        )
        with reading(self._engine) as connection:
            text = connection.execute(found).scalar_one_or_none()
        return None if text is None else revive(CaseRecord, text)

    def resume(self, case_id: str, at: datetime) -> CaseRecord:
        """Set a case to work again and return it. Raises InputError where there is none, or it is done."""
        with writing(self._engine) as connection:
            case = _one(connection, case_id)
            if case.state in (CaseState.DONE, CaseState.ERASED):
                raise InputError(where=case_id, expected="a case that is not done", mend="open a new run")
            return _change(connection, case.but(state=CaseState.RUNNING, closed_at=None), at)

    def close(self, case_id: str, state: CaseState, at: datetime) -> CaseRecord:
        """Set a case to stopped or done and return it. Raises InputError where there is none."""
        with writing(self._engine) as connection:
            case = _one(connection, case_id)
            if case.state is CaseState.ERASED:  # what is erased stays so, whoever was still at work
                return case
            return _change(connection, case.but(state=state, closed_at=at), at)

    def erase(self, case_id: str, at: datetime) -> None:
        """Leave of a case its id, its authorisation and its run; the salt goes, and with it what its commitments say."""
        with writing(self._engine) as connection:
            case = _one(connection, case_id)
            nothing = "0" * 64
            stub = case.but(
                candidate=case.id,
                profile_sha256=nothing,
                consent_sha256=None,
                state=CaseState.ERASED,
                salt=nothing,
                closed_at=at,
            )
            gone = {"candidate": stub.candidate, "profile_sha256": nothing}
            connection.execute(update(CASES).where(CASES.c.id == case_id).values(gone))
            _change(connection, stub, at)

    def runs_used(self, authorisation_id: str) -> int:
        """Return how many runs were begun under an authorisation; a resumed run counts once."""
        with reading(self._engine) as connection:
            return _runs(connection, authorisation_id)

    def last_seen_at(self, subject: str | None = None) -> datetime | None:
        """Return the latest time that anything was recorded for a subject, or for anybody; None before the first.

        A clock that shows less was set back, and no consent can be judged by it.
        """
        latest = select(func.max(CASES.c.seen_at))
        if subject is not None:
            latest = latest.where(CASES.c.candidate == subject)
        with reading(self._engine) as connection:
            text = connection.execute(latest).scalar_one()
        return None if text is None else datetime.fromisoformat(text)

    def list(self) -> tuple[CaseRecord, ...]:
        """Return every case, in the order they were opened."""
        with reading(self._engine) as connection:
            texts = connection.execute(select(CASES.c.record).order_by(CASES.c.number)).scalars().all()
        return tuple(revive(CaseRecord, text) for text in texts)


def note_seen(connection: Connection, case_id: str, at: datetime) -> None:
    """Move a case's latest time on to `at`; never back."""
    seen = stamp(at)
    connection.execute(update(CASES).where(CASES.c.id == case_id, CASES.c.seen_at < seen).values(seen_at=seen))


def _one(connection: Connection, case_id: str) -> CaseRecord:
    text = connection.execute(select(CASES.c.record).where(CASES.c.id == case_id)).scalar_one_or_none()
    if text is None:
        raise InputError(where=case_id, expected="the id of a case in this workspace")
    return revive(CaseRecord, text)


def _runs(connection: Connection, authorisation_id: str) -> int:
    count = select(func.count()).select_from(CASES).where(CASES.c.authorisation == authorisation_id)
    return connection.execute(count).scalar_one()


def _row(case: CaseRecord) -> dict[str, object]:
    columns = case.model_dump(mode="json", include={"id", "authorisation", "run", "candidate", "profile_sha256"})
    return {**columns, "state": case.state.value, "seen_at": stamp(case.opened_at), "record": _text(case)}


def _change(connection: Connection, case: CaseRecord, at: datetime) -> CaseRecord:
    changed = {"state": case.state.value, "record": _text(case)}
    connection.execute(update(CASES).where(CASES.c.id == case.id).values(changed))
    note_seen(connection, case.id, at)
    return case


def _text(record: Record) -> str:
    return record.canonical().decode()

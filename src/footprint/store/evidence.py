"""What one case has read and could not read, and how often each address was visited for its subject."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, Engine, Table, delete, func, insert, select, update
from sqlalchemy.dialects.sqlite import insert as insert_or_keep

from footprint.errors import StoreError
from footprint.model.evidence import Evidence, Unknown
from footprint.model.record import Record
from footprint.store.cases import note_seen
from footprint.store.database import CASES, EVIDENCE, UNKNOWNS, VISITS, reading, revive, stamp, writing


class EvidenceStore:
    """The evidence of one case. Every method raises StoreError where the database fails."""

    def __init__(self, engine: Engine, case_id: str) -> None:
        self._engine = engine
        self._case = case_id

    def next_id(self) -> str:
        """Return a fresh evidence id, `E0001`; it is never given again, even where nothing came to be kept under it.

        Raises StoreError where the case is not open in this workspace.
        """
        return self.next_ids(1)[0]

    def add(self, evidence: Evidence, identifier: str) -> None:
        """Keep evidence that was read for one identifier's key. Raises StoreError where its id is taken."""
        self.add_all(((evidence, identifier),))

    def next_ids(self, count: int) -> tuple[str, ...]:
        """Return that many fresh evidence ids at once, as `next_id` does."""
        mine = CASES.c.id == self._case
        with writing(self._engine) as connection:
            connection.execute(update(CASES).where(mine).values(last_evidence=CASES.c.last_evidence + count))
            last = connection.execute(select(CASES.c.last_evidence).where(mine)).scalar_one_or_none()
        if last is None:
            raise StoreError(f"case {self._case} is not in this workspace")
        return tuple(f"E{number:04d}" for number in range(last - count + 1, last + 1))

    def add_all(self, pairs: Sequence[tuple[Evidence, str]]) -> None:
        """Keep evidence with the identifier's key it was read for: all of it, or none, as `add` does."""
        rows = []
        for evidence, identifier in pairs:
            columns = {"id": evidence.id, "planned": evidence.planned, "url": evidence.url}
            rows.append(columns | self._row(evidence, identifier))
        if rows:
            with writing(self._engine) as connection:
                connection.execute(insert(EVIDENCE), rows)
                note_seen(connection, self._case, pairs[-1][0].captured_at)

    def find(self, url: str, planned: str) -> Evidence | None:
        """Return the newest evidence of one request of this case, so that it need not be asked again; or None."""
        with reading(self._engine) as connection:
            text = _newest(connection, EVIDENCE, self._case, url, planned)
        return None if text is None else revive(Evidence, text)

    def all(self, identifier: str | None = None) -> tuple[Evidence, ...]:
        """Return the evidence of the case, or of one identifier of it, in the order it was kept."""
        return tuple(revive(Evidence, text) for text in self._texts(EVIDENCE, identifier))

    def add_unknown(self, unknown: Unknown, identifier: str) -> None:
        """Keep what could not be checked for one identifier's key; noted again, as by a resumed run, it counts once."""
        self.add_unknowns(((unknown, identifier),))

    def add_unknowns(self, pairs: Sequence[tuple[Unknown, str]]) -> None:
        """Keep what could not be checked, with the identifier's key: all of it, or none, as `add_unknown` does."""
        rows = []
        for unknown, identifier in pairs:
            columns = {"planned": unknown.planned, "url": unknown.url}
            columns |= {"reason": unknown.reason, "detail": unknown.detail}
            rows.append(columns | self._row(unknown, identifier))
        if rows:
            with writing(self._engine) as connection:
                connection.execute(insert_or_keep(UNKNOWNS).on_conflict_do_nothing(), rows)
                note_seen(connection, self._case, pairs[-1][0].at)

    def find_unknown(self, url: str, planned: str) -> Unknown | None:
        """Return the newest unknown of one request of this case, so that a resumed run need not ask again; or None."""
        with reading(self._engine) as connection:
            text = _newest(connection, UNKNOWNS, self._case, url, planned)
        return None if text is None else revive(Unknown, text)

    def drop_unknown(self, url: str, planned: str) -> None:
        """Take back the unknowns of one request that a resumed run could check after all."""
        mine = (UNKNOWNS.c.case == self._case, UNKNOWNS.c.url == url, UNKNOWNS.c.planned == planned)
        with writing(self._engine) as connection:
            connection.execute(delete(UNKNOWNS).where(*mine))

    def unknowns(self, identifier: str | None = None) -> tuple[Unknown, ...]:
        """Return what could not be checked in the case, or for one identifier of it, in the order it was noted."""
        return tuple(revive(Unknown, text) for text in self._texts(UNKNOWNS, identifier))

    def erase(self) -> int:
        """Delete every row of the case but its visits, and return how many there were."""
        with writing(self._engine) as connection:
            tables = (EVIDENCE, UNKNOWNS)
            return sum(connection.execute(delete(t).where(t.c.case == self._case)).rowcount for t in tables)

    def visits(self, url_digest: str, subject: str) -> int:
        """Return how often an address was visited for a subject, over all cases and runs (LAW RIPA-2)."""
        with reading(self._engine) as connection:
            return _visits(connection, url_digest, subject)

    def visits_made(self) -> int:
        """Return how many visits were counted for this case, over all addresses."""
        mine = select(func.count()).select_from(VISITS).where(VISITS.c.case == self._case)
        with reading(self._engine) as connection:
            return connection.execute(mine).scalar_one()

    def note_visit(self, url_digest: str, subject: str, *, run: int, at: datetime, at_most: int) -> bool:
        """Note a visit that is about to be made and return True; where the visits are used up, note nothing: False.

        Counted and noted in one transaction, so that two processes cannot both take the last visit.
        """
        return self.note_visits(((url_digest, at_most),), subject, run=run, at=at)[0]

    def note_visits(self, visits: Sequence[tuple[str, int]], subject: str, *, run: int, at: datetime) -> list[bool]:
        """Note several visits that are about to be made, each with its own limit, and say of each what `note_visit` does."""
        taken = []
        with writing(self._engine) as connection:
            for url_digest, at_most in visits:
                taken.append(_visits(connection, url_digest, subject) < at_most)
                if taken[-1]:
                    row = {"subject": subject, "url_digest": url_digest, "case": self._case, "run": run}
                    connection.execute(insert(VISITS).values({**row, "at": stamp(at)}))
            if any(taken):
                note_seen(connection, self._case, at)
        return taken

    def _row(self, record: Record, identifier: str) -> dict[str, str]:
        return {"case": self._case, "identifier": identifier, "record": record.canonical().decode()}

    def _texts(self, table: Table, identifier: str | None) -> tuple[str, ...]:
        rows = select(table.c.record).where(table.c.case == self._case).order_by(table.c.number)
        if identifier is not None:
            rows = rows.where(table.c.identifier == identifier)
        with reading(self._engine) as connection:
            return tuple(connection.execute(rows).scalars())


def _newest(connection: Connection, table: Table, case_id: str, url: str, planned: str) -> str | None:
    rows = select(table.c.record).where(table.c.case == case_id, table.c.url == url, table.c.planned == planned)
    return connection.execute(rows.order_by(table.c.number.desc()).limit(1)).scalar_one_or_none()


def _visits(connection: Connection, url_digest: str, subject: str) -> int:
    mine = (VISITS.c.subject == subject, VISITS.c.url_digest == url_digest)
    return connection.execute(select(func.count()).select_from(VISITS).where(*mine)).scalar_one()

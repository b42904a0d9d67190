"""Write down what the requests of a sweep gave: many at a time, each one on the disk before it is used.

A visit stands in the database before its request is made; the answer stands in the WARC file, the database and the audit
log before anyone reads it. A sweep asks fifty sites at a time, so what they give within a moment is written together:
one wait for the disk for all of them (a group commit), and each goes on when its own is kept.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from footprint.casefile import CaseFile
from footprint.model.event import Action, AuditEvent
from footprint.model.evidence import Evidence
from footprint.model.presence import SOURCE
from footprint.web.client import Exchange
from footprint.web.publicness import Closed
from footprint.web.recorder import Capture, Kept, NoAnswer, Recorder

T = TypeVar("T")
R = TypeVar("R")

LINGER = 0.05
"""Seconds that the first of a batch waits for others. Less than the pace of any site, so that it costs a site nothing."""

BATCH_BYTES = 4_000_000
"""Bytes of bodies that wait to be written at most: many sites are asked at one time."""


class Together(Generic[T, R]):
    """Collects what tasks want written, writes it in one piece, and lets each go on when its own is kept."""

    def __init__(
        self,
        write: Callable[[Sequence[T]], Sequence[R]],
        *,
        weigh: Callable[[T], int] = lambda item: 0,
        linger: float = LINGER,
    ) -> None:
        self._write = write
        self._weigh = weigh
        self._linger = linger
        self._open: _Batch[T, R] | None = None

    async def keep(self, item: T) -> R:
        """Return what the writing of an item gave, once it is done. Raises what the writing raises."""
        batch = self._open
        if batch is not None:
            number = batch.add(item, self._weigh(item))
            await asyncio.shield(batch.done)
            return batch.done.result()[number]
        batch = self._open = _Batch()
        batch.add(item, self._weigh(item))
        moment = asyncio.get_running_loop().call_later(self._linger, batch.is_closed.set)
        try:
            await batch.is_closed.wait()
        finally:
            # Ctrl-C as well: what was asked is written down, whoever still waits for it.
            moment.cancel()
            self._open = None
            self._finish(batch)
        return batch.done.result()[0]

    def _finish(self, batch: _Batch[T, R]) -> None:
        try:
            batch.done.set_result(self._write(batch.items))
        except BaseException as error:
            batch.done.set_exception(error)
            batch.done.exception()  # looked at: where nobody else waits for it, nobody need be told
            raise


class _Batch(Generic[T, R]):
    def __init__(self) -> None:
        self.items: list[T] = []
        self.done: asyncio.Future[Sequence[R]] = asyncio.get_running_loop().create_future()
        self.is_closed = asyncio.Event()
        self._weight = 0

    def add(self, item: T, weight: int) -> int:
        self.items.append(item)
        self._weight += weight
        if self._weight > BATCH_BYTES:
            self.is_closed.set()
        return len(self.items) - 1


@dataclass(frozen=True, slots=True)
class Entry:
    """One request of a sweep, and what came of it."""

    identifier: str
    """Key of the identifier that it serves."""
    planned: str
    url: str
    at: datetime
    exchange: Exchange | None
    """None where no answer came."""
    result: str
    """As the audit log gives it: `200`, `unknown:wall`."""
    reason: str = ""
    """Why no answer came."""
    shut: Closed | None = None
    keeps_body: bool = True

    def weight(self) -> int:
        """Return the bytes that it holds in memory."""
        return len(self.exchange.body) if self.exchange is not None and self.keeps_body else 0


@dataclass(frozen=True, slots=True)
class _Visit:
    url: str
    at_most: int


class Books:
    """Keeps the visits and the answers of one sweep."""

    def __init__(self, case: CaseFile, recorder: Recorder) -> None:
        self._case = case
        self._recorder = recorder
        self._answers: Together[Entry, Evidence | None] = Together(self.keep_now, weigh=Entry.weight)
        self._visits: Together[_Visit, bool] = Together(self._note_visits)

    def keep(self, entry: Entry) -> Awaitable[Evidence | None]:
        """Write an answer down, together with those that come within a moment; return its evidence."""
        return self._answers.keep(entry)

    def take_visit(self, url: str, *, at_most: int) -> Awaitable[bool]:
        """Count a visit that is about to be made; False where the visits for this person are used up."""
        return self._visits.keep(_Visit(url, at_most))

    def keep_now(self, entries: Sequence[Entry]) -> tuple[Evidence | None, ...]:
        """Write answers down: their records, their rows, their audit events, in this order.

        Death between two of them leaves the first alone; a resumed case enters what is missing (`recovery`).
        """
        kept = self._recorder.keep_all([_capture(entry) for entry in entries])
        answered = sum(entry.exchange is not None for entry in entries)
        ids = iter(self._case.evidence.next_ids(answered))
        evidence = [
            _evidence(next(ids), entry, entry.exchange, place) if entry.exchange is not None else None
            for entry, place in zip(entries, kept, strict=True)
        ]
        pairs = zip(evidence, entries, strict=True)
        self._case.evidence.add_all([(item, entry.identifier) for item, entry in pairs if item is not None])
        self._case.note_all([self._event(*line) for line in zip(entries, kept, evidence, strict=True)])
        return tuple(evidence)

    def _event(self, entry: Entry, kept: Kept, evidence: Evidence | None) -> AuditEvent:
        ids = {"source": SOURCE, "planned": entry.planned, "record": kept.record_id}
        return self._case.event(
            Action.REQUEST,
            ids=ids | ({"evidence": evidence.id} if evidence is not None else {}),
            counts={"bytes": kept.bytes},
            rules=(entry.shut.rule,) if entry.shut is not None else (),
            digests={"answer": self._case.commit(f"{entry.url}\n{kept.sha256}")},
            result=entry.result,
        )

    def _note_visits(self, visits: Sequence[_Visit]) -> Sequence[bool]:
        return self._case.take_visits([(visit.url, visit.at_most) for visit in visits])


def _capture(entry: Entry) -> Capture | NoAnswer:
    if entry.exchange is None:
        return NoAnswer(entry.url, entry.at, entry.reason)
    return Capture(entry.exchange, entry.at, entry.keeps_body)


def _evidence(id: str, entry: Entry, exchange: Exchange, kept: Kept) -> Evidence:
    return Evidence(
        id=id,
        source=SOURCE,
        planned=entry.planned,
        url=entry.url,
        status=exchange.status,
        content_type=exchange.content_type,
        captured_at=entry.at,
        sha256=kept.sha256,
        bytes=kept.bytes,
        warc=kept.warc,
        offset=kept.offset,
        record_id=kept.record_id,
        truncated=exchange.truncated or not entry.keeps_body,
        is_page=entry.keeps_body and exchange.redirect is None,
    )

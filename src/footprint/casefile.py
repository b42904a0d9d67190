"""One case on disk: its folder, its rows, its audit events. Opened, or resumed where it stopped."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import BinaryIO, Self, TypedDict, Unpack

from footprint import __version__
from footprint.admission import Admission, Desk, note_refusal
from footprint.audit.checkpoint import checkpoint, head_of
from footprint.audit.key import SigningKey, signing_key
from footprint.errors import InputError
from footprint.model.event import Action, AuditEvent
from footprint.model.evidence import Evidence
from footprint.model.finding import SealedItem, SealedItems
from footprint.model.report import AuditHead
from footprint.store.cases import CaseRecord, CaseState
from footprint.store.cipher import seal_to
from footprint.store.evidence import EvidenceStore
from footprint.web.recorder import StoredAnswer, read

SITES = "sites.json"
"""The document that holds the site rules of a case, where names are looked for."""
SEALED = "sealed.age"
"""The document that holds the sealed items of a case, in the age format, to the second persons' keys."""


class Facts(TypedDict, total=False):
    """What an audit event about a case may hold beside its action; nothing else has a place in it."""

    ids: dict[str, str]
    counts: dict[str, int]
    rules: tuple[str, ...]
    digests: dict[str, str]
    result: str | None


class CaseFile:
    """One candidate, one authorisation, one run."""

    def __init__(self, desk: Desk, record: CaseRecord) -> None:
        self.desk = desk
        self.record = record
        self.folder = desk.workspace.case_folder(record.id)
        self.evidence = EvidenceStore(desk.workspace.database(), record.id)
        # A recording of its own for a resumed case, so that a torn end of the last one can stay as it is.
        self.recording = f"{record.id}-{len(self.captures()) + 1:02d}"
        """Name of the WARC that is written now, without its ending."""

    @classmethod
    @contextmanager
    def at_work(cls, desk: Desk, admission: Admission) -> Iterator[Self]:
        """Open a case, or go on with one, and keep other processes away from it until left."""
        if admission.resumed is not None:
            with desk.workspace.hold_case(admission.resumed.id):
                yield cls.open(desk, admission)
            return
        case = cls.open(desk, admission)
        with desk.workspace.hold_case(case.record.id):
            if desk.cases.get(case.record.id).state is CaseState.ERASED:
                raise InputError(where=case.record.id, expected="a case that is there", mend="it was erased")
            yield case

    @classmethod
    def open(cls, desk: Desk, admission: Admission) -> Self:
        """Open a new case, or go on with the one that stopped, and write its first audit event."""
        desk.workspace.vault()  # before anything is written: it may ask for a passphrase
        if admission.resumed is not None:
            return cls._resume(desk, admission, admission.resumed)
        authorisation = admission.authority.granted
        now = desk.clock.now()
        case = CaseRecord(
            id=f"CASE-{now:%Y%m%d}-{desk.token(3)}",
            authorisation=authorisation.id,
            candidate=admission.candidate.id,
            profile_sha256=admission.candidate.digest(),
            consent_sha256=authorisation.terms_sha256(),
            salt=desk.token(32),
            opened_at=now,
        )
        record = desk.cases.open(case, at_most=authorisation.scope.max_runs)
        if record is None:
            refusal = admission.authority.used_up()
            note_refusal(refusal, desk, admission.candidate)
            raise refusal
        opened = cls(desk, record)
        opened._keep_basis(admission)
        opened.note(
            Action.CASE_OPENED,
            ids={"authorisation": authorisation.id, "tool": f"footprint-{__version__}"},
            digests={
                "authorisation": opened.commit(authorisation.digest()),
                "profile": opened.commit(record.profile_sha256),
                **({"sites": admission.book.sha256} if admission.book is not None else {}),
                **({"proposer": admission.proposer.source.sha256} if admission.proposer is not None else {}),
            },
        )
        return opened

    @classmethod
    def _resume(cls, desk: Desk, admission: Admission, stopped: CaseRecord) -> Self:
        case = cls(desk, desk.cases.resume(stopped.id, desk.clock.now()))
        case._keep_basis(admission)
        digests = {"authorisation": case.commit(admission.authority.granted.digest())}
        case.note(Action.CASE_RESUMED, ids={"recording": case.recording}, digests=digests)
        return case

    def _keep_basis(self, admission: Admission) -> None:
        """Keep what the case is judged by, as it is now: without it nobody could derive the report again."""
        basis = {"profile.json": admission.candidate, "policies.json": admission.policies, SITES: admission.book}
        for name, document in basis.items():
            if document is not None:
                self.desk.workspace.put_document(self.record.id, name, document.canonical())

    def captures(self) -> tuple[str, ...]:
        """Return the names of the case's WARC files, oldest first."""
        return self.desk.workspace.captures(self.record.id)

    def open_capture(self, name: str) -> BinaryIO:
        """Return one of the case's WARC files, opened for reading."""
        return self.desk.workspace.open_capture(self.record.id, name)

    def read_again(self, kept: Evidence) -> StoredAnswer:
        """Return an answer as it was kept. Raises VerificationError where it is not what its digests say."""
        with self.open_capture(kept.warc) as file:
            return read(file, kept.offset)

    def keep_sealed(self, items: tuple[SealedItem, ...]) -> None:
        """Keep what was sealed, locked to the second persons' own keys; where none is named, only its commitments stay."""
        recipients = tuple(self.desk.workspace.settings.unlockers.values())
        # After an answer of the candidate fewer can be sealed than before: then what was kept is replaced all the same.
        was_kept = SEALED in self.desk.workspace.documents(self.record.id)
        if (items or was_kept) and recipients:
            content = SealedItems(case=self.record.id, items=items).canonical()
            self.desk.workspace.put_document(self.record.id, SEALED, seal_to(recipients, content))

    def note(self, action: Action, **facts: Unpack[Facts]) -> AuditHead:
        """Append one audit event about this case: ids, digests, rule ids and counts only."""
        return self.desk.log.append(self.event(action, **facts))

    def note_all(self, events: Sequence[AuditEvent]) -> AuditHead:
        """Append several audit events about this case, all on the disk before this returns."""
        return self.desk.log.append_all(events)

    def event(self, action: Action, **facts: Unpack[Facts]) -> AuditEvent:
        """Return an audit event about this case, now."""
        return AuditEvent(
            at=self.desk.clock.now(),
            actor=self.desk.workspace.settings.operator,
            action=action,
            case=self.record.id,
            demonstration=self.desk.demonstration,
            **facts,
        )

    def head(self) -> AuditHead:
        """Return the head of the audit log as it stands, with the root of its tree and the name of the log."""
        return head_of(self.desk.workspace.audit_path, self._key())

    def seal(self) -> None:
        """Sign the head of the audit log as it stands, and lock what was captured: at the end of every case."""
        checkpoint(self.desk.workspace.audit_path, self._key())
        self.desk.workspace.lock_captures(self.record.id)

    def _key(self) -> SigningKey:
        return signing_key(self.desk.workspace.audit_path, self.desk.token)

    def commit(self, text: str) -> str:
        """Return a commitment to a text that could be guessed: HMAC-SHA256 under the case's salt, in hex."""
        return hmac.new(bytes.fromhex(self.record.salt), text.encode(), hashlib.sha256).hexdigest()

    def take_visits(self, visits: Sequence[tuple[str, int]]) -> list[bool]:
        """Count several visits that are about to be made, each address with its own limit; see `take_visit`."""
        digests = [(self.desk.workspace.url_digest(url), at_most) for url, at_most in visits]
        now = self.desk.clock.now()
        return self.evidence.note_visits(digests, self.record.candidate, run=self.record.run, at=now)

    def take_visit(self, url: str, *, at_most: int) -> bool:
        """Count a visit that is about to be made; False where the visits for this person, over all cases, are used up."""
        digest = self.desk.workspace.url_digest(url)
        now = self.desk.clock.now()
        return self.evidence.note_visit(digest, self.record.candidate, run=self.record.run, at=now, at_most=at_most)

    def close(self, state: CaseState) -> None:
        """Mark the case as done or stopped."""
        self.desk.cases.close(self.record.id, state, at=self.desk.clock.now())

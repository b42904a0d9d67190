"""Have the signed head of the log time-stamped by the authorities that the workspace names. Only its hash leaves."""

from __future__ import annotations

import hashlib
import ssl
from typing import NamedTuple

from footprint.admission import Desk
from footprint.audit.checkpoint import NOTE, path_of, read_note, signed_sizes
from footprint.audit.stamp import keep_stamp
from footprint.errors import FootprintError, InputError, UnreadableError, VerificationError
from footprint.files import read_bytes
from footprint.model.event import Action, AuditEvent
from footprint.model.stamps import StampAuthority
from footprint.web.guard import Guard
from footprint.web.stamping import ask_for_stamp


class Asked(NamedTuple):
    """What came of asking one authority."""

    authority: str
    """Its host."""
    size: int
    """Lines of the head that was to be stamped."""
    file: str | None
    """Name of the stamp beside the checkpoint; None where none came that holds."""
    why: str
    """Why none came; empty where one did."""


async def stamp_head(
    desk: Desk, guard: Guard, tls: ssl.SSLContext | None = None, *, size: int | None = None
) -> tuple[Asked, ...]:
    """Ask each authority of the settings for a stamp over a checkpoint, the last one unless a size is given.

    A stamp is checked before it is kept. What came of it is one audit event each; nothing that an authority does, or does
    not do, is an error here. Raises StoreError where the log cannot be written.
    """
    chosen = size if size is not None else max(signed_sizes(desk.workspace.audit_path), default=0)
    authorities = desk.workspace.settings.stamps.authorities
    return tuple([await _ask(desk, authority, chosen, guard, tls) for authority in authorities])


async def _ask(desk: Desk, authority: StampAuthority, size: int, guard: Guard, tls: ssl.SSLContext | None) -> Asked:
    try:
        digest, file = await _stamp(desk, authority, size, guard, tls)
    except FootprintError as error:
        _note(desk, authority, size, result=_word(error))
        return Asked(authority.host, size, None, str(error))
    _note(desk, authority, size, result="kept", digests={file: digest})
    return Asked(authority.host, size, file, "")


async def _stamp(
    desk: Desk, authority: StampAuthority, size: int, guard: Guard, tls: ssl.SSLContext | None
) -> tuple[str, str]:
    """Return the digest and the file name of a stamp that holds."""
    log = desk.workspace.audit_path
    note = read_note(path_of(log, size, NOTE))
    certificates = read_bytes(desk.workspace.folder / authority.ca)
    answer = await ask_for_stamp(authority.url, hashlib.sha256(note).digest(), guard=guard, tls=tls)
    kept = keep_stamp(log, size, answer, certificates)
    return hashlib.sha256(answer).hexdigest(), kept.name


def _word(error: FootprintError) -> str:
    if isinstance(error, UnreadableError):
        return f"unknown:{error.reason}"
    return {VerificationError: "refused", InputError: "not set up"}.get(type(error), "failed")


def _note(
    desk: Desk, authority: StampAuthority, size: int, *, result: str, digests: dict[str, str] | None = None
) -> None:
    event = AuditEvent(
        at=desk.clock.now(),
        actor=desk.workspace.settings.operator,
        action=Action.STAMPED,
        demonstration=desk.demonstration,
        ids={"authority": authority.host},
        counts={"size": size},
        digests=digests or {},
        result=result,
    )
    desk.log.append(event)

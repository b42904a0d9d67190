"""Turn a source on or off in a workspace: one decision in its file, one event in the log."""

from __future__ import annotations

import re

from pydantic import ValidationError

from footprint.admission import Desk
from footprint.collectors.catalog import manifest
from footprint.collectors.interface import Access, Manifest
from footprint.errors import InputError
from footprint.model.event import Action, AuditEvent
from footprint.store.switches import Switch, read_switches, write_switches

EXPECTED = {"reason": "a sentence of 1 to 4,000 characters", "by": "an id: letters, digits and ._:-, no name"}
_HOST = re.compile(r"(?=.{1,253}$)[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:[0-9]{1,5})?")


def turn_on(desk: Desk, source: str, *, reason: str, by: str, host: str | None = None) -> Switch:
    """Turn a source on. Raises InputError for one that is never read, and for an own instance without its host."""
    found = manifest(source)
    if found.access is Access.LINK_ONLY:
        raise InputError(where=source, expected="a source that can be read", mend=f"Never read: {found.access_reason}")
    _check_host(found, host)
    return _decide(desk, found, is_on=True, reason=reason, by=by, host=host.lower() if host else None)


def turn_off(desk: Desk, source: str, *, reason: str, by: str) -> Switch:
    """Turn a source off. What a case has read of it stays."""
    return _decide(desk, manifest(source), is_on=False, reason=reason, by=by, host=None)


def _check_host(source: Manifest, host: str | None) -> None:
    if (source.access is Access.OWN) != (host is not None):
        expected = "the host of your own instance" if host is None else "nothing: the source has its own host"
        raise InputError(where="--host", expected=expected)
    if host is not None and not _HOST.fullmatch(host.lower()):
        raise InputError(where="--host", expected="a host name in ASCII, such as search.example.org")


def _decide(desk: Desk, source: Manifest, *, is_on: bool, reason: str, by: str, host: str | None) -> Switch:
    folder = desk.workspace.folder
    now = desk.clock.now()
    try:
        switch = Switch(source=source.id, is_on=is_on, version=source.version, host=host, reason=reason, by=by, at=now)
    except ValidationError as error:
        (field, *_) = error.errors(include_url=False, include_input=False)[0]["loc"]
        raise InputError(where=f"--{field}", expected=EXPECTED[str(field)]) from None
    write_switches(folder, read_switches(folder).with_decision(switch))
    event = AuditEvent(
        at=now,
        actor=desk.workspace.settings.operator,
        action=Action.SOURCE_SWITCHED,
        demonstration=desk.demonstration,
        ids={"source": source.id, "version": source.version, "by": by},
        # Of the whole decision as the file holds it, the reason with it: the words stay in the file.
        digests={"decision": switch.digest()},
        result="on" if is_on else "off",
    )
    desk.log.append(event)
    return switch

"""May this workspace read a source? Said by the source's manifest, the workspace's switches and the operator's keys."""

from __future__ import annotations

from dataclasses import dataclass, field

from footprint.collectors.catalog import manifest, sources
from footprint.collectors.interface import Access, Manifest, key_variable
from footprint.model.candidate import Identifier
from footprint.store.keyring import FOLDER, Keyring
from footprint.store.switches import Switches


@dataclass(frozen=True)
class Standing:
    """What holds for the sources of one workspace."""

    switches: Switches = field(default_factory=Switches)
    keyring: Keyring = field(default_factory=lambda: Keyring(key_variable))

    def why_not(self, identifier: Identifier) -> str | None:
        """Return why the source of an identifier is not read here, and what would change that; None where it is read."""
        source = identifier.source
        if source not in sources():
            return f"Nothing that is installed here reads the source {source}."
        found = manifest(source)
        if found.access is Access.LINK_ONLY:
            return f"Never read: {found.access_reason}"
        return self._why_off(found) or self._why_not_there(found, identifier) or self._why_no_key(found)

    def is_on(self, source: Manifest) -> bool:
        """Say whether a source may be read here, once consent, role and policy name it."""
        return source.access is not Access.LINK_ONLY and self._why_off(source) is None

    def key_hosts(self, source: Manifest) -> tuple[str, ...]:
        """Return the hosts that the operator's key to a source may be sent to: the manifest's, or the workspace's instance."""
        switch = self.switches.standing(source.id)
        if source.key is None:
            return ()
        return source.key.hosts or ((switch.host,) if switch is not None and switch.host is not None else ())

    def _why_off(self, source: Manifest) -> str | None:
        if not source.is_off_at_first:
            switch = self.switches.standing(source.id)
            is_off = switch is not None and not switch.is_on
            return f"This workspace has turned the source {source.id} off. {_how(source)}" if is_off else None
        switch = self.switches.standing(source.id)
        if switch is not None and switch.is_on and switch.version != source.version:
            return f"The source {source.id} has changed since it was turned on here. {_how(source)}"
        if switch is None or not switch.is_on:
            why = f" {source.access_reason}" if source.access_reason else ""
            return f"The source {source.id} is off here.{why} {_how(source)}"
        return None

    def _why_not_there(self, source: Manifest, identifier: Identifier) -> str | None:
        switch = self.switches.standing(source.id)
        if source.access is not Access.OWN or switch is None or switch.host == identifier.home:
            return None
        return f"This workspace reads {source.id} at another host, {switch.host}."

    def _why_no_key(self, source: Manifest) -> str | None:
        if source.key is None or source.key.is_optional or self.keyring.get(source.id) is not None:
            return None
        return f"The operator's key to {source.id} is missing: set {source.key_variable}, or write it to the workspace's file {FOLDER}/{source.id}."


AT_FIRST = Standing()
"""What holds in a workspace that has decided nothing and holds no key."""


def _how(source: Manifest) -> str:
    host = " --host NAME" if source.access is Access.OWN else ""
    return f"To turn it on: footprint sources on {source.id}{host} --reason TEXT"

"""Say how two packs of one kind differ: what the second adds, takes away and changes, rule by rule."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from footprint.errors import InputError
from footprint.model.decision import Effect
from footprint.model.policy import JurisdictionPack, LegalityRule, RolePack
from footprint.model.record import Id, Record

Entries = Mapping[str, tuple[Record, str]]
"""By id: what stands there, and how it is said in one line."""


class Change(Record):
    """One field of one entry that two packs hold differently."""

    id: Id
    field: str
    before: str
    after: str
    tightens: bool | None = None
    """For an effect: whether the second pack is the stricter one; None where the order of effects does not say."""


class Entry(Record):
    """An entry that only one of the two holds."""

    id: Id
    says: str


class Difference(Record):
    """How the second pack differs from the first, with what each includes."""

    first: Id
    second: Id
    added: tuple[Entry, ...]
    removed: tuple[Entry, ...]
    changed: tuple[Change, ...]

    @property
    def is_none(self) -> bool:
        """True where the two hold the same."""
        return not (self.added or self.removed or self.changed)


def compare(
    first: tuple[JurisdictionPack, ...] | RolePack, second: tuple[JurisdictionPack, ...] | RolePack
) -> Difference:
    """Return how the second differs from the first; a jurisdiction comes with the packs that it includes, itself last.

    Raises InputError where one is a jurisdiction and the other a role.
    """
    if isinstance(first, RolePack) and isinstance(second, RolePack):
        return _difference(first.id, second.id, _of_role(first), _of_role(second))
    if isinstance(first, tuple) and isinstance(second, tuple):
        return _difference(first[-1].id, second[-1].id, _of_jurisdictions(first), _of_jurisdictions(second))
    raise InputError(where="the two packs", expected="two jurisdictions or two roles, not one of each")


def _of_jurisdictions(packs: Iterable[JurisdictionPack]) -> dict[str, tuple[Record, str]]:
    entries: dict[str, tuple[Record, str]] = {}
    for pack in packs:
        entries |= {rule.id: (rule, f"refuse: {rule.reason}") for rule in pack.authorisation}
        for item in pack.legality:
            earlier = entries.get(item.id)
            if earlier is None or _strictness(earlier[0]) <= item.effect.strictness:
                entries[item.id] = (item, f"{item.effect}: {item.reason}")
        entries |= {duty.id: (duty, f"duty: {duty.duty}") for duty in pack.duties}
    for pack in packs:
        for kept in pack.retention:
            said = "no default" if kept.months is None else f"{kept.months} months"
            entries[f"retention.{kept.outcome}"] = (kept, f"kept for: {said} ({kept.citation.label})")
        entries |= {f"mask.{name}": (_Named(value=name), f"mask: {name}") for name in pack.masks}
    return entries


def _of_role(pack: RolePack) -> dict[str, tuple[Record, str]]:
    entries: dict[str, tuple[Record, str]] = {
        f"category.{entry.category}": (entry, entry.necessity) for entry in pack.categories
    }
    entries |= {f"source.{name}": (_Named(value=name), f"source: {name}") for name in pack.sources}
    entries |= {f"engagement.{name}": (_Named(value=name), f"engagement: {name}") for name in pack.engagement}
    entries["window"] = (_Named(value=f"{pack.window_years} years"), f"{pack.window_years} years")
    return entries


class _Named(Record):
    value: str


def _strictness(record: Record) -> int:
    return record.effect.strictness if isinstance(record, LegalityRule) else -1


def _difference(first: str, second: str, before: Entries, after: Entries) -> Difference:
    return Difference(
        first=first,
        second=second,
        added=tuple(Entry(id=id, says=after[id][1]) for id in after if id not in before),
        removed=tuple(Entry(id=id, says=before[id][1]) for id in before if id not in after),
        changed=tuple(change for id in before if id in after for change in _changes(id, before[id][0], after[id][0])),
    )


def _changes(id: str, before: Record, after: Record) -> Iterable[Change]:
    one, other = before.model_dump(mode="json"), after.model_dump(mode="json")
    for field in sorted({*one, *other}):
        if one.get(field) != other.get(field):
            yield Change(
                id=id,
                field=field,
                before=_said(one.get(field)),
                after=_said(other.get(field)),
                tightens=_tightens(one.get(field), other.get(field)) if field == "effect" else None,
            )


def _tightens(before: object, after: object) -> bool:
    return Effect(str(after)).strictness > Effect(str(before)).strictness


def _said(value: object) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{key} {_said(entry)}" for key, entry in value.items() if entry not in ("", None))
    if isinstance(value, list):
        return ", ".join(map(_said, value)) or "none"
    return "none" if value is None else str(value)

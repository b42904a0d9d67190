"""Load law and policy as data, and compose what governs one case.

Packs and lexicons ship inside the package; the organisation's policy is a file of the workspace, and its folder `packs` may
hold packs of the organisation's own: they add to what ships and can take nothing away. A pack that is wrong is reported as
any other input is: the file, the field, and what was expected there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TypeVar

from footprint.errors import InputError
from footprint.files import parse_record, read_bytes, read_record
from footprint.model.authorisation import Authorisation
from footprint.model.lexicon import Lexicon
from footprint.model.policy import JurisdictionPack, LegalityRule, OrganisationPolicy, Policies, RolePack
from footprint.model.record import Id, Record
from footprint.model.report import PackVersion
from footprint.policies.built_in import BUILT_IN_LEGALITY, LEGALITY_VERSION
from footprint.policies.checks import check_composition, check_legality, check_lexicons, check_necessity, check_tests

_PACK_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,99}")

P = TypeVar("P", JurisdictionPack, RolePack, Lexicon)

FOLDERS = {
    "jurisdiction": ("policies", "packs", "jurisdiction"),
    "role": ("policies", "packs", "role"),
    "lexicon": ("filters", "lexicons"),
}
"""Where each kind of pack lies inside the package."""

OWN_PACKS = "packs"
"""Folder beside the organisation's policy: `packs/jurisdiction/ID.toml`, `packs/role/ID.toml`."""


class Available(Record):
    """The ids of everything that ships, sorted."""

    jurisdictions: tuple[Id, ...]
    roles: tuple[Id, ...]
    lexicons: tuple[Id, ...]


def available() -> Available:
    """Return the ids of every pack and lexicon that can be named."""
    return Available(jurisdictions=_ids("jurisdiction"), roles=_ids("role"), lexicons=_ids("lexicon"))


@lru_cache
def jurisdiction(id: str) -> JurisdictionPack:
    """Return a jurisdiction pack by its id. Raises InputError where there is none, or where it is not valid."""
    return checked(_shipped("jurisdiction", id, JurisdictionPack))


@lru_cache
def role(id: str) -> RolePack:
    """Return a role pack by its id. Raises InputError where there is none, or where it is not valid."""
    pack = _shipped("role", id, RolePack)
    check_necessity(pack)
    return pack


@lru_cache
def lexicon(id: str) -> Lexicon:
    """Return a lexicon by its id. Raises InputError where there is none, or where it is not valid."""
    return _shipped("lexicon", id, Lexicon)


def lexicons() -> tuple[Lexicon, ...]:
    """Return every lexicon that ships, in the order of their ids."""
    return tuple(lexicon(id) for id in _ids("lexicon"))


def organisation(path: Path) -> OrganisationPolicy:
    """Return the organisation's policy from its TOML or JSON file.

    Raises InputError where the file is not valid, or where its review is due before it takes effect.
    """
    policy = read_record(path, OrganisationPolicy)
    if policy.review_due < policy.effective:
        raise InputError(where=str(path), field="review_due", expected="a date not before effective")
    return policy


def compose(authorisation: Authorisation, policy_path: Path) -> Policies:
    """Return everything that governs a case: the packs with what they include, the role and the organisation's policy.

    Every rule of every pack applies, and of several decisions the strictest wins, so a further pack can only tighten.
    Raises InputError for a pack that does not exist or is not valid, for packs that include each other in a circle or
    contradict each other, and where none of them ships with footprint.
    """
    folder = policy_path.parent / OWN_PACKS
    packs = resolve(authorisation.packs, lambda id: jurisdiction_beside(id, folder))
    if not any(pack.id in _ids("jurisdiction") for pack in packs):
        raise InputError(
            where=f"jurisdiction pack {packs[-1].id}",
            field="includes",
            expected="at least one pack that ships",
            mend=f"a pack of your own adds to one of {', '.join(_ids('jurisdiction'))}",
        )
    check_composition(packs)
    return Policies(jurisdictions=packs, role=_role(authorisation.role, folder), organisation=organisation(policy_path))


def own_packs(folder: Path) -> tuple[Path, ...]:
    """Return the files of an organisation's own packs, in the folder beside its policy."""
    return tuple(
        sorted(path for kind in ("jurisdiction", "role") for path in (folder / OWN_PACKS / kind).glob("*.toml"))
    )


def checked(pack: JurisdictionPack) -> JurisdictionPack:
    """Return the pack. Raises InputError where it names what does not exist."""
    check_tests(pack)
    check_legality(pack)
    check_lexicons(pack, _ids("lexicon"))
    return pack


def resolve(ids: Iterable[str], pack_of: Callable[[str], JurisdictionPack]) -> tuple[JurisdictionPack, ...]:
    """Return the packs with everything they include, once each, an included pack before the one that includes it.

    Raises InputError where packs include each other in a circle.
    """
    found: dict[str, JurisdictionPack] = {}
    for id in ids:
        _resolve(id, pack_of, found, ())
    return tuple(found.values())


def legality_rules(policies: Policies) -> tuple[tuple[LegalityRule, str], ...]:
    """Return the legality rules in force, each with the version of its pack, in the order of the packs.

    Where two packs hold the same rule with the same test, the stricter effect stands. The built-in rules stand last,
    each where no pack in force asks the same at least as strictly.
    """
    strictest: dict[tuple[str, str, str | None], tuple[LegalityRule, str]] = {}
    for pack in policies.jurisdictions:
        for rule in pack.legality:
            key = (rule.id, rule.test, rule.lexicon)
            if key not in strictest or rule.effect.strictness > strictest[key][0].effect.strictness:
                strictest[key] = (rule, pack.version)
    return (*strictest.values(), *_built_in([rule for rule, _ in strictest.values()]))


def _built_in(in_force: Sequence[LegalityRule]) -> Iterator[tuple[LegalityRule, str]]:
    for rule in BUILT_IN_LEGALITY:
        same = [one for one in in_force if (one.test, one.lexicon) == (rule.test, rule.lexicon)]
        if all(one.effect.strictness < rule.effect.strictness for one in same):
            yield rule, LEGALITY_VERSION


def pack_versions(policies: Policies) -> tuple[PackVersion, ...]:
    """Return the version and digest of everything that governs a case: packs, role, policy and every lexicon."""
    return tuple(_versions(policies))


def _resolve(
    id: str, pack_of: Callable[[str], JurisdictionPack], found: dict[str, JurisdictionPack], way: tuple[str, ...]
) -> None:
    if id in way:
        circle = " > ".join((*way[way.index(id) :], id))
        raise InputError(
            where=f"jurisdiction pack {id}", field="includes", expected="no circle", mend=f"this is one: {circle}"
        )
    if id in found:
        return
    pack = pack_of(id)
    for included in pack.includes:
        _resolve(included, pack_of, found, (*way, id))
    found[id] = pack


def _versions(policies: Policies) -> Iterator[PackVersion]:
    packs: tuple[tuple[str, JurisdictionPack | RolePack | OrganisationPolicy | Lexicon], ...] = (
        *(("jurisdiction", pack) for pack in policies.jurisdictions),
        ("role", policies.role),
        ("organisation", policies.organisation),
        *(("lexicon", words) for words in lexicons()),
    )
    for kind, pack in packs:
        yield PackVersion(id=pack.id, kind=kind, version=pack.version, title=pack.title, sha256=pack.digest())


def _folder(kind: str) -> Traversable:
    return files("footprint").joinpath(*FOLDERS[kind])


@lru_cache
def _ids(kind: str) -> tuple[str, ...]:
    names = (entry.name for entry in _folder(kind).iterdir())
    return tuple(sorted(name.removesuffix(".toml") for name in names if name.endswith(".toml")))


def jurisdiction_beside(id: str, folder: Path) -> JurisdictionPack:
    """Return an organisation's own pack from a folder of packs, or the one that ships.

    Raises InputError where there is none, where it is not valid, or where a file bears the name of one that ships.
    """
    own = _own("jurisdiction", id, folder)
    if own is None:
        return jurisdiction(id)
    return checked(parse_pack(read_bytes(own), JurisdictionPack, kind="jurisdiction", id=id))


def _role(id: str, folder: Path) -> RolePack:
    own = _own("role", id, folder)
    if own is None:
        return role(id)
    pack = parse_pack(read_bytes(own), RolePack, kind="role", id=id)
    check_necessity(pack)
    return pack


def _own(kind: str, id: str, folder: Path) -> Path | None:
    """Return the organisation's own pack of that id; None where there is none. What ships can never be replaced."""
    if not _PACK_ID.fullmatch(id):
        return None
    path = folder / kind / f"{id}.toml"
    if not path.exists():
        return None
    if id in _ids(kind):
        raise InputError(
            where=str(path), field="id", expected="another id", mend=f"{id} ships and cannot be replaced; include it"
        )
    return path


def _shipped(kind: str, id: str, model: type[P]) -> P:
    known = _ids(kind)
    # Membership first: an id from a file must never become a path.
    if id not in known:
        raise InputError(where=f"{kind} pack {id}", expected="a pack that exists", mend=f"known are {', '.join(known)}")
    return parse_pack(_folder(kind).joinpath(f"{id}.toml").read_bytes(), model, kind=kind, id=id)


def parse_pack(content: bytes, model: type[P], *, kind: str, id: str) -> P:
    """Return a pack from its TOML bytes. Raises InputError where it is not valid or bears another id than its file."""
    where = f"{kind} pack {id}.toml"
    pack = parse_record(content, model, where=where)
    if pack.id != id:
        raise InputError(where=where, field="id", expected="the name of the file")
    return pack

"""Load law and policy as data, and compose what governs one case.

Packs and lexicons ship inside the package; the organisation's policy is a file of the workspace. A pack that is wrong is
reported as any other input is: the file, the field, and what was expected there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TypeVar

from footprint.errors import InputError
from footprint.files import parse_record, read_record
from footprint.model.authorisation import Authorisation, ControllerType
from footprint.model.lexicon import Lexicon
from footprint.model.policy import JurisdictionPack, LegalityRule, OrganisationPolicy, Policies, RolePack
from footprint.model.record import Id, Record
from footprint.model.report import PackVersion
from footprint.policies.authorise import TESTS

P = TypeVar("P", JurisdictionPack, RolePack, Lexicon)

FOLDERS = {
    "jurisdiction": ("policies", "packs", "jurisdiction"),
    "role": ("policies", "packs", "role"),
    "lexicon": ("filters", "lexicons"),
}
"""Where each kind of pack lies inside the package."""


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
    pack = _shipped("jurisdiction", id, JurisdictionPack)
    check_tests(pack)
    return pack


@lru_cache
def role(id: str) -> RolePack:
    """Return a role pack by its id. Raises InputError where there is none, or where it is not valid."""
    return _shipped("role", id, RolePack)


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
    Raises InputError for a pack that does not exist or is not valid, and for packs that include each other in a circle.
    """
    packs = resolve(authorisation.packs, jurisdiction)
    for pack in packs:
        check_lexicons(pack, _ids("lexicon"))
    return Policies(jurisdictions=packs, role=role(authorisation.role), organisation=organisation(policy_path))


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

    Where two packs hold the same rule with the same test, the stricter effect stands.
    """
    strictest: dict[tuple[str, str, str | None], tuple[LegalityRule, str]] = {}
    for pack in policies.jurisdictions:
        for rule in pack.legality:
            key = (rule.id, rule.test, rule.lexicon)
            if key not in strictest or rule.effect.strictness > strictest[key][0].effect.strictness:
                strictest[key] = (rule, pack.version)
    return tuple(strictest.values())


def pack_versions(policies: Policies) -> tuple[PackVersion, ...]:
    """Return the version and digest of everything that governs a case: packs, role, policy and every lexicon."""
    return tuple(_versions(policies))


def check_tests(pack: JurisdictionPack) -> None:
    """Raise InputError where an authorisation rule of the pack names a test or a type of controller that does not exist."""
    for number, rule in enumerate(pack.authorisation):
        if rule.test not in TESTS:
            _refuse_unknown(pack, f"authorisation[{number}].test", "test", tuple(sorted(TESTS)))
        if not set(rule.controllers) <= set(ControllerType):
            _refuse_unknown(pack, f"authorisation[{number}].controllers", "type of controller", tuple(ControllerType))


def check_lexicons(pack: JurisdictionPack, known: tuple[str, ...]) -> None:
    """Raise InputError where a topic rule of the pack names no lexicon, or one that does not exist."""
    for number, rule in enumerate(pack.legality):
        if rule.lexicon not in known and (rule.test == "topic" or rule.lexicon is not None):
            _refuse_unknown(pack, f"legality[{number}].lexicon", "lexicon", known)


def _refuse_unknown(pack: JurisdictionPack, field: str, kind: str, known: tuple[str, ...]) -> None:
    raise InputError(
        where=f"jurisdiction pack {pack.id}",
        field=field,
        expected=f"a known {kind}",
        mend=f"known are {', '.join(known)}",
    )


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

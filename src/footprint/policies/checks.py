"""Say what is wrong with a pack beyond its shape: names that do not exist, a measure left out, packs that contradict."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from footprint.errors import InputError
from footprint.model.authorisation import ControllerType
from footprint.model.policy import AuthorisationRule, JurisdictionPack, RetentionOutcome, RolePack
from footprint.policies.authorise import MEASURED, NUMBERED, TESTS, WORDED

LEGALITY_TESTS = ("under_age", "out_of_window", "undated", "engagement", "like", "not_own_words", "topic")
"""Tests that a legality rule can name: `footprint.filters.legality.TESTS`, which this room may not open (a test compares)."""

MASKS = frozenset(
    {
        "age", "sex", "pregnancy", "marriage", "race", "nationality", "religion", "belief", "disability", "health",
        "orientation", "politics", "union", "person", "handle", "email", "phone", "address", "identifier",
    }
)  # fmt: skip
"""Classes of `footprint.filters.masking` that a pack can name (a test compares)."""

FEWEST_WORDS = 6
"""A necessity in fewer words is a label, not a reason (LAW UK-6.1f)."""

OPPOSED = (("controller_is_a_police_force", "controller_is_not_an_authority"),)
"""Tests of which no record can pass both."""

_PERIODS = frozenset({"retention_is_set", "retention_is_at_least", "retention_is_at_most"})


def check_tests(pack: JurisdictionPack) -> None:
    """Raise InputError where an authorisation rule of the pack could never be asked.

    It names a test or a type of controller that does not exist, or leaves out what its test measures by.
    """
    for number, rule in enumerate(pack.authorisation):
        _check_names(pack, rule, f"authorisation[{number}]")
        _check_measure(pack, rule, f"authorisation[{number}]")


def _check_names(pack: JurisdictionPack, rule: AuthorisationRule, field: str) -> None:
    known = tuple(sorted({*TESTS, *MEASURED}))
    if rule.test not in known:
        raise _unknown(pack, f"{field}.test", "test", known)
    if not set(rule.controllers) <= set(ControllerType):
        raise _unknown(pack, f"{field}.controllers", "type of controller", tuple(ControllerType))
    if rule.test in _PERIODS and not set(rule.values) <= set(RetentionOutcome):
        raise _unknown(pack, f"{field}.values", "outcome", tuple(RetentionOutcome))


def _check_measure(pack: JurisdictionPack, rule: AuthorisationRule, field: str) -> None:
    where, mend = _where(pack), f"the test {rule.test} measures by it"
    if rule.test in NUMBERED and rule.number is None:
        raise InputError(where=where, field=f"{field}.number", expected="a number", mend=mend)
    if rule.test in WORDED and not rule.values:
        raise InputError(where=where, field=f"{field}.values", expected="at least one value", mend=mend)


def check_legality(pack: JurisdictionPack) -> None:
    """Raise InputError where a rule about items names a test, or the pack a class of mask, that does not exist."""
    for number, rule in enumerate(pack.legality):
        if rule.test not in LEGALITY_TESTS:
            raise _unknown(pack, f"legality[{number}].test", "test", LEGALITY_TESTS)
    if not MASKS.issuperset(pack.masks):
        raise _unknown(pack, "masks", "class of mask", tuple(sorted(MASKS)))


def check_lexicons(pack: JurisdictionPack, known: tuple[str, ...]) -> None:
    """Raise InputError where a topic rule of the pack names no lexicon, or one that does not exist."""
    for number, rule in enumerate(pack.legality):
        if rule.lexicon not in known and (rule.test == "topic" or rule.lexicon is not None):
            raise _unknown(pack, f"legality[{number}].lexicon", "lexicon", known)


def check_necessity(pack: RolePack) -> None:
    """Raise InputError where a category comes without a sentence on why the duty makes it necessary, or comes twice."""
    for number, entry in enumerate(pack.categories):
        if len(entry.necessity.split()) < FEWEST_WORDS or not re.search(r"[.!?]\Z", entry.necessity):
            raise InputError(
                where=f"role pack {pack.id}",
                field=f"categories[{number}].necessity",
                expected=f"a sentence that says why the duty makes {entry.category} necessary",
                mend="name the duty, and what in public words bears on it (UK GDPR Art. 5(1)(c))",
            )
        if entry.category in {earlier.category for earlier in pack.categories[:number]}:
            raise InputError(
                where=f"role pack {pack.id}", field=f"categories[{number}].category", expected="each category once"
            )


def check_composition(packs: Iterable[JurisdictionPack]) -> None:
    """Raise InputError where packs contradict each other.

    One id must mean one rule in every pack, and no two rules may be such that no record can pass both.
    """
    packs = tuple(packs)
    _check_periods(packs)
    meant: dict[str, tuple[JurisdictionPack, tuple[object, ...]]] = {}
    asked: dict[str, tuple[JurisdictionPack, str]] = {}
    for pack in packs:
        for id, field, meaning in _meanings(pack):
            earlier, before = meant.setdefault(id, (pack, meaning))
            if before != meaning:
                raise _contradiction(pack, field, f"{id} means another rule in {earlier.id}")
        for number, rule in enumerate(pack.authorisation):
            opposed = next((other for other in _opposites(rule) if other in asked), None)
            if opposed is not None:
                earlier, id = asked[opposed]
                raise _contradiction(pack, f"authorisation[{number}]", f"no record can pass {rule.id} and {id}")
            if not rule.controllers:
                asked.setdefault(rule.test, (pack, rule.id))


def _check_periods(packs: tuple[JurisdictionPack, ...]) -> None:
    """Raise InputError where one pack wants data kept for longer than another lets it be kept."""
    rules = [(pack, number, rule) for pack in packs for number, rule in enumerate(pack.authorisation)]
    for pack, number, most in rules:
        for earlier, _, least in rules:
            if (most.test, least.test) != ("retention_is_at_most", "retention_is_at_least"):
                continue
            if set(most.values) & set(least.values) and (most.number or 0) < (least.number or 0):
                said = f"{most.id} allows {most.number} months, {least.id} in {earlier.id} asks for {least.number}"
                raise _contradiction(pack, f"authorisation[{number}]", said)


def _meanings(pack: JurisdictionPack) -> Iterator[tuple[str, str, tuple[object, ...]]]:
    for number, rule in enumerate(pack.authorisation):
        yield rule.id, f"authorisation[{number}].id", (rule.test, rule.values, rule.number)
    for number, item in enumerate(pack.legality):
        yield item.id, f"legality[{number}].id", (item.test, item.lexicon)


def _opposites(rule: AuthorisationRule) -> tuple[str, ...]:
    if rule.controllers:
        return ()
    return tuple(other for pair in OPPOSED if rule.test in pair for other in pair if other != rule.test)


def _contradiction(pack: JurisdictionPack, field: str, mend: str) -> InputError:
    return InputError(where=_where(pack), field=field, expected="packs that do not contradict each other", mend=mend)


def _unknown(pack: JurisdictionPack, field: str, kind: str, known: tuple[str, ...]) -> InputError:
    return InputError(where=_where(pack), field=field, expected=f"a known {kind}", mend=f"known are {', '.join(known)}")


def _where(pack: JurisdictionPack) -> str:
    return f"jurisdiction pack {pack.id}"

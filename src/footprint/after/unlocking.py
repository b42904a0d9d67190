"""A second person looks at a sealed item: with a condition of the law, with their own key, once, and it is logged.

The text was sealed to that person's key, so the operator alone cannot open it. Nothing is written in the open: when the
command ends, the item is as sealed as before.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from footprint.admission import Desk
from footprint.casefile import SEALED, CaseFile
from footprint.errors import InputError, RefusedError
from footprint.files import parse_record
from footprint.model.event import Action
from footprint.model.finding import SealedItem, SealedItems, Withheld, WithheldReason
from footprint.model.policy import LegalityRule, Policies, RoaExemption
from footprint.model.report import Report
from footprint.model.worksheet import BeliefResult, BeliefWorksheet
from footprint.policies import afterwards
from footprint.policies.conditions import BELIEF_LEXICONS, CRIMINAL_LEXICON, Condition, SealedMatter, conditions_for
from footprint.policies.load import legality_rules
from footprint.store.cipher import open_with, recipient_of


@dataclass(frozen=True)
class Claim:
    """Who wants to look, and by what right."""

    by: str
    """The second person's id, as the settings name it."""
    key: str
    """Their secret key: `AGE-SECRET-KEY-1...`."""
    condition: str
    """The code of a condition, as `footprint policy conditions` lists them."""
    document: str = ""
    """Reference of the appropriate policy document, or of the law relied on."""
    worksheet: BeliefWorksheet | None = None
    """Where the item may voice a belief."""


def unlock(desk: Desk, case_id: str, item: str, claim: Claim) -> SealedItem:
    """Return a sealed item for one look, after an audit event that says who, what and by which condition.

    Raises InputError where there is no such sealed item or the key does not fit, and RefusedError, after an event as
    well, where the claim does not hold.
    """
    case = CaseFile(desk, desk.cases.get(case_id))
    withheld = _sealed_item(case, item)
    policies = parse_record(
        desk.workspace.get_document(case_id, "policies.json"), Policies, where="policies.json", is_json=True
    )
    ids = {"item": item, **_known(claim, desk, policies)}
    rules = tuple(decision.rule for decision in withheld.rules)
    try:
        _require_claim(claim, desk, withheld, policies)
    except RefusedError as error:
        case.note(Action.CASE_UNLOCKED, ids=ids, rules=(error.rule,), result="refused")
        raise
    try:
        found = _opened(case, withheld, claim)
    except InputError:
        case.note(Action.CASE_UNLOCKED, ids=ids, result="refused")
        raise
    digests = {"text": withheld.commitment}
    if claim.document:
        digests["document"] = case.commit(claim.document)
    if claim.worksheet is not None:
        digests["worksheet"] = hashlib.sha256(claim.worksheet.canonical()).hexdigest()
        desk.workspace.put_document(case_id, f"worksheet-{item}.json", claim.worksheet.canonical())
    case.note(Action.CASE_UNLOCKED, ids=ids, rules=rules, digests=digests, result="unlocked")
    return found


def _sealed_item(case: CaseFile, item: str) -> Withheld:
    content = case.desk.workspace.get_document(case.record.id, "report.json")
    report = parse_record(content, Report, where="report.json", is_json=True)
    sealed = (entry for entry in report.withheld if entry.reason is WithheldReason.SEALED)
    found = next((entry for entry in sealed if entry.observation == item), None)
    if found is None:
        raise InputError(
            where=item,
            expected="the id of a sealed item of this case",
            mend="`footprint case sealed CASE` lists them; what was excluded is not kept",
        )
    return found


def _require_claim(claim: Claim, desk: Desk, withheld: Withheld, policies: Policies) -> None:
    """Refuse the claim that does not hold: one rule after the other, each with its id."""
    if claim.by == desk.workspace.settings.operator or claim.by not in desk.workspace.settings.unlockers:
        raise afterwards.SECOND_PERSON.refusal()
    sealing = _sealing(withheld, policies)
    condition = _condition(claim, policies, sealing)
    if condition.policy_document and not claim.document:
        raise afterwards.POLICY_DOCUMENT.refusal()
    if any(rule.lexicon == CRIMINAL_LEXICON for rule in sealing) and policies.role.roa_exempt is RoaExemption.NONE:
        raise afterwards.SPENT.refusal()
    if any(rule.lexicon in BELIEF_LEXICONS for rule in sealing):
        _require_worksheet(claim)


def _sealing(withheld: Withheld, policies: Policies) -> tuple[LegalityRule, ...]:
    named = {decision.rule for decision in withheld.rules}
    return tuple(rule for rule, _ in legality_rules(policies) if rule.id in named)


def _condition(claim: Claim, policies: Policies, sealing: tuple[LegalityRule, ...]) -> Condition:
    """Return the condition that was claimed: one of the place, that covers every rule that sealed the item."""
    known = conditions_for(pack.id for pack in policies.jurisdictions)
    condition = next((entry for entry in known if entry.id == claim.condition), None)
    matters = {SealedMatter.CRIMINAL if rule.lexicon == CRIMINAL_LEXICON else SealedMatter.SPECIAL for rule in sealing}
    if condition is None or not matters <= set(condition.covers):
        open_to = ", ".join(entry.id for entry in known if matters <= set(entry.covers))
        raise afterwards.CONDITION.refusal(mend=f"Choose one of: {open_to}." if open_to else "")
    return condition


def _require_worksheet(claim: Claim) -> None:
    if claim.worksheet is None:
        raise afterwards.BELIEF.refusal()
    if claim.worksheet.result is BeliefResult.PROTECTED:
        raise afterwards.PROTECTED.refusal()


def _known(claim: Claim, desk: Desk, policies: Policies) -> dict[str, str]:
    """Return of what was typed what is an id that we know: anything else could be a name or a text."""
    people = {*desk.workspace.settings.unlockers, desk.workspace.settings.operator}
    known = {entry.id for entry in conditions_for(pack.id for pack in policies.jurisdictions)}
    by = claim.by if claim.by in people else "unknown"
    return {"by": by, "condition": claim.condition if claim.condition in known else "unknown"}


def _require_own_key(case: CaseFile, claim: Claim) -> None:
    try:
        is_own = recipient_of(claim.key.encode()) == case.desk.workspace.settings.unlockers[claim.by]
    except ValueError:
        is_own = False
    if not is_own:
        raise InputError(
            where="--key", expected="the second person's own key", mend="the one that footprint.toml names"
        )


def _opened(case: CaseFile, withheld: Withheld, claim: Claim) -> SealedItem:
    item = withheld.observation
    _require_own_key(case, claim)
    if SEALED not in case.desk.workspace.documents(case.record.id):
        raise InputError(
            where=case.record.id,
            expected="sealed items that were kept",
            mend="no second person was named when the case was run: only commitments to the texts were kept",
        )
    try:
        content = open_with(claim.key, case.desk.workspace.get_document(case.record.id, SEALED))
    except ValueError as error:
        raise InputError(where="--key", expected="the second person's own key", mend=str(error)) from None
    kept = parse_record(content, SealedItems, where=SEALED, is_json=True)
    found = next((entry for entry in kept.items if entry.observation == item), None)
    if found is None or kept.case != case.record.id:
        raise InputError(where=item, expected="a sealed item that was kept with this case")
    if case.commit(f"{found.text}\n{found.context}") != withheld.commitment:
        raise InputError(where=item, expected="the text that was sealed; what lies there was changed")
    return found

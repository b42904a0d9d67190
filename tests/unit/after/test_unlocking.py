"""A sealed item opens for a second person with a condition of the law, and for nobody else; every try is logged."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from footprint.admission import Desk, Order
from footprint.after.unlocking import Claim, unlock
from footprint.errors import InputError, RefusedError
from footprint.model.event import Action, AuditEvent
from footprint.model.finding import WithheldReason
from footprint.model.policy import RoaExemption
from footprint.model.report import Report
from footprint.model.worksheet import Answer, BeliefWorksheet
from footprint.policies.conditions import conditions, conditions_for
from footprint.policies.load import available
from footprint.store.cipher import fresh_identity, recipient_of
from screened import screened

SECOND = "vetting-manager-2"
SHEET = BeliefWorksheet(
    is_belief=Answer.UNCLEAR,
    is_manifestation=Answer.UNCLEAR,
    is_manner_objectionable=Answer.UNCLEAR,
    manner="The rule cannot tell.",
    audience="Public.",
    is_original=Answer.YES,
    proportionality="The post answers for children; nothing milder would settle it.",
)


@pytest.fixture
def key() -> str:
    return fresh_identity().decode()


@pytest.fixture
async def report(desk: Desk, order: Order, key: str) -> Report:
    """A case in a workspace that names a second person."""
    people = {SECOND: recipient_of(key.encode())}
    desk.workspace.settings = desk.workspace.settings.but(unlockers=people)
    return await screened(desk, order)


@pytest.fixture
def item(report: Report) -> str:
    (found,) = [entry.observation for entry in report.withheld if entry.reason is WithheldReason.SEALED]
    return found


@pytest.fixture
def claim(key: str) -> Claim:
    return Claim(by=SECOND, key=key, condition="DPA-SCH1-11", document="APD-2026-1")


def seal_by(desk: Desk, report: Report, item: str, rule: str) -> None:
    """Let the item have been sealed by another rule."""
    changed = tuple(
        entry.but(rules=tuple(decision.but(rule=rule) for decision in entry.rules))
        if entry.observation == item
        else entry
        for entry in report.withheld
    )
    desk.workspace.put_document(report.case, "report.json", report.but(withheld=changed).canonical())


def test_the_second_person_reads_it_and_the_log_says_so(
    desk: Desk, report: Report, item: str, claim: Claim, events: Callable[[], list[AuditEvent]]
) -> None:
    """Who, which item, which condition; the words are nowhere in the log, and nothing is written in the open."""
    found = unlock(desk, report.case, item, claim)
    (event,) = [event for event in events() if event.action is Action.CASE_UNLOCKED]

    assert "epilepsy" in found.text
    assert event.ids == {"item": item, "by": SECOND, "condition": "DPA-SCH1-11"}
    assert event.rules == ("UK-9-health",)
    assert set(event.digests) == {"text", "document"}
    assert event.result == "unlocked"
    written = b"".join(path.read_bytes() for path in desk.workspace.folder.rglob("*") if path.is_file())
    assert b"epilepsy" not in written
    assert b"APD-2026-1" not in written


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"by": "vetting-officer-7"}, "UK-9-second-person"),
        ({"by": "somebody"}, "UK-9-second-person"),
        ({"document": ""}, "UK-9-policy-document"),
        ({"condition": "NONE"}, "UK-9-condition"),
        ({"condition": "EU-ART9-2-B"}, "UK-9-condition"),
    ],
)
def test_a_claim_that_does_not_hold_is_refused_and_logged(
    change: dict[str, str],
    rule: str,
    desk: Desk,
    report: Report,
    item: str,
    claim: Claim,
    events: Callable[[], list[AuditEvent]],
) -> None:
    """The operator, a stranger, no policy document, no condition of this place."""
    with pytest.raises(RefusedError) as refused:
        unlock(desk, report.case, item, replace(claim, **change))
    last = events()[-1]

    assert refused.value.rule == rule
    assert (last.action, last.result, last.rules) == (Action.CASE_UNLOCKED, "refused", (rule,))


def test_the_operator_is_no_second_person_even_where_named(desk: Desk, report: Report, item: str, claim: Claim) -> None:
    """Two pairs of eyes are two persons."""
    operator = desk.workspace.settings.operator
    keys = {**desk.workspace.settings.unlockers, operator: next(iter(desk.workspace.settings.unlockers.values()))}
    desk.workspace.settings = desk.workspace.settings.but(unlockers=keys)
    with pytest.raises(RefusedError, match="second person"):
        unlock(desk, report.case, item, replace(claim, by=operator))


def test_some_conditions_need_no_policy_document(desk: Desk, report: Report, item: str, claim: Claim) -> None:
    """Manifestly made public, by the candidate in person."""
    held = replace(claim, condition="UK-ART9-2-E", document="")
    assert unlock(desk, report.case, item, held).observation == item


@pytest.mark.parametrize("rule", ["UK-9-religion-belief", "UK-9-politics"])
def test_a_belief_needs_its_worksheet_first(
    rule: str, desk: Desk, report: Report, item: str, claim: Claim, events: Callable[[], list[AuditEvent]]
) -> None:
    """LAW EQ-10: without it, and where it says that the belief is protected, the item stays sealed."""
    seal_by(desk, report, item, rule)
    protected = SHEET.but(is_belief=Answer.YES, is_manner_objectionable=Answer.NO)
    for sheet, refusing in ((None, "EQ-10"), (protected, "EQ-10-protected")):
        with pytest.raises(RefusedError) as refused:
            unlock(desk, report.case, item, replace(claim, worksheet=sheet))
        assert refused.value.rule == refusing
    unlock(desk, report.case, item, replace(claim, worksheet=SHEET))

    assert "worksheet" in events()[-1].digests
    assert f"worksheet-{item}.json" in desk.workspace.documents(report.case)


def test_a_conviction_stays_sealed_where_the_role_is_not_exempt(
    desk: Desk, report: Report, item: str, claim: Claim
) -> None:
    """LAW ROA-4: the role decides; and a condition for special categories alone does not cover it."""
    seal_by(desk, report, item, "UK-10")
    with pytest.raises(RefusedError) as uncovered:
        unlock(desk, report.case, item, replace(claim, condition="UK-ART9-2-E"))
    assert unlock(desk, report.case, item, claim).observation == item
    policies = desk.workspace.get_document(report.case, "policies.json")
    assert b'"roa_exempt":"police"' in policies
    none = policies.replace(b'"roa_exempt":"police"', f'"roa_exempt":"{RoaExemption.NONE}"'.encode())
    desk.workspace.put_document(report.case, "policies.json", none)
    with pytest.raises(RefusedError) as spent:
        unlock(desk, report.case, item, claim)

    assert (uncovered.value.rule, spent.value.rule) == ("UK-9-condition", "ROA-4")


@pytest.mark.parametrize("other", ["not a key", None])
def test_another_key_opens_nothing(desk: Desk, report: Report, item: str, claim: Claim, other: str | None) -> None:
    """Whoever holds the workspace has not the second person's key."""
    wrong = other or fresh_identity().decode()
    with pytest.raises(InputError, match="second person's own key"):
        unlock(desk, report.case, item, replace(claim, key=wrong))


def test_only_what_is_sealed_can_be_unlocked(desk: Desk, report: Report, claim: Claim) -> None:
    """What was excluded is not kept, and a finding is open already."""
    excluded = next(entry.observation for entry in report.withheld if entry.reason is WithheldReason.EXCLUDED)
    for item in (excluded, report.findings[0].observation, "O-0000000000"):
        with pytest.raises(InputError, match="a sealed item of this case"):
            unlock(desk, report.case, item, claim)


async def test_without_a_second_person_nothing_sealed_is_kept(desk: Desk, order: Order, claim: Claim, key: str) -> None:
    """Only the commitments are; whoever is named later can open nothing of before."""
    report = await screened(desk, order)
    item = next(entry.observation for entry in report.withheld if entry.reason is WithheldReason.SEALED)
    people = {SECOND: recipient_of(key.encode())}
    desk.workspace.settings = desk.workspace.settings.but(unlockers=people)
    with pytest.raises(InputError, match="no second person was named"):
        unlock(desk, report.case, item, claim)


def test_sealed_items_of_another_case_are_not_taken_for_these(
    desk: Desk, report: Report, item: str, claim: Claim
) -> None:
    """What was put in their place is told apart."""
    from footprint.casefile import SEALED
    from footprint.model.finding import SealedItems
    from footprint.store.cipher import seal_to

    people = tuple(desk.workspace.settings.unlockers.values())
    empty = seal_to(people, SealedItems(case=report.case).canonical())
    desk.workspace.put_document(report.case, SEALED, empty)
    with pytest.raises(InputError, match="kept with this case"):
        unlock(desk, report.case, item, claim)


def test_every_condition_names_a_pack_and_is_marked() -> None:
    """Codes stand once; all say "confirm with counsel", since none was read at its source."""
    known = available().jurisdictions
    assert {pack for condition in conditions() for pack in condition.packs} <= set(known)
    assert len({condition.id for condition in conditions()}) == len(conditions())
    assert all("confirm with counsel" in condition.citation.label for condition in conditions())
    assert {condition.id for condition in conditions_for(["uk", "uk-police"])} >= {"DPA-SCH1-11", "UK-ART9-2-E"}
    assert conditions_for(["none"]) == ()

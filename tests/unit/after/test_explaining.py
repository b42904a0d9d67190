"""Every item of a case is explained by its rules; what is withheld, without a word of it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from footprint.admission import Desk, Order
from footprint.after.erasing import prune
from footprint.after.explaining import HIDDEN, Explanation, Standing, explain
from footprint.after.reproducing import attributed_again, observed_again
from footprint.errors import InputError
from footprint.model.attribution import Tier
from footprint.model.event import Action, AuditEvent
from footprint.model.finding import WithheldReason
from footprint.model.report import Report
from screened import over, put_review, screened


@pytest.fixture
async def report(desk: Desk, order: Order) -> Report:
    return await screened(desk, order)


async def observed(desk: Desk, report: Report) -> dict[str, Tier]:
    """Return the tier of every observation of the case."""
    from footprint.casefile import CaseFile
    from footprint.files import parse_record
    from footprint.model.candidate import Candidate

    content = desk.workspace.get_document(report.case, "profile.json")
    candidate = parse_record(content, Candidate, where="profile.json", is_json=True)
    case = CaseFile(desk, desk.cases.get(report.case))
    seen = tuple([observation async for observation in observed_again(candidate, report, case)])
    return {observation.id: attribution.tier for observation, attribution in attributed_again(seen, candidate)}


async def test_every_observation_of_a_case_is_explained(desk: Desk, report: Report) -> None:
    """Findings, sealed and excluded items, other people's, undetermined ones and the many that bear on nothing."""
    tiers = await observed(desk, report)
    found = {item: await explain(desk, report.case, item) for item in tiers}
    counts = {standing: sum(e.standing is standing for e in found.values()) for standing in Standing}

    assert len(tiers) == report.observations
    assert counts[Standing.FINDING] == len(report.findings)
    assert counts[Standing.NOT_RELEVANT] == report.not_relevant
    assert counts[Standing.NAMESAKE] == report.told_apart.someone_else
    assert counts[Standing.UNDETERMINED] == report.told_apart.undetermined
    for reason, standing in (
        (WithheldReason.SEALED, Standing.SEALED),
        (WithheldReason.EXCLUDED, Standing.EXCLUDED),
    ):
        assert counts[standing] == sum(item.reason is reason for item in report.withheld)


async def test_a_finding_is_explained_as_the_report_has_it(
    desk: Desk, report: Report, events: Callable[[], list[AuditEvent]]
) -> None:
    """By its own id or the observation's; that somebody asked is an event."""
    finding = report.findings[0]
    by_id, by_observation = [await explain(desk, report.case, item) for item in (finding.id, finding.observation)]

    assert by_id == by_observation
    assert by_id.item == finding.id
    assert by_id.attribution == finding.attribution
    assert by_id.relevances == finding.relevances
    assert events()[-1].action is Action.CASE_READ
    assert events()[-1].ids["item"] == finding.observation


async def test_rules_that_nearly_found_something_are_listed(desk: Desk, report: Report) -> None:
    """For what is lawful alone, with what was missing; and never a word of the text."""
    tiers = await observed(desk, report)
    found = [await explain(desk, report.case, item) for item in tiers]
    near = [explanation for explanation in found if explanation.nearly]

    assert near
    assert all(explanation.standing not in HIDDEN for explanation in near)
    assert any(explanation.standing is Standing.NOT_RELEVANT for explanation in near)
    assert {field for explanation in near for rule in explanation.nearly for field in type(rule).model_fields} == {
        "rule", "version", "category", "why", "missing", "context", "spans",
    }  # fmt: skip


async def test_of_what_is_withheld_no_value_is_shown(desk: Desk, report: Report) -> None:
    """Neither what was compared nor where in the text a rule saw something."""
    for item in await observed(desk, report):
        found = await explain(desk, report.case, item)
        if found.standing in HIDDEN:
            assert found.attribution is not None
            features = (*found.attribution.features, *found.attribution.contradictions)
            assert {value for feature in features for value in (feature.expected, feature.seen)} <= {"withheld"}
            assert all(not decision.spans for decision in found.legality)
            assert found.relevances == ()
            assert b"epilepsy" not in found.canonical()


async def test_each_withheld_item_names_the_rules_of_the_report(desk: Desk, report: Report) -> None:
    """With their citations."""
    for item in report.withheld:
        found = await explain(desk, report.case, item.observation)
        assert {rule.rule for rule in item.rules} <= {decision.rule for decision in found.legality}
        assert all(decision.citation.article for decision in found.legality)


async def test_of_a_pruned_case_the_report_still_explains(desk: Desk, report: Report) -> None:
    """Findings and withheld items; of the rest nothing is left to explain."""
    tiers = await observed(desk, report)
    before = await explain(desk, report.case, "F01")
    put_review(desk, report.case, over(desk.clock.now()))
    prune(desk, report.case)
    after = await explain(desk, report.case, "F01")
    withheld = await explain(desk, report.case, report.withheld[0].observation)
    known = {item.observation for item in (*report.findings, *report.withheld)}

    assert (before.from_pages, after.from_pages) == (True, False)
    assert after.relevances == before.relevances
    assert withheld.legality == report.withheld[0].rules
    with pytest.raises(InputError, match="an item of this case"):
        await explain(desk, report.case, next(item for item in tiers if item not in known))


@pytest.mark.parametrize("item", ["F99", "O-0000000000", "", "../report.json"])
async def test_what_is_no_item_is_bad_input(desk: Desk, report: Report, item: str) -> None:
    """And is not logged as if it had been read."""
    with pytest.raises(InputError, match="an item of this case"):
        await explain(desk, report.case, item)


def test_every_standing_has_its_sentence() -> None:
    """An explanation always says in plain words what became of the item."""
    from footprint.after.explaining import _summary

    assert all(_summary(standing) for standing in Standing)
    assert set(Explanation.model_fields) >= {"standing", "legality", "summary"}

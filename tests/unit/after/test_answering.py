"""The candidate answers, and the report follows: from the kept captures alone, edition by edition, each one identifiable."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest

from answers import DEMO
from footprint.admission import Desk, Order
from footprint.after.answering import WorkedIn, consent_of, work_in
from footprint.after.erasing import prune
from footprint.after.explaining import Standing, explain
from footprint.after.holdings import holdings_of
from footprint.after.reproducing import reproduce
from footprint.after.unlocking import Claim, unlock
from footprint.audit.inspection import inspect
from footprint.casefile import CaseFile
from footprint.errors import InputError, RefusedError, StoreError, VerificationError
from footprint.files import parse_record
from footprint.model.attribution import Answer, Tier
from footprint.model.authorisation import ConsentState
from footprint.model.event import Action, AuditEvent
from footprint.model.report import Report
from footprint.model.review import CandidateAnswer, CaseReview
from footprint.report.render import render_json
from footprint.review.desk import ReviewDesk, read_review
from footprint.store.cases import CaseState
from footprint.store.cipher import fresh_identity, recipient_of
from screened import over, put_review, screened

Events = Callable[[], list[AuditEvent]]
MEETING = "O-f1d082b919"
"""An article that names the candidate: tier B by place and employer, and C where the profile has neither."""
SEALED, EXCLUDED = "O-756befd290", "O-ec8ea6bf88"
SECOND = "vetting-manager-2"


@pytest.fixture
async def report(desk: Desk, order: Order) -> Report:
    """The demonstration's case; its web is gone when the test begins."""
    return await screened(desk, order)


@pytest.fixture
async def bare(desk: Desk, order: Order) -> Report:
    """The case of a profile without places and employers, so that of the article only the name is left."""
    text = order.profile.read_text(encoding="utf-8")
    left = [line for line in text.splitlines() if not line.startswith(("places", "employers"))]
    order.profile.write_text("\n".join(left), encoding="utf-8")
    return await screened(desk, order)


def kept(desk: Desk, case_id: str) -> Report:
    """The report as it stands in the case."""
    return parse_record(desk.workspace.get_document(case_id, "report.json"), Report, where="report.json", is_json=True)


def enter(desk: Desk, report: Report, item: str, answer: Answer) -> ReviewDesk:
    """Enter an answer, and return a desk that sees it."""
    sat = ReviewDesk(desk, report.case, "V-1")
    sat.enter(CandidateAnswer(item=item, answer=answer, received=report.generated_at))
    return ReviewDesk(desk, report.case, "V-1")


async def answered(desk: Desk, report: Report, item: str, answer: Answer) -> WorkedIn:
    """Enter an answer and work it in."""
    return await work_in(enter(desk, report, item, answer))


def force(desk: Desk, report: Report, *answers: tuple[str, Answer]) -> ReviewDesk:
    """Keep answers about observations that no copy asks about, as an entry by hand would."""
    review = CaseReview()
    for item, answer in answers:
        event = CandidateAnswer(item=item, observations=(item,), answer=answer, received=report.generated_at)
        review = review.after(desk.clock.now(), "V-1", event)
    put_review(desk, report.case, review)
    return ReviewDesk(desk, report.case, "V-1")


def verified(desk: Desk) -> bool:
    """Say whether the log, the reports and the answers hold."""
    return bool(inspect(desk.workspace.audit_path, holdings_of(desk.workspace)).reports.hold)


async def test_a_claimed_place_becomes_a_finding(desk: Desk, bare: Report, events: Events) -> None:
    """It goes through law and relevance like all else, takes the next number, and both tiers are told."""
    before = len(bare.findings)
    done = await answered(desk, bare, MEETING, Answer.MINE)
    now = kept(desk, bare.case)
    found = next(finding for finding in now.findings if finding.observation == MEETING)
    (item,) = now.answers

    assert done == WorkedIn(2, True, (f"F{before + 1:02d}",), ())
    assert found.id == done.added[0]
    assert {f.observation: f.id for f in bare.findings}.items() <= {f.observation: f.id for f in now.findings}.items()
    assert (item.tool_tier, item.tier, found.attribution.tier) == (Tier.C, Tier.A, Tier.A)
    assert MEETING not in {id for place in now.undetermined for id in place.observations}
    assert events()[-1].counts == {"findings": before + 1, "withheld": 10, "answers": 1, "edition": 2}
    assert verified(desk)


async def test_a_denied_finding_is_gone(desk: Desk, report: Report, events: Events) -> None:
    """No word of it stands in the report or the log; a commitment does, and its number stays empty."""
    denied = next(finding for finding in report.findings if finding.observation == MEETING)
    done = await answered(desk, report, denied.id, Answer.NOT_MINE)
    now = kept(desk, report.case)
    (item,) = now.answers
    files = [desk.workspace.get_document(report.case, name).decode() for name in ("report.json", "report.html")]

    assert done == WorkedIn(2, True, (), (denied.id,))
    assert [f.id for f in now.findings] == [f.id for f in report.findings if f.id != denied.id]
    assert (item.item, item.tool_tier, item.tier) == (denied.id, Tier.B, Tier.C)
    assert len(item.commitment) == 64
    assert now.told_apart.undetermined == report.told_apart.undetermined + 1
    assert not [file for file in files if denied.excerpt.text[:40] in file]
    assert not any("not-mine" in str(event) for event in events())
    assert verified(desk)


async def test_i_do_not_know_changes_nothing(desk: Desk, report: Report, events: Events) -> None:
    """It is recorded; no edition is issued and no page is judged again."""
    done = await answered(desk, report, "F01", Answer.UNSURE)

    assert done == WorkedIn(1, False, (), ())
    assert kept(desk, report.case) == report
    assert [event.action for event in events()[-2:]][-1] is Action.CASE_REPLIED


async def test_a_later_answer_supersedes_an_earlier_one(desk: Desk, report: Report) -> None:
    """Denied, then taken back: the finding is there again, under its number; both answers are kept."""
    await answered(desk, report, "F03", Answer.NOT_MINE)
    done = await answered(desk, report, "F03", Answer.UNSURE)
    now = kept(desk, report.case)

    assert done == WorkedIn(3, True, ("F03",), ())
    assert now.findings == report.findings
    assert [event.answer for _, event in read_review(desk.workspace, report.case).answers] == ["not-mine", "unsure"]


async def test_every_edition_can_be_derived_again(desk: Desk, bare: Report, events: Events) -> None:
    """The last byte for byte; those before by the digests that the next one holds and the log knows."""
    first = desk.workspace.get_document(bare.case, "report.json")
    await answered(desk, bare, MEETING, Answer.MINE)
    await answered(desk, bare, "F01", Answer.NOT_MINE)
    again = await reproduce(desk, bare.case)
    logged = [event.digests["report.json"] for event in events() if event.action is Action.REPORTED]
    last = kept(desk, bare.case)

    assert again.differences == ()
    assert again.report == last
    assert [edition.replaces for edition in last.editions] == logged[:-1]
    assert logged[0] == hashlib.sha256(first).hexdigest()
    assert len({edition.audit_head.size for edition in last.editions}) == 2


async def test_an_edition_that_names_another_first_issue_is_found(desk: Desk, report: Report) -> None:
    """A digest that no derivation gives shows."""
    await answered(desk, report, "F03", Answer.NOT_MINE)
    now = kept(desk, report.case)
    changed = now.but(editions=(now.editions[0].but(replaces="0" * 64),))
    desk.workspace.put_document(report.case, "report.json", render_json(changed))

    assert "edition 1: its digest" in (await reproduce(desk, report.case)).differences


async def test_another_answer_is_found(desk: Desk, report: Report) -> None:
    """The answers are an input: a review that says otherwise gives another report."""
    await answered(desk, report, "F03", Answer.NOT_MINE)
    content = desk.workspace.get_document(report.case, "review.jsonl")
    desk.workspace.put_document(report.case, "review.jsonl", content.replace(b'"not-mine"', b'"mine"'))

    assert "report.json: findings" in (await reproduce(desk, report.case)).differences


async def test_an_answer_is_explained(desk: Desk, report: Report) -> None:
    """By the number that the finding had, and by its observation: what the tool says, what the candidate said."""
    await answered(desk, report, "F03", Answer.NOT_MINE)
    by_id, by_observation = [await explain(desk, report.case, item) for item in ("F03", MEETING)]

    assert by_id == by_observation
    assert by_id.standing is Standing.UNDETERMINED
    assert by_id.answer is not None
    assert (by_id.answer.tool_tier, by_id.answer.tier) == (Tier.B, Tier.C)
    assert by_id.attribution is not None
    assert {feature.seen for feature in by_id.attribution.features} == {"withheld"}
    assert "says that it is not theirs" in by_id.summary


async def test_a_claim_is_explained(desk: Desk, bare: Report) -> None:
    """The candidate's word is the first of its features; the tool's stay behind it."""
    done = await answered(desk, bare, MEETING, Answer.MINE)
    found = await explain(desk, bare.case, done.added[0])

    assert found.standing is Standing.FINDING
    assert found.attribution is not None
    assert found.attribution.features[0].name == "candidate-confirms"
    assert found.answer is not None
    assert found.answer.tool_tier is Tier.C


@pytest.mark.parametrize(
    ("item", "answer", "standing"),
    [("F03", Answer.NOT_MINE, Standing.UNDETERMINED), ("O-4aeaa30b96", Answer.NOT_MINE, Standing.NAMESAKE),
     ("O-4aeaa30b96", Answer.MINE, Standing.NOT_RELEVANT)],
)  # fmt: skip
async def test_of_a_pruned_case_an_answer_is_still_explained(
    item: str, answer: Answer, standing: Standing, desk: Desk, report: Report
) -> None:
    """The report holds both tiers, and what became of it follows from them."""
    await answered(desk, report, item, answer)
    review = read_review(desk.workspace, report.case)
    put_review(desk, report.case, CaseReview(entries=(*review.entries, over(desk.clock.now()).entries[0].but(seq=2))))
    prune(desk, report.case)
    found = await explain(desk, report.case, item)

    assert (found.standing, found.from_pages) == (standing, False)
    assert found.answer is not None


async def test_what_is_excluded_stays_excluded(desk: Desk, report: Report) -> None:
    """Whoever says that it is theirs: the law is asked as before."""
    await work_in(force(desk, report, (EXCLUDED, Answer.MINE)))
    now = kept(desk, report.case)

    assert now.withheld == report.withheld
    assert now.findings == report.findings


async def test_what_is_sealed_is_sealed_anew_to_the_second_person(desk: Desk, order: Order) -> None:
    """An item that is theirs no more is not kept with the sealed ones, and one that is, is: to the same keys as in a run."""
    key = fresh_identity().decode()
    desk.workspace.settings = desk.workspace.settings.but(unlockers={SECOND: recipient_of(key.encode())})
    report = await screened(desk, order)
    claim = Claim(by=SECOND, key=key, condition="DPA-SCH1-11", document="APD-2026-1")
    at_first = desk.workspace.get_document(report.case, "sealed.age")

    await work_in(force(desk, report, (SEALED, Answer.NOT_MINE)))
    with pytest.raises(InputError):
        unlock(desk, report.case, SEALED, claim)
    without = desk.workspace.get_document(report.case, "sealed.age")
    sat = ReviewDesk(desk, report.case, "V-1")
    sat.enter(CandidateAnswer(item=SEALED, answer=Answer.MINE, received=report.generated_at))
    await work_in(ReviewDesk(desk, report.case, "V-1"))

    assert len(without) < len(at_first)
    assert "epilepsy" in unlock(desk, report.case, SEALED, claim).text


async def test_an_edition_that_seals_the_same_leaves_it_as_it_was(desk: Desk, order: Order) -> None:
    """Nothing is sealed anew without a need."""
    key = recipient_of(fresh_identity())
    desk.workspace.settings = desk.workspace.settings.but(unlockers={SECOND: key})
    report = await screened(desk, order)
    before = desk.workspace.get_document(report.case, "sealed.age")
    await answered(desk, report, "F03", Answer.NOT_MINE)

    assert desk.workspace.get_document(report.case, "sealed.age") == before


async def test_without_pages_nothing_is_judged(desk: Desk, report: Report) -> None:
    """The answer is recorded, and the refusal says what is left to do."""
    put_review(desk, report.case, over(desk.clock.now()))
    prune(desk, report.case)
    sat = enter(desk, report, "F03", Answer.NOT_MINE)
    with pytest.raises(RefusedError) as told:
        await work_in(sat)

    assert told.value.rule == "UK-5.1d-pages"
    assert len(read_review(desk.workspace, report.case).answers) == 1
    assert kept(desk, report.case) == report


def changed_consent(desk: Desk, report: Report, state: ConsentState) -> None:
    """Let the log see a change of the consent, as `footprint consent` writes it."""
    ids = {"authorisation": desk.cases.get(report.case).authorisation, "state": str(state)}
    desk.log.append(AuditEvent(at=desk.clock.now(), actor="op-1", action=Action.CONSENT_CHANGED, ids=ids))


@pytest.mark.parametrize("state", [ConsentState.WITHDRAWN, ConsentState.REVOKED])
async def test_a_withdrawn_consent_allows_no_judging(state: ConsentState, desk: Desk, report: Report) -> None:
    """What the log knows is asked, whether the file is given or not; the answer is recorded."""
    changed_consent(desk, report, state)
    sat = enter(desk, report, "F03", Answer.NOT_MINE)
    with pytest.raises(RefusedError) as told:
        await work_in(sat)

    assert told.value.rule == "UK-7-answer"
    assert len(read_review(desk.workspace, report.case).answers) == 1


async def test_a_consent_that_was_given_again_allows_it(desk: Desk, report: Report) -> None:
    """The last state counts."""
    changed_consent(desk, report, ConsentState.WITHDRAWN)
    changed_consent(desk, report, ConsentState.RENEWED)

    assert (await answered(desk, report, "F03", Answer.NOT_MINE)).is_new


async def test_the_file_of_the_consent_is_asked_where_it_is_given(desk: Desk, report: Report, order: Order) -> None:
    """A withdrawal in the file counts as one in the log; a consent that holds lets it pass."""
    assert order.consent is not None
    sat = enter(desk, report, "F03", Answer.NOT_MINE)
    given = consent_of(sat, order.consent)
    assert given is not None
    gone = given.but(events=(*given.events, given.events[-1].but(state=ConsentState.WITHDRAWN)))
    with pytest.raises(RefusedError):
        await work_in(sat, gone)
    changed_consent(desk, report, ConsentState.RENEWED)

    assert (await work_in(sat, given)).is_new
    assert consent_of(sat, None) is None


async def test_another_consent_is_bad_input(desk: Desk, report: Report, tmp_path: Path) -> None:
    """Its terms are not those of the case."""
    other = tmp_path / "other.toml"
    text = DEMO.joinpath("consent.toml").read_text(encoding="utf-8")
    other.write_text(text.replace("max_runs = 3", "max_runs = 2", 1), encoding="utf-8")
    with pytest.raises(InputError, match="the consent that the case was opened under"):
        consent_of(ReviewDesk(desk, report.case, "V-1"), other)


async def test_a_case_whose_run_is_not_done_is_bad_input(desk: Desk, report: Report) -> None:
    """Its report may still change."""
    desk.cases.close(report.case, CaseState.STOPPED, at=desk.clock.now())
    with pytest.raises(InputError, match="a case whose run is done"):
        consent_of(ReviewDesk(desk, report.case, "V-1"), None)


async def test_a_report_that_does_not_follow_is_not_issued_anew(desk: Desk, report: Report) -> None:
    """A changed report, or another version's rules, must not slip into an edition."""
    changed = report.but(not_relevant=report.not_relevant + 1)
    desk.workspace.put_document(report.case, "report.json", render_json(changed))
    with pytest.raises(VerificationError, match="no edition was issued"):
        await answered(desk, report, "F03", Answer.NOT_MINE)

    assert kept(desk, report.case) == changed


@pytest.mark.parametrize("written", [1, 2])
async def test_a_writer_that_died_is_gone_on_with(
    written: int, desk: Desk, report: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed after one file or both, before the event: the next finishes the same edition, and the log holds again."""
    sat = enter(desk, report, "F03", Answer.NOT_MINE)
    whole = desk.workspace.put_document
    left = iter([True] * written)

    def put(case_id: str, name: str, content: bytes) -> object:
        if not next(left, False):
            raise KeyboardInterrupt
        return whole(case_id, name, content)

    with monkeypatch.context() as dying:
        dying.setattr(desk.workspace, "put_document", put)
        dying.setattr(CaseFile, "note", lambda *_, **__: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            await work_in(sat)
    with pytest.raises(VerificationError):
        verified(desk)
    died = kept(desk, report.case)
    done = await work_in(ReviewDesk(desk, report.case, "V-1"))

    assert done == WorkedIn(2, True, (), ("F03",))
    assert kept(desk, report.case) == died
    assert verified(desk)
    assert (await reproduce(desk, report.case)).differences == ()


async def test_a_damaged_log_is_told(desk: Desk, report: Report, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the log cannot be read nothing is issued."""
    sat = enter(desk, report, "F03", Answer.NOT_MINE)
    mark = f'{{"action":"report.issued","case":"{report.case}" torn\n'.encode()
    monkeypatch.setattr("footprint.review.logged.raw_lines", lambda _: iter([mark]))
    with pytest.raises(StoreError):
        await work_in(sat)

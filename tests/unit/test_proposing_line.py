"""The whole line with a model that may propose: on the demonstration's web, derived again, explained, and off by default."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources.abc import Traversable
from pathlib import Path

import pytest

from answers import DEMO
from footprint.admission import Desk, Order
from footprint.after.explaining import explain
from footprint.after.reproducing import reproduce
from footprint.audit.log import AuditLog, read
from footprint.cli.demo import counted_token
from footprint.cli.explain import written
from footprint.demo.clock import DemoClock
from footprint.demo.social import Social
from footprint.errors import InputError
from footprint.model.event import Action
from footprint.model.suggestion import Why
from footprint.proposers.load import linear
from footprint.report.views import Reader, see
from footprint.store.cases import Cases
from footprint.store.workspace import Workspace
from screened import screened
from tiny_onnx import classifier

PROPOSED = "Every time I see our new neighbours, the Romanians, I feel disgusted. What a pathetic sight they make."


@contextmanager
def desk_with(folder: Path, proposer: str) -> Iterator[Desk]:
    """A desk like the demonstration's, in a workspace with a model."""
    settings, policy = (DEMO.joinpath(name).read_bytes() for name in ("footprint.toml", "policy.toml"))
    settings += f"\n[proposer]\n{proposer}\n".encode()
    with Workspace.create(folder, settings, policy, salt=bytes(32)) as made:
        yield Desk(
            workspace=made,
            log=AuditLog(made.audit_path),
            cases=Cases(made.database()),
            clock=DemoClock(),
            token=counted_token(),
            demonstration=True,
        )


@pytest.fixture
def proposing(tmp_path: Path) -> Iterator[Desk]:
    """A desk in a workspace that names the table that ships."""
    with desk_with(tmp_path / "proposing", 'model = "linear"') as made:
        yield made


@pytest.fixture
def hostile(monkeypatch: pytest.MonkeyPatch) -> None:
    """The demonstration's web, where the candidate's newest post says something that no rule finds."""
    load = Social.load

    def changed(folder: Traversable) -> Social:
        social = load(folder)
        own = next(number for number, post in enumerate(social._posts) if post.account == "mara")
        social._posts[own] = social._posts[own].but(text=PROPOSED)
        return social

    monkeypatch.setattr(Social, "load", changed)


async def test_without_a_word_in_the_settings_there_is_no_model(desk: Desk, order: Order) -> None:
    """Off by default: nothing of it stands in the plan, the report, its packs or the audit log."""
    report = await screened(desk, order)
    document = desk.workspace.get_document(report.case, "report.json")

    assert report.proposer is None
    assert not {"proposer", "suggestions"} & set(json.loads(document))
    assert not {pack.kind for pack in report.packs} & {"proposer"}
    assert "proposer" not in str([logged.event for logged in read(desk.workspace.audit_path)])


async def test_a_suggestion_comes_through_the_whole_line(proposing: Desk, order: Order, hostile: None) -> None:
    """It is counted with no finding, its model stands in plan, packs and log, and the same comes out again from the captures."""
    report = await screened(proposing, order)
    (suggestion,) = report.suggestions
    events = [logged.event for logged in read(proposing.workspace.audit_path)]
    opened, judged = (
        next(e for e in events if e.action is action) for action in (Action.CASE_OPENED, Action.RELEVANCE)
    )
    again = await reproduce(proposing, report.case)

    assert suggestion.id == "S01"
    assert suggestion.observation not in {finding.observation for finding in report.findings}
    assert judged.counts == {
        "findings": len(report.findings),
        "not_relevant": report.not_relevant,
        "suggestions": 1,
    }
    assert report.proposer == linear().source
    assert opened.digests["proposer"] == linear().source.sha256
    assert [pack.sha256 for pack in report.packs if pack.kind == "proposer"] == [linear().source.sha256]
    assert "neighbours" not in str(events)
    assert again.differences == ()


async def test_a_suggestion_is_explained(proposing: Desk, order: Order, hostile: None) -> None:
    """By its own id: no rule found anything, and the model said this for these words, which are named by their places alone."""
    report = await screened(proposing, order)
    (suggestion,) = report.suggestions
    found = await explain(proposing, report.case, "S01")
    considered = found.considered

    assert found.observation == suggestion.observation
    assert found.relevances == ()
    assert considered is not None
    assert (considered.why, considered.band, considered.terms) == (Why.SUGGESTED, suggestion.band, suggestion.terms)
    assert "disgusted" not in "\n".join(written(found))
    assert "it is proposed for a person to look at; that is no finding" in "\n".join(written(found))


async def test_what_is_no_suggestion_is_explained_too(proposing: Desk, order: Order) -> None:
    """A finding and a withheld item: the model was not asked, and of what is hidden nothing is said of it."""
    report = await screened(proposing, order)
    finding = await explain(proposing, report.case, report.findings[0].id)
    withheld = await explain(proposing, report.case, report.withheld[0].observation)

    assert finding.considered is not None
    assert finding.considered.why is Why.FOUND
    assert withheld.considered is None


async def test_another_table_than_the_reports_is_refused(proposing: Desk, order: Order) -> None:
    """A report that names another table cannot be derived again with this one."""
    report = await screened(proposing, order)
    value = json.loads(proposing.workspace.get_document(report.case, "report.json"))
    value["proposer"]["sha256"] = "0" * 64
    proposing.workspace.put_document(report.case, "report.json", json.dumps(value).encode())

    with pytest.raises(InputError, match="the model that the report names"):
        await reproduce(proposing, report.case)


async def test_no_recruiter_sees_a_suggestion(proposing: Desk, order: Order, hostile: None) -> None:
    """Nor that there was a model; the officer and the candidate see it, the auditor its ids."""
    report = await screened(proposing, order)
    values = {reader: see(report, reader).value for reader in Reader}

    assert not {"proposer", "suggestions"} & set(values[Reader.RECRUITER])
    assert "excerpt" in values[Reader.VETTING]["suggestions"][0]
    assert "excerpt" in values[Reader.CANDIDATE]["suggestions"][0]
    assert values[Reader.AUDITOR]["suggestions"][0]["excerpt"] == {"masks": []}
    assert not {"url", "terms", "stands_near"} & set(values[Reader.AUDITOR]["suggestions"][0])


async def test_a_model_of_the_users_own_goes_the_same_way(tmp_path: Path, order: Order, hostile: None) -> None:
    """A real ONNX file: its digest stands in report, packs and log, the same comes out again, and another file is refused."""
    pytest.importorskip("onnxruntime")
    digest = hashlib.sha256(classifier()).hexdigest()
    with desk_with(tmp_path / "own", f'model = "mine.onnx"\nsha256 = "{digest}"\nthreshold = 0.6') as desk:
        (desk.workspace.folder / "mine.onnx").write_bytes(classifier())
        report = await screened(desk, order)
        again = await reproduce(desk, report.case)
        (suggestion,) = report.suggestions
        weighed = {PROPOSED[term.span.start : term.span.end] for term in suggestion.terms}

        assert report.proposer is not None
        assert (report.proposer.kind, report.proposer.sha256) == ("onnx", digest)
        assert [pack.sha256 for pack in report.packs if pack.kind == "proposer"] == [digest]
        assert weighed == {"disgusted", "pathetic"}
        assert again.differences == ()
        (desk.workspace.folder / "mine.onnx").write_bytes(classifier(bias=0.0))
        with pytest.raises(InputError, match=r"proposer\.sha256"):
            await reproduce(desk, report.case)


async def test_a_model_that_is_not_there_stops_a_run_before_it_begins(tmp_path: Path, order: Order) -> None:
    """The file is named and how to mend it; no case is opened, and nothing is fetched."""
    own = f'model = "mine.onnx"\nsha256 = "{"0" * 64}"\nthreshold = 0.9'
    with desk_with(tmp_path / "own", own) as desk:
        with pytest.raises(InputError, match=r"mine\.onnx"):
            await screened(desk, order)

        assert list((tmp_path / "own" / "cases").iterdir()) == []

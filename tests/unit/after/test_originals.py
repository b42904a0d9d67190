"""The words of a finding before masking come from what the case kept, and nothing else can be had this way."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

import pytest
from click.testing import CliRunner

from footprint.admission import Desk
from footprint.after.originals import original
from footprint.audit.log import AuditLog
from footprint.casefile import CaseFile
from footprint.cli.main import footprint
from footprint.demo.clock import DemoClock
from footprint.errors import InputError
from footprint.files import parse_record
from footprint.model.finding import WithheldReason
from footprint.model.report import Report
from footprint.store.cases import Cases
from footprint.store.workspace import Workspace


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[CaseFile, Report]]:
    """The demonstration's case and its report."""
    folder = tmp_path_factory.mktemp("originals")
    words = ["demo", "--workspace", str(folder / "w"), "--out", str(folder / "out")]
    assert CliRunner().invoke(footprint, words, catch_exceptions=False).exit_code == 0
    with Workspace.open(folder / "w") as workspace:
        cases = Cases(workspace.database())
        desk = Desk(workspace, AuditLog(workspace.audit_path), cases, DemoClock(), lambda size: "ab" * size)
        case = CaseFile(desk, cases.list()[0])
        content = workspace.get_document(case.record.id, "report.json")
        yield case, parse_record(content, Report, where="report.json", is_json=True)


async def test_the_words_are_those_of_the_page(kept: tuple[CaseFile, Report]) -> None:
    """Unmasked, and with what they answer; where nothing was masked, the same as in the report."""
    case, report = kept
    masked = next(finding for finding in report.findings if finding.excerpt.masks)
    plain = next(finding for finding in report.findings if finding.excerpt.text and not finding.excerpt.masks)

    assert f"[{masked.excerpt.classes[0]}]" not in (await original(case, report, masked.observation)).text
    assert (await original(case, report, plain.observation)).text == plain.excerpt.text


async def test_what_is_withheld_is_not_to_be_had(kept: tuple[CaseFile, Report]) -> None:
    """Neither a sealed statement nor one that is not the candidate's."""
    case, report = kept
    sealed = next(item for item in report.withheld if item.reason is WithheldReason.SEALED)

    for observation in (sealed.observation, "O-0000000000"):
        with pytest.raises(InputError):
            await original(case, report, observation)


async def test_what_is_no_longer_kept_is_told(kept: tuple[CaseFile, Report], monkeypatch: pytest.MonkeyPatch) -> None:
    """After pruning, where the page is gone, there is no original."""

    async def nothing(*_: object) -> AsyncIterator[None]:
        for none in ():
            yield none

    monkeypatch.setattr("footprint.after.originals.observed_again", nothing)
    case, report = kept
    with pytest.raises(InputError) as caught:
        await original(case, report, report.findings[0].observation)

    assert "pruned" in caught.value.mend

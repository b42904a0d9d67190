"""Which sources a workspace has turned on."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from footprint.errors import InputError
from footprint.store.switches import FILE, Check, Switch, Switches, read_switches, write_switches

AT = datetime(2026, 11, 20, 9, tzinfo=UTC)


def decision(source: str = "orcid", *, is_on: bool = True) -> Switch:
    """One decision."""
    return Switch(source=source, is_on=is_on, version="1.0", reason="The board agreed.", by="officer-7", at=AT)


def test_a_workspace_that_decided_nothing_has_no_file(tmp_path: Path) -> None:
    """No file is no decision."""
    assert read_switches(tmp_path) == Switches()


def test_the_newest_decision_stands_and_every_one_is_kept(tmp_path: Path) -> None:
    """What was decided before stays in the file, in order; the file is for its owner alone."""
    first, second = decision(), decision(is_on=False)
    write_switches(tmp_path, Switches().with_decision(first).with_decision(decision("gdelt")).with_decision(second))

    kept = read_switches(tmp_path)

    assert kept.standing("orcid") == second
    assert kept.standing("brave") is None
    assert len(kept.decisions) == 3
    assert (tmp_path / FILE).stat().st_mode & 0o777 == 0o600


def test_the_newest_check_of_a_source_is_kept() -> None:
    """One check a source, beside the decisions."""
    passed, failed = (Check(source="github", at=AT, result=result) for result in ("passed", "failed"))
    kept = Switches().with_decision(decision()).with_check(passed).with_check(failed)

    assert kept.checks == {"github": failed}
    assert kept.standing("orcid") == decision()


def test_a_file_that_is_not_ours_is_refused(tmp_path: Path) -> None:
    """A switch that cannot be read must not count as none."""
    (tmp_path / FILE).write_text('{"decisions": [{"source": "orcid", "is_on": "yes"}]}')

    with pytest.raises(InputError, match="is_on"):
        read_switches(tmp_path)

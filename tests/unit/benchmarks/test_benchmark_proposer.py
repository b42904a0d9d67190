"""What the model adds to the rules, on a made-up file whose figures can be worked out by hand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks import proposer, relevance

ROWS = (
    "text,label,functionality,target\n"
    "Immigrants are vermin.,hateful,derog,immigrants\n"
    '"Every time I see our new neighbours, the Romanians, I feel disgusted, what a pathetic sight.",hateful,derog,romanians\n'
    "A quiet day.,hateful,derog,\n"
    "Women are nice.,non-hateful,ident,women\n"
)


def test_suggestions_stand_beside_the_rules(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One more is found, which is hateful; what the rules say is what the benchmark of the rules says, with the same keys as before."""
    file = tmp_path / "cases.csv"
    file.write_text(ROWS, encoding="utf-8")
    result = proposer.measure(file)
    printed = capsys.readouterr().out.splitlines()
    alone = relevance.measure(file)

    assert json.loads(printed[-1]) == result
    assert (result["suggested"], result["suggested_hateful"], result["asked"]) == (1, 1, 1)
    assert result["rules"] == {name: alone[name] for name in ("macro_f1", "precision", "recall", "specificity")}
    assert result["rules_or_suggestions"]["recall"] == 0.6667  # type: ignore[index]
    assert result["by_functionality"] == {"derog": [3, 1], "ident": [1, 0]}
    assert "proposer" not in alone

"""`python -m benchmarks.accuracy DATA [NAME ...]`: run the benchmarks of judgement, keep their lines, and write the page.

Every line lands in `docs/accuracy.json` with the command, the setting and the day; `docs/accuracy.md` is written from those lines
alone, so that no figure on the page was typed. With names, only those are run again. Without DATA, only the page is written.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from benchmarks import accuracy_page, attribution_names, attribution_records, extraction, harmless, masking, relevance
from benchmarks.setting import VERSIONS

DOCS = Path(__file__).resolve().parent.parent / "docs"
CASES = Path(__file__).resolve().parent / "cases"
LINES, PAGE = DOCS / "accuracy.json", DOCS / "accuracy.md"


class Run(NamedTuple):
    """One benchmark on one file: how it is called, and what measures it."""

    command: str
    measure: Callable[[Path], Mapping[str, object]]


RUNS: dict[str, Run] = {
    "hatecheck": Run(
        "relevance DATA/relevance/hatecheck.csv", lambda data: relevance.measure(data / "relevance/hatecheck.csv")
    ),
    "news": Run(
        "relevance DATA/relevance/news_sentences.csv",
        lambda data: relevance.measure(data / "relevance/news_sentences.csv"),
    ),
    "figurative": Run(
        "relevance benchmarks/cases/figurative.csv", lambda _: relevance.measure(CASES / "figurative.csv")
    ),
    "unseen": Run("relevance benchmarks/cases/unseen.csv", lambda _: relevance.measure(CASES / "unseen.csv")),
    "unseen-mended": Run("relevance benchmarks/cases/unseen.csv", lambda _: relevance.measure(CASES / "unseen.csv")),
    "fresh": Run("relevance benchmarks/cases/fresh.csv", lambda _: relevance.measure(CASES / "fresh.csv")),
    "fresh-mended": Run("relevance benchmarks/cases/fresh.csv", lambda _: relevance.measure(CASES / "fresh.csv")),
    "categories": Run(
        "relevance benchmarks/cases/categories.csv", lambda _: relevance.measure(CASES / "categories.csv")
    ),
    "blind-a": Run("relevance benchmarks/cases/blind_a.csv", lambda _: relevance.measure(CASES / "blind_a.csv")),
    "blind-a-mended": Run("relevance benchmarks/cases/blind_a.csv", lambda _: relevance.measure(CASES / "blind_a.csv")),
    "blind-b": Run("relevance benchmarks/cases/blind_b.csv", lambda _: relevance.measure(CASES / "blind_b.csv")),
    "harmless": Run("harmless DATA/relevance test", lambda data: harmless.measure(data / "relevance", "test")),
    "harmless-dev": Run("harmless DATA/relevance dev", lambda data: harmless.measure(data / "relevance", "dev")),
    "masking": Run(
        "masking DATA/masking/tab.jsonl DATA/relevance/news_sentences.csv",
        lambda data: masking.measure(data / "masking/tab.jsonl", data / "relevance/news_sentences.csv"),
    ),
    "names": Run(
        "attribution_names DATA/attribution/name_pairs.csv",
        lambda data: attribution_names.measure(data / "attribution/name_pairs.csv"),
    ),
    "records": Run(
        "attribution_records DATA/attribution/same_name_records.csv",
        lambda data: attribution_records.measure(data / "attribution/same_name_records.csv"),
    ),
    "extraction": Run("extraction DATA/extraction", lambda data: extraction.measure(data / "extraction")),
}
"""Every benchmark of the page, in its order."""

ONCE = frozenset({"unseen", "fresh", "blind-a", "blind-b"})
"""Measured once, before the rules were changed after them; what they give since stands under `-mended`."""


def collect(data: Path, names: tuple[str, ...]) -> None:
    """Run benchmarks, and keep their lines beside those that were kept before."""
    lines = stored()
    for name in names or tuple(name for name in RUNS if name not in ONCE):
        run = RUNS[name]
        lines[name] = {
            "command": f"python -m benchmarks.{run.command}",
            "day": datetime.now(UTC).date().isoformat(),
            "setting": VERSIONS,
            "figures": dict(run.measure(data)),
        }
        LINES.write_text(json.dumps(lines, indent=1, ensure_ascii=False, sort_keys=True) + "\n", encoding="utf-8")


def stored() -> dict[str, dict[str, object]]:
    """Return the lines that were kept; none where there is no file."""
    return dict(json.loads(LINES.read_text(encoding="utf-8"))) if LINES.exists() else {}


def page() -> str:
    """Return the page, as the lines that were kept make it."""
    return accuracy_page.page(stored(), tuple(RUNS))


if __name__ == "__main__":
    if len(sys.argv) > 1:
        collect(Path(sys.argv[1]), tuple(sys.argv[2:]))
    PAGE.write_text(page(), encoding="utf-8")

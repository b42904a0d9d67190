"""How well the text of a page is taken out: `python -m benchmarks.extraction FOLDER`.

FOLDER holds `ground_truth.json` (by page: articleBody, url) and `html/<page>.html.gz`. The figures are those of the article-extraction
benchmark that the pages come from: shared runs of four words count as found, text by text; precision and recall are means over the
pages on which they are defined, and F1 is taken of those two.
"""

from __future__ import annotations

import gzip
import json
import re
import sys
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks.intervals import interval, percent, share
from footprint.web.html import parse_page

_TOKEN = re.compile(r"\w+")
_SHINGLE = 4


class Page(NamedTuple):
    """How one page was read: shares of its runs of words, that sum to 1."""

    name: str
    hit: float
    wrong: float
    missed: float


def shingles(text: str) -> Counter[tuple[str, ...]]:
    """Return the runs of four words of a text, each with how often it stands there; a shorter text is one run."""
    words = _TOKEN.findall(text)
    if not words:
        return Counter()
    return Counter(tuple(words[start : start + _SHINGLE]) for start in range(max(1, len(words) - _SHINGLE + 1)))


def compare(name: str, truth: str, read: str) -> Page:
    """Return what of a text was found, what was found beside it, and what was missed."""
    wanted, got = shingles(truth), shingles(read)
    counts = Counter[str]()
    for run in wanted.keys() | got.keys():
        hit = min(wanted[run], got[run])
        counts.update(hit=hit, wrong=max(0, got[run] - wanted[run]), missed=max(0, wanted[run] - got[run]))
    whole = sum(counts.values())
    return Page(name, *(share(counts[key], whole) for key in ("hit", "wrong", "missed")))


def precision(pages: Sequence[Page]) -> float:
    """Return the mean share of what was read that belongs to the text."""
    known = [share(page.hit, page.hit + page.wrong) for page in pages if page.hit + page.wrong]
    return share(sum(known), len(known))


def recall(pages: Sequence[Page]) -> float:
    """Return the mean share of the text that was read."""
    known = [share(page.hit, page.hit + page.missed) for page in pages if page.hit + page.missed]
    return share(sum(known), len(known))


def f1(pages: Sequence[Page]) -> float:
    """Return the harmonic mean of the two."""
    return share(2 * precision(pages) * recall(pages), precision(pages) + recall(pages))


def measure(folder: Path) -> dict[str, object]:
    """Print the table and the line of figures of a folder, and return the figures."""
    truth = json.loads((folder / "ground_truth.json").read_text(encoding="utf-8"))
    sources = {name: gzip.decompress((folder / "html" / f"{name}.html.gz").read_bytes()) for name in truth}
    start = time.process_time()
    texts = {
        name: parse_page(body, truth[name].get("url") or "https://site.example/") for name, body in sources.items()
    }
    spent = time.process_time() - start
    pages = [compare(name, truth[name].get("articleBody") or "", texts[name].text) for name in truth]
    print(f"setting: footprint.web.html.parse_page; {len(pages)} pages")
    for figure in (precision, recall, f1):
        print(f"{figure.__name__:<12}{percent(figure(pages), interval(pages, lambda page: page.name, figure))}")
    result: dict[str, object] = {
        "precision": round(precision(pages), 4),
        "recall": round(recall(pages), 4),
        "f1": round(f1(pages), 4),
        "f1_interval": [round(end, 4) for end in interval(pages, lambda page: page.name, f1)],
        "pages_per_second": round(share(len(pages), spent), 1),
    }
    print(json.dumps(result))
    return result


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python -m benchmarks.extraction FOLDER")
    measure(Path(sys.argv[1]))

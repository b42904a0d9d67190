"""How well masking hides people and their characteristics: `python -m benchmarks.masking FILE.jsonl [NEWS.csv]`.

FILE is in the form of the Text Anonymization Benchmark: one document a line with `text` and `entities`. A span of a characteristic
(confidential_status) or of an entity type is *masked* where a mask touches it; a DIRECT identifier only where every word of it is
covered, titles apart. A false mask is one of the classes of characteristics that touches no annotated span; masks of third parties
that touch none are counted apart, for names of passers-by are masked on purpose. NEWS.csv (column text) has no annotation: every
mask of a characteristic there counts as false.
"""

from __future__ import annotations

import csv
import json
import re
import sys
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks.floor import words_per_second
from benchmarks.intervals import interval, percent, share
from benchmarks.setting import CANDIDATE, LEXICONS, VERSIONS
from footprint.filters.masking import CLASSES, OWN, mask
from footprint.model.decision import Span

SENSITIVE = ("BELIEF", "POLITICS", "SEX", "HEALTH", "ETHNIC")
_WORD = re.compile(r"\w+")
_TITLES = frozenset({"mr", "mrs", "ms", "miss", "mx", "dr", "prof", "no", "nos", "and", "the", "of"})


class Annotated(NamedTuple):
    """One annotated span."""

    start: int
    end: int
    types: tuple[str, ...]
    """Its entity type, and its confidential status where it has one."""
    is_direct: bool


class Document(NamedTuple):
    """One document with what was masked in it."""

    text: str
    spans: tuple[Annotated, ...]
    masks: tuple[Span, ...]

    def touched(self, start: int, end: int) -> bool:
        """Return whether a mask touches an extent."""
        return any(found.start < end and start < found.end for found in self.masks)

    def is_masked(self, span: Annotated) -> bool:
        """Return whether a span is hidden: a direct identifier wholly, any other in part."""
        if not span.is_direct:
            return self.touched(span.start, span.end)
        words = list(_WORD.finditer(self.text, span.start, span.end))
        telling = [word for word in words if word.group().lower() not in _TITLES] or words
        return all(self.touched(word.start(), word.end()) for word in telling)

    def false_masks(self, classes: frozenset[str]) -> int:
        """Return how many masks of some classes touch no annotated span."""
        return sum(
            found.what in classes and not any(found.start < span.end and span.start < found.end for span in self.spans)
            for found in self.masks
        )


def read(path: Path) -> Iterator[tuple[str, tuple[Annotated, ...]]]:
    """Yield the text and the spans of each document."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            yield row["text"], tuple(_annotated(entity) for entity in row.get("entities", ()))


def _annotated(entity: dict[str, object]) -> Annotated:
    status = str(entity.get("confidential_status") or "NOT_CONFIDENTIAL")
    types = (str(entity.get("entity_type") or "NONE"), *((status,) if status != "NOT_CONFIDENTIAL" else ()))
    start, end = int(str(entity["start_offset"])), int(str(entity["end_offset"]))
    return Annotated(start, end, types, entity.get("identifier_type") == "DIRECT")


def hide(text: str) -> tuple[Span, ...]:
    """Return what is masked of a text, in every class that there is."""
    return mask(text, candidate=CANDIDATE, classes=CLASSES, lexicons=LEXICONS).masks


def masked_of(documents: Sequence[Document], type: str) -> list[int]:
    """Return how many spans of a type there are, and how many are masked."""
    spans = [document.is_masked(span) for document in documents for span in document.spans if type in span.types]
    return [len(spans), sum(spans)]


def direct_of(documents: Sequence[Document]) -> list[int]:
    """Return how many direct identifiers there are, and how many are masked."""
    spans = [document.is_masked(span) for document in documents for span in document.spans if span.is_direct]
    return [len(spans), sum(spans)]


def _per_thousand(documents: Sequence[Document], classes: frozenset[str]) -> float:
    words = sum(len(document.text.split()) for document in documents)
    return 1000 * share(sum(document.false_masks(classes) for document in documents), words)


def measure(path: Path, news: Path | None = None) -> dict[str, object]:
    """Print the table and the line of figures of a file, and return the figures."""
    rows = list(read(path))
    hide(rows[0][0][:2000] if rows else "")
    start = time.process_time()
    hidden = [hide(text) for text, _ in rows]
    spent = time.process_time() - start
    documents = [Document(text, spans, masks) for (text, spans), masks in zip(rows, hidden, strict=True)]
    by_type = {type: masked_of(documents, type) for type in _types(documents)}
    print(f"setting: every class; {VERSIONS}")
    print(f"{len(documents)} documents, {sum(len(text) for text, _ in rows)} characters")
    for type, (count, masked) in by_type.items():
        bounds = _bounds(documents, type)
        print(f"{type:<12}{count:6}  masked {percent(share(masked, count), bounds)}")
    direct = direct_of(documents)
    ends = interval(
        list(enumerate(documents)), _number, lambda drawn: share(*reversed(direct_of([d for _, d in drawn])))
    )
    print(f"{'DIRECT':<12}{direct[0]:6}  masked {percent(share(direct[1], direct[0]), ends)}")
    result: dict[str, object] = {
        "by_type": by_type,
        "direct": direct,
        "false_masks_per_1000_words": round(_per_thousand(documents, OWN), 2),
        "false_third_party_masks_per_1000_words": round(_per_thousand(documents, CLASSES - OWN), 2),
        "chars_per_second": round(share(sum(len(text) for text, _ in rows), spent)),
        "of_floor": round(
            share(sum(len(text) for text, _ in rows) / max(spent, 1e-9), words_per_second([text for text, _ in rows])),
            5,
        ),
        "direct_interval": [round(end, 4) for end in ends],
    }
    if news is not None:
        result["news_false_masks_per_1000_words"] = round(on_news(news), 2)
    print(json.dumps(result))
    return result


def on_news(path: Path) -> float:
    """Return the masks of characteristics in a thousand words of texts that tell of no candidate."""
    with path.open(encoding="utf-8", newline="") as lines:
        texts = [row["text"] for row in csv.DictReader(lines)]
    documents = [Document(text, (), hide(text)) for text in texts]
    kinds: dict[str, int] = defaultdict(int)
    for document in documents:
        for found in document.masks:
            kinds[found.what] += 1
    print(f"news: masks by class {dict(sorted(kinds.items()))}")
    return _per_thousand(documents, OWN)


def _types(documents: Sequence[Document]) -> list[str]:
    seen = {type for document in documents for span in document.spans for type in span.types}
    return [*(type for type in SENSITIVE if type in seen), *sorted(seen - set(SENSITIVE))]


def _number(numbered: tuple[int, Document]) -> str:
    return str(numbered[0])


def _bounds(documents: Sequence[Document], type: str) -> tuple[float, float]:
    counts = [masked_of([document], type) for document in documents]
    return interval(
        list(enumerate(counts)),
        lambda numbered: str(numbered[0]),
        lambda drawn: share(sum(each[1] for _, each in drawn), sum(each[0] for _, each in drawn)),
    )


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3):
        sys.exit("usage: python -m benchmarks.masking FILE.jsonl [NEWS.csv]")
    measure(Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) == 3 else None)

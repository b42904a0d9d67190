"""Steps (4) to (7) once more, with the candidate's answers: their last word on an item changes its tier. Pure.

What the tool said stays beside the answer, and every finding keeps its number in every edition: those of the first issue
theirs, and what the candidate called their own the next ones, in the order in which they did.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple, TypeVar

from footprint.attribution.confirmation import confirmed
from footprint.judging import Bench, Judged, judge
from footprint.model.answered import Said, last_answers
from footprint.model.attribution import Answer, Attribution
from footprint.model.finding import Finding
from footprint.model.observation import Observation
from footprint.model.report import AnsweredItem
from footprint.model.review import CaseReview
from footprint.model.suggestion import Suggestion
from footprint.review.answers import ever_claimed

Pair = tuple[Observation, Attribution]
Copy = tuple[str, int]
Shown = TypeVar("Shown", Finding, Suggestion)


class Answered(NamedTuple):
    """What came of the observations, with the answers taken into account."""

    judged: Judged
    items: tuple[AnsweredItem, ...]
    """By the number of the answer's entry."""


def judge_answered(pairs: Iterable[Pair], review: CaseReview, through: int, bench: Bench) -> Answered:
    """Judge attributed observations as the answers up to one entry of the review leave them."""
    alone = tuple(pairs)
    said = last_answers(review, through)
    if not said:
        return Answered(judge(alone, bench), ())
    judged = judge((with_answer(pair, said) for pair in alone), bench)
    numbers = _numbers(alone, ever_claimed(review, through), bench)
    findings = tuple(each.but(id=numbers[copy]) for copy, each in _copies(judged.findings))
    suggestions = tuple(each.but(id=numbers[copy]) for copy, each in _copies(judged.suggestions))
    items = (_item(pair, said[pair[0].id], bench) for pair in alone if pair[0].id in said)
    judged = replace(judged, findings=findings, suggestions=suggestions)
    return Answered(judged, tuple(sorted(items, key=lambda item: item.entry)))


def with_answer(pair: Pair, said: Mapping[str, Said]) -> Pair:
    """Return an observation with its attribution as the candidate's answer leaves it."""
    observation, attribution = pair
    last = said.get(observation.id)
    return pair if last is None else (observation, confirmed(attribution, last.answer))


def _numbers(alone: tuple[Pair, ...], claimed: tuple[str, ...], bench: Bench) -> dict[Copy, str]:
    """Return the id of each finding and suggestion by its observation and which copy of it, so that a verdict on F03 stays one on F03."""
    numbers = _shown(judge(alone, bench))
    by_id: dict[str, list[Pair]] = {}
    for observation, attribution in alone:
        by_id.setdefault(observation.id, []).append((observation, confirmed(attribution, Answer.MINE)))
    for claim in claimed:
        for copy, id in _shown(judge(by_id.get(claim, ()), bench)).items():
            if copy not in numbers:
                taken = sum(number.startswith(id[0]) for number in numbers.values())
                numbers[copy] = f"{id[0]}{taken + 1:02d}"
    return numbers


def _shown(judged: Judged) -> dict[Copy, str]:
    findings = {copy: each.id for copy, each in _copies(judged.findings)}
    return findings | {copy: each.id for copy, each in _copies(judged.suggestions)}


def _copies(shown: Iterable[Shown]) -> Iterator[tuple[Copy, Shown]]:
    """Yield findings, or suggestions, with their observation and which copy of it each is: two feeds may list one article."""
    seen: Counter[str] = Counter()
    for each in shown:
        yield (each.observation, seen[each.observation]), each
        seen[each.observation] += 1


def _item(pair: Pair, said: Said, bench: Bench) -> AnsweredItem:
    observation, attribution = pair
    return AnsweredItem(
        item=said.item,
        observation=observation.id,
        answer=said.answer,
        received=said.received,
        entry=said.entry,
        tool_tier=attribution.tier,
        tool_reason=attribution.reason,
        tier=confirmed(attribution, said.answer).tier,
        commitment=bench.commit(f"{observation.text}\n{observation.context}"),
    )

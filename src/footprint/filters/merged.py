"""Several lexicons as one, so that a text is read once and not once for each."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from footprint.model.lexicon import Lexicon, TopicRule

_REFERENCE = re.compile(r"\{([^{}]+)\}")


def merged(lexicons: Iterable[Lexicon], wanted: Callable[[TopicRule], bool]) -> Lexicon | None:
    """Return one lexicon with the wanted rules of several and the groups they use; None where no rule is wanted.

    Each group keeps its name, with the id of its lexicon behind it: `target.threats`. The version is of no use and stays empty of
    meaning; who cites a rule cites the version of the lexicon that it came from.
    """
    groups: dict[str, tuple[str, ...]] = {}
    rules: list[TopicRule] = []
    for lexicon in lexicons:
        chosen = [rule for rule in lexicon.rules if wanted(rule)]
        rules.extend(_renamed(rule, lexicon.id) for rule in chosen)
        for name in _used(lexicon, chosen):
            groups[f"{name}.{lexicon.id}"] = tuple(
                _REFERENCE.sub(rf"{{\1.{lexicon.id}}}", term) for term in lexicon.groups[name]
            )
    if not rules:
        return None
    return Lexicon(id="merged", version="1", title="Merged", source="Other lexicons", groups=groups, rules=tuple(rules))


def _renamed(rule: TopicRule, id: str) -> TopicRule:
    def names(groups: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(f"{group}.{id}" for group in groups)

    return rule.but(
        step=None,
        needs=names(rule.needs),
        unless=names(rule.unless),
        barred=names(rule.barred),
        order=names(rule.order),
    )


def _used(lexicon: Lexicon, rules: Iterable[TopicRule]) -> list[str]:
    """Return the groups that rules use, and those that the terms of these refer to, in the order of the lexicon."""
    used: set[str] = set()
    waiting = {group for rule in rules for group in (*rule.needs, *rule.unless, *rule.barred)}
    while waiting:
        used |= waiting
        named = {name for group in waiting for term in lexicon.groups[group] for name in _REFERENCE.findall(term)}
        waiting = named - used
    return [group for group in lexicon.groups if group in used]

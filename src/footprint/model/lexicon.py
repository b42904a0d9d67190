"""Words as data: named groups of terms, and rules that say which groups together mean what."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field, model_validator

from footprint.model.decision import Citation
from footprint.model.finding import Category, ContextKind, SeverityStep
from footprint.model.record import Id, Line, Record


class TopicRule(Record):
    """A rule that holds where one term of every needed group stands close together in one sentence."""

    id: Id
    needs: Annotated[tuple[Id, ...], Field(min_length=1)]
    """Groups of this lexicon; the first is the anchor."""
    unless: tuple[Id, ...] = ()
    """Groups of which none may stand in the same sentence."""
    order: tuple[Id, ...] = ()
    """Where order matters: the needed groups in the order in which their terms must stand."""
    barred: tuple[Id, ...] = ()
    """Groups of which no term may stand between the terms that are found, or reach beyond one of them."""
    within: Annotated[int, Field(ge=0, le=60)] = 8
    """Words that may lie between the anchor and each other term."""
    category: Category | None = None
    """For relevance lexicons: what it is found to be."""
    step: int | None = None
    """For relevance lexicons: the step of severity it stands for, one of the lexicon's."""
    open: ContextKind | None = None
    """For relevance lexicons: what its words leave open by themselves, so that it is only ever for review; None for a plain rule."""
    brief: bool = False
    """For relevance lexicons: its words are ordinary ones, so that it is for review where others stand beside them that it has no use for."""
    reason: Line
    citation: Citation | None = None
    """For relevance lexicons; legality rules bring their own."""

    @model_validator(mode="after")
    def _orders_what_it_needs(self) -> Self:
        if self.order and sorted(self.order) != sorted(self.needs):
            msg = "order must name each needed group once"
            raise ValueError(msg)
        return self


class Lexicon(Record):
    """Terms and rules about one matter, with a version that every decision cites."""

    id: Id
    version: Line
    title: Line
    source: Line
    """Where the terms come from."""
    groups: dict[Id, tuple[Line, ...]]
    """Terms in lower case; several words are allowed, and a final `*` stands for any ending, `{group}` for each term of that group."""
    rules: Annotated[tuple[TopicRule, ...], Field(min_length=1)]
    steps: tuple[SeverityStep, ...] = ()
    """For relevance lexicons: the steps of severity, with their definitions."""

    def step_of(self, rule: TopicRule) -> SeverityStep | None:
        """Return the step that a rule stands for; None where it has none."""
        return next((step for step in self.steps if step.step == rule.step), None)

    @model_validator(mode="after")
    def _rules_name_known_steps(self) -> Self:
        for rule in self.rules:
            if rule.step is not None and self.step_of(rule) is None:
                msg = f"rule {rule.id} names the step {rule.step}, which does not exist"
                raise ValueError(msg)
        return self

    @model_validator(mode="after")
    def _rules_name_known_groups(self) -> Self:
        for rule in self.rules:
            for group in (*rule.needs, *rule.unless, *rule.barred):
                if group not in self.groups:
                    msg = f"rule {rule.id} names the group {group}, which does not exist"
                    raise ValueError(msg)
        return self

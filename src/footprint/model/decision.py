"""The answer of one rule, and the order of effects."""

from __future__ import annotations

from enum import StrEnum

from pydantic import model_validator

from footprint.model.record import Id, Line, Record


class Effect(StrEnum):
    """What a rule asks for, from weakest to strictest; the strictest wins."""

    PERMIT = "permit"
    REVIEW = "review"
    MASK = "mask"
    SEAL = "seal"
    EXCLUDE = "exclude"

    @property
    def strictness(self) -> int:
        """Position in the order PERMIT < REVIEW < MASK < SEAL < EXCLUDE."""
        return list(Effect).index(self)


class Citation(Record):
    """Where a rule comes from."""

    article: Line
    """`Equality Act 2010 s.4`."""
    address: str = ""
    """Where its text can be read."""
    confirmed: bool
    """False where the text was not read at the address: shown as "confirm with counsel"."""

    @property
    def label(self) -> str:
        """The article, with its warning where it needs one."""
        return self.article if self.confirmed else f"{self.article} (confirm with counsel)"


class Span(Record):
    """A stretch of the observation's text, in characters: start inclusive, end exclusive."""

    start: int
    end: int
    what: Id
    """What it is: `target`, `predicate`, `quotation`, a class of mask."""

    @model_validator(mode="after")
    def _is_in_order(self) -> Span:
        if not 0 <= self.start < self.end:
            msg = "a span must begin at 0 or later and end after its start"
            raise ValueError(msg)
        return self


class Decision(Record):
    """The answer of one rule about one observation."""

    rule: Id
    version: Line
    """Version of the pack or lexicon that holds the rule."""
    effect: Effect
    reason: Line
    """One sentence without names or page text."""
    citation: Citation
    spans: tuple[Span, ...] = ()


def strictest(decisions: tuple[Decision, ...]) -> Effect:
    """Return the strictest effect; EXCLUDE where there is no decision, for no rule means no permission."""
    return max((decision.effect for decision in decisions), key=lambda e: e.strictness, default=Effect.EXCLUDE)

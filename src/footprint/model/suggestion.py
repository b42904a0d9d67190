"""What a model proposes for a person to look at: never a finding, never counted with findings, never with a severity."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Self

from pydantic import Field, model_validator

from footprint.model.attribution import Tier
from footprint.model.decision import Span
from footprint.model.finding import Category, MaskedText
from footprint.model.observation import Engagement
from footprint.model.record import Id, Line, Moment, Record, Sha256


class Band(StrEnum):
    """How far a text lies over the threshold. Two words, and no number, are what a reader gets."""

    JUST = "just-over"
    WELL = "well-over"


class WeighedTerm(Record):
    """A word that speaks for a suggestion: where it stands, and what it adds. Never the word itself."""

    span: Span
    weight: float
    """What it adds to the sum that the score is made of; for a model of the user's own, by how much the score falls without it."""


class SuggestionSource(Record):
    """The model that proposed, by which anybody can tell whether theirs is the same."""

    name: Line
    kind: Line
    """`linear` or `onnx`."""
    version: Line
    sha256: Sha256
    """Of the file that holds it."""
    threshold: Annotated[float, Field(gt=0, lt=1)]


LINEAR = "linear"
"""The model that ships."""


class ProposerSettings(Record):
    """`[proposer]` of footprint.toml: which model may propose. Without it none does."""

    model: Annotated[Line, Field(pattern=r"^(linear|[A-Za-z0-9][A-Za-z0-9._-]{0,99}\.onnx)$")]
    """`linear` for the table that ships, or the name of an .onnx file in the workspace, without a folder."""
    sha256: Sha256 | None = None
    """Of the .onnx file: another file is not loaded."""
    threshold: Annotated[float, Field(ge=0.5, lt=1)] | None = None
    """The score from which on a text is suggested; the table that ships brings its own, which this may only raise."""
    positive: Annotated[int, Field(ge=0, le=99)] = 1
    """Of an .onnx file with several classes: the column of the one that is looked for."""

    @property
    def is_own(self) -> bool:
        """True for a model of the user's own."""
        return self.model != LINEAR

    @model_validator(mode="after")
    def _names_one_file(self) -> Self:
        if self.is_own and (self.sha256 is None or self.threshold is None):
            msg = "an .onnx file needs its sha256 and a threshold"
            raise ValueError(msg)
        if not self.is_own and self.sha256 is not None:
            msg = "sha256 is for an .onnx file; the table that ships is known by the report's digest"
            raise ValueError(msg)
        return self


class Why(StrEnum):
    """What came of considering a text; the first limit that it met."""

    SUGGESTED = "suggested"
    WITHHELD = "withheld"
    NOT_ASKED = "not-asked"
    """Consent, role and policy do not all name the category."""
    FOUND = "found"
    """A rule found something: it stands in the report."""
    NOT_OWN = "not-own-words"
    NOT_NEAR = "not-near"
    """No group is named with hostile words near it."""
    CONTEXT = "context"
    """A context explains it."""
    BELOW = "below"
    """The score does not reach the threshold."""


class Considered(Record):
    """What came of considering a text."""

    why: Why
    clause: Line | None = None
    """The clause of the policy that makes the category relevant; None where the model was not asked."""
    score: Annotated[float, Field(ge=0, le=1)] | None = None
    """Rounded to two places; None where the model was not asked."""
    band: Band | None = None
    """None where the score does not reach the threshold."""
    stands_near: tuple[Span, ...] = ()
    terms: tuple[WeighedTerm, ...] = ()


class Suggestion(Record):
    """A lawful statement of the candidate's own in which no rule found anything, and which a model proposes to look at. Unreviewed."""

    id: Id
    """`S01`: counted apart from findings, newest first."""
    observation: Id
    source: Id
    url: str
    excerpt: MaskedText
    surroundings: MaskedText
    """The words of others it answers or quotes; empty text where there are none."""
    engagement: Engagement
    posted_at: Moment
    tier: Tier
    category: Category
    policy_clause: Line
    band: Band
    stands_near: tuple[Span, ...]
    """The group that is named and the hostile words near it, without which nothing is suggested."""
    terms: tuple[WeighedTerm, ...] = ()
    """The words that speak most for it, in the order of their weight; none that is masked."""
    captured_at: Moment
    evidence: Id
    evidence_sha256: Sha256

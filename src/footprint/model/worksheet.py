"""Worksheets: the questions that a rule wants answered before a verdict, and what follows from the answers."""

from __future__ import annotations

from enum import StrEnum

from footprint.model.record import Record, Sentence


class WorksheetKind(StrEnum):
    """Which worksheet."""

    BELIEF = "belief"
    CONTEXT = "context"
    PROPORTIONALITY = "proportionality"


class Answer(StrEnum):
    """A reviewer's answer to a closed question. Not knowing is an answer."""

    YES = "yes"
    NO = "no"
    UNCLEAR = "unclear"


class BeliefResult(StrEnum):
    """What follows from a belief worksheet. Reports show this, never the belief."""

    NOT_A_BELIEF = "not-a-belief"
    PROTECTED = "protected"
    """A belief or its manifestation, and nothing objectionable in its manner: it must not be used."""
    MANNER = "manner"
    """The manner, not the belief, may be weighed, in proportion."""
    UNCLEAR = "unclear"
    """It must not be used unless somebody can tell."""


class BeliefWorksheet(Record):
    """Protected belief and its manifestation (Equality Act 2010 s.10; Higgs v Farmor's School [2025] EWCA Civ 109).

    Which belief it is, is not asked: nobody needs to know.
    """

    is_belief: Answer
    """Do the words voice a religion, a philosophical or political belief, or the lack of one?"""
    is_manifestation: Answer
    """Are the words closely and directly connected with the belief: a way of living or voicing it?"""
    is_manner_objectionable: Answer
    """Is the manner, looked at by an outsider, objectionable: abuse, threats, incitement? Dislike of the belief is not."""
    manner: Sentence
    """What it is about the manner; for a no, why not."""
    audience: Sentence
    """Who could see it, and who did."""
    is_original: Answer
    """The candidate's own words, and not passed on from another?"""
    proportionality: Sentence
    """Aim, link, less intrusive means, balance: is any use of it a proportionate answer? Was anyone harmed?"""

    @property
    def result(self) -> BeliefResult:
        """What follows: where the answers do not settle it, `unclear`."""
        if self.is_belief is Answer.NO:
            return BeliefResult.NOT_A_BELIEF
        if self.is_manner_objectionable is Answer.NO:
            return BeliefResult.PROTECTED
        if Answer.UNCLEAR in (self.is_belief, self.is_manifestation, self.is_manner_objectionable):
            return BeliefResult.UNCLEAR
        return BeliefResult.MANNER


class ContextChecklist(Record):
    """What else the words may be: looked at before they are held against anyone."""

    alternatives: Sentence
    """Other explanations that were weighed."""
    is_sarcasm: Answer
    is_lyrics: Answer
    """Lyrics, a title, a line of a film, a running joke."""
    is_quotation: Answer
    """Somebody else's words, quoted, reported or answered."""
    is_translation: Answer
    """Does the meaning hang on a translation or on a variety of the language that the reviewer does not speak?"""


class Proportionality(Record):
    """Whether an item is worth weighing at all (APP Vetting: time, age, seriousness, pattern; confirm with counsel)."""

    age: Sentence
    """How old the candidate was."""
    recency: Sentence
    """How long ago, and what has been since."""
    pattern: Sentence
    """Once, or again and again."""
    harm: Sentence
    """Who was harmed, and how; or that there is no sign of it."""
    insight: Sentence
    """What the candidate says of it now: removed, explained, regretted, repeated."""

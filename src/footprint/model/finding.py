"""What survived for a person to grade, and what was withheld."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from footprint.model.attribution import Attribution
from footprint.model.decision import Decision, Effect, Span
from footprint.model.observation import Engagement
from footprint.model.record import Id, Line, Moment, Record, Sha256


class Category(StrEnum):
    """Conduct that can bear on a role. Role packs say which do, and why."""

    THREATS = "threats-and-violence"
    DISCRIMINATION = "unlawful-discrimination"
    HARASSMENT = "harassment-and-bullying"
    SEXUAL = "sexual-misconduct"
    DRUGS = "unlawful-drugs"
    FRAUD = "fraud-and-dishonesty"
    EXTREMISM = "extremism-and-proscribed-support"
    DISCLOSURE = "confidential-disclosure"
    DISREPUTE = "disrepute"


CATEGORY_TITLES = {
    Category.THREATS: "Threats and violence",
    Category.DISCRIMINATION: "Unlawful discrimination",
    Category.HARASSMENT: "Harassment and bullying",
    Category.SEXUAL: "Sexual misconduct",
    Category.DRUGS: "Unlawful drugs",
    Category.FRAUD: "Fraud and dishonesty",
    Category.EXTREMISM: "Extremism and support of proscribed organisations",
    Category.DISCLOSURE: "Disclosure of confidential information",
    Category.DISREPUTE: "Bringing the service into disrepute",
}
"""Titles for readers."""


class ContextKind(StrEnum):
    """What changes how words are to be read. Context downgrades to REVIEW; it never deletes."""

    QUOTATION = "quotation"
    COUNTER_SPEECH = "counter-speech"
    FIGURATIVE = "figurative"
    REPOST_WITH_COMMENT = "repost-with-comment"
    NEGATION = "negation"
    REPORT = "report"
    RECLAIMED = "reclaimed"
    FICTION = "fiction"
    SARCASM = "sarcasm"
    HOMONYM = "homonym"
    REPLY_TO_ABUSE = "reply-to-abuse"


class SeverityStep(Record):
    """A step of what a category covers, with its definition. It orders conduct; it scores nobody and adds nothing up."""

    step: Annotated[int, Field(ge=1, le=4)]
    title: Line
    definition: Line


class Relevance(Record):
    """One category that a rule found in the lawful text of one observation."""

    observation: Id
    category: Category
    decision: Decision
    """PERMIT: shown as a finding. REVIEW: shown with the context that may explain it."""
    context: tuple[ContextKind, ...] = ()
    policy_clause: Line
    """Clause of the organisation's policy that makes it matter: `SMP-01 4.2`."""
    severity: SeverityStep | None = None
    """The step that the rule stands for, with its definition; None where the rule has none."""


class BesideKind(StrEnum):
    """What speaks for the candidate beside a finding."""

    APOLOGY = "apology"
    WITHDRAWAL = "withdrawal"
    """It was deleted, taken back or corrected."""
    COMMUNITY_WORK = "community-work"
    SUPPORT = "support"
    """The candidate stood up for the people concerned."""


class Beside(Record):
    """Mitigating or positive evidence beside a finding: a rule and a place. Never weighed by a machine, and never a text."""

    kind: BesideKind
    rule: Id
    version: Line
    reason: Line
    observation: Id
    evidence: Id
    posted_at: Moment | None = None


class Repetition(Record):
    """How often a category was found in this case, and over what time: facts, never a score."""

    category: Category
    others: Annotated[int, Field(ge=0)]
    """Other findings of the same category."""
    first: Moment
    last: Moment


class MaskedText(Record):
    """A text for the decision view: what is masked is replaced by its class."""

    text: str
    masks: tuple[Span, ...] = ()
    """Where each mask stands, in characters of the original; `what` is the class."""

    @property
    def classes(self) -> tuple[str, ...]:
        """The classes that were masked, once each, sorted."""
        return tuple(sorted({span.what for span in self.masks}))


class Finding(Record):
    """An observation that survived: attributed, lawful, relevant and masked. A person grades it."""

    id: Id
    """`F01`: counted in the report, newest first."""
    observation: Id
    source: Id
    url: str
    excerpt: MaskedText
    surroundings: MaskedText
    """The words of others it answers or quotes; empty text where there are none."""
    engagement: Engagement
    posted_at: Moment
    posted_at_from: str
    attribution: Attribution
    relevances: tuple[Relevance, ...]
    decisions: tuple[Decision, ...]
    """What the legality rules said: each let it pass, or asked for a mask."""
    captured_at: Moment
    evidence: Id
    evidence_sha256: Sha256
    record_id: Line
    days_before_capture: Annotated[int, Field(ge=0)] | None = None
    """How many days before it was read it had been posted: recency, as a fact."""
    repetition: tuple[Repetition, ...] = ()
    beside: tuple[Beside, ...] = ()
    """What speaks for the candidate: in the same statement, or in another that was lawfully read."""

    @property
    def needs_context(self) -> bool:
        """True where every relevance asks for a look at the context first."""
        return all(relevance.decision.effect is Effect.REVIEW for relevance in self.relevances)


class WithheldReason(StrEnum):
    """At which step an observation was withheld."""

    NAMESAKE = "namesake"
    """Someone else's: of another person of the name, or of a guest on the candidate's own site."""
    UNDETERMINED = "undetermined"
    EXCLUDED = "excluded"
    SEALED = "sealed"


class Withheld(Record):
    """An observation that no decision-maker sees: ids, a salted digest and rule ids. Never the text."""

    observation: Id
    source: Id
    reason: WithheldReason
    rules: tuple[Decision, ...] = ()
    """The rules that withheld it; their spans are dropped. Empty for a namesake."""
    commitment: Sha256
    """HMAC-SHA256 of the text under the case's salt: proves later what was withheld, says nothing without the salt."""
    evidence: Id


class SealedItem(Record):
    """A sealed observation as the second person's vault keeps it: the text, for whoever may unlock it under the law."""

    observation: Id
    source: Id
    url: str
    text: str
    context: str = ""
    """The words of others that it answers or quotes."""
    engagement: Engagement
    posted_at: Moment | None = None
    rules: tuple[Id, ...]
    """The rules that sealed it."""
    evidence: Id


class SealedItems(Record):
    """Every sealed item of one case: what is sealed to the second person's key."""

    case: Id
    items: tuple[SealedItem, ...] = ()

"""The report as one value: what `report.json` holds and the HTML shows."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from footprint.model.attribution import Answer, Tier
from footprint.model.authorisation import Authorisation
from footprint.model.evidence import UnknownReason
from footprint.model.finding import Finding, Withheld
from footprint.model.plan import LeftOut
from footprint.model.policy import OrganisationPolicy
from footprint.model.presence import PresenceCounts
from footprint.model.record import Id, Line, Moment, Record, Sha256
from footprint.model.suggestion import Suggestion, SuggestionSource


class StopReason(StrEnum):
    """Why a source was asked no more."""

    DONE = "done"
    """Everything planned was asked."""
    STOPPED = "stopped"
    """The source itself said stop: a wall, a limit, an opt-out."""
    LIMIT = "limit"
    """The number of requests planned was reached, and there was more."""


class SourceCoverage(Record):
    """What was asked of one source for one identifier, and what came of it."""

    source: Id
    title: Line
    identifier: Line
    asked: int
    """Requests made."""
    answered: int
    """Requests that gave a page."""
    observations: int
    """Statements read; 0 beside answered > 0 is a zero result."""
    unknown: dict[UnknownReason, int] = {}
    stop: StopReason
    presence: Annotated[PresenceCounts | None, Field(exclude_if=lambda value: value is None)] = None
    """What came of looking for a name at many sites; None for a place that is read."""


class SearchLogEntry(Record):
    """One request that was made, or that was not made and why."""

    at: Moment
    source: Id
    url: str
    purpose: Line
    result: Line
    """`200, 4,211 bytes`, or `unknown: robots`."""
    evidence: Id | None = None
    consent_clause: Line
    policy_clause: Line


class RuleInForce(Record):
    """A rule of a pack, for the report's list of what governed the case."""

    id: Id
    pack: Line
    effect: Line
    reason: Line
    citation: Line
    reads_content: bool = False
    """True for a rule that withholds by what is said: naming it beside a count would say what was withheld."""


class PackVersion(Record):
    """A pack or policy with the digest of its canonical form."""

    id: Id
    kind: Line
    """`jurisdiction`, `role`, `organisation`, `lexicon`."""
    version: Line
    title: Line
    sha256: Sha256


class EvidenceEntry(Record):
    """One answer that was kept, as the register lists it. Its place in the WARC file is found by the record id."""

    id: Id
    status: int
    content_type: str
    captured_at: Moment
    sha256: Sha256
    bytes: int
    truncated: bool
    warc: Line
    record_id: Line


class AuditHead(Record):
    """The state of the audit log when the report was issued."""

    size: int
    """Lines."""
    sha256: Sha256
    """Of the last raw line, without its newline."""
    root: Sha256 | None = None
    """Of the RFC 6962 tree over the same lines."""
    origin: Line | None = None
    """The name of the log, as its signed checkpoints give it."""


class LineProof(Record):
    """The proof that one line stands in the tree under a signed head (RFC 6962 section 2.1.1)."""

    line: int
    """Its number, from 1."""
    leaf: Sha256
    """SHA-256 of a zero byte and the raw line."""
    path: tuple[Sha256, ...]
    """The neighbours on the way up to the root."""


class Proofs(Record):
    """The lines of one case, each proven to be in the log, without a line of any other case."""

    checkpoint: str
    """The signed note (c2sp.org/tlog-checkpoint) whose root they lead to."""
    lines: tuple[LineProof, ...]


class PolicySummary(Record):
    """The organisation's policy as the cover shows it."""

    id: Id
    version: Line
    title: Line
    owner: Line
    review_due: Line
    clauses: dict[str, Line] = {}
    """Clause id and title, for those that the report cites."""


class ToldApart(Record):
    """How many statements were set aside as someone else's or undetermined, by reason; no content."""

    someone_else: int
    """Written by or about another person: a namesake, a guest on the candidate's site, a page that contradicts the profile."""
    undetermined: int
    """Only the name fits."""


class UndeterminedPlace(Record):
    """A place where only the name fits: the candidate, and nobody else, is asked whether it is theirs."""

    source: Id
    url: str
    observations: tuple[Id, ...] = ()
    """What stands there, by ids that say nothing of it; the first is what the candidate answers by."""


class AnsweredItem(Record):
    """What the tool said of one observation, what the candidate answered, and the tier that results. No word of it."""

    item: Id
    """As the candidate answered it: a finding, or a place of their list."""
    observation: Id
    answer: Answer
    received: Moment
    entry: Annotated[int, Field(ge=1)]
    """Of `review.jsonl`."""
    tool_tier: Tier
    """What the tool says without the answer; it stays beside it."""
    tool_reason: Line
    tier: Tier
    """What results."""
    commitment: Sha256
    """HMAC-SHA256 of the text under the case's salt: of what is no longer shown, all that is kept."""


class Edition(Record):
    """A later issue of the report: derived again from the captures that are kept, with the candidate's answers."""

    number: Annotated[int, Field(ge=2)]
    """The first issue is 1, and has no record of this kind."""
    issued_at: Moment
    operator: Line
    tool_version: Line
    through: Annotated[int, Field(ge=1)]
    """The last entry of `review.jsonl` that it takes into account."""
    replaces: Sha256
    """Of `report.json` of the edition before, which can be derived again too."""
    audit_head: AuditHead
    """The state of the audit log when it was issued."""


class Report(Record):
    """Everything a report shows. Each view is made from this one value."""

    schema_version: Line = "footprint/report@1"
    demonstration: bool
    """True where the run read the built-in web of invented people."""
    marking: Line | None
    case: Id
    run: int
    operator: Line
    """The id of the operator who ran it."""
    tool_version: Line
    generated_at: Moment
    candidate_id: Id
    candidate_name: Line
    role_title: Line
    authorisation: Authorisation
    authorisation_sha256: Sha256
    policy: PolicySummary
    organisation: OrganisationPolicy | None = None
    """The organisation's policy with every clause in full, for whoever checks the work."""
    packs: tuple[PackVersion, ...] = ()
    rules: tuple[RuleInForce, ...] = ()
    coverage: tuple[SourceCoverage, ...]
    left_out: tuple[LeftOut, ...]
    findings: tuple[Finding, ...] = ()
    withheld: tuple[Withheld, ...] = ()
    told_apart: ToldApart = ToldApart(someone_else=0, undetermined=0)
    undetermined: tuple[UndeterminedPlace, ...] = ()
    """Where those stand that only the name fits, once each; shown to no decision-maker."""
    observations: int = 0
    """Statements read in all."""
    not_relevant: int = 0
    """Lawful, attributed statements in which no rule found anything; not kept."""
    search_log: tuple[SearchLogEntry, ...]
    audit_head: AuditHead
    necessity: dict[str, str] = {}
    """Category and the role pack's sentence on why it is necessary."""
    posts_by_month: dict[str, int] = {}
    """Month (`2024-03`) and the number of dated statements in it that are the candidate's and inside the window."""
    evidence: tuple[EvidenceEntry, ...] = ()
    """The register of every answer that was kept."""
    user_agent: Line | None = None
    """How the tool named itself to every host (LAW RIPA-3)."""
    answers: Annotated[tuple[AnsweredItem, ...], Field(exclude_if=lambda value: not value)] = ()
    """The candidate's last answer to each item, as this edition takes them into account."""
    editions: Annotated[tuple[Edition, ...], Field(exclude_if=lambda value: not value)] = ()
    """Every issue after the first, oldest first; this one is the last."""
    proposer: Annotated[SuggestionSource | None, Field(exclude_if=lambda value: value is None)] = None
    """The model that may propose, where the workspace names one."""
    suggestions: Annotated[tuple[Suggestion, ...], Field(exclude_if=lambda value: not value)] = ()
    """What it proposes for a person to look at: among the statements in which no rule found anything, and counted as such."""

    @property
    def edition(self) -> int:
        """The number of this issue: 1 for the first."""
        return self.editions[-1].number if self.editions else 1

    @property
    def unknowns(self) -> dict[UnknownReason, int]:
        """Count of everything that could not be checked, by reason."""
        totals: dict[UnknownReason, int] = {}
        for source in self.coverage:
            for reason, count in source.unknown.items():
                totals[reason] = totals.get(reason, 0) + count
        return dict(sorted(totals.items()))

"""An invented case under review: three findings, the packs that govern it, and a workspace that holds it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from importlib.resources import files
from pathlib import Path

from footprint.admission import Desk
from footprint.audit.log import AuditLog
from footprint.demo.clock import DemoClock
from footprint.files import parse_record
from footprint.model.attribution import Attribution, Tier
from footprint.model.authorisation import Authorisation
from footprint.model.decision import Citation, Decision, Effect
from footprint.model.finding import (
    Category,
    ContextKind,
    Finding,
    MaskedText,
    Relevance,
    Withheld,
    WithheldReason,
)
from footprint.model.observation import Engagement
from footprint.model.outcome import Outcome
from footprint.model.policy import OrganisationPolicy, Policies
from footprint.model.report import AuditHead, PolicySummary, Report, RuleInForce
from footprint.model.review import (
    AttributionVerdict,
    CaseReview,
    Invitation,
    OutcomeDecision,
    RelevanceVerdict,
    Review,
)
from footprint.model.worksheet import Answer, BeliefWorksheet, ContextChecklist, Proportionality
from footprint.policies.load import jurisdiction, role
from footprint.review.desk import ReviewDesk
from footprint.review.rules import Matter
from footprint.store.cases import CaseRecord, Cases
from footprint.store.workspace import Workspace

AT = datetime(2026, 11, 20, 9, tzinfo=UTC)
CASE = "CASE-20261120-aaaaaa"
SHA = "a" * 64


def shipped(name: str) -> bytes:
    return files("footprint.demo").joinpath(name).read_bytes()


AUTHORISATION = parse_record(shipped("consent.toml"), Authorisation, where="consent.toml")
ORGANISATION = parse_record(shipped("policy.toml"), OrganisationPolicy, where="policy.toml")


def policies(*packs: str, **changes: object) -> Policies:
    """The packs of a place, with the demonstration's policy."""
    return Policies(
        jurisdictions=tuple(jurisdiction(pack) for pack in packs or ("uk", "uk-police")),
        role=role("police-officer"),
        organisation=ORGANISATION.but(**changes),
    )


def decision(rule: str = "REL-THREAT-1", effect: Effect = Effect.PERMIT) -> Decision:
    citation = Citation(article="An Act s.1", confirmed=True)
    return Decision(rule=rule, version="1.0", effect=effect, reason="The words announce violence.", citation=citation)


def finding(
    number: int,
    text: str = "I will break his legs.",
    *,
    category: Category = Category.DISCLOSURE,
    context: tuple[ContextKind, ...] = (),
    surroundings: str = "",
) -> Finding:
    """A finding of its own number."""
    observation = f"O-{number:010d}"
    return Finding(
        id=f"F{number:02d}",
        observation=observation,
        source="mastodon",
        url=f"https://social.example/@mara/{number}",
        excerpt=MaskedText(text=text),
        surroundings=MaskedText(text=surroundings),
        engagement=Engagement.ORIGINAL,
        posted_at=AT - timedelta(days=90 + number),
        posted_at_from="api",
        attribution=Attribution(observation=observation, tier=Tier.A, reason="A declared account."),
        relevances=(
            Relevance(
                observation=observation, category=category, decision=decision(), context=context, policy_clause="P 1"
            ),
        ),
        decisions=(decision("PERMIT"),),
        captured_at=AT,
        evidence=f"E{number:04d}",
        evidence_sha256=SHA,
        record_id=f"<urn:uuid:{number}>",
    )


FINDINGS = (finding(1), finding(2, "Look at this list of ours."), finding(3, "The night shift rota, all of it."))


def report(findings: tuple[Finding, ...] = FINDINGS, packs: tuple[str, ...] = ()) -> Report:
    """The report of the case, with one sealed statement."""
    authorisation = AUTHORISATION.but(packs=packs) if packs else AUTHORISATION
    return Report(
        demonstration=False,
        marking="OFFICIAL-SENSITIVE",
        case=CASE,
        run=1,
        operator="officer-7",
        tool_version="0.1.0",
        generated_at=AT,
        candidate_id=AUTHORISATION.subject,
        candidate_name="Mara Quill",
        role_title="Police officer",
        authorisation=authorisation,
        authorisation_sha256=authorisation.digest(),
        policy=PolicySummary(id="SMP-01", version="2.1", title="Checks", owner="Head", review_due="2027-01-05"),
        rules=(
            RuleInForce(
                id="UK-9-health", pack="uk", effect="seal", reason="Health.", citation="Art. 9", reads_content=True
            ),
        ),
        coverage=(),
        left_out=(),
        findings=findings,
        withheld=(
            Withheld(
                observation="O-00000000ff",
                source="mastodon",
                reason=WithheldReason.SEALED,
                rules=(decision("UK-9-health", Effect.SEAL), decision("X-1", Effect.SEAL)),
                commitment=SHA,
                evidence="E0001",
            ),
        ),
        search_log=(),
        audit_head=AuditHead(size=1, sha256=SHA),
    )


BELIEF = BeliefWorksheet(
    is_belief=Answer.YES,
    is_manifestation=Answer.YES,
    is_manner_objectionable=Answer.YES,
    manner="abuse of one person",
    audience="public",
    is_original=Answer.YES,
    proportionality="the least that helps",
)
CONTEXT = ContextChecklist(
    alternatives="a joke was weighed",
    is_sarcasm=Answer.NO,
    is_lyrics=Answer.NO,
    is_quotation=Answer.NO,
    is_translation=Answer.UNCLEAR,
)
PROPORTIONALITY = Proportionality(
    age="thirty", recency="three months ago", pattern="once", harm="no sign of it", insight="took it down"
)


def counts(item: str, grade: Outcome = Outcome.NOTE, **more: object) -> Review:
    """A verdict that lets an item count."""
    return Review(
        item=item,
        attribution=AttributionVerdict.CONFIRM,
        relevance=RelevanceVerdict.UPHOLD,
        grade=grade,
        reason="It is theirs, and it matters.",
        **more,
    )


def dismissed(item: str) -> Review:
    """A verdict that does not."""
    return Review(
        item=item,
        attribution=AttributionVerdict.CONFIRM,
        relevance=RelevanceVerdict.REJECT,
        reason="It is theirs, and it does not matter.",
    )


def not_theirs(item: str) -> Review:
    """A verdict that the item is somebody else's."""
    return Review(item=item, attribution=AttributionVerdict.REJECT, reason="Another person of the name.")


def unsure(item: str) -> Review:
    """A verdict that leaves the attribution open."""
    return Review(item=item, attribution=AttributionVerdict.UNSURE, reason="Nobody could tell.")


def outcome(level: Outcome = Outcome.NO_CONCERN, second: str = "S-1", **more: object) -> OutcomeDecision:
    """An outcome with everything it needs."""
    return OutcomeDecision(
        level=level, reasons="As found.", mitigation="Long ago.", alternatives="A note.", second=second, **more
    )


def invitation(days: int = 10, **more: object) -> Invitation:
    """An invitation to reply, made when the case begins."""
    return Invitation(until=AT + timedelta(days=days), channel="letter", **more)


def entered(*events: object, by: str = "V-1", at: datetime = AT) -> CaseReview:
    """A review with events that one person entered."""
    review = CaseReview()
    for event in events:
        review = review.after(at, by, event)
    return review


def matter(
    review: CaseReview | None = None,
    *,
    findings: tuple[Finding, ...] = FINDINGS,
    packs: tuple[str, ...] = ("uk", "uk-police"),
    at: datetime = AT,
) -> Matter:
    """The case as the rules see it."""
    return Matter(findings=findings, policies=policies(*packs), review=review or CaseReview(), at=at)


class Place:
    """A workspace that holds the case."""

    def __init__(self, folder: Path, findings: tuple[Finding, ...] = FINDINGS, packs: tuple[str, ...] = ()) -> None:
        self.workspace = Workspace.create(folder / "w", shipped("footprint.toml"), shipped("policy.toml"))
        self.clock = DemoClock()
        self.desk = Desk(
            workspace=self.workspace,
            log=AuditLog(self.workspace.audit_path),
            cases=Cases(self.workspace.database()),
            clock=self.clock,
            token=lambda size: "ab" * size,
        )
        record = CaseRecord(
            id=CASE, authorisation="A-1", candidate="C-1", profile_sha256=SHA, salt="b" * 64, opened_at=AT
        )
        self.desk.cases.open(record, at_most=1)
        self.workspace.put_document(CASE, "report.json", report(findings, packs).canonical())
        self.workspace.put_document(CASE, "policies.json", policies(*packs).canonical())

    def sit(self, by: str = "V-1") -> ReviewDesk:
        """A desk for one person."""
        return ReviewDesk(self.desk, CASE, by)

    def log(self) -> str:
        """Everything that stands in the audit log."""
        return self.workspace.audit_path.read_text(encoding="utf-8")

"""The whole sample report: five findings, six places, every stage visible. Tests change a copy."""

from __future__ import annotations

from datetime import timedelta

from report_sample_case import (
    AUTHORISATION,
    COVERAGE,
    MONTHS,
    NECESSITY,
    ORGANISATION,
    PACKS,
    POLICY,
    REGISTER,
    RULES,
    SEARCH_LOG,
    WITHHELD,
)
from report_sample_findings import FINDINGS, START, sha

from footprint.model.attribution import Answer, Tier
from footprint.model.plan import LeftOut
from footprint.model.report import AnsweredItem, AuditHead, Edition, Report, ToldApart, UndeterminedPlace

ANSWERED = AnsweredItem(
    item="F03",
    observation=FINDINGS[2].observation,
    answer=Answer.MINE,
    received=START + timedelta(days=5),
    entry=13,
    tool_tier=Tier.B,
    tool_reason="The same name, and an employer.",
    tier=Tier.A,
    commitment=sha("answered"),
)
"""F03, which the candidate calls theirs."""
SECOND = Edition(
    number=2,
    issued_at=START + timedelta(days=6),
    operator="op-07",
    tool_version="0.1.0",
    through=13,
    replaces=sha("first edition"),
    audit_head=AuditHead(size=64, sha256=sha("later line")),
)
"""The edition that takes the answer into account."""


def sample() -> Report:
    """Return the sample."""
    return Report(
        demonstration=True,
        marking="OFFICIAL-SENSITIVE",
        case="C-2026-0117",
        run=1,
        operator="op-07",
        tool_version="0.1.0",
        generated_at=START + timedelta(minutes=2),
        candidate_id="CAND-0117",
        candidate_name="Mara Quill",
        role_title="Police constable",
        authorisation=AUTHORISATION,
        authorisation_sha256=AUTHORISATION.digest(),
        policy=POLICY,
        packs=PACKS,
        rules=RULES,
        coverage=COVERAGE,
        left_out=(LeftOut(identifier="github:mq-old@code.example", reason="the consent's scope does not list it"),),
        findings=FINDINGS,
        withheld=WITHHELD,
        told_apart=ToldApart(someone_else=4, undetermined=1),
        undetermined=(
            UndeterminedPlace(
                source="feed", url="https://eastmere-courier.example/2023/quiz-night", observations=("O-4aeaa30b96",)
            ),
        ),
        organisation=ORGANISATION,
        observations=146,
        not_relevant=118,
        search_log=SEARCH_LOG,
        audit_head=AuditHead(size=42, sha256=sha("last line")),
        necessity=NECESSITY,
        posts_by_month=MONTHS,
        evidence=REGISTER,
        user_agent="footprint/0.1.0 (vetting@eastmere-police.example)",
        answers=(ANSWERED,),
        editions=(SECOND,),
    )

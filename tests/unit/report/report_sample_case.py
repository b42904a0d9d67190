"""The invented case around the findings of the sample report."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from report_sample_findings import EQUALITY, POLICE, SOURCES, START, UNION, sha, urn

from footprint.model.authorisation import (
    Authorisation,
    ConsentState,
    Controller,
    ControllerType,
    LawfulBasis,
    Notice,
    PolicyReference,
    Scope,
    StatusEvent,
    Window,
)
from footprint.model.decision import Citation, Decision, Effect
from footprint.model.evidence import UnknownReason
from footprint.model.finding import Category, Withheld, WithheldReason
from footprint.model.observation import Engagement
from footprint.model.policy import Clause, KeptFor, OrganisationPolicy, RetentionOutcome
from footprint.model.report import (
    EvidenceEntry,
    PackVersion,
    PolicySummary,
    RuleInForce,
    SearchLogEntry,
    SourceCoverage,
    StopReason,
)

COVERAGE = (
    SourceCoverage(
        source="website",
        title="Personal website",
        identifier="website:https://mara-quill.example/",
        asked=3,
        answered=2,
        observations=9,
        unknown={UnknownReason.ABSENT: 1},
        stop=StopReason.DONE,
    ),
    SourceCoverage(
        source="mastodon",
        title="Mastodon",
        identifier="mastodon:mara@social.example",
        asked=6,
        answered=6,
        observations=118,
        stop=StopReason.LIMIT,
    ),
    SourceCoverage(
        source="mastodon",
        title="Mastodon",
        identifier="mastodon:mq_garden@quiet.example",
        asked=2,
        answered=2,
        observations=0,
        unknown={UnknownReason.OPTED_OUT: 1},
        stop=StopReason.STOPPED,
    ),
    SourceCoverage(
        source="mediawiki",
        title="Wiki contributions",
        identifier="mediawiki:Mara Quill@wiki.example",
        asked=3,
        answered=3,
        observations=14,
        stop=StopReason.DONE,
    ),
    SourceCoverage(
        source="github",
        title="Code host",
        identifier="github:mquill@code.example",
        asked=3,
        answered=3,
        observations=0,
        stop=StopReason.DONE,
    ),
    SourceCoverage(
        source="feed",
        title="Press: Eastmere Courier",
        identifier="feed:https://eastmere-courier.example/feed.xml",
        asked=4,
        answered=2,
        observations=5,
        unknown={UnknownReason.WALL: 1, UnknownReason.ROBOTS: 1},
        stop=StopReason.DONE,
    ),
)

_WITHHELD = (
    ("TU-1", Effect.EXCLUDE, "trade-union activity is not looked at", UNION, 3),
    ("EQ-AGE", Effect.EXCLUDE, "posted under the age of 18", EQUALITY, 2),
    ("SCOPE-WINDOW", Effect.EXCLUDE, "posted outside the agreed window", EQUALITY, 11),
    ("UK-9", Effect.SEAL, "speaks of health", Citation(article="UK GDPR Art. 9(1)", confirmed=False), 2),
)
WITHHELD = tuple(
    Withheld(
        observation=f"O-{sha(f'{rule} {number}')[:10]}",
        source="mastodon",
        reason=WithheldReason.SEALED if effect is Effect.SEAL else WithheldReason.EXCLUDED,
        rules=(Decision(rule=rule, version="1.0", effect=effect, reason=reason, citation=citation),),
        commitment=sha(f"commitment {rule} {number}"),
        evidence="E0003",
    )
    for rule, effect, reason, citation, count in _WITHHELD
    for number in range(count)
)

_REQUESTS = (
    ("website", "https://mara-quill.example/robots.txt", "robots rule", "404, 0 bytes", None, "3.1"),
    ("website", "https://mara-quill.example/", "page", "200, 18,211 bytes", "E0001", "3.1"),
    (
        "website",
        "https://mara-quill.example/feed.xml",
        "feed that the page advertises",
        "unknown: absent",
        None,
        "3.1",
    ),
    (
        "mastodon",
        "https://social.example/.well-known/webfinger?resource=acct:mara@social.example",
        "account's address",
        "200, 612 bytes",
        "E0002",
        "3.2",
    ),
    (
        "mastodon",
        "https://social.example/api/v1/accounts/109348012345678901/statuses?limit=40&max_id=108000000000040",
        "public statuses",
        "200, 64,530 bytes",
        "E0003",
        "3.2",
    ),
    (
        "mastodon",
        "https://quiet.example/api/v1/accounts/lookup?acct=mq_garden",
        "account",
        "unknown: opted_out",
        "E0004",
        "3.2",
    ),
    (
        "feed",
        "https://eastmere-courier.example/2024/01/09/" + "a-very-long-headline-" * 8,
        "article",
        "unknown: wall",
        None,
        "3.3",
    ),
    (
        "github",
        "https://api.code.example/users/mquill/events/public?per_page=100",
        "public events",
        "200, 2 bytes",
        "E0005",
        "3.4",
    ),
)
SEARCH_LOG = tuple(
    SearchLogEntry(
        at=START + timedelta(seconds=3 * number),
        source=source,
        url=url,
        purpose=purpose,
        result=result,
        evidence=evidence,
        consent_clause=f"CONSENT-2026-0117 scope.sources[{SOURCES.index(source)}] {source}",
        policy_clause=f"SMP-01 {clause}",
    )
    for number, (source, url, purpose, result, evidence, clause) in enumerate(_REQUESTS)
)

AUTHORISATION = Authorisation(
    id="CONSENT-2026-0117",
    subject="CAND-0117",
    created=datetime(2026, 11, 2, 8, 30, tzinfo=UTC),
    language="en-GB",
    packs=("uk", "uk-police"),
    role="police-officer",
    stage="conditional_offer",
    controller=Controller(
        id="eastmere-police",
        name="Eastmere Constabulary",
        type=ControllerType.POLICE_FORCE,
        contact="vetting@eastmere-police.example",
        data_protection_officer="dpo@eastmere-police.example",
    ),
    notice=Notice(
        id="NOTICE-SM",
        version="3.2",
        sha256=sha("notice"),
        language="en-GB",
        delivered_at=datetime(2026, 11, 3, 9, 12, tzinfo=UTC),
        acknowledged_at=datetime(2026, 11, 4, 17, 45, tzinfo=UTC),
        channel="the applicant portal",
        stand_alone=True,
    ),
    policy=PolicyReference(id="SMP-01", version="4.0"),
    lawful_basis=(
        LawfulBasis(
            article="UK GDPR 6(1)(e)",
            law="Police Act 1996 s.39A and the Vetting Code of Practice",
            assessment="DPIA-2026-014",
            approved_by="Force Vetting Manager",
            approved_at=datetime(2026, 10, 12, 10, 0, tzinfo=UTC),
        ),
    ),
    impact_assessment="DPIA-2026-014",
    scope=Scope(
        purpose="dpv:RecruitmentApplicantBackgroundCheck",
        sources=SOURCES,
        categories=tuple(Category),
        window=Window(first=date(2021, 11, 20), last=date(2026, 11, 20)),
        engagement=(Engagement.ORIGINAL, Engagement.REPLY, Engagement.QUOTE, Engagement.BY_OTHERS),
        identifiers=tuple(source.identifier for source in COVERAGE),
        expires=datetime(2026, 12, 20, 0, 0, tzinfo=UTC),
    ),
    events=(
        StatusEvent(
            state=ConsentState.REQUESTED,
            at=datetime(2026, 11, 3, 9, 12, tzinfo=UTC),
            by="controller",
            method="portal",
        ),
        StatusEvent(
            state=ConsentState.GIVEN,
            at=datetime(2026, 11, 5, 18, 2, tzinfo=UTC),
            by="subject",
            method="signed form, sha256:9f2c",
        ),
    ),
)

RULES = (
    RuleInForce(
        id="UK-13",
        pack="uk 1.0",
        effect="refuse",
        reason="nothing is read before the notice is delivered",
        citation="UK GDPR Art. 13 and 14 (confirm with counsel)",
    ),
    RuleInForce(
        id="TU-1",
        pack="uk 1.0",
        effect="exclude",
        reason="trade-union activity is not looked at",
        citation=UNION.label,
    ),
    RuleInForce(
        id="UK-9",
        pack="uk 1.0",
        effect="seal",
        reason="special categories are sealed",
        citation="UK GDPR Art. 9(1) (confirm with counsel)",
    ),
    RuleInForce(
        id="EQ-4",
        pack="uk 1.0",
        effect="mask",
        reason="protected characteristics are masked in the decision view",
        citation=EQUALITY.label,
    ),
    RuleInForce(
        id="THREAT-2",
        pack="threats 1.2",
        effect="permit",
        reason="words of violence stand close to a person or a group",
        citation=POLICE.label,
    ),
)

_PACKS = (
    ("uk", "jurisdiction", "1.0", "United Kingdom"),
    ("uk-police", "jurisdiction", "1.0", "United Kingdom: police"),
    ("police-officer", "role", "1.0", "Police constable"),
    ("SMP-01", "organisation", "4.0", "Social media policy"),
    ("threats", "lexicon", "1.2", "Threats and violence"),
)
PACKS = tuple(
    PackVersion(id=id, kind=kind, version=version, title=title, sha256=sha(id)) for id, kind, version, title in _PACKS
)

REGISTER = tuple(
    EvidenceEntry(
        id=f"E{number:04}",
        status=200,
        content_type="application/json",
        captured_at=START + timedelta(seconds=3 * number),
        sha256=sha(f"page {number}"),
        bytes=18_211 + number,
        truncated=False,
        warc="C-2026-0117.warc.gz",
        record_id=urn(number),
    )
    for number in range(1, 6)
)

counts = [3, 1, 0, 4, 2, 5, 2, 3, 6, 1, 2, 0, 0, 3, 2, 4, 1, 1, 2, 7, 3, 2, 1, 0, 2, 3, 5, 2, 4, 1]
MONTHS = {f"{2021 + (11 + 2 * n) // 12}-{(11 + 2 * n) % 12 + 1:02}": count for n, count in enumerate(counts)}

POLICY = PolicySummary(
    id="SMP-01",
    version="4.0",
    title="Social media policy",
    owner="Head of People",
    review_due="2027-04-01",
    clauses={
        "SMP-01 3.1": "Personal websites",
        "SMP-01 4.1": "Threats and violence",
        "SMP-01 4.2": "Discrimination",
        "4.3": "Confidential information",
    },
)

ORGANISATION = OrganisationPolicy(
    id="SMP-01",
    version="4.0",
    title="Social media policy",
    owner="Head of People",
    approver="Chief Constable",
    consulted=("Staff association",),
    effective=date(2026, 4, 1),
    review_due=date(2027, 4, 1),
    clauses=(
        Clause(
            id="3.1", title="Personal websites", text="A site that the candidate names is read.", sources=("website",)
        ),
        Clause(
            id="4.1",
            title="Threats and violence",
            text="Threats are weighed by a person.",
            categories=(Category.THREATS,),
        ),
    ),
    retention=(KeptFor(outcome=RetentionOutcome.NOT_APPOINTED, months=6, reason="An appeal may come."),),
)

NECESSITY = {
    "threats-and-violence": "A constable may use force on behalf of the public, so conduct that threatens violence bears on the office.",
    "unlawful-discrimination": "A constable serves everyone alike and owes a duty under the Equality Act 2010.",
}

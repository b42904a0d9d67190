"""The report as one value."""

from model_samples import AT, AUTHORISATION

from footprint.model.attribution import USABLE_TIERS, Tier
from footprint.model.event import Action, AuditEvent
from footprint.model.evidence import UnknownReason
from footprint.model.report import AuditHead, PolicySummary, Report, SourceCoverage, StopReason, ToldApart


def coverage(unknown: dict[UnknownReason, int]) -> SourceCoverage:
    return SourceCoverage(
        source="website",
        title="Website",
        identifier="website:https://mara.example/",
        asked=2,
        answered=1,
        observations=0,
        unknown=unknown,
        stop=StopReason.DONE,
    )


def test_unknowns_are_counted_over_all_sources() -> None:
    """What could not be checked adds up by reason, in a fixed order."""
    report = Report(
        demonstration=False,
        marking=None,
        case="K-1",
        run=1,
        operator="op-1",
        tool_version="0.1.0",
        generated_at=AT,
        candidate_id="C-17",
        candidate_name="Mara Quill",
        role_title="Police officer",
        authorisation=AUTHORISATION,
        authorisation_sha256=AUTHORISATION.digest(),
        policy=PolicySummary(id="SMP-01", version="4", title="Policy", owner="head", review_due="2027-01-01"),
        packs=(),
        rules=(),
        coverage=(
            coverage({UnknownReason.WALL: 1}),
            coverage({UnknownReason.ROBOTS: 1, UnknownReason.WALL: 2}),
            coverage({}),
        ),
        left_out=(),
        findings=(),
        withheld=(),
        told_apart=ToldApart(someone_else=0, undetermined=0),
        observations=0,
        not_relevant=0,
        search_log=(),
        audit_head=AuditHead(size=1, sha256="a" * 64),
    )

    assert list(report.unknowns.items()) == [(UnknownReason.ROBOTS, 1), (UnknownReason.WALL, 3)]


def test_only_tiers_a_and_b_go_on() -> None:
    """The name alone, and someone else, never go on along the line."""
    assert {Tier.A, Tier.B} == USABLE_TIERS


def test_an_audit_event_says_what_happened_in_a_closed_list() -> None:
    """An event holds ids, counts and digests, and its action is one of the list."""
    event = AuditEvent(at=AT, actor="op-1", action=Action.REQUEST, counts={"bytes": 2})

    assert AuditEvent.model_validate_json(event.canonical()) == event

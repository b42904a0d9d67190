"""Steps (5) to (7): what is withheld leaves no text, and what is found has a time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from answers import DEMO
from footprint.errors import InputError
from footprint.files import parse_record
from footprint.judging import Bench, judge
from footprint.model.attribution import Attribution, Tier
from footprint.model.authorisation import Authorisation
from footprint.model.candidate import Candidate
from footprint.model.evidence import Evidence
from footprint.model.finding import WithheldReason
from footprint.model.observation import Engagement, Observation, ObservationKind
from footprint.model.policy import OrganisationPolicy, Policies
from footprint.policies.load import jurisdiction, legality_rules, lexicons, role

CONSENT = parse_record(DEMO.joinpath("consent.toml").read_bytes(), Authorisation, where="consent.toml")
POLICIES = Policies(
    jurisdictions=(jurisdiction("uk"),),
    role=role("police-officer"),
    organisation=parse_record(DEMO.joinpath("policy.toml").read_bytes(), OrganisationPolicy, where="policy.toml"),
)
EVIDENCE = Evidence(
    id="E0001",
    source="mastodon",
    planned="mastodon.statuses",
    url="https://social.example/api/v1/accounts/1/statuses",
    status=200,
    content_type="application/json",
    captured_at=datetime(2026, 11, 20, 9, tzinfo=UTC),
    sha256="0" * 64,
    bytes=10,
    warc="w.warc.gz",
    offset=0,
    record_id="<urn:uuid:39f3f77e-699c-571e-b486-7da4b4d9b8be>",
)
THREAT = "If I find Tomas Ferrier at the gate tomorrow I will break his legs."


def bench(**changes: object) -> Bench:
    given = {
        "candidate": parse_record(DEMO.joinpath("profile.toml").read_bytes(), Candidate, where="profile.toml"),
        "scope": CONSENT.scope,
        "policies": POLICIES,
        "rules": legality_rules(POLICIES),
        "lexicons": {lexicon.id: lexicon for lexicon in lexicons()},
        "evidence": {EVIDENCE.id: EVIDENCE},
        "commit": lambda text: "c" * 64,
    }
    return Bench(**{**given, **changes})


def said(text: str, *, at: datetime | None = datetime(2026, 5, 1, tzinfo=UTC), place: str = "/0") -> Observation:
    return Observation(
        source="mastodon",
        identifier="mastodon:mara@social.example",
        kind=ObservationKind.POST,
        text=text,
        engagement=Engagement.ORIGINAL,
        url="https://social.example/@mara/1",
        posted_at=at,
        posted_at_from="api" if at else "",
        evidence="E0001",
        evidence_sha256="0" * 64,
        place=place,
    )


def tier(observation: Observation, tier: Tier) -> tuple[Observation, Attribution]:
    return observation, Attribution(observation=observation.id, tier=tier, reason="for the test")


@pytest.mark.parametrize(
    ("which", "reason"), [(Tier.C, WithheldReason.UNDETERMINED), (Tier.NONE, WithheldReason.NAMESAKE)]
)
def test_someone_elses_words_end_here(which: Tier, reason: WithheldReason) -> None:
    """Undetermined and someone else's statements are withheld without a rule and without their text."""
    judged = judge([tier(said(THREAT), which)], bench())

    assert [item.reason for item in judged.withheld] == [reason]
    assert judged.withheld[0].rules == ()
    assert "legs" not in str(judged.withheld)
    assert judged.findings == ()


def test_the_newest_finding_comes_first_and_is_masked() -> None:
    """Findings are numbered from the newest; a third person's name is masked in each."""
    old, new = said(THREAT), said(THREAT, at=datetime(2026, 9, 1, tzinfo=UTC), place="/1")
    judged = judge([tier(old, Tier.A), tier(new, Tier.A)], bench())

    assert [(finding.id, finding.observation) for finding in judged.findings] == [("F01", new.id), ("F02", old.id)]
    assert "Ferrier" not in str([finding.excerpt for finding in judged.findings])
    assert judged.masks >= 2
    assert judged.not_relevant == 0


def test_spans_of_withheld_rules_are_dropped() -> None:
    """Where a word stood can tell which word it was."""
    judged = judge([tier(said("Back on my feet, my last round of chemo is behind me."), Tier.A)], bench())

    assert [item.reason for item in judged.withheld] == [WithheldReason.SEALED]
    assert all(decision.spans == () for decision in judged.withheld[0].rules)


def test_without_rules_nothing_may_be_used() -> None:
    """No rules means no permission."""
    judged = judge([tier(said(THREAT), Tier.A)], bench(rules=()))

    assert judged.findings == ()
    assert [item.reason for item in judged.withheld] == [WithheldReason.EXCLUDED]


def test_packs_that_let_undated_items_pass_are_wrong() -> None:
    """Without a time neither window nor age can be judged, so a pack must exclude it."""
    rules = tuple(
        (rule, version)
        for rule, version in legality_rules(POLICIES)
        if rule.test not in ("undated", "out_of_window", "under_age")
    )

    with pytest.raises(InputError, match=r"UK-5\.1d"):
        judge([tier(said(THREAT, at=None), Tier.A)], bench(rules=rules))


def test_what_is_dated_after_its_capture_has_no_date() -> None:
    """A time that had not come when the page was read says nothing of when it was written: withheld as undated."""
    now, late = (said(THREAT, at=EVIDENCE.captured_at + timedelta(seconds=seconds)) for seconds in (0.9, 1))
    (item,) = judge([tier(late, Tier.A)], bench()).withheld

    assert [decision.rule for decision in item.rules] == ["UK-5.1d"]
    assert judge([tier(now, Tier.A)], bench()).findings

"""Facts about records that hold for every value."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from footprint.files import parse_record
from footprint.model.authorisation import (
    VALID_STATES,
    Authorisation,
    ConsentState,
    Controller,
    Notice,
    PolicyReference,
    Scope,
    StatusEvent,
    Window,
)
from footprint.model.candidate import Candidate
from footprint.model.decision import Citation, Decision, Effect, Span, strictest
from footprint.model.event import Action, AuditEvent
from footprint.model.lexicon import Lexicon
from footprint.model.observation import Engagement, Observation, ObservationKind
from footprint.model.plan import PlannedRequest
from footprint.model.record import Record

START = datetime(2026, 1, 1, tzinfo=UTC)

ids = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9._:-]{0,30}", fullmatch=True)
lines = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), min_size=1, max_size=60).filter(
    str.strip
)
texts = st.text(st.characters(codec="utf-8", exclude_categories=("Cs",)), max_size=200)
moments = st.datetimes(datetime(1970, 1, 1), datetime(2100, 1, 1), timezones=st.timezones())  # noqa: DTZ001 - zones come with `timezones`
sha256s = st.from_regex(r"[0-9a-f]{64}", fullmatch=True)
hosts = st.from_regex(r"[a-z]{1,10}\.example", fullmatch=True)

candidates = st.builds(
    lambda identifiers, **fields: Candidate.model_validate(
        {**fields, "identifiers": [{"kind": "website", "value": f"https://{host}/"} for host in identifiers]}
    ),
    st.lists(hosts, min_size=1, max_size=4, unique=True),
    id=ids,
    name=lines,
    other_names=st.lists(lines, max_size=2),
    born=st.dates(),
    places=st.lists(lines, max_size=2),
)
observations = st.builds(
    Observation,
    source=ids,
    identifier=lines,
    kind=st.sampled_from(ObservationKind),
    text=texts,
    context=texts,
    engagement=st.sampled_from(Engagement),
    url=texts,
    posted_at=st.none() | moments,
    links=st.lists(texts, max_size=3).map(tuple),
    evidence=ids,
    evidence_sha256=sha256s,
    place=lines,
)
spans = st.builds(
    lambda start, length, what: Span(start=start, end=start + length, what=what),
    st.integers(0, 99),
    st.integers(1, 99),
    ids,
)
decisions = st.builds(
    Decision,
    rule=ids,
    version=lines,
    effect=st.sampled_from(Effect),
    reason=lines,
    citation=st.builds(Citation, article=lines, address=texts, confirmed=st.booleans()),
    spans=st.lists(spans, max_size=3).map(tuple),
)
events = st.builds(
    AuditEvent,
    at=moments,
    actor=lines,
    action=st.sampled_from(Action),
    case=st.none() | ids,
    ids=st.dictionaries(texts, lines, max_size=3),
    counts=st.dictionaries(texts, st.integers(), max_size=3),
    rules=st.lists(ids, max_size=3).map(tuple),
)
plans = st.builds(
    PlannedRequest, id=ids, source=ids, identifier=lines, template=lines, purpose=lines, at_most=st.integers(1, 200)
)
status_events = st.builds(
    StatusEvent,
    state=st.sampled_from(ConsentState),
    at=st.integers(0, 20).map(lambda days: START + timedelta(days=days)),
    by=st.sampled_from(("subject", "controller", "authority")),
    method=st.just("portal"),
)


def authorisation(events: list[StatusEvent]) -> Authorisation:
    """Return an authorisation with these events, in the order given."""
    return Authorisation(
        id="CONSENT-7",
        subject="C-17",
        created=START,
        language="en-GB",
        packs=("uk",),
        role="police-officer",
        stage="shortlist",
        controller=Controller(
            id="FORCE", name="Invented Constabulary", type="police_force", contact="vetting@force.example"
        ),
        notice=Notice(id="N-1", version="1", sha256="a" * 64, language="en", channel="portal", stand_alone=True),
        policy=PolicyReference(id="SMP-01", version="4.0"),
        scope=Scope(
            purpose="dpv:RecruitmentApplicantBackgroundCheck",
            sources=("website",),
            categories=("threats-and-violence",),
            window=Window(first=START.date(), last=START.date()),
            engagement=("original",),
            identifiers=("website:https://mara.example/",),
            expires=START,
        ),
        events=tuple(events),
    )


@given(st.one_of(candidates, observations, decisions, events, plans))
def test_every_record_survives_json(record: Record) -> None:
    """A record read back from its canonical form is the same record with the same digest."""
    again = type(record).model_validate_json(record.canonical())

    assert again == record
    assert again.digest() == record.digest()


@given(candidates)
def test_a_record_survives_a_file(candidate: Candidate) -> None:
    """What is written as JSON is read as the same record, strictly."""
    assert parse_record(candidate.canonical(), Candidate, where="profile.json", is_json=True) == candidate


@given(st.lists(ids, min_size=1, max_size=4, unique=True), st.lists(lines, min_size=1, max_size=4))
def test_a_lexicon_survives_json(groups: list[str], terms: list[str]) -> None:
    """Groups keep their terms, whatever the terms are."""
    rule = {"id": "r", "needs": groups[:1], "unless": groups[1:], "reason": "So."}
    lexicon = Lexicon.model_validate(
        {
            "id": "l",
            "version": "1",
            "title": "L",
            "source": "own",
            "groups": dict.fromkeys(groups, terms),
            "rules": [rule],
        }
    )

    assert Lexicon.model_validate_json(lexicon.canonical()) == lexicon


@given(st.lists(status_events, min_size=1, max_size=8), st.integers(-1, 21))
def test_the_consent_is_valid_only_where_its_last_event_says_so(listed: list[StatusEvent], day: int) -> None:
    """At every time the state is that of the last event so far; before the first one nothing is valid."""
    at = START + timedelta(days=day)
    listed.sort(key=lambda event: event.at)
    past = [event.state for event in listed if event.at <= at]

    state = authorisation(listed).state_at(at)

    assert state == (past[-1] if past else ConsentState.UNKNOWN)


@given(
    st.permutations([StatusEvent(state=state, at=START, by="subject", method="portal") for state in ConsentState]),
    st.data(),
)
def test_no_order_of_events_makes_an_invalid_state_valid(order: list[StatusEvent], data: st.DataObject) -> None:
    """Whatever came before, and in whatever order: with an invalid state last, nothing is valid from then on."""
    invalid = data.draw(st.sampled_from(sorted(set(ConsentState) - VALID_STATES)))
    last = order[0].but(state=invalid, at=START + timedelta(days=1))

    consent = authorisation([*order, last])

    assert consent.state_at(START + timedelta(days=data.draw(st.integers(1, 400)))) not in VALID_STATES


@given(st.lists(status_events, min_size=2, max_size=6))
def test_a_list_out_of_order_is_never_accepted(listed: list[StatusEvent]) -> None:
    """Events can only be added at the end: any other order of times is refused."""
    times = [event.at for event in listed]
    try:
        authorisation(listed)
    except ValidationError:
        assert times != sorted(times)
    else:
        assert times == sorted(times)


@given(st.lists(st.sampled_from(Effect), min_size=1, max_size=6), st.sampled_from(Effect))
def test_a_further_decision_never_loosens(made: list[Effect], further: Effect) -> None:
    """More rules can only make the outcome stricter."""
    before = tuple(answer(effect) for effect in made)

    assert strictest((*before, answer(further))).strictness >= strictest(before).strictness


def answer(effect: Effect) -> Decision:
    return Decision(
        rule="R-1", version="1.0", effect=effect, reason="So.", citation=Citation(article="An Act", confirmed=True)
    )

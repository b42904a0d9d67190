"""A consent file is made of answers, and reads back as it was recorded."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from papers_samples import AT, AUTHORISATION, BARE, CANDIDATE, POLICY

from footprint.errors import InputError
from footprint.files import parse_record
from footprint.model.authorisation import Authorisation
from footprint.papers.drafting import draft, to_toml
from footprint.papers.questions import QUESTIONS, Grounds
from footprint.policies.load import role

TIMES = {
    "delivered": "2026-11-09T10:05:00Z",
    "acknowledged": "2026-11-10T18:42:00Z",
    "answered": "2026-11-10T18:44:00Z",
}


def grounds(like: Authorisation | None = BARE) -> Grounds:
    return Grounds(candidate=CANDIDATE, policy=POLICY, role_of=role, contact="a@b.example", now=AT, like=like)


def offered(like: Authorisation | None = BARE, **changes: str) -> dict[str, str]:
    answers: dict[str, str] = {}
    for question in QUESTIONS:
        answers[question.name] = changes.get(question.name) or question.offer(grounds(like), answers) or ""
    return answers


def made(signed: str | None = None, like: Authorisation | None = BARE, **changes: str) -> Authorisation:
    keys = [place.key for place in CANDIDATE.identifiers]
    answers = offered(like, **(TIMES | changes))
    return draft(answers, grounds(like), identifiers=keys, notice_sha256="c" * 64, signed_sha256=signed)


def test_an_earlier_consent_answers_what_is_not_about_the_person() -> None:
    """Controller, basis and policy are taken over; times, subject and digest are new."""
    consent = made()

    assert consent.controller == BARE.controller
    assert consent.lawful_basis == BARE.lawful_basis
    assert consent.subject == CANDIDATE.id
    assert consent.notice.sha256 == "c" * 64
    assert [event.state for event in consent.events] == ["ConsentRequested", "ConsentGiven"]


def test_particulars_are_taken_over() -> None:
    """Address, retention and recipients of an earlier consent are offered."""
    assert made(like=AUTHORISATION).particulars == AUTHORISATION.particulars


def test_the_signed_paper_and_the_witness_stand_in_the_event() -> None:
    """The method names the digest of the paper and the witness's id."""
    method = made(signed="d" * 64, witness="W-3").events[-1].method

    assert f"sha256:{'d' * 64}" in method
    assert "witness W-3" in method


def test_a_declaration_is_recorded() -> None:
    """What a pack wants stated besides stands in the record, and comes back from the file."""
    said = ("works-council", "The works council was heard.", "Head of HR", "2026-10-01T09:00:00Z", "WC-7")
    answers = offered(**TIMES)
    consent = draft(
        answers, grounds(), identifiers=["x"], notice_sha256="c" * 64, signed_sha256=None, declarations=[said]
    )

    assert consent.declarations[0].matter == "works-council"
    assert parse_record(to_toml(consent), Authorisation, where="made") == consent


def test_a_refusal_is_recorded() -> None:
    """A no is an event of its own."""
    assert made(answer="refused").events[-1].state == "ConsentRefused"


def test_the_offered_window_fits_the_role() -> None:
    """The window that is offered is the longest one that the role pack allows, and not a day longer."""
    window = made().scope.window

    assert (window.last - window.first).days < 5 * 366
    assert window.first.isoformat() == "2021-11-21"


@pytest.mark.parametrize("question", [question for question in QUESTIONS if question.needed], ids=lambda q: q.name)
def test_every_needed_answer_is_asked_for(question) -> None:
    """Without it no record is made, and the flag is named."""
    answers = offered(**TIMES) | {question.name: ""}

    with pytest.raises(InputError) as refused:
        draft(answers, grounds(), identifiers=["x"], notice_sha256="c" * 64, signed_sha256=None)

    assert refused.value.where == question.flag


@pytest.mark.parametrize(
    "wrong",
    [
        {"answer": "perhaps"},
        {"stand_alone": "1"},
        {"max_runs": "many"},
        {"min_age": "16"},
        {"expires": "soon"},
        {"delivered": "2026-11-09"},
        {"answered": "2026-11-08T00:00:00Z"},
        {"controller_type": "king"},
        {"categories": "swearing"},
        {"first": "2027-01-01"},
    ],
)
def test_a_wrong_answer_is_bad_input(wrong: dict[str, str]) -> None:
    """What is not a date, a number, a known word or in order makes no record."""
    with pytest.raises(InputError):
        made(**wrong)


def test_without_an_earlier_consent_only_defaults_are_offered() -> None:
    """No controller is invented."""
    answers = offered(None)

    assert answers["controller_name"] == ""
    assert answers["contact"] == "a@b.example"
    assert answers["role"] == "office-default"


TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), min_size=1, max_size=40).filter(
    str.strip
)


@settings(deadline=None)
@given(
    name=TEXTS,
    choice=st.text(st.characters(codec="utf-8", exclude_categories=("Cs",)), min_size=1, max_size=60).filter(str.strip),
)
def test_any_text_survives_the_file(name: str, choice: str) -> None:
    """Quotes, backslashes, line breaks and DEL in a text come back as they were."""
    basis = BARE.lawful_basis[0].but(free_choice=choice)
    consent = AUTHORISATION.but(controller=BARE.controller.but(name=name), lawful_basis=(basis,))

    assert parse_record(to_toml(consent), Authorisation, where="made") == consent

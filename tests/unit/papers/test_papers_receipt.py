"""The receipt says what was agreed, and how to check it."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime

import pytest
from papers_samples import AT, AUTHORISATION, BARE, with_event

from footprint.model.authorisation import Authorisation, ConsentState
from footprint.papers.receipt import STATES, render_receipt


def receipt(consent: Authorisation = AUTHORISATION, *, name: str = "consent.toml", at: datetime = AT) -> str:
    return render_receipt(consent, record=b"the record", name=name, at=at).decode()


def test_a_receipt_says_who_what_until_when_and_how_to_withdraw() -> None:
    """Controller, places, categories, window, end and withdrawal all stand in it."""
    text = receipt()

    for words in (
        "Thornshire Constabulary", "@mara@social.example", "Threats and violence", "21 November 2021",
        "9 February 2027", "write to vetting@thornshire.example", "UK GDPR 6(1)(e)", "Reading is allowed",
    ):  # fmt: skip
        assert words in text


def test_a_receipt_shows_how_to_check_itself() -> None:
    """The digest of the record's bytes, the commands for it, and how a later record must begin."""
    text = receipt()

    assert hashlib.sha256(b"the record").hexdigest() in text
    assert "sha256sum consent.toml" in text
    assert "head -c 10 consent.toml | sha256sum" in text
    assert AUTHORISATION.notice.sha256 in text


def test_a_file_name_cannot_become_a_command() -> None:
    """A name with spaces or marks of the shell is quoted."""
    text = receipt(name="a; rm -rf b.toml")

    assert "sha256sum &#39;a; rm -rf b.toml&#39;" in text


def test_a_json_record_promises_no_beginning() -> None:
    """JSON is written anew with every event, so nothing is said about its first bytes."""
    assert "head -c" not in receipt(name="consent.json")


@pytest.mark.parametrize("state", ConsentState)
def test_every_state_has_words_for_the_candidate(state: ConsentState) -> None:
    """Each state is said in plain words; only an agreement allows reading."""
    text = receipt(with_event(state))

    assert STATES[state] in text
    assert ("Reading is allowed" in text) == (state in ("ConsentGiven", "RenewedConsentGiven"))


def test_an_expired_consent_allows_nothing() -> None:
    """After its end the receipt says that nothing may be read."""
    assert "Nothing may be read" in receipt(BARE, at=datetime(2027, 3, 1, tzinfo=UTC))


def test_what_is_later_is_not_shown() -> None:
    """An event after the moment of the receipt is not yet part of it."""
    text = receipt(with_event("ConsentWithdrawn"), at=datetime(2026, 11, 12, tzinfo=UTC))

    assert "You withdrew" not in text

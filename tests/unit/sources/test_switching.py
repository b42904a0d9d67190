"""A source is turned on with a reason on record, and the log says that it was, without the words."""

from __future__ import annotations

import pytest

from footprint.errors import InputError
from footprint.model.event import Action
from footprint.sources.switching import turn_off, turn_on
from footprint.store.switches import FILE, read_switches

REASON = "The data protection officer agreed on 3 November."


def test_a_decision_is_kept_and_is_one_event(desk, events) -> None:
    """The event holds the source, who decided and a digest of the decision as the file holds it."""
    switch = turn_on(desk, "orcid", reason=REASON, by="dpo-2")
    (event,) = events()

    assert read_switches(desk.workspace.folder).standing("orcid") == switch
    assert (event.action, event.result) == (Action.SOURCE_SWITCHED, "on")
    assert event.ids == {"source": "orcid", "version": switch.version, "by": "dpo-2"}
    assert event.digests == {"decision": switch.digest()}
    assert REASON not in desk.workspace.audit_path.read_text()
    assert REASON in (desk.workspace.folder / FILE).read_text()


def test_off_again_is_a_decision_too(desk, events) -> None:
    """Both stand in the file and in the log."""
    turn_on(desk, "orcid", reason=REASON, by="dpo-2")
    turn_off(desk, "orcid", reason="It is not needed any more.", by="dpo-2")

    assert [event.result for event in events()] == ["on", "off"]
    assert not desk.standing().switches.standing("orcid").is_on


def test_an_own_instance_is_named(desk) -> None:
    """In lower case; the plan compares it."""
    assert turn_on(desk, "searxng", reason=REASON, by="dpo-2", host="Search.Example.org").host == "search.example.org"


@pytest.mark.parametrize(
    ("source", "host", "words"),
    [
        ("linkedin", None, "Never read"),
        ("searxng", None, "the host of your own instance"),
        ("orcid", "evil.example", "the source has its own host"),
        ("searxng", "evil.example/path", "a host name"),
        ("nowhere", None, "one of website"),
    ],
)
def test_what_cannot_be_turned_on_is_refused(desk, source: str, host: str | None, words: str) -> None:
    """A source that is never read, an instance without its host, a host where there is no choice, no source at all."""
    with pytest.raises(InputError, match=words):
        turn_on(desk, source, reason=REASON, by="dpo-2", host=host)

    assert not (desk.workspace.folder / FILE).exists()

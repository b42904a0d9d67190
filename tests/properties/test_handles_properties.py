"""Presence, for any site and any file."""

from __future__ import annotations

import asyncio
import json

from hypothesis import given
from hypothesis import strategies as st

from footprint.collectors.handles import Probe, examine
from footprint.collectors.handles_reading import Answer, Shut
from footprint.collectors.handles_rules import SiteRule, is_two_sided, read_rules
from footprint.errors import InputError, UnreadableError
from footprint.model.evidence import UnknownReason
from footprint.model.presence import Presence

E_WORD, M_WORD = b"member-card", b"nobody here"

shuts = st.one_of(
    st.none(),
    st.builds(
        Shut,
        st.sampled_from([UnknownReason.WALL, UnknownReason.OPTED_OUT, UnknownReason.RATE_LIMITED]),
        st.sampled_from(["WALL-STATUS", "WALL-CHALLENGE", "OPT-TDM", "RATE-STATUS"]),
    ),
)
answers = st.one_of(
    st.builds(UnreadableError, st.sampled_from(sorted(UnknownReason))),
    st.builds(
        Answer,
        status=st.sampled_from([200, 302, 403, 404, 429, 500]),
        body=st.lists(st.sampled_from([E_WORD, M_WORD, b"<title>Hi</title>", b"px-captcha", b"\xff\x00"])).map(
            b" ".join
        ),
        location=st.sampled_from(["", "/lost", "/login"]),
        shut=shuts,
        wait=st.sampled_from([0.0, 1.0, 60.0]),
    ),
)
rules = st.builds(
    SiteRule,
    name=st.just("Quillhouse"),
    uri_check=st.just("https://quillhouse.example/{account}"),
    e_code=st.just(200),
    e_string=st.just(E_WORD.decode()),
    m_code=st.sampled_from([200, 302, 403, 404]),
    m_string=st.sampled_from(["", M_WORD.decode()]),
    known=st.just(["inkwell"]),
    cat=st.just("hobby"),
).filter(is_two_sided)


@given(rule=rules, everyone=answers)
def test_a_site_that_says_the_same_of_everyone_gets_no_verdict(
    rule: SiteRule, everyone: Answer | UnreadableError
) -> None:
    """Whatever a site says, if it says it of the known account and of a made-up name alike, nothing follows."""

    async def ask(probe: Probe) -> Answer:
        if isinstance(everyone, UnreadableError):
            raise everyone
        return everyone

    assert said(rule, ask) is Presence.UNKNOWN


@given(rule=rules, known=answers, made_up=answers, name=answers)
def test_found_needs_the_words_on_the_known_page_and_on_this_one_alone(
    rule: SiteRule, known: Answer | UnreadableError, made_up: Answer | UnreadableError, name: Answer | UnreadableError
) -> None:
    """Found: the "exists" words stand for the known account and for this name, and not for the made-up one."""
    table = {"inkwell": known, "zq01": made_up, "maraquill": name}

    async def ask(probe: Probe) -> Answer:
        answer = table[probe.url.rpartition("/")[2]]
        if isinstance(answer, UnreadableError):
            raise answer
        return answer

    def shows(answer: Answer | UnreadableError) -> bool:
        return isinstance(answer, Answer) and answer.status == 200 and E_WORD in answer.body

    verdict = said(rule, ask)
    if verdict is not Presence.UNKNOWN:
        assert shows(known)
        assert not shows(made_up)
        assert shows(name) is (verdict is Presence.FOUND)


values = st.recursive(
    st.none() | st.integers() | st.text(max_size=20), lambda inner: st.lists(inner, max_size=3), max_leaves=5
)


@given(st.binary(max_size=300) | values.map(lambda value: json.dumps({"sites": [value]}).encode()))
def test_any_file_is_rules_or_bad_input(content: bytes) -> None:
    """A file of any bytes either gives a book or is refused as bad input."""
    try:
        book = read_rules(content, where="rules.json")
    except InputError:
        return
    assert book.sites == ()


def said(rule: SiteRule, ask: object) -> Presence:
    examined = asyncio.run(examine(rule, {"a": "maraquill"}, ask, made_up="zq01"))  # type: ignore[arg-type]
    return examined.verdicts[0].presence

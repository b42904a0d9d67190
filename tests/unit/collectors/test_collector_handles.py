"""Presence: what is said where the site can be believed, and what is said where it cannot."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from footprint.collectors.handles import PATIENCE, Probe, examine
from footprint.collectors.handles_reading import CHALLENGES, Answer, Likeness, Shut
from footprint.collectors.handles_rules import SiteRule
from footprint.errors import RefusedError, UnreadableError
from footprint.model.evidence import UnknownReason
from footprint.model.presence import Presence, Verdict

MADE_UP = "zq0123456789"
HERE, GONE, OTHER = b"<i>member-card</i>", b"<i>nobody here</i>", b"<title>Quillhouse</title><p>Welcome</p>"

Said = Answer | UnreadableError


def rule(**changes: object) -> SiteRule:
    """A rule whose both sides have words."""
    plain: dict[str, object] = {
        "name": "Quillhouse",
        "uri_check": "https://quillhouse.example/u/{account}",
        "e_code": 200,
        "e_string": "member-card",
        "m_code": 404,
        "m_string": "nobody here",
        "known": ["inkwell", "blotter"],
        "cat": "hobby",
    }
    return SiteRule.model_validate(plain | changes)


class Site:
    """Answers by name; whoever is not named gets `others`."""

    def __init__(self, others: Said, **named: Said | list[Said]) -> None:
        self.others, self.named = others, named
        self.asked: list[str] = []

    async def __call__(self, probe: Probe) -> Answer:
        name = probe.url.rpartition("/")[2]
        self.asked.append(name)
        assert probe.url == probe.site.address(probe.name)
        answer = self.named.get(name, self.others)
        if isinstance(answer, list):
            answer = answer.pop(0)
        if isinstance(answer, UnreadableError):
            raise answer
        return answer


async def verdicts(site: Site, site_rule: SiteRule | None = None, **names: str) -> list[Verdict]:
    asked = names or {"handles:maraquill": "maraquill"}
    return list((await examine(site_rule or rule(), asked, site, made_up=MADE_UP)).verdicts)


async def verdict(site: Site, site_rule: SiteRule | None = None) -> Verdict:
    (found,) = await verdicts(site, site_rule)
    return found


def found(**changes: object) -> Answer:
    return Answer(**{"status": 200, "body": HERE} | changes)  # type: ignore[arg-type]  # a table of fields


def gone(**changes: object) -> Answer:
    return Answer(**{"status": 404, "body": GONE} | changes)  # type: ignore[arg-type]  # a table of fields


async def test_an_account_is_found_once_both_canaries_held() -> None:
    """The known account and the made-up name are asked for first, then the candidate's."""
    site = Site(gone(), inkwell=found(), maraquill=found())

    said = await verdict(site)

    assert (said.presence, said.rule, said.reason) == (Presence.FOUND, "HANDLE-FOUND", None)
    assert said.page == "https://quillhouse.example/u/maraquill"
    assert site.asked == ["inkwell", MADE_UP, "maraquill"]


async def test_an_account_is_missing_where_the_rule_says_so() -> None:
    """A 404 with the rule's words is "not found", and names no page."""
    said = await verdict(Site(gone(), inkwell=found()))

    assert (said.presence, said.rule, said.page) == (Presence.NOT_FOUND, "HANDLE-MISSING", "")


BLIND = [
    pytest.param(gone(), UnknownReason.CANARY, "CANARY-KNOWN", id="everyone is missing"),
    pytest.param(found(), UnknownReason.CANARY, "CANARY-MADE-UP", id="everyone is there"),
    pytest.param(Answer(200, OTHER), UnknownReason.CANARY, "CANARY-KNOWN", id="one shell for everyone"),
    pytest.param(found(status=404), UnknownReason.CANARY, "CANARY-KNOWN", id="the word with the wrong status"),
    pytest.param(
        Answer(403, b"", shut=Shut(UnknownReason.WALL, "WALL-STATUS")), UnknownReason.WALL, "WALL-STATUS", id="403"
    ),
    pytest.param(
        found(shut=Shut(UnknownReason.WALL, "WALL-CHALLENGE")), UnknownReason.WALL, "WALL-CHALLENGE", id="challenge"
    ),
    pytest.param(
        Answer(302, location="https://q.example/login", shut=Shut(UnknownReason.WALL, "WALL-LOGIN-REDIRECT")),
        UnknownReason.WALL,
        "WALL-LOGIN-REDIRECT",
        id="log-in redirect",
    ),
    pytest.param(
        Answer(500, shut=Shut(UnknownReason.SERVER_ERROR, "SERVER-STATUS")),
        UnknownReason.SERVER_ERROR,
        "SERVER-STATUS",
        id="500",
    ),
    pytest.param(
        Answer(429, shut=Shut(UnknownReason.RATE_LIMITED, "RATE-STATUS"), wait=60.0),
        UnknownReason.RATE_LIMITED,
        "RATE-STATUS",
        id="429 for long",
    ),
    pytest.param(UnreadableError(UnknownReason.TIMEOUT), UnknownReason.TIMEOUT, "HANDLE-NO-ANSWER", id="never answers"),
    pytest.param(UnreadableError(UnknownReason.OVERSIZE), UnknownReason.OVERSIZE, "HANDLE-NO-ANSWER", id="endless"),
    pytest.param(UnreadableError(UnknownReason.TRANSPORT), UnknownReason.TRANSPORT, "HANDLE-NO-ANSWER", id="cut off"),
    pytest.param(Answer(302, location="/loop"), UnknownReason.CANARY, "CANARY-KNOWN", id="goes in circles"),
]


@pytest.mark.parametrize(("everyone", "reason", "rule_id"), BLIND)
async def test_a_site_that_cannot_be_believed_is_unknown_and_is_not_told_the_name(
    everyone: Said, reason: UnknownReason, rule_id: str
) -> None:
    """Where a canary fails there is no verdict, and the candidate's name is not sent at all."""
    site = Site(everyone)

    said = await verdict(site)

    assert (said.presence, said.reason, said.rule) == (Presence.UNKNOWN, reason, rule_id)
    assert "maraquill" not in site.asked


@pytest.mark.parametrize("mark", CHALLENGES, ids=[mark.decode() for mark in CHALLENGES])
async def test_a_challenge_served_as_a_page_is_a_wall(mark: bytes) -> None:
    """A bot wall that answers 200 is a wall, and not a rule that no longer holds."""
    said = await verdict(Site(Answer(200, b"<html>" + mark + b"</html>")))

    assert (said.reason, said.rule) == (UnknownReason.WALL, "WALL-CHALLENGE-PAGE")


async def test_a_challenge_is_no_proof_of_absence() -> None:
    """A rule that knows a missing account by its status alone does not take a wall of that status for it."""
    site_rule = rule(m_code=403, m_string="")
    wall = Shut(UnknownReason.WALL, "WALL-STATUS")

    said = await verdict(Site(Answer(403, b"Go away", shut=wall), inkwell=found()), site_rule)

    assert (said.presence, said.reason) == (Presence.UNKNOWN, UnknownReason.WALL)


async def test_the_words_of_a_rule_outweigh_a_doubtful_sign_of_a_wall() -> None:
    """A 401 with the rule's own words for "missing", and a log-in form on a found page, are answers."""
    site_rule = rule(m_code=401)
    missing = Answer(401, GONE, shut=Shut(UnknownReason.WALL, "WALL-STATUS"))
    form = Shut(UnknownReason.WALL, "WALL-LOGIN-FORM")

    said = await verdicts(
        Site(missing, inkwell=found(shut=form), maraquill=found(shut=form)), site_rule, a="maraquill", b="nobody"
    )

    assert [each.presence for each in said] == [Presence.FOUND, Presence.NOT_FOUND]


async def test_a_page_that_asks_to_be_left_out_is_left_out() -> None:
    """An account whose page opts out is not reported as found; a "missing" page that does is nobody's wish."""
    wish = Shut(UnknownReason.OPTED_OUT, "OPT-ROBOTS-META")
    site_rule = rule(m_code=200)

    said = await verdicts(
        Site(gone(status=200, shut=wish), inkwell=found(), maraquill=found(shut=wish)),
        site_rule,
        a="maraquill",
        b="nobody",
    )

    assert [(each.presence, each.reason) for each in said] == [
        (Presence.UNKNOWN, UnknownReason.OPTED_OUT),
        (Presence.NOT_FOUND, None),
    ]


def soft(name: str, extra: bytes = b"") -> Answer:
    return Answer(200, b"<title>%s at Quillhouse</title>%s<p>%s" % (name.encode(), extra, b"w" * 2000))


@pytest.mark.parametrize(
    ("answer", "presence"),
    [
        pytest.param(soft("maraquill"), Presence.NOT_FOUND, id="the same but for the name"),
        pytest.param(soft("maraquill", b"a token"), Presence.NOT_FOUND, id="a few bytes differ"),
        pytest.param(soft("maraquill", b"x" * 900), Presence.UNKNOWN, id="another length"),
        pytest.param(soft("welcome"), Presence.UNKNOWN, id="another title"),
        pytest.param(Answer(302, location="https://q.example/"), Presence.UNKNOWN, id="another status"),
        pytest.param(found(), Presence.FOUND, id="the exists side still holds"),
        pytest.param(UnreadableError(UnknownReason.TIMEOUT), Presence.UNKNOWN, id="no answer"),
    ],
)
async def test_where_the_missing_side_has_rotted_the_made_up_name_is_the_measure(
    answer: Said, presence: Presence
) -> None:
    """A site that shows missing accounts a page of its own is read by how it treats the made-up name."""
    said = await verdict(Site(answer, inkwell=found(), **{MADE_UP: soft(MADE_UP)}))

    assert said.presence is presence


async def test_a_measure_holds_only_where_the_made_up_name_showed_neither_side() -> None:
    """Where the rule's "missing" works for the made-up name, an answer of no side stays unknown."""
    said = await verdict(Site(gone(), inkwell=found(), maraquill=Answer(200, OTHER)))

    assert (said.presence, said.rule) == (Presence.UNKNOWN, "HANDLE-NEITHER")


async def test_a_page_of_both_sides_shows_neither() -> None:
    """Where one page holds the words of both sides, nothing follows: not for the known account, not for a name."""
    both, site_rule = found(body=HERE + GONE), rule(m_code=200)

    assert (await verdict(Site(both), site_rule)).rule == "CANARY-KNOWN"
    assert (
        await verdict(Site(both, inkwell=found(), **{MADE_UP: gone(status=200)}), site_rule)
    ).rule == "HANDLE-NEITHER"


async def test_a_second_known_account_is_tried() -> None:
    """The first known account may have closed since; the second one may prove the rule."""
    site = Site(gone(), blotter=found())

    assert (await verdict(site)).presence is Presence.NOT_FOUND
    assert site.asked == ["inkwell", "blotter", MADE_UP, "maraquill"]


async def test_a_short_pause_is_waited_for_once() -> None:
    """A 429 with a short Retry-After is asked once more, and not again after that."""
    busy = Answer(429, shut=Shut(UnknownReason.RATE_LIMITED, "RATE-STATUS"), wait=PATIENCE)
    site = Site(gone(), inkwell=[busy, found()], maraquill=[busy, busy])

    said = await verdict(site)

    assert (said.presence, said.reason) == (Presence.UNKNOWN, UnknownReason.RATE_LIMITED)
    assert site.asked == ["inkwell", "inkwell", MADE_UP, "maraquill", "maraquill"]


async def test_several_names_share_the_canaries() -> None:
    """The canaries are asked for once a site; each name gets its own verdict."""
    site = Site(gone(), inkwell=found(), maraquill=found())

    said = await verdicts(site, a="maraquill", b="quillmara")

    assert [(each.identifier, each.presence) for each in said] == [("a", Presence.FOUND), ("b", Presence.NOT_FOUND)]
    assert site.asked == ["inkwell", MADE_UP, "maraquill", "quillmara"]


async def test_a_name_that_the_site_cannot_be_asked_for_is_unknown() -> None:
    """A name with a character that the site drops is not asked for, and the verdict says so."""
    said = await verdicts(Site(gone(), inkwell=found()), rule(strip_bad_char="."), a="mara.quill")

    assert [(each.reason, each.rule) for each in said] == [(UnknownReason.OFF_PLAN, "HANDLE-NAME")]


async def test_a_refusal_ends_everything() -> None:
    """Where the authorisation ends, nobody makes a verdict of it."""

    async def refuse(probe: Probe) -> Answer:
        raise RefusedError(rule="UK-13", reason="withdrawn", mend="ask")

    with pytest.raises(RefusedError):
        await examine(rule(), {"a": "maraquill"}, refuse, made_up=MADE_UP)


async def test_the_evidence_of_a_verdict_is_both_canaries_and_the_answer() -> None:
    """A verdict names the kept records that it follows from."""
    site = Site(gone(evidence="E0002"), inkwell=found(evidence="E0001"), a=found(evidence="E0003"))

    said = await verdicts(site, one="a", two="b")

    assert [each.evidence for each in said] == [("E0001", "E0002", "E0003"), ("E0001", "E0002", "E0002")]


async def test_a_failed_canary_names_its_evidence_too() -> None:
    """What an unknown follows from is named as well."""
    said = await verdict(Site(found(evidence="E0001")))

    assert said.evidence == ("E0001", "E0001")


@pytest.mark.parametrize(
    ("charset", "encode"),
    [("utf-8", "utf-8"), ("windows-1251", "windows-1251"), (None, "utf-8"), ("koi8-r", "koi8-r")],
)
async def test_words_outside_ascii_are_found_in_the_charset_of_the_page(charset: str | None, encode: str) -> None:
    """The rule's words are looked for in UTF-8 and in the charset that the answer states."""
    site_rule = rule(e_string="Участник")
    page = found(body=b"<p>\xff\x00" + "Участник".encode(encode), charset=charset)

    assert (await verdict(Site(gone(), inkwell=page, maraquill=page), site_rule)).presence is Presence.FOUND


@pytest.mark.parametrize("charset", ["no-such-charset", "ascii", "latin-1"])
async def test_a_charset_that_cannot_hold_the_words_proves_nothing(charset: str) -> None:
    """A charset that is unknown, or has no such letters, leaves the known account not found."""
    page = found(body=b"<p>hello</p>", charset=charset)

    assert (await verdict(Site(gone(), inkwell=page), rule(e_string="Участник"))).rule == "CANARY-KNOWN"


def test_a_verdict_says_why_it_is_unknown_and_only_then() -> None:
    """A reason stands beside "unknown" and beside nothing else."""
    fields = {"site": "Q", "category": "hobby", "identifier": "a", "rule": "HANDLE-FOUND"}

    for presence, reason in ((Presence.UNKNOWN, None), (Presence.FOUND, UnknownReason.WALL)):
        with pytest.raises(ValidationError, match="an unknown has a reason"):
            Verdict(presence=presence, reason=reason, **fields)  # type: ignore[arg-type]  # a table of fields


async def test_a_long_address_is_not_asked() -> None:
    """An address beyond the longest that is asked gives no verdict."""
    said = await verdicts(Site(gone(), inkwell=found()), a="m" * 600)

    assert [(each.reason, each.rule) for each in said] == [(UnknownReason.OFF_PLAN, "HANDLE-NAME")]


@pytest.mark.parametrize(
    ("passed", "answer", "presence"),
    [
        pytest.param(True, found(), Presence.FOUND, id="found"),
        pytest.param(True, gone(), Presence.NOT_FOUND, id="missing"),
        pytest.param(True, Answer(200, OTHER), Presence.UNKNOWN, id="neither, and no likeness to go by"),
        pytest.param(Likeness("0" * 64, 2000), Answer(200, OTHER), Presence.UNKNOWN, id="unlike the made-up name"),
    ],
)
async def test_canaries_that_passed_a_short_time_ago_are_not_asked_again(
    passed: Likeness | bool, answer: Answer, presence: Presence
) -> None:
    """Only the name itself is asked; what the made-up name looked like then is what it is measured by."""
    site = Site(answer)

    examined = await examine(rule(), {"a": "maraquill"}, site, made_up=MADE_UP, passed=passed)

    assert examined.verdicts[0].presence is presence
    assert site.asked == ["maraquill"]


async def test_a_likeness_that_was_kept_measures_as_the_answer_did() -> None:
    """A soft "not here" is known by what the made-up name's answer looked like the day before."""
    first = await examine(rule(), {"a": "maraquill"}, Site(soft(MADE_UP), inkwell=found()), made_up=MADE_UP)
    assert first.control is not None
    assert first.control.likeness is not None

    again = await examine(
        rule(), {"a": "maraquill"}, Site(soft("maraquill")), made_up="zq9", passed=first.control.likeness
    )

    assert again.verdicts[0].rule == "HANDLE-LIKE-MADE-UP"

"""Mastodon's interface, spoken by other programs: what a status is addressed to decides, and the server's word does not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from footprint.collectors.mastodon_audience import is_of_mastodon
from footprint.collectors.mastodon_shapes import Status
from footprint.errors import SourceStopped, UnreadableError
from footprint.model.candidate import Identifier, IdentifierKind
from footprint.model.evidence import UnknownReason
from footprint.model.observation import ObservationKind

INES = Identifier(kind=IdentifierKind.MASTODON, value="@ines@social.example")
FINGER = "https://social.example/.well-known/webfinger?resource=acct:ines@social.example"
LOOKUP = "https://social.example/api/v1/accounts/lookup?acct=ines"
STATUSES = "https://social.example/api/v1/accounts/4711/statuses?limit=40"
HERE = "https://social.example/ines/p/"
PUBLIC = "https://www.w3.org/ns/activitystreams#Public"
FOLLOWERS = "https://social.example/ines/followers"


@pytest.fixture
def plain(assets: Path) -> dict[str, object]:
    """A status of Mastodon."""
    (first, *_) = json.loads((assets / "mastodon/statuses.json").read_text("utf-8"))
    return dict(first)


@pytest.fixture
def server(assets: Path, plain):
    """Make the answers of a server that gives ids of its own: each status, and the object that it is."""

    def of(objects: dict[str, object]) -> dict[str, object]:
        folder = assets / "mastodon"
        listed = [plain | {"id": f"n{name}", "uri": HERE + name} for name in objects]
        own = {
            HERE + name: one if isinstance(one, Exception) else json.dumps(one).encode()
            for name, one in objects.items()
        }
        return {
            FINGER: folder / "webfinger.json",
            LOOKUP: folder / "account.json",
            STATUSES: json.dumps(listed).encode(),
        } | own

    return of


def note(name: str, to: object) -> dict[str, object]:
    """Return a status as ActivityPub tells it."""
    return {"type": "Note", "id": HERE + name, "to": to, "cc": [PUBLIC, FOLLOWERS], "content": "A plain post"}


@pytest.mark.parametrize(
    ("uri", "is_own"),
    [
        ("https://social.example/users/ines/statuses/109", True),
        ("https://social.example/users/ines/statuses/109/activity", True),
        ("https://social.example/ap/users/4711/statuses/109", True),
        ("https://social.example/users/ines/statuses/110", False),
        ("https://social.example/ines/p/109", False),
        ("https://social.example/objects/109", False),
        ("https://social.example/users/ines/statuses/109?p=1", False),
    ],
)
def test_whose_program_gave_the_id(plain, uri: str, is_own: bool) -> None:
    """Mastodon's ids end in the status's number; another form is another program's, and so is another number."""
    status = Status.model_validate_json(json.dumps(plain | {"uri": uri}))

    assert is_of_mastodon(status) is is_own


@pytest.mark.parametrize("to", [[PUBLIC], PUBLIC, ["as:Public"], ["Public", FOLLOWERS]])
async def test_a_status_to_the_public_is_read(gather, answering, server, to) -> None:
    """In any of the spellings of the public, as a list or alone."""
    (_, post), error = await gather(INES, answering(server({"1": note("1", to)})))

    assert (post.native_id, error) == ("n1", None)


@pytest.mark.parametrize("elsewhere", ["", "https://other.example/objects/1", "https://social.example/" + "y" * 5000])
async def test_ids_on_another_host_cost_nothing_but_themselves(
    gather, answering, server, plain, elsewhere: str
) -> None:
    """Some programs give a boost the id of what is boosted: it is not asked for, the others are read, and the report says so."""
    web = server({"1": note("1", [PUBLIC])})
    boosts = [plain | {"id": f"b{number}", "uri": elsewhere} for number in range(5)]
    web[STATUSES] = json.dumps([*boosts, *json.loads(web[STATUSES])]).encode()

    (_, post), error = await gather(INES, answering(web))

    assert post.native_id == "n1"
    assert (error.reason, error.noted) == (UnknownReason.OFF_PLAN, False)


@pytest.mark.parametrize("to", [[], [FOLLOWERS], "https://social.example/users/otto"])
async def test_a_status_that_is_not_to_the_public_is_left_out_and_counted(gather, answering, server, to) -> None:
    """The public in `cc` is unlisted, and none at all is for somebody: the server's own word was `public` for both."""
    web = answering(server({"1": note("1", to), "2": note("2", [PUBLIC]), "3": note("3", to)}))
    found, error = await gather(INES, web)

    assert [one.native_id for one in found[1:]] == ["n2"]
    assert (error.reason, error.detail) == (UnknownReason.OPTED_OUT, "OPT-MASTODON-UNLISTED: 2")


async def test_what_is_left_out_is_no_context_either(gather, answering, server, plain) -> None:
    """A public answer to one's own unlisted words does not bring them along."""
    answers = server({"1": note("1", [PUBLIC]), "2": note("2", [])})
    first, second = json.loads(answers[STATUSES])
    listed = [first | {"in_reply_to_id": "n2"}, second | {"content": "<p>Between us</p>"}]
    found, _ = await gather(INES, answering(answers | {STATUSES: json.dumps(listed).encode()}))

    assert [(one.native_id, one.context) for one in found[1:]] == [("n1", "")]


@pytest.mark.parametrize(
    "answer",
    [
        UnreadableError(UnknownReason.WALL, "WALL-STATUS 401"),
        UnreadableError(UnknownReason.MALFORMED, "text/html"),
        {"type": "Note", "id": f"{HERE}9", "to": [PUBLIC]},
        {"type": "Note", "id": f"{HERE}1", "to": {"id": PUBLIC}},
    ],
)
async def test_where_it_cannot_be_learnt_nothing_is_read(gather, answering, server, answer) -> None:
    """A server that wants signed requests, a page for people, another status, another shape: no permission."""
    found, error = await gather(INES, answering(server({"1": answer})))

    assert [one.kind for one in found] == [ObservationKind.PROFILE]
    assert error.reason in (UnknownReason.WALL, UnknownReason.MALFORMED)


async def test_after_three_faults_the_others_are_left_alone(gather, answering, server) -> None:
    """A server that refuses three refuses all."""
    wall = UnreadableError(UnknownReason.WALL, "WALL-STATUS 401")
    web = answering(server({str(name): wall for name in range(5)} | {"9": note("9", [PUBLIC])}))
    found, _ = await gather(INES, web)

    assert len(found) == 1
    assert sum(url.startswith(HERE) for url in web.urls) == 3


async def test_a_status_that_is_gone_is_left_out(gather, answering, server) -> None:
    """Between the list and the question it was deleted: nothing of it is read, and the others are."""
    web = answering(server({"1": UnreadableError(UnknownReason.ABSENT, "404"), "2": note("2", [PUBLIC])}))
    found, error = await gather(INES, web)

    assert ([one.native_id for one in found[1:]], error) == (["n2"], None)


async def test_a_stop_ends_the_asking_and_passes(gather, answering, server) -> None:
    """What was confirmed before it counts."""
    stop = SourceStopped(UnknownReason.RATE_LIMITED, "429")
    web = answering(server({"1": note("1", [PUBLIC]), "2": note("2", []), "3": stop, "4": note("4", [PUBLIC])}))
    found, error = await gather(INES, web)

    assert [one.native_id for one in found[1:]] == ["n1"]
    assert error is stop
    assert f"{HERE}4" not in web.urls


async def test_after_a_stop_nothing_is_asked(gather, answering, server, assets) -> None:
    """A second page that ends the source ends the asking too."""
    stop = SourceStopped(UnknownReason.RATE_LIMITED, "429")
    older = f"{STATUSES}&max_id=n1"
    web = answering(server({"1": note("1", [PUBLIC])}) | {older: stop}, {STATUSES: (("next", older),)})
    found, error = await gather(INES, web)

    assert (len(found), error) == (1, stop)
    assert f"{HERE}1" not in web.urls


async def test_a_hundred_are_asked_for(gather, answering, server) -> None:
    """The newest; the others are left out, and the report says that there were more."""
    names = [str(number) for number in range(101)]
    web = answering(server({name: note(name, [PUBLIC]) for name in names}), {STATUSES: (("prev", STATUSES),)})
    found, error = await gather(INES, web)

    assert (len(found), error.reason) == (101, UnknownReason.BUDGET)


async def test_mastodons_own_statuses_are_not_asked_for(gather, answering, server, plain) -> None:
    """Its word on the visibility holds: no request more than before."""
    web = answering(server({}) | {STATUSES: json.dumps([plain]).encode()})
    found, error = await gather(INES, web)

    assert ([one.native_id for one in found[1:]], error) == (["109"], None)
    assert web.urls == [FINGER, LOOKUP, STATUSES]

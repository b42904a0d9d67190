"""The eleven answers: what the server gives in each, and what must come of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from footprint.clock import Clock
from footprint.collectors.interface import Collector, Manifest
from footprint.contract.fixtures import NOTHING, Answered, Expected, Fixtures
from footprint.contract.server import Asked, Given, Loopback, Manner
from footprint.model.candidate import Identifier, Provenance, Relation
from footprint.model.evidence import UnknownReason
from footprint.model.kinds import Spelling, kind_of
from footprint.sources.trial import Means, Outcome, Room
from footprint.web.client import Bounds, Client
from footprint.web.credential import Credential
from footprint.web.guard import Guard

PATIENCE = 0.5
"""Seconds that the client waits for the one server that never answers."""
AGENT = "footprint (+https://example.org/contract)"

CHALLENGE = Given(403, body=b"<!doctype html><title>Just a moment</title>", headers=(("cf-mitigated", "challenge"),))
LOGIN = Given(302, headers=(("Location", "/login?next=%2F"),))
LIMITED = Given(429, content_type="application/json", body=b"{}")
FAILED = Given(503, body=b"<!doctype html><title>Unavailable</title>")

SHARED: dict[str, tuple[Given, UnknownReason]] = {
    "challenge": (CHALLENGE, UnknownReason.WALL),
    "log-in redirect": (LOGIN, UnknownReason.WALL),
    "429 with Retry-After": (
        Given(429, LIMITED.content_type, b"{}", (("Retry-After", "3600"),)),
        UnknownReason.RATE_LIMITED,
    ),
    "429 without": (LIMITED, UnknownReason.RATE_LIMITED),
    "5xx": (FAILED, UnknownReason.SERVER_ERROR),
    "oversize": (Given(manner=Manner.ENDLESS), UnknownReason.OVERSIZE),
    "hang": (Given(manner=Manner.NEVER), UnknownReason.TIMEOUT),
}
"""Answers that are the same for every source, and why nothing is known after them."""

CASES = ("found", "missing", "soft-404", *SHARED, "malformed")
LIMITED_IN_BODY = "limit in the body"
"""A twelfth case, of the sources whose manifest says that they refuse in the body of an answer."""


class Ran(NamedTuple):
    """One case, as it went."""

    outcome: Outcome
    asked: tuple[Asked, ...]
    problems: tuple[str, ...]
    """What does not hold, in words without a word of any page; empty where all is well."""


def cases_of(reader: Collector) -> tuple[str, ...]:
    """Return the cases that a collector has to meet."""
    refuses = any(limit.says for limit in reader.manifest.limits.stated)
    return (*CASES, LIMITED_IN_BODY) if refuses else CASES


async def run(
    reader: Collector, fixtures: Fixtures, case: str, *, room: Room, clock: Clock, secret: str | None = None
) -> Ran:
    """Run one case of one collector: the real gate and client, over TLS on loopback; with an operator's key if one is given."""
    identifier = about(reader, fixtures)
    hosts = {request.host for request in reader.plan(identifier)}
    async with Loopback(hosts, _answers(fixtures, case, _tail(reader.manifest, secret))) as web:
        bounds = Bounds(seconds=PATIENCE) if case == "hang" else Bounds()
        client = Client(guard=Guard(pinned=web.pinned), user_agent=AGENT, tls=web.tls, bounds=bounds)
        try:
            outcome = await room.read(
                reader, identifier, Means(client, clock, _keyed(client, reader, identifier, secret))
            )
        finally:
            await client.aclose()
    allowed = key_header(reader.manifest) if secret is not None else frozenset()
    problems = (*_problems(outcome, case, fixtures.table.expect), *manners(web, allowed))
    return Ran(outcome, tuple(web.asked), problems)


def about(reader: Collector, fixtures: Fixtures) -> Identifier:
    """Return the identifier that the answers are about."""
    (kind,) = reader.manifest.consumes
    named = fixtures.table.identifier
    is_search = kind_of(kind).spelling is Spelling.QUERY
    return Identifier(
        kind=kind,
        value=named.value,
        host=named.host,
        provenance=Provenance.CONTROLLER if is_search else Provenance.DECLARED,
        relation=Relation.MENTION if is_search else Relation.OWN,
    )


def _answers(fixtures: Fixtures, case: str, tail: str) -> Callable[[Asked], Given]:
    table = fixtures.table
    own = {
        "found": table.found,
        "missing": table.missing,
        "soft-404": table.soft_404,
        "malformed": table.malformed,
        LIMITED_IN_BODY: table.limited,
    }

    def answer(asked: Asked) -> Given:
        if asked.target == "/robots.txt":
            return Given(404)
        if case in SHARED:
            given, _ = SHARED[case]
            # A body without an end is read only where its type is one that was asked for.
            accepted = asked.header("accept").partition(",")[0].partition(";")[0]
            return Given(manner=given.manner, content_type=accepted) if given.manner is Manner.ENDLESS else given
        return _own(own[case], asked.url.removesuffix(f"&{tail}").removesuffix(f"?{tail}"), fixtures)

    return answer


def _own(answers: tuple[Answered, ...], url: str, fixtures: Fixtures) -> Given:
    answered = next((answered for answered in answers if answered.matches(url)), None)
    if answered is None:
        return Given(404)
    return Given(answered.status, answered.content_type, fixtures.body(answered), tuple(answered.headers.items()))


def _problems(outcome: Outcome, case: str, expected: Expected) -> list[str]:
    told = ", ".join(outcome.reasons) or NOTHING
    if outcome.fault:
        return [f"{case}: the collector let a {outcome.fault} pass"]
    if case == "found":
        problems = [] if outcome.observations else [f"{case}: no observation"]
        return problems + ([f"{case}: unknown: {told}"] if outcome.unknowns else [])
    problems = [f"{case}: {len(outcome.observations)} observations of nothing"] if outcome.observations else []
    wanted = _wanted(case, expected)
    return problems + ([f"{case}: {told}, and {wanted} was to come of it"] if told != wanted else [])


def _wanted(case: str, expected: Expected) -> str:
    if case in SHARED:
        return str(SHARED[case][1])
    own = {
        "missing": expected.missing,
        "soft-404": expected.soft_404,
        LIMITED_IN_BODY: UnknownReason.RATE_LIMITED,
    }
    return str(own.get(case, UnknownReason.MALFORMED))


def key_header(manifest: Manifest) -> frozenset[str]:
    """Return the one header in which a source's declared key may travel; none where it travels in the query."""
    if manifest.key is None or manifest.key.sent == "query":
        return frozenset()
    return frozenset({(manifest.key.name or "Authorization").lower()})


def _tail(manifest: Manifest, secret: str | None) -> str:
    """Return what a key in the query adds to every address; the answers are listed without it."""
    is_query = manifest.key is not None and manifest.key.sent == "query" and secret is not None
    return f"{manifest.key.name}={secret}" if is_query and manifest.key is not None else ""


def _keyed(client: Client, reader: Collector, identifier: Identifier, secret: str | None) -> dict[str, Client]:
    key = reader.manifest.key
    if key is None or secret is None:
        return {}
    hosts = frozenset(host.lower() for host in key.hosts or (identifier.home,))
    return {identifier.source: client.with_key(Credential(secret, hosts, key.sent, key.name, key.scheme))}


def manners(web: Loopback, allowed: frozenset[str] = frozenset()) -> list[str]:
    """Return what requests had that no request may have."""
    problems = [f"a {asked.method} request" for asked in web.asked if asked.method != "GET"]
    headers = {name for asked in web.asked for name, _ in asked.headers}
    problems += [f"a request with {name}" for name in sorted(headers - SENT - allowed)]
    return problems + (["a request with a body"] if web.bodies else [])


SENT = frozenset({"host", "user-agent", "accept", "accept-encoding"})
"""Every header that a request without a key has. No cookie, no authorization, no length of a body."""

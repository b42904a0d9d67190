"""The operator's key through a whole run: the right server gets it, and nothing that the run leaves behind holds it."""

from __future__ import annotations

import base64
import gzip
import json
from dataclasses import replace
from pathlib import Path

from footprint.admission import Desk, Order
from footprint.collectors.interface import key_variable
from footprint.contract.server import Asked, Given, Loopback
from footprint.model.report import Report
from footprint.screening import Outlook, screen
from footprint.store.keyring import Keyring
from footprint.web.guard import Guard

KEY = "k3y-of-the-operator"
API = "api.github.com"
HOSTS = (API, "maraquill.example", "social.example", "wiki.example", "courier.example")
ASSETS = Path(__file__).parents[2] / "assets"
USER = json.loads((ASSETS / "github" / "user.json").read_text("utf-8")) | {"login": "maraquill"}


def answer(asked: Asked) -> Given:
    """The code host knows the account; nothing else knows anything."""
    if asked.header("host") != API:
        return Given(404)
    is_user = asked.target == "/users/maraquill"
    return Given(200, "application/json", json.dumps(USER).encode() if is_user else b"[]")


def at_github(order: Order) -> None:
    """Name the account at the public host instead of the demonstration's."""
    profile, consent = order.profile.read_text(), order.consent.read_text()
    order.profile.write_text(profile.replace('host = "code.example"\n', ""))
    order.consent.write_text(consent.replace("github:maraquill@code.example", "github:maraquill@github.com"))


async def run(order: Order, desk: Desk) -> tuple[Report, list[Asked]]:
    """Screen over a loopback web."""
    async with Loopback(HOSTS, answer) as web:
        outlook = Outlook(guard=Guard(pinned=web.pinned), tls=web.tls)
        steps = [step async for step in screen(order, desk, outlook)]
    assert isinstance(steps[-1], Report)
    return steps[-1], web.asked


def left_behind(desk: Desk, report: Report) -> list[bytes]:
    """Everything that the run wrote: files as they lie, and what they hold once opened."""
    workspace = desk.workspace
    files = [path.read_bytes() for path in Path(workspace.folder).rglob("*") if path.is_file()]
    documents = [workspace.get_document(report.case, name) for name in ("report.html", "report.json")]
    captures = []
    for name in workspace.captures(report.case):
        with workspace.open_capture(report.case, name) as file:
            captures.append(gzip.decompress(file.read()))
    assert any(b"GET /users/maraquill" in content for content in captures)
    return [*files, *documents, *captures]


async def test_the_key_goes_to_its_source_alone_and_stays_nowhere(order, desk) -> None:
    """The code host's interface gets it; no other host, no file, no log line, no report, no capture."""
    at_github(order)
    desk = replace(desk, keyring=Keyring(key_variable, {"FOOTPRINT_KEY_GITHUB": KEY}))
    report, asked = await run(order, desk)
    forms = (KEY.encode(), base64.b64encode(KEY.encode()))

    assert any(source.source == "github" and source.observations for source in report.coverage)
    assert {one.header("authorization") for one in asked if one.header("host") == API} == {f"Bearer {KEY}"}
    assert {one.header("authorization") for one in asked if one.header("host") != API} == {""}
    assert not any(form in content for form in forms for content in left_behind(desk, report))


async def test_without_a_key_the_source_is_asked_without(order, desk) -> None:
    """It is optional at this source."""
    at_github(order)
    _, asked = await run(order, desk)

    assert {one.header("authorization") for one in asked} == {""}
    assert any(one.header("host") == API for one in asked)

"""The demonstration's web gone bad: its answers after whatever a test does to them, and a whole run over it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

import httpx
import pytest

from answers import DEMO
from footprint.admission import Desk, Order
from footprint.audit.log import AuditLog
from footprint.cli.demo import counted_token
from footprint.demo.clock import DemoClock
from footprint.demo.sites import Files, Replies, built_in, reply
from footprint.demo.social import Social
from footprint.errors import UnreadableError
from footprint.model.evidence import UnknownReason
from footprint.model.report import Report, SourceCoverage
from footprint.screening import Outlook, screen
from footprint.store.cases import Cases
from footprint.store.workspace import Workspace
from footprint.web.client import Exchange, accepts
from footprint.web.guard import Guard

Change = Callable[[Exchange], Exchange]
"""What a test does to an answer; the address that was asked is in it."""

HOSTS = ("code.example", "courier.example", "maraquill.example", "social.example", "wiki.example")
LIVE = frozenset({"script", "iframe", "object", "embed", "img", "form", "input", "base", "link"})
"""Elements that no report has; whatever opened one was page text."""


class Outcome(NamedTuple):
    """What a run left behind."""

    report: Report
    html: bytes
    json: bytes
    log: bytes

    def source(self, name: str) -> SourceCoverage:
        """Return the coverage of the first identifier of a source."""
        return next(source for source in self.report.coverage if source.source == name)


class HostileWeb:
    """Stands where the client stands: checks addresses, types and sizes as it does, and opens no socket."""

    def __init__(self, change: Change) -> None:
        self._change = change
        self._guard = Guard(pinned=dict.fromkeys(HOSTS, ("127.0.0.1", 1)))

    async def get(self, url: str, *, accept: str, max_bytes: int, **_: object) -> Exchange:
        self._guard.check(url)
        exchange = self._change(_answer(str(httpx.URL(url).copy_with(fragment=None))))
        if len(exchange.body) > max_bytes:
            raise UnreadableError(UnknownReason.OVERSIZE, "over the limit")
        if exchange.status < 300 and not accepts(accept, exchange.content_type):
            raise UnreadableError(UnknownReason.MALFORMED, "content type")
        return exchange

    async def aclose(self) -> None:
        """Nothing is open."""


def screened(folder: Path, change: Change) -> Outcome:
    """Run the whole line over a web that was changed, in a new workspace in a folder."""
    settings, policy = (DEMO.joinpath(name).read_bytes() for name in ("footprint.toml", "policy.toml"))
    for name in ("profile.toml", "consent.toml"):
        (folder / name).write_bytes(DEMO.joinpath(name).read_bytes())
    order = Order(profile=folder / "profile.toml", consent=folder / "consent.toml")
    with (
        Workspace.create(folder / "workspace", settings, policy, salt=bytes(32)) as workspace,
        pytest.MonkeyPatch.context() as patch,
    ):
        patch.setattr("footprint.screening.Client", lambda **_: HostileWeb(change))
        log, cases = AuditLog(workspace.audit_path), Cases(workspace.database())
        desk = Desk(workspace, log, cases, DemoClock(), counted_token(), demonstration=True)
        report = asyncio.run(_last(order, desk))
        return Outcome(
            report,
            workspace.get_document(report.case, "report.html"),
            workspace.get_document(report.case, "report.json"),
            workspace.audit_path.read_bytes(),
        )


def live_markup(html: bytes) -> list[str]:
    """Return every element, attribute and link of a page that could do something by itself."""
    parser = _Parser()
    parser.feed(html.decode())
    parser.close()
    return parser.found


class _Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        # The page's own filter: radio buttons that belong to no form and send nothing.
        is_filter = (
            tag == "input" and dict(attrs).keys() <= {"type", "name", "id", "checked"} and ("name", "show") in attrs
        )
        if tag in LIVE and not is_filter:
            self.found.append(tag)
        for name, value in attrs:
            leads_away = name in ("href", "src") and not (value or "").startswith(("#", "http://", "https://"))
            if name.startswith("on") or leads_away:
                self.found.append(f"{tag} {name}={value}")


async def _last(order: Order, desk: Desk) -> Report:
    steps = [step async for step in screen(order, desk, Outlook())]
    assert isinstance(steps[-1], Report)
    return steps[-1]


def _sites() -> dict[str, tuple[Replies, ...]]:
    folders = {host: built_in() / host for host in HOSTS}
    social = Social.load(folders["social.example"])
    return {
        host: (Files.load(folder), social) if host == "social.example" else (Files.load(folder),)
        for host, folder in folders.items()
    }


SITES = _sites()


def _answer(url: str) -> Exchange:
    parts = urlsplit(url)
    answer = reply(SITES, parts.netloc, f"{parts.path}?{parts.query}")
    return Exchange(
        url=url,
        status=answer.status,
        reason="OK",
        request_headers=(("Host", parts.netloc),),
        headers=(("Content-Type", answer.content_type), *answer.headers),
        raw_body=answer.body,
        body=answer.body,
        address="127.0.0.1",
    )

"""A small web of sites on loopback, plain HTTP, told apart by the Host header; and a workspace that may ask them."""

from __future__ import annotations

import json
import threading
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from answers import DEMO
from footprint.collectors.catalog import manifest
from footprint.demo.clock import START
from footprint.store.switches import Switch, Switches, write_switches
from footprint.store.workspace import Workspace

NAME = "maraquill"
CARD = "<title>{name}</title><p class=member-card>{name}</p>"
SOFT = "<title>Welcome</title><p>Nothing to see for {name}.</p>"

ROLE = """
id = "searched-clerk"
version = "1.0"
title = "Clerk"
window_years = 5
sources = ["website", "handles"]
engagement = ["original", "reply"]

[[categories]]
category = "threats-and-violence"
necessity = "A clerk opens letters from people under threat; a public threat bears on their safety."
"""

CLAUSE = """
[[clauses]]
id = "2.4"
title = "Names"
text = "It may be checked whether an account of a name that the candidate gave exists at the sites of the unit's list."
sources = ["handles"]

[[clauses]]
id = "3.1\""""

PROFILE = f"""
id = "C-2026-0117"
name = "Mara Quill"
born = 1994-03-08

[[identifiers]]
kind = "handles"
value = "{NAME}"
provenance = "volunteered"
"""

KINDS = ("found", "missing", "soft", "walled", "asleep", "dead", "closed")
"""What each site is: the name is there; it is not; a missing account looks like any other page; a log-in stands before
it; everybody is there; the known account is gone; robots.txt asks to stay away."""


class Town:
    """The sites. `with Town() as town` serves them."""

    def __init__(self, sites: dict[str, str] | None = None) -> None:
        """Take what kind of site each host is."""
        self.sites = sites or {f"{kind}.test": kind for kind in KINDS}
        self.asked: Counter[str] = Counter()
        self.seen: list[tuple[str, str]] = []
        self.port = 0

    def __enter__(self) -> Town:
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), handler_of(self))
        self._server.daemon_threads = True
        self.port = self._server.server_address[1]
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    @property
    def pins(self) -> list[str]:
        """The options that lead to the sites."""
        return [word for host in self.sites for word in ("--loopback", f"{host}=127.0.0.1:{self.port}")]

    @property
    def pinned(self) -> dict[str, tuple[str, int]]:
        """The same for a guard."""
        return dict.fromkeys(self.sites, ("127.0.0.1", self.port))

    def answer(self, host: str, path: str) -> tuple[int, bytes, dict[str, str]]:
        kind, name = self.sites.get(host, "missing"), path.rpartition("/")[2]
        if path == "/robots.txt":
            return (200, b"User-agent: *\nDisallow: /", {}) if kind == "closed" else (404, b"", {})
        if kind == "walled":
            return 302, b"", {"Location": f"http://{host}/login"}
        is_here = (name == "inkwell" and kind != "dead") or kind == "asleep" or (name == NAME and kind == "found")
        if is_here:
            return 200, CARD.format(name=name).encode(), {}
        return (200, SOFT.format(name=name).encode(), {}) if kind == "soft" else (404, b"<p>nobody here</p>", {})

    def rules(self) -> bytes:
        """The site rules, in WhatsMyName's format."""
        return json.dumps({"sites": [rule(host) for host in self.sites]}).encode()


def handler_of(town: Town) -> type[BaseHTTPRequestHandler]:
    """Return what answers one request."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            host = (self.headers["Host"] or "").partition(":")[0]
            town.asked[host] += 1
            town.seen.append((host, self.path))
            status, body, headers = town.answer(host, self.path)
            self.send_response(status)
            for name, value in {"Content-Type": "text/html", **headers}.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    return Handler


def rule(host: str, **changes: object) -> dict[str, object]:
    """Return the rule of a site."""
    plain: dict[str, object] = {
        "name": host,
        "uri_check": f"http://{host}/u/{{account}}",
        "e_code": 200,
        "e_string": "member-card",
        "m_code": 404,
        "m_string": "nobody here",
        "known": ["inkwell"],
        "cat": "hobby",
    }
    return plain | changes


def make_place(folder: Path, town: Town, *, sources: str = '["handles"]', role: str = ROLE) -> Path:
    """Make a workspace whose role, policy and consent allow to look for the name, and return it."""
    settings, policy = (DEMO.joinpath(name).read_text("utf-8") for name in ("footprint.toml", "policy.toml"))
    policy = policy.replace('[[clauses]]\nid = "3.1"', CLAUSE.strip(), 1)
    Workspace.create(folder, (settings + 'handles = "sites.json"\n').encode(), policy.encode()).close()
    packs = folder / "packs" / "role"
    packs.mkdir(parents=True)
    (packs / "searched-clerk.toml").write_text(role, encoding="utf-8")
    (folder / "sites.json").write_bytes(town.rules())
    on = Switch(
        source="handles",
        is_on=True,
        version=manifest("handles").version,
        reason="The list is the unit's own.",
        by="vetting-officer-7",
        at=START,
    )
    write_switches(folder, Switches().with_decision(on))
    (folder / "profile.toml").write_text(PROFILE, encoding="utf-8")
    consent = DEMO.joinpath("consent.toml").read_text("utf-8")
    before, _, rest = consent.partition("[scope]")
    scope, _, events = rest.partition("[[events]]")
    scope = f"""
purpose = "dpv:RecruitmentApplicantBackgroundCheck"
sources = {sources}
categories = ["threats-and-violence"]
window = {{ first = 2021-11-21, last = 2026-11-20 }}
engagement = ["original", "reply"]
identifiers = ["handles:{NAME}"]
max_runs = 3
max_visits = 2
expires = 2027-02-09T00:00:00Z

"""
    text = f"{before}[scope]{scope}[[events]]{events}".replace('role = "police-officer"', 'role = "searched-clerk"')
    (folder / "consent.toml").write_text(text, encoding="utf-8")
    return folder

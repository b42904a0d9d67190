"""The whole line for names at many sites, in a workspace that is thrown away: what a screening costs, gate and all."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from benchmarks.collection import BenchClock
from benchmarks.demonstration import desk_in
from footprint.admission import Desk, Order
from footprint.collectors.catalog import manifest
from footprint.demo.clock import START
from footprint.files import read_record
from footprint.model.authorisation import Authorisation
from footprint.model.candidate import Candidate, Identifier, IdentifierKind
from footprint.model.policy import RolePack
from footprint.model.presence import SOURCE, PresenceBook, Verdict
from footprint.model.report import Report
from footprint.policies.load import role
from footprint.screening import Outlook, screen
from footprint.store.switches import Switch, Switches, write_switches
from footprint.sweep.sweeping import BOOK
from footprint.web.guard import Guard

ROLE = "bench-role"


def prepared(folder: Path, desk: Desk, order: Order, names: Sequence[str]) -> Order:
    """Let role, policy, consent and workspace allow to look for the names."""
    workspace = desk.workspace.folder
    pack = role("police-officer").but(id=ROLE, sources=(SOURCE, "website"))
    path = workspace / "packs" / "role" / f"{ROLE}.toml"
    path.parent.mkdir(parents=True)
    path.write_text(_toml(pack), encoding="utf-8")
    policy = desk.workspace.policy_path
    clauses = f'\n[[clauses]]\nid = "9"\ntitle = "Names"\ntext = "Names may be looked for."\nsources = ["{SOURCE}"]\n\n[[retention]]'
    policy.write_text(policy.read_text("utf-8").replace("\n[[retention]]", clauses, 1), encoding="utf-8")
    on = Switch(
        source=SOURCE, is_on=True, version=manifest(SOURCE).version, reason="It is measured.", by="bench", at=START
    )
    write_switches(workspace, Switches().with_decision(on))
    given = tuple(Identifier(kind=IdentifierKind.HANDLES, value=name) for name in names)
    candidate = read_record(order.profile, Candidate).but(identifiers=given)
    consent = read_record(order.consent or order.profile, Authorisation)
    scope = consent.scope.but(sources=(SOURCE,), identifiers=tuple(each.key for each in given))
    profile, record = folder / "profile.json", folder / "consent.json"
    profile.write_bytes(candidate.canonical())
    record.write_bytes(consent.but(role=ROLE, scope=scope).canonical())
    return Order(profile=profile, consent=record, sites=folder / "sites.json")


def _toml(pack: RolePack) -> str:
    """Return a role pack in the form that a workspace keeps packs in."""
    plain = pack.model_dump(mode="json", include={"id", "version", "title", "window_years", "sources", "engagement"})
    lines = [f"{name} = {json.dumps(value)}" for name, value in plain.items()]
    for entry in pack.categories:
        lines += ["[[categories]]", f'category = "{entry.category}"', f"necessity = {json.dumps(entry.necessity)}"]
    return "\n".join(lines) + "\n"


async def whole_line(rules: Path, names: Sequence[str], pinned: Mapping[str, tuple[str, int]]) -> list[Verdict]:
    """Run a screening and return its verdicts, with the bare name as the identifier."""
    with tempfile.TemporaryDirectory() as scratch, desk_in(Path(scratch)) as (made, order):
        desk = Desk(made.workspace, made.log, made.cases, BenchClock(), made.token, demonstration=True)
        ready = prepared(Path(scratch), desk, order, names)
        sites = json.loads(rules.read_bytes())
        for site in sites["sites"]:
            site["cat"] = "simulated"  # the special categories are let in: these sites are nobody's
        (Path(scratch) / "sites.json").write_text(json.dumps(sites), encoding="utf-8")
        case = ""
        async for step in screen(ready, desk, Outlook(guard=Guard(pinned=pinned))):
            case = step.case
            if isinstance(step, Report):
                print(len(step.search_log), "lines in the search log,", len(step.evidence), "answers kept")
        book = PresenceBook.model_validate_json(desk.workspace.get_document(case, BOOK))
    return [
        verdict.but(identifier=verdict.identifier.removeprefix(f"{SOURCE}:"))
        for result in book.results
        for verdict in result.verdicts
    ]

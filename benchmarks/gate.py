"""One request through the gate against a bare httpx request to the same page of the same loopback server, taken in turns.

The gate's request is authorised twice, planned, robots-checked, paced (on a clock that does not wait), guarded, judged,
written to a WARC with a sync, to the database and to the audit log with a sync.
"""

from __future__ import annotations

import asyncio
import json
import statistics
import tempfile
import time
from pathlib import Path

import httpx

from benchmarks.demonstration import desk_in
from footprint.admission import Admission, Desk, admit
from footprint.casefile import CaseFile
from footprint.collectors.catalog import manifest
from footprint.demo.server import DemoWeb
from footprint.gate import Gate, Web
from footprint.ledger import Ledger
from footprint.model.plan import Plan
from footprint.web.client import Client
from footprint.web.guard import Guard
from footprint.web.pace import Pace
from footprint.web.recorder import Recorder

PAGE = "https://maraquill.example/"


def widened(admission: Admission, runs: int) -> Plan:
    """Return the plan of the site's page, as a template that may be asked for `runs` times."""
    (entry,) = [entry for entry in admission.plan.entries if entry.request.id == "website.page"]
    request = entry.request.but(template=PAGE + "{+path}", at_most=min(runs, 200))
    return Plan(entries=(entry.but(request=request),))


async def through_the_gate(
    admission: Admission, desk: Desk, web: DemoWeb, runs: int
) -> tuple[list[float], list[float]]:
    """Return the seconds of each request, through the gate and bare."""
    plan = widened(admission, runs)
    case = CaseFile.open(desk, admission)
    recorder = Recorder(
        case.folder, case.recording, software="footprint", robots_policy="obeyed", user_agent="footprint"
    )
    client = Client(guard=Guard(pinned=web.pinned), user_agent="footprint (+mailto:bench@example.org)", tls=web.tls)
    pace = Pace(desk.clock)
    gate = Gate(
        case,
        admission.authority,
        plan,
        Web(client, pace, {"website": manifest("website")}),
        Ledger(case, plan, recorder, lambda *_: None),
    )
    address = f"https://127.0.0.1:{web.pinned['maraquill.example'][1]}/"
    gated, bare = [], []
    async with httpx.AsyncClient(verify=web.tls) as plain:
        for run in range(runs):
            url = f"{PAGE}?{run}"
            start = time.perf_counter()
            await gate.fetch(plan.entries[0].request.at(url))
            gated.append(time.perf_counter() - start)
            start = time.perf_counter()
            request = plain.build_request("GET", f"{address}?{run}", headers={"Host": "maraquill.example"})
            request.extensions["sni_hostname"] = "maraquill.example"
            (await plain.send(request)).raise_for_status()
            bare.append(time.perf_counter() - start)
    await client.aclose()
    return gated, bare


def measure(runs: int = 200) -> dict[str, object]:
    """Print a table and return the figures."""
    with DemoWeb() as web, tempfile.TemporaryDirectory() as scratch, desk_in(Path(scratch)) as (desk, order):
        gated, bare = asyncio.run(through_the_gate(admit(order, desk), desk, web, runs))
    medians = {"gate": statistics.median(gated) * 1000, "httpx": statistics.median(bare) * 1000}
    for name, milliseconds in medians.items():
        print(f"{name:<6} median {milliseconds:6.2f} ms")
    figures: dict[str, object] = {
        "gate_ms": round(medians["gate"], 2),
        "httpx_ms": round(medians["httpx"], 2),
        "ratio": round(medians["gate"] / medians["httpx"], 2),
    }
    print(json.dumps({"gate": figures}))
    return figures


if __name__ == "__main__":
    measure()

"""The demonstration, whole and by stage: wall, CPU, peak memory, requests, report size; time per stage."""

from __future__ import annotations

import asyncio
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.demonstration import desk_in
from footprint.demo.server import DemoWeb
from footprint.model.report import Report
from footprint.screening import Outlook, screen
from footprint.web.guard import Guard


async def stages(folder: Path, web: DemoWeb) -> dict[str, float]:
    """Return the seconds of each stage of one run."""
    with desk_in(folder) as (desk, order):
        outlook = Outlook(guard=Guard(pinned=web.pinned), tls=web.tls, at_once=1)
        spent: dict[str, float] = {}
        last = time.perf_counter()
        async for step in screen(order, desk, outlook):
            now = time.perf_counter()
            spent["report" if isinstance(step, Report) else str(step.action)] = now - last
            last = now
        return spent


def whole() -> dict[str, object]:
    """Run `footprint demo` in a process of its own and return what it cost."""
    with tempfile.TemporaryDirectory() as scratch:
        command = [
            sys.executable,
            "-m",
            "footprint",
            "demo",
            "--workspace",
            f"{scratch}/w",
            "--out",
            f"{scratch}/o",
            "--json",
        ]
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        start = time.perf_counter()
        done = subprocess.run(command, check=True, capture_output=True, text=True)
        wall = time.perf_counter() - start
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        result = json.loads(done.stdout)
        report = Path(result["report"])
        log = json.loads(report.with_suffix(".json").read_text(encoding="utf-8"))["search_log"]
        return {
            "wall_s": round(wall, 2),
            "cpu_s": round(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, 2),
            "peak_rss_mb": round(after.ru_maxrss / 1024, 1),
            "requests": sum(not entry["result"].startswith("not asked") for entry in log),
            "report_html_kb": round(report.stat().st_size / 1024, 1),
            "report_json_kb": round(report.with_suffix(".json").stat().st_size / 1024, 1),
        }


def measure(runs: int = 5) -> dict[str, object]:
    """Print a table and return the figures."""
    with DemoWeb() as web, tempfile.TemporaryDirectory() as scratch:
        taken = [asyncio.run(stages(Path(scratch, str(run)), web)) for run in range(runs)]
    by_stage = {name: round(statistics.median(run[name] for run in taken) * 1000, 1) for name in taken[0]}
    for name, milliseconds in by_stage.items():
        print(f"{name:<18} {milliseconds:8.1f} ms")
    demo = whole()
    print(json.dumps({"demo": demo, "stages_ms": by_stage}))
    return {"demo": demo, "stages_ms": by_stage}


if __name__ == "__main__":
    measure()

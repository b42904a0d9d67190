"""Kill a screening with SIGKILL at random moments, go on with it, and count what is lost or twice.

`python -m benchmarks.kills [--times 200] [--seed S]`. Each case is `footprint screen` over the demonstration's web on
loopback, in a process group that is killed one to three times; then `footprint screen --resume` brings it to its end.
The moments are drawn evenly over the time that an undisturbed run takes from its first line in the audit log to its end,
and one in ten from the time before that line.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import ssl
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.resources import files
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.kills_checks import Standing, differences, faults_at_end, faults_of_loss, is_over, report_of, standing
from benchmarks.kills_child import begin
from footprint.demo.server import DemoWeb
from footprint.store.workspace import Workspace

DONE = (0, 4)
MOST_KILLS = 3
"""Kills of one case."""


EARLY = 0.1
"""Share of the kills that come before the first line."""


class Ended(NamedTuple):
    """How a run ended, and how long it took."""

    code: int
    told: str
    """On standard output and error."""
    until_first_line: float
    at_work: float
    """Seconds from then on."""

    @property
    def faults(self) -> list[str]:
        """What is wrong with that."""
        return [] if self.code in DONE else [f"a run ended with {self.code}: {self.told[-300:]}"]


@dataclass
class Tally:
    """What came of all kills."""

    kills: int = 0
    cases: int = 0
    moments: Counter[str] = field(default_factory=Counter)
    """Where the kills fell: the last action in the log."""
    torn: int = 0
    """Kills that left a torn last line in the log."""
    budget: int = 0
    """Cases in which one page was cut off twice, so that its two visits were used up and the report says so."""
    faults: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Place:
    """One workspace with its profile and consent, and the web that it may read."""

    folder: Path
    web: DemoWeb

    @property
    def workspace(self) -> Path:
        """The workspace's folder."""
        return self.folder / "w"

    def words(self, *, resume: bool) -> list[str]:
        """Return the words of one run."""
        pins = [f"--loopback={name}={address}:{port}" for name, (address, port) in self.web.pinned.items()]
        screen = ["screen", str(self.folder / "profile.toml"), "--consent", str(self.folder / "consent.toml")]
        places = ["--workspace", str(self.workspace), "--out", str(self.folder / "out"), "--json"]
        authority = ["--loopback-ca", str(self.folder / "authority.pem")]
        return [*screen, *places, *pins, *authority, *(["--resume"] if resume else [])]


@contextmanager
def place(web: DemoWeb) -> Iterator[Place]:
    """Make a workspace, and take it away at the end."""
    demo = files("footprint.demo")
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        settings, policy = (demo.joinpath(name).read_bytes() for name in ("footprint.toml", "policy.toml"))
        Workspace.create(folder / "w", settings, policy).close()
        for name in ("profile.toml", "consent.toml"):
            (folder / name).write_bytes(demo.joinpath(name).read_bytes())
        (der,) = web.tls.get_ca_certs(binary_form=True)
        (folder / "authority.pem").write_text(ssl.DER_cert_to_PEM_cert(der), encoding="ascii")
        yield Place(folder, web)


def run(at: Place, number: int, *, resume: bool, moment: float | None = None) -> Ended:
    """Run a screening, killed some seconds after its first line where a moment is said, or before it for a negative one."""
    log, told = at.workspace / "audit.jsonl", at.folder / "told"
    before = log.stat().st_size
    start = time.perf_counter()
    process = begin(at.words(resume=resume), hours=number, told=told)
    while process.is_alive() and log.stat().st_size == before:
        time.sleep(0.001)
        if moment is not None and time.perf_counter() - start > -moment > 0:
            break
    begun = time.perf_counter()
    process.join(180 if moment is None else max(moment, 0))
    if process.is_alive():
        kill(process)
    ended = Ended(process.exitcode or 0, told.read_text("utf-8"), begun - start, time.perf_counter() - begun)
    process.close()
    return ended


def kill(process: ForkServerProcess) -> None:
    """Kill a process with all that it has begun."""
    pid = process.pid or 0
    try:
        os.killpg(pid, signal.SIGKILL)
    except ProcessLookupError:
        os.kill(pid, signal.SIGKILL)  # it has no group of its own yet
    process.join(60)


def undisturbed(web: DemoWeb) -> tuple[dict[str, Any], Ended]:
    """Return the report of a run that nobody killed, and how it went."""
    with place(web) as at:
        ended = run(at, 0, resume=False)
        if ended.code not in DONE:
            raise SystemExit(f"an undisturbed run ended with {ended.code}: {ended.told}")
        return report_of(at.workspace), ended


def moment(draw: random.Random, usual: Ended) -> float:
    """Return when to kill: seconds after the first line, or, negative, seconds after the start of a process."""
    if draw.random() < EARLY:
        return -draw.uniform(0.5, 1.0) * usual.until_first_line
    return draw.uniform(0.0, 1.0) * usual.at_work


def kill_and_go_on(at: Place, draw: random.Random, usual: Ended, tally: Tally, most: int) -> None:
    """Kill one case again and again, bring it to its end, and note every fault."""
    number, before = 0, Standing()
    asked = at.web.requests
    for _ in range(min(draw.randint(1, MOST_KILLS), most)):
        ended = run(at, number, resume=not before.is_new, moment=moment(draw, usual))
        number += 1
        if ended.code != -signal.SIGKILL:
            tally.faults += ended.faults
            break
        tally.kills += 1
        after = standing(at.workspace)
        tally.moments[after.last_action] += 1
        tally.torn += after.is_torn
        tally.faults += faults_of_loss(before, after)
        before = after
        if is_over(at.workspace):
            break
    if not is_over(at.workspace):
        tally.faults += run(at, number, resume=not before.is_new).faults
    tally.faults += faults_of_loss(before, standing(at.workspace))
    tally.faults += faults_at_end(at.workspace, asked=at.web.requests - asked, kills=number)


def measure(times: int = 200, seed: int = 20261120) -> dict[str, object]:
    """Print a table and return the figures."""
    draw, tally = random.Random(seed), Tally()
    with DemoWeb() as web:
        whole, usual = undisturbed(web)
        while tally.kills < times:
            with place(web) as at:
                known = len(tally.faults)
                kill_and_go_on(at, draw, usual, tally, times - tally.kills)
                tally.cases += 1
                if len(tally.faults) == known:
                    faults, is_budget = compared(whole, at)
                    tally.faults += faults
                    tally.budget += is_budget
            sys.stderr.write(f"\r{tally.kills} kills, {tally.cases} cases, {len(tally.faults)} faults ")
    return shown(tally, seed, usual)


def compared(whole: dict[str, Any], at: Place) -> tuple[list[str], bool]:
    """Return where the report of a killed case differs from that of an undisturbed run."""
    found = report_of(at.workspace)
    is_budget = "budget" in json.dumps(found["coverage"])
    if is_budget:
        return [], True
    return [f"report differs: {name}" for name in differences(whole, found)], False


def shown(tally: Tally, seed: int, usual: Ended) -> dict[str, object]:
    """Print what came of it."""
    print(f"{'killed when the last line of the log was':<44} {'times':>5}")
    for action, count in tally.moments.most_common():
        print(f"{action:<44} {count:>5}")
    for fault in tally.faults[:50]:
        print(f"FAULT {fault}")
    figures: dict[str, object] = {
        "kills": tally.kills,
        "cases": tally.cases,
        "torn_lines": tally.torn,
        "budget_used_up": tally.budget,
        "faults": len(tally.faults),
        "seed": seed,
        "undisturbed_s": round(usual.until_first_line + usual.at_work, 2),
    }
    print(json.dumps({"kills": figures}))
    return figures


if __name__ == "__main__":
    options = argparse.ArgumentParser()
    options.add_argument("--times", type=int, default=200)
    options.add_argument("--seed", type=int, default=20261120)
    chosen = options.parse_args()
    sys.exit(1 if measure(chosen.times, chosen.seed)["faults"] else 0)

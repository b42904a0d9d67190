"""`footprint --help` against `python -c "import click"`: wall time and modules, median of N runs, taken in turns."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import time

HEAVY = ("httpx", "sqlalchemy", "lxml", "trafilatura", "cryptography", "pydantic", "rich", "bs4")
COMMANDS = {
    "footprint --help": [sys.executable, "-m", "footprint", "--help"],
    "import click": [sys.executable, "-c", "import click"],
}


def seconds(command: list[str]) -> float:
    """Return the wall time of one process."""
    start = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - start


def modules(command: list[str]) -> set[str]:
    """Return every module that a command imports."""
    done = subprocess.run([command[0], "-X", "importtime", *command[1:]], check=True, capture_output=True, text=True)
    return {line.rpartition("|")[2].strip() for line in done.stderr.splitlines() if line.startswith("import time:")}


def measure(runs: int = 20) -> dict[str, object]:
    """Print a table and return the figures."""
    times: dict[str, list[float]] = {name: [] for name in COMMANDS}
    for _ in range(runs):
        for name, command in COMMANDS.items():
            times[name].append(seconds(command))
    medians = {name: statistics.median(values) for name, values in times.items()}
    imported = {name: modules(command) for name, command in COMMANDS.items()}
    for name in COMMANDS:
        print(f"{name:<20} median {medians[name] * 1000:6.1f} ms   modules {len(imported[name]):4}")
    loaded = sorted(name for name in HEAVY if name in imported["footprint --help"])
    figures = {
        "ratio": round(medians["footprint --help"] / medians["import click"], 2),
        "modules": len(imported["footprint --help"]),
        "modules_click": len(imported["import click"]),
        "heavy": loaded,
    }
    print(json.dumps({"startup": figures}))
    return figures


if __name__ == "__main__":
    measure()

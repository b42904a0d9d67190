"""Rewrite the sample report and the published schemas. Read the diff before you commit it."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SCHEMAS = ("profile", "consent", "policy", "report")


def footprint(*words: str) -> str:
    """Run the command line and return what it printed."""
    done = subprocess.run([sys.executable, "-m", "footprint", *words], check=True, capture_output=True, text=True)  # noqa: S603
    return done.stdout


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as scratch:
        footprint("demo", "--workspace", f"{scratch}/workspace", "--out", f"{scratch}/out")
        (made,) = Path(scratch, "out").iterdir()
        for reader in ("recruiter", "candidate", "auditor"):
            footprint(
                "report", made.name, "--for", reader, "--workspace", f"{scratch}/workspace", "--out", f"{scratch}/out"
            )
        sample = ROOT / "reports" / "sample"
        sample.mkdir(parents=True, exist_ok=True)
        for name in ("report.html", "report.json", "recruiter.html", "candidate.html", "auditor.html"):
            shutil.copyfile(made / name, sample / name)
    for name in SCHEMAS:
        target = ROOT / "docs" / "schema" / f"{name}.schema.json"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(footprint("schema", name), encoding="utf-8")

"""Fail where a file is longer than 400 lines or a function than 40: STYLE says so, and a gate that is not run dies."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

FILE_LINES, FUNCTION_LINES = 400, 40


def faults(path: Path) -> list[str]:
    """Return what is too long in one file."""
    text = path.read_text(encoding="utf-8")
    lines = text.count("\n")
    found = [f"{path}: {lines} lines"] if lines > FILE_LINES else []
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno is not None:
            size = node.end_lineno - node.lineno + 1
            if size > FUNCTION_LINES:
                found.append(f"{path}:{node.lineno} {node.name}: {size} lines")
    return found


if __name__ == "__main__":
    roots = [Path(root) for root in ("src", "tests", "benchmarks", "scripts")]
    # `tests/world/run` and `tests/browser/run` hold what those tests installed.
    ours = [path for root in roots for path in sorted(root.rglob("*.py")) if "run" not in path.parts]
    sys.exit("\n".join(fault for path in ours for fault in faults(path)) or 0)

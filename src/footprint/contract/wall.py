"""The wall around collectors, read from their source: what they import and call that could lead past the gate.

It finds what was forgotten, not what was hidden: a plug-in is a program and runs with the rights of whoever runs it.
Turning it on is a decision to trust its authors.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

OURS = ("footprint.model.", "footprint.errors.", "footprint.collectors.", "footprint.web.html.", "footprint.web.feed.")
"""What of footprint a collector may use."""

# fmt: off
FORBIDDEN = frozenset((
    "aiohttp", "anyio", "asyncio", "bs4", "concurrent", "ctypes", "feedparser", "ftplib", "http", "httpcore",
    "httpx", "importlib", "io", "logging", "lxml", "multiprocessing", "os", "pathlib", "pickle", "requests",
    "runpy", "shutil", "smtplib", "socket", "socketserver", "ssl", "subprocess", "sys", "tempfile", "threading",
    "trafilatura", "urllib", "urllib3", "webbrowser",
))
# fmt: on
"""What reaches the network, the disk, other programs or the interpreter's own machinery."""

CALLS = frozenset({"__import__", "breakpoint", "compile", "eval", "exec", "input", "open", "print"})


def leads_outside(path: Path) -> tuple[str, ...]:
    """Return what a module imports or calls that no collector may. Raises SyntaxError for what is no Python."""
    tree = ast.parse(path.read_text("utf-8"))
    return tuple(dict.fromkeys((*_imports(tree), *_calls(tree))))


def _imports(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (f"import {alias.name}" for alias in node.names if _is_forbidden(alias.name))
        elif isinstance(node, ast.ImportFrom) and not node.level and _is_forbidden(node.module or ""):
            yield f"import {node.module}"


def _is_forbidden(name: str) -> bool:
    root = name.partition(".")[0]
    return root in FORBIDDEN or (root == "footprint" and not f"{name}.".startswith(OURS))


def _calls(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in CALLS:
            yield f"{node.func.id}()"

"""Find the line of a TOML text on which a field stands, so that an error in a pack can point at it.

The standard library's parser keeps no positions. This one reads no values: it follows table headers and keys, and inside a
value it counts brackets and skips strings. Where a path is not found, its nearest parent that is found stands for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_HEADER = re.compile(r"^\s*(\[\[?)\s*([^\[\]#]+?)\s*\]\]?\s*(?:#.*)?$")
_KEY = re.compile(r"""\s*((?:[A-Za-z0-9_-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[A-Za-z0-9_-]+|"[^"]*"|'[^']*'))*)\s*=""")
_TOKEN = re.compile(
    r'(?s)"""(?:\\.|.)*?"""|\'\'\'.*?\'\'\'|"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\'|#[^\n]*|[\[\]{},\n]|[^\[\]{},\n"\'#]+'
)
_AT_LINE = re.compile(r"at line (\d+)")


def line_of(text: str, path: str) -> int:
    """Return the line, from 1, of a field such as `legality[2].effect`; of its nearest parent where it has none."""
    places: dict[str, int] = {}
    for place, line in _places(text):
        places.setdefault(place, line)
    while path:
        if path in places:
            return places[path]
        path = re.sub(r"(?:^|\.)[^.\[\]]+\Z|\[\d+\]\Z", "", path)
    return 1


def line_of_fault(fault: str) -> int | None:
    """Return the line that the TOML parser's own message names; None where it names none."""
    found = _AT_LINE.search(fault)
    return int(found[1]) if found else None


def repeated_ids(text: str) -> tuple[str, int] | None:
    """Return the first id that stands in two rules of a text, and the line of the second; None where each stands once."""
    seen: set[str] = set()
    for number, line in enumerate(text.splitlines(), 1):
        found = re.match(r"""\s*id\s*=\s*["']([^"']+)["']""", line)
        if found and found[1] in seen:
            return found[1], number
        seen |= {found[1]} if found else set()
    return None


def _places(text: str) -> Iterator[tuple[str, int]]:
    """Yield each table, array entry and key with its line."""
    table, counts, position, number = "", dict[str, int](), 0, 1
    while position < len(text):
        end = text.find("\n", position) + 1 or len(text)
        line = text[position:end]
        header, key = _HEADER.match(line.rstrip("\r\n")), _KEY.match(line)
        if header:
            table = _entered(header, counts)
            yield table, number
        elif key:
            path = f"{table}.{_plain(key[1])}".lstrip(".")
            yield path, number
            inside, end = _value(text, position + key.end(), path, number)
            yield from inside
        number += text.count("\n", position, end)
        position = end


def _entered(header: re.Match[str], counts: dict[str, int]) -> str:
    name = _plain(header[2])
    if header[1] == "[":
        parent, _, last = name.rpartition(".")
        return f"{parent}[{counts[parent]}].{last}" if parent in counts else name
    counts[name] = counts.get(name, -1) + 1
    return f"{name}[{counts[name]}]"


def _plain(name: str) -> str:
    return ".".join(part.strip().strip("\"'") for part in name.split("."))


def _value(text: str, start: int, path: str, line: int) -> tuple[list[tuple[str, int]], int]:
    """Return the places inside a value that begins at `start`, and where the line after it begins."""
    found: list[tuple[str, int]] = []
    open_: list[tuple[str, int]] = []
    for match in _TOKEN.finditer(text, start):
        piece = match[0]
        if piece == "\n" and not open_:
            return found, match.end()
        if piece in "[{":
            open_.append((piece, 0))
        elif piece in "]}" and open_:
            open_.pop()
        elif piece == "," and open_:
            open_[-1] = (open_[-1][0], open_[-1][1] + 1)
        elif piece.strip() and not piece.startswith("#"):
            found.append((_within(path, open_, piece, found), line))
        line += piece.count("\n")
    return found, len(text)


def _within(path: str, open_: list[tuple[str, int]], piece: str, found: list[tuple[str, int]]) -> str:
    """Return the path of a piece: the entry of an array by its number, the field of an inline table by its key."""
    here = path + "".join(f"[{entry}]" for bracket, entry in open_ if bracket == "[")
    key = _KEY.match(piece)
    if key and open_ and open_[-1][0] == "{":
        return f"{here}.{_plain(key[1])}"
    return found[-1][0] if found and open_ and open_[-1][0] == "{" else here

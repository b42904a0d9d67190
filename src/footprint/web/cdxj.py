"""The index of an archive: a line for each answer, sorted, so that a player finds the record of an address (CDXJ 0.1.0).

A line is the address in a form that sorts by host, the time, and a JSON object that says which bytes of which file.
"""

from __future__ import annotations

import json
import re
from urllib.parse import quote, unquote_to_bytes, urlsplit

from footprint.web.captured import Captured

_WWW = re.compile(r"www\d*\.")
_PRINTABLE = "".join(chr(code) for code in range(0x21, 0x7F) if chr(code) not in "#%")
_PORTS = {"http": 80, "https": 443}


def cdxj_line(record: Captured, filename: str) -> str:
    """Return the line of one answer, without its newline. A revisit names the digest of the record that holds its body."""
    about = {
        "url": record.url,
        "mime": "warc/revisit" if record.kind == "revisit" else record.media_type or "unk",
        "status": record.status,
        "digest": record.digest,
        "length": record.length,
        "offset": record.offset,
        "filename": filename,
        "recordDigest": f"sha256:{record.sha256}",
    }
    return f"{url_key(record.url)} {record.at:%Y%m%d%H%M%S} {json.dumps(about)}"


def url_key(url: str) -> str:
    """Return an address as players look it up: host reversed, case, escapes, query order and scheme made equal.

    The steps are those of the CDXJ specification, and what players make equal beyond it: a leading `www`, a default port, a
    slash at the end, needless escapes, the order of the query.
    """
    parts = urlsplit(url)
    host = _WWW.sub("", (parts.hostname or "").strip("."), count=1)
    port = f":{parts.port}" if parts.port not in (None, _PORTS.get(parts.scheme)) else ""
    path = _plain(_without_dots(parts.path)).lower()
    key = f"{','.join(reversed(host.split('.')))}{port}){path.rstrip('/') or '/'}"
    query = sorted(_plain(parts.query).lower().split("&"), key=lambda pair: tuple(pair.split("=", 1)))
    return f"{key}?{'&'.join(query)}" if parts.query else key


def _plain(text: str) -> str:
    """Undo every escape, also one of an escape, and escape once what must be."""
    content = text.encode("utf-8", "surrogatepass")
    while (plainer := unquote_to_bytes(content)) != content:
        content = plainer
    return quote(content, safe=_PRINTABLE)


def _without_dots(path: str) -> str:
    """Resolve `.` and `..`, and let no two slashes stand side by side."""
    kept: list[str] = []
    for part in path.split("/"):
        if part == "..":
            del kept[-1:]
        elif part not in ("", "."):
            kept.append(part)
    return "/" + "/".join(kept)

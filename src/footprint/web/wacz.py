"""Pack WARC files into a WACZ 1.1.1: one ZIP file that players open, with an index, a list of pages and every digest.

archive/*.warc.gz         the files as they are, without what a crash tore off at an end
indexes/index.cdx         one line for each answer (CDXJ)
pages/pages.jsonl         one line for each page that was read
datapackage.json          name, length and SHA-256 of all of these
datapackage-digest.json   the SHA-256 of that list

Nothing is compressed again and nothing is dated by the packing, so that equal captures give equal bytes, wherever and
whenever they are packed. It comes in blocks: no file is held whole.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from typing import BinaryIO, NamedTuple

from footprint.web.captured import ANSWERS, captured, span, span_sha256, whole_length
from footprint.web.cdxj import cdxj_line
from footprint.web.warc import target_of
from footprint.zipping import Resource, zipped

VERSION = "1.1.1"
_NAME = re.compile(r"[^a-z0-9._-]")


class WarcFile(NamedTuple):
    """One WARC file."""

    name: str
    open: Callable[[], BinaryIO]
    """Opens it anew, for reading; whoever called closes it."""


class PageLine(NamedTuple):
    """One page for the list that a player shows."""

    id: str
    url: str
    at: datetime
    title: str = ""


class About(NamedTuple):
    """What an archive says of itself."""

    title: str
    description: str
    software: str


def pack(captures: Sequence[WarcFile], pages: Iterable[PageLine], about: About) -> Iterator[bytes]:
    """Yield the WACZ file in blocks.

    Raises StoreError where a WARC file cannot be read, and VerificationError where one is not what a recorder writes.
    """
    in_order = sorted(captures, key=lambda capture: capture.name)
    resources = [_archive(capture) for capture in in_order]
    resources.append(Resource.of("indexes/index.cdx", index(in_order)))
    resources.append(Resource.of("pages/pages.jsonl", _pages(pages)))
    listing = _json(
        {
            "profile": "data-package",
            "wacz_version": VERSION,
            "title": about.title,
            "description": about.description,
            "software": about.software,
            "resources": [_entry(resource) for resource in resources],
        }
    )
    digest = f"sha256:{hashlib.sha256(listing).hexdigest()}"
    resources.append(Resource.of("datapackage.json", listing))
    resources.append(Resource.of("datapackage-digest.json", _json({"path": "datapackage.json", "hash": digest})))
    yield from zipped(resources)


def index(captures: Sequence[WarcFile]) -> bytes:
    """Return the CDXJ index of some WARC files, in the order of its bytes. Raises as `pack` does."""
    lines = []
    for capture in captures:
        with capture.open() as file:
            lines += [cdxj_line(record, capture.name) for record in captured(file) if record.kind in ANSWERS]
    return "".join(f"{line}\n" for line in sorted(lines)).encode("ascii")


def _archive(capture: WarcFile) -> Resource:
    with capture.open() as file:
        size = whole_length(file)
        digest = span_sha256(file, 0, size)

    def blocks() -> Iterator[bytes]:
        with capture.open() as file:
            yield from span(file, 0, size)

    return Resource(f"archive/{capture.name}", size, digest, blocks)


def _pages(pages: Iterable[PageLine]) -> bytes:
    in_order = sorted(pages, key=lambda page: (page.at, page.id))
    head: dict[str, object] = {"format": "json-pages-1.0", "id": "pages", "title": "Pages that were read"}
    lines = [
        head,
        *(
            {"id": page.id, "url": target_of(page.url), "ts": f"{page.at:%Y-%m-%dT%H:%M:%SZ}", "title": page.title}
            for page in in_order
        ),
    ]
    return "".join(f"{json.dumps(line)}\n" for line in lines).encode("ascii")


def _entry(resource: Resource) -> dict[str, object]:
    # Lower case, as a Frictionless data package wants the name of a resource; the path is as it is.
    name = _NAME.sub("-", resource.path.rpartition("/")[2].lower())
    return {"name": name, "path": resource.path, "hash": f"sha256:{resource.sha256}", "bytes": resource.size}


def _json(value: dict[str, object]) -> bytes:
    return json.dumps(value, indent=2).encode("ascii") + b"\n"

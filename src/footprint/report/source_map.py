"""The geometry of the source map: from the candidate to each place that was named, and on to the hosts that were asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple
from urllib.parse import urlsplit

from footprint.model.report import Report, SourceCoverage

WIDTH = 720
_ROW, _TOP, _BOX = 40, 24, 30
_ROOT_RIGHT, _PLACE_LEFT, _PLACE_RIGHT, _HOST_LEFT, _HOST_RIGHT = 96, 136, 416, 456, 719
_MOST_OF_PLACE, _MOST_OF_HOST = 44, 40
"""Characters of a label and its note that fit their box."""


class Box(NamedTuple):
    """A place or a host: a label and what came of it."""

    x: int
    y: int
    width: int
    label: str
    note: str
    is_silent: bool
    """True where nothing answered."""


class Tie(NamedTuple):
    """A line from one box to another."""

    x1: int
    y1: int
    x2: int
    y2: int


class SourceMap(NamedTuple):
    """The picture, and what it says in words."""

    width: int
    height: int
    middle: int
    places: tuple[Box, ...]
    hosts: tuple[Box, ...]
    ties: tuple[Tie, ...]
    description: str


def source_map(report: Report) -> SourceMap:
    """Return which hosts were asked for which place, and how many findings stand there. Equal reports give equal maps."""
    asked = [(entry.source, _host(entry.url)) for entry in report.search_log]
    requests = Counter(host for _, host in asked)
    found = Counter(_host(finding.url) for finding in report.findings)
    names = sorted(host for host in requests if host)
    rows = max(len(report.coverage), len(names), 1)
    height = 2 * _TOP + rows * _ROW
    places = tuple(
        _place(place, y) for place, y in zip(report.coverage, _rows(len(report.coverage), rows), strict=True)
    )
    hosts = tuple(
        _box(_HOST_LEFT, y, _HOST_RIGHT, label=host, note=_host_note(requests[host], found[host]), is_silent=False)
        for host, y in zip(names, _rows(len(names), rows), strict=True)
    )
    ties = (
        *_from_root(places, height // 2),
        *_to_hosts(report.coverage, asked, places, dict(zip(names, hosts, strict=True))),
    )
    return SourceMap(WIDTH, height, height // 2, places, hosts, ties, _description(report, requests, found))


def _rows(count: int, rows: int) -> list[int]:
    """Return the tops of `count` boxes, spread over the height that `rows` boxes take."""
    return [_TOP + round((row + 0.5) * rows * _ROW / count - _BOX / 2) for row in range(count)]


def _place(place: SourceCoverage, y: int) -> Box:
    label = place.identifier.partition(":")[2].removeprefix("https://").removeprefix("http://") or place.title
    note = f"{place.observations:,} read" if place.answered else "no answer"
    return _box(_PLACE_LEFT, y, _PLACE_RIGHT, label=label, note=note, is_silent=not place.answered)


def _box(left: int, y: int, right: int, *, label: str, note: str, is_silent: bool) -> Box:
    room = (_MOST_OF_PLACE if left == _PLACE_LEFT else _MOST_OF_HOST) - len(note)
    return Box(left, y, right - left, label if len(label) <= room else f"{label[: room - 1]}…", note, is_silent)


def _host_note(requests: int, findings: int) -> str:
    note = f"{requests:,} asked"
    return f"{note}, {findings:,} found" if findings else note


def _from_root(places: Iterable[Box], middle: int) -> Iterator[Tie]:
    for place in places:
        yield Tie(_ROOT_RIGHT, middle, place.x, place.y + _BOX // 2)


def _to_hosts(
    coverage: tuple[SourceCoverage, ...], asked: list[tuple[str, str]], places: tuple[Box, ...], hosts: dict[str, Box]
) -> Iterator[Tie]:
    homes = {place.identifier: _home(place.identifier) for place in coverage}
    for place, box in zip(coverage, places, strict=True):
        home = homes[place.identifier]
        of_source = sorted({host for source, host in asked if source == place.source and host in hosts})
        # An interface may have a host of its own, as api.code.example for code.example.
        near = [host for host in of_source if host == home or host.endswith(f".{home}")]
        others = [host for host in of_source if not any(host == h or host.endswith(f".{h}") for h in homes.values())]
        for host in near or others:
            yield Tie(_PLACE_RIGHT, box.y + _BOX // 2, _HOST_LEFT, hosts[host].y + _BOX // 2)


def _home(identifier: str) -> str:
    value = identifier.partition(":")[2]
    return _host(value) or value.rpartition("@")[2]


def _host(url: str) -> str:
    try:
        return urlsplit(url).netloc.lower()
    except ValueError:
        return ""


def _description(report: Report, requests: Counter[str], found: Counter[str]) -> str:
    places = "; ".join(
        f"{place.identifier}: {place.observations} statements read"
        if place.answered
        else f"{place.identifier}: no answer"
        for place in report.coverage
    )
    hosts = "; ".join(f"{host}: {requests[host]} asked, {found[host]} findings" for host in sorted(requests) if host)
    return f"Places named: {places or 'none'}. Hosts asked: {hosts or 'none'}."

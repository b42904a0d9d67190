"""Whatever a service answers, a collector observes, or says that the answer is malformed; it never breaks."""

from __future__ import annotations

import asyncio
import copy
import hashlib
import json
import re
import tomllib
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from footprint.collectors.catalog import COLLECTORS, collector
from footprint.errors import CollectorError, UnreadableError
from footprint.model.candidate import Candidate, Identifier
from footprint.model.evidence import Evidence, Page, UnknownReason
from footprint.model.kinds import Spelling, kind_of
from footprint.model.plan import Request

ASSETS = Path(__file__).parents[1] / "assets"
HOSTILE = (
    *(None, True, 0, -1, 10**18, 10**40, 1.5, "", " ", "x", "\x00", "\u202e", [], {}, [[]], [None], {"value": None}),
    *("9999-12-31T23:59:59-12:00", "0001-01-01T00:00:00+14:00", "http://[", "javascript:x", "../..", "x" * 100_000),
)


def _answers(source: str) -> tuple[Identifier, dict[str, object]]:
    contract = tomllib.loads((ASSETS / source / "contract.toml").read_text("utf-8"))
    is_search = kind_of(source).spelling is Spelling.QUERY
    search = {"relation": "mention", "provenance": "named_by_controller"} if is_search else {}
    files = {row["url"]: (ASSETS / source / row["file"]) for row in contract["found"]}
    texts = {url: path.read_text("utf-8") for url, path in files.items()}
    return (
        Identifier(kind=source, **contract["identifier"], **search),
        {url: json.loads(text) for url, text in texts.items() if files[url].suffix == ".json"},
    )


SOURCES = {source: found for source in COLLECTORS if (found := _answers(source))[1]}
"""Sources that answer in JSON, with whom they are asked for and what they answer."""


def _places(value: object) -> list[tuple[object, object]]:
    """Every place in an answer, as what holds it and the key or number there."""
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [place for key, inner in pairs for place in ((value, key), *_places(inner))]


async def _read(source: str, answers: dict[str, object]) -> None:
    identifier, _ = SOURCES[source]

    async def fetch(request: Request) -> Page:
        found = next((body for url, body in answers.items() if _is_at(url, request.url)), None)
        if found is None:
            raise UnreadableError(UnknownReason.ABSENT, "404")
        body = json.dumps(found).encode()
        evidence = Evidence(
            id="E0001",
            source=request.planned.source,
            planned=request.planned.id,
            url=request.url,
            status=200,
            content_type="application/json",
            captured_at=datetime(2026, 11, 20, 9, tzinfo=UTC),
            sha256=hashlib.sha256(body).hexdigest(),
            bytes=len(body),
            warc="case.warc.gz",
            offset=0,
            record_id="<urn:uuid:00000000-0000-0000-0000-000000000000>",
        )
        return Page(evidence=evidence, body=body)

    nobody = Candidate(id="C-1", name="Ines Marlow", born=date(1990, 4, 2), identifiers=(identifier,))
    asked = 0
    async for observation in collector(source).collect(nobody, identifier, fetch):
        asked += 1
        assert observation.source == source
        assert asked < 10_000


def _is_at(listed: str, url: str) -> bool:
    return url.startswith(listed[:-1]) if listed.endswith("*") else url == listed


@pytest.mark.parametrize("source", SOURCES)
@given(data=st.data())
@settings(max_examples=60, deadline=None)
def test_an_answer_with_one_thing_wrong_is_read_or_malformed(source: str, data: st.DataObject) -> None:
    """One value anywhere in one answer is another one, or gone."""
    answers = copy.deepcopy(SOURCES[source][1])
    url = data.draw(st.sampled_from(sorted(answers)))
    places = _places(answers[url])
    if places:
        holder, key = data.draw(st.sampled_from(places))
        holder[key] = data.draw(st.sampled_from(HOSTILE))
    try:
        asyncio.run(_read(source, answers))
    except CollectorError as error:
        # Neither the person nor anything of what the answer says.
        assert not re.search(r"marlow|\bines|Q99|4711|otto", str(error), re.IGNORECASE)

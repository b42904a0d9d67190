"""What every collector does with an answer: check its shape, say where an observation comes from, go on where it may."""

from __future__ import annotations

from functools import lru_cache
from typing import TypedDict, TypeVar

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from footprint.collectors.interface import Fetch
from footprint.errors import SourceStopped, UnreadableError
from footprint.model.candidate import Identifier
from footprint.model.evidence import Page, UnknownReason
from footprint.model.plan import Request
from footprint.web.html import ParsedPage, parse_page

_BOM = b"\xef\xbb\xbf"
_HTML = frozenset(("text/html", "application/xhtml+xml", ""))
"""What a page is served as; a server that says nothing is given the benefit of the doubt."""
MAX_VALUE = 200_000
"""Characters of one value. The services allow far less: a comment has 65,536 at most at GitHub."""


class Shape(BaseModel):
    """Base of the shapes that sources document: what is promised must be there, what is new is passed over."""

    model_config = ConfigDict(frozen=True, strict=True, extra="ignore", str_max_length=MAX_VALUE)


class Origin(TypedDict):
    """The fields of an observation that say where it was read."""

    source: str
    identifier: str
    evidence: str
    evidence_sha256: str


S = TypeVar("S", bound=Shape)


def read(page: Page, kind: type[S]) -> S:
    """Return the JSON object of an answer.

    Raises UnreadableError(MALFORMED) for what is no JSON, nested too deeply, or without a field that is promised.
    """
    try:
        return kind.model_validate_json(page.body.removeprefix(_BOM))
    except ValidationError as error:
        raise _fault(page, error) from None


def read_list(page: Page, kind: type[S], *, at_most: int) -> tuple[S, ...]:
    """Return the JSON objects of an answer that is a list. Raises as `read` does, and for more than `at_most`."""
    try:
        found = _list_of(kind).validate_json(page.body.removeprefix(_BOM))
    except ValidationError as error:
        raise _fault(page, error) from None
    if len(found) > at_most:
        raise malformed(page, f"{len(found)} items, {at_most} at most expected")
    return found


def read_page(page: Page) -> ParsedPage:
    """Return what an HTML page says. Raises UnreadableError(MALFORMED) for what is served as something else."""
    if page.evidence.content_type not in _HTML:
        raise malformed(page, "not HTML")
    return parse_page(page.body, page.url, page.charset)


def malformed(page: Page, detail: str) -> UnreadableError:
    """Return the error for an answer that has not the documented shape. `detail` holds nothing of the answer's content."""
    return UnreadableError(UnknownReason.MALFORMED, f"{page.evidence.planned}: {detail}")


def origin(page: Page, identifier: Identifier) -> Origin:
    """Return where an observation on this page comes from."""
    evidence = page.evidence
    return Origin(
        source=evidence.source, identifier=identifier.key, evidence=evidence.id, evidence_sha256=evidence.sha256
    )


async def tried(fetch: Fetch, request: Request) -> Page | None:
    """Return the page, or None where this request gave none; the gate has noted why.

    Raises SourceStopped and RefusedError, which nobody may hold up.
    """
    try:
        return await fetch(request)
    except SourceStopped:
        raise
    except UnreadableError:
        return None


@lru_cache(maxsize=32)
def _list_of(kind: type[S]) -> TypeAdapter[tuple[S, ...]]:
    return TypeAdapter(tuple[kind, ...])  # type: ignore[valid-type]  # a type made at run time


def _fault(page: Page, error: ValidationError) -> UnreadableError:
    # The type and the place only: the message and the input would carry the answer's content.
    # And `from None` above, because the chained error would carry it into a traceback.
    fault = error.errors(include_url=False, include_input=False, include_context=False)[0]
    place = ".".join(str(part) for part in fault["loc"])
    return malformed(page, f"{fault['type']} at {place}" if place else fault["type"])

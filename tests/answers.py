"""A web that is a dictionary, and where the demonstration's files are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from importlib.resources import files

from footprint.errors import UnreadableError
from footprint.web.client import Exchange

DEMO = files("footprint.demo")


class Answers:
    """A web that is a dictionary: what is not in it answers 404. Counts what was asked."""

    def __init__(self, answers: dict[str, Exchange | UnreadableError]) -> None:
        self.answers = answers
        self.asked: list[str] = []
        self.before: Callable[[str], None] = lambda url: None

    async def get(self, url: str, *, accept: str, max_bytes: int) -> Exchange:
        self.before(url)
        self.asked.append(url)
        answer = self.answers.get(url, answering(b"", status=404))
        if isinstance(answer, UnreadableError):
            raise answer
        return replace(answer, url=url)

    async def aclose(self) -> None:
        """Nothing is open."""


def answering(body: bytes = b"<p>Hello</p>", *, status: int = 200, kind: str = "text/html", **headers: str) -> Exchange:
    """Return an answer."""
    named = tuple((name.replace("_", "-"), value) for name, value in headers.items())
    return Exchange(
        url="",
        status=status,
        reason="OK",
        request_headers=(("Host", "maraquill.example"),),
        headers=(("Content-Type", kind), *named),
        raw_body=body,
        body=body,
        address="127.0.0.1",
    )

"""Read robots.txt (RFC 9309): may our agent read this URL?

protego matches paths (wildcards, `$`, the longest rule wins). Three things it does not do are done here first: a group
named `FOO BAR` is a group for `FOO`, an unknown line between two User-agent lines does not end their group, and a
difference of escaping between rule and URL never gives permission. Where two readings differ, the stricter one holds.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import quote, urlsplit

from protego import Protego

AGENT = "footprint"
"""Our product token, as in the User-Agent header."""

MAX_BYTES = 500 * 1024
"""RFC 9309 section 2.5: at least this much is parsed."""

MAX_LINE = 16_664
"""Longer lines are cut: eight times the longest URL that browsers took, as in the reference parser."""

DISALLOW = frozenset({"disallow", "dissallow", "dissalow", "disalow", "diasllow", "disallaw"})
"""With the misspellings seen in the wild: what was meant is plain, and the strict reading is the polite one."""

AGENT_NAMES = frozenset({"user-agent", "useragent", "user agent"})

_LINES = re.compile(rb"\r\n|\n|\r")
_ESCAPE = re.compile("%[0-9a-fA-F]{2}")
_TOKEN = re.compile(r"[a-zA-Z_-]+")
_PRINTABLE = "".join(map(chr, range(0x21, 0x7F)))


class Group(NamedTuple):
    """The rules for some agents."""

    agents: frozenset[str]
    """Product tokens in lower case; `*` stands for every agent that has no group of its own."""
    rules: tuple[tuple[str, bytes], ...]
    """`allow` or `disallow`, and the path."""


class Robots:
    """What one host's robots.txt says."""

    def __init__(self, groups: tuple[Group, ...] | None) -> None:
        """Take the groups; None where nothing may be read, since nothing could be learnt."""
        self._groups = groups
        self._matcher = lru_cache(maxsize=8)(self._make_matcher)

    @classmethod
    def of(cls, status: int, body: bytes) -> Robots:
        """Return what an answer to the request for robots.txt means (RFC 9309 section 2.3.1).

        A 4xx says that there are no rules. 5xx says that they are unknown, so nothing may be read; so do 429, which asks
        for less and not for more, and a redirect that was not followed to its end.
        """
        if 200 <= status < 300:
            return cls(parse(body))
        return cls(()) if 400 <= status < 500 and status != 429 else cls.unreachable()

    @classmethod
    def unreachable(cls) -> Robots:
        """Return the rules of a host whose robots.txt could not be read: nothing may be read (section 2.3.1.4)."""
        return cls(None)

    def allows(self, url: str, agent: str = AGENT) -> bool:
        """Say whether an agent may read a URL of this host."""
        if self._groups is None:
            return False
        if urlsplit(url).path == "/robots.txt":
            return True
        plain, literal = self._matcher(agent.lower())
        as_written = _ESCAPE.sub(_in_upper_case, url).replace("%", "%25")
        return plain.can_fetch(url, "*") and literal.can_fetch(as_written, "*")

    def _make_matcher(self, agent: str) -> tuple[Protego, Protego]:
        rules = self._rules(agent)
        plain = [f"{kind}: {_escaped(path)}" for kind, path in rules]
        # With every "%" made a sign like another, `%62` and `b` are not the same path.
        literal = [f"{kind}: {_escaped(path).replace('%', '%25')}" for kind, path in rules]
        return _matcher(plain), _matcher(literal)

    def _rules(self, agent: str) -> tuple[tuple[str, bytes], ...]:
        groups = self._groups or ()
        own = [group for group in groups if agent in group.agents]
        chosen = own or [group for group in groups if "*" in group.agents]
        return tuple(rule for group in chosen for rule in group.rules)


def robots_url(url: str) -> str:
    """Return where the robots.txt for a URL lies: same scheme, host and port."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}/robots.txt"


def parse(body: bytes) -> tuple[Group, ...]:
    """Return the groups of a robots.txt. It raises nothing: what cannot be read as a line of rules is passed over."""
    groups: list[Group] = []
    agents: set[str] = set()
    rules: list[tuple[str, bytes]] = []
    for field, value in _lines(body):
        if field in AGENT_NAMES:
            if rules:
                groups.append(Group(frozenset(agents), tuple(rules)))
                agents, rules = set(), []
            agents |= _agents(value)
        elif agents and (field == "allow" or field in DISALLOW):
            rules.append(("allow" if field == "allow" else "disallow", value))
    groups.append(Group(frozenset(agents), tuple(rules)))
    return tuple(groups)


def _lines(body: bytes) -> list[tuple[str, bytes]]:
    """Return field and value of every line that has both parts, the field in lower case."""
    found = []
    for line in _LINES.split(body[:MAX_BYTES].removeprefix(b"\xef\xbb\xbf")):
        content = line[:MAX_LINE].partition(b"#")[0].strip()
        field, colon, value = content.partition(b":")
        if not colon:
            # `Disallow /private`, without its colon, is common enough for every parser to read it.
            field, _, value = content.partition(b" ")
        if field:
            found.append((field.decode("latin-1").strip().lower(), value.strip()))
    return found


def _agents(value: bytes) -> set[str]:
    text = value.decode("latin-1")
    if text.split(maxsplit=1)[:1] == ["*"]:
        return {"*"}
    # The product token is what the name begins with: letters, `_` and `-` (RFC 9309 section 2.2.1).
    token = _TOKEN.match(text)
    return {token[0].lower()} if token else set()


def _matcher(rules: list[str]) -> Protego:
    # Only our group is left, so it is written as the group for everyone and protego need not choose.
    return Protego.parse("\n".join(["user-agent: *", *rules]))


def _escaped(path: bytes) -> str:
    """Return a path in ASCII, with escapes in upper case, as RFC 9309 section 2.2.2 compares them."""
    return _ESCAPE.sub(_in_upper_case, quote(path, safe=_PRINTABLE))


def _in_upper_case(escape: re.Match[str]) -> str:
    return escape[0].upper()

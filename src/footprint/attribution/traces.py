"""What else tells whose a page is: the hash of an e-mail address behind a picture, a language, a place at a time.

Of an address the candidate gives the hash alone; who serves pictures by it (gravatar.com, libravatar.org) shows the same hash on
every page of its holder. A language speaks for little, and against nobody: people write in several. Another place at the same time
contradicts only where the candidate said where they lived then, and the page says of the bearer of the name that they lived elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date

from footprint.attribution.forms import fold
from footprint.attribution.mentions import Mention
from footprint.model.candidate import Stay

_PICTURE = re.compile(
    r"^https?://[\w.-]*(?:gravatar\.com|libravatar\.org)/(?:avatar/)?(?P<hash>[0-9a-fA-F]{64}|[0-9a-fA-F]{32})(?![0-9a-fA-F])"
)
_ELSEWHERE = re.compile(
    r"\s*(?:,\s(?:who\s)?(?:\d{1,3},\s)?)?(?:who\s)?(?:lives|living|lived|resides|residing|resident|is\sbased|based)\s(?:in|at|of)\s"
    r"(?P<place>[A-Z][\w'\u2019-]+(?:[ -][A-Z][\w'\u2019-]+){0,3})"
)


def email_hash(addresses: Iterable[str], hashes: Iterable[str]) -> str | None:
    """Return the first of some hashes of e-mail addresses that stands in the address of a picture; None where none does."""
    seen = {found["hash"].lower() for found in map(_PICTURE.match, addresses) if found}
    return next((each for each in hashes if each in seen), None)


def language(seen: str, spoken: Iterable[str]) -> str | None:
    """Return the candidate's language that a page is in, by the first part of its tag (BCP 47); None where it is none of them."""
    primary = _primary(seen)
    return next((each for each in spoken if primary and _primary(each) == primary), None)


def elsewhere(text: str, mentions: Iterable[Mention], at: date, stays: Iterable[Stay]) -> Iterator[tuple[str, str]]:
    """Yield where the candidate lived at a time, and the other place in which the bearer of the name is said to live then."""
    homes = [stay.place for stay in stays if stay.first <= at and (stay.last is None or at <= stay.last)]
    for mention in mentions if homes else ():
        found = _ELSEWHERE.match(text, mention.end)
        if found and not any(_is_within(found["place"], home) for home in homes):
            yield homes[0], found["place"]


def _primary(tag: str) -> str:
    return re.split(r"[-_]", tag, maxsplit=1)[0].casefold()


def _is_within(one: str, other: str) -> bool:
    """Return whether two names of places share a word: a part of a town is named after it."""
    return not set(fold(one).split()).isdisjoint(fold(other).split())

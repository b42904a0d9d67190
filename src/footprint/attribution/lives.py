"""Read the years of a life from the heading of a catalogue, and say whether two lives, or a life and a work, can be one person's.

Forms: the rules of RDA 9.3 and AACR2 22.17 for dates beside a name: `1797-1828`, `1957-`, `-1686`, `approximately 145 B.C.-86 B.C.`
"""

from __future__ import annotations

import re
from typing import NamedTuple

APPROXIMATE_YEARS = 5
"""How far two dates may lie apart where one says that it is approximate."""
YOUNGEST = 12
"""The age before which nobody writes, prints or is written about; earlier work is somebody else's."""
LONGEST_LIFE = 125

_ABOUT = r"(?:approximately|about|circa|ca\.|c\.|a\.)\s*"
_SPAN = re.compile(
    rf"(?<![\d-])(?:{_ABOUT})?(?P<born>\d{{1,4}})?(?P<born_bc>\s*B\.\s?C\.?)?\s*[-\u2010-\u2015]\s*"
    rf"(?:{_ABOUT})?(?P<died>\d{{1,4}})?(?P<died_bc>\s*B\.\s?C\.?)?(?![\d-])",
    re.IGNORECASE,
)
_BORN = re.compile(r"\b(?:born|b\.)\s*(?P<born>\d{4})\b", re.IGNORECASE)
_DIED = re.compile(r"\b(?:died|d\.)\s*(?P<died>\d{4})\b", re.IGNORECASE)
_APPROXIMATE = re.compile(_ABOUT + r"\d", re.IGNORECASE)
_ACTIVITY = re.compile(r"\b(?:active|flourished|fl\.)", re.IGNORECASE)
_NAME = re.compile(
    r"^(?P<name>[^\d(]*?)[,.\s]*(?:\(|-?\d|\b(?:approximately|about|circa|ca\.|a\.|active|fl\.|b\.|d\.|born|died)\s|$)"
)
_YEAR = re.compile(r"(?<!\d)(1[0-9]\d\d|20\d\d)(?!\d)")


class Life(NamedTuple):
    """What a heading says of when a person lived; years before our era are negative."""

    born: int | None = None
    died: int | None = None
    is_approximate: bool = False

    @property
    def is_known(self) -> bool:
        """True where either year is known."""
        return self.born is not None or self.died is not None


def life_of(heading: str) -> Life:
    """Return the life that a heading states; years of activity are no life, and a death before the birth is no date."""
    if _ACTIVITY.search(heading):
        return Life()
    is_approximate = _APPROXIMATE.search(heading) is not None
    span = next((span for span in _SPAN.finditer(heading) if span["born"] or span["died"]), None)
    if span is None:
        born, died = _BORN.search(heading), _DIED.search(heading)
        return Life(int(born["born"]) if born else None, int(died["died"]) if died else None, is_approximate)
    return _life(span, is_approximate)


def name_of(heading: str) -> str:
    """Return the name of a heading, without dates and without what stands in brackets."""
    match = _NAME.match(heading)
    return match["name"].strip(" ,") if match else heading


def year_of(imprint: str) -> int | None:
    """Return the first year of our calendar that an imprint states, from 1000 on."""
    match = _YEAR.search(imprint)
    return int(match[1]) if match else None


def lives_differ(one: Life, other: Life) -> bool:
    """Say whether two lives have a year of birth or of death that cannot be the same."""
    apart = APPROXIMATE_YEARS if one.is_approximate or other.is_approximate else 0
    years = ((one.born, other.born), (one.died, other.died))
    return any(first is not None and second is not None and abs(first - second) > apart for first, second in years)


def lives_agree(one: Life, other: Life) -> bool:
    """Say whether two lives share a year and differ in none."""
    shared = (one.born is not None and other.born is not None) or (one.died is not None and other.died is not None)
    return shared and not lives_differ(one, other)


def is_too_early(life: Life, year: int | None) -> bool:
    """Say whether a year lies before a person could have done or been anything."""
    if year is None:
        return False
    born = life.born if life.born is not None else (life.died - LONGEST_LIFE if life.died is not None else None)
    return born is not None and year < born + YOUNGEST


def _life(span: re.Match[str], is_approximate: bool) -> Life:
    died_bc = bool(span["died_bc"])
    born = _signed(span["born"], bool(span["born_bc"]) or died_bc)
    died = _signed(span["died"], died_bc)
    if born is not None and died is not None and not 0 <= died - born <= LONGEST_LIFE:
        return Life(born, None, is_approximate)
    return Life(born, died, is_approximate)


def _signed(year: str | None, is_before_our_era: bool) -> int | None:
    if not year:
        return None
    return -int(year) if is_before_our_era else int(year)

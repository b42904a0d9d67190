"""What the wiki holds: invented people, pages with several authors, old dates.

usage: export.py people | dump | deleted
`people` are the accounts, a line each; `dump` is an export file for importDump, which keeps dates and authors;
`deleted` are the titles of pages that are deleted again after the import.
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime, timedelta
from typing import NamedTuple
from xml.sax.saxutils import escape

ALMA, CORVIN, TILDE, ODD, IDLE = "Alma Ferrow", "Corvin Ashby", "Tilde Marrow", "Ned & Fenn + Co", "Idle Reader"
PEOPLE = (ALMA, CORVIN, TILDE, ODD, IDLE)
ANONYMOUS = "198.51.100.23"


class Edit(NamedTuple):
    """One revision."""

    who: str
    at: str
    text: str
    summary: str


QUESTION = (
    "== Sluice dates ==\nYour dates for the old sluice are rubbish, and whoever wrote them ought to be drowned in it. "
    "[[User:Corvin Ashby|Corvin]] 12:00, 3 May 2021 (UTC)"
)

PAGES = {
    "User:Alma Ferrow": (
        Edit(ALMA, "2019-06-01T08:00:00Z", "I pilot a ferry at Port Hollow.", "my page"),
        Edit(
            ALMA,
            "2023-02-03T09:30:00Z",
            "I pilot a ferry and write about '''locks'''.\n\n== Elsewhere ==\n* [https://alma.test/ My site]\n"
            "* [https://social.test/alma Ferry notes]\n* A friend: [[User:Corvin Ashby]]\n",
            "links, and I have moved",
        ),
    ),
    "User talk:Alma Ferrow": (
        Edit(CORVIN, "2021-05-03T12:00:00Z", QUESTION, "/* Sluice dates */ question"),
        Edit(
            ALMA,
            "2021-05-04T07:15:00Z",
            QUESTION + "\n:They are from the parish book. [[User:Alma Ferrow|Alma]] 07:15, 4 May 2021 (UTC)",
            "/* Sluice dates */ answer",
        ),
    ),
    "User:Corvin Ashby": (Edit(CORVIN, "2018-01-09T10:00:00Z", "Timetables, mostly.", "hello"),),
    "Nether Sluice": (
        Edit(ALMA, "2020-01-01T00:00:00Z", "'''Nether Sluice''' is a lock.", "new article"),
        Edit(CORVIN, "2020-01-05T00:00:00Z", "'''Nether Sluice''' is an old lock.", "older than that, you fool"),
        Edit(ANONYMOUS, "2020-02-01T00:00:00Z", "rubbish", "death to all lock keepers"),
        Edit(
            ALMA,
            "2020-02-01T00:10:00Z",
            "'''Nether Sluice''' is an old lock.",
            "undid edits by 198.51.100.23: <b>vandalism</b> & worse",
        ),
    ),
    "Hidden summary": (
        Edit(ALMA, "2021-07-01T09:00:00Z", "A page whose summary was hidden.", "SUMMARY-THAT-WAS-HIDDEN"),
    ),
    "Hidden author": (Edit(ALMA, "2021-07-02T09:00:00Z", "A page whose author was hidden.", "AUTHOR-WAS-HIDDEN"),),
    "Thrown away": (Edit(ALMA, "2021-07-03T09:00:00Z", "A page that was deleted.", "PAGE-WAS-DELETED"),),
    "Odd names": (
        Edit(ODD, "2022-01-01T09:00:00Z", "Ampersands are fine.", "first & foremost"),
        Edit(ODD, "2022-01-02T09:00:00Z", "Ampersands are fine + plus signs.", ""),
    ),
}
DELETED = ("Thrown away",)


def series(name: str, who: str, count: int, first: datetime, step: timedelta) -> dict[str, tuple[Edit, ...]]:
    """Return many small pages by one person, so that a list of contributions needs several requests."""
    moments = (first + step * number for number in range(count))
    return {
        f"{name} {number}": (
            Edit(
                who, f"{moment:%Y-%m-%dT%H:%M:%SZ}", f"{name} {number} stands by the water.", f"{name.lower()} {number}"
            ),
        )
        for number, moment in enumerate(moments, 1)
    }


def everything() -> dict[str, tuple[Edit, ...]]:
    """Return all pages: 6 years of locks by Alma, and more bridges by Tilde than a plan allows to read."""
    locks = series("Lock", ALMA, 124, datetime(2019, 7, 1, 6, 30, tzinfo=UTC), timedelta(days=17))
    bridges = series("Bridge", TILDE, 260, datetime(2024, 1, 1, 6, 0, tzinfo=UTC), timedelta(hours=7))
    return {**PAGES, **locks, **bridges}


def revision(number: int, edit: Edit) -> str:
    """Return one revision in the export format."""
    who = f"<ip>{edit.who}</ip>" if edit.who == ANONYMOUS else f"<username>{escape(edit.who)}</username><id>0</id>"
    return (
        f"<revision><id>{number}</id><timestamp>{edit.at}</timestamp><contributor>{who}</contributor>"
        f"<comment>{escape(edit.summary)}</comment><model>wikitext</model><format>text/x-wiki</format>"
        f'<text xml:space="preserve">{escape(edit.text)}</text></revision>'
    )


def dump() -> str:
    """Return the export file."""
    lines = ['<mediawiki xmlns="http://www.mediawiki.org/xml/export-0.11/" version="0.11" xml:lang="en">']
    number = 0
    for title, edits in everything().items():
        namespace = {"User": 2, "User talk": 3}.get(title.partition(":")[0], 0)
        revisions = []
        for edit in edits:
            number += 1
            revisions.append(revision(number, edit))
        lines.append(f"<page><title>{escape(title)}</title><ns>{namespace}</ns>{''.join(revisions)}</page>")
    return "\n".join([*lines, "</mediawiki>"])


if __name__ == "__main__":
    wanted = {"people": lambda: "\n".join(PEOPLE), "dump": dump, "deleted": lambda: "\n".join(DELETED)}
    sys.stdout.write(wanted[sys.argv[1]]() + "\n")

"""Fill a snac server with invented people: accounts before it runs, posts while it runs.

usage: fill.py accounts|posts DATA

Posts are made by snac's own command, replies through its web form, as people make them; then each is given its date,
for snac dates everything to the present. Everyone here is invented.
"""

from __future__ import annotations

import base64
import json
import os
import re
import subprocess
import sys
import urllib.parse
import urllib.request
from datetime import UTC, datetime, timedelta
from pathlib import Path

PEOPLE = {
    "alma": {
        "name": "Alma Ferrow",
        "bio": "Ferry pilot and amateur lock historian. Home page: https://alma.test/",
        "metadata": {"Home page": "https://alma.test/", "Wiki": "https://wiki.test/wiki/User:Alma_Ferrow"},
        "published": "2019-04-01T08:00:00Z",
    },
    "corvin": {
        "name": "Corvin Ashby",
        "bio": "Reads timetables for pleasure.",
        "metadata": {},
        "published": "2018-01-01T08:00:00Z",
    },
    "silent": {"name": "Sil Ent", "bio": "", "metadata": {}, "published": "2020-01-01T08:00:00Z"},
}

FERRIES = [
    (
        "alma",
        "note",
        (datetime(2023, 1, 1, 7, 30, tzinfo=UTC) + timedelta(days=7 * week)).isoformat(),
        f"Crossing log {week}: calm, full deck.",
    )
    for week in range(1, 46)
]

POSTS = (
    ("alma", "note", "2019-04-02T09:15:00+00:00", "First post here. Ferries, tides and bad puns. #introduction"),
    (
        "corvin",
        "note",
        "2021-06-10T20:00:00+00:00",
        "The lock keeper at Nether Sluice ought to be thrown into his own lock.",
    ),
    ("alma", "reply", "2021-06-11T07:00:00+00:00", "Leave him alone, please: the keeper only followed the tide table."),
    ("alma", "boost", "", ""),
    (
        "alma",
        "note",
        "2022-02-15T18:00:00+00:00",
        "Proud to be the new shop steward of our trade union branch. Come to the union meeting on Tuesday.",
    ),
    (
        "alma",
        "note",
        "2022-03-04T06:45:00+00:00",
        "If the 6:40 is late once more I will burn the timetable and scatter its ashes at sea. Figuratively, with a very small candle.",
    ),
    ("alma", "note_unlisted", "2022-08-08T12:00:00+00:00", "An unlisted thought about varnish, for whoever finds it."),
    (
        "alma",
        "note_mention",
        "2022-09-09T22:00:00+00:00",
        "@corvin for your eyes only: the spare key is under the third bollard.",
    ),
    ("corvin", "note_mention", "2022-09-09T22:05:00+00:00", "@alma thank you, the bollard it is."),
    ("corvin", "note", "2022-10-01T10:00:00+00:00", "@alma I will smash every window of that ferry, you will see."),
    *FERRIES,
    (
        "alma",
        "note",
        "2024-10-01T21:10:00+00:00",
        "To the man at the ticket desk: I know where you park, and tomorrow I will break both your arms.",
    ),
    ("alma", "note", "2025-05-20T08:00:00+00:00", "Ten years of ferries today. <b>Thank you</b> & see you on deck!"),
)


def add_accounts(data: Path) -> None:
    """Create the people; keep the password that snac gave the one who replies through the web form."""
    for uid, person in PEOPLE.items():
        said = subprocess.run(
            ["snac", "adduser", data, uid], input=f"{uid}\n", capture_output=True, text=True, check=True
        )
        (data / f"password.{uid}").write_text(re.search(r"password is (\S+)", said.stdout + said.stderr)[1])
        record = data / "user" / uid / "user.json"
        record.write_text(json.dumps({**json.loads(record.read_text()), **person}, indent=1))


def add_posts(data: Path) -> None:
    """Make every post in the order of its date, and date it."""
    last_of: dict[str, str] = {}
    for uid, how, at, text in POSTS:
        known = objects(data)
        if how == "reply":
            reply(data, uid, text, to=last_of["corvin"])
        elif how == "boost":
            snac("boost", data, uid, last_of["corvin"])
        else:
            snac(how, data, uid, text)
        for path in objects(data) - known:
            post = json.loads(path.read_text())
            if post.get("type") == "Note":
                last_of[uid] = post["id"]
                date(path, post, at)


def objects(data: Path) -> set[Path]:
    """Return the files of everything that snac keeps."""
    return set((data / "object").glob("*/*.json"))


def snac(*words: object) -> None:
    """Run one of snac's commands."""
    subprocess.run(["snac", *map(str, words)], capture_output=True, check=True)


def reply(data: Path, uid: str, text: str, *, to: str) -> None:
    """Answer a post through the form of snac's own page."""
    server = json.loads((data / "server.json").read_text())
    form = urllib.parse.urlencode({"content": text, "in_reply_to": to}).encode()
    request = urllib.request.Request(f"http://127.0.0.1:{server['port']}/{uid}/admin/note", data=form)
    password = (data / f"password.{uid}").read_text()
    request.add_header("Authorization", "Basic " + base64.b64encode(f"{uid}:{password}".encode()).decode())
    request.add_header("Host", server["host"])
    urllib.request.build_opener(urllib.request.ProxyHandler({}), Stay()).open(request, timeout=10).close()


class Stay(urllib.request.HTTPRedirectHandler):
    """The form answers with a redirect to the public name, which only the front serves: stay, and take it as done."""

    def http_error_303(self, req, fp, code, msg, headers):
        return fp


def date(path: Path, post: dict[str, object], at: str) -> None:
    """Write the post's date where snac keeps it: in the record and in the time of the file (its id begins with it).

    The file is changed in place, as snac links it from several folders.
    """
    moment = datetime.fromisoformat(at)
    post["published"] = moment.strftime("%Y-%m-%dT%H:%M:%SZ")
    path.write_text(json.dumps(post, indent=1))
    os.utime(path, (moment.timestamp(), moment.timestamp()))


if __name__ == "__main__":
    {"accounts": add_accounts, "posts": add_posts}[sys.argv[1]](Path(sys.argv[2]))

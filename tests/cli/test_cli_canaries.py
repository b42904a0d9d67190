"""What is withheld is nowhere a reader looks: a word of its own in every kind of it, and a search of every byte written.

The demonstration's web is copied, and in each place that the law or an owner closes stands a word that stands nowhere
else. After a run of the command line these words may be in the WARC file, or nowhere, and in no report, log, database
or output.
"""

from __future__ import annotations

import json
import re
import shutil
import ssl
from collections.abc import Callable, Iterator
from importlib.resources import as_file
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from answers import DEMO
from footprint.demo.server import DemoWeb
from footprint.store.workspace import Workspace

POSTS = {
    "wrenunderage": ("2010-05-05T12:00:00Z", "The wrenunderage was in the garden and I will break his legs."),
    "wrenbirthday": ("2012-03-08T01:00:00Z", "Not yet eighteen everywhere: wrenbirthday, I will break his legs."),
    "wrenwindow": ("2015-05-05T12:00:00Z", "I saw the wrenwindow and I will break his legs."),
    "wrenbefore": ("2021-11-20T23:59:59Z", "I saw the wrenbefore and I will break his legs."),
    "wrenafter": ("2026-11-20T23:00:00Z", "I saw the wrenafter and I will break his legs."),
    "wrenunion": ("2026-05-05T12:00:00Z", "As a rep of our trade union I carried the wrenunion on the picket line."),
    "wrenwhistle": ("2026-05-06T12:00:00Z", "I am a whistleblower about the wrenwhistle and would do it again."),
    "wrenhealth": ("2026-05-07T12:00:00Z", "My chemo starts on Monday, says the wrenhealth."),
    "wrenfaith": ("2026-05-08T12:00:00Z", "As a Sikh I keep the wrenfaith with me."),
    "wrenparty": ("2026-05-09T12:00:00Z", "I voted Labour again, wrenparty or not."),
    "wrenlove": ("2026-05-10T12:00:00Z", "As a gay woman I like the wrenlove."),
    "wrencrime": ("2026-05-11T12:00:00Z", "I was convicted of theft over the wrencrime."),
    "wrenidle": ("2026-05-12T12:00:00Z", "The wrenidle sang over the leeks."),
}
"""Word, time and text of a post; the last is lawful and bears on nothing, and what bears on nothing is not kept."""

PLACES = {
    "wrenundated": ("maraquill.example/index.html", "</main>", "<p>Nobody dated the wrenundated.</p></main>"),
    "wrenguest": (
        "maraquill.example/feed.xml",
        "I will punch him in the face",
        "wrenguest, I will punch him in the face",
    ),
    "wrennamesake": ("courier.example/harvest-loaf.html", "</article>", "<p>The wrennamesake rose.</p></article>"),
    "wrenperhaps": ("courier.example/quiz-night.html", "</article>", "<p>The wrenperhaps won it.</p></article>"),
    "wrenwall": ("courier.example/night-shift.html", "</article>", "<p>The wrenwall is for subscribers.</p></article>"),
    "wrengone": ("courier.example/gone.html", "</body>", "<p>The wrengone is gone.</p></body>"),
    "wrenrobots": ("courier.example/cross-country.html", "</article>", "<p>wrenrobots</p></article>"),
    "wrenlogin": ("courier.example/login.html", "</body>", "<p>wrenlogin</p></body>"),
    "wrenclosed": (
        "social.example/accounts.toml",
        "Please do not index this one.",
        "wrenclosed, do not index this one.",
    ),
}
"""Word, file, what stands there, and what is put in its place."""

NEVER_KEPT = {"wrenwall", "wrengone", "wrenrobots", "wrenlogin"}
"""Of a closed page no body is kept, not even in the WARC."""

UNSPOKEN = (
    "1994-03-08",
    "8 March 1994",
    "born 1994",
    "wrenschool",
    "wrenalias",
    "01632 960128",
    "Priya Venn",
    "32-year-old",
)
"""Of the profile and of third parties: in no report."""

INPUTS = {"profile.toml", "consent.toml", "profile.json", "policy.json", "authority.pem"}
"""What the run was given, and the copies of it that the case keeps for an auditor."""

NAMES = ("maraquill.example", "social.example", "wiki.example", "code.example", "courier.example")


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text, (path.name, old)
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.fixture(scope="module")
def web(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DemoWeb]:
    """The demonstration's web with the words in it."""
    folder = tmp_path_factory.mktemp("sites") / "web"
    with as_file(DEMO.joinpath("web")) as source:
        shutil.copytree(source, folder)
    with (folder / "social.example" / "posts.toml").open("a", encoding="utf-8") as file:
        for at, text in POSTS.values():
            file.write(f'\n[[posts]]\nat = {at}\ntext = "{text}"\n')
    for name, old, new in PLACES.values():
        replace(folder / name, old, new)
    with DemoWeb(folder) as served:
        yield served


@pytest.fixture
def place(tmp_path: Path, web: DemoWeb, call: Callable) -> Path:
    """A workspace in which that web was screened, and what the command said."""
    folder = tmp_path / "w"
    call("init", folder)
    for name in ("profile", "consent"):
        (folder / f"example-{name}.toml").rename(tmp_path / f"{name}.toml")
    replace(
        tmp_path / "profile.toml",
        "[[identifiers]]",
        'schools = ["wrenschool"]\nother_names = ["Wrenalias Quill"]\n\n[[identifiers]]',
    )
    authority = tmp_path / "authority.pem"
    (der,) = web.tls.get_ca_certs(binary_form=True)
    authority.write_text(ssl.DER_cert_to_PEM_cert(der), encoding="ascii")
    pins = [word for name in NAMES for word in ("--loopback", "{}={}:{}".format(name, *web.pinned[name]))]
    order = (tmp_path / "profile.toml", "--consent", tmp_path / "consent.toml", "--workspace", folder)
    said = [
        call("screen", *order, "--loopback-ca", authority, *pins, "--out", tmp_path / "out"),
        call("audit", "show", "--workspace", folder),
        call("case", "list", "--workspace", folder, "--json"),
    ]
    assert [entry.code for entry in said] == [4, 0, 0], said
    said += explained(folder, call)
    unlock(folder, tmp_path / "unlocked")
    (tmp_path / "said").write_text("\n".join(entry.out + entry.err for entry in said), encoding="utf-8")
    return tmp_path


def explained(folder: Path, call: Callable) -> list:
    """Ask of every withheld item why it is withheld."""
    (case,) = (path.name for path in (folder / "cases").iterdir())
    with Workspace.open(folder) as opened:
        withheld = json.loads(opened.get_document(case, "report.json"))["withheld"]
    said = [call("explain", case, item["observation"], "--workspace", folder) for item in withheld]
    said.append(call("case", "sealed", case, "--workspace", folder))
    assert {entry.code for entry in said} == {0}
    return said


def unlock(folder: Path, out: Path) -> None:
    """Write out in the open what the case holds locked, so that its words can be looked for."""
    out.mkdir()
    with Workspace.open(folder) as opened:
        (case,) = (path.name for path in (folder / "cases").iterdir())
        for name in opened.documents(case):
            (out / name).write_bytes(opened.get_document(case, name))
        for name in opened.captures(case):
            with opened.open_capture(case, name) as file:
                (out / name).write_bytes(file.read())


def kept(folder: Path) -> str:
    """Return every body that the WARC files hold."""
    bodies = []
    for path in folder.rglob("*.warc.gz"):
        with path.open("rb") as file:
            bodies += [record.content_stream().read().decode("utf-8", "replace") for record in ArchiveIterator(file)]
    return "\n".join(bodies)


def test_what_is_withheld_is_nowhere_a_reader_looks(place: Path) -> None:
    """No word of it is in a report, the log, the database or the output; the WARC holds what was public and read."""
    looked_at = [
        path for path in place.rglob("*") if path.is_file() and path.name not in INPUTS and not path.match("*.gz")
    ]
    names = {path.name for path in looked_at}
    archive = kept(place)

    assert names >= {"report.html", "report.json", "audit.jsonl", "footprint.db", "said"}
    for path in looked_at:
        content = path.read_bytes().lower()
        found = [word for word in (*POSTS, *PLACES, *UNSPOKEN) if word.lower().encode() in content]
        assert found == [], path.name
    assert {word for word in (*POSTS, *PLACES) if word not in archive} == NEVER_KEPT


def test_the_words_would_be_seen(place: Path) -> None:
    """The search is not blind: what is lawful, the candidate's and relevant stands in the report."""
    (report,) = (place / "unlocked").rglob("report.json")

    assert "I will kill whoever ate my sandwich" in report.read_text(encoding="utf-8")


def test_the_database_holds_no_page(place: Path) -> None:
    """Beside addresses and digests no words of a page are in it, not even of a finding."""
    content = b"".join(path.read_bytes() for path in (place / "w").glob("footprint.db*"))

    assert re.search(rb"sandwich|leeks|Northgate|Thornmere", content) is None
    assert b"maraquill.example" in content

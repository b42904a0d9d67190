"""What a case hands out opens in tools that others wrote: py-wacz, FastWARC, cdxj-indexer, pywb, ReplayWeb.page, age.

Over the demonstration's case, and over one that was read from real servers.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from zipfile import ZipFile

import pytest
from click.testing import CliRunner
from test_world_screening import desk_in, opened, screened
from world_reader import World

from footprint.admission import Order
from footprint.after.exporting import export
from footprint.after.reproducing import reproduce
from footprint.cli.main import footprint
from footprint.model.manifest import EntryKind, Manifest, ManifestEntry
from footprint.store.workspace import Workspace
from footprint.web.captured import captured
from footprint.web.html import html_to_text

pytestmark = pytest.mark.world

WORLD = Path(__file__).parent
ROOT = WORLD.parents[1]
BLOCKS = re.compile(r"^```(?:bash|sh)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Handed:
    """An export, and the workspace it came from."""

    workspace: Path
    case: str
    folder: Path

    @property
    def wacz(self) -> Path:
        """The captures."""
        return self.folder / "captures.wacz"

    @property
    def pages(self) -> tuple[ManifestEntry, ...]:
        """The entries of what was read."""
        manifest = Manifest.model_validate_json((self.folder / "manifest.json").read_bytes())
        return tuple(entry for entry in manifest.entries if entry.kind is EntryKind.PAGE)

    def unpacked(self, place: Path) -> tuple[Path, ...]:
        """Return the WARC files, taken out of the package."""
        with ZipFile(self.wacz) as archive:
            names = [name for name in archive.namelist() if name.startswith("archive/")]
            return tuple(Path(archive.extract(name, place)) for name in names)


@pytest.fixture(scope="session")
def tools() -> Path:
    """The folder in which the tools are."""
    done = subprocess.run(
        ["bash", WORLD / "tools.sh", "up"],
        env={**os.environ, "PYTHON": sys.executable},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=900,
    )
    if done.returncode:
        pytest.fail(f"tools.sh: {done.stderr.strip()[-2000:]}", pytrace=False)
    return Path(done.stdout.strip())


@pytest.fixture(scope="module", params=["demonstration", "servers"])
def handed(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Handed:
    """An export of the demonstration's case, and one of Alma Ferrow's, whose places real servers served."""
    folder = tmp_path_factory.mktemp(request.param)
    if request.param == "demonstration":
        case = demonstrated(folder)
    else:
        case = read_from_servers(*(request.getfixturevalue(name) for name in ("wiki", "social", "site")), folder)
    with Workspace.open(folder / "workspace") as workspace:
        done = export(desk_in(workspace), case, folder / "export")
    return Handed(folder / "workspace", case, done.folder)


def demonstrated(folder: Path) -> str:
    """Run the demonstration and return its case."""
    words = ["demo", "--workspace", str(folder / "workspace"), "--out", str(folder / "out"), "--json"]
    said = CliRunner().invoke(footprint, words, catch_exceptions=False)
    found: str = json.loads(said.stdout)["case"]
    return found


def read_from_servers(wiki: World, social: World, site: World, folder: Path) -> str:
    """Run the line on the three servers and return its case."""
    with opened(wiki, folder) as workspace:
        order = Order(profile=wiki.case / "profile.toml", consent=wiki.case / "consent.toml")
        return screened(wiki, workspace, order).report.case


def said(*words: object, cwd: Path | None = None, given: str | None = None) -> str:
    """Return what a tool says; fail with it where the tool does."""
    done = subprocess.run(
        [*map(str, words)], cwd=cwd, input=given, capture_output=True, text=True, check=False, timeout=300
    )
    assert done.returncode == 0, f"{words[0]}: {done.stdout[-2000:]}{done.stderr[-2000:]}"
    return done.stdout


def test_py_wacz_finds_the_package_valid(handed: Handed, tools: Path) -> None:
    """Paths, digests, the list of resources and its digest, as the reference implementation checks them."""
    assert "Validation succeeded" in said(tools / "readers/bin/wacz", "validate", "-f", handed.wacz)


def test_py_wacz_finds_a_change(handed: Handed, tools: Path, tmp_path: Path) -> None:
    """The check is no show: packed again with one page's title changed, the package is not valid."""
    with ZipFile(handed.wacz) as archive, ZipFile(tmp_path / "changed.wacz", "w") as changed:
        for name in archive.namelist():
            changed.writestr(name, archive.read(name).replace(b'"title": "E0002', b'"title": "E0003'))
    with pytest.raises(AssertionError, match="Validation failed"):
        said(tools / "readers/bin/wacz", "validate", "-f", tmp_path / "changed.wacz")


def test_fastwarc_finds_every_digest_right(handed: Handed, tools: Path, tmp_path: Path) -> None:
    """A second reader of WARC files, in another language, computes every digest again.

    Of a body that came before, a revisit names the digest and holds nothing (ISO 28500 section 6.7.2). FastWARC does not
    go to the record that holds it, and so counts the payloads of exactly those as failed.
    """
    fastwarc = tools / "readers/bin/fastwarc"
    for path in handed.unpacked(tmp_path):
        said(fastwarc, "check", "--quiet", path)
        payloads = [fastwarc, "check", "--quiet", "--verify-payloads", "--output", tmp_path / "failed", path]
        done = subprocess.run(payloads, capture_output=True, text=True, check=False, timeout=300)
        failed = re.findall(r"^(<urn:uuid:[^>]*>): .*FAIL", (tmp_path / "failed").read_text("utf-8"), re.MULTILINE)
        assert sorted(failed) == sorted(revisits(path))
        assert bool(failed) == bool(done.returncode)


def revisits(path: Path) -> list[str]:
    """Return the ids of the revisit records of a WARC file."""
    with path.open("rb") as file:
        return [record.record_id for record in captured(file) if record.kind == "revisit"]


def test_fastwarc_finds_a_change(handed: Handed, tools: Path, tmp_path: Path) -> None:
    """A record whose body was changed and packed again does not pass."""
    import gzip

    path, *_ = handed.unpacked(tmp_path)
    content = gzip.decompress(path.read_bytes())
    changed = content.replace(b"User-agent", b"User-Agent", 1)
    assert changed != content
    (tmp_path / "changed.warc.gz").write_bytes(gzip.compress(changed))
    with pytest.raises(AssertionError):
        said(tools / "readers/bin/fastwarc", "check", "--quiet", tmp_path / "changed.warc.gz")


def test_the_index_is_the_one_that_cdxj_indexer_makes(handed: Handed, tools: Path, tmp_path: Path) -> None:
    """The reference implementation of CDXJ, run over the same files, gives the same lines in the same order."""
    theirs = said(tools / "readers/bin/cdxj-indexer", "--sort", *handed.unpacked(tmp_path))
    ours = ZipFile(handed.wacz).read("indexes/index.cdx").decode()

    assert len(ours.splitlines()) > 5
    assert lines(ours) == lines(theirs)


def lines(index: str) -> list[tuple[str, str, dict[str, str]]]:
    """Return lines in a form in which they can be compared: numbers as text, and without what only one of them says."""
    split = (line.split(" ", 2) for line in index.splitlines())
    return [
        (key, at, {name: str(value) for name, value in json.loads(about).items() if name != "recordDigest"})
        for key, at, about in split
    ]


def test_pywb_plays_back_every_page_as_it_was_captured(handed: Handed, tools: Path, tmp_path: Path) -> None:
    """Taken in as a package, with our index, each page comes back with the body whose digest the manifest gives."""
    said(tools / "pywb/bin/wb-manager", "init", "case", cwd=tmp_path)
    said(tools / "pywb/bin/wb-manager", "add", "--unpack-wacz", "case", handed.wacz, cwd=tmp_path)
    with wayback(tools, tmp_path) as address:
        for page in handed.pages:
            played = f"{address}/case/{page.captured_at_utc:%Y%m%d%H%M%S}id_/{page.final_url}"
            with urllib.request.urlopen(played, timeout=60) as answer:
                assert hashlib.sha256(answer.read()).hexdigest() == page.files[0].body_sha256, page.evidence_id
    assert len(handed.pages) >= 5


@contextmanager
def wayback(tools: Path, folder: Path) -> Iterator[str]:
    """Run pywb on loopback, and give its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [tools / "pywb/bin/wayback", "-b", "127.0.0.1", "-p", str(port)]
    with (
        (folder / "wayback.log").open("w") as log,
        subprocess.Popen(command, cwd=folder, stdout=log, stderr=log) as server,
    ):
        try:
            address = f"http://127.0.0.1:{port}"
            wait_for(address, server, folder / "wayback.log")
            yield address
        finally:
            server.terminate()


def wait_for(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    """Wait until a server answers; show its log if it never does."""
    for _ in range(240):
        try:
            urllib.request.urlopen(address, timeout=10).close()
        except urllib.error.URLError:
            assert server.poll() is None, log.read_text("utf-8")[-2000:]
            time.sleep(0.25)
        else:
            return
    pytest.fail(f"no answer: {log.read_text('utf-8')[-2000:]}", pytrace=False)


def test_replayweb_page_shows_the_pages(handed: Handed, tools: Path, tmp_path: Path) -> None:
    """In Chromium, with the player served on loopback and nothing else to reach, the words of each web page appear."""
    bodies = captured_bodies(handed, tmp_path)
    web_pages = [page for page in handed.pages if page.content_type == "text/html"]
    wanted = [
        {
            "url": page.final_url,
            "ts": f"{page.captured_at_utc:%Y%m%d%H%M%S}",
            "words": words_of(bodies[page.evidence_id or ""]),
        }
        for page in web_pages
    ]
    python = tools / "readers/bin/python"
    texts = json.loads(said(python, WORLD / "play.py", tools / "player/package", handed.wacz, given=json.dumps(wanted)))

    assert wanted
    for one in wanted:
        assert one["words"] in " ".join(texts[str(one["url"])].split()), one["url"]


def captured_bodies(handed: Handed, place: Path) -> dict[str, bytes]:
    """Return the body of every page by evidence id, read by warcio."""
    from warcio.archiveiterator import ArchiveIterator

    found = {}
    for path in handed.unpacked(place):
        with path.open("rb") as file:
            for record in ArchiveIterator(file):
                if record.rec_type == "response":
                    found[record.rec_headers.get_header("WARC-Record-ID")] = record.content_stream().read()
    return {str(page.evidence_id): found[page.files[0].body_in] for page in handed.pages}


def words_of(body: bytes) -> str:
    """Return the longest line of a page's text, up to 60 characters: something that only this page says."""
    text = html_to_text(re.sub(r"(?is)^.*?<body[^>]*>", "", body.decode()))
    return max((" ".join(line.split()) for line in text.splitlines()), key=len)[:60].strip()


def test_every_command_of_the_page_works_on_a_sealed_export(handed: Handed, tools: Path, tmp_path: Path) -> None:
    """docs/evidence.md from its first command to its last: stock age opens what was sealed, and every check passes."""
    key = tmp_path / "key"
    said("age-keygen", "-o", key)
    recipient = said("age-keygen", "-y", key).strip()
    with Workspace.open(handed.workspace) as workspace:
        done = export(desk_in(workspace), handed.case, tmp_path / "sealed", (recipient,))
    (done.folder / "YOUR-KEY").write_bytes(key.read_bytes())
    path = [tools / "readers/bin", tools / "pywb/bin", Path(sys.executable).parent, os.environ["PATH"]]
    blocks = BLOCKS.findall((ROOT / "docs" / "evidence.md").read_text("utf-8"))

    assert len(blocks) == 8
    for block in blocks:
        ran = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", block],
            cwd=done.folder,
            env={**os.environ, "PATH": os.pathsep.join(map(str, path))},
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
        )
        assert ran.returncode == 0, f"{block}\n{ran.stdout[-2000:]}\n{ran.stderr[-2000:]}"
    assert (done.folder / "captures.wacz").read_bytes() == handed.wacz.read_bytes()


def test_the_report_is_derived_again_from_what_was_kept(handed: Handed) -> None:
    """Findings and report follow from the captures, the packs and this version, byte for byte, with no network."""
    with Workspace.open(handed.workspace) as workspace:
        again = asyncio.run(reproduce(desk_in(workspace), handed.case))

    assert again.differences == ()

"""Open pages of a WACZ file in ReplayWeb.page, in Chromium, and print what a reader would see of each.

Run by the environment that has playwright: `play.py PLAYER WACZ < pages.json`. Player and file are served on loopback, and
the browser can reach nothing else.
"""

from __future__ import annotations

import json
import re
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import quote

from playwright.sync_api import Error, Page, sync_playwright

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
ALONE = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
TRIES, SECONDS = 4, 25
FRAME = """<!doctype html><meta charset="utf-8"><script src="/ui.js"></script>
<replay-web-page embed="replayonly" deepLink source="/export.wacz" replayBase="/replay/" url="{url}" ts="{ts}"></replay-web-page>
"""


class Files(SimpleHTTPRequestHandler):
    """Serves a folder, and parts of its files where a part is asked for: a player reads a WACZ file piece by piece."""

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        """Answer with a file, or with a part of it (RFC 9110 section 14.2)."""
        asked = re.fullmatch(r"bytes=(\d*)-(\d*)", self.headers.get("Range", ""))
        if asked is None:
            super().do_GET()
            return
        content = Path(self.translate_path(self.path)).read_bytes()
        first, last = asked.groups()
        start = int(first) if first else max(0, len(content) - int(last))
        end = min(int(last), len(content) - 1) if first and last else len(content) - 1
        self.send_response(206)
        self.send_header("Content-Range", f"bytes {start}-{end}/{len(content)}")
        self.send_header("Content-Length", str(end + 1 - start))
        self.end_headers()
        self.wfile.write(content[start : end + 1])


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a folder on loopback, and give the address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Files, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()


def laid_out(player: Path, wacz: Path, folder: Path) -> None:
    """Put the player and the file where the page expects them."""
    (folder / "replay").mkdir()
    for name, source in (("ui.js", "ui.js"), ("replay/sw.js", "sw.js")):
        (folder / name).write_bytes((player / source).read_bytes())
    (folder / "export.wacz").write_bytes(wacz.read_bytes())


def seen(page: Page, address: str, url: str, words: str) -> str:
    """Return the text of the frame in which a page is played, once it has the words; else the last that was there.

    A player that hangs at its start, as on a busy machine it may, is loaded anew.
    """
    text = ""
    for _ in range(TRIES):
        page.goto(address)
        for _ in range(SECONDS * 4):
            page.wait_for_timeout(250)  # it is here that the driver hears of new frames
            text = played(page, url) or text
            if words in " ".join(text.split()):
                return text
    return text


def played(page: Page, url: str) -> str:
    """Return what the frame shows that plays an address; nothing where there is none, or it is being loaded."""
    for frame in page.frames:
        if f"mp_/{url}" in frame.url or f"mp_/{quote(url, safe=':/?&=')}" in frame.url:
            with suppress(Error):
                return str(frame.evaluate("document.body ? document.body.innerText : ''"))
    return ""


def main(player: Path, wacz: Path) -> None:
    """Play every page that standard input names, and print the texts by address."""
    wanted = json.load(sys.stdin)
    with tempfile.TemporaryDirectory() as place, served(Path(place)) as address, sync_playwright() as driver:
        laid_out(player, wacz, Path(place))
        profile = tempfile.mkdtemp(dir=place)
        browser = driver.chromium.launch_persistent_context(
            profile, executable_path="/usr/bin/chromium", headless=True, args=[*FLAGS, ALONE]
        )
        texts = {}
        for number, one in enumerate(wanted):
            (Path(place) / f"{number}.html").write_text(FRAME.format(**one), "utf-8")
            page = browser.new_page()
            texts[one["url"]] = seen(page, f"{address}/{number}.html", one["url"], one["words"])
            page.close()
        browser.close()
    json.dump(texts, sys.stdout)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))

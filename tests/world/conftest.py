"""Real servers that others wrote, on loopback: each starts when the first test asks for it and stops at the end.

A server that cannot be installed or started fails the tests that need it: there is no skip. By hand, in this folder:
`bash wiki.sh up`, and so for social, site, blog, search, archive, sky and front; the same with `down`.
"""

from __future__ import annotations

import fcntl
import os
import ssl
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from world_reader import Reader, World

from footprint.web.client import Client
from footprint.web.guard import Guard

WORLD = Path(__file__).parent
RUN = WORLD / "run"
HOSTS = (
    "wiki.test",
    "social.test",
    "alma.test",
    "blog.test",
    "search.test",
    "pds.test",
    "index.commoncrawl.org",
    "public.api.bsky.app",
)
FRONT_PORT = int(os.environ.get("FOOTPRINT_WORLD_PORT", "29440")) + 3
"""As in common.sh."""


@pytest.fixture(scope="session")
def _alone() -> Iterator[None]:
    """Keep a second session of this folder from stopping the servers of the first."""
    RUN.mkdir(exist_ok=True)
    with (RUN / "session.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            pytest.fail("another session runs the world tests of this folder", pytrace=False)
        yield


@contextmanager
def running(name: str) -> Iterator[None]:
    """Run a server from its script, and stop it in any case."""
    try:
        _script(name, "up")
        yield
    finally:
        _script(name, "down")


def _script(name: str, verb: str) -> None:
    done = subprocess.run(
        ["bash", WORLD / f"{name}.sh", verb],
        env={**os.environ, "PYTHON": sys.executable},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=900,
    )
    if done.returncode:
        pytest.fail(f"{name}.sh {verb}: {done.stderr.strip()[-2000:]}", pytrace=False)


@pytest.fixture(scope="session")
def world(_alone: None) -> Iterator[World]:
    """The front, and the way to it; take `wiki`, `social` or `site` for what stands behind."""
    with running("front"):
        yield World(
            pinned=dict.fromkeys(HOSTS, ("127.0.0.1", FRONT_PORT)),
            tls=ssl.create_default_context(cafile=RUN / "front" / "client.pem"),
            log=RUN / "front-access.log",
        )


@pytest.fixture(scope="session")
def wiki(world: World) -> Iterator[World]:
    """MediaWiki at https://wiki.test."""
    with running("wiki"):
        yield world


@pytest.fixture(scope="session")
def social(world: World) -> Iterator[World]:
    """snac2 at https://social.test."""
    with running("social"):
        yield world


@pytest.fixture(scope="session")
def site(world: World) -> Iterator[World]:
    """The personal site at https://alma.test."""
    with running("site"):
        yield world


@pytest.fixture(scope="session")
def blog(world: World) -> Iterator[World]:
    """WordPress at https://blog.test."""
    with running("blog"):
        yield world


@pytest.fixture(scope="session")
def search(wiki: World, blog: World) -> Iterator[World]:
    """searx at https://search.test, which asks the wiki, the blog, and an engine that is dead."""
    with running("search"):
        yield wiki


@pytest.fixture(scope="session")
def archive(world: World) -> Iterator[World]:
    """pywb in the form of Common Crawl's index, under its name."""
    with running("archive"):
        yield world


@pytest.fixture(scope="session")
def sky(world: World) -> Iterator[World]:
    """The AT Protocol's development network: its AppView under Bluesky's name, its PDS at https://pds.test."""
    with running("sky"):
        yield world


@pytest.fixture
async def reader(world: World) -> AsyncIterator[Reader]:
    """A Fetch through the real client and a guard that knows the names."""
    client = Client(guard=Guard(pinned=world.pinned), user_agent="footprint-world-tests", tls=world.tls)
    yield Reader(client)
    await client.aclose()

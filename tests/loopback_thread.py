"""A loopback web in a thread of its own, for commands that run their own event loop."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterable
from pathlib import Path
from types import TracebackType
from typing import Self

from footprint.contract.server import Asked, Given, Loopback


class Web:
    """Serves while the context is open; `words` are the options of a command that reaches it."""

    def __init__(self, hosts: Iterable[str], answer: Callable[[Asked], Given], authority: Path) -> None:
        self._loopback = Loopback(hosts, answer)
        self._authority = authority
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)

    @property
    def asked(self) -> list[Asked]:
        """Every request, in order."""
        return self._loopback.asked

    @property
    def words(self) -> list[str]:
        """How a command is told of it."""
        pins = (f"--loopback={name}={address}:{port}" for name, (address, port) in self._loopback.pinned.items())
        return [*pins, f"--loopback-ca={self._authority}"]

    def __enter__(self) -> Self:
        self._thread.start()
        asyncio.run_coroutine_threadsafe(self._loopback.__aenter__(), self._loop).result(30)
        self._authority.write_bytes(self._loopback.authority)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        asyncio.run_coroutine_threadsafe(self._loopback.__aexit__(kind, error, trace), self._loop).result(30)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(30)
        self._loop.close()

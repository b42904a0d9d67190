"""A `footprint` command in a process of its own that has everything loaded already, so that many can be begun and killed.

The server that forks these processes loads this module once; each process then runs the command line as it is.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
from datetime import timedelta
from functools import partial
from multiprocessing.context import ForkServerProcess
from pathlib import Path

import footprint.cli.audit
import footprint.cli.screen
import footprint.screening  # noqa: F401  # with all that it needs
from footprint.cli import options
from footprint.cli.main import main
from footprint.demo.clock import START, DemoClock

PROCESSES = multiprocessing.get_context("forkserver")
PROCESSES.set_forkserver_preload([__name__])


def begin(words: list[str], *, hours: int, told: Path) -> ForkServerProcess:
    """Begin a command in a session of its own, on a clock that does not wait; what it says goes to a file."""
    process = PROCESSES.Process(target=command, args=(words, hours, str(told)))
    process.start()
    return process


def command(words: list[str], hours: int, told: str) -> None:
    """Run `footprint WORDS`. For the process that `begin` has made."""
    os.setsid()
    sink = os.open(told, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    for stream in (1, 2):
        os.dup2(sink, stream)
    vars(options)["SystemClock"] = partial(DemoClock, START + timedelta(hours=hours))
    sys.argv = ["footprint", *words]
    main()

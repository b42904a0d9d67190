"""What is found does not hang on the order in which Python happens to walk a set: each process has another one."""

from __future__ import annotations

import os
import subprocess
import sys

SHOWN = """
import hashlib
from footprint.filters.spelling import Spelling
from footprint.policies.load import lexicons
known = lexicons()
spelling = Spelling([lexicon for lexicon in known if lexicon.id in ("discrimination", "threats")], known)
print(hashlib.sha256(repr(sorted(spelling._hidden.items())).encode()).hexdigest())
"""


def test_a_hidden_word_stands_for_the_same_word_in_every_process() -> None:
    """A misspelling of two words is taken for the same one of them, whatever the seed of the hashes."""
    said = {
        subprocess.run(
            [sys.executable, "-c", SHOWN],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2", "3")
    }

    assert len(said) == 1

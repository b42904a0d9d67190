"""`python -m benchmarks`: all of them, one after the other."""

from __future__ import annotations

from benchmarks import gate, line, startup

if __name__ == "__main__":
    startup.measure()
    line.measure()
    gate.measure()

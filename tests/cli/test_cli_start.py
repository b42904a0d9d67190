"""Start-up: `--help` stays light, and every command has help."""

from __future__ import annotations

import subprocess
import sys

import pytest

from footprint.cli.main import COMMANDS

HEAVY = {"httpx", "sqlalchemy", "lxml", "trafilatura", "cryptography", "pydantic", "rich", "bs4", "jinja2", "warcio"}


def test_help_imports_nothing_heavy() -> None:
    """`footprint --help` needs click and a table."""
    code = "import sys; sys.argv = ['footprint', '--help']\nfrom footprint.cli.main import main\ntry:\n    main()\nfinally:\n    print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], check=False, capture_output=True, text=True)
    loaded = set(done.stdout.splitlines()[-1].split())

    assert "click" in loaded
    assert not loaded & HEAVY


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help(command: str, call) -> None:
    """Each command explains itself."""
    said = call(command, "--help")

    assert said.code == 0
    assert said.out.startswith("Usage: footprint")


def test_an_unknown_command_is_a_usage_error(call) -> None:
    """A mistyped command is exit code 2."""
    said = call("scren")

    assert said.code == 2
    assert "No such command" in said.err


def test_the_version_is_printed(call) -> None:
    """`--version` prints and ends well."""
    said = call("--version")

    assert (said.code, said.out.startswith("footprint, version ")) == (0, True)


def test_without_a_command_the_help_is_shown(call) -> None:
    """Nothing but the name shows the help."""
    said = call()

    assert "Commands:" in said.out + said.err


def test_a_fault_of_our_own_does_not_speak(monkeypatch: pytest.MonkeyPatch, call) -> None:
    """An error that is not ours ends with 1 and its kind and place; its words may be a page's."""

    def fail(*_: object) -> None:
        raise ZeroDivisionError("words of a page")

    monkeypatch.setattr("footprint.cli.sources.manifest", fail)
    said = call("sources", "list")

    assert said.code == 1
    assert "Internal error: ZeroDivisionError at test_cli_start.py:" in said.err
    assert "words of a page" not in said.out + said.err

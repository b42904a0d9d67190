"""The command `footprint`: a table of commands, each loaded when it is called, and the exit codes.

0 done · 1 internal error · 2 usage or bad input · 3 refused: no valid authorisation · 4 done, but something could not
be checked · 5 verification failed
"""

from __future__ import annotations

import importlib
import sys

import click

from footprint import __version__
from footprint.errors import FootprintError, InputError, RefusedError, VerificationError

COMMANDS = {
    "demo": ("footprint.cli.demo", "The whole job on the built-in web of invented people."),
    "init": ("footprint.cli.workspace", "Make a workspace."),
    "doctor": ("footprint.cli.workspace", "Say what works here, what is missing and how to fix it."),
    "candidate": ("footprint.cli.candidate", "Write or check a candidate profile."),
    "consent": ("footprint.cli.consent", "Record, check, withdraw or renew a consent, and print its papers."),
    "policy": ("footprint.cli.policy", "List, show and check the packs and the policy."),
    "sources": ("footprint.cli.sources", "List the public sources and their terms, turn them on or off, check them."),
    "plan": ("footprint.cli.screen", "Print every request that a screening would make; fetch nothing."),
    "screen": ("footprint.cli.screen", "Screen a candidate's public footprint and write the report."),
    "review": ("footprint.cli.review", "Grade a case's findings: confirm, reject, say why; then set its outcome."),
    "report": (
        "footprint.cli.report",
        "Write what one reader may see of a case: vetting, recruiter, candidate, auditor.",
    ),
    "case": ("footprint.cli.case", "The cases: look, hear the candidate, decide, unlock, prune and erase."),
    "explain": ("footprint.cli.explain", "Say why one item of a case is there, or why it is not."),
    "audit": ("footprint.cli.audit", "Verify and show the audit log."),
    "schema": ("footprint.cli.schema", "Print the JSON Schema of a file or of the report."),
}
"""Command, where it is, and what it does: `--help` needs no more than this table."""

EXIT_CODES = ((InputError, 2), (RefusedError, 3), (VerificationError, 5), (FootprintError, 1))


class Commands(click.Group):
    """A group that imports a command only when it is called, so that start-up stays light."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = getattr(importlib.import_module(COMMANDS[cmd_name][0]), cmd_name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="footprint")
def footprint() -> None:
    """Lawful, consent-based screening of a candidate's public web footprint.

    Reads public pages only, within a recorded consent, and writes a report that can be checked line by line. Never
    logs in, scores, decides or monitors. Try `footprint demo` first.
    """


def main() -> None:
    """Run the command line; turn every error of ours into one clear message and an exit code."""
    try:
        # Without click's own ending, a command's exit code is what comes back.
        sys.exit(footprint.main(prog_name="footprint", standalone_mode=False) or 0)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        click.echo("Stopped. What was read is kept: run the same command with --resume to go on.", err=True)
        sys.exit(130)
    except FootprintError as error:
        click.echo(explain(error), err=True)
        sys.exit(next(code for kind, code in EXIT_CODES if isinstance(error, kind)))
    except Exception as error:  # noqa: BLE001 - the last line of defence: a traceback may hold page text
        click.echo(internal(error), err=True)
        sys.exit(1)


def internal(error: Exception) -> str:
    """Return a fault of our own by its kind and place, without its words, which may come from a page."""
    from traceback import extract_tb  # not needed to start

    frames = extract_tb(error.__traceback__)
    place = f"{frames[-1].filename.rpartition('/')[2]}:{frames[-1].lineno}" if frames else "an unknown place"
    advice = (
        "Nothing that was read is lost. Please report the kind and the place; the words of the error are held back."
    )
    return f"Internal error: {type(error).__name__} at {place}. {advice}"


def explain(error: FootprintError) -> str:
    """Return an error as a person at a terminal should read it."""
    if isinstance(error, InputError):
        lines = [f"Bad input: {error.where}"]
        lines += [f"  field     {error.field}"] if error.field else []
        lines += [f"  expected  {error.expected}"]
        lines += [f"  note      {error.mend}"] if error.mend else []
        return "\n".join(lines)
    if isinstance(error, RefusedError):
        return f"Refused ({error.rule}): {error.reason}\nTo mend it: {error.mend}\nNothing more was done."
    return f"Error: {error}"

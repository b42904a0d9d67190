"""`footprint candidate`: write a profile, or check one."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import click

from footprint.cli.options import AS_JSON, print_json
from footprint.errors import InputError
from footprint.files import read_record, write_whole
from footprint.model.candidate import Candidate


@click.group()
def candidate() -> None:
    """Write or check a candidate profile."""


@candidate.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
def new(file: Path) -> None:
    """Write an example profile to FILE, to be filled in."""
    if file.exists():
        raise InputError(where=str(file), expected="a new file; this one exists and is left as it is")
    write_whole(file, files("footprint.demo").joinpath("profile.toml").read_bytes())
    click.echo(
        f"Wrote {file}, with an invented person. Put in what the candidate gave, then: footprint candidate check {file}"
    )


@candidate.command()
@click.argument("file", type=click.Path(path_type=Path))
@AS_JSON
def check(file: Path, as_json: bool) -> None:
    """Say whether FILE is a well-formed profile, and which keys a consent must list for it."""
    profile = read_record(file, Candidate)
    keys = [identifier.key for identifier in profile.identifiers]
    if as_json:
        print_json({"id": profile.id, "identifiers": keys, "sha256": profile.digest()})
        return
    click.echo(f"{file} is well formed. For the consent's scope.identifiers:")
    for key in keys:
        click.echo(f'  "{key}",')

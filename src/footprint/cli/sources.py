"""`footprint sources`: the public places that can be read, and on what terms."""

from __future__ import annotations

import click

from footprint.cli.options import AS_JSON, print_json
from footprint.collectors.catalog import COLLECTORS, manifest
from footprint.errors import InputError


@click.group()
def sources() -> None:
    """List and show the public sources and their terms."""


@sources.command(name="list")
@AS_JSON
def list_(as_json: bool) -> None:
    """List the sources."""
    manifests = [manifest(source) for source in COLLECTORS]
    if as_json:
        print_json([entry.model_dump(mode="json") for entry in manifests])
        return
    for entry in manifests:
        click.echo(
            f"{entry.id:<10} {entry.title:<34} robots {entry.terms.robots}, one request every {entry.limits.seconds_between:g} s"
        )


@sources.command()
@click.argument("source")
@AS_JSON
def show(source: str, as_json: bool) -> None:
    """Show what is read at a source, its limits, its terms and when they were reviewed."""
    if source not in COLLECTORS:
        raise InputError(where=source, expected=f"one of {', '.join(COLLECTORS)}")
    entry = manifest(source)
    if as_json:
        print_json(entry.model_dump(mode="json"))
        return
    terms = entry.terms
    click.echo(f"{entry.title} ({entry.id} {entry.version})\n{entry.reads}")
    click.echo(f"access         {entry.access}, {entry.documentation}")
    click.echo(f"robots.txt     {terms.robots}{f': {terms.robots_reason}' if terms.robots_reason else ''}")
    click.echo(
        f"terms          {terms.terms_url}, reviewed {terms.terms_reviewed}; commercial use {terms.commercial_use}"
    )
    click.echo(f"respects       {', '.join(terms.respects) or 'no signal of its own'}")

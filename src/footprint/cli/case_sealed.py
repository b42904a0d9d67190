"""`footprint case sealed|unlock|unlocker|worksheet`: what is sealed, and how a second person may look at it."""

from __future__ import annotations

from pathlib import Path

import click

from footprint.after.unlocking import Claim
from footprint.after.unlocking import unlock as unlock_item
from footprint.cli.options import AS_JSON, WORKSPACE, desk_at, print_json
from footprint.errors import InputError
from footprint.files import parse_record, read_bytes, read_record, write_whole
from footprint.model.finding import SealedItem, WithheldReason
from footprint.model.report import Report
from footprint.model.worksheet import BeliefWorksheet
from footprint.store.cipher import fresh_identity, recipient_of
from footprint.store.workspace import Workspace

BLANK = """\
# Protected belief (Equality Act 2010 s.10; Higgs v Farmor's School [2025] EWCA Civ 109), before a sealed item is unlocked.
# Answers are "yes", "no" or "unclear". Which belief it is, is not asked: nobody needs to know.

is_belief = "unclear"               # do the words voice a religion, a philosophical or political belief, or the lack of one?
is_manifestation = "unclear"        # are they closely and directly connected with it?
is_manner_objectionable = "unclear" # would an outsider object to the manner (abuse, threats), and not to the belief?
manner = ""                         # what it is about the manner; before it was seen: what makes you think so
audience = ""                       # who could see it
is_original = "unclear"             # the candidate's own words, not passed on?
proportionality = ""                # aim, link, less intrusive means, balance; was anyone harmed?
"""


@click.command()
@click.argument("case_id")
@WORKSPACE
@AS_JSON
def sealed(case_id: str, workspace: Path, as_json: bool) -> None:
    """List the sealed items of a case: ids and rules, never what they say."""
    content = Workspace.open(workspace).get_document(case_id, "report.json")
    report = parse_record(content, Report, where=f"report.json of {case_id}", is_json=True)
    items = [item for item in report.withheld if item.reason is WithheldReason.SEALED]
    if as_json:
        print_json([{"item": item.observation, "rules": [rule.rule for rule in item.rules]} for item in items])
        return
    for item in items:
        click.echo(f"{item.observation}  {', '.join(rule.rule for rule in item.rules)}")
    if items:
        click.echo("Next: footprint explain CASE ITEM; a second person may use footprint case unlock.")
    else:
        click.echo("Nothing is sealed in this case.")


@click.command()
@click.argument("person")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), required=True, help="Where to write their key.")
def unlocker(person: str, out: Path) -> None:
    """Make a key for a second person. They keep the file; its public half goes into footprint.toml."""
    if out.exists():
        raise InputError(where=str(out), expected="a new file", mend="a key is never written over")
    identity = fresh_identity()
    write_whole(out, identity + b"\n")
    click.echo(f"{out}: the secret key of {person}. Give it to them, and keep no copy.")
    click.echo("Put this into footprint.toml; what is sealed from now on is sealed to them:")
    click.echo(f'\n[unlockers]\n{person} = "{recipient_of(identity)}"')


@click.command()
def worksheet() -> None:
    """Print a blank belief worksheet, TOML: it stands before any item that may voice a belief (LAW EQ-10)."""
    click.echo(BLANK, nl=False)


@click.command()
@click.argument("case_id")
@click.argument("item")
@click.option("--by", required=True, help="Your id, as footprint.toml names it under [unlockers].")
@click.option("--key", type=click.Path(path_type=Path), required=True, help="The file with your secret key.")
@click.option("--condition", required=True, help="Code of a condition; `footprint policy conditions` lists them.")
@click.option("--document", default="", help="Reference of the appropriate policy document, or of the law relied on.")
@click.option("--worksheet", "sheet", type=click.Path(path_type=Path), help="The filled-in belief worksheet.")
@WORKSPACE
@AS_JSON
def unlock(
    case_id: str,
    item: str,
    *,
    by: str,
    key: Path,
    condition: str,
    document: str,
    sheet: Path | None,
    workspace: Path,
    as_json: bool,
) -> None:
    """Show a sealed item to a second person, once. Who, which item and by which condition is logged first."""
    claim = Claim(
        by=by,
        key=_secret(key),
        condition=condition,
        document=document,
        worksheet=read_record(sheet, BeliefWorksheet) if sheet else None,
    )
    desk = desk_at(Workspace.open(workspace))
    found = unlock_item(desk, case_id, item, claim)
    if as_json:
        print_json(found.model_dump(mode="json"))
    else:
        _show(found)


def _secret(path: Path) -> str:
    lines = read_bytes(path, limit=10_000).decode("ascii", "replace").splitlines()
    # `age-keygen` writes comments above the key.
    return next((line.strip() for line in lines if line.startswith("AGE-SECRET-KEY-")), "")


def _show(found: SealedItem) -> None:
    when = f"{found.posted_at:%Y-%m-%d}" if found.posted_at else "undated"
    click.echo(f"{found.observation}  {found.source}, {found.engagement}, {when}; sealed by {', '.join(found.rules)}")
    if found.context:
        click.echo(f"\n  in answer to: {found.context}")
    click.echo(f"\n{found.text}\n")
    click.echo("It is sealed as before, and was shown to you alone. Do not copy it; the outcome may not rest on it")
    click.echo("unless the condition that you named allows that.")

"""Write the generated parts of the documentation: commands, rules and sources. With --check, fail where they are stale."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from footprint.cli.main import footprint
from footprint.collectors.catalog import COLLECTORS, manifest
from footprint.model.decision import Citation
from footprint.policies.authorise import READING
from footprint.policies.built_in import BUILT_IN
from footprint.policies.load import available, jurisdiction, lexicons

DOCS = Path(__file__).resolve().parent.parent / "docs"


def commands() -> str:
    """Return every command with its help, as it prints it."""
    blocks = [
        "# Commands",
        "",
        "Written by `make docs` from the commands themselves.",
        "",
        *_help(footprint, "footprint"),
    ]
    return "\n".join(blocks) + "\n"


def _help(command: click.Command, name: str) -> list[str]:
    context = click.Context(
        command, info_name=name, max_content_width=100, terminal_width=100, help_option_names=["-h", "--help"]
    )
    lines = [f"## {name}", "", "```", command.get_help(context), "```", ""]
    if isinstance(command, click.Group):
        for child in command.list_commands(context):
            found = command.get_command(context, child)
            lines += _help(found, f"{name} {child}") if found else []
    return lines


def rules() -> str:
    """Return every rule: what it does, and where it comes from."""
    head = "| rule | effect | reason | article |\n| --- | --- | --- | --- |"
    lines = [
        "# Rules",
        "",
        "Written by `make docs` from the packs. *Confirm with counsel*: the text was not read at its address.",
        "",
    ]
    lines += ["## Built in: no pack can switch them off", "", head]
    lines += [_row(rule.id, "refuse", rule.reason, rule.citation) for rule in BUILT_IN]
    lines += [f"| {rule} | refuse | {reason} | asked before every request |" for rule, reason, _, _ in READING]
    for name in available().jurisdictions:
        pack = jurisdiction(name)
        lines += ["", f"## {pack.title} (`{pack.id}` {pack.version})", "", head]
        lines += [_row(rule.id, "refuse", rule.reason, rule.citation) for rule in pack.authorisation]
        lines += [_row(rule.id, str(rule.effect), rule.reason, rule.citation) for rule in pack.legality]
    for lexicon in lexicons():
        found = [rule for rule in lexicon.rules if rule.category is not None and rule.citation is not None]
        if found:
            lines += ["", f"## Lexicon: {lexicon.title} (`{lexicon.id}` {lexicon.version})", "", head]
            lines += [_row(rule.id, str(rule.category), rule.reason, rule.citation) for rule in found if rule.citation]
    return "\n".join(lines) + "\n"


def _row(rule: str, effect: str, reason: str, citation: Citation) -> str:
    article = f"[{citation.label}]({citation.address})" if citation.address.startswith("http") else citation.label
    return f"| {rule} | {effect} | {reason} | {article} |"


def sources() -> str:
    """Return every source with what is read there and on what terms."""
    lines = ["# Sources", "", "Written by `make docs` from the manifests.", ""]
    for source in COLLECTORS:
        entry = manifest(source)
        terms = entry.terms
        robots = f"{terms.robots}: {terms.robots_reason}" if terms.robots_reason else terms.robots
        lines += [f"## {entry.title} (`{entry.id}` {entry.version})", "", entry.reads, ""]
        lines += [f"- Access: {entry.access}. Shapes: <{entry.documentation}>"]
        lines += [
            f"- Pace: one request every {entry.limits.seconds_between:g} s; honours {', '.join(entry.limits.honours) or 'Retry-After'}"
        ]
        lines += [f"- robots.txt: {robots}", f"- Opt-outs obeyed: {', '.join(terms.respects) or 'those of the page'}"]
        lines += [
            f"- Terms: <{terms.terms_url}>, reviewed {terms.terms_reviewed}; commercial use {terms.commercial_use}",
            "",
        ]
    return "\n".join(lines)


PAGES = {"commands.md": commands, "rules.md": rules, "sources.md": sources}

if __name__ == "__main__":
    stale = []
    for name, page in PAGES.items():
        target, text = DOCS / name, page()
        if "--check" in sys.argv:
            stale += [name] if not target.is_file() or target.read_text(encoding="utf-8") != text else []
        else:
            target.write_text(text, encoding="utf-8")
    sys.exit(f"stale: {', '.join(stale)}; run make docs" if stale else 0)

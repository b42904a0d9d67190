"""Write the generated parts of the documentation: commands, rules and sources. With --check, fail where they are stale."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from footprint.cli.main import footprint
from footprint.collectors.catalog import COLLECTORS, LINK_ONLY, SWEEPS, manifest
from footprint.collectors.interface import Access, Manifest
from footprint.model.decision import Citation
from footprint.model.kinds import kind_of
from footprint.model.policy import JurisdictionPack, Retention
from footprint.policies.afterwards import AFTERWARDS
from footprint.policies.authorise import READING
from footprint.policies.built_in import BUILT_IN, BUILT_IN_LEGALITY, HARD_REFUSALS
from footprint.policies.law import Standing, law_table
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


HEAD = "| rule | effect | reason | article | test |\n| --- | --- | --- | --- | --- |"
RUNS, ITEMS, NEVER = (f"tests/law/test_law_{name}.py" for name in ("runs", "items", "refusals"))


def rules() -> str:
    """Return every rule: what it does, where it comes from, and the test that shows it."""
    lines = [
        "# Rules",
        "",
        "Written by `make docs` from the packs. *Confirm with counsel*: the text was not read at its address.",
        "",
        "## Never, whatever a pack or a flag says",
        "",
        "| id | never | enforced by | law | test |\n| --- | --- | --- | --- | --- |",
    ]
    lines += [
        f"| {item.id} | {item.never} | {item.enforced_by} | {', '.join(item.law)} | {NEVER} [{item.id}] |"
        for item in HARD_REFUSALS
    ]
    lines += ["", "## Built in: no pack can switch them off", "", HEAD]
    lines += [_row(rule.id, "refuse", rule.reason, rule.citation, f"{RUNS} [built-in:{rule.id}]") for rule in BUILT_IN]
    lines += [
        f"| {rule} | refuse | {reason} | asked before every request | {RUNS} [reading:{rule}] |"
        for rule, reason, _, _ in READING
    ]
    lines += [
        _row(rule.id, str(rule.effect), rule.reason, rule.citation, f"{ITEMS} [built-in:{rule.id}]")
        for rule in BUILT_IN_LEGALITY
    ]
    lines += ["", "## After a run: sealed items, and the end of a case", "", HEAD]
    lines += [_row(rule.id, "refuse", rule.reason, rule.citation, f"{rule.test} [{rule.id}]") for rule in AFTERWARDS]
    for name in available().jurisdictions:
        lines += _pack(jurisdiction(name))
    lines += _relevance()
    return "\n".join(lines) + "\n"


def _pack(pack: JurisdictionPack) -> list[str]:
    includes = f", with {', '.join(pack.includes)}" if pack.includes else ""
    lines = ["", f"## {pack.title} (`{pack.id}` {pack.version}{includes})", "", HEAD]
    lines += [
        _row(rule.id, "refuse", rule.reason, rule.citation, f"{RUNS} [{pack.id}:{rule.id}]")
        for rule in pack.authorisation
    ]
    lines += [
        _row(item.id, str(item.effect), item.reason, item.citation, f"{ITEMS} [{pack.id}:{item.id}]")
        for item in pack.legality
    ]
    lines += [
        _row(duty.id, "duty", duty.duty, duty.citation, f"by a person; shown: {duty.shown}") for duty in pack.duties
    ]
    lines += [
        _row(str(kept.outcome), "keep", _period(kept), kept.citation, "the policy's retention sets it")
        for kept in pack.retention
    ]
    return lines


def _period(kept: Retention) -> str:
    return "to be set in the policy" if kept.months is None else f"{kept.months} months"


def _relevance() -> list[str]:
    lines: list[str] = []
    for lexicon in lexicons():
        found = [rule for rule in lexicon.rules if rule.category is not None and rule.citation is not None]
        if found:
            lines += ["", f"## Lexicon: {lexicon.title} (`{lexicon.id}` {lexicon.version})", "", HEAD]
            lines += [
                _row(rule.id, str(rule.category), rule.reason, rule.citation, "tests/unit/filters/filter_tables.py")
                for rule in found
                if rule.citation
            ]
    return lines


def _row(rule: str, effect: str, reason: str, citation: Citation, test: str) -> str:
    article = f"[{citation.label}]({citation.address})" if citation.address.startswith("http") else citation.label
    return f"| {rule} | {effect} | {reason} | {article} | {test} |"


def law() -> str:
    """Return every id of the law table with what is done about it."""
    table = law_table()
    counts = ", ".join(f"{table.count(standing)} {standing.replace('_', ' ')}" for standing in Standing)
    lines = [
        "# The law, id by id",
        "",
        "Written by `make docs` from `src/footprint/policies/law.toml`; `footprint policy law` prints the same.",
        f"Of {len(table.entries)} ids: {counts}. *Shown*: a person does it, footprint puts it before their eyes.",
        "",
        "| id | what | footprint | how, where, or why not | by |\n| --- | --- | --- | --- | --- |",
    ]
    for entry in table.entries:
        by = ", ".join([*(f"`{rule}`" for rule in entry.rules), *entry.tests])
        lines.append(f"| {entry.id} | {entry.title} | {SAYS[entry.standing]} | {entry.note} | {by} |")
    return "\n".join(lines) + "\n"


SAYS = {
    Standing.ENFORCED: "enforced by the rules or tests named",
    Standing.SHOWN: "shown",
    Standing.LEFT_OUT: "left out",
}


def sources() -> str:
    """Return every source with what is read there, on what terms, and what it takes to turn it on."""
    entries = [manifest(source) for source in (*COLLECTORS, *SWEEPS, *LINK_ONLY)]
    lines = [
        "# Sources",
        "",
        "Written by `make docs` from the manifests. What *off at first* means, and how to turn a source on:",
        "[ADR 0013](adr/0013-sources-are-off-until-turned-on.md). How to add one: [collector.md](collector.md).",
        "",
        "| source | what | at first | a profile names |\n| --- | --- | --- | --- |",
    ]
    for entry in entries:
        kind = kind_of(entry.id)
        named = kind.expected or "an address, https://..."
        where = f" at `{kind.host}`{'' if kind.is_fixed else ' or another host'}" if kind.host else ""
        lines.append(f"| [`{entry.id}`](#{entry.id}) | {entry.title} | {_at_first(entry)} | {named}{where} |")
    for entry in entries:
        lines += ["", *_source(entry)]
    return "\n".join(lines) + "\n"


def _at_first(entry: Manifest) -> str:
    if entry.access is Access.LINK_ONLY:
        return "never read: listed for a person"
    return f"off ({entry.access})" if entry.is_off_at_first else "on"


def _source(entry: Manifest) -> list[str]:
    terms = entry.terms
    head = [f"## {entry.id}", "", f"**{entry.title}**, version {entry.version}. {entry.reads}", ""]
    access = f"- Access: {entry.access}, {_at_first(entry)}.{f' {entry.access_reason}' if entry.access_reason else ''}"
    terms_line = f"- Terms: <{terms.terms_url}>, reviewed {terms.terms_reviewed}; commercial use {terms.commercial_use}"
    if entry.access is Access.LINK_ONLY:
        return [*head, access, terms_line]
    robots = f"{terms.robots}: {terms.robots_reason}" if terms.robots_reason else terms.robots
    honours = ", ".join(entry.limits.honours) or "Retry-After"
    lines = [
        *head,
        access,
        f"- Read at: {entry.interface}. Shapes: <{entry.documentation}>",
        f"- Pace: one request every {entry.limits.seconds_between:g} s; honours {honours}",
        f"- robots.txt: {robots}",
        f"- Opt-outs obeyed: {', '.join(terms.respects) or 'those of the page'}",
        terms_line,
    ]
    if entry.key is not None:
        needed = "may be given" if entry.key.is_optional else "is needed"
        lines.append(
            f"- Operator's key: {needed}, `{entry.key_variable}` or the file `keys/{entry.id}`; <{entry.key.obtained}>"
        )
    if entry.special_category:
        lines.append("- Special category: being found there would itself tell of one (GDPR Art. 9(1))")
    if entry.canary is not None:
        known = ", ".join(f"`{known.value}`" for known in entry.canary.known)
        lines.append(
            f"- Checked by: {known}, and a name like `{entry.canary.made_up.value}`; holds {entry.canary.ttl_hours} h"
        )
    return lines


PAGES = {"commands.md": commands, "law.md": law, "rules.md": rules, "sources.md": sources}

if __name__ == "__main__":
    stale = []
    for name, page in PAGES.items():
        target, text = DOCS / name, page()
        if "--check" in sys.argv:
            stale += [name] if not target.is_file() or target.read_text(encoding="utf-8") != text else []
        else:
            target.write_text(text, encoding="utf-8")
    sys.exit(f"stale: {', '.join(stale)}; run make docs" if stale else 0)

"""`footprint sources`: what is on, by whose decision, and whether it still answers."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from footprint.audit.log import read
from footprint.audit.verify import verify
from footprint.collectors.catalog import manifest
from footprint.contract.server import Asked, Given
from footprint.model.event import Action
from loopback_thread import Web

ASSETS = Path(__file__).parents[1] / "assets"
MASCOT = json.loads((ASSETS / "github" / "user.json").read_text("utf-8")) | {"login": "octocat"}
REASON = "The data protection officer agreed on 3 November."


@pytest.fixture
def place(tmp_path: Path, call) -> Path:
    """A workspace as `init` makes it."""
    call("init", tmp_path / "w")
    return tmp_path / "w"


def answer(asked: Asked) -> Given:
    """A code host that knows its mascot and nobody else."""
    if asked.target == "/users/octocat":
        return Given(200, "application/json", json.dumps(MASCOT).encode())
    return Given(200, "application/json", b"[]") if asked.target.startswith("/users/octocat/") else Given(404)


@pytest.fixture
def code_host(tmp_path: Path) -> Iterator[Web]:
    """Served on loopback."""
    with Web(["api.github.com"], answer, tmp_path / "ca.pem") as web:
        yield web


def test_a_source_is_turned_on_and_off_with_a_reason(place: Path, call) -> None:
    """The list and the page of the source say so; the log says that it was decided, not why."""
    assert call("sources", "on", "orcid", "--reason", REASON, "--by", "dpo-2", "--workspace", place).code == 0
    shown = call("sources", "show", "orcid", "--workspace", place).out
    listed = json.loads(call("sources", "list", "--workspace", place, "--json").out)

    assert f"on, decided by dpo-2 on 2026-11-20: {REASON}" in " ".join(shown.split())
    assert {entry["id"]: entry["is_on"] for entry in listed}["orcid"] is True
    assert call("sources", "off", "orcid", "--reason", "Not needed.", "--workspace", place).code == 0
    assert "decided by vetting-officer-7" in call("sources", "show", "orcid", "--workspace", place).out
    verify(place / "audit.jsonl")
    events = [logged.event for logged in read(place / "audit.jsonl")]
    assert [(event.action, event.result) for event in events] == [
        (Action.SOURCE_SWITCHED, "on"),
        (Action.SOURCE_SWITCHED, "off"),
    ]
    assert REASON not in (place / "audit.jsonl").read_text("utf-8")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("on", "orcid"), "--reason"),
        (("on", "linkedin", "--reason", REASON), "Never read"),
        (("on", "searxng", "--reason", REASON), "your own instance"),
        (("on", "myspace", "--reason", REASON), "one of website"),
        (("on", "orcid", "--reason", REASON, "--by", "Some Body"), "an id"),
        (("on", "orcid", "--reason", " "), "a sentence"),
        (("off", "orcid"), "--reason"),
        (("check", "orcid"), "a source that is on"),
        (("check", "website"), "a source with canaries"),
    ],
)
def test_bad_input_is_refused_with_the_reason(place: Path, call, words: tuple[str, ...], said: str) -> None:
    """Exit code 2, one message, nothing decided and nothing asked."""
    done = call("sources", *words, "--workspace", place)

    assert done.code == 2
    assert said in done.err
    assert (place / "audit.jsonl").read_bytes() == b""


def test_without_a_workspace_the_list_says_what_holds_at_first(tmp_path: Path, call) -> None:
    """The sources can be read about before there is a workspace."""
    out = call("sources", "list", "--workspace", tmp_path).out

    assert [line.split()[1:3] for line in out.splitlines() if line.startswith(("github", "orcid"))] == [
        ["on", "open"],
        ["off", "ask"],
    ]
    assert "never read" in out


def test_a_source_that_answers_as_it_should_passes(place: Path, call, code_host: Web) -> None:
    """A known account is found, a made-up one is not; results to stdout, progress to stderr."""
    done = call("sources", "check", "github", "--workspace", place, *code_host.words)

    assert done.code == 0, done.err
    assert " ".join(done.out.split()) == "github passed a known account is found, a made-up one is not"
    assert done.err == "asking github\n"
    shown = call("sources", "show", "github", "--workspace", place).out
    assert "passed on 2026-11-20" in shown
    assert "UTC, holds for 24 hours" in shown
    (event,) = (logged.event for logged in read(place / "audit.jsonl"))
    assert (event.action, event.result, event.demonstration) == (Action.SOURCE_CHECKED, "passed", True)
    names = [asked.target.split("/")[2] for asked in code_host.asked]
    assert names[:3] == ["octocat"] * 3
    assert names[3].startswith("fp-")


def test_a_source_that_cannot_be_checked_ends_with_four(place: Path, call, tmp_path: Path) -> None:
    """The line and the JSON say which canary did what."""
    with Web(["api.github.com"], lambda asked: Given(503), tmp_path / "ca.pem") as web:
        done = call("sources", "check", "github", "--json", "--workspace", place, *web.words)

    assert done.code == 4
    assert json.loads(done.out) == [
        {"source": "github", "result": "unknown", "detail": "a known account: server_error"}
    ]


def test_without_a_name_every_source_that_is_on_is_checked(place: Path, call, tmp_path: Path) -> None:
    """All but one turned off here, so that the check asks that one."""
    listed = json.loads(call("sources", "list", "--workspace", place, "--json").out)
    for entry in listed:
        if entry["is_on"] and entry["id"] != "github":
            call("sources", "off", entry["id"], "--reason", "A test.", "--workspace", place)
    with Web(["api.github.com"], answer, tmp_path / "ca.pem") as web:
        done = call("sources", "check", "--workspace", place, *web.words)

    assert (done.code, done.out.split()[:2]) == (0, ["github", "passed"])


def test_a_key_is_asked_for_by_name(place: Path, call) -> None:
    """`show` says which variable holds it, and where one gets it."""
    shown = call("sources", "show", "brave", "--workspace", place).out

    assert "is needed: FOOTPRINT_KEY_BRAVE, or the file keys/brave" in shown
    assert "may be given: FOOTPRINT_KEY_GITHUB" in call("sources", "show", "github", "--workspace", place).out


def test_a_plan_and_a_report_list_what_is_never_read(place: Path, call) -> None:
    """An account at a network of members is printed with its address, for a person, and no request is planned."""
    profile, consent = place / "example-profile.toml", place / "example-consent.toml"
    with profile.open("a", encoding="utf-8") as file:
        file.write('\n[[identifiers]]\nkind = "linkedin"\nvalue = "mara-quill"\n')
    drawn = call("plan", profile, "--consent", consent, "--workspace", place)

    assert drawn.code == 0
    assert "left out: linkedin:mara-quill@www.linkedin.com: Never read: LinkedIn" in drawn.out
    assert "Not to be opened for this check either" in drawn.out
    assert "GET https://www.linkedin.com" not in drawn.out


@pytest.fixture
def old_terms(monkeypatch: pytest.MonkeyPatch) -> None:
    """GitHub's terms were read in 2024."""
    github = manifest("github")
    old = github.but(terms=github.terms.but(terms_reviewed=date(2024, 1, 31)))
    for place in ("footprint.sources.reviewing", "footprint.cli.sources"):
        monkeypatch.setattr(f"{place}.manifest", lambda source: old if source == "github" else manifest(source))


OLD = "notice: the terms of github were last reviewed on 2024-01-31, more than 12 months ago."


@pytest.mark.usefixtures("old_terms")
def test_terms_that_nobody_read_for_a_year_are_told(place: Path, call, code_host: Web) -> None:
    """By list, show, check and plan, as a notice beside the output; each goes on and ends as it would without."""
    here = ("--workspace", place)
    listed, shown = call("sources", "list", *here), call("sources", "show", "github", *here)
    drawn = call("plan", place / "example-profile.toml", "--consent", place / "example-consent.toml", *here)
    checked = call("sources", "check", "github", *here, *code_host.words)
    in_json = json.loads(call("sources", "list", "--json", *here).out)

    assert [done.code for done in (listed, shown, checked, drawn)] == [0, 0, 0, 0]
    assert all(OLD in done.err for done in (listed, shown, checked))
    assert OLD in drawn.out
    assert [entry["id"] for entry in in_json if entry["terms_are_due"]] == ["github"]


@pytest.mark.usefixtures("old_terms")
def test_after_how_many_months_is_the_workspaces_to_say(place: Path, call) -> None:
    """`terms_review_months` in footprint.toml."""
    settings = place / "footprint.toml"
    settings.write_text("terms_review_months = 60\n" + settings.read_text("utf-8"), "utf-8")

    assert "notice" not in call("sources", "list", "--workspace", place).err


def test_the_contract_of_a_package_in_json(call) -> None:
    """A package that names no collector is bad input for programs too."""
    assert call("sources", "check", "--contract", "pytest", "--json").code == 2


def test_a_source_of_a_special_category_says_so(place: Path, call, monkeypatch: pytest.MonkeyPatch) -> None:
    """Before anybody turns it on."""
    special = manifest("github").but(special_category=True)
    monkeypatch.setattr("footprint.cli.sources.manifest", lambda source: special)
    shown = call("sources", "show", "github", "--workspace", place).out

    assert "here           off" in shown
    assert "GDPR Art. 9" in shown

"""Names at many sites, from the command line to the report: found, not found, or unknown with its reason."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from footprint.audit.log import read
from footprint.audit.verify import verify
from footprint.demo.clock import START, DemoClock
from footprint.model.event import Action
from footprint.store.workspace import Workspace
from site_town import CLAUSE, NAME, ROLE, Town, make_place, rule


@pytest.fixture
def town() -> Iterator[Town]:
    with Town() as served:
        yield served


@pytest.fixture
def place(tmp_path: Path, town: Town) -> Path:
    return make_place(tmp_path / "w", town)


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Let the next commands begin some hours after the first."""

    def let(hours: int) -> None:
        begin = lambda clock: setattr(clock, "_now", START + timedelta(hours=hours))  # noqa: E731
        monkeypatch.setattr(DemoClock, "__init__", begin)

    return let


def words(place: Path, *more: str) -> list[str]:
    return [str(place / "profile.toml"), "--consent", str(place / "consent.toml"), "--workspace", str(place), *more]


def verdicts(place: Path, case: str) -> dict[str, tuple[str, str | None, str]]:
    with Workspace.open(place) as workspace:
        book = json.loads(workspace.get_document(case, "presence.json"))
    each = ((result["site"], result["verdicts"][0]) for result in book["results"])
    return {site: (said["presence"], said["reason"], said["rule"]) for site, said in each}


def test_the_plan_counts_the_sites_and_json_lists_them(place: Path, town: Town, call) -> None:
    """`plan` says how many sites, by which file; `--json` has every address. Nothing is asked."""
    said = call("plan", *words(place))
    listed = json.loads(call("plan", *words(place, "--json")).out)["sweep"]

    assert said.code == 0
    assert "account of 1 name, at 7 sites" in said.out
    assert listed["sites"][0] == {"name": "found.test", "category": "hobby", "address": "http://found.test/u/{account}"}
    assert listed["rules"] in said.out
    assert NAME not in json.dumps(listed["sites"])
    assert not town.asked


def test_a_screening_asks_every_site_and_says_what_it_could_not_tell(place: Path, town: Town, call) -> None:
    """Each kind of site gets its verdict; a wall, a lost canary and robots.txt are unknowns; the report counts them."""
    said = call("screen", *words(place, "--json", *town.pins))

    assert said.code == 4, said.err
    report = json.loads(said.out)
    assert verdicts(place, report["case"]) == {
        "found.test": ("found", None, "HANDLE-FOUND"),
        "missing.test": ("not found", None, "HANDLE-MISSING"),
        "soft.test": ("not found", None, "HANDLE-LIKE-MADE-UP"),
        "walled.test": ("unknown", "wall", "WALL-LOGIN-REDIRECT"),
        "asleep.test": ("unknown", "canary", "CANARY-MADE-UP"),
        "dead.test": ("unknown", "canary", "CANARY-KNOWN"),
        "closed.test": ("unknown", "robots", "HANDLE-NO-ANSWER"),
    }
    assert report["presence"] == {f"handles:{NAME}": {"sites": 7, "found": 1, "not_found": 2}}
    assert report["unknown"] == {"canary": 2, "robots": 1, "wall": 1}
    assert (report["undetermined"], report["findings"]) == (1, 0)


def test_a_site_that_cannot_be_believed_is_never_told_the_name(place: Path, town: Town, call) -> None:
    """The candidate's name is sent only where both canaries passed, and no closed address is asked at all."""
    call("screen", *words(place, *town.pins))

    told = {host for host, path in town.seen if path == f"/u/{NAME}"}
    assert told == {"found.test", "missing.test", "soft.test"}
    assert [path for host, path in town.seen if host == "closed.test"] == ["/robots.txt"]


def test_every_request_has_its_audit_event_and_its_record(place: Path, town: Town, call) -> None:
    """As many events as the sites counted requests, in a log that verifies; neither name nor address stands in it."""
    call("screen", *words(place, *town.pins))

    verify(place / "audit.jsonl")
    events = [logged.event for logged in read(place / "audit.jsonl")]
    requests = [event for event in events if event.action is Action.REQUEST]
    assert len(requests) == sum(town.asked.values())
    assert len({event.ids["record"] for event in requests}) == len(requests)
    (swept,) = [event for event in events if event.action is Action.SWEPT]
    assert swept.counts == {"sites": 7, "verdicts": 7, "unknown": 4}
    log = (place / "audit.jsonl").read_text("utf-8")
    assert NAME not in log and ".test" not in log.replace("DPIA", "")


def test_the_report_counts_and_names_no_site_as_one_where_an_account_was_found(
    place: Path, town: Town, call, tmp_path: Path
) -> None:
    """The search log says of each site that it answered, not what; the coverage has the counts."""
    said = call("screen", *words(place, "--json", *town.pins, "--out", str(tmp_path / "out")))

    case = json.loads(said.out)["case"]
    report = json.loads((tmp_path / "out" / case / "report.json").read_text("utf-8"))
    page = (tmp_path / "out" / case / "report.html").read_text("utf-8")
    lines = {line["url"]: line["result"] for line in report["search_log"]}
    assert lines["http://found.test/u/{account}"] == lines["http://missing.test/u/{account}"]
    assert "1 found, 2 not found, 4 unknown" in " ".join(page.split())
    (coverage,) = report["coverage"]
    assert coverage["presence"]["found"] == 1


def test_a_second_run_within_a_day_asks_for_no_canary_that_passed(place: Path, town: Town, call, later) -> None:
    """Canaries that passed hold for a day; those that did not are asked again, and the verdicts are the same."""
    first = json.loads(call("screen", *words(place, "--json", *town.pins)).out)
    town.seen.clear()
    later(12)

    second = json.loads(call("screen", *words(place, "--json", *town.pins)).out)

    assert verdicts(place, second["case"]) == verdicts(place, first["case"])
    again = [path for host, path in town.seen if host in ("found.test", "missing.test", "soft.test")]
    assert sorted(again) == ["/robots.txt"] * 3 + [f"/u/{NAME}"] * 3
    assert ("dead.test", "/u/inkwell") in town.seen


def test_canaries_that_passed_more_than_a_day_ago_are_asked_again(place: Path, town: Town, call, later) -> None:
    """Their time to live is over: the known account and a made-up name are asked before the name."""
    call("screen", *words(place, *town.pins))
    town.seen.clear()
    later(25)

    call("screen", *words(place, *town.pins))

    assert [path.startswith("/u/zq") for host, path in town.seen if host == "found.test"] == [False, False, True, False]


def test_a_third_visit_to_an_account_is_refused(place: Path, town: Town, call, later) -> None:
    """The consent allows two visits to one address: the third run says that they are used up."""
    for run in range(2):
        later(run)
        call("screen", *words(place, *town.pins))
    town.seen.clear()
    later(2)

    third = json.loads(call("screen", *words(place, "--json", *town.pins)).out)

    assert third["unknown"]["budget"] == 3
    assert not [path for _, path in town.seen if path == f"/u/{NAME}"]


def test_the_report_is_derived_again_from_what_was_kept(place: Path, town: Town, call) -> None:
    """With the web gone, the accounts that were found are read again out of the case."""
    case = json.loads(call("screen", *words(place, "--json", *town.pins)).out)["case"]
    before = sum(town.asked.values())

    said = call("audit", "reproduce", case, "--workspace", str(place))

    assert said.code == 0, said.err
    assert sum(town.asked.values()) == before


def test_a_verdict_that_its_evidence_does_not_bear_out_is_found(place: Path, town: Town, call) -> None:
    """Somebody writes "found" over "not found": the answer that was kept says otherwise."""
    case = json.loads(call("screen", *words(place, "--json", *town.pins)).out)["case"]
    with Workspace.open(place) as workspace:
        book = json.loads(workspace.get_document(case, "presence.json"))
        (missing,) = (result for result in book["results"] if result["site"] == "missing.test")
        missing["verdicts"][0] |= {"presence": "found", "rule": "HANDLE-FOUND"}
        workspace.put_document(case, "presence.json", json.dumps(book).encode())

    said = call("audit", "reproduce", case, "--workspace", str(place))

    assert said.code == 5
    assert "does not say what its verdict says" in said.err


@pytest.mark.parametrize(
    ("sources", "role", "clause", "rule"),
    [
        pytest.param('["website"]', ROLE, CLAUSE, "UK-7", id="consent"),
        pytest.param('["handles", "website"]', ROLE.replace(', "handles"', ""), CLAUSE, "UK-5.1b", id="role"),
        pytest.param('["handles", "website"]', ROLE, "", "UK-30", id="policy"),
    ],
)
def test_a_name_is_looked_for_only_where_consent_role_and_policy_say_so(
    tmp_path: Path, town: Town, call, sources: str, role: str, clause: str, rule: str
) -> None:
    """Without one of the three the run is refused, and not one site is asked."""
    place = make_place(tmp_path / "w", town, sources=sources, role=role)
    if not clause:
        path = place / "policy.toml"
        path.write_text(path.read_text("utf-8").replace('sources = ["handles"]', ""), encoding="utf-8")

    said = call("screen", *words(place, *town.pins))

    assert said.code == 3
    assert f"Refused ({rule})" in said.err
    assert not town.asked


def test_without_a_file_of_rules_the_name_is_left_out_with_the_reason(place: Path, town: Town, call) -> None:
    """No rules ship with footprint: where none are named, a name cannot be looked for, and nothing else is left."""
    settings = place / "footprint.toml"
    settings.write_text(settings.read_text("utf-8").replace('handles = "sites.json"\n', ""), encoding="utf-8")

    said = call("screen", *words(place, *town.pins))

    assert said.code == 3
    assert not town.asked


def test_a_file_without_a_usable_site_leaves_nothing_to_ask(place: Path, town: Town, call) -> None:
    """Where every site of the file is left out there is no sweep, and nothing else in the profile: refused."""
    (place / "sites.json").write_text(json.dumps({"sites": [rule("found.test", cat="health")]}), encoding="utf-8")

    said = call("screen", *words(place, *town.pins))

    assert said.code == 3
    assert not town.asked


def test_another_file_of_rules_can_be_named(place: Path, town: Town, call, tmp_path: Path) -> None:
    """`--sites FILE` stands in for the workspace's own."""
    other = tmp_path / "other.json"
    other.write_text(json.dumps({"sites": [rule("found.test"), rule("missing.test", cat="dating")]}), encoding="utf-8")

    said = call("plan", *words(place, "--sites", str(other)))

    assert "at 1 site:" in said.out
    assert "1 HANDLES-CATEGORY" in said.out

"""What footprint never does, whatever a pack or a flag says: each hard refusal has its test here, under its own id."""

from __future__ import annotations

import ast
import inspect
import json
import re
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

import click
import pytest
from law_samples import AT, BUILT_IN_PACK, Policies, early, facts_under, happened, scoped, seen
from pydantic import BaseModel, ValidationError
from warcio.archiveiterator import ArchiveIterator

import footprint
from footprint.cli.main import footprint as command_line
from footprint.cli.schema import INPUTS
from footprint.collectors.catalog import COLLECTORS, LINK_ONLY, collector, manifest
from footprint.collectors.interface import Access
from footprint.errors import InputError, RefusedError
from footprint.judging import Bench, judge
from footprint.model.attribution import Attribution, Tier
from footprint.model.authorisation import Scope
from footprint.model.candidate import Candidate
from footprint.model.event import Action
from footprint.model.evidence import Evidence
from footprint.model.finding import Withheld
from footprint.model.observation import Engagement
from footprint.model.report import Report
from footprint.policies import load
from footprint.policies.authorise import authorise
from footprint.policies.built_in import BUILT_IN, BUILT_IN_LEGALITY, HARD_REFUSALS
from footprint.store.workspace import Workspace
from footprint.web.client import Client

SOURCE = Path(footprint.__file__).parent
PROJECT = SOURCE.parents[1] / "pyproject.toml"


def fields(model: type[BaseModel]) -> set[str]:
    """Return every name of a field in a record's schema, however deep."""
    return set(_properties(model.model_json_schema()))


def _properties(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        if isinstance(value.get("properties"), dict):
            yield from value["properties"]
        for inner in value.values():
            yield from _properties(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _properties(inner)


def words(names: set[str]) -> set[str]:
    """Return the single words of names such as `candidate_score`."""
    return {word for name in names for word in re.split(r"[^a-z]+", name.lower())}


KEPT = Evidence(
    id="E0001",
    source="website",
    planned="website.page",
    url="https://mara.example/1",
    status=200,
    content_type="text/html",
    captured_at=AT,
    sha256="0" * 64,
    bytes=10,
    warc="w.warc.gz",
    offset=0,
    record_id="<urn:uuid:39f3f77e-699c-571e-b486-7da4b4d9b8be>",
)
RECORDS = {**INPUTS, "report": Report}


@pytest.fixture(scope="module")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The workspace of a whole run over the invented web."""
    from click.testing import CliRunner

    folder = tmp_path_factory.mktemp("never")
    words_ = ["demo", "--workspace", str(folder / "w"), "--out", str(folder / "out")]
    assert CliRunner().invoke(command_line, words_, catch_exceptions=False).exit_code == 0
    return folder


def never_log_in(demonstration: Path) -> None:
    """Every request of a whole run is a GET without cookie, authorisation or body; no record has a place for a secret."""
    with Workspace.open(demonstration / "w") as opened:
        (case,) = (folder.name for folder in (opened.folder / "cases").iterdir())
        recordings = [opened.open_capture(case, name) for name in opened.captures(case)]
    requests = [entry for file in recordings for entry in _requests(file)]

    assert len(requests) > 10
    for method, headers, body in requests:
        assert method == "GET"
        assert not {"cookie", "authorization", "proxy-authorization", "content-type"} & headers
        assert body == b""
    ways = {"method", "data", "json", "content", "body", "files", "auth", "cookies", "headers"}
    assert not ways & set(inspect.signature(Client.get).parameters)
    public = {name for name in vars(Client) if not name.startswith("_")}
    assert not public & {"post", "put", "patch", "delete", "request", "login"}
    secrets = {"password", "passwd", "credential", "credentials", "cookie", "cookies", "session", "login", "secret"}
    for model in RECORDS.values():
        assert not words(fields(model)) & secrets


def _requests(file: BinaryIO) -> Iterator[tuple[str, set[str], bytes]]:
    with file:
        for record in ArchiveIterator(file):
            if record.rec_type == "request":
                names = {name.lower() for name, _ in record.http_headers.headers}
                yield record.http_headers.protocol, names, record.content_stream().read()


def never_engage(demonstration: Path) -> None:
    """No verb but GET stands in the web room, nothing can be done that engages, and no plan lists friends."""
    verbs = {"POST", "PUT", "PATCH", "DELETE"}
    for path in sorted((SOURCE / "web").glob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        strings = {
            node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)
        }
        assert not verbs & strings, path.name
    engaging = {"follow", "followed", "like", "liked", "join", "joined", "message", "friend", "reply", "post"}
    assert not words({str(action) for action in Action}) & engaging
    for path in sorted((SOURCE / "collectors").glob("*.py")):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"/(?:followers|following|friends|subscriptions|starred)\b", text), path.name


def never_face(demonstration: Path) -> None:
    """No answer in pictures is asked for, no model is among the dependencies, and no record has a field for a guess."""
    for path in sorted((SOURCE / "collectors").glob("*.py")):
        assert not re.search(r"['\"][^'\"]*(?:image|video|audio)/", path.read_text(encoding="utf-8")), path.name
    named = " ".join(tomllib.loads(PROJECT.read_text(encoding="utf-8"))["project"]["dependencies"]).lower()
    for library in (
        "torch",
        "tensorflow",
        "transformers",
        "sklearn",
        "scikit",
        "opencv",
        "face",
        "onnx",
        "spacy",
        "vader",
    ):
        assert library not in named
    guesses = {"face", "emotion", "sentiment", "personality", "mood", "gender", "toxicity"}
    for model in RECORDS.values():
        assert not words(fields(model)) & guesses


def never_score(demonstration: Path) -> None:
    """No field of the report, and none of a report that was made, scores, ranks, rates or recommends."""
    judging = {
        "score",
        "scores",
        "rank",
        "ranking",
        "rating",
        "recommendation",
        "recommend",
        "suitability",
        "risk",
        "grade",
    }
    (made,) = demonstration.glob("out/*/report.json")

    assert not words(fields(Report)) & judging
    assert not words(set(_keys(json.loads(made.read_bytes())))) & judging


def _keys(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        yield from value
        for inner in value.values():
            yield from _keys(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _keys(inner)


def never_bulk(demonstration: Path) -> None:
    """A check before the shortlist needs its justification, and a run takes one profile and one consent."""
    with pytest.raises(RefusedError) as caught:
        authorise(early(facts_under("uk"), justified=False))
    assert caught.value.rule == "UK-5.1c-early"
    for name in ("screen", "plan"):
        command = command_line.get_command(click.Context(command_line), name)
        assert command is not None
        profiles = [param for param in command.params if isinstance(param, click.Argument)]
        assert [(param.name, param.nargs, param.multiple) for param in profiles] == [("profile", 1, False)]


def never_monitor(demonstration: Path) -> None:
    """Runs and visits have bounds that no consent can lift, every consent ends, and no command repeats itself."""
    facts = facts_under("uk")
    for changes in ({"max_runs": 11}, {"max_visits": 5}):
        with pytest.raises(ValidationError):
            scoped(facts, **changes)
    assert Scope.model_fields["expires"].is_required()
    with pytest.raises(RefusedError):
        authorise(happened(scoped(facts, expires=facts.at), "RenewedConsentGiven"))
    options = {option for command in _commands(command_line) for param in command.params for option in param.opts}
    assert not options & {
        "--watch",
        "--every",
        "--interval",
        "--repeat",
        "--follow",
        "--schedule",
        "--daemon",
        "--cron",
    }


def _commands(group: click.Group) -> Iterator[click.Command]:
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        yield command
        if isinstance(command, click.Group):
            yield from _commands(command)


def never_union(demonstration: Path) -> None:
    """A union item is withheld under a pack without rules, and what is left of it holds none of its words."""
    text = "On the picket line since five, zebrawood banner in hand."
    judged = judge([(seen(text), _surely(seen(text)))], _bench(facts_under(BUILT_IN_PACK).policies))
    (left,) = judged.withheld

    assert [decision.rule for decision in left.rules] == ["TU-1"]
    for word in ("picket", "zebrawood", "banner"):
        assert word not in repr(judged)
        assert word not in left.model_dump_json()
    assert "text" not in fields(Withheld)


def _surely(observation) -> Attribution:
    return Attribution(observation=observation.id, tier=Tier.A, reason="A declared site.")


def _bench(policies: Policies) -> Bench:
    facts = facts_under("uk")
    candidate: Candidate = facts.candidate
    return Bench(
        candidate=candidate,
        scope=facts.authorisation.scope,
        policies=policies,
        rules=load.legality_rules(policies),
        lexicons={lexicon.id: lexicon for lexicon in load.lexicons()},
        evidence={"E0001": KEPT},
        commit=lambda _: "0" * 64,
    )


SHOWN: dict[str, Callable[[Path], None]] = {
    "NEVER-LOGIN": never_log_in,
    "NEVER-ENGAGE": never_engage,
    "NEVER-FACE": never_face,
    "NEVER-SCORE": never_score,
    "NEVER-BULK": never_bulk,
    "NEVER-MONITOR": never_monitor,
    "NEVER-UNION": never_union,
}


@pytest.mark.parametrize("refusal", HARD_REFUSALS, ids=[refusal.id for refusal in HARD_REFUSALS])
def test_it_is_never_done(refusal, demonstration: Path) -> None:
    """What stands in the way of each hard refusal is there."""
    assert SHOWN[refusal.id](demonstration) is None


def test_every_refusal_is_shown_and_says_what_enforces_it() -> None:
    """The table and its tests are one list; a rule that it names as built in is built in."""
    built_in = {rule.id for rule in BUILT_IN} | {rule.id for rule in BUILT_IN_LEGALITY}

    assert set(SHOWN) == {refusal.id for refusal in HARD_REFUSALS}
    for refusal in HARD_REFUSALS:
        named = set(re.findall(r"\b(?:UK|TU|EQ)-[0-9A-Za-z.-]*[0-9A-Za-z]", refusal.enforced_by))
        assert named <= built_in, refusal.id


def test_every_kind_of_engagement_is_one_that_was_seen_not_made() -> None:
    """The closed list of engagements says how the candidate relates to a text; likes are excluded wherever they stand."""
    assert set(Engagement) == {"original", "reply", "quote", "repost", "like", "by_others"}
    assert "like" in {rule.test for rule in BUILT_IN_LEGALITY}


@pytest.mark.parametrize("source", COLLECTORS)
def test_no_source_needs_an_account(source: str) -> None:
    """No source that ships is read with anybody's session: an operator's own key, where there is one, is no cookie."""
    found = manifest(source)

    assert found.access is not Access.LINK_ONLY
    assert found.key is None or (found.key.name or "").lower() not in ("cookie", "set-cookie", "x-csrf-token")
    assert not re.search(r"log.?in|password|cookie|account required", found.interface, re.IGNORECASE)


@pytest.mark.parametrize("source", LINK_ONLY)
def test_what_can_be_read_by_members_only_is_never_read(source: str) -> None:
    """There is no collector for a place that asks for a log-in, and no switch turns it on."""
    assert manifest(source).access is Access.LINK_ONLY
    with pytest.raises(InputError):
        collector(source)

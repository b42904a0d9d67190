"""Who sees what: a word of its own in every field of a record, looked for in the bytes of every reader's files."""

from __future__ import annotations

import hashlib
import json
import re
import types
import typing
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from enum import Enum

import pytest
from bs4 import BeautifulSoup
from pydantic import BaseModel

from footprint.errors import InputError
from footprint.model.finding import Category
from footprint.model.outcome import Outcome
from footprint.model.report import Report
from footprint.model.review import CaseReview, Dispute, OutcomeDecision, Settled, Settlement
from footprint.report import derived
from footprint.report.permitted import HARM_WORDS, HarmReason, HeldBack
from footprint.report.render import page, render_html, render_view
from footprint.report.views import TABLE, Added, Reader, see, sees

KEPT = {
    "demonstration",
    "findings.id",
    "findings.relevances.severity.step",
    "authorisation.scope.min_age",
    "authorisation.scope.max_runs",
    "authorisation.scope.max_visits",
    "organisation.retention.months",
}
"""Fields whose values are bound, or tie the record together: they get no word of their own."""
WITHOUT = re.compile(r"(\.start|\.end|\.what|\.weight|\.independent)$")
THROUGH_COUNTS = {"rule", "version", "reason", "citation.article", "citation.address"}
"""Of a rule that withheld something and does not read content: the officer sees it beside a count (ADR 0010)."""
REVIEWED = {
    "review": "verdicts",
    "outcome": "outcome",
    "invitation": "invitations",
    "reply": "replies",
    "answer": "answers",
    "dispute": "disputes",
    "source": "sources",
}
"""Kind of an entry, and where the views have it."""


def word(path: str) -> str:
    return "canary" + hashlib.sha256(path.encode()).hexdigest()[:10]


def mark(path: str, value: object) -> object:
    """Return a value of the same kind that stands at no other path."""
    number = int(hashlib.sha256(path.encode()).hexdigest()[:6], 16)
    if isinstance(value, datetime):
        return datetime(2031, 1, 1, tzinfo=UTC) + timedelta(seconds=number)
    if isinstance(value, bool | date | Enum | float):
        return value
    if isinstance(value, int):
        return 70_000_000 + number
    if not isinstance(value, str):
        return value
    if re.fullmatch("[0-9a-f]{64}", value):
        return hashlib.sha256(path.encode()).hexdigest()
    return f"https://{word(path)}.example/x" if value.startswith("https://") else word(path)


def marked(value: object, path: str, marks: dict[str, object]) -> object:
    """Return plain data with a mark in every leaf, and write down which is where."""
    if isinstance(value, dict):
        return {key: marked(entry, _below(path, key), marks) for key, entry in value.items()}
    if isinstance(value, tuple | list):
        return [marked(entry, path, marks) for entry in value]
    if value is None or path in KEPT or WITHOUT.search(path):
        return value
    new = mark(path, value)
    if new != value:
        marks[path] = new
    return new


def _below(path: str, key: object) -> str:
    # The keys of a mapping are data, not fields.
    is_data = path in ("necessity", "policy.clauses", "posts_by_month") or path.endswith(".unknown")
    return path if is_data else f"{path}.{key}".removeprefix(".")


def in_review(path: str) -> str | None:
    """Return where the views have a field of an entry; None where nobody sees it."""
    kind, field = path.split("|")
    if field == "by":
        return {
            "outcome": "review.outcome.by",
            "review": "review.verdicts.by",
            "answer": "review.answers.by",
            "settled": "review.disputes.settled_by",
        }.get(kind)
    if kind == "settled" and field == "event.reason":
        return "review.disputes.settled_reason"
    name = field.removeprefix("event.")
    hidden = name.startswith("belief.") or name in ("observation", "observations", "evidence", "kind")
    return None if hidden or kind not in REVIEWED else f"review.{REVIEWED[kind]}.{name}"


@pytest.fixture(scope="module")
def scene(report: Report, review: CaseReview) -> tuple[Report, Added, dict[str, object], set[str]]:
    """The sample with a mark in every field: the records, the marks by field, and the words that nobody may see."""
    marks: dict[str, object] = {}
    plain = report.model_dump()
    made = Report.model_validate(marked(plain, "", marks))
    hidden: set[str] = set()
    entries = []
    for entry in review.model_dump()["entries"]:
        found: dict[str, object] = {}
        event = entry["event"]
        kept = {name: event[name] for name in ("kind", "item", "items", "id", "dispute") if name in event}
        changed = marked({"by": entry["by"], "event": event}, f"{event['kind']}|", found)
        entries.append({**entry, "by": changed["by"], "event": {**changed["event"], **kept}})
        for path, new in found.items():
            where = in_review(path.replace("|.", "|"))
            if where is None:
                hidden.add(str(new).lower())
            elif path.rpartition(".")[2] not in kept:
                marks[where] = new
    return made, Added(CaseReview.model_validate({"entries": entries})), marks, hidden


def shown(value: object) -> str:
    return value.strftime("%Y-%m-%dt%H:%M:%S") if isinstance(value, datetime) else str(value).lower()


def test_the_scene_has_a_mark_in_most_fields(scene: tuple[Report, Added, dict[str, object], set[str]]) -> None:
    """The search is not blind: every block of the record is marked."""
    made, _, marks, hidden = scene

    assert len(marks) > 160
    assert len(hidden) >= 10
    assert made.candidate_name == word("candidate_name")
    assert {path.partition(".")[0] for path in marks} >= {
        "findings",
        "withheld",
        "search_log",
        "authorisation",
        "review",
    }


@pytest.mark.parametrize("reader", list(Reader))
def test_a_reader_gets_what_the_table_lists_and_nothing_else(
    reader: Reader, scene: tuple[Report, Added, dict[str, object], set[str]]
) -> None:
    """Field by view: in the JSON if and only if the table says so; in the HTML only if it says so."""
    made, added, marks, hidden = scene
    view = see(made, reader, added)
    data, html = render_view(view).decode().lower(), page(made, view).decode().lower()
    wrong = []
    for path, new in marks.items():
        may = sees(reader, path) or (
            reader is Reader.VETTING and path.removeprefix("withheld.rules.") in THROUGH_COUNTS
        )
        if (shown(new) in data) != may:
            wrong.append(f"{path}: {'absent from' if may else 'in'} the JSON")
        if not may and (shown(new) in html or (isinstance(new, int) and f"{new:,}" in html)):
            wrong.append(f"{path}: in the HTML")
    assert wrong == []
    assert [entry for entry in hidden if entry in data or entry in html] == []


def test_every_field_of_the_record_has_a_row() -> None:
    """A new field is seen by nobody until somebody decides who may see it, and this test asks them to."""
    rows = set(TABLE)
    missing = [path for path in fields(Report) if not any(path == row or path.startswith(f"{row}.") for row in rows)]
    assert missing == []


def fields(model: type[BaseModel], path: str = "") -> Iterator[str]:
    """Yield every field of a record by its path, down to what is no record."""
    for name, field in model.model_fields.items():
        below = list(records(field.annotation))
        here = f"{path}.{name}".removeprefix(".")
        for kind in below:
            yield from fields(kind, here)
        if not below:
            yield here


def records(annotation: object) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and not isinstance(annotation, types.GenericAlias):
        if issubclass(annotation, BaseModel):
            yield annotation
        return
    for part in typing.get_args(annotation):
        yield from records(part)


def test_every_row_names_a_field(report: Report, review: CaseReview) -> None:
    """A row about nothing would look like a promise."""
    known = set(fields(Report))
    tops = set(Report.model_fields) | {"proofs"} | set(derived.facts(report, review, report.findings, ()))
    facts = derived.review_facts(review)
    for row in TABLE:
        top, _, rest = row.partition(".")
        if top == "review":
            first, _, deeper = rest.partition(".")
            entry = facts[first]
            sample = entry[0] if isinstance(entry, list) and entry else entry
            assert not deeper or deeper in sample, row
        else:
            assert row in tops or any(path == row or path.startswith(f"{row}.") for path in known), row


def test_rows_are_written_for_four_readers() -> None:
    """Each row has four places, each its letter or a dot."""
    assert all(re.fullmatch(r"[V.][R.][C.][A.]", readers) and readers != "...." for readers in TABLE.values())


def test_without_an_outcome_the_recruiter_gets_no_finding(report: Report) -> None:
    """Nobody has decided: nothing is shown, and that is said."""
    html = render_html(report, Reader.RECRUITER).decode()

    assert see(report, Reader.RECRUITER).value["findings"] == []
    assert "No person has decided yet." in html
    assert not [finding.id for finding in report.findings if f">{finding.id}<" in html]


def test_the_recruiter_gets_what_counts_and_is_graded_for_them(report: Report, review: CaseReview) -> None:
    """F02 was rejected and its dispute upheld, F03 is a note, F05 was never reviewed."""
    shown = see(report, Reader.RECRUITER, Added(review)).value["findings"]

    assert [entry["id"] for entry in shown] == ["F01", "F04"]


@pytest.mark.parametrize("level", [Outcome.NO_CONCERN, Outcome.NOTE, Outcome.REFER_TO_VETTING_PANEL])
def test_outcomes_that_ask_nothing_of_the_recruiter_show_nothing(
    level: Outcome, report: Report, review: CaseReview
) -> None:
    """No concern, a note, or the panel: the recruiter needs no finding."""
    decided = review.outcome
    assert decided is not None
    after = review.after(review.entries[-1].at, "op-09", decided.but(level=level))

    assert see(report, Reader.RECRUITER, Added(after)).value["findings"] == []


def test_a_persons_category_stands_in_place_of_the_tools(report: Report, review: CaseReview) -> None:
    """F04 was found as a disclosure and is, in the reviewer's eyes, a threat."""
    assert see(report, Reader.RECRUITER, Added(review)).value["categories"] == {"F04": Category.THREATS}
    card = BeautifulSoup(render_html(report, Reader.RECRUITER, Added(review)), "lxml").select_one("#F04-title")
    assert card is not None
    assert card.get_text(strip=True) == "Threats and violence"


def test_words_that_a_rule_matched_are_marked_for_those_who_may_see_the_rule(
    report: Report, review: CaseReview
) -> None:
    """The recruiter reads the words without the tool's pencil."""
    marked = {
        reader for reader in Reader if b"<mark>break his legs.</mark>" in render_html(report, reader, Added(review))
    }

    assert marked == {Reader.VETTING, Reader.CANDIDATE}


def test_an_item_disputed_after_the_outcome_is_withdrawn_from_the_recruiter(report: Report, review: CaseReview) -> None:
    """While a dispute is open, and when the candidate was right, it is not shown."""
    at = review.entries[-1].at
    disputed = review.after(at, "op-07", Dispute(id="D02", item="F01", reason="Not mine.", received=at))
    upheld = disputed.after(at, "op-08", Settled(dispute="D02", how=Settlement.UPHELD, reason="Right."))
    kept = disputed.after(at, "op-08", Settled(dispute="D02", how=Settlement.NOT_UPHELD, reason="No."))

    found = [
        [entry["id"] for entry in see(report, Reader.RECRUITER, Added(state)).value["findings"]]
        for state in (disputed, upheld, kept)
    ]
    assert found == [["F04"], ["F04"], ["F01", "F04"]]


def test_an_item_on_which_the_outcome_does_not_rest_is_not_shown(report: Report, review: CaseReview) -> None:
    """Graded alone is not enough."""
    decided = review.outcome
    assert isinstance(decided, OutcomeDecision)
    after = review.after(review.entries[-1].at, "op-09", decided.but(items=("F04",)))

    assert [entry["id"] for entry in see(report, Reader.RECRUITER, Added(after)).value["findings"]] == ["F04"]


def test_a_line_held_back_is_counted_with_its_reason_and_nowhere_shown(report: Report) -> None:
    """The candidate is told how many lines, and why in general; the line, and its place in the pictures, are gone."""
    held = Added(held_back=(HeldBack(finding="F04", reason=HarmReason.CRIME),))
    html, view = render_html(report, Reader.CANDIDATE, held).decode(), see(report, Reader.CANDIDATE, held)

    assert view.value["held_back"] == {HARM_WORDS[HarmReason.CRIME]: 1}
    assert "We left out 1 point." in html
    for gone in ("F04", "custody record", "first-week"):
        assert gone not in html + json.dumps(view.value["findings"], default=str)


def test_periods_are_said_to_the_officer_and_to_the_candidate(report: Report) -> None:
    """The officer reads that counsel is to confirm it; the candidate reads until when."""
    running = Added(clocks=("The candidate's time to reply: until Friday 4 December 2026 (confirm with counsel)",))
    officer, candidate, recruiter = (
        render_html(report, reader, running).decode() for reader in (Reader.VETTING, Reader.CANDIDATE, Reader.RECRUITER)
    )

    assert "until Friday 4 December 2026 (confirm with counsel)" in officer
    assert "Your time to reply: until Friday 4 December 2026<" in candidate
    assert "4 December" not in recruiter


@pytest.mark.parametrize("reader", [Reader.VETTING, Reader.AUDITOR])
def test_only_the_candidates_copy_holds_lines_back(reader: Reader, report: Report) -> None:
    """A harm test is about what the candidate reads."""
    held = Added(held_back=(HeldBack(finding="F04", reason=HarmReason.CRIME),))

    assert len(see(report, reader, held).value["findings"]) == len(report.findings)


def test_a_line_that_is_not_there_cannot_be_held_back(report: Report) -> None:
    """A typing error must not send out what was to be held back."""
    with pytest.raises(InputError, match="the id of a finding"):
        see(report, Reader.CANDIDATE, Added(held_back=(HeldBack(finding="F99", reason=HarmReason.CRIME),)))


@pytest.mark.parametrize("reader", list(Reader))
def test_the_values_that_would_give_away_an_age_are_in_no_view(reader: Reader, report: Report) -> None:
    """EQ-4: that the birth year was compared is shown, its values are not."""
    assert "aged 25 in 2022" in json.dumps(report.model_dump(mode="json"))
    assert "aged 25 in 2022" not in render_view(see(report, reader)).decode()


def test_the_auditor_reads_no_word_of_a_page(report: Report) -> None:
    """Neither texts nor what the page says of a person stand in the auditor's bytes."""
    seen = render_view(see(report, Reader.AUDITOR)).decode() + render_html(report, Reader.AUDITOR).decode()

    for finding in report.findings:
        for text in (finding.excerpt.text, finding.surroundings.text):
            assert not text or text[:25] not in seen
    assert "Mara Quill" not in seen.replace("Mara Quill@wiki.example", "")


def test_undetermined_places_are_the_candidates_to_answer(report: Report) -> None:
    """Source and address stand in the candidate's copy, and in no decision-maker's."""
    files = {reader: render_html(report, reader).decode() for reader in Reader}

    assert {reader for reader, html in files.items() if "quiz-night" in html} == {Reader.CANDIDATE, Reader.AUDITOR}


@pytest.mark.parametrize("reader", list(Reader))
def test_equal_records_give_equal_files(reader: Reader, report: Report, review: CaseReview) -> None:
    """Rendering is deterministic for every reader."""
    again = Report.model_validate_json(report.model_dump_json())

    assert render_html(report, reader, Added(review)) == render_html(again, reader, Added(review))
    assert render_view(see(report, reader)) == render_view(see(again, reader))


@pytest.mark.parametrize("reader", list(Reader))
def test_an_empty_record_can_be_shown_to_everybody(reader: Reader, report: Report) -> None:
    """Nothing found, nothing asked, nothing kept: each file says so and stands."""
    empty = report.but(
        findings=(), coverage=(), left_out=(), withheld=(), search_log=(), rules=(), packs=(), necessity={},
        posts_by_month={}, evidence=(), user_agent=None, undetermined=(), organisation=None,
        authorisation=report.authorisation.but(lawful_basis=(), particulars=None),
    )  # fmt: skip
    assert "</html>" in render_html(empty, reader).decode()

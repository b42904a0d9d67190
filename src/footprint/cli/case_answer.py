"""`footprint case answer`: the candidate says of an item whether it is theirs, and the report follows their answer."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping
from pathlib import Path

import click
from pydantic import TypeAdapter

from footprint.after.answering import WorkedIn, consent_of, work_in
from footprint.cli.options import AS_JSON, WORKSPACE, print_json
from footprint.cli.reviewing import BY, fitting, moment_of, sit
from footprint.errors import InputError, RefusedError, VerificationError
from footprint.files import read_record
from footprint.model.attribution import Answer
from footprint.model.authorisation import Authorisation
from footprint.model.record import Id, Line, Record
from footprint.model.review import CandidateAnswer
from footprint.review.desk import ReviewDesk
from footprint.review.periods import day_in_words

ANSWERS = ", ".join(Answer)
ITEM, CHANNEL = TypeAdapter(Id), TypeAdapter(Line)
UNSOUND = "unsound"
"""What a program reads where the report, the entries or the captures are not what was kept."""


class AnswerSheet(Record):
    """The candidate's answers in a file, as their copy describes it; TOML or JSON."""

    case: Id
    """The case number on the copy."""
    answers: dict[str, Answer]
    """By the id that the copy prints: `F02 = "not-mine"`."""
    channel: Line | None = None
    """How it came in; that of the command line if left out."""


@click.command()
@click.argument("case_id")
@click.argument("item", required=False)
@click.argument("answer", required=False, type=click.Choice([str(answer) for answer in Answer]))
@click.option(
    "--file", "sheet", type=click.Path(path_type=Path), help="Several answers in a file, TOML or JSON: all or none."
)
@click.option("--received", metavar="TIME", help="When it came in; now if left out.")
@click.option("--channel", default="letter", show_default=True, help="How it came in.")
@click.option("--consent", type=click.Path(path_type=Path), help="The consent on file, to be asked beside the log.")
@BY
@WORKSPACE
@AS_JSON
def answer(
    case_id: str,
    item: str | None,
    answer: str | None,
    *,
    sheet: Path | None,
    received: str | None,
    channel: str,
    consent: Path | None,
    by: str | None,
    workspace: Path,
    as_json: bool,
) -> None:
    """Record the candidate's own ANSWER to "is ITEM yours?", and issue the next edition of the report where it changes it.

    ITEM is a finding (F03) or a place of the list "Is this you?" (O-...), as the candidate's copy prints them. Without ITEM
    what was recorded before is worked in. The web is not asked: the captured pages are judged again. Exit code 3: the
    answer is recorded, and nothing could be judged.
    """
    desk = sit(case_id, workspace, by)
    at = moment_of(received, flag="--received", otherwise=desk.desk.clock.now())
    given, how = _given(case_id, item, answer, sheet)
    on_file = consent_of(desk, consent)
    events = _events(desk, given)
    entered = [
        event.but(received=at, channel=how or fitting(channel, CHANNEL, flag="--channel", expected="one line of text"))
        for event in events
    ]
    seqs = [entry.seq for entry in desk.enter(*entered).entries[-len(entered) :]] if entered else []
    said = [
        {"item": event.item, "answer": event.answer, "entry": f"R{seq:04d}"}
        for event, seq in zip(entered, seqs, strict=True)
    ]
    if said and not as_json:
        click.echo(f"Recorded: {', '.join(f'{e.item} {e.answer}' for e in entered)}; received {day_in_words(at)}.")
    _work_in(desk, on_file, {"case": case_id, "entered": said}, as_json=as_json)


def _work_in(desk: ReviewDesk, consent: Authorisation | None, told: Mapping[str, object], *, as_json: bool) -> None:
    """Issue the next edition, and say what came of it; a refusal says first what was recorded all the same."""
    try:
        done = asyncio.run(work_in(desk, consent))
    except (RefusedError, VerificationError) as error:
        if as_json:
            why = error.rule if isinstance(error, RefusedError) else UNSOUND
            print_json({**told, "edition": desk.report.edition, "is_new": False, "refused": why})
        raise
    if as_json:
        print_json({**told, **done._asdict(), "refused": None})
        return
    for line in _words(desk, done):
        click.echo(line)


def _words(desk: ReviewDesk, done: WorkedIn) -> Iterator[str]:
    case_id = desk.case.record.id
    if not done.is_new:
        yield f"The report stays as it is, edition {done.edition}."
        yield f"Next: footprint review {case_id}"
        return
    yield f"Edition {done.edition} of the report is issued; the log knows its digest and that of the one before."
    if done.added:
        yield f"New, for a person to review: {', '.join(done.added)}."
    if done.gone:
        yield f"No longer in it: {', '.join(done.gone)}. Copies that were handed out still show them: replace them."
    if not done.added and not done.gone:
        yield "No finding came and none went: what was answered bears on nothing, or may not be shown."
    if desk.review.outcome is not None:
        yield "The outcome was set before this edition: a person looks at it again (footprint case outcome)."
    yield f"Next: footprint review {case_id}; footprint report {case_id} --for candidate"


def _given(
    case_id: str, item: str | None, answer: str | None, sheet: Path | None
) -> tuple[Mapping[str, Answer], str | None]:
    """Return the answers by item, and how a sheet says that it came in. Raises InputError where they are not clear."""
    if sheet is not None:
        if item is not None:
            raise InputError(where="--file", expected="either ITEM and ANSWER, or a file")
        read = read_record(sheet, AnswerSheet)
        if read.case != case_id:
            raise InputError(where=str(sheet), field="case", expected=f"the case that it is entered for, {case_id}")
        if not read.answers:
            raise InputError(where=str(sheet), field="answers", expected="at least one answer")
        for key in read.answers:
            fitting(key, ITEM, flag=str(sheet), expected="ids of the candidate's copy, such as F01, before each answer")
        return read.answers, read.channel
    if item is None:
        return {}, None
    if answer is None:
        raise InputError(where=item, expected=f"the candidate's answer: {ANSWERS}")
    return {item: Answer(answer)}, None


def _events(desk: ReviewDesk, given: Mapping[str, Answer]) -> list[CandidateAnswer]:
    """Return the entries, each item by the id it goes by. Raises InputError for an unknown one and for two answers to one."""
    matter = desk.matter
    found: dict[str, Answer] = {}
    for item, said in given.items():
        known = matter.answerable(item).item
        if found.setdefault(known, said) is not said:
            raise InputError(where=item, expected=f"one answer to {known}")
    return [CandidateAnswer(item=item, answer=said, received=matter.at) for item, said in found.items()]

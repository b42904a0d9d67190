"""What the candidate's answers amount to: by observation, the last one, and "I do not know" as if nothing had been said."""

from __future__ import annotations

import pytest

from footprint.errors import InputError, VerificationError
from footprint.model.answered import effects, is_overtaken, last_answers
from footprint.model.attribution import Answer
from footprint.model.event import Action
from footprint.model.report import UndeterminedPlace
from footprint.model.review import CandidateAnswer, CaseReview
from footprint.review.answers import (
    answerable,
    ever_claimed,
    is_worked_in,
    last_answered,
)
from footprint.review.closing import closed_at
from footprint.review.desk import DOCUMENT, read_review
from footprint.review.rules import Matter, check, obstacles
from footprint.store.vault import KeyKind
from review_samples import AT, CASE, FINDINGS, Place, counts, dismissed, entered, matter, outcome, policies, report

PLACE = UndeterminedPlace(source="feed", url="https://paper.example/a", observations=("O-00000000aa", "O-00000000bb"))


def says(item: str, answer: Answer, *observations: str) -> CandidateAnswer:
    """An answer of the candidate, with the observations that the desk fills in."""
    return CandidateAnswer(item=item, observations=observations, answer=answer, received=AT)


FIRST = FINDINGS[0].observation
YES, NO, PERHAPS = (says("F01", answer, FIRST) for answer in (Answer.MINE, Answer.NOT_MINE, Answer.UNSURE))


@pytest.mark.parametrize(
    ("events", "effect"),
    [
        ((), {}),
        ((PERHAPS,), {}),
        ((YES,), {FIRST: Answer.MINE}),
        ((YES, NO), {FIRST: Answer.NOT_MINE}),
        ((NO, YES), {FIRST: Answer.MINE}),
        ((NO, PERHAPS), {}),
        (
            (says("O-1", Answer.MINE, "O-1", "O-2"), NO),
            {"O-1": Answer.MINE, "O-2": Answer.MINE, FIRST: Answer.NOT_MINE},
        ),
    ],
)
def test_the_last_answer_to_an_observation_counts(
    events: tuple[CandidateAnswer, ...], effect: dict[str, Answer]
) -> None:
    """A later answer supersedes an earlier one; both are kept."""
    review = entered(*events)

    assert effects(review) == effect
    assert len(review.answers) == len(events)


def test_an_edition_takes_the_answers_of_its_time() -> None:
    """What came in after an entry is not seen before it."""
    review = entered(YES, counts("F01"), NO)

    assert effects(review, 1) == effects(review, 2) == {FIRST: Answer.MINE}
    assert effects(review, 0) == {}
    assert last_answers(review)[FIRST].entry == 3
    assert ever_claimed(review) == (FIRST,)
    assert ever_claimed(review, 0) == ()


def test_a_report_is_behind_only_where_the_answers_change_it() -> None:
    """Without editions nothing is taken into account; an answer that changes nothing needs no edition."""
    assert last_answered(report()) == 0
    assert is_worked_in(entered(), report())
    assert is_worked_in(entered(PERHAPS), report())
    assert is_worked_in(entered(YES, PERHAPS), report())
    assert not is_worked_in(entered(YES), report())


@pytest.mark.parametrize(
    ("item", "known"),
    [
        ("F01", ("F01", (FIRST,))),
        (FIRST, ("F01", (FIRST,))),
        ("O-00000000aa", ("O-00000000aa", PLACE.observations)),
        ("O-00000000bb", ("O-00000000aa", PLACE.observations)),
        ("F07", ("F07", ("O-7",))),
        ("O-7", ("F07", ("O-7",))),
        ("F99", None),
        ("O-00000000ff", None),
    ],
)
def test_what_an_id_stands_for(item: str, known: tuple[str, tuple[str, ...]] | None) -> None:
    """A finding, a place of the list, or what was answered before; never what is sealed or excluded."""
    review = entered(says("F07", Answer.NOT_MINE, "O-7"))

    assert answerable(item, FINDINGS, (PLACE,), review) == known


def test_an_unknown_item_is_bad_input() -> None:
    """The item is named, and what was expected, and where it stands."""
    with pytest.raises(InputError) as told:
        check(says("F99", Answer.MINE), "V-1", matter())

    assert told.value.where == "F99"
    assert "Is this you?" in told.value.expected
    assert "--for candidate" in told.value.mend


def test_an_answer_of_the_future_is_bad_input() -> None:
    """Nobody has received it yet."""
    late = YES.but(received=AT.replace(year=2027))
    with pytest.raises(InputError, match="a time that has been"):
        check(late, "V-1", matter())


def test_an_answer_about_other_observations_is_bad_input() -> None:
    """What an item stands for is filled in by the desk, and by nobody else."""
    with pytest.raises(InputError, match="the observations that the item stands for"):
        check(says("F01", Answer.MINE, "O-other"), "V-1", matter())


@pytest.mark.parametrize(("answer", "is_heard"), [(YES, False), (NO, False), (PERHAPS, True)])
def test_an_answer_after_a_verdict_asks_for_another(answer: CandidateAnswer, is_heard: bool) -> None:
    """The candidate spoke: the item is reviewed again, unless they only said that they do not know."""
    review = entered(counts("F01"), dismissed("F02"), dismissed("F03"), answer)

    assert ("heard" not in {found.code for found in obstacles(matter(review))}) is is_heard


@pytest.mark.parametrize("is_behind", [True, False])
def test_no_outcome_on_a_report_that_is_behind(is_behind: bool) -> None:
    """What the candidate answered is worked in first."""
    case = Matter(FINDINGS, policies(), CaseReview(), AT, is_behind=is_behind)

    assert ("answer" in {found.code for found in obstacles(case)}) is is_behind


def test_the_desk_fills_in_what_an_item_stands_for(place: Place) -> None:
    """The finding's own id, and its observation; the log gets the item and no answer."""
    place.sit("V-2").enter(says(FIRST, Answer.NOT_MINE))
    (entry,) = read_review(place.workspace, CASE).entries

    assert (entry.by, entry.event) == ("V-2", NO)
    assert '"action":"case.replied"' in place.log()
    assert '"item":"F01"' in place.log()
    assert "not-mine" not in place.log()


def test_a_writer_of_an_answer_that_died_is_made_good(place: Place) -> None:
    """An answer without its event gets it at the next opening, once."""
    lines = b"".join(entry.canonical() + b"\n" for entry in entered(NO).entries)
    place.workspace.put_document(CASE, DOCUMENT, lines)
    place.sit().check()
    place.sit().check()

    assert place.log().count('"kind":"answer"') == 1


def test_a_changed_answer_is_told(place: Place) -> None:
    """A yes that was made of a no does not stand against the log."""
    place.sit().enter(NO)
    kept = place.workspace.get_document(CASE, DOCUMENT)
    place.workspace.put_document(CASE, DOCUMENT, kept.replace(b'"not-mine"', b'"mine"'))

    with pytest.raises(VerificationError):
        place.sit().check()


def test_a_desk_is_behind_until_the_pages_are_gone(place: Place) -> None:
    """Where nothing can be judged again, the verdicts must do, and nothing stands in their way for ever."""
    place.sit().enter(NO)
    before = place.sit().matter.is_behind
    place.workspace.vault().destroy(CASE, KeyKind.CAPTURE, AT)

    assert (before, place.sit().matter.is_behind) == (True, False)


SEEN = FINDINGS[0].observation


@pytest.mark.parametrize(
    ("events", "overtaken"),
    [
        ((says("F01", Answer.NOT_MINE, SEEN),), False),
        ((outcome(),), False),
        ((says("F01", Answer.NOT_MINE, SEEN), outcome()), False),
        ((outcome(), says("F01", Answer.NOT_MINE, SEEN)), True),
        ((outcome(), says("F01", Answer.UNSURE, SEEN)), False),
        ((outcome(), says("F01", Answer.NOT_MINE, SEEN), says("F01", Answer.UNSURE, SEEN)), False),
        ((says("F01", Answer.NOT_MINE, SEEN), outcome(), says("F01", Answer.MINE, SEEN)), True),
        ((counts("F01"), outcome(), says("F01", Answer.MINE, SEEN)), False),
        ((outcome(), says(PLACE.observations[0], Answer.MINE, *PLACE.observations)), True),
        ((outcome(), says("F01", Answer.NOT_MINE, SEEN), outcome()), False),
    ],
)
def test_an_outcome_is_overtaken_by_an_answer_that_changes_something(
    events: tuple[object, ...], overtaken: bool
) -> None:
    """A denial, a denial taken back, a place claimed; not that a reviewed finding is theirs, and not once it was set again."""
    assert is_overtaken(entered(*events)) is overtaken


def test_a_case_whose_outcome_is_overtaken_is_not_over(place: Place) -> None:
    """Its pages are needed for the answer, unless the consent was withdrawn: then nothing is judged any more."""
    desk = place.sit()
    desk.enter(dismissed("F01"), dismissed("F02"), dismissed("F03"), outcome())
    assert closed_at(place.workspace, CASE) is not None
    desk.enter(says("F01", Answer.NOT_MINE))
    assert closed_at(place.workspace, CASE) is None
    ids = {"authorisation": desk.report.authorisation.id, "state": "ConsentWithdrawn"}
    desk.case.note(Action.CONSENT_CHANGED, ids=ids)

    assert closed_at(place.workspace, CASE) is not None

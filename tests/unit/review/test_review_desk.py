"""What is entered stays: on disk before it is in the log, in the log whatever died, and never changed unseen."""

from __future__ import annotations

import threading

import pytest

from footprint.errors import InputError, StoreError, VerificationError
from footprint.model.review import CaseReview, Dispute, Hold, Reply
from footprint.review import desk as desk_module
from footprint.review.desk import DOCUMENT, parse, read_review
from review_samples import AT, CASE, FINDINGS, Place, counts, dismissed, entered, outcome


def test_a_case_begins_with_nothing(place: Place) -> None:
    """Before the first entry there is no document."""
    assert read_review(place.workspace, CASE) == CaseReview()
    assert DOCUMENT not in place.workspace.documents(CASE)


def test_an_entry_is_kept_and_logged(place: Place) -> None:
    """It stands in the document with its person and time, and in the log with ids and a commitment."""
    place.sit().enter(counts("F01"))
    (entry,) = read_review(place.workspace, CASE).entries

    assert (entry.seq, entry.by) == (1, "V-1")
    assert entry.event == counts("F01").but(observation=FINDINGS[0].observation)
    assert '"action":"case.reviewed"' in place.log()
    assert '"entry":"R0001"' in place.log()


def test_the_log_holds_no_words_and_no_verdict(place: Place) -> None:
    """Canaries in every text and code of every kind of event: none of them reaches the log."""
    verdict = counts("F01").but(reason="wrenreason")
    place.sit().enter(
        verdict,
        Reply(item="F01", words="wrenwords", received=AT),
        Dispute(item="F01", reason="wrendispute", received=AT),
        Hold(reason="wrenhold"),
    )
    log = place.log()

    assert "wren" not in log
    assert "uphold" not in log
    assert "confirm" not in log
    assert log.count('"entry":') == 8  # four ids, four commitments


def test_events_are_entered_together_or_not_at_all(place: Place) -> None:
    """One that may not be entered takes the others with it."""
    with pytest.raises(InputError):
        place.sit().enter(counts("F01"), counts("F09"))

    assert read_review(place.workspace, CASE) == CaseReview()
    assert place.log() == ""


def test_what_nobody_should_type_is_filled_in(place: Place) -> None:
    """The observation of an item, the id of a dispute, the reviewers and the items of an outcome."""
    review = place.sit().enter(Dispute(reason="r", received=AT), Dispute(reason="r", received=AT))
    assert [state.dispute.id for state in review.disputes] == ["D01", "D02"]


def test_an_outcome_names_its_reviewers(place: Place) -> None:
    """Whoever reviewed stands in the outcome."""
    place.sit("V-2").enter(*map(dismissed, ("F01", "F02", "F03")))
    review = place.sit("P-1").enter(outcome())

    assert review.outcome is not None
    assert (review.outcome.reviewers, review.outcome.items) == (("V-2",), ())


def test_a_writer_that_died_is_made_good(place: Place) -> None:
    """An entry without its event, as a kill between the two writes leaves it, gets its event at the next opening."""
    lines = b"".join(e.canonical() + b"\n" for e in entered(counts("F01"), counts("F02")).entries)
    place.workspace.put_document(CASE, DOCUMENT, lines)
    place.sit("V-2").check()
    once = place.log()
    place.sit("V-2").check()

    assert '"entry":"R0001"' in once
    assert '"entry":"R0002"' in once
    assert place.log() == once


@pytest.mark.parametrize("change", ["drop", "swap", "edit"])
def test_a_changed_document_is_told(place: Place, change: str) -> None:
    """A line taken away, moved or rewritten is told before anything is entered."""
    place.sit().enter(counts("F01"), counts("F02"))
    first, second = place.workspace.get_document(CASE, DOCUMENT).splitlines(keepends=True)
    changed = {"drop": first, "swap": second + first, "edit": first.replace(b"theirs", b"ourses") + second}[change]
    place.workspace.put_document(CASE, DOCUMENT, changed)

    with pytest.raises(VerificationError):
        place.sit().enter(counts("F03"))


@pytest.mark.parametrize("content", [b"{}\n", b"no\n", entered(Hold(reason="r")).entries[0].canonical() + b" \n"])
def test_a_line_that_is_no_entry_is_told(content: bytes) -> None:
    """Only the entry that was written is read."""
    with pytest.raises(VerificationError):
        parse(content)


def test_a_damaged_log_is_told(place: Place) -> None:
    """Where the log cannot be read, nothing is entered."""
    place.sit().enter(counts("F01"))
    with place.workspace.audit_path.open("ab") as log:
        log.write(f'{{"case":"{CASE}" torn\n'.encode())

    with pytest.raises(StoreError):
        place.sit().enter(counts("F02"))


def test_two_at_once_take_turns(place: Place) -> None:
    """Entries of several people at the same time are all kept, in one order."""
    desks = [place.sit(f"V-{number}") for number in range(4)]
    threads = [threading.Thread(target=desk.enter, args=(counts("F01"),)) for desk in desks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    review = read_review(place.workspace, CASE)

    assert sorted(review.reviewers) == ["V-0", "V-1", "V-2", "V-3"]
    assert [entry.seq for entry in review.entries] == [1, 2, 3, 4]


def test_a_case_that_is_held_too_long_is_told(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where another process does not let go, the person hears of it and nothing is entered."""
    monkeypatch.setattr(desk_module, "TURNS", 2)
    monkeypatch.setattr(desk_module, "PAUSE", 0.0)
    with place.workspace.hold_case(CASE), pytest.raises(InputError):
        place.sit().enter(counts("F01"))


def test_every_look_is_logged_and_uncovering_counted(place: Place) -> None:
    """Who looked at what stands in the log; each person's own count goes on over sessions."""
    place.sit().note_read("F01", "masked")
    place.sit().note_read("F01", "uncovered")
    place.sit("V-2").note_read("F01", "uncovered")

    assert place.sit().exposures() == 1
    assert place.log().count('"action":"case.read"') == 3


def test_a_case_without_a_report_has_no_desk(place: Place) -> None:
    """There is nothing to review before the report is issued."""
    with pytest.raises(InputError):
        place.sit().desk.cases.get("CASE-none")
    (place.workspace.folder / "nothing").mkdir()
    other = desk_module.ReviewDesk
    with pytest.raises(InputError):
        other(place.desk, "CASE-none", "V-1")

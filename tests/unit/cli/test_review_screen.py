"""The full screen, driven by keys at 80 by 24: what is seen, what is kept, what is logged."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual.pilot import Pilot

from footprint.after.originals import Original
from footprint.cli import review_screen
from footprint.cli.review_screen import ReviewScreen
from footprint.errors import InputError
from footprint.model.finding import Category, ContextKind, MaskedText
from footprint.model.review import CaseReview, Dispute, Hold, Reply, SourceNote
from footprint.review.desk import DOCUMENT, read_review
from footprint.review.drafts import read_drafts
from review_samples import AT, CASE, FINDINGS, Place, counts, dismissed, finding, invitation, outcome, unsure

SIZE = (80, 24)


def seen(app: ReviewScreen) -> str:
    """Return the screen as text."""
    strips = app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in strip).rstrip() for strip in strips)


@asynccontextmanager
async def at(place: Place, by: str = "V-1", size: tuple[int, int] = SIZE) -> AsyncIterator[tuple[Pilot, ReviewScreen]]:
    app = ReviewScreen(place.sit(by))
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        yield pilot, app


async def press(pilot: Pilot, *keys: str) -> None:
    await pilot.press(*keys)
    await pilot.pause()


async def type_in(pilot: Pilot, words: str) -> None:
    names = {" ": "space", ".": "full_stop", "-": "minus"}
    await press(pilot, *(names.get(letter, letter) for letter in words))


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    found = (
        finding(1, "I will break his legs.", category=Category.THREATS).but(
            excerpt=MaskedText(text="[person], I will break his legs. wrencovered")
        ),
        *FINDINGS[1:],
    )
    made = Place(tmp_path, found)
    yield made
    made.workspace.close()


def review(place: Place) -> CaseReview:
    return read_review(place.workspace, CASE)


async def test_the_screen_fits(place: Place) -> None:
    """At 80 by 24 the case, its marking, the list, the words and the keys stand on one screen."""
    async with at(place) as (_, app):
        lines = seen(app).splitlines()

    assert len(lines) == 24
    assert lines[0].startswith(f" OFFICIAL-SENSITIVE · {CASE} · 0 of 3 reviewed · uncovered 0")
    assert [line[:5] for line in lines[1:4]] == ["· F01", "· F02", "· F03"]
    assert "? help" in lines[-1]


async def test_covered_words_are_shown_when_asked_for(place: Place) -> None:
    """They are covered at first and after every leaving; each look is counted and logged."""
    async with at(place) as (pilot, app):
        assert "wrencovered" not in seen(app)
        await press(pilot, "u")
        shown = seen(app)
        await press(pilot, "u", "down", "up")
        again = seen(app)

    assert "wrencovered" in shown
    assert "uncovered 1" in shown
    assert "wrencovered" not in again
    assert place.log().count('"read":"uncovered"') == 1


async def test_the_original_stands_behind_a_key(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """Logged before it is shown, masked again by the same key, and not over covered words."""

    async def read(*_: object) -> Original:
        assert '"read":"original"' in place.log()
        return Original("Pat Venn, wrenoriginal", "wrenanswered")

    monkeypatch.setattr(review_screen, "original", read)
    async with at(place) as (pilot, app):
        await press(pilot, "o")
        covered = seen(app)
        await press(pilot, "u", "o")
        shown = seen(app)
        await press(pilot, "o")
        masked = seen(app)

    assert "wrenoriginal" not in covered
    assert "wrenoriginal" in shown
    assert "wrenanswered" in shown
    assert "wrenoriginal" not in masked
    assert "wren" not in place.log()


async def test_an_original_that_is_gone_is_told(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """After pruning there is no original: the screen says so and goes on."""

    async def gone(*_: object) -> Original:
        raise InputError(where="O-1", expected="a page that is still kept")

    monkeypatch.setattr(review_screen, "original", gone)
    async with at(place) as (pilot, app):
        await press(pilot, "down", "o")
        assert "not to be had" in seen(app)


async def test_a_verdict_is_entered_by_keys(place: Place) -> None:
    """Confirm, uphold, grade, reason; then the next finding without a verdict is shown."""
    async with at(place) as (pilot, app):
        await press(pilot, "v", "right", "tab", "right", "tab", "right", "right", "tab")
        await type_in(pilot, "It is theirs.")
        await press(pilot, "ctrl+s")
        shown = seen(app)
    (entry,) = review(place).entries

    assert entry.event == counts("F01").but(reason="It is theirs.", observation=FINDINGS[0].observation)
    assert "● F01" in shown
    assert "F02  Disclosure" in shown
    assert "1 of 3 reviewed" in shown


async def test_a_verdict_without_a_reason_is_not_entered(place: Place) -> None:
    """The form stays, and says what is missing."""
    async with at(place) as (pilot, app):
        await press(pilot, "v", "right", "right", "ctrl+s")
        shown = seen(app)
        await press(pilot, "backspace")
        cleared = seen(app)

    assert "reason: expected" in shown
    assert "(•) no" in shown
    assert "(•)" not in cleared
    assert review(place) == CaseReview()


async def test_a_document_that_was_changed_is_told(place: Place) -> None:
    """Where what was entered no longer holds, nothing more is entered, and the form says so."""
    place.sit().enter(counts("F02"))
    async with at(place) as (pilot, app):
        place.workspace.put_document(CASE, DOCUMENT, b"")
        await press(pilot, "v", "right", "right", "tab")
        await type_in(pilot, "No.")
        await press(pilot, "ctrl+s")
        shown = seen(app)

    assert "lacks 1 entries that the audit log knows" in shown


async def test_what_is_typed_is_kept(place: Place) -> None:
    """Escape, a broken line or another day: a half-filled form is there again."""
    async with at(place) as (pilot, _):
        await press(pilot, "v", "right", "tab", "tab")
        await type_in(pilot, "Half a sen")
        await pilot.pause(1.0)
        kept = read_drafts(place.workspace, CASE, "V-1").of("F01")
    async with at(place) as (pilot, app):
        await press(pilot, "v")
        again = seen(app)
        await press(pilot, "escape")
        back = seen(app)

    assert (kept["reason"], kept["attribution"]) == ("Half a sen", "confirm")
    assert "Half a sen" in again
    assert "(•) yes" in again
    assert "F01  Threats" in back


async def test_a_verdict_can_be_given_again(place: Place) -> None:
    """The form holds the last verdict; the new one stands beside it."""
    place.sit().enter(unsure("F01"))
    async with at(place) as (pilot, _):
        await press(pilot, "up", "v", "left", "ctrl+s")

    assert [e.event.attribution for e in review(place).history("F01")] == ["unsure", "reject"]


async def test_a_worksheet_appears_when_it_is_asked(tmp_path: Path) -> None:
    """A context that may explain the words brings its checklist, and no verdict passes without it."""
    place = Place(tmp_path, (finding(1, context=(ContextKind.FIGURATIVE,)),))
    async with at(place, size=(80, 60)) as (pilot, app):
        await press(pilot, "v")
        before = seen(app)
        await press(pilot, "right", "tab", "right", "tab", "right", "right", "tab")
        await type_in(pilot, "It matters.")
        after = seen(app)
        await press(pilot, "ctrl+s")
        refused = seen(app)
        await press(pilot, "tab")
        await type_in(pilot, "A joke.")
        await press(pilot, *("tab", "right", "right") * 4, "ctrl+s")
    (entry,) = review(place).entries
    place.workspace.close()

    assert "Sarcasm?" not in before
    assert "Sarcasm?" in after
    assert "May explain it" not in refused
    assert "expected" in refused
    assert entry.event.context is not None
    assert entry.event.context.is_sarcasm == "no"


async def test_the_outcome_waits(place: Place) -> None:
    """While anything is open, the key for the outcome shows what."""
    async with at(place) as (pilot, app):
        await press(pilot, "w")
        assert "F01 was not reviewed yet." in seen(app)


async def test_the_outcome_is_set(place: Place) -> None:
    """With everything closed, a named person sets it with reasons and a second line."""
    place.sit("V-2").enter(*map(dismissed, ("F01", "F02", "F03")))
    async with at(place, by="P-1", size=(80, 60)) as (pilot, app):
        await press(pilot, "w", "right")
        for words in ("As found.", "Long ago.", "A note.", "S-1"):
            await press(pilot, "tab")
            await type_in(pilot, words)
        await press(pilot, "ctrl+s", "c")
        page = seen(app)

    decided = review(place).outcome
    assert decided is not None
    assert decided == outcome().but(reviewers=("V-2",))
    assert "Outcome 0: No concern. Rests on no item." in page


async def test_the_pages(place: Place) -> None:
    """The case, the sealed statements and the help, each with a way back."""
    place.sit("V-2").enter(
        invitation(30),
        Reply(item="F02", words="wrenreply", received=AT),
        Reply(words="wrenwhole", received=AT),
        Dispute(item="F02", reason="wrendispute", received=AT),
        Dispute(matter="complaint", reason="wrencomplaint", received=AT),
        SourceNote(item="F02", state="gone", why="410"),
        Hold(reason="A claim."),
    )
    async with at(place, size=(80, 60)) as (pilot, app):
        await press(pilot, "down")
        item = seen(app)
        await press(pilot, "c")
        case = seen(app)
        await press(pilot, "escape", "s")
        sealed = seen(app)
        await press(pilot, "q", "question_mark")
        help_ = seen(app)
        await press(pilot, "enter", "right", "left")
        back = seen(app)

    assert [word in item for word in ("wrenreply", "wrendispute", ": gone.")] == [True, True, True]
    assert [word in case for word in ("wrenwhole", "wrencomplaint", "Held: neither", "HOUSE-reply")] == [True] * 4
    assert "protected content" in sealed
    assert "UK-9-health" not in sealed
    assert "uncover words" in help_
    assert "wrenreply" in back


async def test_agreement_and_others_verdicts(place: Place) -> None:
    """With one's own verdicts given, the other's and the agreement are shown."""
    place.sit("V-1").enter(*map(dismissed, ("F01", "F02", "F03")))
    place.sit("V-2").enter(dismissed("F01"), counts("F02"), dismissed("F03"))
    async with at(place, size=(80, 60)) as (pilot, app):
        await press(pilot, "down")
        item = seen(app)
        await press(pilot, "c")
        case = seen(app)

    assert "V-2: confirm/uphold, note for the file." in item
    assert "V-1 and V-2, relevance: 2 of 3 the same; kappa 0.00" in case


async def test_hostile_words_are_inert(tmp_path: Path) -> None:
    """Escape sequences, markup and bidi overrides of a stranger are written out."""
    place = Place(tmp_path, (finding(1, "\x1b[2J\x1b]0;x\x07 [bold red]markup[/] \u202eright"),))
    async with at(place) as (_, app):
        shown = seen(app)
    place.workspace.close()

    assert "\x1b" not in shown
    assert "⟦U+001B⟧" in shown
    assert "[bold red]markup[/]" in shown
    assert "⟦U+202E⟧" in shown


async def test_a_case_without_findings(tmp_path: Path) -> None:
    """There is nothing to review, and an outcome can be set."""
    place = Place(tmp_path, ())
    async with at(place) as (pilot, app):
        empty = seen(app)
        await press(pilot, "v", "u", "o", "n", "w")
        form = seen(app)
    place.workspace.close()

    assert "No findings: nothing to review." in empty
    assert "Outcome of" in form


async def test_a_fault_prints_nothing_of_the_case(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """An error of our own ends the screen without the local variables that the toolkit would print."""

    async def broken(*_: object) -> Original:
        raise RuntimeError("wrenfault")

    monkeypatch.setattr(review_screen, "original", broken)
    app = ReviewScreen(place.sit())
    with pytest.raises(RuntimeError):
        async with app.run_test(size=SIZE) as pilot:
            await pilot.press("down", "o")
            await pilot.pause()

    assert isinstance(app.fault, RuntimeError)
    assert app._exit_renderables == []


async def test_leaving(place: Place) -> None:
    """One key leaves; nothing has to be saved."""
    async with at(place) as (pilot, app):
        await press(pilot, "q")

    assert app.fault is None

"""The full screen of `footprint review`: a list of findings, the words of one, and a key for everything."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import ClassVar

from rich.text import Text
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from footprint.after.originals import Original, original
from footprint.cli import review_text
from footprint.cli.review_fields import (
    OUTCOME,
    SHEET_TITLES,
    SHEETS,
    VERDICT,
    asked,
    fields_of,
    outcome_of,
    review_of,
    sheet_fields,
)
from footprint.cli.review_form import Form, Part
from footprint.cli.reviewing import state
from footprint.errors import FootprintError
from footprint.model.outcome import Outcome
from footprint.model.record import Id
from footprint.model.worksheet import WorksheetKind
from footprint.review.desk import UNCOVERED, ReviewDesk
from footprint.review.drafts import keep_drafts, read_drafts
from footprint.review.periods import worksheets
from footprint.review.state import ItemState, ReviewState

Shown = Callable[[dict[str, str]], Iterable[str]]

KEYS = " v verdict  u uncover  o original  n next  c case  s sealed  w outcome  ? help"


class Page(ModalScreen[None]):
    """A text to read; any of the usual keys closes it."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,q,enter", "close", "back")]
    CSS = "Page { background: $background; } Page VerticalScroll { padding: 0 1; height: 1fr; }"

    def __init__(self, text: Text) -> None:
        super().__init__()
        self._text = text

    def compose(self) -> ComposeResult:
        with VerticalScroll():
            yield Static(self._text, markup=False)
        yield Static("escape back", markup=False)

    def action_close(self) -> None:
        """Go back."""
        self.dismiss()


class ReviewScreen(App[None]):
    """One case in front of one reviewer."""

    ENABLE_COMMAND_PALETTE = False
    TITLE = "footprint review"
    CSS = """
    #bar, #keys { height: 1; }
    #keys { color: $text-muted; }
    #list { width: 24; height: 1fr; border: none; padding: 0; }
    #detail { width: 1fr; height: 1fr; padding: 0 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("v", "verdict", "verdict"),
        Binding("u", "uncover", "uncover"),
        Binding("o", "original", "original"),
        Binding("n", "next", "next without a verdict"),
        Binding("c", "case", "case"),
        Binding("s", "sealed", "sealed"),
        Binding("w", "outcome", "outcome"),
        Binding("question_mark", "help", "help"),
        Binding("right", "focus_words", show=False),
        Binding("left", "focus_list", show=False),
        Binding("q", "quit", "leave"),
    ]

    def __init__(self, desk: ReviewDesk) -> None:
        super().__init__()
        self.desk = desk
        self.seen: ReviewState = state(desk)
        self._at = 0
        self._read: set[Id] = set()
        """Findings whose masked words this session has shown, and logged."""
        self._uncovered = False
        self._original: Original | None = None
        self._note = ""
        """Stands in place of the keys until another finding is shown."""

    @property
    def fault(self) -> Exception | None:
        """What ended the screen, where it was not the person."""
        return self._exception

    def _fatal_error(self) -> None:
        """Close, and print nothing: the toolkit would print every local variable, and they hold the words of the case."""
        self._close_messages_no_wait()

    def compose(self) -> ComposeResult:
        yield Static(id="bar", markup=False)
        with Horizontal():
            yield OptionList(id="list", markup=False)
            with VerticalScroll(id="detail"):
                yield Static(id="words", markup=False)
        yield Static(KEYS, id="keys", markup=False)

    def on_mount(self) -> None:
        self._list()
        self.query_one("#list").focus()
        self.action_next()

    @property
    def item(self) -> ItemState | None:
        """The finding that is shown; None where the case has none."""
        return self.seen.items[self._at] if self.seen.items else None

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        if event.option_index != self._at or event.option_list.id != "list":
            self._at = event.option_index
            self._uncovered, self._original, self._note = False, None, ""
        self._show()

    def _list(self) -> None:
        """Fill the list again, at the same place."""
        listed = self.query_one("#list", OptionList)
        troubled = {obstacle.about for obstacle in self.seen.obstacles if obstacle.code != "unreviewed"}
        listed.clear_options()
        listed.add_options(
            [Option(review_text.row(item, is_open=item.finding.id in troubled)) for item in self.seen.items]
        )
        if self.seen.items:
            listed.highlighted = self._at

    def _show(self) -> None:
        item = self.item
        self.query_one("#bar", Static).update(review_text.bar(self.seen))
        self.query_one("#keys", Static).update(self._note or KEYS)
        words = self.query_one("#words", Static)
        if item is None:
            words.update(Text("No findings: nothing to review. Press w to set the outcome, c for the case."))
            return
        if item.finding.id not in self._read:
            self.desk.note_read(item.finding.id, "masked")
            self._read.add(item.finding.id)
        words.update(review_text.detail(item, uncovered=self._uncovered, original=self._original))

    def _again(self) -> None:
        """Read the case again, as it stands now, and show it."""
        self.seen = state(self.desk)
        self._list()
        self._show()

    def action_next(self) -> None:
        """Go to the next finding without a verdict, after this one if it has its own."""
        order = [*range(self._at, len(self.seen.items)), *range(self._at)]
        waiting = next((place for place in order if self.seen.items[place].mine is None), None)
        if waiting is not None:
            self.query_one("#list", OptionList).highlighted = waiting
        self._show()

    def action_uncover(self) -> None:
        """Show words that are covered, and count it."""
        item = self.item
        if item is None or not item.is_covered or self._uncovered:
            return
        self.desk.note_read(item.finding.id, UNCOVERED)
        self.seen = self.seen.but(exposures=self.desk.exposures())
        self._uncovered = True
        self._show()

    async def action_original(self) -> None:
        """Show the words before masking, and log who saw them; pressed again, mask them."""
        item = self.item
        if item is None or (item.is_covered and not self._uncovered):
            return
        if self._original is not None:
            self._original = None
        else:
            self.desk.note_read(item.finding.id, "original")
            try:
                self._original = await original(self.desk.case, self.desk.report, item.finding.observation)
            except FootprintError as error:
                self._note = f" The original is not to be had: {error}"
        self._show()

    def action_verdict(self) -> None:
        """Open the form for a verdict on this finding."""
        item = self.item
        if item is None:
            return
        name = item.finding.id
        filled = self._draft(name) or (fields_of(item.mine) if item.mine else {})
        parts = [Part(field.name, "", (field,)) for field in VERDICT]
        parts += [Part(str(kind), SHEET_TITLES[kind], sheet_fields(kind)) for kind in SHEETS]

        def sheets(grade: Outcome | None) -> Iterable[WorksheetKind]:
            return (rule.kind for rule in worksheets(self.desk.policies, item.finding, grade))

        self._open(f"{name}  {', '.join(item.titles)}", parts, name, filled, lambda values: asked(values, sheets))

    def action_outcome(self) -> None:
        """Open the form for the outcome, or say what stands before it."""
        if self.seen.obstacles:
            self.push_screen(Page(review_text.case_page(self.seen)))
            return
        parts = [Part("outcome", "", OUTCOME)]
        self._open(f"Outcome of {self.seen.case}", parts, "outcome", self._draft("outcome"), lambda _: ("outcome",))

    def _open(self, title: str, parts: list[Part], name: str, filled: dict[str, str], shown: Shown) -> None:
        def enter(values: dict[str, str]) -> None:
            self.desk.enter(outcome_of(values) if name == "outcome" else review_of(name, values))
            self._keep(name, {})

        def left(entered: bool | None) -> None:
            self._again()
            if entered:
                self.action_next()

        form = Form(title, parts, filled, keep=lambda values: self._keep(name, values), enter=enter, shown=shown)
        self.push_screen(form, left)

    def _draft(self, form: str) -> dict[str, str]:
        return read_drafts(self.desk.desk.workspace, self.seen.case, self.desk.by).of(form)

    def _keep(self, form: str, values: dict[str, str]) -> None:
        workspace, case, by = self.desk.desk.workspace, self.seen.case, self.desk.by
        keep_drafts(workspace, case, by, read_drafts(workspace, case, by).having(form, values))

    def action_case(self) -> None:
        """Show the state of the whole case."""
        self._again()
        self.push_screen(Page(review_text.case_page(self.seen)))

    def action_sealed(self) -> None:
        """Show what is sealed, and how a second person unlocks it."""
        self.push_screen(Page(review_text.sealed_page(self.seen)))

    def action_help(self) -> None:
        """Show every key."""
        self.push_screen(Page(Text(review_text.HELP)))

    def action_focus_words(self) -> None:
        """Go to the words, to scroll them."""
        self.query_one("#detail").focus()

    def action_focus_list(self) -> None:
        """Go to the list."""
        self.query_one("#list").focus()

"""A form on the review screen: questions from a table, answers kept while they are typed, one key to enter them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import ClassVar, NamedTuple

from rich.text import Text
from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalGroup, VerticalScroll
from textual.screen import ModalScreen
from textual.timer import Timer
from textual.widgets import Static, TextArea

from footprint.cli.review_fields import Field
from footprint.errors import FootprintError, InputError
from footprint.report.characters import visible

PAUSE = 0.4
"""Seconds without a key after which what was typed is kept."""


IN_A_ROW = 3
"""Answers that stand beside each other; more stand below each other."""


class Choice(Static, can_focus=True):
    """A closed question; left and right move between its answers."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "move(-1)", show=False),
        Binding("right,space", "move(1)", show=False),
        Binding("backspace,delete", "clear", show=False),
    ]

    def __init__(self, field: Field, value: str, changed: Callable[[], None]) -> None:
        super().__init__(markup=False)
        self.field = field
        self._tell = changed
        """Called at once, so that what follows is shown before the next key is read."""
        codes = [code for code, _ in field.answers]
        self.at = codes.index(value) if value in codes else -1
        """Place of the answer; -1 for none."""

    @property
    def value(self) -> str:
        """The code of the answer; empty for none."""
        return str(self.field.answers[self.at][0]) if self.at >= 0 else ""

    def render(self) -> Text:
        text = Text(f"{question(self.field, is_at=self.has_focus)}\n")
        between = "\n" if len(self.field.answers) > IN_A_ROW else "   "
        for place, (_, words) in enumerate(self.field.answers):
            text.append(between if place else "")
            text.append(f"{'(•)' if place == self.at else '( )'} {words}", "reverse" if place == self.at else "")
        return text

    def action_move(self, steps: int) -> None:
        """Go to the next answer, or the one before."""
        self.at = (self.at + steps) % len(self.field.answers) if self.at >= 0 else 0
        self._changed()

    def action_clear(self) -> None:
        """Take the answer back."""
        self.at = -1
        self._changed()

    def _changed(self) -> None:
        self.refresh(layout=True)
        self._tell()


class Words(TextArea):
    """An open question: text of any length; tab goes on to the next field."""

    def __init__(self, field: Field, value: str) -> None:
        super().__init__(value, soft_wrap=True, tab_behavior="focus")
        self.field = field
        self.styles.height = field.lines + 2

    @property
    def value(self) -> str:
        """What was typed."""
        return self.text


class Question(Static):
    """The question above an open answer."""

    def __init__(self, field: Field) -> None:
        super().__init__(question(field, is_at=False), markup=False)
        self.field = field


def question(field: Field, *, is_at: bool) -> str:
    """Return a question with a mark where the person is at it: a colour alone would not tell everyone."""
    return f"{'▸' if is_at else ' '} {field.question}"


class Part(NamedTuple):
    """A group of questions, under a title where it has one."""

    name: str
    title: str
    fields: Sequence[Field]


class Form(ModalScreen[bool]):
    """Questions to fill in. Gives back True once they were entered, False where the person went back.

    Modal, so that a letter typed too early is no key of the screen below.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "enter", "enter it", priority=True),
        Binding("escape", "back", "back, keep what you typed", priority=True),
    ]

    CSS = """
    Form { layout: vertical; background: $background; }
    #title, #said { height: auto; max-height: 3; padding: 0 1; }
    #title { text-style: bold; }
    #said { color: $text-warning; }
    #fields { height: 1fr; padding: 0 1; }
    Choice { height: auto; margin-bottom: 1; }
    .sheet { height: auto; }
    .sheet > .head { text-style: bold; }
    """

    def __init__(
        self,
        title: str,
        parts: Sequence[Part],
        values: dict[str, str],
        *,
        keep: Callable[[dict[str, str]], None],
        enter: Callable[[dict[str, str]], None],
        shown: Callable[[dict[str, str]], Iterable[str]],
    ) -> None:
        super().__init__()
        self._title = title
        self._parts = parts
        self._values = values
        self._keep = keep
        self._enter = enter
        self._shown = shown
        self._pause: Timer | None = None

    def compose(self) -> ComposeResult:
        yield Static(self._title, id="title", markup=False)
        with VerticalScroll(id="fields", can_focus=False):
            for part in self._parts:
                with VerticalGroup(classes="sheet", id=f"part-{part.name}"):
                    if part.title:
                        yield Static(part.title, classes="head", markup=False)
                    for field in part.fields:
                        yield from self._widgets(field)
        yield Static("tab next field · left/right choose · ctrl+s enter it · escape back", id="said", markup=False)

    def _widgets(self, field: Field) -> Iterable[Static | TextArea]:
        value = self._values.get(field.name, "")
        if field.answers:
            yield Choice(field, value, self._chosen)
        else:
            yield Question(field)
            yield Words(field, value)

    def on_mount(self) -> None:
        self._show_parts()
        self.query(Choice).first().focus()

    @property
    def values(self) -> dict[str, str]:
        """What stands in the fields that are shown, by name."""
        typed = self._all()
        shown = {*self._shown(typed)}
        return {name: text for name, text in typed.items() if self._part_of(name) in shown}

    def _all(self) -> dict[str, str]:
        found = {widget.field.name: widget.value for widget in self.query(Choice)}
        return found | {widget.field.name: widget.value for widget in self.query(Words)}

    def _part_of(self, name: str) -> str:
        return next(part.name for part in self._parts if any(field.name == name for field in part.fields))

    def _show_parts(self) -> None:
        shown = {*self._shown(self._all())}
        for part in self._parts:
            self.query_one(f"#part-{part.name}").display = part.name in shown

    @on(events.DescendantFocus)
    @on(events.DescendantBlur)
    def _moved(self) -> None:
        for asked in self.query(Question):
            is_at = isinstance(self.focused, Words) and self.focused.field == asked.field
            asked.update(question(asked.field, is_at=is_at))
        for choice in self.query(Choice):
            choice.refresh()

    def _chosen(self) -> None:
        self._show_parts()
        self._keep_soon()

    @on(TextArea.Changed)
    def _keep_soon(self) -> None:
        if self._pause is not None:
            self._pause.stop()
        self._pause = self.set_timer(PAUSE, self._keep_now)

    def _keep_now(self) -> None:
        if self._pause is not None:
            self._pause.stop()
        self._keep(self._all())

    def action_back(self) -> None:
        """Go back; what was typed is kept."""
        self._keep_now()
        self.dismiss(False)

    def action_enter(self) -> None:
        """Enter what was typed; where something is missing, say what, and stay."""
        self._keep_now()
        try:
            self._enter(self.values)
        except InputError as error:
            note = f" {error.mend}" if error.mend else ""
            self._say(f"{error.field or error.where}: expected {error.expected}.{note}")
        except FootprintError as error:
            self._say(str(error))
        else:
            self.dismiss(True)

    def _say(self, words: str) -> None:
        self.query_one("#said", Static).update(Text(visible(words), style="bold yellow"))

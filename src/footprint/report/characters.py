"""Make hostile characters visible: text of strangers must not reorder, hide or break what stands around it (Unicode TR 36)."""

from __future__ import annotations

import re
import unicodedata

_JOINERS = "\u200c\u200d"
_BLANKS = "\u034f\u115f\u1160\u17b4\u17b5\u2028\u2029\u2800\u3164\uffa0"
"""Drawn as nothing, or as a line break, though their category does not say so."""
_SUSPECT = re.compile(r"[^\n\t\x20-\x7e\xa0-\xac\xae-\u02ff\u0370-\u0482\u2010-\u2027\u20a0-\u20bf\u2190-\u21ff]")
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_EMOJI_PARTS = frozenset({"So", "Sk", "Mn"})


def visible(text: str) -> str:
    r"""Return `text` with every control, format, unassigned and blank-looking character written out, as in `⟦U+202E⟧`.

    New lines and tabs stay. Joiners stay where writing needs them: between Arabic letters, after a virama, inside an emoji.
    """
    text = text.replace("\r\n", "\n")
    return _SUSPECT.sub(_shown, text)


def css_string(text: str) -> str:
    """Return `text` as a CSS string in which nothing but letters and digits stands unescaped (CSS Syntax 3, 4.3.7)."""
    shown = visible(text).replace("\n", " ")
    body = "".join(c if c.isascii() and c.isalnum() else f"\\{ord(c):06x}" for c in shown)
    return f'"{body}"'


def _shown(match: re.Match[str]) -> str:
    character = match[0]
    if character in _JOINERS and _joins(match.string, match.start()):
        return character
    is_hidden = (
        unicodedata.category(character) in _HIDDEN or character in _BLANKS or "\U000e0100" <= character <= "\U000e01ef"
    )
    return f"⟦U+{ord(character):04X}⟧" if is_hidden else character


def _joins(text: str, at: int) -> bool:
    before = text[at - 1 : at]
    after = text[at + 1 : at + 2]
    if not before or not after:
        return False
    if unicodedata.bidirectional(before) == "AL" or unicodedata.combining(before) == 9:
        return unicodedata.category(after).startswith("L")
    return text[at] == "\u200d" and unicodedata.category(before) in _EMOJI_PARTS and unicodedata.category(after) == "So"

"""Readings: one normal form, words and sentences, and the way back to the original."""

from __future__ import annotations

import pytest

from footprint.filters.reading import Reading, rewrite


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("Plain words.", "plain words."),
        ("k\u200bill\u00ad", "kill"),
        ("a  b\tc", "a b c"),
        ("wrapped\nline", "wrapped line"),
        ("One\nTwo", "one\ntwo"),
        ("one\n\ntwo", "one\ntwo"),
        ("I don\u2019t", "i don't"),
        ("\uff2b\uff29\uff2c\uff2c", "kill"),
        ("cafe\u0301", "caf\u00e9"),
        ("\u0130stanbul", "istanbul"),
        ("k1ll h1m n0w", "kill him now"),
        ("k i l l", "kill"),
        ("k.i.l.l", "kill"),
        ("h@te", "hate"),
        ("k\u200b1ll", "kill"),
        ("ann@example.org", "ann@example.org"),
        ("room 101, bus 7A", "room 101, bus 7a"),
        ("at 5pm", "at 5pm"),
        ("", ""),
    ],
)
def test_a_reading_has_one_normal_form(text: str, normal: str) -> None:
    """Disguises and typography go; numbers and addresses stay."""
    assert Reading(text).normal == normal


@pytest.mark.parametrize(
    ("text", "word", "original"),
    [
        ("I will k\u200bi\u200bll him", "kill", "k\u200bi\u200bll"),
        ("a   b  him", "him", "him"),
        ("they k i l l him", "kill", "k i l l"),
        ("\ufb01ne soup", "fine", "\ufb01ne"),
        ("x\u200b k\u200b1ll", "kill", "k\u200b1ll"),
        ("plain him", "him", "him"),
    ],
)
def test_a_word_leads_back_to_the_original(text: str, word: str, original: str) -> None:
    """What is found in the normal form is cited as it was written."""
    reading = Reading(text)
    start = reading.normal.index(word)

    begin, end = reading.back((start, start + len(word)))

    assert text[begin:end] == original


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("One. Two! Three? Four", 4),
        ("Mr. Marden left. Dr. Venn came.", 2),
        ("e.g. leeks", 1),
        ("At 5.30 it rains", 1),
        ("One\nTwo", 2),
        ("\u201cStop.\u201d He left.", 2),
        ("What?! No.", 2),
    ],
)
def test_sentences_end_where_readers_say(text: str, sentences: int) -> None:
    """Abbreviations and figures end no sentence; a new line does."""
    reading = Reading(text)

    assert reading.sentence_at(len(reading.normal) - 1) + 1 == sentences


def test_words_are_counted_from_nought() -> None:
    """A position before the first word has the number -1; an apostrophe or hyphen makes no new word."""
    reading = Reading("... don't well-known end")

    assert [reading.word_at(position) for position in (0, 4, 7, 10, 21)] == [-1, 0, 0, 1, 2]


def test_a_rewritten_text_knows_its_pieces() -> None:
    """A replaced piece leads back to the whole of what it replaced, a copied one to the same characters."""
    text, layer = rewrite("abcdef", [((1, 3), "XYZ"), ((5, 6), "")])

    assert text == "aXYZde"
    assert [layer.back((0, 1)), layer.back((2, 3)), layer.back((4, 6)), layer.back((3, 5))] == [
        (0, 1),
        (1, 3),
        (3, 5),
        (1, 4),
    ]

"""What is locked opens with its key alone, for what it is about alone, and whole."""

from __future__ import annotations

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from footprint.errors import StoreError
from footprint.store import cipher


@given(st.binary(max_size=500))
def test_what_is_locked_is_opened_as_it_was(content: bytes) -> None:
    """Whatever the bytes; and none of the longer ones stand in what is written."""
    key = cipher.fresh_key()
    locked = cipher.lock(key, content, about="CASE-1/report.json")

    assert cipher.unlock(key, locked, about="CASE-1/report.json") == content
    assert len(content) < 8 or content not in locked.removeprefix(cipher.MARK)


def test_no_two_locks_are_alike() -> None:
    """The same content under the same key gives other bytes: nobody can tell that two documents are equal."""
    key = cipher.fresh_key()

    assert cipher.lock(key, b"words", about="C/a") != cipher.lock(key, b"words", about="C/a")


@pytest.mark.parametrize("place", range(0, 60))
def test_every_changed_byte_is_found(place: int) -> None:
    """The mark, the nonce, the text, the tag."""
    key = cipher.fresh_key()
    locked = bytearray(cipher.lock(key, b"a document of a case", about="C/a"))
    locked[place] ^= 1

    with pytest.raises(StoreError, match="changed, or belongs to another key"):
        cipher.unlock(key, bytes(locked), about="C/a")


@pytest.mark.parametrize(
    ("cut", "about", "other"),
    [(5, "C/a", False), (30, "C/a", False), (0, "C/b", False), (0, "D/a", False), (0, "C/a", True)],
)
def test_what_is_cut_moved_or_of_another_key_does_not_open(cut: int, about: str, *, other: bool) -> None:
    """A document of one case cannot be put into the place of another's."""
    key = cipher.fresh_key()
    locked = cipher.lock(key, b"a document of a case", about="C/a")

    with pytest.raises(StoreError):
        cipher.unlock(cipher.fresh_key() if other else key, locked[: -cut or None], about=about)


def test_a_stream_in_the_age_format_opens_again() -> None:
    """To the identity's own recipient; another identity, and a changed byte, open nothing."""
    identity, sealed, plain = cipher.fresh_identity(), BytesIO(), BytesIO()
    cipher.seal_stream(identity, BytesIO(b"x" * 200_000), sealed)
    cipher.open_stream(identity, BytesIO(sealed.getvalue()), plain)
    changed = bytearray(sealed.getvalue())
    changed[-1] ^= 1

    assert plain.getvalue() == b"x" * 200_000
    assert sealed.getvalue().startswith(b"age-encryption.org/v1\n")
    for key, content in ((cipher.fresh_identity(), sealed.getvalue()), (identity, bytes(changed))):
        with pytest.raises(StoreError):
            cipher.open_stream(key, BytesIO(content), BytesIO())


def test_what_is_sealed_to_people_is_opened_by_each_of_them() -> None:
    """With their own key alone: whoever sealed it cannot."""
    first, second = cipher.fresh_identity(), cipher.fresh_identity()
    sealed = cipher.seal_to((cipher.recipient_of(first), cipher.recipient_of(second)), b"words")

    assert [cipher.open_with(key.decode(), sealed) for key in (first, second)] == [b"words", b"words"]
    with pytest.raises(ValueError, match="not a key that this was sealed to"):
        cipher.open_with(cipher.fresh_identity().decode(), sealed)
    with pytest.raises(ValueError, match="not an age key"):
        cipher.open_with("a word", sealed)
    with pytest.raises(ValueError, match="begins with age1"):
        cipher.seal_to(("age1nobody",), b"words")

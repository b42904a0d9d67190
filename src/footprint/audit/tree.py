"""The RFC 6962 tree over the raw lines: its root, and proofs that a line is in it and that a later tree only grew.

A leaf is SHA-256(0x00 || line without its newline), a node SHA-256(0x01 || left || right). Only the standard library,
and no file: the lines come in as hashes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import sha256

EMPTY = sha256().digest()
"""The root of a tree without leaves."""


def leaf_hash(line: bytes) -> bytes:
    """Return the hash of one raw line, given without its newline."""
    return sha256(b"\0" + line).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash of two neighbours."""
    return sha256(b"\1" + left + right).digest()


class Frontier:
    """The right edge of a growing tree: one hash for each full subtree. All that the root needs, whatever the size."""

    def __init__(self) -> None:
        self.size = 0
        """Leaves so far."""
        self._peaks: list[bytes | None] = []
        """By height; the number of leaves in binary, written with hashes."""

    def extend(self, leaves: Iterable[bytes]) -> None:
        """Take in the hashes of the next leaves, many at once: an addition with carry, level by level."""
        nodes = list(leaves)
        self.size += len(nodes)
        level = 0
        while nodes:
            if level == len(self._peaks):
                self._peaks.append(None)
            peak = self._peaks[level]
            if peak is not None:
                nodes.insert(0, peak)
            self._peaks[level] = nodes.pop() if len(nodes) % 2 else None
            nodes = _joined(nodes)
            level += 1

    def root(self) -> bytes:
        """Return the root of the tree as it stands."""
        root: bytes | None = None
        for peak in self._peaks:
            if peak is not None:
                root = peak if root is None else node_hash(peak, root)
        return EMPTY if root is None else root


class Tree:
    """A whole tree in memory, for proofs: about 130 bytes a leaf."""

    def __init__(self, leaves: Iterable[bytes]) -> None:
        self._levels = [list(leaves)]
        while len(self._levels[-1]) > 1:
            self._levels.append(_joined(self._levels[-1]))

    @property
    def size(self) -> int:
        """The number of leaves."""
        return len(self._levels[0])

    def root(self, size: int | None = None) -> bytes:
        """Return the root, of the first `size` leaves where that is given."""
        end = self.size if size is None else size
        return self._range(0, end) if end else EMPTY

    def inclusion(self, index: int, size: int | None = None) -> tuple[bytes, ...]:
        """Return the proof that leaf `index`, from 0, is in the tree of the first `size` leaves (RFC 6962, 2.1.1)."""
        return tuple(self._path(index, 0, self.size if size is None else size))

    def consistency(self, old: int, size: int | None = None) -> tuple[bytes, ...]:
        """Return the proof that the tree of `size` leaves begins with that of `old` (RFC 6962, 2.1.2)."""
        end = self.size if size is None else size
        return tuple(self._growth(old, 0, end, is_whole=True)) if old else ()

    def _range(self, start: int, end: int) -> bytes:
        width = end - start
        if width & (width - 1) == 0:  # a full subtree, which stands at a multiple of its width
            return self._levels[width.bit_length() - 1][start // width]
        middle = start + _split(width)
        return node_hash(self._range(start, middle), self._range(middle, end))

    def _path(self, index: int, start: int, end: int) -> list[bytes]:
        if end - start == 1:
            return []
        middle = start + _split(end - start)
        if index < middle:
            return [*self._path(index, start, middle), self._range(middle, end)]
        return [*self._path(index, middle, end), self._range(start, middle)]

    def _growth(self, old: int, start: int, end: int, *, is_whole: bool) -> list[bytes]:
        if old == end:
            return [] if is_whole else [self._range(start, end)]
        middle = start + _split(end - start)
        if old <= middle:
            return [*self._growth(old, start, middle, is_whole=is_whole), self._range(middle, end)]
        return [*self._growth(old, middle, end, is_whole=False), self._range(start, middle)]


def includes(leaf: bytes, index: int, *, size: int, root: bytes, proof: Sequence[bytes]) -> bool:
    """Say whether the proof shows a leaf at `index` of the tree of that size and root (RFC 9162, 2.1.3.2)."""
    if not 0 <= index < size:
        return False
    place, last, hashed = index, size - 1, leaf
    for step in proof:
        if last == 0:
            return False
        if place & 1 or place == last:
            hashed = node_hash(step, hashed)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            hashed = node_hash(hashed, step)
        place, last = place >> 1, last >> 1
    return last == 0 and hashed == root


def grew(old: int, old_root: bytes, *, size: int, root: bytes, proof: Sequence[bytes]) -> bool:
    """Say whether the proof shows that the tree of `size` leaves begins with that of `old` (RFC 9162, 2.1.4.2)."""
    if old == 0 or old >= size:
        return not proof and ((old == 0 and old_root == EMPTY) or (old == size and old_root == root))
    steps = list(proof) if old & (old - 1) else [old_root, *proof]
    if not steps:
        return False
    place, last = old - 1, size - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    before = after = steps[0]
    for step in steps[1:]:
        if last == 0:
            return False
        if place & 1 or place == last:
            before, after = node_hash(step, before), node_hash(step, after)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            after = node_hash(after, step)
        place, last = place >> 1, last >> 1
    return last == 0 and before == old_root and after == root


def _joined(nodes: Sequence[bytes]) -> list[bytes]:
    """Return the level above; an odd last one waits for its neighbour."""
    pairs = iter(nodes)
    return [sha256(b"\1" + left + right).digest() for left, right in zip(pairs, pairs, strict=False)]


def _split(width: int) -> int:
    """Return the largest power of two below `width`."""
    return 1 << (width - 1).bit_length() - 1

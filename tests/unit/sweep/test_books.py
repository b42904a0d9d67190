"""Written together: one writing for many, each told its own, and nothing lost where one is cut off."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import pytest

from footprint.errors import StoreError
from footprint.sweep.books import BATCH_BYTES, Together


class Pen:
    """Writes numbers and says their squares."""

    def __init__(self) -> None:
        self.batches: list[list[int]] = []
        self.is_broken = False

    def write(self, items: Sequence[int]) -> list[int]:
        if self.is_broken:
            raise StoreError("the disk is full")
        self.batches.append(list(items))
        return [item * item for item in items]


async def test_what_comes_within_a_moment_is_written_in_one_piece() -> None:
    """Ten tasks, one writing; each gets the result of its own item."""
    pen = Pen()
    together = Together(pen.write)

    assert await asyncio.gather(*(together.keep(number) for number in range(10))) == [n * n for n in range(10)]
    assert pen.batches == [list(range(10))]


async def test_what_comes_later_is_written_later() -> None:
    """A batch that was written takes nothing more."""
    pen = Pen()
    together = Together(pen.write, linger=0.001)

    await together.keep(1)
    await together.keep(2)

    assert pen.batches == [[1], [2]]


async def test_heavy_items_do_not_wait() -> None:
    """Once enough bytes wait, they are written at once, however long the moment."""
    pen = Pen()
    together = Together(pen.write, weigh=lambda item: BATCH_BYTES, linger=600)

    async with asyncio.timeout(60):
        await asyncio.gather(together.keep(1), together.keep(2))

    assert pen.batches == [[1, 2]]


async def test_a_writing_that_fails_fails_for_all() -> None:
    """Nobody goes on as if it were kept."""
    pen = Pen()
    pen.is_broken = True
    together = Together(pen.write)

    results = await asyncio.gather(*(together.keep(number) for number in range(3)), return_exceptions=True)

    assert [type(result) for result in results] == [StoreError] * 3


@pytest.mark.parametrize("cancelled", [0, 1])
async def test_what_one_task_leaves_is_written_all_the_same(cancelled: int) -> None:
    """Ctrl-C takes a task away; what it asked was asked, and is written; the other is told its own."""
    pen = Pen()
    together = Together(pen.write, linger=0.05)
    tasks = [asyncio.create_task(together.keep(number)) for number in (3, 4)]
    await asyncio.sleep(0)
    tasks[cancelled].cancel()

    results = await asyncio.gather(*tasks, return_exceptions=True)

    assert isinstance(results[cancelled], asyncio.CancelledError)
    assert results[1 - cancelled] == (16 if cancelled == 0 else 9)
    assert pen.batches == [[3, 4]]

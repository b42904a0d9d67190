"""What was issued can be derived again from what was kept, with the network off; a changed page, rule or report shows."""

from __future__ import annotations

import json

import pytest

from footprint.admission import Desk, Order
from footprint.after.reproducing import reproduce
from footprint.demo.server import DemoWeb
from footprint.errors import InputError, VerificationError
from footprint.model.report import Report
from footprint.screening import Outlook, screen
from footprint.web.guard import Guard


@pytest.fixture
async def issued(desk: Desk, order: Order) -> Report:
    """A report of the demonstration; its web is gone when the test begins."""
    with DemoWeb() as web:
        outlook = Outlook(guard=Guard(pinned=web.pinned), tls=web.tls, at_once=1)
        (report,) = [step async for step in screen(order, desk, outlook) if isinstance(step, Report)]
    return report


async def test_the_report_is_derived_again_byte_for_byte(desk: Desk, issued: Report) -> None:
    """Findings, withheld items, counts and both files come out the same."""
    again = await reproduce(desk, issued.case)

    assert again.differences == ()
    assert again.report == issued


async def test_a_changed_report_is_named(desk: Desk, issued: Report) -> None:
    """A finding that was dropped from the report shows, by its field."""
    value = json.loads(desk.workspace.get_document(issued.case, "report.json"))
    value["findings"] = value["findings"][1:]
    desk.workspace.put_document(issued.case, "report.json", json.dumps(value).encode())

    assert (await reproduce(desk, issued.case)).differences[0] == "report.json: findings"


@pytest.mark.parametrize("name", ["report.json", "report.html"])
async def test_changed_bytes_are_named(name: str, desk: Desk, issued: Report) -> None:
    """A file that says the same in other bytes is not the file that was issued."""
    content = desk.workspace.get_document(issued.case, name)
    desk.workspace.put_document(issued.case, name, content + b"\n")

    assert (await reproduce(desk, issued.case)).differences == (f"{name}: its bytes",)


async def test_a_changed_page_is_found(desk: Desk, issued: Report) -> None:
    """A WARC record that does not hold what its digest says cannot be judged again, whoever had the key to put it there."""
    (name,) = desk.workspace.captures(issued.case)
    with desk.workspace.open_capture(issued.case, name) as file:
        content = bytearray(file.read())
    content[len(content) // 2] ^= 1
    (desk.workspace.case_folder(issued.case) / name).write_bytes(bytes(content))

    with pytest.raises(VerificationError):
        await reproduce(desk, issued.case)


async def test_another_policy_is_found(desk: Desk, issued: Report) -> None:
    """A policy that was changed after the run shows."""
    content = desk.workspace.get_document(issued.case, "policies.json")
    changed = content.replace(b'"version":"2.1"', b'"version":"2.2"')
    desk.workspace.put_document(issued.case, "policies.json", changed)

    assert "report.json: policy" in (await reproduce(desk, issued.case)).differences


async def test_what_nobody_foresaw_on_a_page_is_survived_again(
    desk: Desk, order: Order, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A page that cost its source in the run costs it here too: the report is derived as it was issued."""
    fault = RecursionError("a page without an end")

    async def faulty(*_: object) -> None:
        raise fault

    monkeypatch.setattr("footprint.collectors.mastodon.ask_audience", faulty)
    with DemoWeb() as web:
        outlook = Outlook(guard=Guard(pinned=web.pinned), tls=web.tls, at_once=1)
        (report,) = [step async for step in screen(order, desk, outlook) if isinstance(step, Report)]

    assert (await reproduce(desk, report.case)).differences == ()


async def test_a_case_that_is_not_there_is_bad_input(desk: Desk) -> None:
    """There is nothing to derive from."""
    with pytest.raises(InputError):
        await reproduce(desk, "CASE-none")


async def test_a_resumed_case_is_derived_again_too(desk: Desk, order: Order) -> None:
    """Two recordings, one report."""
    import asyncio
    from dataclasses import replace

    with DemoWeb() as web:

        async def run(order: Order, at: str) -> list[object]:
            def watch(identifier: str, tally: object) -> None:
                if identifier.startswith(at):
                    task.cancel()

            outlook = Outlook(guard=Guard(pinned=web.pinned), tls=web.tls, at_once=1, watch=watch)
            return [step async for step in screen(order, desk, outlook)]

        task = asyncio.create_task(run(order, "github"))
        with pytest.raises(asyncio.CancelledError):
            await task
        report = (await run(replace(order, resume=True), "nothing"))[-1]
    again = await reproduce(desk, report.case)

    assert again.differences == ()

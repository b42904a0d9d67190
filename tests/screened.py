"""A case that was screened on the demonstration's web, for tests of what comes after."""

from __future__ import annotations

from datetime import datetime, timedelta

from footprint.admission import Desk, Order
from footprint.demo.server import DemoWeb
from footprint.model.outcome import Outcome
from footprint.model.report import Report
from footprint.model.review import CaseReview, Hold, OutcomeDecision
from footprint.screening import Outlook, screen
from footprint.web.guard import Guard


async def screened(desk: Desk, order: Order) -> Report:
    """Run the whole line over the demonstration's web, and return the report; the web is gone afterwards."""
    with DemoWeb() as web:
        outlook = Outlook(guard=Guard(pinned=web.pinned), tls=web.tls, at_once=1)
        (report,) = [step async for step in screen(order, desk, outlook) if isinstance(step, Report)]
    return report


def put_review(desk: Desk, case_id: str, review: CaseReview) -> None:
    """Keep what people entered about a case, as the review does."""
    content = b"".join(entry.canonical() + b"\n" for entry in review.entries)
    desk.workspace.put_document(case_id, "review.jsonl", content)


def over(at: datetime) -> CaseReview:
    """A review whose outcome was set a year before a moment: every appeal window is over."""
    outcome = OutcomeDecision(
        level=Outcome.NOTE, reasons="Old and mild.", mitigation="An apology.", alternatives="None.", second="second-1"
    )
    return CaseReview().after(at - timedelta(days=365), "reviewer-1", outcome)


def held(at: datetime) -> CaseReview:
    """A review of a case whose erasure is put off."""
    return over(at).after(at, "reviewer-1", Hold(reason="A claim was announced."))

"""A gate on an opened case, over a web that is a dictionary."""

from __future__ import annotations

import pytest

from answers import Answers
from footprint.admission import Admission, Desk, Order, admit
from footprint.casefile import CaseFile
from footprint.collectors.catalog import manifest
from footprint.errors import UnreadableError
from footprint.gate import Gate, Web
from footprint.ledger import Ledger
from footprint.model.evidence import UnknownReason
from footprint.model.plan import PlannedRequest
from footprint.web.pace import Pace
from footprint.web.recorder import Recorder

SITE = "https://maraquill.example/"
ROBOTS = "https://maraquill.example/robots.txt"
WIKI = "https://wiki.example/w/api.php"
WIKI_USER = f"{WIKI}?action=query&list=users&ususers=Mara%20Quill&usprop=registration%7Ceditcount%7Cblockinfo&format=json&formatversion=2"


class Hall:
    """A gate on an opened case, over a web that is a dictionary."""

    def __init__(self, desk: Desk, order: Order, answers: dict[str, object]) -> None:
        self.desk, self.order = desk, order
        self.admission: Admission = admit(order, desk)
        self.case = CaseFile.open(desk, self.admission)
        self.web = Answers(answers)
        recorder = Recorder(
            self.case.folder, self.case.recording, software="footprint", robots_policy="obeyed", user_agent="footprint"
        )
        self.ledger = Ledger(self.case, self.admission.plan, recorder, lambda *_: None)
        sources = {entry.request.source for entry in self.admission.plan.entries}
        web = Web(client=self.web, pace=Pace(desk.clock), manifests={source: manifest(source) for source in sources})
        self.gate = Gate(self.case, self.admission.authority, self.admission.plan, web, self.ledger)

    def planned(self, name: str) -> PlannedRequest:
        return next(entry.request for entry in self.admission.plan.entries if entry.request.id == name)

    async def ask(self, name: str = "website.page", url: str | None = None) -> bytes:
        planned = self.planned(name)
        return (await self.gate.fetch(planned.at(url or planned.template))).body

    async def refused(self, name: str = "website.page", url: str | None = None) -> UnknownReason:
        with pytest.raises(UnreadableError) as raised:
            await self.ask(name, url)
        return UnknownReason(raised.value.reason)

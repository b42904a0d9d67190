"""What a withdrawal means for what was already read: it depends on the basis, and a person carries it out (LAW 3.4)."""

from __future__ import annotations

from enum import StrEnum

from footprint.model.authorisation import Authorisation
from footprint.model.decision import Citation
from footprint.model.record import Id, Line, Record


class Aftermath(StrEnum):
    """What happens to what was already read. Reading itself stops in every case."""

    ERASE = "erase"
    """Nothing else allows keeping it: it is erased, by a plan that a person signs off."""
    OBJECTION = "objection"
    """Another basis may allow keeping it: a person decides, as about an objection."""
    STOP = "stop"
    """The law of the place gives no answer here: nothing more is done with it until a person has asked counsel."""


class Consequence(Record):
    """What follows from a withdrawal, for the person who has to carry it out."""

    rule: Id
    aftermath: Aftermath
    reason: Line
    steps: tuple[Line, ...]
    """In the order in which they are to be done."""
    citation: Citation


def after_withdrawal(authorisation: Authorisation) -> Consequence:
    """Return what a withdrawal means for what was already read under this authorisation.

    Where no basis is recorded, nothing allows keeping anything, and it is as if consent had been the only one.
    """
    if any(pack == "us" or pack.startswith("us-") for pack in authorisation.packs):
        return UNITED_STATES
    if all(basis.is_consent for basis in authorisation.lawful_basis):
        return CONSENT_BASIS
    return OTHER_BASIS


def _unread(article: str) -> Citation:
    return Citation(article=article, confirmed=False)


CONSENT_BASIS = Consequence(
    rule="UK-7-erase",
    aftermath=Aftermath.ERASE,
    reason="Consent was the only basis, so nothing allows what was read to be kept.",
    steps=(
        "Read nothing more and close the case; do not decide on what was read.",
        "Erase what was read, unless a legal claim or duty is on record that requires a part of it; name that part.",
        "Keep the consent record, its events and the audit log: they prove what was done, and hold no page.",
        "Tell everyone who received the report to erase it.",
        "Send the candidate the acknowledgement of the withdrawal without delay.",
    ),
    citation=_unread("UK GDPR and GDPR Art. 7(3) and 17(1)(b)"),
)
OTHER_BASIS = Consequence(
    rule="UK-21-objection",
    aftermath=Aftermath.OBJECTION,
    reason="Another basis than consent is on record, so the withdrawal is treated as an objection, and a person decides.",
    steps=(
        "Read nothing more, and restrict what was read: nobody decides on it while the objection is open.",
        "Have a person who did not run the check weigh the objection, and write down the reasons.",
        "Where the objection holds, erase what was read; where it does not, tell the candidate why and how to complain.",
        "Keep the consent record, its events and the audit log.",
        "Send the candidate the acknowledgement of the withdrawal without delay.",
    ),
    citation=_unread("UK GDPR and GDPR Art. 18 and 21; Art. 6(1)"),
)
UNITED_STATES = Consequence(
    rule="US-FCRA-stop",
    aftermath=Aftermath.STOP,
    reason="Without the authorisation no report may be procured; how long records must be kept is another question.",
    steps=(
        "Read nothing more, and make no report.",
        "Take no adverse action on what was read before counsel has said which notices are due.",
        "Keep the records that employment law requires, and nothing else, for as long as it requires.",
        "Send the candidate the acknowledgement of the withdrawal.",
    ),
    citation=_unread("Fair Credit Reporting Act s.604(b); 29 CFR 1602.14"),
)

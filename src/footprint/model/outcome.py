"""What a person decides. "Decline" is not an output of this tool."""

from __future__ import annotations

from enum import IntEnum


class Outcome(IntEnum):
    """The six outcomes, set by a named person with reasons."""

    NO_CONCERN = 0
    NOTE = 1
    BRIEFING_AT_INDUCTION = 2
    REFLECTIVE_CONVERSATION = 3
    CLARIFY_AT_INTERVIEW = 4
    REFER_TO_VETTING_PANEL = 5


OUTCOME_TITLES = {
    Outcome.NO_CONCERN: "No concern",
    Outcome.NOTE: "Note for the file",
    Outcome.BRIEFING_AT_INDUCTION: "Briefing at induction",
    Outcome.REFLECTIVE_CONVERSATION: "Reflective conversation",
    Outcome.CLARIFY_AT_INTERVIEW: "Clarify at interview",
    Outcome.REFER_TO_VETTING_PANEL: "Refer to the vetting panel",
}
"""Titles for the worksheet."""

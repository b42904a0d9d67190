"""The words of a finding before masking, read once more from what the case kept; the web is not asked."""

from __future__ import annotations

from typing import NamedTuple

from footprint.after.reproducing import observed_again
from footprint.casefile import CaseFile
from footprint.errors import InputError
from footprint.files import parse_record
from footprint.model.candidate import Candidate
from footprint.model.report import Report


class Original(NamedTuple):
    """The words of one statement as they stood on the page."""

    text: str
    context: str
    """The words of others that it answers, quotes or passes on."""


async def original(case: CaseFile, report: Report, observation: str) -> Original:
    """Return the words behind a finding of a report.

    Raises InputError for what is not a finding (a withheld statement is not to be had this way), or where the pages are no
    longer kept, and VerificationError where they are not what their digests say.
    """
    if observation not in {finding.observation for finding in report.findings}:
        raise InputError(where=observation, expected="the observation of a finding of this case")
    content = case.desk.workspace.get_document(case.record.id, "profile.json")
    candidate = parse_record(content, Candidate, where="profile.json", is_json=True)
    async for read in observed_again(candidate, report, case):
        if read.id == observation:
            return Original(read.text, read.context)
    raise InputError(where=observation, expected="a page that is still kept", mend="the case was pruned")

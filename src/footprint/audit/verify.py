"""Verify a log: walk the chain from the first line, name the first bad one, and say what is proven and what is not."""

from __future__ import annotations

from pathlib import Path

from footprint.audit.fault import not_reached, not_that_head
from footprint.audit.walk import Walk, walk
from footprint.errors import VerificationError
from footprint.model.report import AuditHead


def verify(path: Path, head: AuditHead | None = None) -> AuditHead:
    """Return the head of a log whose chain holds; with `head`, of one that also still holds that earlier head.

    One block of lines at a time is in memory. What a success means, `what_it_proves` says. Raises VerificationError with
    the number of the first bad line, what is wrong with it and what that shows; numbers and digests only.
    """
    walked = walk(path, () if head is None else (head.size,))
    if head is not None:
        require_head(walked, head)
    return AuditHead(size=walked.head.size, sha256=walked.head.sha256)


def require_head(walked: Walk, head: AuditHead) -> None:
    """Raise VerificationError unless a head from outside, walked to as a mark, is on the chain, and its root in the tree."""
    found = walked.marks.get(head.size)
    if found is None or (head.size == 0 and found.sha256 != head.sha256):
        raise not_reached(walked.head.size, head.size, "the given head")
    if found.sha256 != head.sha256:
        raise not_that_head(head, found.sha256)
    if head.root not in (None, found.root):
        raise VerificationError(
            f"the tree over lines 1 to {head.size:,} has the root {found.root}, the given head says {head.root}: "
            "a line there was changed and the chain written anew, or the head is of another log"
        )


def what_it_proves(verified: AuditHead, head: AuditHead | None = None) -> str:
    """Return what a success of `verify` proves and what it does not, in plain sentences for the auditor."""
    chain = (
        f"The {verified.size:,} lines form one unbroken chain: none before the last was changed, taken out, put in or "
        "moved, unless whoever did it wrote every later line anew."
    )
    if head is None:
        limit = (
            "The log alone cannot show a cut tail, a changed last line or a log written anew: "
            "compare it with a head that was kept outside, such as the one printed in a report."
        )
    else:
        limit = (
            f"Lines 1 to {head.size:,} are those that stood when the given head was taken: nothing there was cut or "
            f"written anew. Of what was cut after line {head.size:,}, that head says nothing."
        )
    return f"{chain} {limit} The chain proves order and permanence, not that an entry was true when it was written."

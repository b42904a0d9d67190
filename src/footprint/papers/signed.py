"""Is a signed file what its name says? Its first and last bytes answer; what it shows is for a person to read."""

from __future__ import annotations

import hashlib
from typing import NamedTuple

from footprint.errors import InputError

MAX_SIGNED_BYTES = 25_000_000
"""A scan of a few pages is a few megabytes."""


class Kind(NamedTuple):
    """A kind of file that a signed paper can be."""

    name: str
    endings: tuple[str, ...]
    head: bytes
    tail: bytes
    within: int
    """How many bytes from its end the tail must begin."""


KINDS = (
    Kind("PDF", (".pdf",), b"%PDF-", b"%%EOF", 1024),
    Kind("PNG", (".png",), b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", b"IEND\xaeB`\x82", 8),
    Kind("JPEG", (".jpg", ".jpeg"), b"\xff\xd8\xff", b"\xff\xd9", 64),
)
"""ISO 32000-2 7.5.2 and 7.5.5 (readers look for the marker in the last 1,024 bytes); PNG 3rd ed. 5.2 and 11.2.4; ITU T.81 B.1."""


class SignedPaper(NamedTuple):
    """A signed file that is whole and of a kind that is taken."""

    kind: str
    ending: str
    sha256: str
    content: bytes


def recognise(content: bytes, *, ending: str, where: str) -> SignedPaper:
    """Return the signed paper that the bytes are.

    Raises InputError where they are no PDF, PNG or JPEG, where the file breaks off, or where its name says another kind.
    """
    kind = next((kind for kind in KINDS if content.startswith(kind.head)), None)
    if kind is None:
        raise InputError(where=where, expected="a PDF, PNG or JPEG file; its first bytes are of none of them")
    if ending.lower() not in kind.endings:
        raise InputError(
            where=where,
            expected=f"a file that is what its name says; by its bytes it is a {kind.name}",
            mend=f"let its name end in {kind.endings[0]}, if that is what was signed",
        )
    if kind.tail not in content[-kind.within :]:
        raise InputError(where=where, expected=f"a whole {kind.name} file; this one breaks off", mend="scan it again")
    return SignedPaper(kind.name, kind.endings[0], hashlib.sha256(content).hexdigest(), content)

"""A signed file is what its bytes say, whole, and named as it is."""

import hashlib

import pytest

from footprint.errors import InputError
from footprint.papers.signed import recognise

PDF = b"%PDF-1.7\n1 0 obj\nendobj\ntrailer\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + b"\x00" * 20 + b"\x00\x00\x00\x00IEND\xaeB`\x82"
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + b"\x01" * 40 + b"\xff\xd9"


@pytest.mark.parametrize(
    ("content", "ending", "kind"),
    [(PDF, ".pdf", "PDF"), (PDF, ".PDF", "PDF"), (PNG, ".png", "PNG"), (JPEG, ".jpg", "JPEG"), (JPEG, ".jpeg", "JPEG")],
)
def test_a_scan_is_taken(content: bytes, ending: str, kind: str) -> None:
    """A PDF, PNG or JPEG under its own name is taken, with its digest."""
    paper = recognise(content, ending=ending, where="scan")

    assert (paper.kind, paper.sha256) == (kind, hashlib.sha256(content).hexdigest())


@pytest.mark.parametrize(
    ("content", "ending"),
    [
        (b"", ".pdf"),
        (b"MZ\x90\x00", ".pdf"),
        (b"<html>", ".pdf"),
        (b"GIF89a", ".png"),
        (b" " + PDF, ".pdf"),
        (PDF, ".png"),
        (PNG, ".jpg"),
        (JPEG, ".pdf"),
        (JPEG, ""),
        (PDF[:-7], ".pdf"),
        (PNG[:-3], ".png"),
        (PNG + b"payload appended", ".png"),
        (JPEG[:-2], ".jpg"),
        (PDF + b"x" * 2000, ".pdf"),
    ],
)
def test_anything_else_is_refused(content: bytes, ending: str) -> None:
    """Another kind, another name, a file that breaks off or goes on after its end."""
    with pytest.raises(InputError):
        recognise(content, ending=ending, where="scan")

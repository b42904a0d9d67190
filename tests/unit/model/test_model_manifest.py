"""The manifest is chained: no entry can be changed, dropped, put in or moved without its showing."""

from __future__ import annotations

import hashlib
import json

import pytest
from model_samples import AT

from footprint.model.manifest import (
    ZEROS,
    Basis,
    CollectorVersion,
    EntryKind,
    Manifest,
    ManifestAbout,
    ManifestEntry,
    NotRecorded,
    chained,
)
from footprint.model.report import AuditHead

BASIS = Basis(
    case_id="CASE-1",
    authorisation_id="CONSENT-7",
    authorisation_sha256="a" * 64,
    policy_id="SMP-01",
    policy_version="4.0",
    policy_sha256="b" * 64,
    ruleset_sha256="c" * 64,
)
ABOUT = ManifestAbout(
    basis=BASIS,
    demonstration=True,
    run=1,
    state="done",
    opened_at=AT,
    closed_at=None,
    generated_at=AT,
    generated_by="officer-7",
    captures=(),
    custody=(),
    audit_head=AuditHead(size=3, sha256="d" * 64),
    not_recorded=(NotRecorded(field="pdq", reason="no image is kept"),),
)


def entry(name: str) -> ManifestEntry:
    """Return an entry that is not chained yet."""
    return ManifestEntry(
        number=1,
        kind=EntryKind.PAGE,
        evidence_id=name,
        basis=BASIS,
        requested_url="https://page.example/é",
        platform="website",
        planned="website.page",
        collector=CollectorVersion(name="website", version="1.0"),
        tool_version="footprint/0.1.0",
        captured_at_utc=AT,
        operator_id="officer-7",
    )


@pytest.fixture
def manifest() -> Manifest:
    """Three entries."""
    return chained(ABOUT, [entry("E0001"), entry("E0002"), entry("E0003")])


def test_each_entry_names_the_one_before(manifest: Manifest) -> None:
    """Numbers count from 1, the first follows from what holds for all, and the chain holds."""
    hashes = [made.entry_hash for made in manifest.entries]

    assert [made.number for made in manifest.entries] == [1, 2, 3]
    assert [made.prev_entry_hash for made in manifest.entries] == [ABOUT.digest(), *hashes[:-1]]
    assert len({*hashes, ZEROS}) == 4
    assert manifest.first_break() is None
    assert chained(ABOUT, []).first_break() is None


def test_the_hash_can_be_made_with_a_json_library_alone(manifest: Manifest) -> None:
    """SHA-256 over the entry without its own hash: sorted keys, no spaces, UTF-8."""
    fields = json.loads(manifest.entries[1].model_dump_json())
    expected = fields.pop("entry_hash")
    text = json.dumps(fields, sort_keys=True, separators=(",", ":"), ensure_ascii=False)

    assert hashlib.sha256(text.encode()).hexdigest() == expected


def moved(entries: tuple[ManifestEntry, ...]) -> tuple[ManifestEntry, ...]:
    return (entries[0], entries[2], entries[1])


@pytest.mark.parametrize(
    ("change", "found"),
    [
        (lambda entries: (entries[0], entries[1].but(status=404), entries[2]), 2),
        (lambda entries: (entries[0], entries[2]), 2),
        (lambda entries: entries[1:], 1),
        (moved, 2),
        (lambda entries: (*entries[:2], entries[1], entries[2]), 3),
        (lambda entries: (entries[0].but(entry_hash=ZEROS), *entries[1:]), 1),
        (lambda entries: (entries[0], entries[1].but(number=7), entries[2]), 2),
    ],
)
def test_a_change_is_found_where_it_was_made(manifest: Manifest, change, found: int) -> None:
    """Edited, dropped, moved, doubled: the first entry that does not hold is named."""
    assert manifest.but(entries=change(manifest.entries)).first_break() == found


def test_what_holds_for_all_cannot_be_changed(manifest: Manifest) -> None:
    """The first entry follows from the basis, the files and the custody: another basis, and it does not hold."""
    about = ABOUT.but(basis=BASIS.but(policy_version="4.1"))

    assert manifest.but(about=about).first_break() == 1


def test_it_reads_back_as_it_was_written(manifest: Manifest) -> None:
    """As JSON and back it is the same value."""
    assert Manifest.model_validate_json(manifest.model_dump_json()) == manifest


def holds(content: bytes) -> bool:
    """Check a manifest as docs/evidence.md does: with a JSON library and SHA-256 alone."""

    def sha256(value: object) -> str:
        text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()

    try:
        found = json.loads(content)
        before = sha256(found["about"])
        for number, made in enumerate(found["entries"], 1):
            expected = made.pop("entry_hash")
            if (made["number"], made["prev_entry_hash"], sha256(made)) != (number, before, expected):
                return False
            before = expected
    except (ValueError, KeyError):
        return False
    return set(found) == {"about", "entries"}


@pytest.mark.parametrize("bit", [0x01, 0x20], ids=["lowest", "case"])
def test_no_byte_can_be_changed(manifest: Manifest, bit: int) -> None:
    """Every byte, one at a time: each change shows."""
    content = json.dumps(manifest.model_dump(mode="json"), indent=1, ensure_ascii=False).encode()
    assert holds(content)

    missed = []
    for place in range(len(content)):
        changed = bytearray(content)
        changed[place] ^= bit
        if holds(bytes(changed)):
            missed.append(place)
    assert missed == []

"""Checkpoints and the whole inspection: what is signed, what is refused, and what a success says."""

from __future__ import annotations

import base64
import shutil
from collections.abc import Collection
from pathlib import Path

import pytest
from audit_samples import (
    ANSWERS,
    chained,
    event,
    events_of,
    holdings,
    holds,
    key_of,
    lines_of,
    rechained,
    sha,
    signed_log,
    write,
)

from footprint.audit.checkpoint import Checkpoint, checkpoint, head_of, read_note, signed_sizes
from footprint.audit.inspection import Outside, inspect, what_holds
from footprint.audit.key import PUBLIC, VERIFIER, SigningKey
from footprint.audit.line import LoggedEvent
from footprint.audit.log import AuditLog
from footprint.audit.note import sign_note
from footprint.audit.tree import EMPTY, Tree, leaf_hash
from footprint.audit.verify import verify
from footprint.audit.walk import PLAIN_LINE, Walk, walk
from footprint.errors import VerificationError
from footprint.model.event import Action, AuditEvent
from footprint.model.report import AuditHead

OTHER = SigningKey.from_seed(bytes(32))


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return signed_log(tmp_path)


def sizes(log: Path) -> tuple[int, int]:
    first, last = signed_sizes(log)
    return first, last


def told(log: Path, outside: Outside = Outside()) -> str:  # noqa: B008
    return "\n".join(what_holds(inspect(log, holdings(), outside), outside))


def test_checkpoint_is_of_all_lines(log: Path) -> None:
    """Its size is the number of lines, its root that of the tree over them, its name that of the key."""
    made = checkpoint(log, key_of(log))
    root = Tree([leaf_hash(line) for line in lines_of(log)]).root().hex()

    assert made == Checkpoint(key_of(log).public.origin, len(lines_of(log)), root)
    assert head_of(log, key_of(log)) == AuditHead(
        size=made.size, sha256=verify(log).sha256, root=root, origin=made.origin
    )


def test_empty_log_can_be_signed(tmp_path: Path) -> None:
    """A head of no lines is a head."""
    log = tmp_path / "audit.jsonl"
    log.touch()

    assert checkpoint(log, key_of(log)) == Checkpoint(key_of(log).public.origin, 0, EMPTY.hex())
    assert checkpoint(log, key_of(log)).size == 0


def test_same_head_is_signed_to_the_same_bytes(log: Path) -> None:
    """Signing twice changes nothing."""
    before = {path.name: path.read_bytes() for path in log.with_name("checkpoints").iterdir()}
    checkpoint(log, key_of(log))

    assert {path.name: path.read_bytes() for path in log.with_name("checkpoints").iterdir()} == before


def test_head_that_another_process_signs_meanwhile_is_no_fault(log: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Between the walk and the check of what was signed before, a longer log may be signed."""
    from footprint.audit import checkpoint as module

    def overtaken(path: Path, marks: Collection[int]) -> Walk:
        found = walk(path, marks)
        monkeypatch.setattr(module, "walk", walk)
        AuditLog(path).append(event())
        checkpoint(path, key_of(path))
        return found

    monkeypatch.setattr(module, "walk", overtaken)

    assert checkpoint(log, key_of(log)).size == len(lines_of(log)) - 1
    holds(log)


def test_log_that_lost_what_was_signed_is_not_signed_again(log: Path) -> None:
    """A key never signs two histories: tlog-checkpoint forbids it."""
    write(log, rechained([*lines_of(log)[:2], *lines_of(log)[3:], lines_of(log)[2]]))
    with pytest.raises(VerificationError, match="the chain written anew"):
        checkpoint(log, key_of(log))


def test_checkpoint_without_its_ssh_half_still_counts(log: Path) -> None:
    """A crash may come between the two files; the note is whole by itself."""
    log.with_name("checkpoints").joinpath(f"{sizes(log)[1]}.note.sig").unlink()

    assert holds(log) is None


@pytest.mark.parametrize("name", ["x.note", "007.note", "\N{SUPERSCRIPT TWO}.note"])
def test_stray_note_is_refused(name: str, log: Path) -> None:
    """A note that is not named by a size was not put there by footprint."""
    log.with_name("checkpoints").joinpath(name).touch()
    with pytest.raises(VerificationError, match="not named by the size"):
        holds(log)


def test_note_of_another_size_is_refused(log: Path) -> None:
    """A genuine checkpoint under another's name is not taken for it."""
    first, last = (log.with_name("checkpoints") / f"{size}.note" for size in sizes(log))
    last.write_bytes(first.read_bytes())
    with pytest.raises(VerificationError, match=rf"^checkpoint {sizes(log)[1]}: it is of size"):
        holds(log)


def test_note_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    """A folder in the place of a note, or none, is a failure and no crash."""
    with pytest.raises(VerificationError, match=r"^1.note cannot be read"):
        read_note(tmp_path / "1.note")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a\n1\n",
        "a\nx\nAAAA\n",
        "a\n1\n!\n",
        "a\n01\n%s\n",
        "a\n-1\n%s\n",
        "a\n1\nAAAA\n",
        "a\n1\n%s\nmore\n",
        "a\n1\n%s",
    ],
)
def test_text_that_is_no_checkpoint_is_refused(text: str) -> None:
    """Three lines, a size in plain decimal, a root of 32 bytes."""
    with pytest.raises(VerificationError, match="not a checkpoint"):
        Checkpoint.parse(text.replace("%s", base64.b64encode(EMPTY).decode()))


def test_checkpoint_of_another_log_is_refused(log: Path) -> None:
    """A note signed by the key under another name is of another log."""
    note = sign_note(Checkpoint("example.org/log", 1, EMPTY.hex()).text, key_of(log))
    with pytest.raises(VerificationError, match=r"^the given checkpoint: .* of the log example.org/log"):
        holds(log, Outside(checkpoint=note))


def test_checkpoint_needs_a_key_to_be_checked_with(tmp_path: Path) -> None:
    """Nothing is believed of a note for which there is no key."""
    log = tmp_path / "audit.jsonl"
    write(log, chained([event()]))
    with pytest.raises(VerificationError, match="could not be read"):
        holds(log, Outside(checkpoint=b"note"))


def test_log_that_does_not_reach_the_given_checkpoint_was_cut(log: Path) -> None:
    """A held checkpoint over more lines than there are shows the cut."""
    first, last = sizes(log)
    held = log.with_name("checkpoints").joinpath(f"{last}.note").read_bytes()
    write(log, lines_of(log)[:first])
    for ending in (".note", ".note.sig"):
        log.with_name("checkpoints").joinpath(f"{last}{ending}").unlink()
    holds(log)
    with pytest.raises(VerificationError, match="the given checkpoint is of line"):
        holds(log, Outside(checkpoint=held))


def test_given_root_must_be_in_the_tree(log: Path) -> None:
    """A head with a root, as a report prints it, is held against the tree as well."""
    head = inspect(log, holdings()).head
    holds(log, Outside(head=head))
    with pytest.raises(VerificationError, match="the given head says 0000"):
        holds(log, Outside(head=head.but(root="0" * 64)))


def test_given_key_must_be_the_logs(log: Path) -> None:
    """A log that was signed anew with another key shows against the key that was given."""
    holds(log, Outside(key=key_of(log).public))
    with pytest.raises(VerificationError, match="is not the one that was given"):
        holds(log, Outside(key=OTHER.public))


def test_log_whose_key_was_given_must_be_signed(log: Path) -> None:
    """Who was given a key expects signed heads: that all of them were taken away shows."""
    shutil.rmtree(log.with_name("checkpoints"))
    holds(log)
    with pytest.raises(VerificationError, match="no signed head"):
        holds(log, Outside(key=key_of(log).public))


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        (PUBLIC, b" \n", "OpenSSH's form"),
        (PUBLIC, None, "not as footprint writes it"),
        (VERIFIER, b"x", "not the same key"),
    ],
)
def test_changed_public_half_is_named(name: str, content: bytes | None, told: str, log: Path) -> None:
    """The two forms of the public key must agree."""
    log.with_name(name).write_bytes(content or log.with_name(name).read_bytes().replace(b"-audit", b"-other"))
    with pytest.raises(VerificationError, match=told):
        holds(log)


def test_verifier_key_may_be_missing(log: Path) -> None:
    """It is there for other tools only."""
    log.with_name(VERIFIER).unlink()

    assert holds(log) is None


def test_log_without_signed_heads_says_so(tmp_path: Path) -> None:
    """What nobody signed is not proven against a rewrite."""
    log = tmp_path / "audit.jsonl"
    write(log, chained(events_of("CASE-1")))

    assert "No head of it is signed" in told(log)
    assert "Signed heads" not in told(log)


def test_success_says_what_it_proves_and_what_not(log: Path) -> None:
    """Signed lines and lines after them, kept things, the key's origin, and the limit of what is held."""
    first, last = sizes(log)
    AuditLog(log).append(event())
    held = log.with_name("checkpoints").joinpath(f"{first}.note").read_bytes()
    alone = told(log)
    against = told(log, Outside(checkpoint=held, key=key_of(log).public))
    headed = told(log, Outside(head=AuditHead(size=last, sha256=sha(lines_of(log)[last - 1]))))

    assert f"over lines 1 to {last:,}" in alone
    assert f"Lines after {last:,}: 1, not yet signed" in alone
    assert "taken from beside the log" in alone
    assert "taken from beside the log" not in against
    assert f"Lines 1 to {first:,} are those" in against
    assert f"Lines 1 to {last:,} are those" in headed
    assert "Reports that are the ones issued: 2" in alone
    assert "Answers kept that are the ones received: 3" in alone
    assert "not that an entry was true" in alone
    assert "Time stamps" not in alone


def test_erased_case_is_counted_as_gone(log: Path) -> None:
    """After an erasure the files may be gone, and the log says that they were erased; without it they may not."""
    kept = holdings(
        document=lambda case, name: None if case == "CASE-1" else holdings().document(case, name),
        answers=lambda case: None if case == "CASE-1" else ANSWERS[case],
    )
    with pytest.raises(VerificationError, match="of CASE-1 is missing"):
        inspect(log, kept)
    lines = lines_of(log)
    erased = following(lines, event(Action.CASE_DONE, "CASE-1")).replace(b"case.done", b"case.erased")
    write(log, [*lines, erased, following([*lines, erased], event())])
    found = inspect(log, kept)

    assert (found.reports.hold, found.reports.gone) == (1, 1)
    assert (found.answers.hold, found.answers.gone) == (1, 2)


def test_answers_that_are_gone_without_an_erasure_are_named(log: Path) -> None:
    """Where the reports are there and a case's answers are not, the first of them is named by its line."""
    kept = holdings(answers=lambda case: None if case == "CASE-2" else ANSWERS[case])
    with pytest.raises(VerificationError, match="E0001 of CASE-2 is not the answer that was received"):
        inspect(log, kept)


def following(lines: list[bytes], happened: AuditEvent) -> bytes:
    return LoggedEvent(seq=len(lines) + 1, prev=sha(lines[-1]), event=happened).line()


def test_answer_that_is_not_kept_any_more_is_named(log: Path) -> None:
    """An answer that the log speaks of and the case lacks is a failure."""
    kept = holdings(answers=lambda case: {})
    with pytest.raises(VerificationError, match=r"^line 2 of the audit log: E0001 of CASE-1 is not the answer"):
        inspect(log, kept)


def test_lines_as_the_log_writes_them_take_the_quick_way(log: Path) -> None:
    """The expression for plain lines knows every field of an event; a new field must not make verifying slow."""
    assert len(PLAIN_LINE.findall(log.read_bytes())) == len(lines_of(log))

"""Key, signed note and SSH signature: the forms of others, and what is refused."""

from __future__ import annotations

import base64
import os
import secrets
import stat
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from audit_samples import key_of, signed_log, token
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from footprint.audit.key import KEY, PUBLIC, VERIFIER, PublicKey, SigningKey, check_key, public_key, signing_key
from footprint.audit.note import MAX_NOTE_BYTES, open_note, sign_note
from footprint.audit.sshsig import NAMESPACE, check_for_ssh, sign_for_ssh
from footprint.errors import StoreError, VerificationError

MADE = SigningKey.from_seed(bytes(range(32)))
OTHER = SigningKey.from_seed(bytes(32))
TEXT = "a name\n3\nmore\n"
NOTE = sign_note(TEXT, MADE)


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return tmp_path / "audit.jsonl"


def test_key_is_made_once_and_only_its_owner_can_read_it(log: Path) -> None:
    """The first use makes it from 32 random bytes; later uses read it."""
    first, second = signing_key(log, secrets.token_hex), signing_key(log, secrets.token_hex)

    assert first.public == second.public == public_key(log)
    assert stat.S_IMODE(log.with_name(KEY).stat().st_mode) == 0o600
    assert log.with_name(VERIFIER).read_text("utf-8") == f"{first.public.verifier}\n"
    assert {path.name for path in log.parent.iterdir()} == {KEY, PUBLIC, VERIFIER}


def test_demonstrations_key_is_always_the_same(log: Path, tmp_path: Path) -> None:
    """The same token makes the same key file, so a demonstration gives the same bytes."""
    signing_key(log, token)
    (tmp_path / "again").mkdir()
    signing_key(tmp_path / "again" / "audit.jsonl", token)

    assert (tmp_path / "again" / KEY).read_bytes() == log.with_name(KEY).read_bytes()


def test_public_half_that_a_crash_left_unwritten_is_written(log: Path) -> None:
    """The public key follows from the private one."""
    made = signing_key(log, token)
    log.with_name(PUBLIC).unlink()
    log.with_name(VERIFIER).unlink()
    signing_key(log, secrets.token_hex)

    assert public_key(log) == made.public


def test_lost_key_is_not_replaced_in_silence(log: Path) -> None:
    """A log that was signed is not signed on with a new key."""
    signing_key(log, token)
    log.with_name(KEY).unlink()
    with pytest.raises(StoreError, match="bring it back from a backup"):
        signing_key(log, token)


def test_of_two_keys_made_at_once_one_counts(log: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another process that was first between the look and the making has made the log's key."""
    link = os.link

    def second(source: Path, target: Path) -> None:
        log.with_name(KEY).write_bytes(OTHER.pem())
        link(source, target)

    monkeypatch.setattr(os, "link", second)

    assert signing_key(log, token).public == OTHER.public
    assert not list(log.parent.glob(".audit.key*"))


def test_key_that_cannot_be_made_is_a_store_error(log: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file system that refuses says so; nothing half-made stays."""

    def refuse(source: Path, target: Path) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    with pytest.raises(StoreError, match="could not be made: Operation not permitted"):
        signing_key(log, token)
    assert not list(log.parent.iterdir())


@pytest.mark.parametrize("content", [b"", b"no key", generate_private_key(SECP256R1()).private_bytes(
    Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()
)], ids=["empty", "text", "of another kind"])  # fmt: skip
def test_damaged_key_is_said_to_be_one(content: bytes, log: Path) -> None:
    """What is no Ed25519 key in PEM form is not signed with."""
    log.with_name(KEY).write_bytes(content)
    with pytest.raises(StoreError, match="bring it back from a backup"):
        signing_key(log, token)


def test_public_key_is_read_as_ssh_keygen_writes_it(tmp_path: Path) -> None:
    """A key made by ssh-keygen, with any comment, is taken."""
    subprocess.run(
        ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "some one", "-f", str(tmp_path / "k")], check=True
    )
    content = (tmp_path / "k.pub").read_bytes()

    assert PublicKey.parse(content).line.split()[1] == content.split()[1]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"ssh-ed25519",
        b"ssh-ed25519 !!!",
        b"ssh-ed25519 " + base64.b64encode(b"short"),
        b"ssh-rsa " + MADE.public.line.split()[1],
        MADE.public.line.replace(b"AAAAC3", b"AAAAC4"),
    ],
)
def test_what_is_no_public_key_is_refused(content: bytes) -> None:
    """Only Ed25519 in OpenSSH's form is a key of ours."""
    with pytest.raises(VerificationError, match="OpenSSH's form"):
        PublicKey.parse(content)


def test_missing_public_key_proves_nothing(log: Path) -> None:
    """Without it no signature can be checked."""
    with pytest.raises(VerificationError, match="could not be read: No such file"):
        public_key(log)


def test_note_has_the_form_of_the_specification() -> None:
    """Key id and verifier key are made as c2sp.org/signed-note says; the note ends in one signature line."""
    text, _, line = NOTE.decode().rpartition("\n\n")
    dash, name, encoded = line.removesuffix("\n").split(" ")
    signature = base64.b64decode(encoded)

    assert f"{text}\n" == TEXT
    assert (dash, name) == ("\N{EM DASH}", MADE.public.origin)
    assert signature[:4] == MADE.public.note_id
    assert len(signature) == 68
    assert MADE.public.verifier.split("+", 2)[1] == MADE.public.note_id.hex()
    assert open_note(NOTE, MADE.public) == TEXT


def test_specifications_own_example_is_read() -> None:
    """The text of a note may hold empty lines: the last one divides it from the signatures."""
    text = "first line\n\nafter an empty one\n"

    assert open_note(sign_note(text, MADE), MADE.public) == text


def test_signatures_of_others_are_passed_over() -> None:
    """A witness may add its own line; a line of an unknown key alone is not enough."""
    witnessed = NOTE + sign_note(TEXT, OTHER).rpartition(b"\n\n")[2]

    assert open_note(witnessed, MADE.public) == open_note(witnessed, OTHER.public) == TEXT
    with pytest.raises(VerificationError, match="bears no signature"):
        open_note(NOTE, OTHER.public)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"no note\n",
        NOTE[:-1],
        NOTE.replace(b"3\n", b"4\n"),
        NOTE.replace(b"3\n", b"3\r\n"),
        NOTE.replace(b"a name", b"a n\xffme"),
        NOTE.replace(b"\n\n", b"\n\n\xe2\x80\x94 short AAAA\n"),
        NOTE.replace(b"\n\n", b"\n\nno line\n"),
        NOTE.replace("\N{EM DASH}".encode(), b"--"),
        b"x" * MAX_NOTE_BYTES + NOTE,
        NOTE + NOTE.rpartition(b"\n\n")[2].replace(b"A", b"B", 1),
    ],
)
def test_changed_note_is_refused(content: bytes) -> None:
    """A text, a form or a signature that was changed, and a note beyond any size."""
    with pytest.raises(VerificationError):
        open_note(content, MADE.public)


def test_ssh_keygen_verifies_the_signature(tmp_path: Path) -> None:
    """`ssh-keygen -Y verify` says that it is good, and not in another name space."""
    (tmp_path / "signature").write_bytes(sign_for_ssh(NOTE, MADE))
    (tmp_path / "signers").write_bytes(b"footprint " + MADE.public.line)
    command = ["ssh-keygen", "-Y", "verify", "-f", "signers", "-I", "footprint", "-s", "signature", "-n"]
    good = subprocess.run([*command, NAMESPACE], cwd=tmp_path, input=NOTE, capture_output=True, check=False)
    wrong = subprocess.run([*command, "file"], cwd=tmp_path, input=NOTE, capture_output=True, check=False)

    assert good.stdout.startswith(b'Good "footprint-checkpoint" signature')
    assert wrong.returncode != 0


@pytest.mark.parametrize(
    ("content", "message", "key"),
    [
        (sign_for_ssh(NOTE, MADE), NOTE + b"x", MADE),
        (sign_for_ssh(NOTE, MADE), NOTE, OTHER),
        (sign_for_ssh(NOTE, MADE) + b"\n", NOTE, MADE),
        (b"-----BEGIN SSH SIGNATURE-----\nA\n-----END SSH SIGNATURE-----\n", NOTE, MADE),
        (b"", NOTE, MADE),
    ],
)
def test_changed_ssh_signature_is_refused(content: bytes, message: bytes, key: SigningKey) -> None:
    """Another message, another key, or another byte anywhere in the file."""
    check_for_ssh(sign_for_ssh(message, key), message, key.public)
    with pytest.raises(VerificationError, match="SSH signature does not hold"):
        check_for_ssh(content, message, key.public)


def test_key_is_checked_without_making_one(tmp_path: Path) -> None:
    """A log without a key has none yet; one that was signed has its own, whose public half is given."""
    log = tmp_path / "audit.jsonl"

    assert check_key(log) is None
    assert not (tmp_path / KEY).exists()
    assert check_key(signed_log(tmp_path)) == key_of(log).public


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda log: log.with_name(KEY).unlink(), "is gone"),
        (lambda log: log.with_name(KEY).chmod(0o640), "others can read"),
        (lambda log: log.with_name(KEY).write_bytes(b"no key"), "cannot be read"),
        (lambda log: log.with_name(PUBLIC).unlink(), "could not be read"),
        (
            lambda log: log.with_name(PUBLIC).write_bytes(SigningKey.from_seed(bytes(32)).public.line),
            "is not the public",
        ),
    ],
)
def test_key_that_is_not_as_it_should_be_is_named(tmp_path: Path, change: Callable[[Path], None], told: str) -> None:
    """Gone, open to others, damaged, or with another public half."""
    log = signed_log(tmp_path)
    change(log)
    with pytest.raises((StoreError, VerificationError), match=told):
        check_key(log)

"""`footprint consent`: papers, receipts, records, and the events of a consent."""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import stat
import subprocess
import sys
from importlib.resources import files
from pathlib import Path

import pytest

from footprint.cli import consent_record

PDF = b"%PDF-1.7\n1 0 obj\nendobj\n%%EOF\n"
TIMES = (
    "--delivered", "2026-11-09T10:05:00Z", "--acknowledged", "2026-11-10T18:42:00Z", "--answered", "2026-11-10T18:44:00Z",
)  # fmt: skip


@pytest.fixture
def place(tmp_path: Path, call) -> Path:
    call("init", tmp_path / "w")
    return tmp_path / "w"


@pytest.fixture
def consent(place: Path) -> Path:
    return place / "example-consent.toml"


@pytest.fixture
def notice(place: Path) -> Path:
    path = place / "notice.html"
    path.write_text("<p>The notice.</p>", encoding="utf-8")
    return path


@pytest.fixture
def recorded(place: Path, notice: Path, call) -> Path:
    """A consent that was recorded from the example profile."""
    said = call(*recording(place, notice), *TIMES)
    assert said.code == 0, said
    return next((place / "consents").glob("*.toml"))


def recording(place: Path, notice: Path, *more: object) -> tuple[object, ...]:
    like = place / "example-consent.toml"
    profile = place / "example-profile.toml"
    return ("consent", "record", profile, "--notice", notice, "--like", like, "--workspace", place, *more)


def logged(place: Path, call) -> list[dict]:
    return [line["event"] for line in json.loads(call("audit", "show", "--workspace", place, "--json").out)]


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_the_notice_is_compared_with_the_consent(recorded: Path, notice: Path, call) -> None:
    """The very bytes match; another file ends with 2, for `check` as for `show`."""
    for command in ("check", "show"):
        assert call("consent", command, recorded, "--notice", notice).code == 0
    notice.write_text("<p>Another notice.</p>", encoding="utf-8")
    for command in ("check", "show"):
        said = call("consent", command, recorded, "--notice", notice)

        assert said.code == 2
        assert "notice.sha256" in said.err


def test_check_without_a_notice_says_that_it_did_not_compare(recorded: Path, call) -> None:
    """What was not checked is said."""
    assert "Not compared" in call("consent", "check", recorded).out


@pytest.mark.parametrize("change", ["withdraw", "future", "expired"])
def test_check_ends_with_2_where_nothing_may_be_read(change: str, place: Path, recorded: Path, call) -> None:
    """A consent that is withdrawn, of the future or over is not valid now."""
    text = recorded.read_text(encoding="utf-8")
    if change == "withdraw":
        call("consent", "withdraw", recorded, "--method", "e-mail", "--workspace", place)
    elif change == "future":
        recorded.write_text(text.replace("at = 2026-11-10T18:44:00Z", "at = 2027-01-01T00:00:00Z"), encoding="utf-8")
    else:
        recorded.write_text(text.replace("expires = 2027-", "expires = 2025-"), encoding="utf-8")

    assert call("consent", "check", recorded).code == 2


def test_a_receipt_can_be_checked_with_sha256sum(place: Path, recorded: Path, tmp_path: Path, call) -> None:
    """The digest in the receipt is that of the file; after a withdrawal the file still begins with the same bytes."""
    out = tmp_path / "r.html"
    call("consent", "receipt", recorded, "--out", out)
    receipt = out.read_text(encoding="utf-8")
    before, size = digest(recorded), recorded.stat().st_size
    assert before in receipt
    assert f"head -c {size} " in receipt

    call("consent", "withdraw", recorded, "--method", "e-mail", "--workspace", place)
    begins = subprocess.run(["head", "-c", str(size), recorded], check=True, capture_output=True).stdout

    assert digest(recorded) != before
    assert hashlib.sha256(begins).hexdigest() == before


@pytest.mark.parametrize("form", ["dpv", "kantara"])
def test_a_receipt_for_other_systems_is_json(form: str, recorded: Path, call) -> None:
    """Without a file it goes to standard output."""
    said = call("consent", "receipt", recorded, "--format", form)

    assert said.code == 0, said
    assert json.loads(said.out)


def test_no_kantara_receipt_of_a_withdrawn_consent(place: Path, recorded: Path, call) -> None:
    """That format cannot say that a consent was withdrawn."""
    call("consent", "withdraw", recorded, "--method", "e-mail", "--workspace", place)

    assert call("consent", "receipt", recorded, "--format", "kantara").code == 2
    assert call("consent", "receipt", recorded, "--format", "dpv").code == 0


def test_a_withdrawal_says_what_happens_to_what_was_read(place: Path, consent: Path, call) -> None:
    """The consequence and its steps are shown, and logged by its rule."""
    said = call("consent", "withdraw", consent, "--method", "e-mail", "--workspace", place)

    assert "UK-21-objection" in said.out
    assert "  1. Read nothing more" in said.out
    assert "consent form uk-police withdrawal" in said.out
    event = logged(place, call)[-1]
    assert event["rules"] == ["UK-21-objection"]
    assert "e-mail" not in json.dumps(event)


def test_a_consent_is_recorded_with_its_signed_paper(place: Path, notice: Path, tmp_path: Path, call) -> None:
    """The file reads back, holds the digests, and the copy can be read by its owner alone."""
    scan = tmp_path / "scan.pdf"
    scan.write_bytes(PDF)
    said = call(*recording(place, notice, "--signed", scan, "--witness", "W-3"), *TIMES)
    assert said.code == 0, said
    (made,) = (place / "consents").glob("*.toml")
    (copy,) = (place / "consents").glob("*/*.pdf.locked")
    shown = json.loads(call("consent", "show", made, "--json").out)

    assert shown["state"] == "ConsentGiven"
    assert shown["notice"]["sha256"] == digest(notice)
    assert digest(scan) in shown["events"][-1]["method"]
    assert b"PDF" not in copy.read_bytes()
    assert stat.S_IMODE(copy.stat().st_mode) == stat.S_IMODE(made.stat().st_mode) == 0o600
    assert stat.S_IMODE(copy.parent.stat().st_mode) == 0o700
    assert "kept encrypted" in said.out
    assert call("consent", "signed", made, "--out", tmp_path / "out", "--workspace", place).code == 0
    assert [path.read_bytes() for path in (tmp_path / "out").iterdir()] == [PDF]
    event = next(event for event in logged(place, call) if event["action"] == "consent.changed")
    assert (event["action"], event["digests"]["signed"]) == ("consent.changed", digest(scan))
    assert "Mara" not in json.dumps(event)


def test_a_recorded_consent_allows_a_plan(place: Path, recorded: Path, call) -> None:
    """What was recorded is enough for a run."""
    # Each command of these tests begins at the same time, so the log of the first would lie in the future of the second.
    (place / "audit.jsonl").write_bytes(b"")
    said = call("plan", place / "example-profile.toml", "--consent", recorded, "--workspace", place)

    assert said.code == 0, said


def test_a_declaration_can_be_recorded(place: Path, notice: Path, call) -> None:
    """A flag takes its five parts."""
    said = call(
        *recording(place, notice), *TIMES,
        "--declaration", "works-council", "It was heard.", "Head of HR", "2026-10-01T09:00:00Z", "WC-7",
    )  # fmt: skip
    assert said.code == 0, said
    (made,) = (place / "consents").glob("*.toml")

    assert json.loads(call("consent", "show", made, "--json").out)["declarations"][0]["reference"] == "WC-7"


def test_only_ticked_places_are_recorded(place: Path, notice: Path, call) -> None:
    """Places can be named one by one."""
    key = "website:https://maraquill.example/"
    call(*recording(place, notice, "--identifier", key), *TIMES)
    (made,) = (place / "consents").glob("*.toml")

    assert json.loads(call("consent", "show", made, "--json").out)["scope"]["identifiers"] == [key]


def test_a_signed_file_that_is_something_else_is_refused(place: Path, notice: Path, tmp_path: Path, call) -> None:
    """Nothing is written for a program that is called .pdf."""
    scan = tmp_path / "scan.pdf"
    scan.write_bytes(b"MZ\x90\x00")

    assert call(*recording(place, notice, "--signed", scan), *TIMES).code == 2
    assert not (place / "consents").exists()


def test_an_answer_that_is_missing_is_asked_for_by_its_flag(place: Path, notice: Path, call) -> None:
    """Away from a terminal nobody is asked, and the flag is named."""
    said = call(*recording(place, notice))

    assert said.code == 2
    assert "--delivered" in said.err


def test_a_record_is_never_written_over(place: Path, recorded: Path, notice: Path, call) -> None:
    """A second record under the same id is refused."""
    before = recorded.read_bytes()

    assert call(*recording(place, notice), *TIMES).code == 2
    assert recorded.read_bytes() == before


def test_at_a_terminal_what_no_flag_answers_is_asked(
    place: Path, notice: Path, call, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each question offers what is known; places are confirmed one by one, and none is ticked beforehand."""
    asked: list[str] = []
    ticks = iter([True, *[False] * 9])

    class Terminal:
        @staticmethod
        def isatty() -> bool:
            return True

    def prompt(text: str, *, default: str | None, err: bool) -> str:
        asked.append(text)
        assert err
        return "2026-11-10T18:44:00Z" if default is None else default

    def confirm(text: str, *, default: bool, err: bool) -> bool:
        assert (default, err) == (False, True)
        return next(ticks)

    monkeypatch.setattr(consent_record.sys, "stdin", Terminal())
    monkeypatch.setattr(consent_record.click, "prompt", prompt)
    monkeypatch.setattr(consent_record.click, "confirm", confirm)
    said = call(*recording(place, notice, "--retention", "6 months"))
    assert said.code == 0, said
    (made,) = (place / "consents").glob("*.toml")
    shown = json.loads(call("consent", "show", made, "--json").out)

    assert "Role pack" in asked
    assert not any("How long" in text for text in asked)
    assert len(shown["scope"]["identifiers"]) == 1
    assert shown["particulars"]["retention"] == "6 months"


def test_a_withdrawn_consent_can_be_renewed_by_the_candidate(place: Path, consent: Path, tmp_path: Path, call) -> None:
    """The renewal is one more event; what stood before is untouched, and no limit moves."""
    call("consent", "withdraw", consent, "--method", "e-mail", "--workspace", place)
    before = consent.read_bytes()
    scan = tmp_path / "scan.pdf"
    scan.write_bytes(PDF)
    said = call("consent", "renew", consent, "--method", "signed paper", "--signed", scan, "--workspace", place)
    shown = json.loads(call("consent", "show", consent, "--json").out)

    assert said.code == 0, said
    assert consent.read_bytes().startswith(before)
    assert shown["state"] == "RenewedConsentGiven"
    assert digest(scan) in shown["events"][-1]["method"]
    assert logged(place, call)[-1]["ids"]["state"] == "RenewedConsentGiven"


def test_a_renewal_needs_no_paper(place: Path, consent: Path, call) -> None:
    """A spoken or written yes is noted by its method alone."""
    assert call("consent", "renew", consent, "--method", "e-mail", "--workspace", place).code == 0


def test_a_json_consent_can_be_withdrawn(place: Path, consent: Path, call) -> None:
    """A JSON file gets one more event; a receipt of it promises nothing about its first bytes."""
    shown = json.loads(call("consent", "show", consent, "--json").out)
    shown.pop("state")
    path = place / "consent.json"
    path.write_text(json.dumps(shown), encoding="utf-8")

    assert call("consent", "withdraw", path, "--method", "e-mail", "--workspace", place).code == 0
    assert "head -c" not in call("consent", "receipt", path).out


def test_a_consent_whose_time_is_over_is_not_renewed(place: Path, consent: Path, call) -> None:
    """A renewal moves no date, so a new record is asked for."""
    text = consent.read_text(encoding="utf-8")
    consent.write_text(text.replace("expires = 2027-02-09", "expires = 2026-11-19"), encoding="utf-8")
    said = call("consent", "renew", consent, "--method", "e-mail", "--workspace", place)

    assert said.code == 2
    assert "consent record" in said.err


def test_a_refusal_is_an_event(place: Path, consent: Path, call) -> None:
    """A no to a request is recorded; a consent that was given is withdrawn instead."""
    assert call("consent", "refuse", consent, "--method", "e-mail", "--workspace", place).code == 2
    head, *events = consent.read_text(encoding="utf-8").split("[[events]]")
    consent.write_text("[[events]]".join([head, events[0]]), encoding="utf-8")
    said = call("consent", "refuse", consent, "--method", "e-mail", "--workspace", place)

    assert said.code == 0, said
    assert "must not count" in said.out
    assert json.loads(call("consent", "show", consent, "--json").out)["state"] == "ConsentRefused"


def test_a_folder_that_is_not_there_is_explained(place: Path, tmp_path: Path, call) -> None:
    """A consent in no folder cannot be changed."""
    said = call("consent", "withdraw", tmp_path / "no" / "c.toml", "--method", "e-mail", "--workspace", place)

    assert said.code == 2


def test_a_demo_notice_matches_the_demo_consent(consent: Path, tmp_path: Path, call) -> None:
    """The notice that ships with the demonstration is the one that its consent names."""
    path = tmp_path / "notice.txt"
    path.write_bytes(files("footprint.demo").joinpath("notice.txt").read_bytes())

    assert call("consent", "check", consent, "--notice", path).code == 0


@pytest.mark.parametrize("answer", ["--id=../../x", "--method=a\x07b", "--method=\udcff", "--officer=two\nlines"])
def test_an_answer_that_no_record_can_hold_is_bad_input(answer: str, place: Path, notice: Path, call) -> None:
    """Nothing is written for an id with a path in it, or for control characters."""
    assert call(*recording(place, notice, answer), *TIMES).code == 2
    assert not (place / "consents").exists()


@pytest.mark.parametrize("command", ["renew", "withdraw"])
def test_a_change_waits_while_another_is_made(command: str, place: Path, consent: Path) -> None:
    """Of two changes at once neither is lost: the second begins when the first has ended."""
    handle = os.open(consent.parent, os.O_RDONLY)
    fcntl.flock(handle, fcntl.LOCK_EX)
    words = ("consent", command, consent, "--method", "e-mail", "--workspace", place)
    waiting = subprocess.Popen([sys.executable, "-m", "footprint", *words], stdout=subprocess.DEVNULL)
    before = consent.read_bytes()
    with pytest.raises(subprocess.TimeoutExpired):
        waiting.wait(timeout=4)
    assert consent.read_bytes() == before
    os.close(handle)

    assert waiting.wait(timeout=60) == 0
    assert consent.read_bytes().startswith(before)
    assert consent.read_bytes() != before

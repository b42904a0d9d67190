"""The evidence of a case, and the visits of a subject over all of them."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine

from footprint.errors import StoreError
from footprint.model.evidence import Evidence, Unknown, UnknownReason
from footprint.store.cases import CaseRecord, Cases
from footprint.store.database import connect
from footprint.store.evidence import EvidenceStore

AT = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
SITE, WIKI = "website:https://ada.example/", "mediawiki:Ada@wiki.example"
PAGE = "https://ada.example/"
PROCESSES = multiprocessing.get_context("fork")


def evidence(number: int = 1, **fields: object) -> Evidence:
    return Evidence.model_validate(
        {
            "id": f"E{number:04d}",
            "source": "website",
            "planned": "website.page",
            "url": PAGE,
            "status": 200,
            "content_type": "text/html",
            "captured_at": AT,
            "sha256": "d" * 64,
            "bytes": 4211,
            "warc": "C-1.warc.gz",
            "offset": 512,
            "record_id": "<urn:uuid:00000000-0000-5000-8000-000000000001>",
            **fields,
        }
    )


def unknown(**fields: object) -> Unknown:
    return Unknown.model_validate(
        {
            "source": "website",
            "planned": "website.page",
            "url": PAGE,
            "reason": UnknownReason.TIMEOUT,
            "detail": "20 s",
            "at": AT,
            **fields,
        }
    )


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "footprint.db"
    engine = connect(made)
    for run, case_id in enumerate(("C-1", "C-2"), start=1):
        Cases(engine).open(
            CaseRecord(
                id=case_id,
                authorisation="CONSENT-7",
                candidate="CAND-1",
                profile_sha256="a" * 64,
                run=run,
                salt="c" * 64,
                opened_at=AT,
            ),
            at_most=9,
        )
    engine.dispose()
    return made


@pytest.fixture
def engine(path: Path) -> Iterator[Engine]:
    made = connect(path)
    yield made
    made.dispose()


@pytest.fixture
def store(engine: Engine) -> EvidenceStore:
    return EvidenceStore(engine, "C-1")


def test_ids_count_on_over_a_resume_and_are_never_given_twice(path: Path, store: EvidenceStore, engine: Engine) -> None:
    """An id that was given counts as used even if the run was killed before anything was kept under it."""
    first = [store.next_id(), store.next_id()]
    store.add(evidence(1), SITE)
    resumed = connect(path)
    third = EvidenceStore(resumed, "C-1").next_id()
    resumed.dispose()

    assert [*first, third] == ["E0001", "E0002", "E0003"]
    assert EvidenceStore(engine, "C-2").next_id() == "E0001"


def take_ids(path: Path, kept: Path, count: int) -> None:
    engine = connect(path)
    store = EvidenceStore(engine, "C-1")
    kept.write_text("\n".join(store.next_id() for _ in range(count)))
    engine.dispose()


def test_two_processes_never_get_one_id(path: Path, tmp_path: Path) -> None:
    """Sixty ids given to two processes at once are sixty ids."""
    kept = [tmp_path / "one", tmp_path / "two"]
    processes = [PROCESSES.Process(target=take_ids, args=(path, file, 30)) for file in kept]
    for process in processes:
        process.start()
    for process in processes:
        process.join(30)

    assert sorted(line for file in kept for line in file.read_text().split()) == [f"E{n:04d}" for n in range(1, 61)]


@pytest.mark.parametrize("act", ["next_id", "add", "add_unknown"])
def test_case_that_was_never_opened_keeps_nothing(engine: Engine, act: str) -> None:
    """Evidence belongs to a case of this workspace."""
    lost = EvidenceStore(engine, "C-9")
    calls = {
        "next_id": lost.next_id,
        "add": lambda: lost.add(evidence(), SITE),
        "add_unknown": lambda: lost.add_unknown(unknown(), SITE),
    }
    with pytest.raises(StoreError, match=r"is not in this workspace|belongs to a case that is not"):
        calls[act]()


def test_evidence_comes_back_as_it_was(store: EvidenceStore) -> None:
    """Every field is kept, in the order of keeping, and can be asked for by identifier."""
    second = evidence(2, url="https://wiki.example/w/api.php?a=1", planned="mediawiki.user", source="mediawiki")
    store.add(evidence(1), SITE)
    store.add(second, WIKI)

    assert store.all() == (evidence(1), second)
    assert store.all(WIKI) == (second,)
    assert store.all("github:ada@github.com") == ()


def test_evidence_id_is_taken_once(store: EvidenceStore) -> None:
    """What was kept is not replaced."""
    store.add(evidence(1), SITE)
    with pytest.raises(StoreError, match="the entry is there already"):
        store.add(evidence(1, status=404), SITE)

    assert store.all() == (evidence(1),)


@pytest.mark.parametrize(
    ("url", "planned", "found"),
    [(PAGE, "website.page", True), (PAGE + "x", "website.page", False), (PAGE, "website.feed", False)],
)
def test_what_was_read_is_found_by_its_request(store: EvidenceStore, url: str, planned: str, found: bool) -> None:
    """A resumed run finds what it need not ask again: the same address for the same purpose."""
    store.add(evidence(1), SITE)

    assert (store.find(url, planned) is not None) == found


def test_newest_evidence_of_a_request_is_found(store: EvidenceStore) -> None:
    """Where a request was made twice, the later answer counts."""
    store.add(evidence(1), SITE)
    store.add(evidence(2, status=404), SITE)

    assert store.find(PAGE, "website.page") == evidence(2, status=404)


def test_case_sees_its_own_evidence_only(store: EvidenceStore, engine: Engine) -> None:
    """Another case of the same candidate has its own."""
    store.add(evidence(1), SITE)
    store.add_unknown(unknown(), SITE)
    other = EvidenceStore(engine, "C-2")

    assert (other.all(), other.unknowns(), other.find(PAGE, "website.page")) == ((), (), None)


def test_unknown_noted_again_counts_once(store: EvidenceStore) -> None:
    """A resumed run that meets the same wall does not count it twice; another reason, request or identifier is another."""
    others = [
        (unknown(reason=UnknownReason.WALL), SITE),
        (unknown(detail="30 s"), SITE),
        (unknown(url=""), SITE),
        (unknown(planned="website.feed"), SITE),
        (unknown(), WIKI),
    ]
    store.add_unknown(unknown(), SITE)
    store.add_unknown(unknown(at=AT + timedelta(minutes=1)), SITE)
    for other, identifier in others:
        store.add_unknown(other, identifier)

    assert store.unknowns() == (unknown(), *(other for other, _ in others))
    assert store.unknowns(WIKI) == (unknown(),)


def test_unknown_can_be_found_and_taken_back(store: EvidenceStore) -> None:
    """A resumed run sees what failed before, and takes it back once it could be read."""
    store.add_unknown(unknown(), SITE)
    store.add_unknown(unknown(planned="website.feed"), SITE)

    assert store.find_unknown(PAGE, "website.page") == unknown()
    store.drop_unknown(PAGE, "website.page")
    assert store.find_unknown(PAGE, "website.page") is None
    assert store.unknowns() == (unknown(planned="website.feed"),)


def test_visits_are_counted_for_a_subject_over_all_cases(store: EvidenceStore, engine: Engine) -> None:
    """The budget is the person's: a second case or run does not begin it anew (LAW RIPA-2)."""
    other = EvidenceStore(engine, "C-2")
    taken = [
        store.note_visit("digest", "CAND-1", run=1, at=AT, at_most=2),
        other.note_visit("digest", "CAND-1", run=2, at=AT, at_most=2),
        other.note_visit("digest", "CAND-1", run=2, at=AT, at_most=2),
        other.note_visit("another", "CAND-1", run=2, at=AT, at_most=2),
        other.note_visit("digest", "CAND-2", run=2, at=AT, at_most=2),
    ]

    assert taken == [True, True, False, True, True]
    assert (store.visits("digest", "CAND-1"), store.visits("digest", "CAND-2")) == (2, 1)


def test_visits_used_up_are_not_noted(store: EvidenceStore) -> None:
    """A visit that may not be made leaves no trace, so that the count is of visits made."""
    assert store.note_visit("digest", "CAND-1", run=1, at=AT, at_most=0) is False
    assert store.visits("digest", "CAND-1") == 0


def take_visits(path: Path, kept: Path, tries: int) -> None:
    engine = connect(path)
    store = EvidenceStore(engine, "C-1")
    taken = [store.note_visit("digest", "CAND-1", run=1, at=AT, at_most=7) for _ in range(tries)]
    kept.write_text(str(sum(taken)))
    engine.dispose()


def test_two_processes_cannot_both_take_the_last_visit(path: Path, tmp_path: Path, store: EvidenceStore) -> None:
    """Of seven visits, two processes that try twenty times each make seven."""
    kept = [tmp_path / "one", tmp_path / "two"]
    processes = [PROCESSES.Process(target=take_visits, args=(path, file, 20)) for file in kept]
    for process in processes:
        process.start()
    for process in processes:
        process.join(30)

    assert sum(int(file.read_text()) for file in kept) == 7
    assert store.visits("digest", "CAND-1") == 7


def test_everything_kept_moves_the_latest_time_on(store: EvidenceStore, engine: Engine) -> None:
    """A capture, an unknown and a visit are times that the clock has shown."""
    cases = Cases(engine)
    seen = [cases.last_seen_at("CAND-1")]
    store.add(evidence(1, captured_at=AT + timedelta(minutes=1)), SITE)
    seen.append(cases.last_seen_at("CAND-1"))
    store.add_unknown(unknown(at=AT + timedelta(minutes=2)), SITE)
    seen.append(cases.last_seen_at("CAND-1"))
    store.note_visit("digest", "CAND-1", run=1, at=AT + timedelta(minutes=3), at_most=2)
    seen.append(cases.last_seen_at("CAND-1"))

    assert seen == [AT + timedelta(minutes=minutes) for minutes in range(4)]


def test_several_rows_are_kept_at_once_or_not_at_all(store: EvidenceStore) -> None:
    """Ids, evidence and unknowns come in one transaction each; a taken id keeps the others out as well."""
    assert store.next_ids(3) == ("E0001", "E0002", "E0003")
    assert store.next_id() == "E0004"
    store.add_all([(evidence(1), SITE), (evidence(2), WIKI)])
    store.add_unknowns([(unknown(), SITE), (unknown(), SITE), (unknown(detail="30 s"), WIKI)])

    with pytest.raises(StoreError):
        store.add_all([(evidence(3), SITE), (evidence(2), SITE)])
    assert [kept.id for kept in store.all()] == ["E0001", "E0002"]
    assert len(store.unknowns()) == 2


def test_nothing_is_kept_of_nothing(store: EvidenceStore) -> None:
    """Empty lists write nothing."""
    store.add_all([])
    store.add_unknowns([])

    assert (store.all(), store.unknowns()) == ((), ())


def test_several_visits_have_each_their_limit(store: EvidenceStore) -> None:
    """Of visits noted together, those within the limit are taken; the same address twice counts twice."""
    taken = store.note_visits([("a" * 64, 2), ("a" * 64, 2), ("a" * 64, 2), ("b" * 64, 1)], "ada", run=1, at=AT)

    assert taken == [True, True, False, True]
    assert store.visits("a" * 64, "ada") == 2

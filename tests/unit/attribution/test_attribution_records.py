"""Records under one name: who is one person."""

import pytest

from footprint.attribution.records import FEATURES, CatalogueRecord, Rarity, group, judge, prepare

RIVERS = CatalogueRecord(
    person="Quill, Mara, 1957-",
    title="Rivers of the Vale",
    subjects=("Rivers--Thornbury", "Hydrology"),
    responsibility="Mara Quill ; photographs by Petra Holm",
    imprint="Thornbury: Heron House, 1985",
)
OTHERS = tuple(
    prepare(CatalogueRecord(person=f"Dale, Ivo {number}", title=f"Topic{word}", imprint="Heron"))
    for number, word in enumerate(("alpha", "beta", "gamma", "delta"))
)


def rarity(*records: CatalogueRecord) -> Rarity:
    """Return the rarity in a collection of the records' own name and thirty others."""
    return Rarity([[prepare(record) for record in records], *([other] for other in OTHERS * 8)])


@pytest.mark.parametrize(
    ("other", "is_joined"),
    [
        (RIVERS.but(title="Cooking", subjects=(), responsibility="", imprint="1990"), True),
        (RIVERS.but(person="Quill, Mara"), True),
        (
            RIVERS.but(
                person="Quill, Mara", title="Rivers and their hydrology", imprint="Thornbury: Heron House, 1990"
            ),
            True,
        ),
        (RIVERS.but(person="Quill, Mara", title="Maps", subjects=("Hydrology",), imprint=""), True),
        (
            RIVERS.but(person="Quill, Mara", title="Cooking", subjects=(), responsibility="Ivo Dale", imprint="1985"),
            False,
        ),
        (RIVERS.but(person="Quill, Mara", title="Rivers hydrology", responsibility="", imprint="Fenwick, 1985"), False),
        (RIVERS.but(person="Quill, Mara, 1917-"), False),
        (RIVERS.but(person="Quill, Mara", imprint="Thornbury: Heron House, 1885"), False),
        (RIVERS.but(person="Quill, Ivo"), False),
        (RIVERS.but(person="Quill, Mara, Jr", title="Rivers"), True),
        (RIVERS.but(person="1957-"), True),
    ],
)
def test_two_records_are_joined_by_life_work_or_two_kinds(other: CatalogueRecord, is_joined: bool) -> None:
    """Never on the name alone, nor on one kind of evidence, and never against a contradiction."""
    found = judge(prepare(RIVERS), prepare(other), rarity(RIVERS, other))

    assert found.is_joined is is_joined
    assert not (found.is_joined and found.is_contradicted)


def test_a_judgement_names_its_evidence() -> None:
    """Each feature that held is there with its weight, never above the most it may weigh."""
    other = RIVERS.but(person="Quill, Mara", imprint="Thornbury: Heron House, 1950")
    most = {rule.name: rule.most for rule in FEATURES}
    found = judge(prepare(RIVERS), prepare(other), rarity(RIVERS, other))

    assert [evidence.feature for evidence in found.evidence] == [
        "same-work",
        "same-subject",
        "same-people",
        "same-imprint",
        "same-period",
    ] or found.is_contradicted
    assert all(evidence.weight <= most[evidence.feature] for evidence in found.evidence)


def test_works_far_apart_in_time_speak_against_one_person() -> None:
    """A century between two works weighs against it; an unknown year weighs nothing."""
    undated = RIVERS.but(person="Quill, Mara")
    weights = [
        judge(prepare(undated), prepare(undated.but(imprint=imprint)), rarity(undated)).weight
        for imprint in ("Thornbury: Heron House, 1985", "Thornbury: Heron House", "Thornbury: Heron House, 1885")
    ]

    assert weights == sorted(weights, reverse=True)
    assert len(set(weights)) == 3


def test_a_rare_word_says_more_than_a_common_one() -> None:
    """A word under every name says nothing, one under a single name the most."""
    table = rarity(RIVERS)

    assert table.weight("rivers") == 3.0
    assert table.weight("imprint heron") < 0.1


def test_groups_grow_but_never_across_a_contradiction() -> None:
    """An undated record joins one of two people of the name, and does not make them one."""
    older = RIVERS.but(person="Quill, Mara, 1930-")
    undated = RIVERS.but(person="Quill, Mara")
    records = [RIVERS, older, undated, undated, RIVERS.but(title="Cooking")]

    found = group([prepare(record) for record in records], rarity(*records))

    assert found[0] != found[1]
    assert found[0] == found[4]
    assert found[2] == found[3]


def test_nothing_is_grouped_where_there_is_nothing() -> None:
    """No records make no groups, and words of Chinese count though they are short."""
    assert group([], Rarity([])) == ()
    assert prepare(RIVERS.but(title="河流 of it")).topic >= {"河流"}

"""One file of any kind is checked, and what is wrong has its line."""

from importlib.resources import files
from pathlib import Path

import pytest

from footprint.errors import InputError
from footprint.policies.checking import check_file

SHIPPED = files("footprint")
PACKS = SHIPPED.joinpath("policies", "packs")
FILES = {
    "jurisdiction": PACKS.joinpath("jurisdiction", "uk-police.toml"),
    "role": PACKS.joinpath("role", "teacher.toml"),
    "lexicon": SHIPPED.joinpath("filters", "lexicons", "union.toml"),
    "policy": SHIPPED.joinpath("demo", "policy.toml"),
}


@pytest.mark.parametrize("kind", FILES)
def test_the_kind_of_a_file_is_seen_from_its_fields(kind: str, tmp_path: Path) -> None:
    """No one has to say what a file is."""
    path = tmp_path / "a-file.toml"
    path.write_bytes(FILES[kind].read_bytes())

    assert check_file(path).kind == kind


@pytest.mark.parametrize(
    ("kind", "before", "after", "field", "expected"),
    [
        (
            "jurisdiction",
            'test = "visits_are_few"',
            'test = "visits_are_none"',
            "authorisation[1].test",
            "a known test",
        ),
        ("jurisdiction", 'id = "RIPA-2"', 'id = "RIPA 2"', "authorisation[1].id", "String"),
        ("jurisdiction", 'id = "RIPA-2"', 'id = "RIPA-1"', "RIPA-1", "a rule id is used twice"),
        ("jurisdiction", 'marking = "', 'marking = " \\q', "", "a TOML file"),
        (
            "jurisdiction",
            'values = ["not_appointed", "appointed"]',
            "values = []",
            "authorisation[5].values",
            "at least",
        ),
        (
            "jurisdiction",
            "[[duties]]",
            '[[legality]]\nid = "X"\neffect = "hide"\n[[duties]]',
            "legality[0].effect",
            "Input",
        ),
        ("jurisdiction", 'includes = ["uk"]', 'includes = ["uk", "atlantis"]', "includes", "a pack that exists"),
        (
            "jurisdiction",
            'includes = ["uk"]',
            'includes = ["uk", "uk-bs7858"]',
            "authorisation[4]",
            "packs that do not",
        ),
        ("role", "window_years = 5", "window_years = 50", "window_years", "Input"),
        ("role", 'necessity = "A teacher marks', 'necessity = "Marks."\n# "', "categories[1].necessity", "a sentence"),
        ("role", 'category = "unlawful', 'colour = 1\ncategory = "unlawful', "categories[1].colour", "a known field"),
        ("policy", "effective = 2026-01-05", "effective = 2028-01-05", "review_due", "a date not before effective"),
        ("policy", 'title = "Purpose"\n', "", "clauses[0].title", "a value; the field is required"),
        ("lexicon", "within = 8", 'within = "eight"', "rules[1].within", "a whole number"),
    ],
)
def test_a_fault_has_its_line(kind: str, before: str, after: str, field: str, expected: str, tmp_path: Path) -> None:
    """The error names the file, the line of the offending field, the field, and what was expected there."""
    text = FILES[kind].read_text(encoding="utf-8")
    assert before in text
    path = tmp_path / "pack.toml"
    path.write_text(text.replace(before, after, 1), encoding="utf-8")

    with pytest.raises(InputError) as caught:
        check_file(path)

    assert caught.value.field == field
    assert caught.value.expected.startswith(expected)
    line = int(caught.value.where.removeprefix(f"{path}, line "))
    blamed = path.read_text(encoding="utf-8").splitlines()[line - 1]
    name = field.rpartition(".")[2]
    assert name.partition("[")[0] in blamed or blamed.startswith("[[") or "\\q" in blamed


def test_a_json_file_has_fields_but_no_lines(tmp_path: Path) -> None:
    """In JSON the field alone says where."""
    path = tmp_path / "role.json"
    path.write_text('{"id": "x", "window_years": 5, "categories": []}')

    with pytest.raises(InputError) as caught:
        check_file(path)

    assert caught.value.where == str(path)


@pytest.mark.parametrize("content", ["[1, 2]", "{", "null"])
def test_what_is_no_table_is_an_input_error(content: str, tmp_path: Path) -> None:
    """A JSON file that holds a list or nothing is explained like any other."""
    path = tmp_path / "pack.json"
    path.write_text(content)

    with pytest.raises(InputError):
        check_file(path)


def test_packs_of_ones_own_that_include_each_other_are_an_input_error(tmp_path: Path) -> None:
    """A circle is found over files that lie beside each other, and is shown."""
    for id, other in (("east", "west"), ("west", "east")):
        path = tmp_path / "jurisdiction" / f"{id}.toml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(f'id = "{id}"\nversion = "1"\ntitle = "{id}"\nincludes = ["uk", "{other}"]\n')

    with pytest.raises(InputError) as caught:
        check_file(tmp_path / "jurisdiction" / "east.toml")

    assert caught.value.mend == "this is one: east > west > east"
    assert caught.value.where.endswith("east.toml, line 4")


def test_included_packs_that_contradict_are_at_fault_where_they_are_included(tmp_path: Path) -> None:
    """The line is one of the file that was checked, not of a pack that it includes."""
    path = tmp_path / "mine.toml"
    path.write_text('id = "mine"\nversion = "1"\ntitle = "Mine"\n\nincludes = ["uk-bs7858", "uk-police"]\n')

    with pytest.raises(InputError) as caught:
        check_file(path)

    assert (caught.value.where, caught.value.field) == (f"{path}, line 5", "includes")
    assert "no record can pass" in caught.value.mend


@pytest.mark.parametrize("path", sorted(Path(str(PACKS)).glob("*/*.toml")), ids=lambda path: path.stem)
def test_what_ships_is_well_formed_where_it_lies(path: Path) -> None:
    """Every shipped pack can be checked as a file."""
    assert check_file(path).record.id == path.stem

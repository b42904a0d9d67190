"""Which model may propose: none unless the settings name one; the table that ships, as it is or from a higher threshold on."""

from __future__ import annotations

import re
import subprocess
import sys
from importlib.resources import files
from pathlib import Path

import pytest
from nicknames import name_triplets

from filter_samples import LEXICONS
from footprint.errors import InputError
from footprint.files import parse_record
from footprint.filters.ordinary_words import FUNCTION_WORDS
from footprint.filters.people_words import GIVEN_NAMES
from footprint.model.suggestion import ProposerSettings
from footprint.proposers.load import linear, proposer_again, proposer_of
from footprint.store.workspace import Settings

BASE = b'operator = "op-1"\ncontact = "vetting@police.example"\n'


def settings(text: str) -> ProposerSettings | None:
    return parse_record(BASE + text.encode(), Settings, where="footprint.toml").proposer


def test_no_settings_no_model(tmp_path: Path) -> None:
    """Off by default, also to derive a report again that had none."""
    assert settings("") is None
    assert proposer_of(None, tmp_path) is None
    assert proposer_again(None, ProposerSettings(model="linear"), tmp_path) is None


def test_the_table_that_ships_is_named_by_its_digest(tmp_path: Path) -> None:
    """The same is found for a report that names it."""
    found = proposer_of(settings('[proposer]\nmodel = "linear"\n'), tmp_path)

    assert found is linear()
    assert found.source.kind == "linear"
    assert re.fullmatch("[0-9a-f]{64}", found.source.sha256)
    assert proposer_again(found.source, None, tmp_path) is found


def test_the_threshold_may_only_be_raised(tmp_path: Path) -> None:
    """A lower one than the table was tested with has no effect; a higher one stands in the report."""
    lower = proposer_of(settings('[proposer]\nmodel = "linear"\nthreshold = 0.5\n'), tmp_path)
    higher = proposer_of(settings('[proposer]\nmodel = "linear"\nthreshold = 0.9\n'), tmp_path)
    again = proposer_again(higher.source if higher else None, None, tmp_path)

    assert lower is linear()
    assert higher is not None
    assert higher.source == linear().source.but(threshold=0.9)
    assert higher.weigh(()) == linear().weigh(())
    assert again is not None
    assert again.source == higher.source


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('model = "other"', "model"),
        ('model = "../mine.onnx"', "model"),
        ('model = "mine.pkl"', "model"),
        ('model = "mine.onnx"', "an .onnx file needs its sha256 and a threshold"),
        (f'model = "mine.onnx"\nsha256 = "{"0" * 64}"', "an .onnx file needs its sha256 and a threshold"),
        ('model = "mine.onnx"\nthreshold = 0.7', "an .onnx file needs its sha256 and a threshold"),
        (f'model = "linear"\nsha256 = "{"0" * 64}"', "sha256 is for an .onnx file"),
        ('model = "linear"\nthreshold = 0.4', "threshold"),
        ('model = "linear"\nthreshold = 1.0', "threshold"),
        ('model = "linear"\nadress = "x"', "adress"),
    ],
)
def test_settings_that_do_not_hold_are_refused(text: str, expected: str) -> None:
    """The file and the field are named."""
    with pytest.raises(InputError, match=re.escape(expected)):
        settings(f"[proposer]\n{text}\n")


def test_no_name_and_no_account_stands_in_the_table() -> None:
    """Nothing of whom a text was about: words are letters or an emoji, and none is a given name or short for one."""
    own = {
        word for lexicon in LEXICONS.values() for group in lexicon.groups.values() for word in " ".join(group).split()
    }
    names = (
        {name.lower() for triplet in name_triplets() for name in (triplet.name1, triplet.name2)} - own - FUNCTION_WORDS
    )
    words = {word for term in linear().table.weights if term[0] == "w" for word in term[2:].split()}
    placeholders = {"<group>", "<slur>", "<one>", "<name>", "<user>", "<link>"}

    assert len(words) > 3_000
    assert not {word for word in words - placeholders if not re.fullmatch(r"[a-z]+(?:'[a-z]+)*|[^\x00-\x7f]", word)}
    assert not words & GIVEN_NAMES
    assert not words & names


def test_the_table_is_of_a_bearable_size() -> None:
    """Small enough to be read, and to be reviewed line by line."""
    content = files("footprint.proposers").joinpath("linear.tsv").read_bytes()

    assert len(content) < 400_000
    assert all(
        source.licence in ("MIT", "CC0-1.0", "CC-BY-4.0", "CDLA-Permissive-2.0", "Apache-2.0")
        for source in linear().table.sources
    )


def test_the_command_line_loads_no_model() -> None:
    """`footprint --help` imports neither the runtime nor the table."""
    code = (
        "import sys; from footprint.cli.main import footprint; "
        "print(sorted({'onnxruntime', 'numpy', 'footprint.proposers.onnx_model'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"

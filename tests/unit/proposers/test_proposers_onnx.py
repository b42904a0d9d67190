"""A model of the user's own: a real one is run; what is missing, wrong or no probability is refused before a run."""

from __future__ import annotations

import hashlib
import math
import sys
from pathlib import Path

import pytest

from filter_samples import LEXICONS
from footprint.errors import InputError
from footprint.filters.reading import Reading
from footprint.filters.unnamed import Token, tokens_of
from footprint.model.suggestion import ProposerSettings
from footprint.proposers.load import proposer_again, proposer_of
from footprint.proposers.onnx_model import MOST_BYTES, OnnxModel, open_model
from tiny_onnx import INT64, STRING, classifier, output, step

pytest.importorskip("onnxruntime")


def put(folder: Path, content: bytes, **changes: object) -> ProposerSettings:
    """Keep a model in a workspace's folder, and return the settings that name it."""
    (folder / "mine.onnx").write_bytes(content)
    settings = {"model": "mine.onnx", "sha256": hashlib.sha256(content).hexdigest(), "threshold": 0.6}
    return ProposerSettings.model_validate({**settings, **changes})


def opened(folder: Path, content: bytes, **changes: object) -> OnnxModel:
    return open_model(put(folder, content, **changes), folder)


def tokens(text: str) -> tuple[Token, ...]:
    return tokens_of(Reading(text), LEXICONS)


def test_a_real_model_is_run(tmp_path: Path) -> None:
    """The figures are those of the classifier: a logistic function of the weights of the words that stand there."""
    model = opened(tmp_path, classifier())
    rated = model.rate(["i feel disgusted", "tea and tea", "a word", ""])
    expected = [1 / (1 + math.exp(-value)) for value in (1.0, -5.0, -1.0, -1.0)]

    assert rated == pytest.approx(expected, abs=1e-5)
    assert model.source.kind == "onnx"
    assert model.source.threshold == 0.6


def test_a_suggestion_is_explained_by_leaving_words_out(tmp_path: Path) -> None:
    """Each word's share is by how much less the model says without it; below the threshold nothing is worked out."""
    model = opened(tmp_path, classifier())
    above, below = model.weigh(tokens("Romanians, I feel disgusted")), model.weigh(tokens("Tea with Romanians"))

    assert [round(share, 3) for share in above.shares] == [0.0, 0.0, 0.0, round(above.score - 1 / (1 + math.e), 3)]
    assert below.shares == (0.0, 0.0, 0.0)
    assert below.score < 0.6


def test_a_long_text_is_cut_before_the_model_sees_it(tmp_path: Path) -> None:
    """What bounds the time: a word beyond the limit says nothing."""
    model = opened(tmp_path, classifier())
    (near, far) = model.rate(["disgusted " + "a " * 2_000, "a " * 2_000 + "disgusted"])

    assert near > far


@pytest.mark.parametrize(
    ("changes", "positive", "expected"),
    [
        ({"shape": (0,)}, 1, 0.5),
        ({"shape": (0, 1), "gives": "positive"}, 0, 0.5),
        ({}, 0, 0.5),
        ({"further": output("negative", shape=(0, 1))}, 1, 0.5),
        ({"further": output("tokens", STRING, (0, 0))}, 1, 0.5),
        ({"last": step("Reshape", ("positive", "flat"), "in_line"), "gives": "in_line", "given": (0,)}, 1, 0.5),
    ],
)
def test_usual_forms_are_taken(changes: dict[str, object], positive: int, expected: float, tmp_path: Path) -> None:
    """Strings in a line or a column, one probability or several, further outputs beside the one that is named so."""
    model = opened(tmp_path, classifier(bias=-2.0, **changes), positive=positive)  # type: ignore[arg-type]

    assert model.rate(["disgusted"]) == pytest.approx((expected,), abs=1e-5)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"no model", "an ONNX model in one file"),
        (classifier(takes=INT64), "an ONNX model in one file|one tensor of strings"),
        (classifier(shape=(0, 3)), "one tensor of strings"),
        (classifier(shape=(0, 1, 1)), "one tensor of strings"),
        (classifier(gives="tokens"), "an ONNX model in one file|one tensor of floats"),
        (classifier(gives="sum", further=output("logits", shape=(0, 1))), "one tensor of floats, or one of them named"),
        (classifier(gives="logits", bias=5.0), "a number from 0 to 1"),
        (classifier((math.nan,) * 3, bias=math.nan), "a number from 0 to 1"),
        (classifier(external="weights.bin"), "an ONNX model in one file"),
        (classifier(external="/etc/hostname"), "an ONNX model in one file"),
        (classifier(last=step("RandomUniformLike", ("positive",), "dice"), gives="dice"), "the same of the same text"),
        (classifier(last=step("NoSuchStep", ("logits",), "x"), further=output("x")), "an ONNX model in one file"),
    ],
    ids=range(12),
)
def test_what_is_no_such_model_is_refused(
    content: bytes, expected: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before a run begins: not a model, another input or output, no probabilities, weights in another file, own operators."""
    (tmp_path / "weights.bin").write_bytes(bytes(12))
    monkeypatch.chdir(tmp_path)

    with pytest.raises(InputError, match=expected):
        opened(tmp_path, content)


def test_a_column_that_is_not_there_is_refused(tmp_path: Path) -> None:
    """The settings say which class counts."""
    with pytest.raises(InputError, match="`positive` of"):
        opened(tmp_path, classifier(), positive=7)


def test_another_file_than_the_pinned_one_is_refused(tmp_path: Path) -> None:
    """The digest of what was found is named, so that it can be compared."""
    settings = put(tmp_path, classifier())
    (tmp_path / "mine.onnx").write_bytes(classifier(bias=0.0))

    with pytest.raises(InputError, match=r"proposer\.sha256: expected the file with") as caught:
        proposer_of(settings, tmp_path)
    assert hashlib.sha256(classifier(bias=0.0)).hexdigest() in caught.value.mend


def test_a_file_that_is_not_there_or_too_large_is_refused(tmp_path: Path) -> None:
    """The file is named, and the runtime is not even loaded."""
    settings = put(tmp_path, classifier())
    (tmp_path / "mine.onnx").unlink()
    with pytest.raises(InputError, match=r"mine\.onnx: expected a file that can be read"):
        proposer_of(settings, tmp_path)

    with (tmp_path / "mine.onnx").open("wb") as file:
        file.truncate(MOST_BYTES + 1)
    with pytest.raises(InputError, match="at most 200,000,000 bytes"):
        proposer_of(settings, tmp_path)


def test_without_the_runtime_it_says_how_to_get_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The extra is optional: nobody else needs it."""
    monkeypatch.setitem(sys.modules, "onnxruntime", None)

    with pytest.raises(InputError, match=r"footprint\[onnx\]"):
        proposer_of(put(tmp_path, classifier()), tmp_path)


def test_a_model_that_fails_on_a_text_is_named(tmp_path: Path) -> None:
    """What the runtime raises becomes one of our errors, without the text."""
    model = opened(tmp_path, classifier())
    model._ends = model._ends._replace(is_column=False)

    with pytest.raises(InputError, match=r"mine\.onnx: expected a model that runs on a text"):
        model.rate(["a text"])


def test_a_report_is_derived_again_with_the_same_file_alone(tmp_path: Path) -> None:
    """With the file and settings of then it is; with another file, or none, it is refused."""
    settings = put(tmp_path, classifier())
    source = open_model(settings, tmp_path).source
    other = put(tmp_path, classifier(bias=0.0))

    for now in (other, None, ProposerSettings(model="linear")):
        with pytest.raises(InputError, match="the model that the report names"):
            proposer_again(source, now, tmp_path)
    put(tmp_path, classifier())
    again = proposer_again(source, settings, tmp_path)

    assert again is not None
    assert again.source == source

"""A model of the user's own: one ONNX file in the workspace, pinned by its SHA-256, run on one thread of the CPU. The only import of onnxruntime.

What it must look like is what `skl2onnx` makes of a text classifier with `options={"zipmap": False}`: one input of strings, [N, 1] or [N]; an output
of probabilities, a float tensor [N, classes], [N, 1] or [N], named `probabilities` where there are several of floats. Nothing is downloaded, no
library of own operators is loaded, and weights in further files are refused. It gets at most `MOST_CHARACTERS` of each text, in which groups of
people, names, accounts and addresses are placeholders already.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from footprint.errors import InputError
from footprint.files import read_bytes
from footprint.filters.proposing import Weighed
from footprint.filters.unnamed import Token, spoken
from footprint.model.suggestion import ProposerSettings, SuggestionSource

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

KIND = "onnx"
MOST_BYTES = 200_000_000
MOST_CHARACTERS = 2_000
"""Characters of a text that a model gets: what bounds the time it takes."""
MOST_LEFT_OUT = 64
"""Words that are left out one by one to see what each adds."""
_ELSEWHERE = b"\n\x08location\x12"
"""How onnx.proto writes that weights lie in another file (TensorProto.external_data): a file that no digest was pinned for."""
TRIAL = ("we walked to the harbour and had tea", "nobody here can cook")
"""What a model is tried with before a run begins."""
INSTALL = "install it with `pip install 'footprint[onnx]'`, or take [proposer] out of footprint.toml"


class _Ends(NamedTuple):
    """The input and the output that are used."""

    into: str
    is_column: bool
    """True where the input is [N, 1]."""
    out: str


class OnnxModel:
    """A model of the user's own that may propose."""

    def __init__(self, session: InferenceSession, settings: ProposerSettings, source: SuggestionSource) -> None:
        self._session = session
        self._column = settings.positive
        self.source = source
        self._ends = _ends(session, source.name)

    def weigh(self, tokens: tuple[Token, ...]) -> Weighed:
        """Return what the model says of a text, and by how much less it says without each word.

        Raises InputError where it says what is no probability.
        """
        (score,) = self.rate([spoken(tokens)])
        shares = [0.0] * len(tokens)
        if score >= self.source.threshold:
            chosen = [number for number, token in enumerate(tokens) if token.is_open][:MOST_LEFT_OUT]
            rest = self.rate([spoken(tokens[:number] + tokens[number + 1 :]) for number in chosen])
            for number, without in zip(chosen, rest, strict=True):
                shares[number] = score - without
        return Weighed(score, tuple(shares))

    def rate(self, texts: Sequence[str]) -> tuple[float, ...]:
        """Return the probability of each text. Raises InputError where the model fails, or gives anything else."""
        import numpy

        cut = [text[:MOST_CHARACTERS] for text in texts]
        given = numpy.array([[text] for text in cut] if self._ends.is_column else cut, dtype=object)
        try:
            (answer,) = self._session.run([self._ends.out], {self._ends.into: given})
        except _faults() as error:
            raise _wrong(self.source.name, "", "a model that runs on a text", type(error).__name__) from error
        values = numpy.asarray(answer, dtype="float64")
        if values.ndim == 2:
            column = 0 if values.shape[1] == 1 else self._column
            values = values[:, column] if column < values.shape[1] else values
        if values.shape != (len(cut),) or not bool(((values >= 0) & (values <= 1)).all()):
            expected = f"for each text a number from 0 to 1, or one for each class, among them number {self._column}"
            raise _wrong(self.source.name, self._ends.out, expected, "`positive` of [proposer] says which class counts")
        return tuple(float(value) for value in values)


def open_model(settings: ProposerSettings, folder: Path) -> OnnxModel:
    """Return the model that the settings name, tried once.

    Raises InputError where the file or the runtime is missing, where it is another file, or where it is no such model.
    """
    path = folder / settings.model
    content = read_bytes(path, limit=MOST_BYTES)
    found = hashlib.sha256(content).hexdigest()
    if found != settings.sha256:
        mend = f"its SHA-256 is {found}; put that into footprint.toml if it is the file that was meant"
        raise InputError(
            where=str(path), field="proposer.sha256", expected=f"the file with {settings.sha256}", mend=mend
        )
    if _ELSEWHERE in content:
        raise _wrong(str(path), "", "an ONNX model in one file", "save it without external data")
    source = SuggestionSource(
        name=settings.model, kind=KIND, version="own", sha256=found, threshold=settings.threshold or 0.5
    )
    model = OnnxModel(_session(content, str(path)), settings, source)
    if model.rate(TRIAL) != model.rate(TRIAL):
        raise _wrong(str(path), "", "a model that says the same of the same text", "")
    return model


def _session(content: bytes, where: str) -> InferenceSession:
    """Return a session on the very bytes whose digest was checked."""
    try:
        import onnxruntime
    except ImportError as error:
        raise InputError(
            where=where, field="proposer.model", expected="the package onnxruntime", mend=INSTALL
        ) from error
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.execution_mode = onnxruntime.ExecutionMode.ORT_SEQUENTIAL
    options.use_deterministic_compute = True
    options.log_severity_level = 4
    try:
        return onnxruntime.InferenceSession(content, options, providers=["CPUExecutionProvider"])
    except _faults() as error:
        expected = "an ONNX model in one file, of operators that the runtime has"
        raise _wrong(where, "", expected, " ".join(str(error).split())[:300]) from error


def _ends(session: InferenceSession, where: str) -> _Ends:
    inputs = session.get_inputs()
    if len(inputs) != 1 or inputs[0].type != "tensor(string)" or len(inputs[0].shape) not in (1, 2):
        raise _wrong(where, "input", "one tensor of strings, [N, 1] or [N]", "")
    is_column = len(inputs[0].shape) == 2
    if is_column and inputs[0].shape[1] not in (1, None) and not isinstance(inputs[0].shape[1], str):
        raise _wrong(where, "input", "one tensor of strings, [N, 1] or [N]", "")
    floats = [each.name for each in session.get_outputs() if each.type in ("tensor(float)", "tensor(double)")]
    named = [name for name in floats if name == "probabilities"] or floats
    if len(named) != 1:
        mend = "export it with options={'zipmap': False}"
        raise _wrong(where, "output", "one tensor of floats, or one of them named `probabilities`", mend)
    return _Ends(inputs[0].name, is_column, named[0])


def _faults() -> tuple[type[Exception], ...]:
    """Return what the runtime raises, whatever is wrong with a model or with what it is given."""
    from onnxruntime.capi import onnxruntime_pybind11_state as state

    names = (
        "EPFail",
        "EngineError",
        "Fail",
        "InvalidArgument",
        "InvalidGraph",
        "InvalidProtobuf",
        "NoModel",
        "NoSuchFile",
        "NotFound",
        "NotImplemented",
        "RuntimeException",
    )
    return (*(getattr(state, name) for name in names if hasattr(state, name)), RuntimeError, ValueError)


def _wrong(where: str, field: str, expected: str, mend: str) -> InputError:
    return InputError(where=where, field=field, expected=expected, mend=mend)

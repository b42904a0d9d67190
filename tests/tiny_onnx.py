"""Tiny ONNX models, written byte by byte (onnx.proto, version 8): real ones, so that the real runtime runs them.

The text classifier has the form that `skl2onnx` gives to one: strings [N, 1], a tokenizer, counts of words, a linear layer, two probabilities.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence

FLOAT, INT64, STRING = 1, 7, 8
WORDS = ("disgusted", "pathetic", "tea")


def classifier(
    weights: Sequence[float] = (2.0, 1.5, -2.0),
    *,
    bias: float = -1.0,
    takes: int = STRING,
    shape: tuple[int, ...] = (0, 1),
    gives: str = "probabilities",
    given: tuple[int, ...] = (0, 0),
    last: bytes = b"",
    further: bytes = b"",
    external: str = "",
) -> bytes:
    """Return a model that knows three words. `last` stands after its own steps, and `further` among its outputs."""
    steps = (
        _step("Reshape", ("text", "flat"), "line"),
        _step(
            "Tokenizer",
            ("line",),
            "tokens",
            _number("mark", 0) + _number("mincharnum", 1) + _text("pad_value", "#") + _texts("separators", (" ",)),
            domain="com.microsoft",
        ),
        _step("TfIdfVectorizer", ("tokens",), "counts", _counting()),
        _step("MatMul", ("counts", "w"), "sum"),
        _step("Add", ("sum", "b"), "logits"),
        _step("Sigmoid", ("logits",), "positive"),
        _step("Sub", ("one", "positive"), "negative"),
        _step("Concat", ("negative", "positive"), "probabilities", _number("axis", 1)),
    )
    held = (
        _tensor("flat", INT64, (1,), struct.pack("<q", -1)),
        _tensor("w", FLOAT, (len(WORDS), 1), struct.pack(f"<{len(weights)}f", *weights), external=external),
        _tensor("b", FLOAT, (1,), struct.pack("<f", bias)),
        _tensor("one", FLOAT, (1,), struct.pack("<f", 1.0)),
    )
    graph = b"".join(_part(1, step) for step in steps) + last + _part(2, b"tiny")
    graph += b"".join(_part(5, tensor) for tensor in held)
    graph += _part(11, described("text", takes, shape)) + _part(12, described(gives, FLOAT, given)) + further
    versions = _part(8, _whole(2, 13)) + _part(8, _part(1, b"com.microsoft") + _whole(2, 1))
    return _whole(1, 8) + _part(7, graph) + versions


def described(name: str, kind: int, shape: tuple[int, ...]) -> bytes:
    """Return an input or an output; a length of 0 is any length."""
    sizes = b"".join(_part(1, _whole(1, size) if size else _part(2, b"N")) for size in shape)
    return _part(1, name.encode()) + _part(2, _part(1, _whole(1, kind) + _part(2, sizes)))


def output(name: str, kind: int = FLOAT, shape: tuple[int, ...] = (0, 2)) -> bytes:
    """Return one more output of a graph."""
    return _part(12, described(name, kind, shape))


def step(operator: str, inputs: tuple[str, ...], result: str, attributes: bytes = b"") -> bytes:
    """Return one more step of a graph."""
    return _part(1, _step(operator, inputs, result, attributes))


def _counting() -> bytes:
    whole = {"max_gram_length": 1, "max_skip_count": 0, "min_gram_length": 1}
    return (
        b"".join(_number(name, value) for name, value in whole.items())
        + _text("mode", "TF")
        + _numbers("ngram_counts", (0,))
        + _numbers("ngram_indexes", tuple(range(len(WORDS))))
        + _texts("pool_strings", WORDS)
    )


def _step(operator: str, inputs: tuple[str, ...], result: str, attributes: bytes = b"", *, domain: str = "") -> bytes:
    taken = b"".join(_part(1, name.encode()) for name in inputs)
    return taken + _part(2, result.encode()) + _part(4, operator.encode()) + attributes + _part(7, domain.encode())


def _tensor(name: str, kind: int, shape: tuple[int, ...], raw: bytes, *, external: str = "") -> bytes:
    head = b"".join(_whole(1, size) for size in shape) + _whole(2, kind) + _part(8, name.encode())
    if external:
        return head + _part(13, _part(1, b"location") + _part(2, external.encode())) + _whole(14, 1)
    return head + _part(9, raw)


def _number(name: str, value: int) -> bytes:
    return _part(5, _part(1, name.encode()) + _whole(3, value) + _whole(20, 2))


def _numbers(name: str, values: tuple[int, ...]) -> bytes:
    return _part(5, _part(1, name.encode()) + b"".join(_whole(8, value) for value in values) + _whole(20, 7))


def _text(name: str, value: str) -> bytes:
    return _part(5, _part(1, name.encode()) + _part(4, value.encode()) + _whole(20, 3))


def _texts(name: str, values: tuple[str, ...]) -> bytes:
    return _part(5, _part(1, name.encode()) + b"".join(_part(9, value.encode()) for value in values) + _whole(20, 8))


def _part(field: int, content: bytes) -> bytes:
    return _varint(field << 3 | 2) + _varint(len(content)) + content


def _whole(field: int, value: int) -> bytes:
    return _varint(field << 3) + _varint(value)


def _varint(value: int) -> bytes:
    out = b""
    while value > 127:
        out += bytes([value & 127 | 128])
        value >>= 7
    return out + bytes([value])

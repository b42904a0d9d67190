"""What the fields of a record mean: the docstring under each field, read only where a schema or a form is made of it.

pydantic can read them too, but does so whenever a class is made: a fifth of the time that a command takes to start.
"""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from pydantic import BaseModel


def describe(schema: dict[str, Any], model: type) -> None:
    """Put the docstring under each field of a model, and of those that it is derived from, into its JSON Schema."""
    properties = schema.get("properties", {})
    for name, text in meanings(model).items():
        if name in properties:
            properties[name]["description"] = text


def meanings(model: type) -> dict[str, str]:
    """Return the docstring under each field of a model, its own before those of what it is derived from."""
    owners = model.__mro__[: model.__mro__.index(BaseModel)]
    return {name: text for owner in reversed(owners) for name, text in _docstrings(owner)}


def _docstrings(owner: type) -> Iterator[tuple[str, str]]:
    source = ast.parse(textwrap.dedent(inspect.getsource(owner)))
    definition = next(node for node in source.body if isinstance(node, ast.ClassDef))
    for field, after in pairwise(definition.body):
        match field, after:
            case ast.AnnAssign(target=ast.Name(id=name)), ast.Expr(value=ast.Constant(value=str(text))):
                yield name, inspect.cleandoc(text)

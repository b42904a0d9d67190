"""The linear model as a proposer: a table, and which table it is."""

from __future__ import annotations

from footprint.filters.coefficients import Table, score
from footprint.filters.proposing import Weighed
from footprint.filters.unnamed import Token
from footprint.model.suggestion import SuggestionSource


class Linear:
    """A table of weights that may propose."""

    def __init__(self, table: Table, source: SuggestionSource) -> None:
        self.table = table
        self.source = source

    def weigh(self, tokens: tuple[Token, ...]) -> Weighed:
        """Return what a text scores, and what each of its words adds."""
        scored = score(self.table, tokens)
        return Weighed(scored.score, scored.shares)

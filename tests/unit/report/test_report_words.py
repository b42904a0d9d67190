"""Every code that a report can show has plain words."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

import pytest

from footprint.model.attribution import Tier
from footprint.model.authorisation import ConsentState, ControllerType
from footprint.model.decision import Effect
from footprint.model.evidence import UnknownReason
from footprint.model.finding import ContextKind
from footprint.model.observation import Engagement
from footprint.model.report import StopReason
from footprint.report import words


@pytest.mark.parametrize(
    ("table", "codes"),
    [
        (words.UNKNOWN_WORDS, UnknownReason),
        (words.STOP_WORDS, StopReason),
        (words.ENGAGEMENT_WORDS, Engagement),
        (words.CONTEXT_WORDS, ContextKind),
        (words.TIER_WORDS, Tier),
        (words.EFFECT_WORDS, Effect),
        (words.CONTROLLER_WORDS, ControllerType),
        (words.CONSENT_WORDS, ConsentState),
    ],
)
def test_every_code_has_words(table: Mapping[Enum, object], codes: type[Enum]) -> None:
    """A new code without words would break the report, so it breaks here first."""
    assert set(table) == set(codes)


def test_nothing_is_called_clear() -> None:
    """The words are "nothing found in scope"; the tool clears nobody and scores nobody."""
    everything = " ".join(str(table) for table in vars(words).values() if isinstance(table, dict | tuple)).lower()

    assert "is clear" not in everything
    assert "suitab" not in everything

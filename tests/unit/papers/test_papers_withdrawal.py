"""What a withdrawal means for what was already read."""

import pytest
from papers_samples import AUTHORISATION, under

from footprint.papers.withdrawal import Aftermath, after_withdrawal


@pytest.mark.parametrize(
    ("packs", "articles", "aftermath"),
    [
        (("uk",), ("UK GDPR 6(1)(a)",), Aftermath.ERASE),
        (("fi",), ("GDPR 6 (1) (a)",), Aftermath.ERASE),
        (("uk",), (), Aftermath.ERASE),
        (("uk-police",), ("UK GDPR 6(1)(e)",), Aftermath.OBJECTION),
        (("uk",), ("UK GDPR 6(1)(f)",), Aftermath.OBJECTION),
        (("uk",), ("UK GDPR 6(1)(a)", "UK GDPR 6(1)(f)"), Aftermath.OBJECTION),
        (("us",), ("FCRA 604(b)",), Aftermath.STOP),
        (("us-ca",), ("UK GDPR 6(1)(a)",), Aftermath.STOP),
    ],
)
def test_the_basis_decides(packs: tuple[str, ...], articles: tuple[str, ...], aftermath: Aftermath) -> None:
    """Consent alone, or no basis: erase. Another basis: a person decides. United States: stop."""
    assert after_withdrawal(under(*packs, articles=articles)).aftermath is aftermath


@pytest.mark.parametrize("packs", [("uk",), ("us",)])
def test_reading_stops_first_whatever_follows(packs: tuple[str, ...]) -> None:
    """The first step is always to read nothing more, and the source is marked as not read."""
    consequence = after_withdrawal(under(*packs))

    assert consequence.steps[0].startswith("Read nothing more")
    assert "confirm with counsel" in consequence.citation.label


def test_it_changes_nothing() -> None:
    """The consequence is a value: asked twice it is the same, and the consent stays as it was."""
    before = AUTHORISATION.digest()

    assert after_withdrawal(AUTHORISATION) == after_withdrawal(AUTHORISATION)
    assert AUTHORISATION.digest() == before

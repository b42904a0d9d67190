"""A rich report about an invented person; tests change a copy."""

from __future__ import annotations

import pytest
from report_sample import sample
from report_sample_review import reviewed

from footprint.model.report import Report
from footprint.model.review import CaseReview


@pytest.fixture(scope="session")
def report() -> Report:
    """The whole sample: five findings, six places, every stage visible."""
    return sample()


@pytest.fixture(scope="session")
def review() -> CaseReview:
    """What people decided about it."""
    return reviewed()

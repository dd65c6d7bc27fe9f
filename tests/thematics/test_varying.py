"""The menu of variants."""

from __future__ import annotations

import pytest
from tests.thematics.tunes import ODE_TO_JOY

from scorestage.errors import MusicError
from scorestage.thematics import OPERATIONS, of_notes, variants, vary
from scorestage.thematics.varying import SHARES
from scorestage.timebase import Meter

JOY = of_notes(ODE_TO_JOY, Meter(4, 4), theme_id="joy")


def test_every_variant_names_its_theme_and_operation() -> None:
    found = variants(JOY, 3)
    assert [one.operation for one in found] == list(OPERATIONS)
    assert {one.varies for one in found} == {"joy"}
    assert len({one.id for one in found}) == len(found)


def test_every_operation_has_a_share() -> None:
    assert set(SHARES) == set(OPERATIONS)


def test_an_unknown_operation_says_which_there_are() -> None:
    with pytest.raises(MusicError, match="ornament"):
        vary(JOY, "sideways")

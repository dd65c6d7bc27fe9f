"""What a cue of the report knows about itself."""

from __future__ import annotations

from tests.adapters.formats.report.small_report import cue, hit


def test_a_cue_has_a_place_only_where_it_lasts() -> None:
    assert cue().placed
    assert not cue(share_in=0.0, share_out=0.0).placed


def test_hits_caught_are_counted() -> None:
    assert cue().caught == 1
    assert cue(hits=(hit(1), hit(2), hit(3, caught=False))).caught == 2
    assert cue(hits=()).caught == 0

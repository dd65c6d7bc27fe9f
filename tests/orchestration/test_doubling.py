"""Doublings: more of them in loud music, in octaves that lie well, cellos with basses."""

from __future__ import annotations

import pytest
from tests.orchestration.scenes import scene
from tests.sketches import adventure

from scorestage.music import Role
from scorestage.orchestration.doubling import doubles, wanted
from scorestage.orchestration.practice import Colour, colour


@pytest.mark.parametrize("role", [Role.MELODY, Role.BASS, Role.RHYTHM, Role.COUNTER])
def test_more_join_the_louder_it_is(role: Role) -> None:
    counts = [
        wanted(scene(adventure(), "studio-orchestra", bar).company, role) for bar in (0, 8, 16)
    ]
    assert counts == sorted(counts)
    assert counts[-1] > counts[0]


def test_the_tune_is_heard_in_octaves_in_a_tutti() -> None:
    found = scene(adventure(), "studio-orchestra", 16)
    joined = doubles(found.company, found.carried, found.free)
    tune = [one for one in joined if one.line.role is Role.MELODY]
    assert {one.octaves for one in tune} >= {0, 1}
    assert len({one.chair.id for one in joined}) == len(joined)
    assert all(one.why for one in joined)


def test_everything_stays_on_the_instruments() -> None:
    for bar in (0, 8, 16, 20):
        found = scene(adventure(), "studio-orchestra", bar)
        for one in doubles(found.company, found.carried, found.free):
            wide = one.chair.instrument.professional
            assert wide is not None
            keys = [tone.key + 12 * one.octaves for tone in one.line.tones]
            inside = [wide.low.midi <= key <= wide.high.midi for key in keys]
            assert sum(inside) >= 0.9 * len(inside)


def test_low_brass_keeps_to_the_chords_and_the_bass() -> None:
    found = scene(adventure(), "studio-orchestra", 16)
    for one in doubles(found.company, found.carried, found.free):
        if one.chair.id in ("tbn1", "tbn2", "btbn", "tba"):
            assert one.line.role is Role.BASS


def test_soft_tunes_are_joined_by_their_own_party() -> None:
    for bar in (0, 4, 20):
        found = scene(adventure(), "studio-orchestra", bar)
        (tune,) = [one for one in found.carried if one.line.role is Role.MELODY]
        for one in doubles(found.company, found.carried, found.free):
            if one.line.role is Role.MELODY:
                strings = colour(tune.chair.instrument) is Colour.STRINGS
                assert (colour(one.chair.instrument) is Colour.STRINGS) is strings

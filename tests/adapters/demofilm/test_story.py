"""The demo film's table holds together."""

from __future__ import annotations

from itertools import pairwise

from scorestage.adapters.demofilm.sounds.effects import MAKERS
from scorestage.adapters.demofilm.sounds.sound import AIRS
from scorestage.adapters.demofilm.story import STORY, Change


def test_the_film_is_sixty_to_ninety_seconds_and_large_enough() -> None:
    assert 60 <= STORY.seconds(STORY.frames) <= 90
    assert STORY.width_px >= 640
    assert STORY.height_px >= 360


def test_shots_follow_one_another_without_a_gap() -> None:
    assert len(STORY.shots) >= 12
    assert STORY.shots[0].first_frame == 0
    assert STORY.shots[-1].end_frame == STORY.frames
    for shot, following in pairwise(STORY.shots):
        assert shot.end_frame == following.first_frame
        assert following.first_frame - shot.first_frame >= 24


def test_every_kind_of_change_the_detector_must_know_is_there() -> None:
    counted = {kind: sum(b.change is kind for b in STORY.truth()) for kind in Change}
    assert counted == {
        Change.CUT: len(STORY.shots) - 2,
        Change.DISSOLVE: 1,
        Change.FADE_IN: 1,
        Change.FADE_OUT: 1,
        Change.FLASH: 1,
    }


def test_changes_of_picture_never_overlap() -> None:
    changes = STORY.truth()
    for change, following in pairwise(changes):
        assert change.end_frame <= following.first_frame


def test_the_dissolve_is_centred_on_the_new_shot() -> None:
    (melt,) = (b for b in STORY.truth() if b.change is Change.DISSOLVE)
    (shot,) = (s for s in STORY.shots if s.begins is Change.DISSOLVE)
    assert melt.first_frame + melt.end_frame == 2 * shot.first_frame


def test_the_great_hit_is_the_flash() -> None:
    (flash,) = (b for b in STORY.truth() if b.change is Change.FLASH)
    (hit,) = (m for m in STORY.moments if m.weight == 5)
    assert hit.frame == flash.first_frame


def test_lines_are_said_one_after_another_inside_one_shot() -> None:
    for line, following in pairwise(STORY.lines):
        assert line.end_frame < following.first_frame
    for line in STORY.lines:
        assert any(
            shot.first_frame <= line.first_frame and line.end_frame <= shot.end_frame
            for shot in STORY.shots
        )


def test_effects_are_known_sounds_inside_the_film() -> None:
    assert {effect.sound for effect in STORY.effects} == set(MAKERS)
    for effect in STORY.effects:
        assert 0 <= effect.first_frame < effect.end_frame <= STORY.frames
        assert effect.peak_db < 0
        assert -1 <= effect.pan <= 1


def test_every_shot_has_its_air() -> None:
    assert set(AIRS) == {shot.id for shot in STORY.shots}


def test_moments_have_names_of_their_own_and_stand_in_order() -> None:
    assert len({moment.id for moment in STORY.moments}) == len(STORY.moments)
    frames = [moment.frame for moment in STORY.moments]
    assert frames == sorted(frames)
    assert STORY.moment("slam").frame == STORY.shot("stairs").first_frame

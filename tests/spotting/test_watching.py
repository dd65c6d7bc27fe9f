"""All detectors together: one order, and each thing told once."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from tests.drawn_clips import Frame, blend, cut, flat, mixed, scene
from tests.spotting.footage_kit import (
    BUNNY_CUTS,
    DETECTORS,
    TRAILER_CUTS,
    frames_of,
    real_footage,
    watched,
)

from scorestage.adapters.demofilm import STORY, Change, frames
from scorestage.spotting import Detector, Footage, Moment, MomentKind, watch
from scorestage.spotting.detectors.hard_cuts import HardCutSettings
from scorestage.spotting.likeness import shrunk
from scorestage.timebase import FilmRange, FilmTime


def moment(kind: MomentKind, at: int, end: int | None = None, words: str = "") -> Moment:
    start = FilmTime(Fraction(at, 24))
    return Moment(
        kind, start, FilmRange(start, FilmTime(Fraction(end or at + 1, 24))), 0.5, 0.5, words
    )


def fixed(*moments: Moment) -> dict[str, Detector[HardCutSettings]]:
    """A detector that says what it is told."""
    return {"told": Detector("told", "", HardCutSettings, lambda footage, settings: moments)}


FOOTAGE = Footage(watched([flat(0)]))


def test_moments_come_in_film_order_the_stronger_first() -> None:
    strong = replace(moment(MomentKind.SOUND, 40), strength=0.9)
    told = (moment(MomentKind.CUT, 90), moment(MomentKind.CUT, 40), strong)
    assert [one.kind for one in watch(FOOTAGE, fixed(*told))] == ["sound", "cut", "cut"]


def test_a_fade_is_no_dissolve() -> None:
    told = (moment(MomentKind.FADE_OUT, 10, 40), moment(MomentKind.DISSOLVE, 12, 38))
    assert [one.kind for one in watch(FOOTAGE, fixed(*told))] == ["fade-out"]
    apart = (moment(MomentKind.FADE_OUT, 10, 40), moment(MomentKind.DISSOLVE, 38, 70))
    assert len(watch(FOOTAGE, fixed(*apart))) == 2


def test_the_onset_of_a_flash_and_a_title_on_black_are_no_cuts() -> None:
    told = (
        moment(MomentKind.FLASH, 10, 14),
        moment(MomentKind.CUT, 10),
        moment(MomentKind.CUT, 14),
        moment(MomentKind.TITLE, 50, 90),
        moment(MomentKind.CUT, 50, words="cut out of black"),
    )
    seen = watch(FOOTAGE, fixed(*told))
    assert [(one.kind, one.at.seconds * 24) for one in seen] == [
        *(("flash", 10), ("cut", 14), ("title", 50))
    ]


def test_settings_reach_their_detector() -> None:
    footage = Footage(watched(cut((scene(1), 20), (scene(2), 20))))
    deaf = {"hard-cuts": HardCutSettings(least_change=9)}
    assert frames_of(watch(footage, DETECTORS), "cut") == [20]
    assert frames_of(watch(footage, DETECTORS, deaf), "cut") == []


def test_everything_in_one_clip() -> None:
    """A fade in, a cut, a flash, a dissolve and a cut to black, each where it was drawn."""
    first = cut((scene(1), 60))
    drawn = [blend(flat(0), frame, min(1, n / 20)) for n, frame in enumerate(first)]
    second = cut((scene(2), 60))
    second[30] = second[31] = flat(252)
    old, new = cut((scene(3), 60)), cut((scene(4), 60))
    drawn += [*second, *old[:36], *mixed(old[36:], new[:24]), *new[24:], *[flat(0)] * 20]
    seen = watch(Footage(watched(drawn)), DETECTORS)
    assert [(one.kind.value, one.words) for one in seen] == [
        ("fade-in", "fade in from black"),
        *(("cut", one.words) for one in seen[1:2]),
        ("flash", "white flash"),
        *(("cut", one.words) for one in seen[3:4]),
        ("dissolve", "dissolve"),
        ("cut", "cut to black"),
    ]
    truth = [0, 60, 90, 120, 168, 216]
    assert frames_of(seen) == pytest.approx(truth, abs=2)
    assert frames_of(seen, "cut") == [60, 120, 216]


def grown(level: int, shot: list[Frame], length: int) -> list[Frame]:
    """Ten frames of an even field, then a shot that fades in over `length` frames."""
    field = flat(level)
    shares = [min(1, (n + 1) / (length + 1)) for n in range(len(shot))]
    return [field] * 10 + [blend(field, one, s) for one, s in zip(shot, shares, strict=True)]


@pytest.mark.parametrize("level", [0, 128, 255])
def test_the_first_steps_of_a_short_fade_in_are_no_cut(level: int) -> None:
    seen = watch(Footage(watched(grown(level, cut((scene(1), 68)), 8))), DETECTORS)
    assert [(one.kind.value, frames_of([one])) for one in seen] == [("fade-in", [10])]


@pytest.mark.parametrize("level", [0, 255])
def test_a_cut_told_in_the_emptier_half_of_a_fade_is_the_fade(level: int) -> None:
    inward = grown(level, cut((scene(1), 68)), 8)
    fade, early = moment(MomentKind.FADE_IN, 10, 18), moment(MomentKind.CUT, 11)
    assert watch(Footage(watched(inward)), fixed(fade, early)) == (fade,)
    bright = moment(MomentKind.CUT, 17)
    assert bright in watch(Footage(watched(inward)), fixed(fade, bright))
    doubtful = replace(fade, confidence=0.4)
    assert early in watch(Footage(watched(inward)), fixed(doubtful, early))
    outward = Footage(watched(inward[::-1]))
    fade, late = moment(MomentKind.FADE_OUT, 60, 68), moment(MomentKind.CUT, 67)
    assert watch(outward, fixed(fade, late)) == (fade,)


@pytest.mark.parametrize("level", [0, 255])
@pytest.mark.parametrize("after", [5, 8])
def test_a_cut_to_another_shot_early_in_a_fade_stays(level: int, after: int) -> None:
    for number in range(6):
        shot = [*cut((scene(number), after)), *cut((scene(number + 1), 60))[after:]]
        drawn = grown(level, shot, 30)
        seen = watch(Footage(watched(drawn)), DETECTORS)
        assert 10 + after in frames_of(seen, "cut")
        turned = watch(Footage(watched(drawn[::-1])), DETECTORS)
        assert 60 - after in frames_of(turned, "cut")


@pytest.mark.parametrize("number", [3, 8, 11, 12, 13])
def test_light_that_flickers_on_and_off_is_no_fade(number: int) -> None:
    drawn = cut((scene(number), 90))
    for at in range(30, 50, 2):
        drawn[at] = mixed([drawn[at]] * 9, [flat(255)] * 9)[7]
    assert {one.kind.value for one in watch(Footage(watched(drawn)), DETECTORS)} == {"flash"}


def test_the_demo_film_is_told_as_it_was_drawn() -> None:
    small = [np.rint(shrunk(one, 72, 128)).astype(np.uint8) for one in frames(1280, 1430)]
    seen = watch(Footage(watched(small)), DETECTORS)
    cuts = [b.first_frame for b in STORY.truth() if b.change is Change.CUT]
    flashes = [b.first_frame for b in STORY.truth() if b.change is Change.FLASH]
    assert [1280 + one for one in frames_of(seen, "cut")] == [c for c in cuts if 1280 < c < 1430]
    assert [1280 + one for one in frames_of(seen, "flash")] == flashes


@pytest.mark.parametrize(
    ("name", "truth"), [("sintel-trailer", TRAILER_CUTS), ("big-buck-bunny-opening", BUNNY_CUTS)]
)
def test_real_films_have_their_cuts_and_no_others(name: str, truth: tuple[int, ...]) -> None:
    assert tuple(frames_of(watch(real_footage(name), DETECTORS), "cut")) == truth

"""Films heard where pictures leave it open: black, stills, shots used twice, shots replaced."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import numpy as np
import pytest
from numpy.typing import NDArray
from tests.conform.drawn_films import drawn_shot

from scorestage.conform import SOUND_BANDS, ChangeKind, ChangeList, FilmFrames, compare_films
from scorestage.conform.hearing import Hearing, heard_beside
from scorestage.conform.lines import Line
from scorestage.conform.tracks import Stretch
from scorestage.timebase import FRAMES_24, FrameRate

Cut = Sequence[tuple[int, int]]
BLACK = np.full((60, 18, 32), 16, np.uint8)
STILL = np.repeat(drawn_shot(1, 400), 60, axis=0)


def talk(frames: int, seed: int) -> NDArray[np.uint8]:
    """As somebody speaks: bands that rise and fall from frame to frame, some together."""
    chance = np.random.default_rng(seed)
    loud = (
        120 + 40 * chance.normal(size=(frames, 1)) + 25 * chance.normal(size=(frames, SOUND_BANDS))
    )
    return np.clip(loud, 0, 255).astype(np.uint8)


def cut(
    film: FilmFrames, spans: Cut, seed: int | None = None, sounds: NDArray[np.uint8] | None = None
) -> FilmFrames:
    """These spans end to end, encoded anew: quieter by 2 dB, every number a little off."""
    index = np.concatenate([np.arange(first, last) for first, last in spans])
    chance = np.random.default_rng(seed)
    heard = film.sounds if sounds is None else sounds
    told = None
    if heard is not None:
        told = np.clip(heard[index] - 6.0 + chance.normal(0, 2, (len(index), SOUND_BANDS)), 0, 255)
        told = np.rint(told).astype(np.uint8)
    seen = film.signatures[index] + chance.normal(0, 0.7, (len(index), 18, 32))
    return FilmFrames(np.clip(np.rint(seen), 0, 255).astype(np.uint8), film.rate, 0, told)


def film_of(parts: Sequence[NDArray[np.uint8]], seed: int) -> FilmFrames:
    pictures = np.concatenate(list(parts))
    return FilmFrames(pictures, FRAMES_24, 0, talk(len(pictures), seed))


def others(changes: ChangeList) -> list[tuple[str, int, int, int, int]]:
    return [
        (
            str(one.kind),
            one.old_in_frames,
            one.old_out_frames,
            one.new_in_frames,
            one.new_out_frames,
        )
        for one in changes.changes
        if one.kind is not ChangeKind.KEPT
    ]


def around(middle: NDArray[np.uint8], seed: int) -> FilmFrames:
    """Two shots of 70 frames before it (0 to 140) and two after."""
    shots = [drawn_shot(70, 10 * seed + number) for number in range(4)]
    return film_of([*shots[:2], middle, *shots[2:]], seed)


@pytest.mark.parametrize("middle", [BLACK, STILL], ids=["black", "still"])
@pytest.mark.parametrize(("at", "off"), [(160, 3), (175, 12), (158, 1)])
def test_what_is_gone_from_black_and_stills_is_heard(
    middle: NDArray[np.uint8], at: int, off: int
) -> None:
    old = around(middle, 1)
    spans = [(0, at), (at + off, len(old))]
    told = others(compare_films(old, cut(old, spans, 5)))
    assert [one[1:] for one in told] == [(at, at + off, at, at)]
    silent = FilmFrames(old.signatures, old.rate)
    unheard = others(compare_films(silent, cut(silent, spans, 5)))
    assert [one[1:] for one in unheard] == [(200 - off, 200, 200 - off, 200 - off)]


def test_more_black_is_heard_where_it_was_put() -> None:
    old = around(BLACK, 2)
    longer = cut(old, [(0, 165), (145, len(old))], 6)
    assert longer.sounds is not None
    longer.sounds[165:185] = talk(20, 77)
    told = others(compare_films(old, longer))
    assert [(one[1], one[3], one[4]) for one in told] == [(165, 165, 185)]


def test_a_shot_used_twice_is_told_apart_by_its_sound() -> None:
    shots = [drawn_shot(60, 300 + number) for number in range(6)]
    old = film_of([*shots[:2], shots[2], shots[3], shots[2], *shots[4:]], 3)
    for spans, gone in (
        ([(0, 180), (300, 420)], (180, 300)),
        ([(0, 120), (240, 420)], (120, 240)),
    ):
        told = others(compare_films(old, cut(old, spans, 7)))
        assert (told[0][1], told[-1][2]) == gone
        assert sum(one[2] - one[1] for one in told) == 120


def test_a_replaced_shot_that_was_trimmed_stays_replaced_in_its_place() -> None:
    shots = [drawn_shot(60, 500 + number) for number in range(5)]
    old = film_of(shots, 4)
    new = cut(old, [(0, 175), (180, 300)], 8)
    new.signatures[120:175] = drawn_shot(55, 999)
    told = compare_films(old, new)
    assert others(told) == [
        ("replaced", 120, 175, 120, 175),
        ("shortened_tail", 175, 180, 175, 175),
    ]
    assert told.of(ChangeKind.REPLACED)[0].confidence > 0.8
    assert compare_films(new, old) == told.mirrored()


def test_a_film_pulled_keeps_its_frames_and_what_is_heard() -> None:
    old = around(BLACK, 5)
    pulled = cut(old, [(0, 160), (163, len(old))], 9)
    pulled = FilmFrames(pulled.signatures, FrameRate("23.976"), 0, pulled.sounds)
    assert [one[1:] for one in others(compare_films(old, pulled))] == [(160, 163, 160, 160)]


@pytest.mark.parametrize("share", [1.0, 0.4])
def test_other_music_changes_nothing_that_is_seen(share: float) -> None:
    old = around(drawn_shot(60, 700), 6)
    new = cut(old, [(0, 85), (90, 200), (220, len(old))], 10)
    assert new.sounds is not None
    replaced = new.sounds.copy()
    replaced[: round(share * len(new))] = talk(round(share * len(new)), 66)
    told = compare_films(old, FilmFrames(new.signatures, new.rate, 0, replaced))
    unheard = compare_films(
        FilmFrames(old.signatures, old.rate), FilmFrames(new.signatures, new.rate)
    )
    assert told == unheard


def test_a_sound_a_frame_late_says_the_same() -> None:
    old = around(BLACK, 7)
    new = cut(old, [(0, 160), (163, len(old))], 11)
    assert new.sounds is not None
    late = FilmFrames(new.signatures, new.rate, 0, np.roll(new.sounds, 1, axis=0))
    told = others(compare_films(old, late))
    assert [one[2] - one[1] for one in told] == [3]
    assert abs(told[0][1] - 160) <= 1


def found(at: int, first: int, last: int) -> Stretch:
    costs = np.zeros(last - first, np.float32)
    return Stretch(first, last, Line(Fraction(at), Fraction(1), first, last, costs))


@pytest.mark.parametrize("off", [4, -5, 60, -200])
def test_a_place_close_by_that_sounds_right_is_proposed(off: int) -> None:
    sounds = talk(900, 3)
    index = np.arange(250, 650)
    index[150:200] += off
    heard = Hearing(sounds, sounds[index], np.zeros(SOUND_BANDS, np.float32), 0, 0.0, 40.0)
    told = list(heard_beside(heard, [found(250, 0, 400)]))
    assert [at for at, _, _ in told] == [250 + off]
    first, last = told[0][1:]
    assert 0 <= 150 - first <= 6 and 0 <= last - 200 <= 6


def test_no_place_is_proposed_where_all_sounds_right_or_nothing_close_by_does() -> None:
    sounds = talk(1600, 4)
    plain = Hearing(sounds, sounds[250:650], np.zeros(SOUND_BANDS, np.float32), 0, 0.0, 40.0)
    assert not list(heard_beside(plain, [found(250, 0, 400)]))
    index = np.arange(250, 650)
    index[150:200] += 500
    far = Hearing(sounds, sounds[index], np.zeros(SOUND_BANDS, np.float32), 0, 0.0, 40.0)
    assert not list(heard_beside(far, [found(250, 0, 400)]))
    other = Hearing(sounds, talk(400, 9), np.zeros(SOUND_BANDS, np.float32), 0, 0.0, 40.0)
    assert not list(heard_beside(other, [found(250, 0, 400)]))

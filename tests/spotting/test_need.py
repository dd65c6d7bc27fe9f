"""The need for music: what raises it, what lowers it, and that black before a film moves it."""

from __future__ import annotations

import numpy as np
import pytest
from tests.drawn_clips import Frame, cut, flat, scene
from tests.spotting.footage_kit import DETECTORS, heard, seconds, spoken, watched

from scorestage.spotting import Amount, Footage, Need, SoundIndex, Speech, watch
from scorestage.spotting.need import need_of
from scorestage.spotting.shots import shots_of


def need(
    frames: list[Frame],
    sound: SoundIndex | None = None,
    speech: tuple[Speech, ...] = (),
    amount: Amount = Amount.NORMAL,
) -> Need:
    footage = Footage(watched(frames), sound, speech)
    moments = watch(footage, DETECTORS)
    return need_of(footage, shots_of(footage.picture, moments), moments, amount)


SHOT = cut((scene(1), 240))


def test_more_is_wanted_the_more_the_director_wants() -> None:
    lines = spoken((60, 120))
    none, sparse, normal, wall = (need(SHOT, None, lines, amount).wanted for amount in Amount)
    assert (none < sparse).all()
    assert (sparse < normal).all()
    assert (normal < wall).all()
    assert (wall > 0).all()
    assert (none < 0).all()


def test_speech_thins_it_out_and_only_there() -> None:
    quiet, talking = need(SHOT).wanted, need(SHOT, None, spoken((100, 140))).wanted
    thinner = np.flatnonzero(talking < quiet - 1e-9)
    assert thinner.min() == pytest.approx(100 - 0.4 * 24, abs=1)
    assert thinner.max() == pytest.approx(140 + 0.4 * 24, abs=1)


def test_frame_lengths_add_up_to_the_film() -> None:
    assert need(SHOT).frame_seconds.sum() == pytest.approx(10)


def test_movement_raises_it_but_a_cut_alone_is_no_movement() -> None:
    still = scene(3, 400, 72)(0)
    panned = [still[:, 9 * n % 270 : 9 * n % 270 + 128] for n in range(28)]
    static = [still[:, :128]] * 80
    assert need(panned).motion.min() > 0.2
    assert need(static).motion.max() < 0.05
    assert need([*static, *[still[:, 200:328]] * 80]).motion.max() < 0.05


def test_quick_cutting_raises_it() -> None:
    quick = need(cut(*((scene(n), 12) for n in range(20))))
    assert quick.pace[100:140].min() > 0.9
    assert need(SHOT).pace.max() == 0


def test_the_films_own_music_raises_it() -> None:
    beat = np.arange(seconds(10)) / 24_000
    chord = sum(0.05 * np.sin(2 * np.pi * hertz * beat) for hertz in (220, 277, 330, 440, 660))
    noise = np.random.default_rng(1).normal(0, 0.05, seconds(10))
    assert need(SHOT, heard(np.asarray(chord))).music[60:180].min() > 0.9
    assert need(SHOT, heard(noise)).music.max() < 0.1


def test_a_silent_film_is_all_quiet_and_long_black_wants_nothing() -> None:
    assert need(SHOT).quiet.min() == 1
    black = need([*SHOT, *[flat(0)] * 48, *SHOT])
    assert black.black[240:288].min() == 1
    assert black.wanted[250:280].max() < 0


def test_opening_and_closing() -> None:
    ends = need([*[flat(0)] * 48, *[scene(1)(0)] * 1200, *[flat(0)] * 48]).ends
    assert ends[:48].max() == 0
    assert ends[48] == 1
    assert ends[1247] > 0.99
    assert ends[600] == 0


@pytest.mark.parametrize("head", [1, 24, 25, 37])
def test_black_before_the_film_moves_the_curve_and_nothing_else(head: int) -> None:
    film = [*cut((scene(1), 70), (scene(2), 50)), *[flat(0)] * 20, *cut((scene(3), 90))]
    sound = np.random.default_rng(1).normal(0, 0.02, len(film) * 1000)
    lines = [(30, 60), (170, 200)]
    plain = need(film, heard(sound), spoken(*lines))
    late = need(
        [*[flat(0)] * head, *film],
        heard(np.concatenate((np.zeros(head * 1000), sound))),
        spoken(*((a + head, b + head) for a, b in lines)),
    )
    assert late.motion[head:] == pytest.approx(plain.motion)
    assert late.ends[head:] == pytest.approx(plain.ends)
    assert late.speech[head:] == pytest.approx(plain.speech)
    assert late.pace[head:] == pytest.approx(plain.pace)
    if head == 24:
        assert late.wanted[head:] == pytest.approx(plain.wanted, abs=1e-5)

"""Where people speak: found in the demo film's own voices and a real trailer, not in music."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.signal import resample_poly
from tests.drawn_clips import cut, film_of, scene
from tests.shared_material import shared

from scorestage.adapters.demofilm.sounds.voice import SPEAKERS, say
from scorestage.adapters.machines.voice import (
    RATE_HZ,
    VoiceSettings,
    speech_in_film,
    speech_spans,
    spoken_middle,
)
from scorestage.timebase import FilmRange

Spans = list[tuple[FilmRange, float]]
TRAILER_LINES = ((11.85, 14.23), (18.09, 19.87), (36.27, 38.73), (41.85, 43.81))
"""Where the trailer's subtitles stand, in seconds."""


def line(words: str, length: float) -> NDArray[np.float32]:
    """A spoken line at 16 kHz."""
    return resample_poly(say(words, SPEAKERS["WICK"], length), 1, 3).astype(np.float32)


def two_lines(noise: float = 0.002) -> NDArray[np.float32]:
    """Ten seconds with speech at 2.0 to 4.0 and 6.5 to 8.0."""
    sound = np.random.default_rng(1).normal(0, noise, 10 * RATE_HZ).astype(np.float32)
    sound[2 * RATE_HZ : 4 * RATE_HZ] += 0.3 * line("Welcome home, captain.", 2.0)
    second = 0.3 * line("Come back! Come back!", 1.5)
    sound[round(6.5 * RATE_HZ) : round(6.5 * RATE_HZ) + len(second)] += second
    return sound[:, None]


def pieces(sound: NDArray[np.float32]) -> list[NDArray[np.float32]]:
    return [sound[at : at + 50_000] for at in range(0, len(sound), 50_000)]


def seconds(spans: Spans) -> list[tuple[float, float]]:
    return [(float(one.start.seconds), float(one.end.seconds)) for one, _ in spans]


def test_lines_are_found_where_they_are() -> None:
    spans = speech_spans(pieces(two_lines()))
    assert len(spans) == 2
    for (start, end), truth in zip(seconds(spans), ((2, 4), (6.5, 8)), strict=True):
        assert start == pytest.approx(truth[0], abs=0.3)
        assert end == pytest.approx(truth[1], abs=0.3)
    assert all(0.3 < sure <= 1 for _, sure in spans)


def test_silence_before_moves_every_span_by_its_length() -> None:
    plain = speech_spans(pieces(two_lines(0)))
    silence = np.zeros((RATE_HZ + 77, 1), np.float32)
    late = speech_spans(pieces(np.concatenate((silence, two_lines(0)))))
    moved = [one.start.seconds - other.start.seconds for (one, _), (other, _) in zip(
        late, plain, strict=True)]  # fmt: skip
    assert {float(step) for step in moved} == {(RATE_HZ + 77) / RATE_HZ}
    assert [sure for _, sure in late] == [sure for _, sure in plain]


@pytest.mark.parametrize("kind", ["silence", "noise", "chord", "nothing"])
def test_what_is_no_speech(kind: str) -> None:
    beat = np.arange(8 * RATE_HZ) / RATE_HZ
    sound = {
        "silence": np.zeros(len(beat)),
        "noise": np.random.default_rng(1).normal(0, 0.1, len(beat)),
        "chord": sum(0.1 * np.sin(2 * np.pi * hertz * beat) for hertz in (196, 247, 294, 392)),
        "nothing": np.zeros(0),
    }[kind]
    assert speech_spans(pieces(np.asarray(sound, dtype=np.float32)[:, None])) == []


def test_two_channels_are_heard_in_their_middle() -> None:
    """Speech in the middle under wide music twice as loud."""
    beat = np.arange(10 * RATE_HZ) / RATE_HZ
    music = [
        sum(0.08 * np.sin(2 * np.pi * hertz * beat + phase * 7) for hertz in chord)
        for phase, chord in enumerate(((220, 262, 330, 440), (247, 294, 370, 494)))
    ]
    wide = np.stack(music, axis=1).astype(np.float32)
    both = np.repeat(two_lines(), 2, axis=1) + wide
    assert len(speech_spans(pieces(both))) == 2
    part = slice(2 * RATE_HZ, 4 * RATE_HZ)
    clean, middle = two_lines()[part, 0], spoken_middle(both[part])
    assert len(middle) == len(clean)
    left_over, before = middle - clean, both[part].mean(axis=1) - clean
    assert (left_over**2).mean() < 0.6 * (before**2).mean()


def test_dialogue_left_and_effects_right_are_heard_too() -> None:
    effects = np.random.default_rng(3).normal(0, 0.01, (10 * RATE_HZ, 1)).astype(np.float32)
    split = np.concatenate((two_lines(), effects), axis=1)
    assert len(speech_spans(pieces(split))) == 2


def test_settings() -> None:
    sound = pieces(two_lines())
    assert speech_spans(sound, VoiceSettings(on=1.1)) == []
    assert len(speech_spans(sound, VoiceSettings(pause_seconds=Fraction(5)))) == 1


def test_a_silent_film_says_nothing(tmp_path: Path) -> None:
    assert speech_in_film(film_of(tmp_path / "a.mp4", cut((scene(1), 12)))) == []


def test_the_trailer() -> None:
    """Under loud music: most of what the subtitles show, little else."""
    spans = seconds(speech_in_film(shared("films/sintel-trailer.mp4")))
    grid = np.arange(0, 52, 0.01)
    truth, heard = np.zeros(len(grid), bool), np.zeros(len(grid), bool)
    for start, end in TRAILER_LINES:
        truth |= (grid >= start) & (grid < end)
    for start, end in spans:
        heard |= (grid >= start) & (grid < end)
    both = (truth & heard).sum()
    assert both / heard.sum() > 0.8
    assert both / truth.sum() > 0.68
    assert all(any(s < end and start < e for s, e in spans) for start, end in TRAILER_LINES)


def test_a_cartoon_without_words() -> None:
    spans = seconds(speech_in_film(shared("films/big-buck-bunny-opening.mp4")))
    assert sum(end - start for start, end in spans) < 0.02 * 150

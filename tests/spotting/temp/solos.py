"""A tune over chords, played by the package's synthesiser: what is exposed is known."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from scorestage.adapters.machines.sf2 import Sf2Synth
from scorestage.adapters.machines.sf2_fonts import find_soundfont
from scorestage.mockup.performance import Performance, PlayedNote
from scorestage.spotting import SOUND_RATE_HZ
from scorestage.spotting.temp.exposed import ExposedLine, LineIndexBuilder, exposed_line
from scorestage.timebase import FilmRange, FilmTime

BEAT_SECONDS = 0.6
FLUTE, OBOE, VIOLIN, CELLO, HORN, CLARINET, TRUMPET = 73, 68, 40, 42, 60, 71, 56
STRINGS = 48
CHORDS = ((0, 4, 7), (9, 12, 16), (5, 9, 12), (7, 11, 14))


@dataclass(frozen=True)
class Tune:
    """Keys, and when each is struck and let go, in seconds."""

    notes: tuple[tuple[float, float, int], ...]

    @property
    def keys(self) -> list[int]:
        return [key for _, _, key in self.notes]


def tune(seed: int, centre: int = 72, count: int = 32) -> Tune:
    """A walk in a scale, of eighths, quarters and halves."""
    random = np.random.default_rng(seed)
    scale, place, at, made = (0, 2, 4, 5, 7, 9, 11), 0, 0.5, []
    for _ in range(count):
        place = int(np.clip(place + random.choice((-3, -2, -1, 1, 2, 3)), -5, 6))
        key = centre + 12 * (place // 7) + scale[place % 7]
        long = BEAT_SECONDS * float(random.choice((0.5, 1, 1, 2)))
        made.append((at, at + long, key))
        at += long
    return Tune(tuple(made))


@cache
def _synth() -> Sf2Synth:
    return Sf2Synth(find_soundfont(), SOUND_RATE_HZ)


def _played(
    notes: Iterable[tuple[float, float, float]], program: int, velocity: int
) -> Performance:
    rate = SOUND_RATE_HZ
    made = tuple(
        PlayedNote(round(a * rate), round((b - a) * rate), program, False, float(key), velocity)
        for a, b, key in notes
    )
    return Performance("p", "p", made)


def render(
    parts: Iterable[tuple[Iterable[tuple[float, float, float]], int, int, float]],
) -> NDArray[np.float32]:
    """Parts of notes, program, velocity and level (dB), summed: samples x 2."""
    made = [(tuple(notes), program, velocity, db) for notes, program, velocity, db in parts]
    end = max(note[1] for notes, *_ in made for note in notes) + 1
    length = round(end * SOUND_RATE_HZ)
    whole = np.zeros((length, 2))
    for notes, program, velocity, level_db in made:
        sound = np.asarray(_synth().render(_played(notes, program, velocity), length))
        loud = np.sqrt((sound**2).mean()) + 1e-9
        whole += sound * (0.05 * 10 ** (level_db / 20) / loud)
    return whole.astype(np.float32)


def chords(seconds: float, tonic: int = 48) -> list[tuple[float, float, float]]:
    """A chord every two seconds and a bit."""
    long = 4 * BEAT_SECONDS
    return [
        (n * long, (n + 1) * long, float(tonic + key))
        for n in range(int(seconds / long) + 1)
        for key in CHORDS[n % 4]
    ]


def solo(seed: int, program: int, centre: int, pad_db: float) -> tuple[Tune, NDArray[np.float32]]:
    """A tune at 0 dB over a string pad at `pad_db`."""
    one = tune(seed, centre)
    pad = chords(one.notes[-1][1])
    return one, render([(one.notes, program, 90, 0.0), (pad, STRINGS, 60, pad_db)])


def heard(sound: NDArray[np.float32]) -> ExposedLine:
    builder = LineIndexBuilder()
    builder.add(sound)
    index = builder.finish()
    return exposed_line(index, FilmRange(FilmTime(0), FilmTime(len(index) // 20)))


def right(found: ExposedLine, truth: Tune) -> tuple[float, float]:
    """Precision and recall: a note is right whose key is right and that begins within 0.15 s."""
    free = list(truth.notes)
    hit = 0
    for note in found.notes:
        at = float(note.range.start.seconds)
        match = [one for one in free if one[2] == note.key and abs(one[0] - at) < 0.15]
        if match:
            free.remove(match[0])
            hit += 1
    return hit / max(1, len(found.notes)), hit / len(truth.notes)

"""The figures of docs/decisions/0004-synthesiser.md: `uv run python -m benchmarks.synthesiser`.

Seconds are of this process on one core; speeds are told as a ratio to midirenderer in the same
run, for they say nothing across machines.
"""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Callable, Sequence

import numpy as np
from tests.adapters.machines.other_engine import (
    Struck,
    level_db,
    onset_samples,
    play_elsewhere,
    strongest_hz,
)

from scorestage.adapters.machines.sf2 import Sf2Synth
from scorestage.adapters.machines.sf2_fonts import bundled_soundfont
from scorestage.mockup.performance import SAMPLE_RATE_HZ, Performance, PlayedNote

STEMS = (48, 48, 48, 48, 48, 73, 68, 71, 70, 60, 56, 57, 58, 47, 46, 0, 11, 14, 52, 45)
SECONDS = 60
COMPARED = {
    "piano": (0, 60),
    "glockenspiel": (9, 84),
    "marimba": (12, 60),
    "violin": (40, 74),
    "cello": (42, 48),
    "double bass": (43, 36),
    "pizzicato": (45, 55),
    "harp": (46, 60),
    "trumpet": (56, 67),
    "trombone": (57, 53),
    "tuba": (58, 41),
    "oboe": (68, 72),
    "bassoon": (70, 48),
    "clarinet": (71, 65),
    "flute": (73, 76),
}
ATTACKS = {
    "section strings": (44, 60),
    "string ensemble": (48, 60),
    "slow strings": (49, 60),
    "choir": (52, 60),
    "horn": (60, 53),
    "oboe": (68, 72),
    "flute": (73, 76),
    "double bass": (43, 36),
    "trumpet": (56, 67),
    "pizzicato": (45, 60),
    "timpani": (47, 45),
}
_MASTER_DB = 6.29


def _line(program: int, rng: random.Random) -> list[Struck]:
    """A minute of quarters, eighths and halves, now and then with a second voice."""
    now, key, notes = 0.5, 60, []
    while now < SECONDS - 2:
        length = rng.choice((0.25, 0.5, 0.5, 1.0, 2.0))
        key = min(max(key + rng.choice((-4, -2, -1, 1, 2, 4)), 40), 80)
        notes.append((now, length, key, rng.randint(60, 100)))
        if rng.random() < 0.3:
            notes.append((now, length, key - 8, 80))
        now += length
    return notes


def _performance(program: int, notes: Sequence[Struck]) -> Performance:
    def at(seconds: float) -> int:
        return round(seconds * SAMPLE_RATE_HZ)

    played = (PlayedNote(at(s), at(n), program, False, key, v) for s, n, key, v in notes)
    return Performance("p", "", tuple(played))


def _ours(synth: Sf2Synth, notes: Sequence[Struck], program: int, end: float) -> np.ndarray:
    return synth.render(_performance(program, notes), round(end * SAMPLE_RATE_HZ))


def _cpu_seconds(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def speed(font: bytes) -> None:
    """Twenty stems of a minute, each rendered alone, the font opened once or twenty times."""
    rng = random.Random(1)
    lines = [(program, _line(program, rng)) for program in STEMS]

    def ours() -> None:
        synth = Sf2Synth(bundled_soundfont())
        for program, notes in lines:
            _ours(synth, notes, program, SECONDS)

    def theirs() -> None:
        for program, notes in lines:
            play_elsewhere(font, notes, program, end_seconds=SECONDS)

    a, b = _cpu_seconds(ours), _cpu_seconds(theirs)
    print(f"20 stems of {SECONDS} s: own {a:.1f} s, midirenderer {b:.1f} s, ratio {a / b:.2f}")


def onsets(synth: Sf2Synth, font: bytes) -> None:
    """One note at sixty irregular places: how far its onset strays from its place."""
    rng = random.Random(2)
    places = [0.3 + 0.2 * i + rng.randrange(4_800) / SAMPLE_RATE_HZ for i in range(60)]
    for name, play in (
        ("own", lambda note: _ours(synth, [note], 0, note[0] + 0.3)),
        ("midirenderer", lambda note: play_elsewhere(font, [note], 0, end_seconds=note[0] + 0.3)),
    ):
        strays = [
            onset_samples(play((place, 0.2, 72, 100))) - round(place * SAMPLE_RATE_HZ)
            for place in places[::3]
        ]
        print(f"onset {name}: {min(strays)} to {max(strays)} samples after the note's place")


def likeness(synth: Sf2Synth, font: bytes) -> None:
    """Pitch, level and decay against midirenderer, for what an orchestra needs."""
    cents, levels, decays = [], [], []
    for program, key in COMPARED.values():
        notes = [(0.1, 1.2, key, 100)]
        a = _ours(synth, notes, program, 1.6)
        b = play_elsewhere(font, notes, program, end_seconds=1.6)
        nominal = 440 * 2 ** ((key - 69) / 12)
        partial = strongest_hz(b[12_000:57_600], 0.8 * nominal, 5 * nominal)
        found = strongest_hz(a[12_000:57_600], 0.97 * partial, 1.03 * partial)
        cents.append(abs(1200 * np.log2(found / partial)))
        levels.append(level_db(a, 0.1, 1.3) - level_db(b, 0.1, 1.3) - _MASTER_DB)
        if level_db(b, 1.0, 1.1) > -60:
            fall = [level_db(s, 1.0, 1.1) - level_db(s, 0.15, 0.25) for s in (a, b)]
            decays.append(abs(fall[0] - fall[1]))
    print(f"pitch against midirenderer: at most {max(cents):.1f} cents apart")
    spread = statistics.pstdev(levels)
    print(f"level: {min(levels):+.1f} to {max(levels):+.1f} dB, standard deviation {spread:.2f} dB")
    print(f"decay over 0.8 s: at most {max(decays):.1f} dB apart")


def timpani(synth: Sf2Synth) -> None:
    """The two partials that carry a timpano's pitch, against the written key."""
    for key in (41, 45, 50):
        sound = _ours(synth, [(0.0, 1.5, key, 100)], 47, 1.5)[2_000:50_000]
        nominal = 440 * 2 ** ((key - 69) / 12)
        first = strongest_hz(sound, 0.85 * nominal, 1.2 * nominal) / nominal
        second = strongest_hz(sound, 1.35 * nominal, 1.65 * nominal) / nominal
        off = 1200 * np.log2(first), 1200 * np.log2(second / 1.5)
        print(
            f"timpani, key {key}: partials {first:.3f} and {second:.3f} "
            f"({off[0]:+.0f} cents, and {off[1]:+.0f} from a fifth)"
        )


def attacks(synth: Sf2Synth) -> None:
    """How long each sound takes to 10 % of its peak."""
    for name, (program, key) in ATTACKS.items():
        print(f"attack of {name}: {1000 * synth.attack_seconds(program, key, 84):.1f} ms")


def swells(synth: Sf2Synth) -> None:
    """How far the level of a held note of strings wanders, by the program used."""
    for program in (44, 48):
        ranges = []
        for key in (38, 43, 48, 55, 60, 67):
            sound = _ours(synth, [(0.1, 3.5, key, 90)], program, 3.7)
            levels = [level_db(sound, 0.5 + 0.1 * i, 0.7 + 0.1 * i) for i in range(28)]
            ranges.append(max(levels) - min(levels))
        print(
            f"held strings, program {program}: level wanders {min(ranges):.1f} to "
            f"{max(ranges):.1f} dB"
        )


def main() -> None:
    """Print every figure."""
    font = bundled_soundfont().read_bytes()
    synth = Sf2Synth(bundled_soundfont())
    speed(font)
    onsets(synth, font)
    likeness(synth, font)
    timpani(synth)
    attacks(synth)
    swells(synth)


if __name__ == "__main__":
    main()

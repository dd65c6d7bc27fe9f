"""What is heard of a temp whose score is known: tempo, key, and how near pieces come to each other.

The first minute of nine orchestral movements of the reference material, played by the package's
synthesiser at a steady tempo. The felt beat is the dotted one in compound meter.

Run: `uv run python -m benchmarks.temp`
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import combinations

import numpy as np
from tests.shared_material import shared_folder
from tests.spotting.temp.solos import (
    CELLO,
    CLARINET,
    FLUTE,
    HORN,
    OBOE,
    TRUMPET,
    VIOLIN,
    right,
    solo,
)
from tests.spotting.temp.solos import heard as heard_line

from scorestage.adapters.machines.sf2 import Sf2Synth
from scorestage.adapters.machines.sf2_fonts import find_soundfont
from scorestage.mockup.clock import AudioClock
from scorestage.mockup.mix import mix, stems_of
from scorestage.mockup.perform import perform
from scorestage.spotting import SOUND_RATE_HZ, SoundIndexBuilder
from scorestage.spotting.temp import (
    TempPiece,
    harmony_shared,
    hear_temp,
    likeness_in_sound,
    rhythm_shared,
    scoring_shared,
)
from scorestage.spotting.temp.written import SCORING_COUNTS
from scorestage.spotting.tones import ToneIndexBuilder
from scorestage.thematics import of_score
from scorestage.timebase import FRAMES_24, Beat, FilmTime, Steady, Tempo, TempoMap
from scorestage.workflow.convert import read_music

SECONDS = 60
SOLOS = (
    *((FLUTE, 79), (OBOE, 74), (VIOLIN, 76), (CELLO, 55)),
    *((HORN, 62), (CLARINET, 70), (TRUMPET, 72)),
)
PIECES = {
    "bach-bminor-05": (96, Fraction(1), "A major"),
    "bach-brandenburg-3-1": (88, Fraction(1), "G major"),
    "beach-gaelic-2": (60, Fraction(3, 2), "F major"),
    "beethoven-5-1": (108, Fraction(1), "C minor"),
    "beethoven-6-5": (76, Fraction(3, 2), "F major"),
    "boulanger-matin": (66, Fraction(1), ""),
    "brahms-3-3": (80, Fraction(3, 2), "C minor"),
    "brahms-4-4": (92, Fraction(1), "E minor"),
    "haydn-104-1": (100, Fraction(1), "D major"),
}
"""Quarters a minute as played, quarters in a felt beat, and the key that is beyond doubt."""


def played(name: str, bpm: int) -> np.ndarray:
    """The first minute, samples x 2."""
    score = read_music(shared_folder() / "scores" / f"{name}.mxl").score
    tempo = Steady(Beat(0), Tempo(Fraction(bpm)))
    clock = AudioClock(TempoMap(FilmTime(0), score.grid, (tempo,)), FilmTime(0), SOUND_RATE_HZ)
    synth = Sf2Synth(find_soundfont(), SOUND_RATE_HZ)
    length = SECONDS * SOUND_RATE_HZ
    parts = [
        replace(one, notes=tuple(note for note in one.notes if note.start_samples < length))
        for one in perform(score, clock, synth, seed=1)
    ]
    return mix(stems_of(parts, synth, length, SOUND_RATE_HZ)).mix


def heard(sound: np.ndarray) -> TempPiece:
    sounds, tones = SoundIndexBuilder(), ToneIndexBuilder(2)
    sounds.add(sound.astype(np.float32))
    tones.add(sound.astype(np.float32))
    return hear_temp(sounds.finish(), tones.finish(), FRAMES_24).pieces[0]


def level(piece: TempPiece, felt_bpm: float) -> bool:
    """Whether the felt beat, its half or its double is one of the two tempos."""
    return any(
        abs(np.log2(one.bpm / felt_bpm / ratio)) < np.log2(1.04)
        for one in piece.tempos
        for ratio in (0.5, 1, 2)
    )


def main() -> None:
    pieces = {name: heard(played(name, bpm)) for name, (bpm, _, _) in PIECES.items()}
    for name, piece in pieces.items():
        bpm, quarters, key = PIECES[name]
        tempos = " or ".join(f"{one.bpm:g}" for one in piece.tempos)
        keys = ", ".join(one.name for one in piece.keys)
        right = "beat" if level(piece, float(bpm / quarters)) else "    "
        place = [one.name for one in piece.keys].index(key) + 1 if key in keys and key else 0
        print(
            f"{name:22} {float(bpm / quarters):5.1f} {tempos:16} {right}  {key:8} {place}  {keys}"
        )
    pairs = [
        likeness_in_sound(pieces[a], pieces[b]).points[-1].alike for a, b in combinations(pieces, 2)
    ]
    print(
        f"pitches, {len(pairs)} unrelated pairs: {np.round(np.percentile(pairs, (50, 90, 100)), 2)}"
    )
    written()
    exposed()


def written() -> None:
    """What unrelated scores have in common beside their tunes: how often each point counts."""
    scores = {name: read_music(shared_folder() / "scores" / f"{name}.mxl").score for name in PIECES}
    tunes = {name: of_score(score, theme_id="tune") for name, score in scores.items()}
    counts = {"harmony": 0, "rhythm": 0, "scoring": 0}
    pairs = list(combinations(scores, 2))
    for a, b in pairs:
        one, other = scores[a], scores[b]
        counts["harmony"] += harmony_shared(one, other).counts
        counts["rhythm"] += rhythm_shared(tunes[a], tunes[b], one.grid, other.grid).counts
        counts["scoring"] += scoring_shared(one, other) >= SCORING_COUNTS
    print(f"of {len(pairs)} unrelated pairs of scores alike by: {counts}")


def exposed() -> None:
    """The line that stands out of a solo over string chords, at levels of the chords."""
    print("solo over chords (dB under it): lines told, notes right, notes found, confidence")
    for below_db in (60, 14, 10, 6, 0):
        told, precise, found, sure = [], [], [], []
        for seed, (program, centre) in enumerate(SOLOS):
            truth, sound = solo(seed + 20, program, centre, -below_db)
            line = heard_line(sound)
            told.append(bool(line.notes))
            sure.append(line.confidence)
            if line.notes:
                share = right(line, truth)
                precise.append(share[0])
                found.append(share[1])
        shares = [round(float(np.mean(one)), 2) if one else 0.0 for one in (precise, found, sure)]
        print(f"  {below_db:3} dB  {sum(told)} of {len(told)}  {shares}")


if __name__ == "__main__":
    main()

"""What music21 and partitura read out of MIDI files: run by `benchmarks/takedown.py`.

Each quantises as it can: music21 to fourths and thirds of a quarter, partitura to sixteenths
(`load_score_midi` with its quantization unit).
"""

from __future__ import annotations

import json
import sys
import warnings
from fractions import Fraction

warnings.simplefilter("ignore")
_SIXTEENTH_TICKS = 240


def by_music21(path: str) -> list[tuple[str, int, str]]:
    from music21 import converter

    found = []
    for note in converter.parse(path, quantizePost=True).flatten().notes:
        onset, length = Fraction(note.offset), Fraction(note.quarterLength)
        found += [(str(onset), int(pitch.midi), str(length)) for pitch in note.pitches]
    return found


def by_partitura(path: str) -> list[tuple[str, int, str]]:
    import partitura

    found = []
    score = partitura.load_score_midi(path, quantization_unit=_SIXTEENTH_TICKS)
    for part in score.parts:
        quarter = part.quarter_map
        for note in part.notes_tied:
            start, end = float(quarter(note.start.t)), float(quarter(note.end_tied.t))
            onset = Fraction(start).limit_denominator(96)
            found.append(
                (str(onset), int(note.midi_pitch), str(Fraction(end).limit_denominator(96) - onset))
            )
    return found


def main() -> None:
    asked: dict[str, str] = json.load(sys.stdin)
    told: dict[str, dict[str, list[tuple[str, int, str]]]] = {}
    for name, read in (("music21", by_music21), ("partitura", by_partitura)):
        told[name] = {one: read(path) for one, path in asked.items()}
    json.dump(told, sys.stdout)


if __name__ == "__main__":
    main()

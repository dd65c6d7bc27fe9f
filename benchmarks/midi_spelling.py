"""How many notes of real scores are spelled as printed, when all that is left of them is MIDI.

Run: `uv run python -m benchmarks.midi_spelling PATH...`. Each score becomes a MIDI file, by our
writer and by Verovio's (for an outsider's opinion), and is read back; notes are paired by onset
and key.
"""

from __future__ import annotations

import argparse
import base64
from collections import Counter
from fractions import Fraction
from pathlib import Path

import verovio
from benchmarks.score_suites import files_in

from scorestage.adapters.formats.midi import read_midi, write_midi
from scorestage.adapters.formats.musicxml import read_score
from scorestage.adapters.formats.musicxml.document_in import xml_of
from scorestage.errors import ScorestageError
from scorestage.music import Score
from scorestage.timebase import FilmTime, Tempo, TempoMap

Named = Counter[tuple[Fraction, int, str]]


def named(score: Score, shift: Fraction = Fraction(0)) -> Named:
    """Onset, key and spelling of every pitched note."""
    return Counter(
        (note.onset.quarters + shift, pitch.key, str(pitch))
        for _, note in score.notes()
        for pitch in note.sounding
    )


def agreed(source: Named, other: Named) -> tuple[int, int]:
    """How many notes are spelled alike, of those that are there in both."""
    heard: Counter[tuple[Fraction, int]] = Counter()
    for (onset, key, _), count in other.items():
        heard[onset, key] += count
    both: Counter[tuple[Fraction, int]] = Counter()
    for (onset, key, _), count in source.items():
        both[onset, key] += count
    common = sum((heard & both).values())
    return sum((source & other).values()), common


def of_verovio(content: bytes) -> bytes:
    """The MIDI file that Verovio makes."""
    kit = verovio.toolkit()
    kit.setOptions({"expandNever": True, "breaks": "none"})
    kit.loadData(content.decode("utf-8"))
    return base64.b64decode(kit.renderToMIDI())


def main() -> None:
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("files", nargs="+", type=Path)
    asked = reader.parse_args()
    verovio.enableLog(verovio.LOG_OFF)
    totals: Counter[str] = Counter()
    for path in files_in(asked.files):
        content = path.read_bytes()
        try:
            read = read_score(content, path.name)
            score = read.score
            tempo_map = read.tempo_map or TempoMap.steady(FilmTime(0), Tempo(96), score.grid)
            own = read_midi(write_midi(score, tempo_map)).score
            theirs = read_midi(of_verovio(xml_of(content, path.name))).score
        except ScorestageError as fault:
            print(f"{path.name[:40]:40} {str(fault)[:60]}")
            continue
        bar = score.grid.bars[0].meter.length.quarters
        lead = -(-score.grid.pickup.quarters // bar) * bar
        row = []
        for name, other, shift in (
            ("ours", own, Fraction(lead)),
            ("verovio", theirs, score.grid.pickup.quarters),
        ):
            right, common = agreed(named(score, shift), named(other))
            totals[f"{name} right"] += right
            totals[f"{name} of"] += common
            row.append(f"{name} {right / common if common else 1:7.2%} of {common}")
        print(f"{path.name[:40]:40} {'   '.join(row)}")
    for name in ("ours", "verovio"):
        if totals[f"{name} of"]:
            print(f"{name}: {totals[f'{name} right'] / totals[f'{name} of']:.2%}")


if __name__ == "__main__":
    main()

"""How literally each way of writing repeats itself: 16 bars in three meters and three tempos.

Run: `uv run python -m benchmarks.idioms [IDIOM...]`. Every idiom writes over the same eight chords
twice, in 4/4, 5/4 and 7/8, at 50, 100 and 160, in the first style that names it. Told are the
share of bars (and of pairs, and of fours, from any bar) that stand note for note as they stood
before, the longest run of equal bars, and bars in which nothing is struck or held.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from fractions import Fraction
from itertools import pairwise
from statistics import mean

from scorestage.adapters.catalogue import names
from scorestage.adapters.catalogue.styles import load_style
from scorestage.composing.chords import ChordSpan
from scorestage.composing.idioms import idioms_at_hand
from scorestage.composing.passage import Harmony, Passage, PassageBar
from scorestage.composing.refreshing import freshened
from scorestage.composing.voicing import voice_chords
from scorestage.music import Note
from scorestage.music.harmony import mode_family, roman
from scorestage.music.key import Key
from scorestage.music.style import Style
from scorestage.timebase import BarGrid, Meter

METERS = ("4/4", "5/4", "2+2+3/8")
TEMPOS_BPM = (50, 100, 160)
MAJOR = ("I", "vi", "IV", "V", "I", "I", "ii", "V") * 2
MINOR = ("i", "VI", "iv", "V", "i", "i", "iv", "V") * 2


def style_of(idiom: str) -> Style:
    """The first style that names an idiom; a plain one where none does."""
    for name in names("styles"):
        style = load_style(name)
        if idiom in (*style.idioms_calm, *style.idioms_moving, *style.idioms_driving):
            return style
    return Style("x", "X")


def passage_in(style: Style, meter: str, bpm: int, energy: int, melody: bool = True) -> Passage:
    """Sixteen bars over eight chords twice, with a tune of quarters and halves above."""
    mode = style.modes[0] if style.modes else "major"
    key = Key("D", mode)
    numerals = MINOR if mode_family(mode) == "minor" else MAJOR
    grid = BarGrid.regular(len(numerals), Meter.parse(meter))
    spans: list[ChordSpan] = []
    for index, numeral in enumerate(numerals):
        start, end = grid.starts[index], grid.starts[index + 1]
        chord = roman(numeral, key, start)
        if index and numerals[index - 1] == numeral:
            spans[-1] = ChordSpan(spans[-1].start, end, spans[-1].chord, key)
        else:
            spans.append(ChordSpan(start, end, chord, key))
    voiced = voice_chords(spans, [style.pad] * len(spans), style.bass)
    bars = []
    for index, bar in enumerate(grid.bars):
        start, end = grid.starts[index], grid.starts[index + 1]
        (own,) = [one for one in voiced if one.start < end and start < one.end]
        harmony = Harmony(start, end, own.chord, own.upper, own.bass, own.start == start, own.end)
        bars.append(PassageBar(index, start, bar.meter, (harmony,)))
    steps = (4, 2, 3, 5, 7, 6, 4, 2, 1, 3, 2, 0, 4, 5, 3, 2)
    tune = tuple(
        Note("", bar.start, bar.meter.length, (key.at(7 + steps[number]),))
        for number, bar in enumerate(bars)
    )
    quarter = Fraction(60, bpm) if "/4" in meter else Fraction(120, bpm * 3) * Fraction(3, 2)
    return Passage(tuple(bars), key, style, energy, 1, "b", quarter, None, tune if melody else ())


def shapes_of(idiom: str, passage: Passage) -> list[tuple[object, ...]]:
    """What stands in each bar of what an idiom writes, counted from its barline."""
    texture = freshened(passage, idioms_at_hand()[idiom].write(passage))
    return [
        tuple(
            sorted(
                (
                    role.value,
                    (max(note.onset, bar.start) - bar.start).quarters,
                    (min(note.end, bar.end) - max(note.onset, bar.start)).quarters,
                    tuple(str(pitch) for pitch in note.pitches),
                    note.tremolo,
                )
                for role, notes in texture.items()
                for note in notes
                if note.onset < bar.end and bar.start < note.end
            )
        )
        for bar in passage.bars
    ]


def repeated(shapes: list[tuple[object, ...]], unit: int) -> float:
    """The share of units (from any bar) that stood before, note for note."""
    heard: set[tuple[object, ...]] = set()
    places = range(len(shapes) - unit + 1)
    again = 0
    for place in places:
        shape = tuple(shapes[place : place + unit])
        again += shape in heard
        heard.add(shape)
    return again / len(places)


def longest_run(shapes: list[tuple[object, ...]]) -> int:
    """How many equal bars stand side by side at most."""
    best = run = 1
    for one, other in pairwise(shapes):
        run = run + 1 if one == other else 1
        best = max(best, run)
    return best


def main() -> None:
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("idioms", nargs="*")
    asked = reader.parse_args()
    total: dict[str, list[float]] = defaultdict(list)
    for idiom in asked.idioms or idioms_at_hand():
        style = style_of(idiom)
        rows: dict[str, list[float]] = defaultdict(list)
        for meter in METERS:
            for bpm in TEMPOS_BPM:
                for energy in (-1, 0, 1):
                    shapes = shapes_of(idiom, passage_in(style, meter, bpm, energy))
                    for unit in (1, 2, 4):
                        rows[f"{unit}"].append(repeated(shapes, unit))
                    rows["run"].append(longest_run(shapes))
                    rows["empty"].append(sum(not shape for shape in shapes))
        for name, found in rows.items():
            total[name] += found
        told = ", ".join(f"{name} {mean(rows[name]):.0%}" for name in "124")
        worst = f"worst {max(rows['1']):.0%} {max(rows['2']):.0%} {max(rows['4']):.0%}"
        rest = f"run {max(rows['run']):.0f}; empty {sum(rows['empty']):.0f}"
        print(f"{idiom:14} {told}; {worst}; {rest}")
    print(
        "all: "
        + ", ".join(f"{name} bars {mean(total[name]):.1%}" for name in "124")
        + f", longest run {max(total['run']):.0f}, empty bars {sum(total['empty']):.0f} "
        f"in {len(total['run'])} passages"
    )


if __name__ == "__main__":
    main()

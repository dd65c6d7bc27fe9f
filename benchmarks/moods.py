"""Whether music follows its brief: rising curves must rise, moods must come in their order.

Run: `uv run python -m benchmarks.moods [STYLE...] [--seeds 6]`. For every style and seed a cue of
24 bars is written under a rising and a falling curve of tension; told is how often the last third
lies above (below) the first in each measure, and how far. Then pairs of moods are written from the
same theme, and the one that should be faster, louder, busier or darker is checked to be so.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Iterable
from statistics import mean

from tests.composing.cues import request

from scorestage.adapters.catalogue import names
from scorestage.adapters.catalogue.styles import load_style
from scorestage.composing import CueRequest, compose
from scorestage.composing.measures import BarMeasure, measured
from scorestage.composing.writing import home_key
from scorestage.music.harmony import mode_family

MEASURES = ("diameter", "strain", "attacks_per_second", "top_key", "loudness")
RISING, FALLING = "0:00=1, 0:57=10", "0:00=10, 0:57=1"
PAIRS = (
    ("joy", "sad", ("attacks_per_second", "loudness", "top_key", "major")),
    ("chase", "calm", ("attacks_per_second", "loudness", "bpm")),
    ("anger", "tender", ("attacks_per_second", "loudness", "diameter", "bpm")),
    ("fear", "calm", ("diameter", "loudness")),
    ("suspense", "hope", ("diameter",)),
    ("heroic", "loneliness", ("attacks_per_second", "loudness", "major", "bpm")),
)
"""The first mood must have more of each than the second."""


def bars_of(asked: CueRequest) -> tuple[BarMeasure, ...]:
    """What was written, measured; the closing bar is left out."""
    key = home_key(asked, asked.main_theme)
    return measured(compose(asked).sketch, asked.tempo_map, key)[:-1]


def figure(bars: Iterable[BarMeasure], name: str) -> float:
    """The mean of a measure over bars."""
    found = [getattr(bar, name) for bar in bars]
    return mean(one for one in found if one is not None)


def thirds(style: str, seed: int, curve: str) -> dict[str, float]:
    """By how much the last third lies above the first."""
    bars = bars_of(request(style, meters=("4/4",) * 24, bpm=100, seed=seed, tension=curve))
    third = len(bars) // 3
    return {name: figure(bars[-third:], name) - figure(bars[:third], name) for name in MEASURES}


def keeps_chords(style: str) -> bool:
    """Whether a style's chords are its tradition's, so that no curve exchanges them."""
    asked = load_style(style)
    return asked.own_modes or bool(asked.harmony.plain) or not asked.harmony.symbols


def mood_figures(style: str, seed: int, tone: str) -> dict[str, float]:
    """A mood's music in figures; `major` is 1 or 0, `bpm` what the style wishes for it."""
    asked = request(style, meters=("4/4",) * 16, seed=seed, tone=(tone,))
    bpm = asked.style.bpm_for(asked.mood.arousal)
    asked = request(style, meters=("4/4",) * 16, seed=seed, tone=(tone,), bpm=bpm)
    bars = bars_of(asked)
    told = {name: figure(bars, name) for name in MEASURES}
    key = home_key(asked, asked.main_theme)
    return {**told, "bpm": float(bpm), "major": float(mode_family(key.mode) == "major")}


def main() -> None:
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("styles", nargs="*", default=list(names("styles")))
    reader.add_argument("--seeds", type=int, default=6)
    asked = reader.parse_args()
    for words, curve, sign in (("rising", RISING, 1), ("falling", FALLING, -1)):
        found: dict[str, list[float]] = defaultdict(list)
        for style in asked.styles:
            for seed in range(1, asked.seeds + 1):
                for name, rise in thirds(style, seed, curve).items():
                    kept = name == "strain" and keeps_chords(style)
                    found[f"{name}, chords kept" if kept else name].append(sign * rise)
        for name, rises in found.items():
            share = sum(rise > 0 for rise in rises) / len(rises)
            print(f"{words:8} tension: {name:22} {share:6.1%} of {len(rises)}, {mean(rises):+.2f}")
    for one, other, wanted in PAIRS:
        held: dict[str, list[bool]] = defaultdict(list)
        for style in asked.styles:
            for seed in range(1, asked.seeds + 1):
                first, second = (mood_figures(style, seed, tone) for tone in (one, other))
                for name in wanted:
                    held[name].append(first[name] > second[name])
        told = ", ".join(f"{name} {sum(rows) / len(rows):.0%}" for name, rows in held.items())
        print(f"{one} over {other}: {told}", flush=True)


if __name__ == "__main__":
    main()

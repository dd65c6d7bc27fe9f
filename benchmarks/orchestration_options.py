"""How far the options of an orchestration differ: carriers of tune, harmony and bass, bar by bar.

Run: `uv run python -m benchmarks.orchestration_options [--ensemble studio-orchestra] [--pairs]`.
Sketches: cues composed in several styles, and the strings of public-domain scores as short scores.
A bar differs (`mostly`) where at least half of all who carry a line do so in one option only.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations

from tests.composing.cues import request
from tests.judging.carriers import apart, carriers_of
from tests.orchestration.prover import proved
from tests.shared_material import shared_folder
from tests.sketches import SKETCHES

from scorestage.adapters.catalogue import load_ensemble
from scorestage.adapters.formats.musicxml import read_score
from scorestage.composing import compose
from scorestage.music import Score, Sketch, Staff, Voice
from scorestage.orchestration import OPTIONS, Settings, Severity, orchestrate, short_score
from scorestage.timebase import BarGrid, FilmTime, Tempo, TempoMap

STYLES = (
    ("adventure", "4/4", 24, 120),
    ("tender", "3/4", 20, 80),
    ("suspense", "4/4", 16, 72),
    ("wonder", "4/4", 20, 90),
)
STRINGS = ("violin", "viola", "cello", "violoncello", "bass")


def sketches() -> Iterator[tuple[str, Sketch, TempoMap]]:
    """Name, sketch and tempo map of all that is scored."""
    for name in ("adventure", "chase"):
        made = SKETCHES[name]()
        yield name, made.sketch, made.tempo_map
    for seed, (style, meter, bars, bpm) in enumerate(STYLES, start=1):
        asked = request(style, meters=(meter,) * bars, theme_meter=meter, bpm=bpm, seed=seed)
        yield f"composed {style}", compose(asked).sketch, asked.tempo_map
    for name in ("haydn-104-1", "beethoven-6-5", "brahms-3-3", "beach-gaelic-2"):
        path = shared_folder() / "scores" / f"{name}.mxl"
        if path.exists():
            yield (name, *of_strings(read_score(path.read_bytes(), path.name).score, 48))


def of_strings(score: Score, bars: int) -> tuple[Sketch, TempoMap]:
    """The strings of a score, some bars of them, as a short score of unnamed staves."""
    grid = BarGrid(score.grid.bars[:bars], score.grid.pickup)
    lines = []
    for line in score.lines:
        if any(word in line.player.name.lower() for word in STRINGS):
            name = f"Staff {len(lines) + 1}"
            staves = tuple(_shortened(staff, grid) for staff in line.staves)
            lines.append(replace(line, player=replace(line.player, name=name), staves=staves))
    short = short_score(Score(grid, tuple(lines)), load_ensemble("studio-orchestra"))
    return short.sketch, TempoMap.steady(FilmTime(0), Tempo(66), grid)


def _shortened(staff: Staff, grid: BarGrid) -> Staff:
    voices = (
        Voice(tuple(note for note in voice.notes if note.end <= grid.end)) for voice in staff.voices
    )
    dynamics = tuple(mark for mark in staff.dynamics if mark.at < grid.end)
    return Staff(tuple(voice for voice in voices if voice.notes), dynamics)


def main() -> None:
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("--ensemble", default="studio-orchestra")
    reader.add_argument("--pairs", action="store_true")
    asked = reader.parse_args()
    ensemble = load_ensemble(asked.ensemble)
    print(
        f"{'sketch':20} {'bars':>4}  least of 6 pairs: mostly, tune, anyhow   lost wrong  seconds"
    )
    for name, sketch, tempo_map in sketches():
        found, lost, wrong = {}, 0, 0
        begun = time.perf_counter()
        for option in OPTIONS:
            settings = Settings(option=option)
            result = orchestrate(sketch, ensemble, tempo_map, settings)
            found[option] = carriers_of(sketch, result.score)
            lost += len(proved(sketch, result.score).lost)
            wrong += sum(fault.severity is Severity.WRONG for fault in result.faults)
        seconds = (time.perf_counter() - begun) / len(OPTIONS)
        pairs = {(a, b): apart(found[a], found[b]) for a, b in combinations(OPTIONS[1:], 2)}
        mostly, tune, anyhow = (
            min(float(getattr(one, what)) for one in pairs.values())
            for what in ("mostly", "tune", "anyhow")
        )
        bars = len(sketch.grid.bars)
        print(
            f"{name:20} {bars:4}  {mostly:22.0%} {tune:6.0%} {anyhow:6.0%}  {lost:6} {wrong:5}"
            f"  {seconds:7.2f}",
            flush=True,
        )
        if asked.pairs:
            for (a, b), one in pairs.items():
                told = f"mostly {float(one.mostly):.0%}, tune {float(one.tune):.0%}"
                print(f"    {a} / {b}: {told}")


if __name__ == "__main__":
    main()

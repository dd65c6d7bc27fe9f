"""Many sketches scored for many ensembles in every option, each score proved from outside.

Run: `uv run python -m benchmarks.orchestration_proof [--sketches WORD,...] [--ensembles NAME,...]
[--options NAME,...] [--bars 24] [--every 1] [--faults]`. Sketches: small ones written by hand, a
cue composed in each style, random cues, and excerpts of public-domain scores brought down by
`reduce`. Told of
each score: notes of the sketch begun in no octave (`lost`; of them `out` are neither broken into
the chord nor held there from before), of tune and bass those begun in no octave (`silent`) and
those not at their pitch though somebody there has it (`moved`), notes not held (`cut`), errors and
warnings of the check,
notes without a reason, and in what share of its bars the tune is weaker than another line
(`under`), with the least margin in decibels; of all options together the least share of bars whose
carriers differ.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache, partial
from itertools import combinations
from pathlib import Path

from tests.composing.cues import random_piece, request
from tests.judging.carriers import Carriers, apart, carriers_of
from tests.orchestration.prover import Proof, proved, sketched
from tests.shared_material import shared_folder
from tests.sketches import SKETCHES

from scorestage.adapters.catalogue import load_ensemble, names
from scorestage.adapters.formats.musicxml import read_score
from scorestage.composing import compose
from scorestage.music import Ensemble, Role, Score, Sketch, Staff, Voice
from scorestage.orchestration import (
    OPTIONS,
    Change,
    Fault,
    FaultKind,
    OrchestrationResult,
    Settings,
    Severity,
    account_of,
    balance_of,
    check,
    differences,
    orchestrate,
    seated,
    tune_margins,
)
from scorestage.orchestration.reduction import reduce_score
from scorestage.timebase import BarGrid, Beat, FilmTime, Tempo, TempoMap
from scorestage.workflow.check_alone import catalogue

LARGE = ("studio-orchestra", "studio-orchestra-a", "studio-orchestra-c", "chamber-ensemble")
SMALL = ("string-orchestra", "wind-band", "brass-ensemble", "string-quartet", "hybrid-orchestra")
HITS = [("8", "change", 3), ("17", "accent", 4), ("30", "catch", 5)]
Piece = tuple[Sketch, TempoMap]


@dataclass(frozen=True, slots=True)
class Shown:
    """What was found in one score."""

    lost: int
    out: int
    silent: int
    moved: int
    cut: int
    unexplained: int
    errors: tuple[Fault, ...]
    warnings: tuple[Fault, ...]
    margins: tuple[float, ...]

    @property
    def under(self) -> float:
        """In what share of the bars with a tune something is stronger than it."""
        return sum(one < -0.05 for one in self.margins) / max(1, len(self.margins))


def sketches(bars: int) -> Iterator[tuple[str, Callable[[], Piece]]]:
    """The name of all that is scored, and how it is had."""
    for name in SKETCHES:
        yield f"hand {name}", partial(by_hand, name)
    for seed, style in enumerate(names("styles"), start=1):
        yield f"style {style}", partial(composed, style, seed, bars)
    for number in range(1, 13):
        yield f"random {number}", partial(drawn, number)
    for path in sorted((shared_folder() / "scores").glob("*.mxl")):
        for part in (0, 2):
            yield f"reduced {path.stem}@{part}/3", partial(reduced, path, part, bars)


def by_hand(name: str) -> Piece:
    """One of the small sketches."""
    made = SKETCHES[name]()
    return made.sketch, made.tempo_map


def composed(style: str, seed: int, bars: int) -> Piece:
    """A cue with hits in a style."""
    meter, bpm = ("4/4", 120) if seed % 2 else ("3/4", 84)
    meters = (meter,) * bars
    asked = request(style, meters=meters, theme_meter=meter, bpm=bpm, seed=seed, hits=HITS)
    return compose(asked).sketch, asked.tempo_map


def drawn(number: int) -> Piece:
    """A cue drawn at random."""
    asked, piece = random_piece(number)
    return piece.sketch, asked.tempo_map


@cache
def whole(path: Path) -> Score:
    """A movement with the catalogue's instruments."""
    return seated(read_score(path.read_bytes(), path.name).score, catalogue()).score


def reduced(path: Path, part: int, bars: int) -> Piece:
    """Some bars of a movement, from its beginning or two thirds on, as a short score."""
    score = whole(path)
    first = len(score.grid.bars) * part // 3
    sketch = reduce_score(excerpt(score, first, bars), named=False).sketch
    return sketch, TempoMap.steady(FilmTime(0), Tempo(96), sketch.grid)


def excerpt(score: Score, first: int, count: int) -> Score:
    """Some bars of a score as a score of its own, with the dynamics in force there."""
    start = score.grid.starts[first]
    grid = BarGrid(score.grid.bars[first : first + count])
    end = Beat(start.quarters + grid.end.quarters)
    lines = (
        replace(line, staves=tuple(_within(one, start, end) for one in line.staves), changes=())
        for line in score.lines
    )
    return Score(grid, tuple(lines))


def _within(staff: Staff, start: Beat, end: Beat) -> Staff:
    def moved(at: Beat) -> Beat:
        return Beat(max(at.quarters - start.quarters, Fraction(0)))

    voices = [
        Voice(
            tuple(
                replace(note, onset=moved(note.onset))
                for note in voice.notes
                if start <= note.onset and note.end <= end
            )
        )
        for voice in staff.voices
    ]
    begun = [one for one in staff.dynamics if one.at <= start][-1:]
    later = [one for one in staff.dynamics if start < one.at < end]
    dynamics = tuple(replace(one, at=moved(one.at)) for one in (*begun, *later))
    return Staff(tuple(one for one in voices if one.notes), dynamics)


def shown(
    sketch: Sketch, result: OrchestrationResult, tempo_map: TempoMap, ensemble: Ensemble
) -> Shown:
    """One score held against its sketch."""
    proof = proved(sketch, result.score)
    account = account_of(sketch, result)
    found = check(result.score, tempo_map)
    told = [one for one in found if one.kind is not FaultKind.LOST]
    out = [one for one in differences(account, result.score) if one.change is Change.OUT]
    return Shown(
        len(proof.lost),
        sum(account.notes[one.note].key >= 0 for one in out),
        sum(one.role in (Role.MELODY, Role.BASS) for one in proof.lost),
        moved(proof, ensemble),
        len(proof.cut),
        len(account.unexplained),
        tuple(one for one in told if one.severity is Severity.ERROR),
        tuple(one for one in told if one.severity is Severity.WARNING),
        tuple(tune_margins(balance_of(account, result.score)).values()),
    )


def moved(proof: Proof, ensemble: Ensemble) -> int:
    """Notes of tune and bass in another octave though an instrument there has their own."""
    had = {
        key
        for player in ensemble.players
        for instrument in player.instruments
        if instrument.professional is not None
        for key in range(instrument.professional.low.key, instrument.professional.high.key + 1)
    }
    return sum(one.key in had for one in proof.missing(Role.MELODY, Role.BASS))


def main() -> None:
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("--sketches", default="", help="only those whose name has one of these")
    reader.add_argument("--ensembles", default=",".join((*LARGE[:1], "chamber-ensemble")))
    reader.add_argument("--options", default=",".join(OPTIONS))
    reader.add_argument("--bars", type=int, default=24)
    reader.add_argument("--every", type=int, default=1, help="only every so many sketches")
    reader.add_argument("--faults", action="store_true", help="name the faults")
    asked = reader.parse_args()
    options = asked.options.split(",")
    ensembles = [load_ensemble(name) for name in asked.ensembles.split(",")]
    total: Counter[str] = Counter()
    words = asked.sketches.split(",")
    known = [one for one in sketches(asked.bars) if any(word in one[0] for word in words)]
    for name, make in known[:: asked.every]:
        sketch, tempo_map = make()
        for ensemble in ensembles:
            total += of_one(name, sketch, tempo_map, ensemble, options, faults=asked.faults)
    print("\n" + ", ".join(f"{count} {what}" for what, count in sorted(total.items())))


def of_one(
    name: str,
    sketch: Sketch,
    tempo_map: TempoMap,
    ensemble: Ensemble,
    options: Sequence[str],
    *,
    faults: bool,
) -> Counter[str]:
    """One sketch for one ensemble in every option, told line by line."""
    carried: dict[str, Carriers] = {}
    total: Counter[str] = Counter()
    for option in options:
        begun = time.perf_counter()
        result = orchestrate(sketch, ensemble, tempo_map, Settings(option=option))
        seconds = time.perf_counter() - begun
        one = shown(sketch, result, tempo_map, ensemble)
        carried[option] = carriers_of(sketch, result.score)
        least = min(one.margins, default=0.0)
        print(
            f"{name:28} {ensemble.id:20} {option:11} lost {one.lost:3} out {one.out:3} "
            f"silent {one.silent} moved {one.moved:2} cut {one.cut:3} errors {len(one.errors):2} "
            f"warnings {len(one.warnings):2} "
            f"unexplained {one.unexplained} under {one.under:4.0%} ({least:+5.1f} dB) "
            f"{seconds:5.2f} s",
            flush=True,
        )
        for fault in (*one.errors, *one.warnings) if faults else ():
            print(f"    {fault.severity.value} {fault.player} {fault}")
        total["scores"] += 1
        total["notes"] += len(account_of(sketch, result).notes)
        for what in ("lost", "out", "silent", "moved", "cut", "unexplained"):
            total[what] += getattr(one, what)
        total["errors"] += len(one.errors)
        total["warnings"] += len(one.warnings)
        total["notes of tune and bass"] += sum(
            tone.role in (Role.MELODY, Role.BASS) for tone in sketched(sketch)
        )
        total["bars with a tune"] += len(one.margins)
        total["of them under another line"] += sum(margin < -0.05 for margin in one.margins)
    pairs = {pair: apart(carried[pair[0]], carried[pair[1]]) for pair in combinations(carried, 2)}
    if pairs:
        near = {pair: float(one.mostly) for pair, one in pairs.items() if one.mostly < 0.4}
        total["pairs of options"] += len(pairs)
        total["of them nearer than 40 %"] += len(near)
        for (first, other), share in near.items():
            print(f"    {first} / {other}: {share:.0%} of the bars differ")
    return total


if __name__ == "__main__":
    main()

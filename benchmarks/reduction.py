"""Full scores read backward and scored again: against marks made by hand, and what was written.

Run: `uv run python -m benchmarks.reduction [NAME...]` with the reference scores beside the
repository. First: in how many bars the players found to have the tune hold the one marked by hand
as the main part (OpenScore Hauptstimme), beside two plain guesses: whoever is highest, and always
the first violins; `held out` are weights fitted on the other movements. Then each movement is
brought down to a short score without names and scored again by `orchestrate` for the players of
the original: how alike are the instruments on tune and bass, bar by bar (shared of all named,
Jaccard), beside a guess that knows how often each is used but not where: the original's own
carriers, of another bar.
"""

from __future__ import annotations

import argparse
import csv
from bisect import bisect_right
from collections.abc import Callable, Sequence
from fractions import Fraction
from itertools import pairwise
from random import Random
from statistics import mean

import numpy as np
from scipy.optimize import minimize
from tests.shared_material import shared_folder

from scorestage.adapters.formats.musicxml import read_score
from scorestage.music import Ensemble, Note, Role, Score
from scorestage.orchestration import Settings, orchestrate, seated
from scorestage.orchestration.reduction import reduce_score
from scorestage.orchestration.reduction.played import BarOfScore, bars_of, recurrences
from scorestage.orchestration.reduction.tune import features_of, prominence, tune_carriers
from scorestage.timebase import Tempo, TempoMap
from scorestage.timebase.instant import FilmTime
from scorestage.workflow.check_alone import catalogue

CARRIES = 0.6
"""Share of a line's tones an instrument must sound to be said to carry it."""
SHUFFLES = 20


def load(name: str) -> tuple[Score, TempoMap]:
    """A movement with the catalogue's instruments, and its tempo map."""
    path = shared_folder() / "scores" / f"{name}.mxl"
    read = read_score(path.read_bytes(), path.name)
    score = seated(read.score, catalogue()).score
    return score, read.tempo_map or TempoMap.steady(FilmTime(0), Tempo(96), score.grid)


def marked(name: str, score: Score) -> list[int | None]:
    """For each bar the player whose line was marked as the main part in its middle."""
    grid = score.grid
    starts, pickup = [beat.quarters for beat in grid.starts], grid.pickup.quarters
    rows = []
    with (shared_folder() / "scores" / f"{name}-themes.csv").open() as file:
        for row in csv.DictReader(file):
            number = int(row["measure"]) - (2 if pickup else 1)
            into = Fraction(row["measure_fraction"]).limit_denominator(48)
            if number < 0:
                at = -pickup
            else:
                number = min(number, len(grid.bars) - 1)
                at = starts[number] + into * grid.bars[number].meter.length.quarters
            rows.append((at, int(row["part_num"])))
    rows.sort()
    found: list[int | None] = []
    for start, end in pairwise(starts):
        place = bisect_right([at for at, _ in rows], (start + end) / 2) - 1
        found.append(rows[place][1] if place >= 0 else None)
    return found


def agreement(
    bars: Sequence[BarOfScore], truth: Sequence[int | None], pick: Callable[[int], int | None]
) -> float:
    """In what share of the bars where the marked player plays it is among those found."""
    right = []
    for place, player in enumerate(truth):
        if player is None or not bars[place].group_of(player):
            continue
        found = pick(place)
        group = bars[place].group_of(found) if found is not None else ()
        right.append(any(one.player == player for one in group))
    return mean(right)


Bar = tuple[np.ndarray, int]
"""The features of each group of a bar, and which of them holds the marked player."""


def lessons(bars: Sequence[BarOfScore], truth: Sequence[int | None]) -> list[Bar]:
    """What a fit learns from one movement."""
    heard = recurrences(bars)
    found = []
    for bar, player in zip(bars, truth, strict=True):
        groups = [group for group in bar.groups if group[0].is_pitched]
        right = [any(one.player == player for one in group) for group in groups]
        if len(groups) > 1 and any(right):
            rows = [
                np.mean([features_of(one, group, bar, heard) for one in group], axis=0)
                for group in groups
            ]
            found.append((np.array(rows), right.index(True)))
    return found


def fitted(learned: Sequence[Bar]) -> np.ndarray:
    """Weights of a conditional logit over the groups of each bar, held down a little."""

    def loss(weights: np.ndarray) -> float:
        total = 0.0
        for rows, right in learned:
            scores = rows @ weights
            total += float(np.logaddexp.reduce(scores) - scores[right])
        return total / len(learned) + 0.002 * float(weights @ weights)

    return np.asarray(minimize(loss, np.zeros(learned[0][0].shape[1])).x)


def highest(bar: BarOfScore) -> int | None:
    """The player with the highest line."""
    every = [one for group in bar.groups for one in group if one.is_pitched]
    return max(every, key=lambda one: one.mean_key).player if every else None


def tune_table() -> None:
    """Who has the tune, against the marks made by hand."""
    names = sorted(
        path.name.removesuffix("-themes.csv")
        for path in (shared_folder() / "scores").glob("*-themes.csv")
    )
    known = {}
    for name in names:
        score, _ = load(name)
        bars = bars_of(score)
        known[name] = (score, bars, marked(name, score))
    taught = {name: lessons(bars, truth) for name, (_, bars, truth) in known.items()}
    print(f"{'tune':24} bars  found  held out  highest  violin 1")
    for name, (score, bars, truth) in known.items():
        path = tune_carriers(prominence(bars), len(score.lines))
        weights = fitted([one for other in names if other != name for one in taught[other]])
        heard = recurrences(bars)
        unseen = [
            {
                one.player: float(np.dot(weights, features_of(one, group, bar, heard)))
                for group in bar.groups
                for one in group
                if one.is_pitched
            }
            for bar in bars
        ]
        other = tune_carriers(unseen, len(score.lines))
        first = next(i for i, line in enumerate(score.lines) if line.player.name == "Violin 1")
        figures = (
            agreement(bars, truth, path.__getitem__),
            agreement(bars, truth, other.__getitem__),
            agreement(bars, truth, lambda place, bars=bars: highest(bars[place])),
            agreement(bars, truth, lambda _, first=first: first),
        )
        said = "  ".join(f"{figure:7.1%}" for figure in figures)
        print(f"{name:24} {len(bars):4} {said}")


def carriers(score: Score, line: Sequence[Note], start: Fraction, end: Fraction) -> frozenset[str]:
    """The instruments that sound at least `CARRIES` of a line's tones in one bar, in any octave."""
    wanted = {
        (note.onset.quarters, pitch.key % 12)
        for note in line
        if start <= note.onset.quarters < end
        for pitch in note.sounding[-1:]
    }
    found = set()
    for one in score.lines if wanted else ():
        has = {
            (note.onset.quarters, pitch.key % 12)
            for note in one.notes
            if start <= note.onset.quarters < end
            for pitch in note.sounding
        }
        if len(has & wanted) >= CARRIES * len(wanted):
            found.add(one.player.instrument.id)
    return frozenset(found)


def alike(first: Sequence[frozenset[str]], second: Sequence[frozenset[str]]) -> float:
    """Mean Jaccard index over the bars where the original has carriers."""
    return mean(len(a & b) / len(a | b) for a, b in zip(first, second, strict=True) if a)


def again_table(names: Sequence[str]) -> None:
    """Each movement brought down and scored again for the same players."""
    print(f"\n{'scored again':24} notes  of which kept   tune alike (guess)   bass alike (guess)")
    for name in names:
        score, tempo_map = load(name)
        sketch = reduce_score(score, named=False).sketch
        players = Ensemble(name, name, tuple(line.player for line in score.lines))
        ours = orchestrate(sketch, players, tempo_map, Settings(seed=1)).score
        starts = [beat.quarters for beat in score.grid.starts]
        figures = []
        for role in (Role.MELODY, Role.BASS):
            line = [note for one in sketch.of_role(role) for note in one.staff.notes]
            theirs = [carriers(score, line, *span) for span in pairwise(starts)]
            again = [carriers(ours, line, *span) for span in pairwise(starts)]
            guesses = []
            for seed in range(SHUFFLES):
                shuffled = list(theirs)
                Random(seed).shuffle(shuffled)
                guesses.append(alike(theirs, shuffled))
            figures.append((alike(theirs, again), mean(guesses)))
        kept = sum(len(strand.staff.notes) for strand in sketch.strands)
        total = sum(1 for _ in score.notes())
        (tune, tune_guess), (bass, bass_guess) = figures
        print(
            f"{name:24} {total:5}  {kept / total:13.0%}   {tune:10.1%} ({tune_guess:5.1%})"
            f"   {bass:10.1%} ({bass_guess:5.1%})"
        )


def main() -> None:
    reader = argparse.ArgumentParser(description=__doc__)
    every = sorted(path.stem for path in (shared_folder() / "scores").glob("*.mxl"))
    reader.add_argument("names", nargs="*", default=every)
    tune_table()
    again_table(reader.parse_args().names)


if __name__ == "__main__":
    main()

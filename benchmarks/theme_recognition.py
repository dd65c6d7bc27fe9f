"""Themes recognised in orchestral movements whose theme entries were labelled by hand.

    uv run python -m benchmarks.theme_recognition [FOLDER] [--only WORD,…] [--segments N]

FOLDER holds movements with their labels (OpenScore Hauptstimme: `NAME.mxl` beside
`NAME_annotations.csv`, or `NAME-themes.csv`); without it the reference scores beside the
repository. Nothing of them is part of the project; without them nothing is measured.

Printed: how well likeness of two labelled stretches of melody tells same labels from others (AUC,
and the nearest neighbour's label) beside a plain edit distance of contour and pace and the
commonest label; what `theme find` finds of the entries of each theme, and how much of what it
finds lies in one; false alarms of the same themes in movements by other composers; seconds.
"""

from __future__ import annotations

import argparse
import csv
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import mean

import numpy as np
from scipy.stats import rankdata
from tests.shared_material import shared_folder

from scorestage.errors import MusicError
from scorestage.music import Note, Score, Theme
from scorestage.thematics import of_notes
from scorestage.thematics.recognition import ScoreIndex, find_theme, melody_likeness
from scorestage.thematics.recognition.strands import Strand, skyline
from scorestage.workflow.convert import read_music

LONGEST_QUARTERS = 32
UNNAMED = ("", "x", "trans", "transition")


@dataclass(frozen=True, slots=True)
class Entry:
    """A labelled stretch: quarters, label, place of the player in the score."""

    start: float
    end: float
    label: str
    player: int


@dataclass(frozen=True, slots=True)
class Movement:
    """A score with its labelled entries."""

    name: str
    score: Score
    entries: tuple[Entry, ...]

    def notes(self, entry: Entry) -> list[Note]:
        """What the player of an entry plays there."""
        line = self.score.lines[entry.player]
        inside = (
            note for note in line.notes if entry.start <= float(note.onset.quarters) < entry.end
        )
        return [note for note in inside if note.sounding]


def movements(folder: Path, only: Sequence[str]) -> Iterator[Movement]:
    """All labelled movements in a folder."""
    tables = sorted([*folder.rglob("*_annotations.csv"), *folder.rglob("*-themes.csv")])
    for table in tables:
        stem = table.name.replace("_annotations.csv", "").replace("-themes.csv", "")
        path = table.with_name(f"{stem}.mxl")
        if path.exists() and (not only or any(word in stem for word in only)):
            score = read_music(path).score
            yield Movement(stem, score, tuple(_entries(table, score)))


def _entries(table: Path, score: Score) -> Iterator[Entry]:
    with table.open(newline="") as lines:
        rows = list(csv.DictReader(lines))
    pickup = float(score.grid.pickup.quarters)
    starts = [float(row["qstamp"]) - pickup for row in rows]
    for row, start in zip(rows, starts, strict=True):
        label = row["label"].strip("'* ")
        later = [other for other in starts if other > start + 1]
        end = min([*later, start + LONGEST_QUARTERS])
        if label.lower() not in UNNAMED and int(row["part_num"]) < len(score.lines):
            yield Entry(
                start - 1e-6, min(end, start + LONGEST_QUARTERS), label, int(row["part_num"])
            )


def _outline(strand: Strand) -> list[tuple[int, int]]:
    found = []
    for place in range(1, min(len(strand.keys), 24)):
        move = strand.keys[place] - strand.keys[place - 1]
        gap = strand.onsets[place] - strand.onsets[place - 1]
        before = strand.onsets[place - 1] - strand.onsets[place - 2] if place > 1 else gap
        size = int(np.sign(move)) * (1 if abs(move) <= 2 else 2)
        found.append((size, int(np.sign(gap - before))))
    return found


def edit_likeness(one: Strand, other: Strand) -> float:
    """The plain rival: edit distance of contour and change of pace."""
    first, second = _outline(one), _outline(other)
    row = [float(column) for column in range(len(second) + 1)]
    for number, (size, pace) in enumerate(first, start=1):
        above, row = row, [float(number)] + [0.0] * len(second)
        for column, (other_size, other_pace) in enumerate(second, start=1):
            cost = 0.5 * (size != other_size) + 0.5 * (pace != other_pace)
            row[column] = min(above[column] + 1, row[column - 1] + 1, above[column - 1] + cost)
    return 1 - row[-1] / max(len(first), len(second), 1)


def pairs_told_apart(movement: Movement, most: int) -> tuple[float, ...] | None:
    """AUC and nearest neighbour for this program and the rival, share of the commonest label."""
    segments = []
    for entry in movement.entries:
        tones = skyline(movement.notes(entry))
        if len(tones) >= 4:
            segments.append((entry.label, Strand.of_tones(0, tones)))
    segments = segments[:most]
    labels = np.array([label for label, _ in segments])
    if len(set(labels)) < 2:
        return None
    found = []
    for measure in (lambda a, b: melody_likeness(a, b).joined, edit_likeness):
        table = np.full((len(segments), len(segments)), -1.0)
        for row in range(len(segments)):
            for column in range(row):
                table[row, column] = measure(segments[row][1], segments[column][1])
                table[column, row] = table[row, column]
        found += [_auc(table, labels), float((labels[table.argmax(1)] == labels).mean())]
    commonest = max((labels == label).mean() for label in set(labels))
    return (*found, float(commonest))


def _auc(table: np.ndarray, labels: np.ndarray) -> float:
    places = np.tril_indices(len(labels), -1)
    same = (labels[:, None] == labels[None])[places]
    ranks = rankdata(table[places])
    positives, negatives = int(same.sum()), int((~same).sum())
    if not positives or not negatives:
        return 0.5
    above = ranks[same].sum() - positives * (positives + 1) / 2
    return float(above / (positives * negatives))


def themes_of(movement: Movement) -> dict[str, tuple[Theme, Entry]]:
    """For each label with three entries or more its first one as a theme."""
    by_label: dict[str, list[Entry]] = defaultdict(list)
    for entry in movement.entries:
        by_label[entry.label].append(entry)
    found = {}
    for label, entries in by_label.items():
        for entry in entries if len(entries) > 2 else []:
            notes = movement.notes(entry)
            if len({note.onset for note in notes}) < 5:
                continue
            grid = movement.score.grid
            meter = grid.bars[grid.index_at(notes[0].onset)].meter
            try:
                found[label] = (of_notes(notes, meter, theme_id=label, on_grid=False), entry)
            except MusicError:
                continue
            break
    return found


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", nargs="?", type=Path, default=shared_folder() / "scores")
    parser.add_argument("--only", default="")
    parser.add_argument("--segments", type=int, default=90)
    asked = parser.parse_args()
    only = [word for word in asked.only.split(",") if word]
    loaded = list(movements(asked.folder, only)) if asked.folder.is_dir() else []
    if not loaded:
        print(f"skipped: no labelled movements in {asked.folder}")
        return
    tell_pairs(loaded, asked.segments)
    tell_found(loaded)
    tell_short(loaded)


def tell_short(loaded: Sequence[Movement]) -> None:
    """Print what the first 4, 5 and 6 notes of each theme find at home and in others' scores."""
    indexes = [ScoreIndex(movement.score) for movement in loaded]
    for count in (4, 5, 6):
        entries = hit = alarms = bars = 0
        for place, movement in enumerate(loaded):
            away = (place + len(loaded) // 2) % len(loaded)
            for label, (theme, first) in themes_of(movement).items():
                short = replace(theme, notes=theme.notes[:count], motif_notes=count)
                own = find_theme(short, indexes[place])
                for entry in movement.entries:
                    if entry.label == label and entry is not first:
                        entries += 1
                        hit += any(one.start < entry.end and one.end > entry.start for one in own)
                if away != place:
                    alarms += len(find_theme(short, indexes[away]))
                    bars += len(loaded[away].score.grid.bars)
        print(
            f"their first {count} notes: heard in {hit} of {entries} later entries "
            f"({hit / max(1, entries):.3f}), {100 * alarms / max(1, bars):.2f} false alarms "
            "in 100 bars"
        )


def tell_pairs(loaded: Sequence[Movement], most: int) -> None:
    """Print how well same labels are told from others."""
    rows = []
    for movement in loaded:
        told = pairs_told_apart(movement, most)
        if told is not None:
            rows.append(told)
            print(
                f"{movement.name:28} AUC {told[0]:.3f} ({told[2]:.3f})  1-NN {told[1]:.3f} "
                f"({told[3]:.3f})  commonest {told[4]:.3f}"
            )
    means = [mean(column) for column in zip(*rows, strict=True)]
    print(
        f"mean: AUC {means[0]:.3f} (edit distance {means[2]:.3f}), nearest neighbour "
        f"{means[1]:.3f} (edit distance {means[3]:.3f}, commonest label {means[4]:.3f})"
    )


def tell_found(loaded: Sequence[Movement]) -> None:
    """Print what is found where it is labelled, where it is not, and in others' scores."""
    entries = hit = found = inside = alarms = foreign_bars = themes = 0
    began, bars = 0.0, 0
    for place, movement in enumerate(loaded):
        index = ScoreIndex(movement.score)
        other = loaded[(place + len(loaded) // 2) % len(loaded)]
        foreign = (
            ScoreIndex(other.score)
            if other.name.split("_")[0] != movement.name.split("_")[0]
            else None
        )
        for label, (theme, first) in themes_of(movement).items():
            start = time.process_time()
            own = find_theme(theme, index)
            began += time.process_time() - start
            themes += 1
            bars += len(movement.score.grid.bars)
            same = [one for one in movement.entries if one.label == label]
            for entry in same:
                if entry is not first:
                    entries += 1
                    hit += any(
                        one.start < entry.end
                        and one.end > entry.start
                        and one.player == entry.player
                        for one in own
                    )
            found += len(own)
            inside += sum(
                any(one.start < entry.end and one.end > entry.start for entry in same)
                for one in own
            )
            if foreign is not None:
                alarms += len(find_theme(theme, foreign))
                foreign_bars += len(other.score.grid.bars)
    print(
        f"{themes} themes: {hit} of {entries} later entries found by the player labelled "
        f"({hit / max(1, entries):.3f}); {inside} of {found} found lie in an entry of the same "
        f"label ({inside / max(1, found):.3f})"
    )
    if foreign_bars:
        print(
            f"false alarms in other composers' movements: {alarms} in {foreign_bars} bars searched "
            f"({100 * alarms / foreign_bars:.2f} in 100 bars)"
        )
    print(
        f"{began:.1f} s of processor time: "
        f"{300 * 10 * began / max(1, bars):.2f} s for ten themes in 300 bars"
    )


if __name__ == "__main__":
    main()

"""Repeated ideas found in the five pieces of the JKU Patterns Development Database.

Mean three-layer F1 (Collins, MIREX; as `mir_eval.pattern.three_layer_FPR` defines it), polyphonic
version, against the pieces' annotated patterns. The pieces are not part of the project: name the
folder `groundTruth` of the database. The best of 144 settings of point-set algorithms in the
tables of its own field's software reaches 0.487 on the same measure.

    uv run python -m benchmarks.theme_discovery FOLDER
"""

from __future__ import annotations

import sys
from fractions import Fraction
from pathlib import Path

from scorestage.thematics.recognition import discover
from scorestage.workflow.convert import read_music

PUBLISHED = 0.487
Notes = frozenset[tuple[Fraction, int]]


def main(arguments: list[str]) -> None:
    """Print precision, recall and F1 for each piece and their mean."""
    folder = Path(arguments[0]) if arguments else Path("groundTruth")
    pieces = sorted(folder.glob("*/polyphonic")) if folder.is_dir() else []
    if not pieces:
        print(f"skipped: no JKU Patterns Development Database in {folder}")
        return
    scores = []
    for piece in pieces:
        precision, recall = measured(piece)
        f1 = _f1(precision, recall)
        scores.append(f1)
        print(f"{piece.parent.name:24} P {precision:.3f}  R {recall:.3f}  F1 {f1:.3f}")
    print(f"mean three-layer F1 {sum(scores) / len(scores):.3f} (published best {PUBLISHED})")


def measured(piece: Path) -> tuple[float, float]:
    """Three-layer precision and recall of one piece, read from its MIDI file."""
    score = read_music(next((piece / "midi").glob("*.mid"))).score
    written = _points(next((piece / "csv").glob("*.csv")))
    shift = min(note.onset.quarters for _, note in score.notes()) - min(at for at, _ in written)
    found = [
        [frozenset((onset - shift, key) for onset, key in one.notes) for one in each.appearances]
        for each in discover(score)
    ]
    truth = [
        [_points(path) for path in sorted(folder.glob("occurrences/csv/*.csv"))]
        for folder in sorted((piece / "repeatedPatterns").glob("*/*"))
        if (folder / "occurrences/csv").is_dir()
    ]
    if not found:
        return 0.0, 0.0
    table = [[_pattern_f1(one, other) for other in truth] for one in found]
    precision = sum(max(row) for row in table) / len(table)
    recall = sum(max(column) for column in zip(*table, strict=True)) / len(truth)
    return precision, recall


def _points(path: Path) -> Notes:
    found = set()
    for line in path.read_text().splitlines():
        words = line.split(",")
        if len(words) >= 2:
            at = Fraction(words[0].strip()).limit_denominator(48)
            found.add((at, round(float(words[1]))))
    return frozenset(found)


def _pattern_f1(one: list[Notes], other: list[Notes]) -> float:
    """The second layer: how well the appearances of two patterns match each other."""
    table = [[2 * len(a & b) / (len(a) + len(b)) for b in other] for a in one]
    precision = sum(max(row) for row in table) / len(table)
    recall = sum(max(column) for column in zip(*table, strict=True)) / len(other)
    return _f1(precision, recall)


def _f1(precision: float, recall: float) -> float:
    both = precision + recall
    return 2 * precision * recall / both if both else 0.0


if __name__ == "__main__":
    main(sys.argv[1:])

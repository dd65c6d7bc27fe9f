"""Pizzicato, mute and place of the bow: whatever a score puts on it takes off again."""

from __future__ import annotations

from itertools import pairwise

from tests.composing.cues import random_piece
from tests.sketches import SKETCHES

from scorestage.adapters.catalogue import load_ensemble
from scorestage.music import Line, Score, Sketch, Staff, Technique, TechniqueMark
from scorestage.orchestration import orchestrate
from scorestage.orchestration.technique import GROUPS, PARTS, PLAIN
from scorestage.timebase import Beat, TempoMap


def uncancelled(score: Score) -> list[str]:
    """Staves on which something is still on after the last note, with rests to take it off."""
    found = []
    for line in score.lines:
        for staff in line.staves:
            if not staff.is_silent:
                found += _left_on(line, staff, score)
    return found


def _left_on(line: Line, staff: Staff, score: Score) -> list[str]:
    end = max(note.end for note in staff.notes)
    found = []
    for group, plain in zip(GROUPS, PLAIN, strict=True):
        marks = [one for one in sorted(staff.techniques, key=_at) if one.technique in group]
        now = [one.technique for one in marks]
        if any(before is after for before, after in pairwise(now)):
            found.append(f"{line.player.id}: {now} says one thing twice")
        if marks and now[0] is plain:
            found.append(f"{line.player.id}: {plain} where nothing else was on")
        on = bool(marks) and now[-1] is not plain and group is not PARTS
        if on and end < score.grid.end:
            found.append(f"{line.player.id}: {now[-1]} is never taken off")
        starts = {note.onset for note in staff.notes}
        for one in marks:
            if one.at not in starts and one.at < end:
                found.append(f"{line.player.id}: {one.technique} where no note begins")
    return found


def _at(mark: TechniqueMark) -> tuple[Beat, Technique]:
    return mark.at, mark.technique


def pieces() -> list[tuple[Sketch, TempoMap]]:
    found = [(made.sketch, made.tempo_map) for made in (one() for one in SKETCHES.values())]
    asked, piece = random_piece(3)
    return [*found, (piece.sketch, asked.tempo_map)]


def test_whatever_is_put_on_is_taken_off() -> None:
    seen: set[Technique] = set()
    ensemble = load_ensemble("chamber-ensemble")
    for sketch, tempo_map in pieces():
        score = orchestrate(sketch, ensemble, tempo_map).score
        assert uncancelled(score) == []
        marks = (mark for line in score.lines for one in line.staves for mark in one.techniques)
        seen |= {mark.technique for mark in marks}
    assert {Technique.PIZZICATO, Technique.ARCO} <= seen

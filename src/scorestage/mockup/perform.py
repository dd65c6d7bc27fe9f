"""A score and its tempo map played by its players: the mock-up's performances."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction

from scorestage.mockup.casting import is_sustained, own_seconds
from scorestage.mockup.clock import AudioClock
from scorestage.mockup.curves import line_curve
from scorestage.mockup.desk import Desk, notes_of_line
from scorestage.mockup.dynamics import Levels, levels_of
from scorestage.mockup.performance import Curve, Performance, Response
from scorestage.mockup.seating import Seat, seats, stem_of
from scorestage.mockup.timing import Drift
from scorestage.music import Line, MarkKind, Score
from scorestage.timebase import Beat, FilmTime


def perform(
    score: Score,
    clock: AudioClock,
    response: Response,
    *,
    hits: Iterable[Beat] = (),
    seed: int = 1,
    cut_off: FilmTime | None = None,
    tight: bool = False,
) -> tuple[Performance, ...]:
    """What every player of the score does, in samples of the cue's sound files.

    Notes at `hits` (and at the score's own hit marks) are exact and stressed; all others are as
    near as people are. A hit at which all have stopped is a stop: everybody holds until there
    and damps. Every note starts early by the measured attack of its sound. Nothing sounds past
    `cut_off`. Players who are silent are left out. `tight` puts every note on its own sample, as
    playback for filming to it must be.
    """
    caught = frozenset(_hit_quarters(score, hits))
    places = seats(tuple(line.player for line in score.lines))
    stops = tuple(clock.sample_at(Beat(hit)) for hit in sorted(caught) if _is_stop(score, hit))
    if cut_off is not None:
        end = clock.sample_of(cut_off)
        stops = (*(stop for stop in stops if stop < end), end)
    found = []
    for line in score.lines:
        if not line.is_silent:
            desk = _desk(line, clock, response, caught, seed, stops, cut_off is not None)
            if tight:
                desk = replace(desk, drift=replace(desk.drift, sigma_seconds=0.0))
            found.append(_performance(desk, places[line.player.id]))
    return tuple(found)


def last_end_samples(performances: Iterable[Performance]) -> int:
    """Where the last note of all is let go."""
    ends = (note.end_samples for performance in performances for note in performance.notes)
    return max(ends, default=0)


def _hit_quarters(score: Score, hits: Iterable[Beat]) -> Iterable[Fraction]:
    yield from (hit.quarters for hit in hits)
    yield from (mark.at.quarters for mark in score.marks if mark.kind is MarkKind.HIT)


def _is_stop(score: Score, hit: Fraction) -> bool:
    """Whether the music has just stopped: somebody ends here, nobody begins or goes on."""
    ends = False
    for _, note in score.notes():
        if note.onset.quarters <= hit < note.end.quarters:
            return False
        ends = ends or note.end.quarters == hit
    return ends


def _desk(
    line: Line,
    clock: AudioClock,
    response: Response,
    hits: frozenset[Fraction],
    seed: int,
    stops: tuple[int, ...],
    is_cut: bool,
) -> Desk:
    notes = line.notes
    first, last = int(notes[0].onset.quarters) - 2, int(notes[-1].end.quarters) + 2
    family = line.player.instrument.family
    drift = Drift(line.player.id, seed, own_seconds(family), first, last)
    common = levels_of(
        (mark for staff in line.staves for mark in staff.dynamics),
        (pin for staff in line.staves for pin in staff.hairpins),
    )
    levels = tuple(_staff_levels(line, number, common) for number in range(len(line.staves)))
    desk = Desk(line, clock, response, drift, levels, hits, seed, stops, is_cut, Curve())
    if not any(is_sustained(layer.program) for layer in desk.layers_in_use()):
        return desk
    return desk.with_curve(line_curve(desk, common))


def _staff_levels(line: Line, number: int, common: Levels) -> Levels:
    """A staff's own dynamics; where it has none, those of the whole line (piano, left hand)."""
    staff = line.staves[number]
    if not staff.dynamics and not staff.hairpins:
        return common
    return levels_of(staff.dynamics, staff.hairpins)


def _performance(desk: Desk, seat: Seat) -> Performance:
    player = desk.line.player
    return Performance(
        player.id,
        player.name,
        notes_of_line(desk),
        desk.curve,
        seat.pan,
        seat.distance_m,
        stem_of(player),
        seat.in_room,
        desk.stops_samples,
    )

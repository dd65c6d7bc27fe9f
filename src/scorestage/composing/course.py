"""The course of a cue's mood: words of tone, and the curves drawn over them, moment by moment.

A drawn curve takes the place of what the words say of the same thing. Effects add up, without
interactions (Eerola, Friberg and Bresin 2013): arousal makes music louder and busier; tension
makes it louder and busier too, moves it up and strains its chords; valence decides the mode.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from scorestage.composing.frame import Frame, Module
from scorestage.composing.request import CueRequest
from scorestage.errors import InputError, Where
from scorestage.music.mood import Mood
from scorestage.production import Curve, CurveKind, CurvePoint
from scorestage.production.curves import NEUTRAL
from scorestage.timebase import Beat, FilmClock, FilmSpan, FilmTime

STEP = Fraction(5, 2)
"""How much of the drawn scale of 10 makes one step of a mood."""
OF_TENSION = Fraction(3, 5)
"""How much a step of drawn tension counts for loudness and motion, beside one of arousal."""
PAD_SEMITONES, TUNE_SEMITONES = 2, 3
"""How far a step of drawn tension moves chords and tune up."""

Drawn = tuple[tuple[Fraction, Fraction], ...]
"""Points as film seconds and steps of mood."""


@dataclass(frozen=True, slots=True)
class Course:
    """What is asked for at each moment: a mood, and the curves that overrule it."""

    mood: Mood
    frame: Frame
    curves: tuple[tuple[CurveKind, Drawn], ...] = ()

    def is_drawn(self, *kinds: CurveKind) -> bool:
        """Whether one of these curves (any, where none is named) is drawn."""
        return any(not kinds or kind in kinds for kind, _ in self.curves)

    def at(self, kind: CurveKind, at: Beat) -> Fraction:
        """How much of it is asked for at a point, -2 to 2; between two points in proportion."""
        for known, points in self.curves:
            if known is kind:
                return _between(points, self.frame.tempo_map.time_at(at).seconds)
        return Fraction(getattr(self.mood, kind.value))

    def over(self, kind: CurveKind, modules: Sequence[Module]) -> Fraction:
        """The mean of what is asked for over some modules."""
        places = [self.at(kind, module.start) for module in modules]
        return sum(places, self.at(kind, modules[-1].end)) / (len(places) + 1)

    def push(self, modules: Sequence[Module]) -> Fraction:
        """Steps of loudness and motion over some modules: arousal, and tension where drawn."""
        pushed = self.over(CurveKind.AROUSAL, modules)
        if self.is_drawn(CurveKind.TENSION):
            pushed += OF_TENSION * self.over(CurveKind.TENSION, modules)
        return max(Fraction(-2), min(Fraction(2), pushed))

    def drawn_tension(self, at: Beat) -> Fraction:
        """Tension at a point where it is drawn, else nought."""
        return self.at(CurveKind.TENSION, at) if self.is_drawn(CurveKind.TENSION) else Fraction(0)


def course_of(request: CueRequest, frame: Frame) -> Course:
    """The course of a cue; `InputError` for a curve that names a hit or bar which is not there."""
    drawn = (
        (kind, curve)
        for kind, curve in (
            (CurveKind.TENSION, request.cue.tension),
            (CurveKind.AROUSAL, request.cue.arousal),
            (CurveKind.VALENCE, request.cue.valence),
        )
        if curve
    )
    return Course(
        request.mood, frame, tuple((kind, _resolved(request, curve)) for kind, curve in drawn)
    )


def _resolved(request: CueRequest, curve: Curve) -> Drawn:
    points = [(_place(request, one).seconds, (one.level - NEUTRAL) / STEP) for one in curve]
    return tuple(sorted(points, key=lambda point: point[0]))


def _place(request: CueRequest, point: CurvePoint) -> FilmTime:
    """Where a point lies in the film."""
    where = Where(cue=request.cue.number)
    kind, _, name = point.place.partition(":")
    if kind == "bar":
        grid = request.tempo_map.grid
        for index, bar in enumerate(grid.bars):
            if str(bar.label) == name:
                return request.tempo_map.time_at(grid.starts[index])
        last = grid.bars[-1].label
        raise InputError(f"a curve names bar {name}", where, f"the cue ends with bar {last}")
    if kind == "hit":
        hits = request.cue.hits
        for hit in hits:
            if hit.id == name:
                return hit.at
        if name.isdigit() and 1 <= int(name) <= len(hits):
            return hits[int(name) - 1].at
        known = ", ".join(hit.id for hit in hits) or "none"
        raise InputError(f"a curve names the hit {name!r}", where, f"hits: {known}")
    clock = FilmClock(request.rate, request.start_frames)
    if point.place.count(":") + point.place.count(";") == 3:
        return clock.read(point.place)
    start = request.cue.start if request.cue.start is not None else request.tempo_map.start
    return start + FilmSpan(clock.read(point.place).seconds)


def _between(points: Drawn, seconds: Fraction) -> Fraction:
    """The level at a moment: in proportion between two points, level before and after them.

    >>> _between(((Fraction(0), Fraction(-2)), (Fraction(4), Fraction(2))), Fraction(3))
    Fraction(1, 1)
    """
    before = [point for point in points if point[0] <= seconds]
    after = [point for point in points if point[0] > seconds]
    if not before:
        return after[0][1]
    if not after:
        return before[-1][1]
    (start, one), (end, other) = before[-1], after[0]
    return one + (other - one) * (seconds - start) / (end - start)

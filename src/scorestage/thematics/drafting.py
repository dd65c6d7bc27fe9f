"""One draft of a tune: its ideas, where they come back, and how it closes."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from random import Random

from scorestage.music.feel import felt_beats
from scorestage.music.harmony import pitch_under
from scorestage.music.pitch import Pitch
from scorestage.thematics.line import Bounds, Slot, belongs, find_line, interval_cost, key_under
from scorestage.thematics.rhythm import Pace, Rhythm, closing_bar, draw_where
from scorestage.thematics.sheet import LeadSheet

Placed = tuple[Slot, int]
"""A note of the draft: where it stands and its step of the scale."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A tune in steps of the scale over its lead sheet."""

    sheet: LeadSheet
    line: tuple[Placed, ...]
    motif_notes: int

    def pitch_of(self, slot: Slot, step: int) -> Pitch:
        """The pitch of a step under the slot's chord; in minor the sixth goes up with the lead."""
        pitch = pitch_under(self.sheet.key, step, slot.chord)
        if self.sheet.key.mode in ("minor", "aeolian", "harmonic-minor") and step % 7 == 5:
            raised = pitch_under(self.sheet.key, step + 1, slot.chord)
            is_leading = (raised.key - self.sheet.key.home.key) % 12 == 11
            if is_leading and not belongs(self.sheet.key, step, slot.chord):
                return Pitch(pitch.step, pitch.alter + 1, pitch.octave)
        return pitch


@dataclass(slots=True)
class _Pen:
    """Writes one draft bar after bar."""

    sheet: LeadSheet
    pace: Pace
    leaps: int
    apex: int
    random: Random
    line: list[Placed]

    def free(
        self,
        bars: tuple[tuple[int, Rhythm], ...],
        shape: tuple[float, ...],
        cap: int,
        last: tuple[int, ...] = (),
    ) -> None:
        """Find a line for some bars; `shape` are targets at barlines and halfway between them."""
        slots: list[Slot] = []
        for number, (bar, rhythm) in enumerate(bars):
            ends = last if number == len(bars) - 1 else ()
            slots += self.sheet.slots(bar, rhythm, (shape[number], shape[number + 1]), ends)
        bounds = Bounds(self.apex - 11, cap, self.leaps)
        before = tuple(step for _, step in self.line[-2:])
        steps = find_line(tuple(slots), self.sheet.key, bounds, self.random, before)
        self.line += list(zip(slots, steps, strict=True))

    def copy(self, source: list[Placed], by_bars: int, cap: int, wish: int) -> None:
        """Put an idea again some bars later, on the steps where it fits its new chords best."""
        best: tuple[float, list[Placed]] | None = None
        for shift in range(-4, 6):
            moved = [self._moved(placed, by_bars, shift) for placed in source]
            moved[-1] = self._at_rest(moved[-1])
            steps = [step for _, step in moved]
            if max(steps) > cap or min(steps) < self.apex - 11:
                continue
            cost = self._misfit(moved) + 0.7 * abs(shift - wish) + self.random.random()
            if best is None or cost < best[0]:
                best = (cost, moved)
        self.line += (
            best[1] if best is not None else [self._moved(placed, by_bars, 0) for placed in source]
        )

    def _moved(self, placed: Placed, by_bars: int, shift: int) -> Placed:
        slot, step = placed
        onset = slot.onset + by_bars * self.sheet.bar_quarters
        bar, offset = divmod(onset, self.sheet.bar_quarters)
        chord = self.sheet.chord_at(int(bar), offset)
        return Slot(onset, slot.length, slot.stress, chord, slot.target), step + shift

    def _at_rest(self, placed: Placed) -> Placed:
        """The last note of an idea, a step aside where only that makes it a chord tone."""
        slot, step = placed
        near = (step, step - 1, step + 1)
        return slot, next((to for to in near if belongs(self.sheet.key, to, slot.chord)), step)

    def _misfit(self, moved: list[Placed]) -> float:
        key = self.sheet.key
        cost = 0.0
        for slot, step in moved:
            if not belongs(key, step, slot.chord):
                cost += 3.0 * (1 + (slot.length >= 2)) if slot.weighs else 0.2
        line = [*self.line[-1:], *moved]
        for (slot, step), (next_slot, next_step) in pairwise(line):
            semitones = key_under(key, next_step, next_slot.chord) - key_under(
                key, step, slot.chord
            )
            cost += interval_cost(semitones, next_step - step, self.leaps) * 0.6
        return cost


def draft_tune(
    sheet: LeadSheet, form: str, pace: Pace, leaps: int, rising: int, random: Random
) -> Draft:
    """One draft in a form; `leaps` 0 to 4, `rising` -2 to 2 says where the line leads."""
    apex = random.choice((6, 7, 7, 8, 9)) + (rising > 0)
    pen = _Pen(sheet, pace, leaps, min(apex, 9), random, [])
    idea = _idea(pen, rising)
    meter = sheet.meter
    busier = Pace(min(4, pace.motion + 1), pace.dotted, pace.syncopation)
    if form in ("period", "hybrid"):
        answer = ((2, draw_where(meter, pace, random, 2, 6)), (3, closing_bar(meter)))
        last = pen.line[-1][1]
        pen.free(answer, (last, 2.0, 1.0), pen.apex - 2, _chord_steps(pen, 3))
    else:
        near = form in ("loop", "ternary")
        pen.copy(idea, 2, pen.apex - 1, 0 if near else random.choice((-1, 1, 1, 2)))
    if form == "ternary":
        _middle_and_return(pen, idea, busier)
        return Draft(sheet, tuple(_with_pickup(pen, form)), _motif_size(pen.line, idea, sheet))
    if form == "period":
        pen.copy(idea, 4, pen.apex - 1, 0)
    elif form == "loop":
        pen.copy(idea, 4, pen.apex, 2)
    else:
        head = [placed for placed in idea if placed[0].onset < sheet.bar_quarters]
        top = max(step for _, step in head)
        pen.copy(head, 4, pen.apex - 1, pen.apex - 2 - top)
        pen.copy(head, 5, pen.apex, pen.apex - top)
    _close(pen, busier, form)
    line = _with_pickup(pen, form)
    return Draft(sheet, tuple(line), _motif_size(line, idea, sheet))


def _middle_and_return(pen: _Pen, idea: list[Placed], pace: Pace) -> None:
    """A small ternary's second half: two bars of contrast up to the apex, the head, a close."""
    meter, random = pen.sheet.meter, pen.random
    most = 2 * len(felt_beats(meter))
    contrast = tuple((bar, draw_where(meter, pace, random, 3, most)) for bar in (4, 5))
    last = float(pen.line[-1][1])
    pen.free(contrast, (last + 2, float(pen.apex), float(pen.apex - 3)), pen.apex)
    head = [placed for placed in idea if placed[0].onset < pen.sheet.bar_quarters]
    pen.copy(head, 6, pen.apex - 1, 0)
    ends = tuple(step for step in (0, 7) if pen.apex - 11 <= step <= pen.apex)
    start = float(pen.line[-1][1])
    goal = float(min(ends, key=lambda step: abs(step - start)))
    pen.free(((7, closing_bar(meter)),), (start, goal), min(pen.apex, 9), ends)


def _idea(pen: _Pen, rising: int) -> list[Placed]:
    """The basic idea: two bars, the first the motif, the second coming to rest for a moment."""
    meter, random = pen.sheet.meter, pen.random
    beats = felt_beats(meter)
    high = max(3, len(beats) + 1)
    first = draw_where(meter, pen.pace, random, 2, high)
    rest = max(beats) if len(beats) > 2 else Fraction(0)
    second = draw_where(meter, pen.pace, random, 1, high, last=rest)
    start = random.choice((0, 0, 2, 4, -3 if rising > 0 else 2))
    shapes = ((0, 3, 1), (0, 1, 4), (0, 4, 2), (0, -2, 1), (0, -1, -3), (0, 2, -1))
    weights = (4, 2 + rising, 3, 2, 2 - rising, 3)
    shape = random.choices(shapes, [max(weight, 0) for weight in weights])[0]
    opening = ((0, first), (1, second))
    pen.free(opening, tuple(float(start + offset) for offset in shape), pen.apex - 2)
    return list(pen.line)


def _close(pen: _Pen, pace: Pace, form: str) -> None:
    """The cadence: from where the line stands, over a period's late apex, down to the tonic."""
    meter = pen.sheet.meter
    approach = draw_where(meter, pace, pen.random, 3, 2 * len(felt_beats(meter)))
    last = pen.line[-1][1]
    reached = max(step for _, step in pen.line)
    ends = tuple(step for step in (0, 7) if pen.apex - 11 <= step <= pen.apex)
    if form == "loop":
        ends = tuple(step for step in (0, 2, 4, 7) if step <= pen.apex)
    cap = pen.apex if form == "period" else max(reached - 1, 4)
    start = float(min(pen.apex, last + 3)) if form == "period" else float(last)
    goal = min(ends, key=lambda step: abs(step - (start - 4)))
    shape = (start, (start + goal) / 2, float(goal))
    pen.free(((6, approach), (7, closing_bar(meter))), shape, min(cap, 9), ends)


def _chord_steps(pen: _Pen, bar: int) -> tuple[int, ...]:
    chord = pen.sheet.chord_at(bar, Fraction(0))
    steps = range(-3, pen.apex - 1)
    found = tuple(step for step in steps if belongs(pen.sheet.key, step, chord))
    return found or tuple(steps)


def _with_pickup(pen: _Pen, form: str) -> list[Placed]:
    """An upbeat before the theme (and before a period's second half), for some themes."""
    beats = felt_beats(pen.sheet.meter)
    if len(beats) < 3 or pen.random.random() > 0.4:
        return pen.line
    first_slot, first = pen.line[0]
    wishes = [first - 3, first - 1, first + 1] if first % 7 == 0 else [first - 1, first - 2]
    fitting = [step for step in wishes if step >= pen.apex - 11]
    if not fitting:
        return pen.line
    step = fitting[0] if pen.leaps >= 2 else fitting[min(1, len(fitting) - 1)]
    length = beats[-1] / 2 if pen.pace.motion > 2 and beats[-1] >= 1 else beats[-1]
    starts = [Fraction(0), 4 * pen.sheet.bar_quarters] if form == "period" else [Fraction(0)]
    upbeats = []
    for start in starts:
        before = [slot for slot, _ in pen.line if slot.onset < start]
        if before and before[-1].onset + before[-1].length > start - length:
            continue
        chord = first_slot.chord if start == 0 else pen.sheet.chord_at(3, Fraction(0))
        upbeats.append((Slot(start - length, length, 0, chord, 0.0), step))
    return sorted([*pen.line, *upbeats], key=lambda placed: placed[0].onset)


def _motif_size(line: list[Placed], idea: list[Placed], sheet: LeadSheet) -> int:
    """How many notes the head motif has: the first bar with its upbeat, or two short bars."""
    upbeat = sum(slot.onset < 0 for slot, _ in line)
    first = sum(0 <= slot.onset < sheet.bar_quarters for slot, _ in line)
    if first < 3:
        return upbeat + min(len(idea), 6)
    return upbeat + first

"""How long a note is written: up to the next, with a rest after it, short with a dot, bound."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from statistics import median

from scorestage.takedown.beatgrid import GridBeat

_HALF = Fraction(1, 2)
_SHORT_RATIO = 0.62
_SHORT_SECONDS = 0.26
_FULL_RATIO = 0.7
_NEAR_SECONDS = 4.0
_FEWEST_NEAR = 3
_SCATTER_SECONDS = 0.06
_SCATTER_SHARE = 0.06
_EARLY_SHARE = 0.1
"""Of its length a note is usually let go so much early."""
_TINY_REST_SECONDS = 0.11
_BOUND_SECONDS = 0.008
_CLOSE_SECONDS = 0.035


@dataclass(frozen=True, slots=True)
class Sounded:
    """A note or chord of one voice: where it is written, when it sounds; `start` and `end` in
    quarters of the click as played, `next_onset` None for the last."""

    onset: Fraction
    start_seconds: float
    end_seconds: float
    end_quarters: float
    next_onset: Fraction | None = None
    next_seconds: float | None = None
    is_short: bool = False
    """Whether the sound chosen is a short one, however long the key is down."""
    can_bind: bool = True
    binds: bool = False
    """Whether the sound chosen binds notes that follow closely."""


@dataclass(frozen=True, slots=True)
class WrittenLength:
    """The length on paper, whether it has a dot, whether a slur leads on to the next."""

    length: Fraction
    staccato: bool = False
    bound: bool = False


class LengthReader:
    """Reads the lengths of one voice; it knows the beats and how they were divided."""

    def __init__(self, beats: Sequence[GridBeat], parts: Mapping[int, int]) -> None:
        self.beats = beats
        self.parts = parts
        self._starts = [beat.start for beat in beats]

    def read(self, notes: Sequence[Sounded]) -> tuple[WrittenLength, ...]:
        """A length for every note of a voice, in order."""
        ratios = self._small_ratios(notes)
        return tuple(self._one(note, ratios) for note in notes)

    def _beat(self, at: Fraction) -> int:
        return max(0, min(len(self.beats) - 1, bisect_right(self._starts, at) - 1))

    def _small_ratios(self, notes: Sequence[Sounded]) -> list[tuple[float, float]]:
        """When, and for what share of their room, notes of half a beat or less sound."""
        found = []
        for note in notes:
            if note.next_onset is None or note.next_seconds is None or note.is_short:
                continue
            beat = self.beats[self._beat(note.onset)]
            if note.next_onset - note.onset <= beat.length * _HALF:
                room = max(0.02, note.next_seconds - note.start_seconds)
                ratio = min(1.2, (note.end_seconds - note.start_seconds) / room)
                found.append((note.start_seconds, ratio))
        return found

    def _one(self, note: Sounded, ratios: Sequence[tuple[float, float]]) -> WrittenLength:
        beat = self.beats[self._beat(note.onset)]
        sounds = note.end_seconds - note.start_seconds
        if note.is_short:
            return WrittenLength(self._short_room(note, beat), staccato=True)
        if note.next_onset is not None and note.next_seconds is not None:
            room = note.next_onset - note.onset
            gap = note.next_seconds - note.end_seconds
            bound = note.can_bind and gap <= (_CLOSE_SECONDS if note.binds else -_BOUND_SECONDS)
            wide = max(0.02, note.next_seconds - note.start_seconds)
            ratio = sounds / wide
            if ratio >= 0.93 or gap <= 0.02:
                return WrittenLength(room, bound=bound)
            short = ratio <= _SHORT_RATIO and sounds <= _SHORT_SECONDS
            if short and room <= beat.length * _HALF:
                return WrittenLength(room, staccato=True)
            if short and room <= beat.length and self._is_dry(note, ratios):
                return WrittenLength(room, staccato=True)
        elif sounds <= _SHORT_SECONDS and self._is_dry(note, ratios):
            return WrittenLength(beat.end - note.onset, staccato=True)
        return WrittenLength(self._end(note) - note.onset)

    def _is_dry(self, note: Sounded, ratios: Sequence[tuple[float, float]]) -> bool:
        """Whether quicker notes around it are played short as well."""
        low = bisect_left(ratios, (note.start_seconds - _NEAR_SECONDS, -1.0))
        high = bisect_right(ratios, (note.start_seconds + _NEAR_SECONDS, 9.0))
        near = [ratio for _, ratio in ratios[low:high]]
        return len(near) >= _FEWEST_NEAR and median(near) < _FULL_RATIO

    def _short_room(self, note: Sounded, beat: GridBeat) -> Fraction:
        """A short note takes its room up to a beat, and never more than the beat has left."""
        left = beat.end - note.onset
        if note.next_onset is None:
            return min(left, beat.length)
        return min(note.next_onset - note.onset, left if left > 0 else beat.length)

    def _end(self, note: Sounded) -> Fraction:
        """The part of a beat at which the note most likely was to end."""
        seconds = max(0.02, note.end_seconds - note.start_seconds)
        quarters = max(0.01, note.end_quarters - float(note.onset))
        pace = seconds / quarters
        best: tuple[float, Fraction] | None = None
        for at, plain in self._ends(note):
            late = (float(at) - note.end_quarters) * pace
            meant = late - _EARLY_SHARE * seconds if late > 0 else late * 1.4
            off = max(0.0, meant) if late > 0 else -meant
            cost = 0.5 * (off / (_SCATTER_SECONDS + _SCATTER_SHARE * seconds)) ** 2 + plain
            if note.next_onset is not None and at < note.next_onset:
                rest = float(note.next_onset - at) * pace
                cost += 2.0 if rest < _TINY_REST_SECONDS else 0.5
            if best is None or cost < best[0]:
                best = cost, at
        if best is None:
            return note.next_onset or note.onset + self.beats[self._beat(note.onset)].length
        return best[1]

    def _ends(self, note: Sounded) -> list[tuple[Fraction, float]]:
        """Where a note may end, each with how plain that is; never after the next begins."""
        found: dict[Fraction, float] = {}
        middle = self._beat(Fraction(note.end_quarters).limit_denominator(64))
        for place in range(max(0, middle - 1), min(len(self.beats), middle + 3)):
            beat = self.beats[place]
            found.setdefault(beat.start, 0.0)
            found.setdefault(beat.end, 0.0)
            for parts in self._parts(place):
                for slot in range(1, parts):
                    at = beat.start + beat.length * slot / parts
                    plain = 0.5 if parts <= 3 else 1.4
                    found[at] = min(found.get(at, 9.0), plain)
        limit = note.next_onset
        if limit is not None:
            found[limit] = -0.6
        return [
            (at, plain)
            for at, plain in found.items()
            if at > note.onset and (limit is None or at <= limit)
        ]

    def _parts(self, place: int) -> tuple[int, ...]:
        own = self.parts.get(place, 1)
        if own % 3 == 0:
            return (3,)
        return (2, 4) if own in (1, 2, 4, 8) else (own,)

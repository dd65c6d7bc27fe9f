"""Mechanics with a memory: harp pedals, timpani drums, percussion stations, instruments in hand.

Each is a small state machine over real seconds; the same one filters what the orchestrator
writes and checks what anybody wrote.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from scorestage.music import Pitch
from scorestage.orchestration.timing import Timing

PEDAL_SECONDS = 0.35
RETUNE_SECONDS = 1.5
STATION_SECONDS = 2.0
STROKE_SECONDS = 0.3
_LEFT_FOOT = "DCB"
DRUMS = ((36, 45), (41, 48), (46, 53), (50, 57), (53, 62))
"""Lowest and highest key of the five drums, from large to small."""
_STATIONS = {
    "cymbals": "plates",
    "tam-tam": "tam-tam",
    "triangle": "triangle",
    "tambourine": "small",
    "castanets": "small",
    "sleigh-bells": "small",
    "shaker": "small",
    "claves": "small",
    "whip": "small",
    "vibraslap": "small",
    "guiro": "small",
    "mark-tree": "mark-tree",
}


def station_of(sound: str) -> str:
    """Where a percussion instrument stands; drums are within reach of one pair of sticks.

    >>> station_of("tam-tam"), station_of("snare-drum")
    ('tam-tam', 'sticks')
    """
    return _STATIONS.get(sound, "sticks")


@dataclass(slots=True)
class Pedals:
    """A harp's seven pedals; a foot moves one at a time, a string must be silent to be changed.

    Every pedal may be set at leisure before its first note.
    """

    timing: Timing
    _set: dict[str, int] = field(default_factory=dict)
    _used: dict[str, float] = field(default_factory=dict)
    _foot: dict[bool, float] = field(default_factory=dict)
    moves: int = 0
    """How many pedals were moved between notes."""

    def fork(self) -> Pedals:
        """The same pedals, to try what may come next."""
        return Pedals(self.timing, dict(self._set), dict(self._used), dict(self._foot), self.moves)

    def take(self, pitches: Sequence[Pitch], at: Fraction) -> bool:
        """Whether these notes can be played at `at` after all before; if so, they are."""
        wanted: dict[str, int] = {}
        for pitch in pitches:
            if wanted.setdefault(pitch.step, int(pitch.alter)) != pitch.alter:
                return False
            if pitch.alter not in (-1, 0, 1):
                return False
        now = self.timing.at(at)
        feet = dict(self._foot)
        for step, alter in wanted.items():
            if step in self._set and self._set[step] != alter:
                side = step in _LEFT_FOOT
                free = max(feet.get(side, -1e9), self._used[step])
                if free + PEDAL_SECONDS > now:
                    return False
                feet[side] = free + PEDAL_SECONDS
        self._foot = feet
        for step, alter in wanted.items():
            self.moves += self._set.get(step, alter) != alter
            self._set[step] = alter
            self._used[step] = now
        return True


def spellings(pitches: tuple[Pitch, ...]) -> list[tuple[Pitch, ...]]:
    """As written, then with single notes spelled the other way."""
    found = [pitches]
    for place, pitch in enumerate(pitches):
        for other in _enharmonic(pitch):
            found.append((*pitches[:place], other, *pitches[place + 1 :]))
    return found


def _enharmonic(pitch: Pitch) -> list[Pitch]:
    steps = "CDEFGAB"
    found = []
    for move in (1, -1):
        octave, index = divmod(pitch.staff_step + move, 7)
        plain = Pitch(steps[index], 0, octave)
        alter = pitch.midi - plain.midi
        if alter in (-1, 0, 1):
            found.append(Pitch(steps[index], alter, octave))
    return found


@dataclass(slots=True)
class Drums:
    """Timpani: which drum is tuned to what, and since when it has been silent.

    Drums are tuned one after the other.
    """

    timing: Timing
    _tuned: dict[int, int] = field(default_factory=dict)
    _used: dict[int, float] = field(default_factory=dict)
    _foot: float = -1e9

    def take(self, keys: Sequence[int], start: Fraction, end: Fraction) -> bool:
        """Whether the keys (one for each hand at most) find tuned drums at `start`."""
        now = self.timing.at(start)
        chosen: dict[int, int] = {}
        foot = self._foot
        for key in keys:
            drum = self._drum_for(key, now, chosen, foot)
            if drum is None:
                return False
            chosen[drum] = key
            if self._tuned.get(drum, key) != key:
                foot = max(foot, self._used[drum]) + RETUNE_SECONDS
        self._foot = foot
        for drum, key in chosen.items():
            self._tuned[drum] = key
            self._used[drum] = self.timing.at(end)
        return len(keys) <= 2

    def _drum_for(self, key: int, now: float, chosen: dict[int, int], foot: float) -> int | None:
        fitting = [
            drum
            for drum, (low, high) in enumerate(DRUMS)
            if low <= key <= high and drum not in chosen
        ]
        for drum in fitting:
            if self._tuned.get(drum) == key:
                return drum
        ready = [drum for drum in fitting if drum not in self._tuned]
        ready += [
            drum
            for drum in fitting
            if drum in self._tuned and max(foot, self._used[drum]) + RETUNE_SECONDS <= now
        ]
        return min(ready, key=lambda drum: self._used.get(drum, -1e9)) if ready else None


@dataclass(slots=True)
class Stations:
    """One percussionist: walking from one instrument to another takes time.

    Drums and the suspended cymbal are within reach of one pair of sticks.
    """

    timing: Timing
    _at: str = ""
    _since: float = -1e9

    def take(
        self, sounds: Sequence[str], start: Fraction, end: Fraction, *, roll: bool = False
    ) -> bool:
        """Whether the strokes can be made at `start`; at most two at once, at one station.

        A roll keeps the player there to its end, a stroke for as long as the arm needs.
        """
        places = {station_of(sound) for sound in sounds}
        if len(places) > 1 or len(sounds) > 2:
            return False
        place = places.pop()
        now = self.timing.at(start)
        if self._at and place != self._at and self._since + STATION_SECONDS > now:
            return False
        lasting = self.timing.at(end) - now
        self._at, self._since = place, now + (lasting if roll else min(lasting, STROKE_SECONDS))
        return True

"""Two hands (or six strings, or four mallets): what one player of chords can really take."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import groupby, product

from scorestage.music import Instrument, Interval, Pitch, Role
from scorestage.orchestration.fingers import at_once, in_one_hand
from scorestage.orchestration.placing import Placed
from scorestage.orchestration.practice import IMPOSSIBLE, has_two_hands, key_cost
from scorestage.orchestration.values import Task
from scorestage.timebase import Beats

_SPLIT = 60
_RIGHT, _LEFT = 0, 1
_LINES = (Role.MELODY, Role.COUNTER)
_RIGHT_DOWN_TO, _LEFT_UP_TO = 53, 67
"""How far a hand follows a single line over the middle, as MIDI keys."""
_OCTAVES = (1, -1, 2, -2)
_VOICES = 2
_FIGURES = (Role.RHYTHM, Role.COLOUR)
_LOWEST_FIGURE = 45
_RUNG = Fraction(1, 2)


@dataclass(slots=True)
class _Held:
    """One key that is down."""

    pitch: Pitch
    start: Fraction
    end: Fraction
    source: Placed
    hand: int


@dataclass(frozen=True, slots=True)
class _Scene:
    """What one player of chords has to do in a phrase: alone with tune and bass, or a layer."""

    alone: bool
    tune_low: int

    @classmethod
    def of(cls, placed: Iterable[Placed]) -> _Scene:
        """Read from the phrase's notes."""
        listed = list(placed)
        roles = {one.task.role for one in listed}
        tune = [
            pitch.key
            for one in listed
            if one.task.role is Role.MELODY
            for pitch in one.note.sounding
        ]
        alone = Role.MELODY in roles and len(roles - {Role.MELODY, Role.ACCENT}) > 0
        return cls(alone, min(tune, default=_SPLIT))


class Hands:
    """Takes notes one after the other, most important first, and lets go what cannot be held.

    On one-handed instruments (guitar, mallets) everything is the right hand's.
    """

    def __init__(self, instrument: Instrument) -> None:
        self.instrument = instrument
        self.two = has_two_hands(instrument)
        self.taken: list[_Held] = []
        self._sounding: list[_Held] = []
        self._lines: dict[int, bool | None] = {}

    def take(self, placed: Placed, scene: _Scene) -> None:
        """One note or chord: each pitch in the hand that reaches it, else an octave away."""
        self.take_together([placed], {placed.task.phrase: scene})

    def take_together(self, struck: Sequence[Placed], scenes: Mapping[int, _Scene]) -> None:
        """All that begins at one moment: what must be played, new tones, then tones once more."""
        at = struck[0].start
        self._sounding = [one for one in self._sounding if one.end > at]
        again: list[tuple[Placed, Pitch]] = []
        for placed in struck:
            for pitch in sorted(placed.note.sounding, key=lambda one: -one.midi):
                if not placed.task.essential and self._struck(at, pitch):
                    again.append((placed, pitch))
                else:
                    self._take(placed, pitch, scenes[placed.task.phrase])
        for placed, pitch in again:
            self._take(placed, pitch, scenes[placed.task.phrase])

    def _struck(self, at: Fraction, pitch: Pitch) -> bool:
        """Whether a tone of that name begins there already, in any octave."""
        names = {one.pitch.key % 12 for one in self._sounding if one.start == at}
        return pitch.key % 12 in names

    def _take(self, placed: Placed, pitch: Pitch, scene: _Scene) -> None:
        at = placed.start
        down = [one for one in self._sounding if one.start <= at < one.end]
        again = [one for one in down if one.pitch.key == pitch.key]
        if any(one.start == at for one in again):
            return
        if again and not all(placed.rank <= one.source.rank for one in again):
            return
        for one in again:
            self._release(one, at)
            down.remove(one)
        figure = scene.alone and placed.task.role in _FIGURES
        for octaves in (0, *(() if placed.task.essential or figure else _OCTAVES)):
            moved = pitch.moved(Interval(7 * octaves, 12 * octaves))
            if key_cost(self.instrument, moved.key, 0.0) >= IMPOSSIBLE:
                continue
            if octaves and scene.alone and moved.key < _LOWEST_FIGURE:
                continue
            hands = self._hands_for(placed, moved, scene)
            for hand in hands[:1] if placed.task.essential else hands:
                if self._fits(down, placed, moved, hand):
                    self._press(placed, moved, hand)
                    return
                if self._over_pedal(down, placed, moved, hand):
                    return
        if placed.task.essential:
            self._insist(placed, pitch, down, scene)
        elif not self._struck(at, pitch):
            self._over_ringing(placed, pitch, down, scene)

    def _insist(self, placed: Placed, pitch: Pitch, down: Sequence[_Held], scene: _Scene) -> None:
        """A note of tune or bass at its own pitch, else in the nearest octave that can be had."""
        for octaves in (0, *_OCTAVES):
            moved = pitch.moved(Interval(7 * octaves, 12 * octaves))
            if octaves and (
                self._struck(placed.start, pitch) or self._crosses(down, placed, moved)
            ):
                continue
            if key_cost(self.instrument, moved.key, 0.0) < IMPOSSIBLE and self._force(
                placed, moved, down, scene
            ):
                return

    def _crosses(self, down: Sequence[_Held], placed: Placed, pitch: Pitch) -> bool:
        """Whether a displaced bass would stand over the tune."""
        tune = [one.pitch.key for one in down if one.source.task.role is Role.MELODY]
        return placed.task.role is Role.BASS and pitch.key > min(tune, default=pitch.key)

    def _over_ringing(
        self, placed: Placed, pitch: Pitch, down: Sequence[_Held], scene: _Scene
    ) -> None:
        """A tone nobody else has is struck: shorter if need be, over what has rung for a while."""
        at = placed.start
        ringing = [
            one
            for one in down
            if one.source.task.role is not Role.MELODY and at - one.start >= _RUNG
        ]
        ends = sorted({one.end for one in down if one.start == at < one.end < placed.end})
        lengths = [placed, *(placed.until(end) for end in reversed(ends))]
        figure = self.two and scene.alone and placed.task.role in _FIGURES
        for octaves in (0, *(() if figure else _OCTAVES)):
            moved = pitch.moved(Interval(7 * octaves, 12 * octaves))
            if key_cost(self.instrument, moved.key, 0.0) >= IMPOSSIBLE:
                continue
            if octaves and scene.alone and moved.key < _LOWEST_FIGURE:
                continue
            for lasting, hand in product(lengths, self._hands_for(placed, moved, scene)):
                if self._after(ringing, down, lasting, moved, hand):
                    return

    def _after(
        self,
        ringing: Sequence[_Held],
        down: Sequence[_Held],
        placed: Placed,
        pitch: Pitch,
        hand: int,
    ) -> bool:
        """The key pressed when as few of what rings as make room are let go, the oldest first."""
        left = list(down)
        gone: list[_Held] = []
        for one in (None, *sorted(ringing, key=lambda held: held.start)):
            if one is not None:
                left.remove(one)
                gone.append(one)
            if self._fits(left, placed, pitch, hand):
                for held in gone:
                    self._release(held, placed.start)
                self._press(placed, pitch, hand)
                return True
        return False

    def _press(self, placed: Placed, pitch: Pitch, hand: int) -> None:
        held = _Held(pitch, placed.start, placed.end, placed, hand)
        self.taken.append(held)
        self._sounding.append(held)

    def _hands_for(self, placed: Placed, pitch: Pitch, scene: _Scene) -> tuple[int, ...]:
        if not self.two:
            return (_RIGHT,)
        role = placed.task.role
        if role is Role.BASS:
            return _LEFT, _RIGHT
        if scene.alone and role is Role.MELODY:
            return _RIGHT, _LEFT
        if scene.alone and role in _FIGURES:
            return (_LEFT,) if pitch.key < scene.tune_low else (_RIGHT,)
        high = self._lies_high(placed.task) if role in _LINES else None
        right = pitch.key >= _SPLIT if high is None else high
        return (_RIGHT, _LEFT) if right else (_LEFT, _RIGHT)

    def _lies_high(self, task: Task) -> bool | None:
        """Whether one hand, the right or not, has the whole of a single line; None: neither."""
        if id(task) not in self._lines:
            chords = [note.sounding for note in task.notes]
            keys = [chord[0].key for chord in chords if len(chord) == 1]
            one = bool(keys) and len(keys) == len(chords)
            right, left = one and min(keys) >= _RIGHT_DOWN_TO, one and max(keys) <= _LEFT_UP_TO
            both = right and left
            mean = sum(keys) / len(keys) if keys else 0.0
            self._lines[id(task)] = mean >= _SPLIT if both else (right if right or left else None)
        return self._lines[id(task)]

    def _fits(self, down: Sequence[_Held], placed: Placed, pitch: Pitch, hand: int) -> bool:
        if any(one.pitch.key == pitch.key for one in down):
            return False
        here = [one for one in down if one.hand == hand]
        keys = tuple(sorted([*(one.pitch.key for one in here), pitch.key]))
        streams = {(one.start, one.end) for one in here} | {(placed.start, placed.end)}
        if len(streams) > _VOICES:
            return False
        if not self.two:
            return at_once(self.instrument, keys)
        other = [one.pitch.key for one in down if one.hand != hand]
        if hand == _RIGHT and other and pitch.key < max(other):
            return False
        if hand == _LEFT and other and pitch.key > min(other):
            return False
        return in_one_hand(self.instrument, keys)

    def _over_pedal(self, down: Sequence[_Held], placed: Placed, pitch: Pitch, hand: int) -> bool:
        """The left hand leaves a bass note to the pedal and plays on above it."""
        basses = [
            one
            for one in down
            if one.hand == hand == _LEFT
            and one.source.task.role is Role.BASS
            and placed.start - one.start >= Fraction(1, 2)
        ]
        left = [one for one in down if one not in basses]
        if not basses or placed.task.role is Role.HARMONY:
            return False
        if not self._fits(left, placed, pitch, hand):
            return False
        for one in basses:
            self._release(one, placed.start)
        self._press(placed, pitch, hand)
        return True

    def _force(self, placed: Placed, pitch: Pitch, down: Sequence[_Held], scene: _Scene) -> bool:
        """A note that must be played: lesser notes give way, longer ones ring in the pedal."""
        for hand in self._hands_for(placed, pitch, scene):
            rivals = sorted(
                (one for one in down if one.start < placed.start or not one.source.task.essential),
                key=lambda one: one.source.rank,
                reverse=True,
            )
            left = list(down)
            for rival in (None, *rivals):
                if rival is not None:
                    left.remove(rival)
                if self._fits(left, placed, pitch, hand):
                    for one in down:
                        if one not in left:
                            self._release(one, placed.start)
                    self._press(placed, pitch, hand)
                    return True
        return False

    def _release(self, held: _Held, at: Fraction) -> None:
        if held.start == at:
            self.taken.remove(held)
            self._sounding.remove(held)
        else:
            held.end = at


def in_hands(instrument: Instrument, wanted: Sequence[Placed]) -> list[Placed]:
    """Everything one player of chords takes, on staves and in voices.

    Onset by onset, the most important first; what two hands cannot hold is let go, moved by an
    octave or left out, never tune or bass.
    """
    phrases: dict[int, list[Placed]] = {}
    for one in wanted:
        phrases.setdefault(one.task.phrase, []).append(one)
    scenes = {place: _Scene.of(own) for place, own in phrases.items()}
    hands = Hands(instrument)
    ready = [_figure_in_reach(one, scenes[one.task.phrase]) for one in wanted]
    ready.sort(key=lambda one: (one.start, one.rank))
    for _, struck in groupby(ready, key=lambda one: one.start):
        hands.take_together(list(struck), scenes)
    found: list[Placed] = []
    for staff in range(max(1, instrument.staves)):
        own = [one for one in hands.taken if _staff_of(instrument, one) == staff]
        found += _voices(own, staff)
    return _named_apart(sorted(found, key=lambda one: (one.start, one.staff, one.voice)))


def _named_apart(placed: Sequence[Placed]) -> list[Placed]:
    """A chord parted between the hands is two notes: the second gets an id of its own."""
    seen: set[str] = set()
    found = []
    for one in placed:
        name = one.note.id
        while name in seen:
            name += "~l"
        seen.add(name)
        found.append(replace(one, note=replace(one.note, id=name)))
    return found


def _figure_in_reach(placed: Placed, scene: _Scene) -> Placed:
    """A figure under the tune, moved below it, so that the left hand can play it."""
    if not scene.alone or placed.task.role not in _FIGURES:
        return placed
    line = [pitch.key for note in placed.task.notes for pitch in note.sounding]
    octaves = 0
    while line and max(line) - 12 * octaves >= scene.tune_low:
        octaves += 1
    if not octaves or min(line) - 12 * octaves < _LOWEST_FIGURE:
        return placed
    down = Interval(-7 * octaves, -12 * octaves)
    pitches = tuple(
        pitch.moved(down) if isinstance(pitch, Pitch) else pitch for pitch in placed.note.pitches
    )
    return replace(placed, note=replace(placed.note, pitches=pitches))


def _staff_of(instrument: Instrument, held: _Held) -> int:
    if instrument.staves < 2:
        return 0
    if has_two_hands(instrument):
        return held.hand
    return int(held.pitch.key < _SPLIT)


def _voices(held: Iterable[_Held], staff: int) -> list[Placed]:
    """Keys of one staff as chords in at most two voices."""
    chords: dict[tuple[Fraction, Fraction], list[_Held]] = {}
    for one in held:
        if one.end > one.start:
            chords.setdefault((one.start, one.end), []).append(one)
    joined = [_chord(keys, staff) for keys in chords.values()]
    voices: list[list[Placed]] = [[], []]
    for placed in sorted(joined, key=lambda chord: (chord.start, chord.rank)):
        _into_voice(voices, placed)
    return [
        replace(placed, voice=number) for number, voice in enumerate(voices) for placed in voice
    ]


def _chord(keys: Sequence[_Held], staff: int) -> Placed:
    """Keys struck and let go together, whatever task they come from."""
    first = min(keys, key=lambda one: one.source.rank)
    pitches = tuple(sorted({one.pitch for one in keys}, key=lambda pitch: pitch.midi))
    length = Beats(first.end - first.start)
    note = replace(first.source.note, pitches=pitches, length=length)
    return replace(first.source, note=note, staff=staff)


def _into_voice(voices: list[list[Placed]], placed: Placed) -> None:
    """The first voice that is free; else the second one's note is let go or joined."""
    for voice in voices:
        if not voice or voice[-1].end <= placed.start:
            voice.append(placed)
            return
    for voice in reversed(voices):
        if voice[-1].start < placed.start:
            voice[-1] = voice[-1].until(placed.start)
            voice.append(placed)
            return
    last = voices[1][-1]
    pitches = tuple(dict.fromkeys((*last.note.pitches, *placed.note.pitches)))
    shorter = min(last.end, placed.end)
    voices[1][-1] = replace(last, note=replace(last.note, pitches=pitches)).until(shorter)

"""What a staff of a short score holds: tune, inner parts, figures and bass told apart by notes.

Every note goes to exactly one of them, at its own time and pitch; a chord may be divided.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise

from scorestage.music import Note, Pitch, Role, Staff, Unpitched, Voice

_BLOCK_BARS = 4
_WIDE = 7
_LOWEST_TUNE = 45
Bars = Callable[[Fraction], int]


@dataclass(frozen=True, slots=True)
class Heard:
    """A note of a staff with the voice it stands in."""

    note: Note
    voice: int

    @property
    def start(self) -> Fraction:
        """Where it begins, in quarters."""
        return self.note.onset.quarters

    @property
    def end(self) -> Fraction:
        """Where it ends, in quarters."""
        return self.note.end.quarters

    @property
    def keys(self) -> list[int]:
        """Its MIDI keys from low to high."""
        return [pitch.key for pitch in self.note.sounding]


Part = list[tuple[Note, int]]
"""Notes with the voice each stands in."""


def heard_in(staff: Staff) -> list[Heard]:
    """All notes of a staff that have a pitch, in order of time."""
    found = [
        Heard(note, place)
        for place, voice in enumerate(staff.voices)
        for note in voice.notes
        if note.sounding
    ]
    return sorted(found, key=lambda one: (one.start, one.voice))


def two_hands(right: Staff, left: Staff, bar_of: Bars) -> dict[Role, tuple[Staff, ...]]:
    """A piano's two staves as tune, harmony, rhythm and bass, each on staves of its own.

    The tune is what the top voice of the right hand sings, or the left hand where the right one
    only accompanies; the bass is the ground of the left hand.
    """
    high, low = heard_in(right), heard_in(left)
    below = left_hand_leads(high, low, bar_of)
    found: dict[Role, list[Part]] = {}
    tune, rest = _tune([one for one in high if bar_of(one.start) // _BLOCK_BARS not in below])
    under = [one for one in high if bar_of(one.start) // _BLOCK_BARS in below]
    sung, others = _tune([one for one in low if bar_of(one.start) // _BLOCK_BARS in below])
    bass, figure, inner = _ground(
        [one for one in low if bar_of(one.start) // _BLOCK_BARS not in below], bar_of
    )
    found[Role.MELODY] = [tune, sung]
    found[Role.HARMONY] = [rest, [(one.note, one.voice) for one in under], inner]
    found[Role.RHYTHM] = [figure]
    found[Role.BASS] = [bass, others]
    return {
        role: tuple(
            staff_of(part, source)
            for part, source in zip(parts, _sources(role, right, left), strict=True)
            if part
        )
        for role, parts in found.items()
        if any(parts)
    }


def _sources(role: Role, right: Staff, left: Staff) -> tuple[Staff, ...]:
    """Whose signs the parts of a role follow."""
    if role is Role.MELODY:
        return right, left
    if role is Role.HARMONY:
        return right, right, left
    return (left,) if role is Role.RHYTHM else (left, left)


def top_and_rest(staff: Staff) -> tuple[Staff | None, Staff | None]:
    """The tune of a staff and what goes with it below."""
    tune, rest = _tune(heard_in(staff))
    return staff_of(tune, staff) if tune else None, staff_of(rest, staff) if rest else None


def ground_and_rest(staff: Staff, bar_of: Bars) -> tuple[Staff | None, Staff | None, Staff | None]:
    """The bass of a staff, the figure over it, and held inner notes."""
    bass, figure, inner = _ground(heard_in(staff), bar_of)
    parts = (bass, figure, inner)
    return tuple(staff_of(part, staff) if part else None for part in parts)  # type: ignore[return-value]


def staff_of(part: Part, source: Staff) -> Staff:
    """Some notes of a staff on a staff of their own, with the dynamics and words of it."""
    voices: dict[int, list[Note]] = {}
    for note, voice in part:
        voices.setdefault(voice, []).append(note)
    notes = {note.id for note, _ in part}
    spans = [(note.onset, note.end) for note, _ in part]
    return replace(
        source,
        voices=tuple(Voice(tuple(voices[place])) for place in sorted(voices)),
        slurs=tuple(one for one in source.slurs if one.first in notes and one.last in notes),
        words=tuple(one for one in source.words if any(a <= one.at < b for a, b in spans)),
        clef="",
    )


def _tune(heard: Sequence[Heard]) -> tuple[Part, Part]:
    """The top voice's top notes, and all else.

    Where a staff has one voice, a note that begins below a held one of the tune is no tune, nor a
    short one that drops far below on a weak place.
    """
    tune: Part = []
    rest: Part = []
    top = _top_voices(heard)
    by_start: dict[Fraction, list[Heard]] = {}
    for one in heard:
        by_start.setdefault(one.start, []).append(one)
    held: tuple[Fraction, int] = (Fraction(-1), 0)
    for start, here in sorted(by_start.items(), key=lambda item: item[0]):
        leading = [one for one in here if one.voice in top.get(one.start, {one.voice})] or here
        best = max(leading, key=lambda one: one.keys[-1])
        covered = held[0] > start and best.keys[-1] < held[1]
        for one in here:
            if one is best and not covered:
                upper, lower = _divided(one.note, top_only=True)
                tune.append((upper, one.voice))
                rest += [(note, one.voice) for note in lower]
                held = one.end, one.keys[-1]
            else:
                rest.append((one.note, one.voice))
    return tune, rest


def _top_voices(heard: Sequence[Heard]) -> dict[Fraction, set[int]]:
    """By onset the voices that sound highest around it: those of its four quarters."""
    found: dict[Fraction, set[int]] = {}
    blocks: dict[int, dict[int, list[int]]] = {}
    for one in heard:
        blocks.setdefault(int(one.start // 4), {}).setdefault(one.voice, []).append(one.keys[-1])
    for one in heard:
        voices = blocks[int(one.start // 4)]
        best = max(voices, key=lambda voice: (sum(voices[voice]) / len(voices[voice]), -voice))
        found[one.start] = {best}
    return found


def _ground(heard: Sequence[Heard], bar_of: Bars) -> tuple[Part, Part, Part]:
    """Bass, figure and inner notes of a left hand."""
    bass: Part = []
    figure: Part = []
    inner: Part = []
    bars: dict[int, list[Heard]] = {}
    for one in heard:
        bars.setdefault(bar_of(one.start), []).append(one)
    for bar in sorted(bars):
        here = bars[bar]
        broken = _is_broken(here)
        floor = _floor(here) if broken else frozenset()
        lowest = _lowest_voice(here)
        for one in here:
            if broken and id(one) not in floor:
                figure.append((one.note, one.voice))
            elif not broken and one.voice != lowest:
                inner.append((one.note, one.voice))
            else:
                lower, upper = _divided(one.note, top_only=False)
                bass.append((lower, one.voice))
                (figure if broken else inner).extend((note, one.voice) for note in upper)
    return bass, figure, inner


def _is_broken(here: Sequence[Heard]) -> bool:
    """Whether a bar of the left hand is a figure over its ground: wide, and going up and down."""
    lows = [one.keys[0] for one in here]
    if len(lows) < 3 or max(lows) - min(lows) < _WIDE:
        return False
    leaps = [abs(after - one) for one, after in pairwise(lows)]
    return sum(leap > 2 for leap in leaps) * 2 > len(leaps)


def _floor(here: Sequence[Heard]) -> frozenset[int]:
    """The notes of a figure that are its ground: the first, and others as low a fifth below."""
    base = min(one.keys[0] for one in here)
    ground = {id(one) for one in here if one.keys[0] <= base + 2}
    for before, one, after in zip(here, here[1:], here[2:], strict=False):
        low = one.keys[0]
        if low <= base + _WIDE and before.keys[0] - low >= 5 and after.keys[0] - low >= 5:
            ground.add(id(one))
    if here[0].keys[0] <= base + _WIDE:
        ground.add(id(here[0]))
    return frozenset(ground)


def _lowest_voice(here: Sequence[Heard]) -> int:
    voices: dict[int, list[int]] = {}
    for one in here:
        voices.setdefault(one.voice, []).append(one.keys[0])
    return min(voices, key=lambda voice: sum(voices[voice]) / len(voices[voice]))


def _divided(note: Note, *, top_only: bool) -> tuple[Note, list[Note]]:
    """A chord as its outer note and the rest."""
    if len(note.pitches) < 2:
        return note, []
    sounding = note.sounding
    outer: Pitch = sounding[-1] if top_only else sounding[0]
    others: tuple[Pitch | Unpitched, ...] = tuple(one for one in note.pitches if one is not outer)
    left = replace(note, id=f"{note.id}~in", pitches=others, grace=(), lyric="")
    return replace(note, pitches=(outer,)), [left]


def left_hand_leads(high: Sequence[Heard], low: Sequence[Heard], bar_of: Bars) -> set[int]:
    """The blocks of four bars in which the right hand only repeats chords over a sung left hand."""
    found = set()
    blocks = {bar_of(one.start) // _BLOCK_BARS for one in low}
    for block in blocks:
        right = [one for one in high if bar_of(one.start) // _BLOCK_BARS == block]
        left = [one for one in low if bar_of(one.start) // _BLOCK_BARS == block]
        if _only_accompanies(right) and _sings(left):
            found.add(block)
    return found


def _only_accompanies(right: Sequence[Heard]) -> bool:
    if len(right) < 4:
        return False
    chords = sum(len(one.keys) >= 2 for one in right)
    again = sum(one.keys == after.keys for one, after in pairwise(right))
    return chords * 5 >= len(right) * 4 and again * 2 >= len(right) - 1


def _sings(left: Sequence[Heard]) -> bool:
    if len(left) < 4 or any(len(one.keys) > 1 for one in left):
        return False
    keys = [one.keys[0] for one in left]
    steps = sum(0 < abs(after - one) <= 2 for one, after in pairwise(keys))
    return sum(keys) / len(keys) >= _LOWEST_TUNE and steps * 2 >= len(keys) - 1


def moves_like_a_tune(notes: Iterable[Note], tune: Iterable[Note]) -> bool:
    """Whether a middle part moves enough, in single notes, to be a counter-melody."""
    own, leading = list(notes), list(tune)
    if not own or any(len(note.sounding) != 1 for note in own):
        return False
    changes = sum(one.top != after.top for one, after in pairwise(own))
    return changes * 2 >= len(own) - 1 and len(own) * 5 >= len(leading) * 2


def is_a_pattern(notes: Sequence[Note]) -> bool:
    """Whether a part repeats short notes: a rhythm rather than harmony."""
    if len(notes) < 8:
        return False
    short = sum(note.length.quarters <= Fraction(1, 2) for note in notes)
    return short * 5 >= len(notes) * 4

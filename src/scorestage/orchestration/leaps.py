"""Leaps that only the scoring makes: what is added to a line takes the octave that lies near it."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Sequence
from dataclasses import dataclass, replace

from scorestage.music import Interval, Note, Pitch
from scorestage.orchestration.practice import Colour, colour, is_chordal
from scorestage.orchestration.timing import Timing
from scorestage.orchestration.values import Task

FAR = 17
"""So many semitones, an octave and a fourth, at once: nobody writes that for an inner part."""
_EASY = 9
_SOON_SECONDS = 0.6
_MOVED = 3.0
_LOWEST = 50
_FREE = frozenset({"accent.choir", "harmony.choir"})
_OCTAVES = (-1, 1, -2, 2)


@dataclass(frozen=True, slots=True)
class _Own:
    """A note of a player in a phrase, with the place of its task."""

    note: Note
    task: int

    @property
    def pitch(self) -> Pitch:
        """Its one pitch."""
        return self.note.sounding[0]


def nearer(tasks: Sequence[Task], timing: Timing) -> list[Task]:
    """The tasks of a phrase, chord tones that are added to a line in the octave beside it.

    Only tones of choirs and of hits that somebody else has at their pitch, and only where the leap
    to or from the player's line would be `FAR` or more; a line of the sketch never moves.
    """
    found = list(tasks)
    players = dict.fromkeys(task.player for task in tasks if _has_one_voice(task))
    for player in players:
        own = _line_of(found, player)
        for place, one in enumerate(own):
            rule = found[one.task].rule
            if rule not in _FREE or (rule == "accent.choir" and not _doubled(one, found)):
                continue
            beside = [
                other.pitch.key
                for other in own[max(0, place - 1) : place + 2]
                if other is not one and _follows_soon(one, other, timing)
            ]
            note = _moved(one, beside, found[one.task])
            if note is not one.note:
                own[place] = replace(one, note=note)
                task = found[one.task]
                notes = tuple(note if it.id == note.id else it for it in task.notes)
                found[one.task] = replace(task, notes=notes)
    return found


def _has_one_voice(task: Task) -> bool:
    kind = colour(task.instrument)
    return kind not in (Colour.DRUMS, Colour.TIMPANI) and not is_chordal(task.instrument)


def _line_of(tasks: Sequence[Task], player: str) -> list[_Own]:
    """What a player will play in order: added tones under a line of the sketch give way to it."""
    own = [
        (task.priority, _Own(note, place))
        for place, task in enumerate(tasks)
        if task.player == player
        for note in task.notes
        if len(note.sounding) == 1
    ]
    kept: list[_Own] = []
    spans: list[tuple[float, float]] = []
    for _, one in sorted(own, key=lambda entry: (entry[0], entry[1].note.onset)):
        start = one.note.onset.quarters
        span = float(start), float(start + one.note.length.quarters)
        place = bisect(spans, span)
        if place and spans[place - 1][1] > span[0]:
            continue
        if place == len(spans) or spans[place][0] >= span[1]:
            kept.insert(place, one)
            spans.insert(place, span)
    return kept


def _doubled(one: _Own, tasks: Sequence[Task]) -> bool:
    """Whether another player begins the same pitch at the same moment."""
    player = tasks[one.task].player
    return any(
        task.player != player
        and any(note.onset == one.note.onset and one.pitch in note.sounding for note in task.notes)
        for task in tasks
    )


def _follows_soon(one: _Own, other: _Own, timing: Timing) -> bool:
    first, second = sorted((one.note, other.note), key=lambda note: note.onset)
    return timing.between(first.end.quarters, second.onset.quarters) < _SOON_SECONDS


def _moved(one: _Own, beside: Sequence[int], task: Task) -> Note:
    """The note in the octave that costs least: leaps beyond a sixth, and moving at all."""

    def leaps(key: int) -> float:
        return float(sum(max(0, abs(key - other) - _EASY) for other in beside))

    key = one.pitch.key
    easy = task.instrument.comfortable
    if easy is None or max((abs(key - other) for other in beside), default=0) < FAR:
        return one.note
    options = [(leaps(key), 0)]
    for octaves in _OCTAVES:
        there = key + 12 * octaves
        if max(_LOWEST, easy.low.key) <= there <= easy.high.key:
            options.append((leaps(there) + _MOVED * abs(octaves), octaves))
    _, octaves = min(options, key=lambda option: option[0])
    if not octaves:
        return one.note
    return replace(one.note, pitches=(one.pitch.moved(Interval(7 * octaves, 12 * octaves)),))

"""A bass where the sketch has none: the ground of each chord, walking in swing, driving in rock."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from scorestage.music import Note, Pitch, Role, pitch_of_key
from scorestage.orchestration.carriers import Company
from scorestage.orchestration.chords import Slice
from scorestage.orchestration.practice import Colour, colour, key_cost, suit
from scorestage.orchestration.values import ADDED, Chair, SketchLine, Task
from scorestage.timebase import Beat, Beats

BASS = ADDED + "bass"
_LEAST_SUIT = 8
_UNREACHABLE = 1e5
_WHY = {
    "swing": "walks, since the sketch has no bass here",
    "rock": "drives in eighths, since the sketch has no bass here",
    "electronic": "pulses, since the sketch has no bass here",
}


def bass_tasks(
    company: Company,
    lines: Sequence[SketchLine],
    chords: Sequence[Slice],
    free: Sequence[Chair],
    place: int,
    groove: str,
) -> list[Task]:
    """The ground of each chord for bass players who would otherwise sit idle.

    `groove` is empty outside bands: then the bass holds its notes.
    """
    players = [one for one in free if suit(one.instrument, Role.BASS) >= _LEAST_SUIT]
    if not chords or Role.BASS in company.roles:
        return []
    ranked = sorted(players, key=lambda one: (-_grounds(company, one), -one.seat))
    most = (1, 2, 2, 4, 6)[company.phrase.tier]
    return [_task(company, lines, chords, one, place, groove) for one in ranked[:most]]


def _grounds(company: Company, chair: Chair) -> int:
    """How gladly one has this player under the others: no brass under soft music."""
    heavy = colour(chair.instrument) is Colour.BRASS and company.phrase.tier <= 2
    return suit(chair.instrument, Role.BASS) - (5 if heavy else 0)


def _task(
    company: Company,
    lines: Sequence[SketchLine],
    chords: Sequence[Slice],
    chair: Chair,
    place: int,
    groove: str,
) -> Task:
    notes: list[Note] = []
    moves = company.phrase.tier >= 1 and groove in _WHY
    for turn, chord in enumerate(chords):
        pitch = _low(chair, chord.bass or chord.pitches[0], company.phrase.level)
        if pitch is None:
            continue
        following = chords[turn + 1] if turn + 1 < len(chords) else chord
        if moves:
            notes += _figure(company, chair, chord, following, pitch, groove)
        else:
            length = Beats(chord.end - chord.start)
            name = f"{chair.id}.{chord.id}~bass"
            notes.append(Note(name, Beat(chord.start), length, (pitch,), origin=BASS))
    return Task(
        player=chair.id,
        instrument=chair.instrument,
        phrase=place,
        role=Role.BASS,
        rule="bass.added",
        why=_WHY[groove] if moves else "holds the ground: the sketch has no bass here",
        priority=14,
        strand=lines[0].strand,
        notes=tuple(notes),
        added=True,
    )


def _low(chair: Chair, pitch: Pitch, level: float) -> Pitch | None:
    """The pitch in the octave where the bass player likes it."""
    options = [replace(pitch, octave=octave) for octave in range(4)]
    reached = [one for one in options if key_cost(chair.instrument, one.key, level) < _UNREACHABLE]
    return min(
        reached,
        key=lambda one: key_cost(chair.instrument, one.key, level) + abs(one.key - 40) / 12,
        default=None,
    )


def _figure(
    company: Company, chair: Chair, chord: Slice, following: Slice, ground: Pitch, groove: str
) -> list[Note]:
    clicks = _clicks(company, chord)
    if groove == "swing":
        steps = _walk(company, chair, chord, following, ground, len(clicks))
        places = [(at, length) for at, length in clicks]
    else:
        halves = groove == "rock" and company.phrase.tier >= 2
        places = [
            (at + part * length / 2, length / 2)
            for at, length in clicks
            for part in ((0, 1) if halves else (1,) if groove == "electronic" else (0,))
        ]
        steps = [ground] * len(places)
        if not places:
            places, steps = [(chord.start, chord.end - chord.start)], [ground]
    found = []
    for step, ((at, length), pitch) in enumerate(zip(places, steps, strict=True)):
        held = Beats(min(length, chord.end - at))
        name = f"{chair.id}.{chord.id}~bass{step}"
        found.append(Note(name, Beat(at), held, (pitch,), origin=BASS))
    return found


def _clicks(company: Company, chord: Slice) -> list[tuple[Fraction, Fraction]]:
    """The clicks inside a chord, each with its length; the chord's start counts as one."""
    timing = company.timing
    ats = {chord.start}
    for bar in range(timing.bar(chord.start), timing.bar(chord.end) + 1):
        meter = timing.grid.bars[bar].meter
        for offset in meter.clicks:
            at = timing.bar_start(bar) + offset.quarters
            if chord.start < at < chord.end:
                ats.add(at)
    order = [*sorted(ats), chord.end]
    return [(at, order[place + 1] - at) for place, at in enumerate(order[:-1])]


def _walk(
    company: Company,
    chair: Chair,
    chord: Slice,
    following: Slice,
    ground: Pitch,
    count: int,
) -> list[Pitch]:
    """The ground, chord tones above it, and a half step into the next chord's ground."""
    easy = chair.instrument.comfortable
    top = min(ground.key + 12, easy.high.key) if easy else ground.key + 12
    upper = [
        chord.spelled(key) for key in range(ground.key + 1, top + 1) if key % 12 in chord.names
    ]
    if (chord.start - company.phrase.start) % 8 >= 4 and len(upper) > 1:
        upper = [upper[1], upper[0], *upper[2:]]
    path = [ground, *upper, *reversed(upper[:-1])]
    steps = [path[turn % len(path)] for turn in range(count)]
    target = _low(chair, following.bass or following.pitches[0], 0.0)
    if count >= 3 and target is not None and target.key % 12 != ground.key % 12:
        side = 1 if steps[-2].key > target.key else -1
        key = target.key + side
        if key_cost(chair.instrument, key, 0.0) < _UNREACHABLE:
            steps[-1] = pitch_of_key(key, flats=side > 0)
    return steps

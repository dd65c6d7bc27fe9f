"""Harp: seven pedals, two feet, four fingers a hand; what cannot be set in time, and how it can.

As written, each letter's notes fix what its pedal must be and when; between two notes that want it
elsewhere lies one movement of one foot. Whether all movements fit is decided exactly. Where they do
not, other spellings of the same keys are searched over the pedal settings (of 3^7).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise, product

from scorestage.music import Pitch
from scorestage.orchestration.checking.schedule import Job, first_late
from scorestage.orchestration.checking.spans import glissandi
from scorestage.orchestration.inspection import Heard, Inspection
from scorestage.orchestration.limits import PEDAL_SECONDS
from scorestage.orchestration.practice import is_harp
from scorestage.orchestration.result import FaultKind, Severity

LEFT_FOOT, RIGHT_FOOT = "DCB", "EFGA"
LETTERS = LEFT_FOOT + RIGHT_FOOT
_LONG_AGO = -1e6
_WINDOW_SECONDS = 4.0
_KEPT = 256

Setting = tuple[tuple[str, int], ...]
"""Letters with the alteration their pedal must have."""


@dataclass(frozen=True, slots=True)
class Pluck:
    """Strings plucked together at `start` seconds; `setting` is what their pedals must be."""

    start: float
    setting: Setting


@dataclass(frozen=True, slots=True)
class Jam:
    """A pedal that cannot be set in time: before which pluck, which letter, how much time."""

    index: int
    letter: str
    needs_seconds: float
    has_seconds: float


def setting_of(pitches: Sequence[Pitch]) -> Setting | None:
    """The pedals some notes need; None where one letter is wanted in two ways or out of reach.

    >>> setting_of([Pitch.parse("C4"), Pitch.parse("C#5")]) is None
    True
    """
    wanted: dict[str, int] = {}
    for pitch in pitches:
        if pitch.alter not in (-1, 0, 1):
            return None
        if wanted.setdefault(pitch.step, int(pitch.alter)) != pitch.alter:
            return None
    return tuple(sorted(wanted.items()))


def jobs_of(plucks: Sequence[Pluck], foot: str) -> list[Job]:
    """The movements one foot must make: each between the last pluck before and the first after."""
    last: dict[str, tuple[float, int]] = {}
    found = []
    for index, pluck in enumerate(plucks):
        for letter, alter in pluck.setting:
            if letter not in foot:
                continue
            since, before = last.get(letter, (_LONG_AGO, alter))
            if before != alter:
                found.append(Job(since, pluck.start, index))
            last[letter] = (pluck.start, alter)
    return found


def jams(plucks: Sequence[Pluck], lasting: float = PEDAL_SECONDS) -> Jam | None:
    """The first pedal that two feet cannot set in time; None where all can be set.

    >>> jams((Pluck(0.0, (("C", 0),)), Pluck(0.25, (("C", 1),)))).has_seconds
    0.25
    """
    worst: Jam | None = None
    for foot in (LEFT_FOOT, RIGHT_FOOT):
        late = first_late(jobs_of(plucks, foot), lasting)
        if late is None or (worst is not None and worst.index <= late.name):
            continue
        jobs = [
            job for job in jobs_of(plucks, foot)
            if job.deadline <= late.deadline and job.release >= late.release - lasting
        ]  # fmt: skip
        moves = max(1, len(jobs))
        start = min((job.release for job in jobs), default=late.release)
        letter = _moved(plucks, late.name, foot)
        worst = Jam(late.name, letter, moves * lasting, max(0.0, late.deadline - start))
    return worst


def _moved(plucks: Sequence[Pluck], index: int, foot: str) -> str:
    """Which letter of a pluck was last set otherwise."""
    for letter, alter in plucks[index].setting:
        if letter not in foot:
            continue
        for before in reversed(plucks[:index]):
            known = dict(before.setting)
            if letter in known:
                if known[letter] != alter:
                    return letter
                break
    return plucks[index].setting[0][0]


def spellings(pitch: Pitch) -> tuple[Pitch, ...]:
    """The pitch as written, then on the neighbouring strings that can sound it.

    >>> [str(one) for one in spellings(Pitch.parse("D#4"))], len(spellings(Pitch.parse("D4")))
    (['D#4', 'Eb4'], 1)
    """
    found = [pitch] if pitch.alter in (-1, 0, 1) else []
    for move in (1, -1, 2, -2):
        octave, index = divmod(pitch.staff_step + move, 7)
        plain = Pitch("CDEFGAB"[index], 0, octave)
        alter = pitch.midi - plain.midi
        if alter in (-1, 0, 1):
            found.append(Pitch(plain.step, alter, octave))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Label:
    """A way so far: pedals as last used (letter, alter, seconds), feet free since, respellings."""

    pedals: tuple[tuple[int, float] | None, ...]
    feet: tuple[float, float]
    cost: int
    chosen: tuple[tuple[Pitch, ...], ...]


def respelled(
    moments: Sequence[tuple[float, tuple[Pitch, ...]]], lasting: float = PEDAL_SECONDS
) -> tuple[tuple[Pitch, ...], ...] | None:
    """Spellings of the same keys that two feet can set, the fewest changes; None if none is found.

    The search keeps for each setting of the seven pedals the ways that leave the feet free first.
    """
    labels = [_Label((None,) * 7, (_LONG_AGO, _LONG_AGO), 0, ())]
    for start, pitches in moments:
        reached: dict[tuple[int | None, ...], list[_Label]] = {}
        for label in labels:
            for option in _options(pitches):
                after = _step(label, start, option, pitches, lasting)
                if after is not None:
                    key = tuple(one[0] if one is not None else None for one in after.pedals)
                    reached.setdefault(key, []).append(after)
        labels = sorted(
            (one for own in reached.values() for one in _undominated(own)),
            key=lambda one: (one.cost, sum(one.feet)),
        )[:_KEPT]
        if not labels:
            return None
    return min(labels, key=lambda one: one.cost).chosen


def _options(pitches: tuple[Pitch, ...]) -> list[tuple[Pitch, ...]]:
    every = list(product(*(spellings(pitch) for pitch in pitches)))
    return [one for one in every if len({(p.step, p.octave) for p in one}) == len(one)][:128]


def _step(
    label: _Label,
    start: float,
    option: tuple[Pitch, ...],
    written: tuple[Pitch, ...],
    lasting: float,
) -> _Label | None:
    setting = setting_of(option)
    if setting is None:
        return None
    pedals, feet = list(label.pedals), list(label.feet)
    for letter, alter in setting:
        place = LETTERS.index(letter)
        known = pedals[place]
        foot = 0 if letter in LEFT_FOOT else 1
        if known is not None and known[0] != alter:
            begun = max(feet[foot], known[1])
            if begun + lasting > start + 1e-9:
                return None
            feet[foot] = begun + lasting
        pedals[place] = (alter, start)
    changed = sum(one != other for one, other in zip(option, written, strict=True))
    return _Label(tuple(pedals), (feet[0], feet[1]), label.cost + changed, (*label.chosen, option))


def _undominated(labels: Sequence[_Label]) -> list[_Label]:
    """The cheapest few of one pedal setting, and those whose feet are free earliest."""
    by_cost = sorted(labels, key=lambda one: (one.cost, sum(one.feet)))[:3]
    by_feet = sorted(labels, key=lambda one: (sum(one.feet), one.cost))[:2]
    return list(dict.fromkeys((*by_cost, *by_feet)))


def check_harp(inspection: Inspection) -> None:
    """Pedals set in time or not, with another spelling where that helps."""
    own = [one for one in inspection.heard if is_harp(one.instrument) and one.keys]
    if not own:
        return
    moments: list[tuple[Heard, float, tuple[Pitch, ...]]] = []
    plucks: list[Pluck] = []
    for _, struck in groupby(own, key=lambda one: one.start):
        together = list(struck)
        pitches = tuple(
            {(p.step, p.alter, p.octave): p for one in together for p in one.note.sounding}.values()
        )
        start = inspection.timing.at(together[0].start)
        moments.append((together[0], start, pitches))
        setting = setting_of(pitches)
        if setting is None:
            _impossible(inspection, moments)
            moments.pop()
            continue
        plucks.append(Pluck(start, setting))
        if _changes(plucks):
            recent = max(0, _since(plucks))
            jam = jams(plucks[recent:])
            if jam is not None:
                _told(inspection, moments, jam)
                plucks = plucks[-1:]
                moments = moments[-1:]
    _gliding(inspection)


def _changes(plucks: Sequence[Pluck]) -> bool:
    """Whether the last pluck may need a pedal: it does not repeat the setting before."""
    return len(plucks) > 1 and plucks[-1].setting != plucks[-2].setting


def _since(plucks: Sequence[Pluck]) -> int:
    """From which pluck on the feet can have been busy: some seconds back, and each letter once."""
    now = plucks[-1].start
    wanted = set(LETTERS)
    for index in range(len(plucks) - 1, -1, -1):
        wanted -= {letter for letter, _ in plucks[index].setting}
        if now - plucks[index].start > _WINDOW_SECONDS and not wanted:
            return index
    return 0


def _impossible(
    inspection: Inspection, moments: Sequence[tuple[Heard, float, tuple[Pitch, ...]]]
) -> None:
    one, start, pitches = moments[-1]
    names = " ".join(map(str, sorted(pitches, key=lambda pitch: pitch.midi)))
    text = f"{names} want one pedal in two positions at once"
    found = respelled([(start, pitches)])
    repair = _said(pitches, found[0]) if found else "leave one of them out"
    severity = Severity.WARNING if found and not inspection.session else Severity.ERROR
    inspection.tell(FaultKind.PEDALS, one.start, text, severity, repair)


def _told(
    inspection: Inspection,
    moments: Sequence[tuple[Heard, float, tuple[Pitch, ...]]],
    jam: Jam,
) -> None:
    one, start, pitches = moments[-1]
    alter = next((p for p in pitches if p.step == jam.letter), pitches[0])
    name = str(alter)[: -len(str(alter.octave))]
    text = f"setting the {name} pedal needs {jam.needs_seconds:.1f} s, has {jam.has_seconds:.2f} s"
    near = [moment for moment in moments if moment[1] >= start - _WINDOW_SECONDS]
    found = respelled([(at, wanted) for _, at, wanted in near])
    repair = ""
    if found:
        for (_, _, wanted), option in zip(near, found, strict=True):
            repair = repair or _said(wanted, option, inspection.place(one.start))
    severity = Severity.ERROR
    if found and not inspection.session:
        severity = Severity.WARNING
    lacking = jam.needs_seconds - jam.has_seconds
    repair = repair or f"a second harp, or make room for {max(lacking, 0.1):.1f} s more"
    inspection.tell(FaultKind.PEDALS, one.start, text, severity, repair)


def _said(written: Sequence[Pitch], option: Sequence[Pitch], place: str = "") -> str:
    changed = [
        (str(one), str(other)) for one, other in zip(written, option, strict=True) if one != other
    ]
    if not changed:
        return ""
    words = " and ".join(f"{one} as {other}" for one, other in changed)
    return f"write {words}: that frees the pedal" + (f" for {place}" if place else "")


def _gliding(inspection: Inspection) -> None:
    """Glissandi sound every string: seven pedals set, no chromatic scale."""
    for one, after in glissandi(inspection):
        if not is_harp(one.instrument):
            continue
        run = [
            note for note in inspection.near(one.start, 2) if one.start <= note.start <= after.start
        ]
        keys = [note.keys[0] for note in run if note.keys]
        steps = [abs(low - high) for low, high in pairwise(keys)]
        if len(steps) >= 4 and all(step == 1 for step in steps):
            text = "a chromatic glissando: a harp sounds seven notes of the octave"
            repair = "set a scale or a chord with the pedals, e.g. a diminished seventh"
            inspection.tell(FaultKind.GLISSANDO, one.start, text, Severity.ERROR, repair)

"""Bowed strings: double stops and chords, from grip to grip, single notes from place to place."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from scorestage.music import Family, Pitch, Technique, pitch_of_key
from scorestage.orchestration.checking.fingerboard import (
    Grip,
    Neck,
    grips,
    harmonic_places,
    is_easy,
    move_seconds,
)
from scorestage.orchestration.checking.repairs import give_away
from scorestage.orchestration.checking.sound import is_harmonic
from scorestage.orchestration.checking.walk import Event, walk
from scorestage.orchestration.inspection import Heard, Inspection
from scorestage.orchestration.result import FaultKind, Severity
from scorestage.orchestration.technique import PARTS

_SPARE = 0.75
_MOST_PARTS = 6
_CLOSE_SECONDS = 1.5


def is_fingered(one: Heard) -> bool:
    """Whether it is played on a bowed instrument with known strings."""
    return one.instrument.family is Family.STRINGS and bool(one.instrument.open_strings)


def check_strings(inspection: Inspection) -> None:
    """Chords that lie on the fingerboard, divisi that are told, hands that arrive in time."""
    stopped = (one for one in inspection.heard if not is_harmonic(one))
    _harmonics(inspection)
    own = [one for one in stopped if is_fingered(one) and one.keys]
    if not own:
        return
    neck = _neck(own[0])
    reachable: list[Heard] = []
    for start, struck in groupby(own, key=lambda one: one.start):
        together = list(struck)
        keys = tuple(sorted({key for one in together for key in one.keys}))
        if len(keys) == 1:
            reachable.append(together[0])
        elif not _in_parts(inspection, start, together, keys, neck):
            _chord(inspection, together[0], keys, neck)
            if len(together) == 1 and grips(neck, keys):
                reachable.append(together[0])
    _hand(inspection, reachable, neck)


def _neck(one: Heard) -> Neck:
    return Neck.of(one.instrument.id, tuple(string.key for string in one.instrument.open_strings))


def _harmonics(inspection: Inspection) -> None:
    """Artificial harmonics: one string for the finger that stops and the one that touches."""
    for one in inspection.heard:
        for harmonic in one.note.harmonics if is_fingered(one) else ():
            stopped, touched = harmonic.stopped, harmonic.touched
            if not harmonic_places(_neck(one), stopped.key, touched.key):
                text = (
                    f"no string has the harmonic {harmonic.sounding}: {stopped} stopped and "
                    f"{touched} touched are out of its hand's reach"
                )
                repair = "write it stopped, or give it to a smaller instrument"
                inspection.tell(FaultKind.SPAN, one.start, text, Severity.ERROR, repair)


def _in_parts(
    inspection: Inspection,
    start: object,
    together: Sequence[Heard],
    keys: Sequence[int],
    neck: Neck,
) -> bool:
    """Whether a section divides here, with or without being told; what is wrong is said."""
    if not inspection.is_section:
        return False
    one = together[0]
    if len(keys) > _MOST_PARTS:
        text = f"{len(keys)} parts in one section"
        inspection.tell(FaultKind.POLYPHONY, one.start, text, Severity.WARNING, "split the staff")
    told = _state(inspection, one)
    if len(together) > 1 or told is Technique.DIVISI:
        return True
    if inspection.session:
        text = "two parts without div."
        repair = "write div. (or non div. over a double stop)"
        inspection.tell(FaultKind.TECHNIQUE, one.start, text, Severity.ERROR, repair)
        return True
    if not grips(neck, tuple(keys)):
        text = f"no double stop holds {_names(one)}: it can only be divided, and nothing says so"
        inspection.tell(FaultKind.TECHNIQUE, one.start, text, Severity.ADVICE, "write div.")
        return True
    return False


def _state(inspection: Inspection, one: Heard) -> Technique:
    now = Technique.UNISONO
    for staff in inspection.line.staves:
        for mark in staff.techniques:
            if mark.at.quarters <= one.start and mark.technique in PARTS:
                now = mark.technique
    return now


def _names(one: Heard) -> str:
    return " ".join(map(str, one.note.sounding))


def _chord(inspection: Inspection, one: Heard, keys: tuple[int, ...], neck: Neck) -> None:
    """A chord of one player: on neighbouring strings, within the hand."""
    names = " ".join(str(pitch) for pitch in _pitches(one, keys))
    if len(keys) > len(neck.strings):
        text = f"{len(keys)} notes on {len(neck.strings)} strings"
        inspection.tell(FaultKind.POLYPHONY, one.start, text, Severity.ERROR, _drop(one))
        return
    if not grips(neck, keys):
        text = f"no grip holds {names}: {_why(neck, keys)}"
        repair = _other_octave(neck, one, keys) or give_away(inspection, one) or _drop(one)
        inspection.tell(FaultKind.SPAN, one.start, text, Severity.ERROR, repair)
    elif not is_easy(neck, keys):
        stretch = min(grip.stretch_mm for grip in grips(neck, keys))
        text = f"{names} is a stretch of {stretch:.0f} mm; {neck.easy_mm:.0f} mm is comfortable"
        inspection.tell(FaultKind.SPAN, one.start, text, Severity.ADVICE, _drop(one))


def _pitches(one: Heard, keys: Sequence[int]) -> list[Pitch]:
    written = {pitch.key: pitch for pitch in one.note.sounding}
    return [written.get(key, pitch_of_key(key)) for key in keys]


def _why(neck: Neck, keys: tuple[int, ...]) -> str:
    homes = [{place for place, string in enumerate(neck.strings) if key >= string} for key in keys]
    if len(keys) == 2 and homes[0] == homes[1] and len(homes[0]) == 1:
        return "both notes lie on one string"
    if any(not home for home in homes):
        return "a note lies below the lowest string"
    return "its strings are not neighbours, or the stretch is too wide"


def _drop(one: Heard) -> str:
    pitches = one.note.sounding
    middle = pitches[len(pitches) // 2] if len(pitches) > 2 else pitches[0]
    return f"leave out the {middle}, or divide"


def _other_octave(neck: Neck, one: Heard, keys: tuple[int, ...]) -> str:
    """The same chord with one note an octave away, if the hand has that."""
    for pitch in one.note.sounding:
        for octave in (12, -12):
            moved = tuple(sorted({*(set(keys) - {pitch.key}), pitch.key + octave}))
            if len(moved) == len(keys) and is_easy(neck, moved):
                words = "higher" if octave > 0 else "lower"
                return f"take the {pitch} an octave {words}"
    return ""


def _hand(inspection: Inspection, own: Sequence[Heard], neck: Neck) -> None:
    """The left hand from note to note: shifts that come too late."""
    single: dict[tuple[int, int], list[Heard]] = {}
    for one in own:
        single.setdefault((one.staff, one.voice), []).append(one)
    for voice in single.values():
        events = [_event(inspection, one, neck) for one in voice]
        kept = [(one, event) for one, event in zip(voice, events, strict=True) if event.states]
        found = walk(
            [event for _, event in kept], lambda a, b: move_seconds(neck, a, b), spare=_SPARE
        )
        for short in found.shortages:
            one, before = kept[short.index][0], kept[short.index - 1][0]
            text = (
                f"the hand needs {short.needs_seconds:.2f} s from {_names(before)} to "
                f"{_names(one)}, has {short.has_seconds:.2f} s"
            )
            chords = len(one.keys) > 1 or len(before.keys) > 1
            severity = (
                Severity.WARNING
                if chords or short.has_seconds * 3 < short.needs_seconds
                else Severity.ADVICE
            )
            repair = give_away(inspection, one) or "divide, or take one of them an octave nearer"
            inspection.tell(FaultKind.LEAP, one.start, text, severity, repair)


def _event(inspection: Inspection, one: Heard, neck: Neck) -> Event[Grip]:
    """From a note's start; the hand may leave it in the last third of its length."""
    start, end = inspection.timing.at(one.start), inspection.timing.at(one.end)
    held = grips(neck, one.keys) if len(one.keys) <= len(neck.strings) else ()
    costs = tuple(grip.hand_mm / 20000 + grip.stretch_mm / 10000 for grip in held)
    leave = start + min((end - start) * 0.3, _CLOSE_SECONDS)
    return Event(start, leave, one.start, held, costs)

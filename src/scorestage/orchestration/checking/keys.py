"""Hands on keys, strings and bars: how much they hold at once, and how far they leap."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby, pairwise

from scorestage.music import Family, Instrument
from scorestage.orchestration.checking.repairs import shared_with, slower
from scorestage.orchestration.checking.spans import is_rolled
from scorestage.orchestration.fingers import FINGERS, HARP_FINGERS, at_once, two_hands
from scorestage.orchestration.inspection import Heard, Inspection
from scorestage.orchestration.practice import (
    FEET,
    Colour,
    colour,
    has_two_hands,
    is_harp,
    is_kit,
)
from scorestage.orchestration.result import FaultKind, Severity

_LIMBS = 2
_GRACE_SECONDS = 0.09
_LEAP_BASE_SECONDS = 0.05
_LEAP_SEMITONES_PER_SECOND = 230.0
_PEDALS = (36, 67)
_FOOT_KEYS = (35, 36, 44)
"""General MIDI: acoustic and electric bass drum, pedal hi-hat."""
_LOW_PLACES = ("D4", "E4", "F4")


def check_keys(inspection: Inspection) -> None:
    """Everything that is neither bowed nor timpani: notes at once, reach, leaps, feet."""
    own = [
        one
        for one in inspection.heard
        if not (one.instrument.family is Family.STRINGS and one.instrument.open_strings)
    ]
    for instrument in dict.fromkeys(one.instrument for one in own):
        here = [one for one in own if one.instrument is instrument]
        if instrument.drums:
            for _, struck in groupby(here, key=lambda one: one.start):
                _limbs(inspection, list(struck))
        elif has_two_hands(instrument):
            _keyboard(inspection, here)
        elif colour(instrument) is not Colour.TIMPANI and instrument.professional is not None:
            _others(inspection, here)


def _limbs(inspection: Inspection, struck: Sequence[Heard]) -> None:
    """Two hands, and on a kit two feet; a percussion staff may have several players."""
    one = struck[0]
    if one.instrument.max_polyphony > 2 * _LIMBS:
        return
    names = [getattr(stroke, "sound", "") for other in struck for stroke in other.note.pitches]
    feet = [name for name in names if is_kit(one.instrument) and _by_foot(one.instrument, name)]
    hands = _LIMBS * inspection.line.player.count
    if len(names) - len(feet) > hands or len(feet) > hands:
        text = f"{len(names)} strokes at once need more than two hands"
        inspection.tell(
            FaultKind.POLYPHONY, one.start, text, Severity.ERROR, "give one to another player"
        )


def _by_foot(kit: Instrument, name: str) -> bool:
    """Whether a stroke of a kit is the foot's, by its name, its drum key or its place on the staff.

    Other programs name all strokes of a kit alike; then those in the lowest space and below it are
    bass drum and hi-hat pedal (Weinberg, Guide to Standardized Drumset Notation, 1998).
    """
    if name in FEET:
        return True
    stroke = next((drum for drum in kit.drums if drum.id == name), None)
    if stroke is None:
        return False
    if stroke.drum_key in _FOOT_KEYS:
        return True
    places = {drum.staff_step for drum in kit.drums if drum.drum_key == stroke.drum_key}
    return len(places) > 1 and stroke.staff_step in _LOW_PLACES


def _others(inspection: Inspection, own: Sequence[Heard]) -> None:
    """Winds, voices, guitars, mallets: as many notes as the instrument (or its players) has."""
    down: list[Heard] = []
    for start, together in groupby(own, key=lambda one: one.start):
        struck = list(together)
        down = [one for one in down if one.end > start] + struck
        one = struck[0]
        keys = tuple(sorted({key for other in down for key in other.keys}))
        most = one.instrument.max_polyphony * inspection.sharing
        if inspection.is_section:
            most = max(4, most)
        if inspection.sharing == 1 and not inspection.session:
            most += _also_grace(inspection, down)
        if len(keys) > most:
            in_voices = len({other.voice for other in down}) == len(keys)
            _too_many(inspection, one, keys, most, in_voices=in_voices)
        elif not inspection.is_section and not at_once(one.instrument, keys):
            if inspection.sharing > 1:
                continue
            text = "no grip reaches these notes together"
            inspection.tell(FaultKind.SPAN, start, text, Severity.ERROR, _leave(one))


def _also_grace(inspection: Inspection, down: Sequence[Heard]) -> int:
    """Overlaps of a hundredth, as played MIDI has them, are no chords."""
    if len(down) < 2:
        return 0
    latest = max(one.start for one in down)
    overlap = min(inspection.seconds(latest, one.end) for one in down)
    return 1 if overlap < _GRACE_SECONDS else 0


def _too_many(
    inspection: Inspection, one: Heard, keys: Sequence[int], most: int, *, in_voices: bool
) -> None:
    players = inspection.line.player.count
    text = f"{len(keys)} notes at once; the {one.instrument.name} has {most}"
    if players > 1:
        text = f"{len(keys)} notes at once for {players} players"
    repair = f"give {len(keys) - most} of them to others, or name the staff for {len(keys)} players"
    severity = Severity.ERROR
    neighbour = shared_with(inspection, one) if len(keys) <= most + 1 else ""
    if neighbour and not inspection.session:
        severity = Severity.ADVICE
        repair = f"{neighbour} is free for one of them: write it there"
    elif in_voices and not inspection.session:
        severity = Severity.WARNING
        text = f"two voices on the staff of one {one.instrument.name}: a choice, or two players?"
        repair = f"name the staff for {len(keys)} players, or print the other voice as an ossia"
    inspection.tell(FaultKind.POLYPHONY, one.start, text, severity, repair)


def _leave(one: Heard) -> str:
    pitches = one.note.sounding
    return f"leave out the {pitches[len(pitches) // 2]}" if len(pitches) > 1 else "roll the chord"


def _keyboard(inspection: Inspection, own: Sequence[Heard]) -> None:
    """What is struck together must lie in two hands, wherever it is written; held notes ring on.

    On an organ the third staff is the feet's.
    """
    feet = [one for one in own if one.staff >= 2]
    hands = [one for one in own if one.staff < 2]
    for _start, together in groupby(hands, key=lambda one: one.start):
        struck = list(together)
        keys = tuple(sorted({key for one in struck for key in one.keys}))
        if any(is_rolled(one) for one in struck):
            continue
        if len(keys) > 1 and not two_hands(struck[0].instrument, keys):
            _no_hands(inspection, struck, keys)
    _leaps(inspection, hands)
    if feet:
        _feet(inspection, feet)


def _no_hands(inspection: Inspection, struck: Sequence[Heard], keys: tuple[int, ...]) -> None:
    one = struck[0]
    instrument = one.instrument
    fingers = HARP_FINGERS if is_harp(instrument) else FINGERS
    if len(keys) > 2 * fingers:
        text = f"{len(keys)} notes for two hands of {fingers} fingers"
        repair = f"leave {len(keys) - 2 * fingers} of them out, or roll the chord"
        inspection.tell(FaultKind.POLYPHONY, one.start, text, Severity.ERROR, repair)
        return
    span = instrument.hand_span_semitones
    over = max((_width(other.keys) for other in struck), default=0)
    wide = "the chord" if over <= span else "a hand"
    text = f"{wide} has {len(keys)} notes over {keys[-1] - keys[0]} semitones: hands reach {span}"
    rolled = any(_width(other.keys) <= span + 12 for other in struck)
    severity = Severity.WARNING if rolled and not inspection.session else Severity.ERROR
    repair = "roll it (arpeggio sign), or bring one note an octave nearer"
    inspection.tell(FaultKind.SPAN, one.start, text, severity, repair)


def _width(keys: Sequence[int]) -> int:
    return max(keys) - min(keys) if keys else 0


def _leaps(inspection: Inspection, own: Sequence[Heard]) -> None:
    """A hand that cannot get there: only where the other hand is busy too."""
    for staff in (0, 1):
        moments = [
            list(together)
            for _, together in groupby(
                (one for one in own if one.staff == staff), key=lambda one: one.start
            )
        ]
        for before, after in pairwise(moments):
            far = _distance(before, after)
            has = inspection.seconds(before[0].start, after[0].start)
            needs = _LEAP_BASE_SECONDS + far / _LEAP_SEMITONES_PER_SECOND
            span = before[0].instrument.hand_span_semitones
            if far <= max(span, 12) or has >= needs or has <= 0:
                continue
            text = f"the hand leaps {far} semitones: needs {needs:.2f} s, has {has:.2f} s"
            grave = has < needs / 2
            severity = Severity.WARNING if grave else Severity.ADVICE
            repair = f"let the other hand take it, or {slower(has, needs)}"
            inspection.tell(FaultKind.LEAP, after[0].start, text, severity, repair)


def _distance(before: Sequence[Heard], after: Sequence[Heard]) -> int:
    """How far a hand must go: from the nearest finger to what it must cover."""
    old = [key for one in before for key in one.keys]
    new = [key for one in after for key in one.keys]
    if not old or not new:
        return 0
    return max(0, min(abs(min(new) - min(old)), abs(max(new) - max(old))))


def _feet(inspection: Inspection, feet: Sequence[Heard]) -> None:
    """Organ pedals: two octaves and a half for two feet, one key after the other."""
    low, high = _PEDALS
    for one in feet:
        for pitch in one.note.sounding:
            if not low <= pitch.key <= high:
                text = f"{pitch} is not on the pedals (C2 to G4)"
                repair = "take it an octave nearer, or on the manuals"
                inspection.tell(FaultKind.RANGE, one.start, text, Severity.ERROR, repair)
    for start, together in groupby(feet, key=lambda one: one.start):
        keys = {key for one in together for key in one.keys}
        if len(keys) > 2 * _LIMBS:
            text = f"{len(keys)} pedal notes for two feet"
            repair = "give the upper ones to the hands"
            inspection.tell(FaultKind.POLYPHONY, start, text, Severity.ERROR, repair)
    count = 6
    for one, after in zip(feet, feet[count:], strict=False):
        has = inspection.seconds(one.start, after.start)
        if has > 0 and count / has > 9.0:
            text = f"{count / has:.0f} pedal notes a second; 9 is what feet play"
            inspection.tell(FaultKind.SPEED, one.start, text, Severity.WARNING, "the left hand")

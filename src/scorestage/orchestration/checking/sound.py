"""Range and register: every note on its instrument, and as loud or soft as it can be there."""

from __future__ import annotations

from scorestage.music import Family, Pitch, Technique, Unpitched
from scorestage.orchestration.checking.repairs import give_away, octave_away
from scorestage.orchestration.inspection import Heard, Inspection
from scorestage.orchestration.result import FaultKind, Severity

_REGISTER_STEPS = 2.0
_FORBIDDING_STEPS = 3.0
_STRAIN_SEMITONES = 2
_FLAGEOLET_SEMITONES = 12
"""How far over its highest stopped note a string still sounds when touched."""


def check_sound(inspection: Inspection) -> None:
    """Every note inside its instrument, and sung where it sounds."""
    if inspection.line.player.instrument.professional is None and not any(
        one.instrument.drums for one in inspection.heard
    ):
        return
    for one in inspection.heard:
        for pitch in one.note.sounding:
            _range(inspection, one, pitch)
        _strokes(inspection, one)


def _range(inspection: Inspection, one: Heard, pitch: Pitch) -> None:
    instrument = one.instrument
    wide, easy = instrument.professional, instrument.comfortable
    if wide is None:
        if inspection.session:
            text = f"{pitch}: {instrument.name} has no pitches"
            inspection.tell(FaultKind.RANGE, one.start, text)
        return
    if is_harmonic(one) and wide.low.midi <= pitch.midi <= wide.high.midi + _FLAGEOLET_SEMITONES:
        return
    if not wide.holds(pitch):
        text = f"{pitch} is not on the {instrument.name} ({wide.low} to {wide.high})"
        repair = octave_away(instrument, pitch) or give_away(inspection, one, pitch)
        inspection.tell(FaultKind.RANGE, one.start, text, Severity.ERROR, repair)
        return
    _register(inspection, one, pitch)
    if easy is not None and not easy.holds(pitch):
        text = f"{pitch} lies outside the comfortable range ({easy.low} to {easy.high})"
        repair = give_away(inspection, one, pitch) if _far(one, pitch) else ""
        inspection.tell(FaultKind.REGISTER, one.start, text, Severity.ADVICE, repair)


def is_harmonic(one: Heard) -> bool:
    """Whether a string is only touched: neither the range nor the hand binds such a note."""
    touched = one.instrument.family in (Family.STRINGS, Family.PLUCKED)
    return touched and ("harmonic" in one.note.sign_names or bool(one.note.harmonics))


def _far(one: Heard, pitch: Pitch) -> bool:
    easy = one.instrument.comfortable
    return (
        easy is not None
        and max(easy.low.midi - pitch.midi, pitch.midi - easy.high.midi) > _STRAIN_SEMITONES
    )


def _register(inspection: Inspection, one: Heard, pitch: Pitch) -> None:
    """Where a register cannot be as soft or as loud as it says; a sweep of a harp always can."""
    if one.instrument.family is Family.PLUCKED and "glissando" in one.note.sign_names:
        return
    level = inspection.plain_level(one)
    for band in one.instrument.bands:
        if not band.low.midi <= pitch.key <= band.high.midi:
            continue
        if level < band.softest.level - _REGISTER_STEPS:
            text = f"{pitch} so soft is hardly possible there ({band.colour})"
            lacks = band.softest.level - level > _FORBIDDING_STEPS
            severity = Severity.WARNING if lacks else Severity.ADVICE
            repair = f"mark it {band.softest}, or take it in an easier octave"
            inspection.tell(FaultKind.REGISTER, one.start, text, severity, repair)
        elif level > band.loudest.level + _REGISTER_STEPS:
            text = f"{pitch} so loud is hardly possible there ({band.colour})"
            lacks = level - band.loudest.level > _FORBIDDING_STEPS
            severity = Severity.WARNING if lacks else Severity.ADVICE
            repair = f"mark it {band.loudest}, or double it with a stronger instrument"
            inspection.tell(FaultKind.REGISTER, one.start, text, severity, repair)


def _strokes(inspection: Inspection, one: Heard) -> None:
    known = {drum.id for drum in one.instrument.drums}
    for stroke in one.note.pitches:
        if isinstance(stroke, Unpitched) and stroke.sound not in known:
            text = f"{one.instrument.name} has no {stroke.sound!r}"
            inspection.tell(
                FaultKind.SOUND, one.start, text, Severity.ERROR, _known_strokes(inspection, one)
            )


def _known_strokes(inspection: Inspection, one: Heard) -> str:
    names = ", ".join(drum.id for drum in one.instrument.drums[:8])
    return f"it has {names}" if names else ""


def is_plucked(inspection: Inspection, one: Heard) -> bool:
    """Whether a bowed instrument plays pizzicato there."""
    now = Technique.ARCO
    for staff in inspection.line.staves:
        for mark in staff.techniques:
            if mark.at.quarters > one.start:
                break
            if mark.technique in (Technique.PIZZICATO, Technique.ARCO, Technique.COL_LEGNO):
                now = mark.technique
    return now is Technique.PIZZICATO

"""Range, register, breath and speed."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

from scorestage.music import Articulation, Unpitched
from scorestage.orchestration.breath import REST_SECONDS
from scorestage.orchestration.inspection import Heard, Inspection
from scorestage.orchestration.practice import breath_seconds, breathes
from scorestage.orchestration.result import FaultKind, Severity

_BREATH_SPARE = 1.1
_TOO_FAST = 1.3
_REGISTER_STEPS = 2.0


def check_sound(inspection: Inspection) -> None:
    """Every note inside its instrument, sung where it sounds, with air and at a possible speed."""
    for one in inspection.heard:
        _range(inspection, one)
        _register(inspection, one)
        _strokes(inspection, one)
    _breath(inspection)
    _speed(inspection)


def _range(inspection: Inspection, one: Heard) -> None:
    wide, easy = one.instrument.professional, one.instrument.comfortable
    for pitch in one.note.sounding:
        if wide is None:
            text = f"{pitch}: {one.instrument.name} has no pitches"
            inspection.tell(FaultKind.RANGE, one.start, text)
        elif not wide.holds(pitch):
            text = f"{pitch} is not on the {one.instrument.name} ({wide.low} to {wide.high})"
            inspection.tell(FaultKind.RANGE, one.start, text)
        elif easy is not None and not easy.holds(pitch):
            text = f"{pitch} lies outside the comfortable range ({easy.low} to {easy.high})"
            inspection.tell(FaultKind.REGISTER, one.start, text, Severity.DOUBTFUL)


def _register(inspection: Inspection, one: Heard) -> None:
    """Where a register cannot be as soft or as loud as it says."""
    level = inspection.level(one)
    for key in one.keys:
        for band in one.instrument.bands:
            if band.low.midi <= key <= band.high.midi:
                if level < band.softest.level - _REGISTER_STEPS:
                    text = f"so soft is hardly possible there ({band.colour})"
                    inspection.tell(FaultKind.REGISTER, one.start, text, Severity.DOUBTFUL)
                if level > band.loudest.level + _REGISTER_STEPS:
                    text = f"so loud is hardly possible there ({band.colour})"
                    inspection.tell(FaultKind.REGISTER, one.start, text, Severity.DOUBTFUL)


def _strokes(inspection: Inspection, one: Heard) -> None:
    known = {drum.id for drum in one.instrument.drums}
    for stroke in one.note.pitches:
        if isinstance(stroke, Unpitched) and stroke.sound not in known:
            text = f"{one.instrument.name} has no {stroke.sound!r}"
            inspection.tell(FaultKind.SOUND, one.start, text)


def _breath(inspection: Inspection) -> None:
    """Stretches without a rest of a fifth of a second or a breath mark, longer than a breath.

    A section breathes in turns, so only players who sit alone are asked.
    """
    if inspection.line.player.is_section:
        return
    since: Fraction | None = None
    loudest = -9.0
    before: Heard | None = None
    for one in inspection.heard:
        if not breathes(one.instrument):
            continue
        if before is None or since is None or _rested(inspection, before, one):
            since, loudest = one.start, -9.0
        loudest = max(loudest, inspection.level(one))
        lasting = inspection.seconds(since, one.end)
        limit = breath_seconds(one.instrument, loudest)
        if lasting > limit * _BREATH_SPARE:
            text = f"{lasting:.1f} s without a breath; {limit:.0f} s is what there is"
            inspection.tell(FaultKind.BREATH, since, text)
            since, loudest = one.start, -9.0
        before = one


def _rested(inspection: Inspection, before: Heard, after: Heard) -> bool:
    if Articulation.BREATH in before.note.articulations:
        return True
    gap = after.start > before.end and inspection.seconds(before.end, after.start)
    return bool(gap) and gap >= REST_SECONDS


def _speed(inspection: Inspection) -> None:
    """The same note again and again, faster than tongue, bow or finger repeat it."""
    for one, after in pairwise(inspection.heard):
        if one.keys != after.keys or not one.keys or one.voice != after.voice:
            continue
        gap = inspection.seconds(one.start, after.start)
        limit = one.instrument.repeat_notes_per_second
        if gap > 0 and gap * limit * _TOO_FAST < 1:
            text = f"{1 / gap:.0f} repeated notes a second; {limit} is the limit"
            inspection.tell(FaultKind.SPEED, one.start, text)

"""Speed: the same note again and again, runs, leaps faster than lips and fingers."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise

from scorestage.music import Articulation, Family, Instrument
from scorestage.orchestration.checking.repairs import slowest_bpm
from scorestage.orchestration.inspection import Heard, Inspection
from scorestage.orchestration.practice import Colour, colour
from scorestage.orchestration.result import FaultKind, Severity

_DOUBLE_TONGUE = 1.35
_DOUBLE = ("flute", "piccolo", "trumpet", "cornet", "flugelhorn", "horn", "trombone")
_BOWED_REPEATS = 1.5
_ERROR = 1.3
_RUN_ERROR = 1.6
_RUN_NOTES = 6
_TRILL_NOTES = 3
_ROLLING = (Family.PERCUSSION, Family.RHYTHM, Family.KEYBOARD, Family.PLUCKED, Family.SYNTH)
_MOVING = {
    Family.STRINGS: 18, Family.WOODWIND: 17, Family.BRASS: 13, Family.PLUCKED: 16,
    Family.KEYBOARD: 22, Family.PERCUSSION: 15, Family.RHYTHM: 16, Family.VOICE: 11,
    Family.SYNTH: 40,
}  # fmt: skip
_MOVING_OF = {
    "double-bass": 13, "tuba": 10, "trombone": 10, "bass-trombone": 9, "cimbasso": 9, "horn": 12,
    "contrabassoon": 10, "contrabass-clarinet": 10, "tubular-bells": 6,
}  # fmt: skip
"""Notes a second in a run that a professional plays; what moves faster is a gesture, not notes."""


def check_speed(inspection: Inspection) -> None:
    """Repeated notes, runs and leaps of each voice."""
    voices: dict[tuple[int, int], list[Heard]] = {}
    for one in inspection.heard:
        if one.keys and one.note.tremolo:
            _measured(inspection, one)
            continue
        if one.keys:
            _trilled(inspection, one)
            voices.setdefault((one.staff, one.voice), []).append(one)
    for voice in voices.values():
        _repeats(inspection, voice)
        _runs(inspection, voice)
        _leaps(inspection, voice)


def _measured(inspection: Inspection, one: Heard) -> None:
    """One or two strokes through a stem are eighths and sixteenths, at the speed of the music.

    Three are as fast as can be: nobody counts them. Two sticks or hands roll as they like.
    """
    strokes = one.note.tremolo
    if strokes > 2 or one.instrument.family in _ROLLING:
        return
    value = Fraction(1, 2**strokes)
    if one.end - one.start < 3 * value:
        return
    lasting = inspection.seconds(one.start, one.start + value)
    limit = repeats_a_second(one.instrument)
    if one.instrument.family is Family.STRINGS:
        limit = max(limit, one.instrument.double_notes_per_second)
    if lasting <= 0 or 1 / lasting <= limit * 1.05:
        return
    speed = 1 / lasting
    severity = Severity.ERROR if speed > limit * _ERROR else Severity.WARNING
    text = f"strokes for {speed:.1f} repeated notes a second; {limit:.1f} is the limit"
    repair = f"{slowest_bpm(inspection.timing, one.start, limit / speed)}, or one stroke less"
    inspection.tell(FaultKind.SPEED, one.start, text, severity, repair)


def _trilled(inspection: Inspection, one: Heard) -> None:
    """A trill has room for three notes at least: main, upper, main."""
    if "trill-mark" not in one.note.sign_names:
        return
    limit = moving_notes(one.instrument)
    has = inspection.seconds(one.start, one.end)
    needs = _TRILL_NOTES / limit
    if has * 1.1 >= needs:
        return
    severity = Severity.WARNING if has * 2 < needs else Severity.ADVICE
    text = f"a trill of {_TRILL_NOTES} notes needs {needs:.2f} s, has {has:.2f} s"
    inspection.tell(FaultKind.SPEED, one.start, text, severity, "write a mordent or a grace note")


def repeats_a_second(instrument: Instrument) -> float:
    """How often one pitch is struck again in a second, with double tongue where there is one."""
    plain = instrument.repeat_notes_per_second
    if instrument.double_notes_per_second and instrument.family is not Family.STRINGS:
        return max(instrument.double_notes_per_second, plain * 1.2)
    if instrument.family is Family.STRINGS:
        return plain * _BOWED_REPEATS
    if any(word in instrument.id for word in _DOUBLE) and instrument.id != "english-horn":
        return plain * _DOUBLE_TONGUE
    return plain * 1.2


def unrepeatable(instrument: Instrument, seconds: float) -> bool:
    """Whether three strokes on one pitch within so many seconds are more than anybody plays.

    Singers are not asked for more than is comfortable: a choir's syllables blur.

    >>> harp = Instrument("harp", "Harp", "Hp.", Family.PLUCKED, None, None)
    >>> unrepeatable(harp, 0.1), unrepeatable(harp, 0.4)
    (True, False)
    """
    beyond = 1.0 if instrument.family is Family.VOICE else _ERROR
    return seconds > 0 and 2 / seconds > repeats_a_second(instrument) * beyond


def _repeats(inspection: Inspection, voice: Sequence[Heard]) -> None:
    """Three strokes or more on one pitch, faster than tongue, bow or finger repeat it."""
    run: list[Heard] = []
    for one in voice:
        joined = run and run[-1].keys == one.keys and run[-1].instrument is one.instrument
        if not joined:
            _told_repeats(inspection, run)
            run = []
        run.append(one)
    _told_repeats(inspection, run)


def _told_repeats(inspection: Inspection, run: Sequence[Heard]) -> None:
    if len(run) < 3:
        return
    limit = repeats_a_second(run[0].instrument)
    for first, _, third in zip(run, run[1:], run[2:], strict=False):
        lasting = inspection.seconds(first.start, third.start)
        if lasting <= 0 or 2 / lasting <= limit * 1.05:
            continue
        speed = 2 / lasting
        severity = Severity.ERROR if speed > limit * _ERROR else Severity.WARNING
        text = f"{speed:.1f} repeated notes a second; {limit:.1f} is the limit"
        repair = f"{slowest_bpm(inspection.timing, first.start, limit / speed)}, or half as many"
        inspection.tell(FaultKind.SPEED, first.start, text, severity, repair)


def _runs(inspection: Inspection, voice: Sequence[Heard]) -> None:
    """Six notes or more in a row, each another one, faster than fingers go."""
    count = _RUN_NOTES
    for place, (first, last) in enumerate(zip(voice, voice[count:], strict=False)):
        limit = moving_notes(first.instrument)
        lasting = inspection.seconds(first.start, last.start)
        if lasting <= 0 or count / lasting <= limit * 1.1:
            continue
        speed = count / lasting
        grave = speed > limit * _RUN_ERROR and _goes_on(inspection, voice, place, speed)
        severity = Severity.ERROR if grave else Severity.WARNING
        text = f"{speed:.0f} notes a second; {limit} is what the {first.instrument.name} plays"
        repair = f"{slowest_bpm(inspection.timing, first.start, limit / speed)}, or a glissando"
        inspection.tell(FaultKind.SPEED, first.start, text, severity, repair)


def moving_notes(instrument: Instrument) -> int:
    """How many notes of a run a professional plays in a second: the catalogue's, else the kind's.

    >>> moving_notes(Instrument("tuba", "Tuba", "Tba.", Family.BRASS, None, None))
    10
    """
    usual = _MOVING_OF.get(instrument.id, _MOVING[instrument.family])
    return max(usual, instrument.scale_notes_per_second)


def _goes_on(inspection: Inspection, voice: Sequence[Heard], place: int, speed: float) -> bool:
    """Whether a run lasts for twelve notes: a shorter one is a sweep that nobody counts."""
    after = voice[place + 2 * _RUN_NOTES : place + 2 * _RUN_NOTES + 1]
    if not after:
        return False
    lasting = inspection.seconds(voice[place].start, after[0].start)
    return lasting > 0 and 2 * _RUN_NOTES / lasting > speed * 0.9


def _leaps(inspection: Inspection, voice: Sequence[Heard]) -> None:
    """Winds and voices: wide leaps with no time to find the other partial or register."""
    for one, after in pairwise(voice):
        if colour(one.instrument) not in (Colour.BRASS, Colour.WOODWIND, Colour.VOICES):
            return
        semitones = abs(after.keys[-1] - one.keys[-1])
        if semitones < 13 or after.start > one.end:
            continue
        has = inspection.seconds(one.start, after.start)
        needs = leap_seconds(one.instrument, semitones)
        if Articulation.STACCATO in one.note.articulations:
            has *= 1.2
        if has < needs:
            severity = Severity.ERROR if has < needs / 2 else Severity.WARNING
            words = "upward" if after.keys[-1] > one.keys[-1] else "downward"
            text = f"a leap of {semitones} semitones {words} needs {needs:.2f} s, has {has:.2f} s"
            repair = f"take the {after.note.sounding[-1]} in the nearer octave"
            inspection.tell(FaultKind.LEAP, after.start, text, severity, repair)


def leap_seconds(instrument: Instrument, semitones: int) -> float:
    """How long a wind player or singer needs to leap safely.

    Up to an octave nothing; then by the semitone, brass most, reeds and flutes least.
    """
    beyond = max(0, semitones - 12)
    each = {Family.BRASS: 0.012, Family.VOICE: 0.02}.get(instrument.family, 0.005)
    base = {Family.BRASS: 0.07, Family.VOICE: 0.12}.get(instrument.family, 0.035)
    return base + each * beyond if beyond else 0.0

"""What hangs over tense music: a high tone that does not resolve, over everything else."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from scorestage.composing.course import Course
from scorestage.composing.ending import Draft
from scorestage.composing.form import Part
from scorestage.composing.frame import Module
from scorestage.composing.limits import avoids_dissonance, avoids_height
from scorestage.composing.passage import FASTEST_SECONDS, octave_of
from scorestage.composing.plan import Section
from scorestage.composing.request import CueRequest
from scorestage.composing.voicing import VoicedSpan
from scorestage.music import Articulation, Note, Pitch, Role
from scorestage.music.harmony import in_chord
from scorestage.production import CurveKind
from scorestage.timebase import Beats

FROM_TENSION = Fraction(1)
"""It hangs where the drawn tension reaches this many steps."""
AT_ITS_HIGHEST = Fraction(8, 5)
LOWEST = 79


def hang_over(
    request: CueRequest,
    course: Course,
    sections: Sequence[Section],
    voiced: Sequence[VoicedSpan],
    draft: Draft,
) -> None:
    """A high tone where drawn tension is high, out of speech; struck anew with each module.

    None where height or dissonance is to be avoided, or where the tone lies over what the players
    have.
    """
    if not course.is_drawn(CurveKind.TENSION):
        return
    if avoids_height(request) or avoids_dissonance(request):
        return
    found: list[Note] = []
    for section in sections:
        if section.part not in (Part.STATEMENT, Part.EPISODE, Part.TAG):
            continue
        for module in section.modules:
            if course.at(CurveKind.TENSION, module.start) < FROM_TENSION:
                continue
            if course.frame.spoken(module.start, module.end):
                continue
            chord = next((one for one in reversed(voiced) if one.start <= module.start), voiced[0])
            tension = course.at(CurveKind.TENSION, module.start)
            tone = _tone(chord, tension)
            if request.compass is None or tone.key <= request.compass.high.key:
                found += _hung(course, module, tone, tension)
    if found:
        draft.setdefault(Role.COLOUR, []).extend(found)


def _tone(chord: VoicedSpan, tension: Fraction) -> Pitch:
    """Fifth or tonic of the key, by preference foreign to the chord; at the highest tension its
    raised fourth."""
    if tension >= AT_ITS_HIGHEST:
        tone = chord.key.at(3)
        tone = tone if tone.key % 12 == (chord.key.home.key + 6) % 12 else _sharpened(tone)
    else:
        tones = (chord.key.at(4), chord.key.home)
        tone = next((one for one in tones if not in_chord(one, chord.chord)), tones[0])
    while tone.key < LOWEST:
        tone = octave_of(tone, 1)
    return tone


def _sharpened(tone: Pitch) -> Pitch:
    return Pitch(tone.step, tone.alter + 1, tone.octave)


def _hung(course: Course, module: Module, tone: Pitch, tension: Fraction) -> list[Note]:
    """Held in tremolo; where tension is highest struck again and again, in halves of the beat."""
    origin = "rule:high-pedal"
    if tension < AT_ITS_HIGHEST:
        length = module.end - module.start
        return [Note("", module.start, length, (tone,), tremolo=3, origin=origin)]
    found: list[Note] = []
    at = module.start
    while at < module.end:
        beat = course.frame.beat_length(at)
        unit = Beats(beat / 3 if beat.numerator == 3 else beat / 2)
        if course.frame.seconds(at, at + unit) < FASTEST_SECONDS or (unit * 4).quarters % 1:
            unit = Beats(beat)
        unit = min(unit, module.end - at)
        found.append(Note("", at, unit, (tone,), (Articulation.STACCATO,), origin=origin))
        at = at + unit
    return found

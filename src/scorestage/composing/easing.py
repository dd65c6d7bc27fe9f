"""What eases is thinned, what drives is struck again: strokes follow a drawn curve."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from scorestage.composing.course import Course
from scorestage.composing.ending import Draft
from scorestage.composing.form import Part
from scorestage.composing.frame import Frame, Module
from scorestage.composing.plan import Section
from scorestage.composing.request import CueRequest
from scorestage.composing.voicing import VoicedSpan
from scorestage.music import Articulation, Note, Role
from scorestage.music.feel import stress_in_bar
from scorestage.production import CurveKind
from scorestage.timebase import Beat, Beats

CALM, STILL = Fraction(-1, 3), Fraction(-4, 5)
"""From so many steps of push down only beats are struck, and only the strong ones."""
DRIVEN = Fraction(3, 4)
"""From so many steps of push on held chords are struck again on every beat."""
_THINNED = (Role.HARMONY, Role.RHYTHM, Role.COLOUR, Role.BASS, Role.COUNTER)
_EASED = (Part.INTRODUCTION, Part.STATEMENT, Part.EPISODE, Part.TAG)


def follow_strokes(
    request: CueRequest,
    frame: Frame,
    course: Course,
    sections: Sequence[Section],
    voiced: Sequence[VoicedSpan],
    draft: Draft,
) -> None:
    """Fewer strokes under a low curve, in all strands but the tune; held chords beat under a high
    one. Chords are struck where they were, and drums play on.
    """
    if not course.is_drawn(CurveKind.AROUSAL, CurveKind.TENSION):
        return
    needed = {
        module: stress
        for section in sections
        if section.part in _EASED
        for module in section.modules
        for stress in (_stress_needed(course, module),)
        if stress
    }
    chords = {span.start for span in voiced}
    for role in _THINNED:
        if role in draft:
            draft[role] = _thinned(frame, draft[role], needed, chords)
    driven = [
        module
        for section in sections
        if section.part in (Part.INTRODUCTION, Part.STATEMENT, Part.EPISODE)
        for module in section.modules
        if course.push((module,)) >= DRIVEN and not frame.spoken(module.start, module.end)
    ]
    if Role.HARMONY in draft and not request.style.own_modes:
        draft[Role.HARMONY] = _beating(frame, draft[Role.HARMONY], driven)


def _stress_needed(course: Course, module: Module) -> int:
    """How strong a place must be to be struck: 0 anywhere, 1 on beats, 2 on strong beats."""
    push = course.push((module,))
    return 2 if push <= STILL else 1 if push <= CALM else 0


def _thinned(
    frame: Frame, notes: Sequence[Note], needed: dict[Module, int], chords: set[Beat]
) -> list[Note]:
    found: list[Note] = []
    for note in sorted(notes, key=lambda one: one.onset):
        module = next((one for one in needed if one.start <= note.onset < one.end), None)
        stays = (
            module is None
            or note.onset in chords
            or not note.sounding
            or _stress(frame, note.onset) >= needed[module]
        )
        if stays:
            found.append(note)
            continue
        before = next((n for n in reversed(found) if n.end == note.onset), None)
        short = Articulation.STACCATO
        if before is not None and short not in before.articulations and before.end < note.end:
            place = found.index(before)
            kept = (*before.signs, *(one for one in note.signs if one.sign.ends))
            found[place] = replace(before, length=note.end - before.onset, signs=kept)
    return found


def _beating(frame: Frame, notes: Sequence[Note], driven: Sequence[Module]) -> list[Note]:
    """Held chords struck again on each beat of modules that drive; what trembles goes on."""
    found: list[Note] = []
    for note in notes:
        inside = next((one for one in driven if one.start <= note.onset < one.end), None)
        end = min(note.end, inside.end) if inside else note.onset
        at = note.onset
        while not note.tremolo and note.sounding and at < end:
            step = Beats(frame.beat_length(at))
            if at + step >= note.end or _stress(frame, at) == 0:
                break
            found.append(replace(note, onset=at, length=step))
            at = at + step
        if at < note.end:
            found.append(replace(note, onset=at, length=note.end - at))
    return found


def _stress(frame: Frame, at: Beat) -> int:
    """How strong a place is: 3 the downbeat, 2 and 1 other beats, 0 what lies between."""
    if at < Beat(0):
        return 3
    index = frame.grid.index_at(at)
    return stress_in_bar(frame.grid.bars[index].meter, (at - frame.grid.starts[index]).quarters)

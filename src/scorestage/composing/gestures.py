"""Gestures at a hit: a tutti chord, a run up to it, another texture after it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from scorestage.composing.ending import Draft
from scorestage.composing.form import Part
from scorestage.composing.frame import Moment
from scorestage.composing.ground import QUIET, passage_of
from scorestage.composing.passage import Idiom, octave_of
from scorestage.composing.plan import Section
from scorestage.composing.striking import Workbench, origin, remove, window
from scorestage.composing.voicing import VoicedSpan
from scorestage.music import Articulation, Note, Pitch, Role
from scorestage.production import HitKind
from scorestage.timebase import Beat, Beats

SIXTEENTH = Beats("1/4")


def tutti(bench: Workbench, draft: Draft, moment: Moment) -> None:
    """The chord of the moment over four octaves on the accents' strand."""
    chord = bench.chord_at(moment.at)
    end = min(
        moment.at + Beats(bench.frame.half_beat(moment.at) * (2 if moment.hit.weight >= 3 else 1)),
        next_onset(draft, Role.ACCENT, moment.at, bench),
    )
    strong = moment.hit.kind is HitKind.ACCENT
    sudden = moment.hit.weight == 5 or bench.request.mood.tension > 0
    signs: tuple[Articulation, ...] = (Articulation.ACCENT,)
    if strong:
        signs = (Articulation.MARCATO, *((Articulation.SFORZATO,) if sudden else ()))
    if bench.frame.spoken(moment.at, end):
        signs = (Articulation.ACCENT,)
    draft.setdefault(Role.ACCENT, []).append(
        Note(
            id="",
            onset=moment.at,
            length=end - moment.at,
            pitches=_spread(chord, full=strong and moment.hit.weight >= 3),
            articulations=signs,
            origin=origin(moment),
        )
    )


def _spread(chord: VoicedSpan, *, full: bool) -> tuple[Pitch, ...]:
    """Bass in octaves, the upper voices, and the top voice doubled above."""
    below = octave_of(chord.bass, -1)
    deep = (below, chord.bass) if below.key >= 28 else (chord.bass,)
    if not full:
        return (chord.bass, *chord.upper)
    above = octave_of(chord.upper[-1], 1)
    return (*deep, *chord.upper, above)


def next_onset(draft: Draft, role: Role, at: Beat, bench: Workbench) -> Beat:
    later = [note.onset for note in draft.get(role, []) if note.onset > at]
    others = [moment.at for moment in bench.frame.moments if moment.at > at]
    return min([*later, *others, bench.frame.grid.end])


def run_up(bench: Workbench, draft: Draft, moment: Moment) -> None:
    """A quick scale that rushes up to the breath before the hit."""
    if bench.section_at(moment.at).part is Part.UNDERSCORE:
        return
    low, _ = window(bench, moment)
    chord = bench.chord_at(low)
    seconds = bench.frame.seconds(low - Beats(1), low) if low >= Beat(1) else Fraction(1)
    unit = SIXTEENTH if seconds >= Fraction(9, 20) else Beats("1/2")
    count = 4
    first = low - unit * count
    if first < Beat(0) or bench.frame.spoken(first, moment.at):
        return
    if any(first <= other.at < moment.at for other in bench.frame.moments):
        return
    top, _ = chord.key.steps_of(octave_of(chord.upper[-1], 1))
    line = [chord.key.at(top - count + index) for index in range(count)]
    draft.setdefault(Role.COLOUR, []).extend(
        Note("", first + unit * index, unit, (pitch,), origin=origin(moment))
        for index, pitch in enumerate(line)
    )


def other_texture(bench: Workbench, draft: Draft, moment: Moment, roles: Sequence[Role]) -> None:
    """A contrasting idiom from the hit to the end of the next bar, in some roles of the draft."""
    section = bench.section_at(moment.at)
    if section.part is Part.CLOSE or bench.frame.spoken(moment.at, moment.at + SIXTEENTH):
        return
    last = section.modules[-1].first_bar + section.modules[-1].bars
    bars = range(moment.bar_index, min(moment.bar_index + 2, last))
    idiom = _contrast(bench, section, moment)
    passage = passage_of(
        bench.request, bench.frame, section, bench.voiced, bars, energy=max(section.energy, 0)
    )
    texture = idiom.write(passage)
    _, high = window(bench, moment)
    end = passage.end
    figure = [
        note
        for role in (Role.RHYTHM, Role.HARMONY)
        for note in texture.get(role, ())
        if moment.at < note.onset and note.onset > high and note.onset < end
    ]
    if not figure:
        return
    target = Role.COLOUR if Role.COLOUR in roles else Role.RHYTHM
    lift = 1 if target is Role.COLOUR else 0
    moved = [_as_part_of(note, moment, lift, end) for note in figure]
    busy = [other for other in bench.frame.moments if moment.at < other.at < end]
    if busy:
        stop = busy[0].at - Beats(bench.frame.half_beat(busy[0].at))
        moved = [note for note in moved if note.end <= stop]
    if target is Role.RHYTHM:
        remove(draft, Role.RHYTHM, moment.at + SIXTEENTH, end)
    draft.setdefault(target, []).extend(moved)


def _contrast(bench: Workbench, section: Section, moment: Moment) -> Idiom:
    """The next section's idiom where that begins within two bars, else one of another kind."""
    own = bench.idioms[section.index].name
    later = bench.sections[section.index + 1 :]
    if later and later[0].modules[0].first_bar - moment.bar_index <= 2:
        coming = bench.idioms[section.index + 1]
        if coming.name not in (own, *QUIET):
            return coming
    style = bench.request.style
    moving = (*style.idioms_moving, *style.idioms_driving, "arpeggio", "pulse")
    names = [name for name in moving if name not in (own, *QUIET)]
    return bench.at_hand.get(names[0], bench.idioms[section.index])


def _as_part_of(note: Note, moment: Moment, octaves: int, end: Beat) -> Note:
    pitches = tuple(octave_of(pitch, octaves) for pitch in note.sounding)
    length = min(note.end, end) - note.onset
    return replace(note, pitches=pitches, length=length, origin=origin(moment))

"""What the music does at a hit. Everything here stays within two bars of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

from scorestage.composing.deeds import Deed, deed_of
from scorestage.composing.ending import Draft
from scorestage.composing.frame import Frame, Moment
from scorestage.composing.gestures import next_onset, other_texture, run_up, tutti
from scorestage.composing.passage import octave_of
from scorestage.composing.request import CueRequest
from scorestage.composing.striking import (
    Workbench,
    clear_around,
    ended,
    origin,
    remove,
    rest_of,
    strike_with,
)
from scorestage.composing.turning import turn_harmony
from scorestage.music import Articulation, Note, Role
from scorestage.music.feel import felt_starts
from scorestage.timebase import Beat, Beats

_PLAYING = (Role.MELODY, Role.COUNTER, Role.HARMONY, Role.BASS)
SILENCE_SECONDS = Fraction(5, 2)
"""A silence after a stop lasts no longer than this if a group start allows it."""


def play_moments(bench: Workbench, draft: Draft) -> None:
    """Let every hit change the draft, in the order of the music.

    The last one, where it falls beside the button or after it, has the button for its blow. So has
    a stop there: one short blow, and nobody sounds any more; after the button all is silent anyway.
    """
    button = _buttons(draft)
    for moment in bench.frame.moments:
        if button and moment == bench.frame.moments[-1] and _meets(bench, button, moment):
            stops = deed_of(bench.request, moment) is Deed.STOP
            if not stops or moment.at <= button[0][1].onset:
                strike_button(draft, button, moment)
            else:
                _end_by(draft, moment)
            return
        _DEEDS[deed_of(bench.request, moment)](bench, draft, moment)
    for role, note in button:
        if note not in draft[role]:
            draft[role] = [one for one in draft[role] if not one.onset >= note.onset]
            draft[role] = [*(ended(one, note.onset) for one in draft[role]), note]


def _buttons(draft: Draft) -> list[tuple[Role, Note]]:
    return [
        (role, note)
        for role, notes in draft.items()
        for note in notes
        if note.origin == "rule:button"
    ]


def _meets(bench: Workbench, button: list[tuple[Role, Note]], moment: Moment) -> bool:
    """Whether a hit comes so late that the button is its blow."""
    return moment.at + Beats(bench.frame.half_beat(moment.at)) >= button[0][1].onset


def _end_by(draft: Draft, moment: Moment) -> None:
    """Nobody sounds any more from there on, should the button last so long."""
    for role, notes in draft.items():
        draft[role] = [ended(note, moment.at) for note in notes if note.onset < moment.at]


def strike_button(draft: Draft, button: list[tuple[Role, Note]], moment: Moment) -> None:
    """The button falls on the hit; whatever else was to come there is left out."""
    for role in draft:
        draft[role] = [
            ended(one, moment.at)
            for one in draft[role]
            if one.onset < moment.at and one.origin != "rule:button"
        ]
    for role, note in button:
        draft[role].append(replace(note, onset=moment.at, origin=origin(moment)))


def _accent(bench: Workbench, draft: Draft, moment: Moment) -> None:
    """A short tutti chord exactly there; everybody who plays strikes with it, nobody around it."""
    clear_around(bench, draft, moment, (Role.RHYTHM, Role.COLOUR))
    for role in _PLAYING:
        strike_with(bench, draft, moment, role)
    tutti(bench, draft, moment)


def _riser(bench: Workbench, draft: Draft, moment: Moment) -> None:
    """An accent that a quick line rushes up to."""
    _accent(bench, draft, moment)
    run_up(bench, draft, moment)


def _silence(bench: Workbench, draft: Draft, moment: Moment) -> None:
    """Nobody sounds in the beat before the hit; then everybody strikes it."""
    _accent(bench, draft, moment)
    beat = Beats(bench.frame.beat_length(moment.at))
    start = moment.at - beat
    earlier = [other.at for other in bench.frame.moments if other.at < moment.at]
    if (
        start <= Beat(0)
        or bench.frame.spoken(start, moment.at)
        or (earlier and earlier[-1] >= start - beat)
    ):
        return
    for role, notes in draft.items():
        draft[role] = [ended(note, start) for note in notes if not start <= note.onset < moment.at]


def _stinger(bench: Workbench, draft: Draft, moment: Moment) -> None:
    """One sharp blow: everybody strikes, and all but held chords let go after half a beat."""
    _accent(bench, draft, moment)
    half = Beats(bench.frame.half_beat(moment.at))
    for role in (Role.ACCENT, Role.BASS, Role.MELODY):
        draft[role] = [
            replace(note, length=min(note.length, half)) if note.onset == moment.at else note
            for note in draft.get(role, [])
        ]


def _harmony(bench: Workbench, draft: Draft, moment: Moment) -> None:
    """The chord turns to one a third away until the bar is over, where the tune allows it."""
    if not turn_harmony(bench, draft, moment):
        _change(bench, draft, moment)


def _change(bench: Workbench, draft: Draft, moment: Moment) -> None:
    """Another texture from there to the end of the next bar, opened by a chord."""
    _accent_lightly(bench, draft, moment)
    other_texture(bench, draft, moment, (Role.RHYTHM, Role.HARMONY))


def _start(bench: Workbench, draft: Draft, moment: Moment) -> None:
    """Something new enters: the beat before is emptied of rhythm, a figure begins with the hit."""
    beat = Beats(bench.frame.beat_length(moment.at))
    window = (moment.at - beat - beat, moment.at)
    remove(draft, Role.RHYTHM, *window)
    _accent_lightly(bench, draft, moment)
    other_texture(bench, draft, moment, (Role.COLOUR,))


def _stop(bench: Workbench, draft: Draft, moment: Moment) -> None:
    """General silence from there for a beat at least; what is held is struck anew after it."""
    until = _resume(bench.frame, moment.at)
    for role, notes in draft.items():
        kept: list[Note] = []
        for note in notes:
            if moment.at <= note.onset < until:
                if note.end > until and role in (Role.HARMONY, Role.BASS):
                    kept.append(rest_of(note, until, origin(moment)))
            elif note.onset < moment.at < note.end:
                kept.append(replace(note, length=moment.at - note.onset))
                if note.end > until and role in (Role.HARMONY, Role.BASS, Role.MELODY):
                    kept.append(rest_of(note, until, origin(moment)))
            else:
                kept.append(note)
        draft[role] = kept
    _sound_after(bench, draft, moment, until)


def _sound_after(bench: Workbench, draft: Draft, moment: Moment, until: Beat) -> None:
    """The bar after a silence begins with the chord, should nobody else be playing."""
    if until >= bench.frame.grid.end:
        return
    playing = any(
        note.onset <= until < note.end
        for role in (Role.HARMONY, Role.RHYTHM)
        for note in draft.get(role, [])
    )
    if playing:
        return
    later = [note.onset for note in draft.get(Role.HARMONY, []) if note.onset > until]
    bar = bench.frame.grid.index_at(until)
    end = min([*later, bench.frame.grid.starts[bar + 1]])
    chord = bench.chord_at(until)
    note = Note("", until, end - until, chord.upper, origin=origin(moment))
    draft.setdefault(Role.HARMONY, []).append(note)


def _catch(bench: Workbench, draft: Draft, moment: Moment) -> None:
    """A light touch: two high notes, staccato, the first one a grace."""
    clear_around(bench, draft, moment, (Role.RHYTHM, Role.COLOUR))
    for role in _PLAYING:
        strike_with(bench, draft, moment, role, anew=False)
    chord = bench.chord_at(moment.at)
    high = [octave_of(pitch, 1) for pitch in chord.upper]
    top = next((pitch for pitch in reversed(high) if pitch.key <= 88), high[0])
    steps, _ = chord.key.steps_of(top)
    grace = chord.key.at(steps - 1)
    length = Beats(bench.frame.half_beat(moment.at))
    end = min(moment.at + length, next_onset(draft, Role.ACCENT, moment.at, bench))
    draft.setdefault(Role.ACCENT, []).append(
        Note(
            id="",
            onset=moment.at,
            length=end - moment.at,
            pitches=(octave_of(top, -1), top),
            articulations=(Articulation.STACCATO, Articulation.ACCENT),
            grace=(grace,),
            origin=origin(moment),
        )
    )


_DEEDS: dict[Deed, Callable[[Workbench, Draft, Moment], None]] = {
    Deed.ACCENT: _accent,
    Deed.RISER: _riser,
    Deed.SILENCE: _silence,
    Deed.STINGER: _stinger,
    Deed.HARMONY: _harmony,
    Deed.TEXTURE: _change,
    Deed.START: _start,
    Deed.STOP: _stop,
    Deed.CATCH: _catch,
}


def _accent_lightly(bench: Workbench, draft: Draft, moment: Moment) -> None:
    clear_around(bench, draft, moment, (Role.RHYTHM, Role.COLOUR))
    for role in _PLAYING:
        strike_with(bench, draft, moment, role)
    tutti(bench, draft, moment)


def _resume(frame: Frame, at: Beat) -> Beat:
    """Where music goes on after a stop: a beat or more later, within the length of a bar.

    At a downbeat, unless that makes a hole of more than two and a half seconds; then at the first
    group start, else the first felt beat.
    """
    grid = frame.grid
    index = grid.index_at(at)
    earliest = at + Beats(frame.beat_length(at))
    latest = at + grid.bars[index].meter.length
    bars = range(index, min(index + 3, len(grid.bars)))
    downbeats = [grid.starts[bar + 1] for bar in bars]
    groups = [grid.starts[bar] + offset for bar in bars for offset in grid.bars[bar].meter.stresses]
    beats = [
        grid.starts[bar] + Beats(offset)
        for bar in bars
        for offset in felt_starts(grid.bars[bar].meter)
    ]
    for places in (downbeats, groups, beats):
        near = [place for place in places if earliest <= place <= latest]
        if near and (places is not downbeats or frame.seconds(at, near[0]) <= SILENCE_SECONDS):
            return near[0]
    return min(earliest, grid.end)


def silences(request: CueRequest, frame: Frame) -> tuple[tuple[Beat, Beat], ...]:
    """The written silences after stops."""
    return tuple(
        (moment.at, _resume(frame, moment.at))
        for moment in frame.moments
        if deed_of(request, moment) is Deed.STOP
    )

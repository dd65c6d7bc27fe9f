"""What the music does at a hit. Everything here stays within two bars of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from scorestage.composing.ending import Draft
from scorestage.composing.form import Part
from scorestage.composing.frame import Frame, Moment
from scorestage.composing.ground import passage_of
from scorestage.composing.passage import Idiom, octave_of
from scorestage.composing.plan import Section
from scorestage.composing.request import CueRequest
from scorestage.composing.voicing import VoicedSpan
from scorestage.music import Articulation, Note, Pitch, Role
from scorestage.music.feel import felt_starts
from scorestage.production import HitKind
from scorestage.timebase import Beat, Beats

SIXTEENTH = Beats("1/4")
_PLAYING = (Role.MELODY, Role.COUNTER, Role.HARMONY, Role.BASS)
SILENCE_SECONDS = Fraction(5, 2)
"""A silence after a stop lasts no longer than this if a group start allows it."""


@dataclass(frozen=True, slots=True)
class Score:
    """All that a hit can look at while it changes the draft."""

    request: CueRequest
    frame: Frame
    sections: tuple[Section, ...]
    voiced: tuple[VoicedSpan, ...]
    idioms: tuple[Idiom, ...]
    at_hand: Mapping[str, Idiom]

    def section_at(self, at: Beat) -> Section:
        """The section that holds a point."""
        found = self.sections[0]
        for section in self.sections:
            if section.start > at:
                break
            found = section
        return found

    def chord_at(self, at: Beat) -> VoicedSpan:
        """The voiced chord at a point."""
        found = self.voiced[0]
        for span in self.voiced:
            if span.start > at:
                break
            found = span
        return found


def play_moments(score: Score, draft: Draft) -> None:
    """Let every hit change the draft, in the order of the music."""
    for moment in score.frame.moments:
        _DEEDS[moment.hit.kind](score, draft, moment)


def origin(moment: Moment) -> str:
    """The origin of what a hit puts there."""
    return f"hit:{moment.hit.id}"


def _accent(score: Score, draft: Draft, moment: Moment) -> None:
    """A short tutti chord exactly there; everybody who plays strikes with it, nobody around it."""
    _clear_around(score, draft, moment, (Role.RHYTHM, Role.COLOUR))
    for role in _PLAYING:
        _strike_with(score, draft, moment, role)
    _tutti(score, draft, moment)
    if moment.hit.weight >= 4:
        _run_up(score, draft, moment)


def _change(score: Score, draft: Draft, moment: Moment) -> None:
    """Another texture from there to the end of the next bar, opened by a chord."""
    _accent_lightly(score, draft, moment)
    _other_texture(score, draft, moment, (Role.RHYTHM, Role.HARMONY))


def _start(score: Score, draft: Draft, moment: Moment) -> None:
    """Something new enters: the beat before is emptied of rhythm, a figure begins with the hit."""
    beat = Beats(score.frame.beat_length(moment.at))
    window = (moment.at - beat - beat, moment.at)
    _remove(draft, Role.RHYTHM, *window)
    _accent_lightly(score, draft, moment)
    _other_texture(score, draft, moment, (Role.COLOUR,))


def _stop(score: Score, draft: Draft, moment: Moment) -> None:
    """General silence from there for a beat at least; what is held is struck anew after it."""
    until = _resume(score.frame, moment.at)
    for role, notes in draft.items():
        kept: list[Note] = []
        for note in notes:
            if moment.at <= note.onset < until:
                if note.end > until and role in (Role.HARMONY, Role.BASS):
                    kept.append(_from(note, until, origin(moment)))
            elif note.onset < moment.at < note.end:
                kept.append(replace(note, length=moment.at - note.onset))
                if note.end > until and role in (Role.HARMONY, Role.BASS, Role.MELODY):
                    kept.append(_from(note, until, origin(moment)))
            else:
                kept.append(note)
        draft[role] = kept
    _sound_after(score, draft, moment, until)


def _sound_after(score: Score, draft: Draft, moment: Moment, until: Beat) -> None:
    """The bar after a silence begins with the chord, should nobody else be playing."""
    if until >= score.frame.grid.end:
        return
    playing = any(
        note.onset <= until < note.end
        for role in (Role.HARMONY, Role.RHYTHM)
        for note in draft.get(role, [])
    )
    if playing:
        return
    later = [note.onset for note in draft.get(Role.HARMONY, []) if note.onset > until]
    bar = score.frame.grid.index_at(until)
    end = min([*later, score.frame.grid.starts[bar + 1]])
    chord = score.chord_at(until)
    note = Note("", until, end - until, chord.upper, origin=origin(moment))
    draft.setdefault(Role.HARMONY, []).append(note)


def _catch(score: Score, draft: Draft, moment: Moment) -> None:
    """A light touch: two high notes, staccato, the first one a grace."""
    _clear_around(score, draft, moment, (Role.RHYTHM, Role.COLOUR))
    for role in _PLAYING:
        _strike_with(score, draft, moment, role, anew=False)
    chord = score.chord_at(moment.at)
    high = [octave_of(pitch, 1) for pitch in chord.upper]
    top = next((pitch for pitch in reversed(high) if pitch.key <= 88), high[0])
    steps, _ = chord.key.steps_of(top)
    grace = chord.key.at(steps - 1)
    length = Beats(score.frame.half_beat(moment.at))
    end = min(moment.at + length, _next_onset(draft, Role.ACCENT, moment.at, score))
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


_DEEDS: dict[HitKind, Callable[[Score, Draft, Moment], None]] = {
    HitKind.ACCENT: _accent,
    HitKind.CHANGE: _change,
    HitKind.START: _start,
    HitKind.STOP: _stop,
    HitKind.CATCH: _catch,
}


def _accent_lightly(score: Score, draft: Draft, moment: Moment) -> None:
    _clear_around(score, draft, moment, (Role.RHYTHM, Role.COLOUR))
    for role in _PLAYING:
        _strike_with(score, draft, moment, role)
    _tutti(score, draft, moment)


def _window(score: Score, moment: Moment) -> tuple[Beat, Beat]:
    half = Beats(score.frame.half_beat(moment.at))
    return moment.at - half, moment.at + half


def _clear_around(score: Score, draft: Draft, moment: Moment, roles: Sequence[Role]) -> None:
    """Nobody else attacks within half a beat of the hit; what sounded before goes on instead."""
    low, high = _window(score, moment)
    for role in roles:
        kept: list[Note] = []
        for note in sorted(draft.get(role, []), key=lambda note: note.onset):
            near = low <= note.onset <= high and note.onset != moment.at
            near = near and not _opens(note, moment)
            if not near or note.origin.startswith("hit:"):
                kept.append(note)
            elif kept and kept[-1].end == note.onset and kept[-1].onset < low:
                kept[-1] = replace(kept[-1], length=note.end - kept[-1].onset)
            elif kept and kept[-1].onset == moment.at:
                kept[-1] = replace(kept[-1], length=max(kept[-1].length, note.end - moment.at))
        draft[role] = kept


def _opens(note: Note, moment: Moment) -> bool:
    """Whether a note is the cue's first attack, which no hit after it takes away."""
    return note.onset <= Beat(0) < moment.at


def _strike_with(
    score: Score, draft: Draft, moment: Moment, role: Role, *, anew: bool = True
) -> None:
    """A strand that is playing strikes on the hit: its nearest note moves there.

    Where it holds a note it strikes that one `anew`, unless it began more than two bars ago.
    """
    low, high = _window(score, moment)
    notes = sorted(draft.get(role, []), key=lambda note: note.onset)
    around = [note for note in notes if low <= note.onset <= high and not _opens(note, moment)]
    if any(note.origin.startswith("hit:") for note in around):
        return
    sounding = [note for note in notes if note.onset < low and note.end > moment.at]
    grid = score.frame.grid
    near = [note for note in sounding if moment.bar_index - grid.index_at(note.onset) <= 2]
    after = [note for note in around if note.onset >= moment.at]
    chosen = (after or around or (near if anew else []))[:1]
    if not chosen:
        return
    end = max(note.end for note in (*around, *near))
    if not anew and chosen[0].onset == moment.at:
        draft[role] = [note for note in notes if note not in around or note is chosen[0]]
        return
    new = _struck(chosen[0], moment, end, accented=anew)
    rest = [note for note in notes if note not in around]
    draft[role] = [*(_ended(note, moment.at) for note in rest), new]


def _struck(note: Note, moment: Moment, end: Beat, *, accented: bool) -> Note:
    return replace(
        note,
        onset=moment.at,
        length=end - moment.at,
        articulations=(Articulation.ACCENT,) if accented else note.articulations,
        grace=(),
        origin=origin(moment),
    )


def _ended(note: Note, at: Beat) -> Note:
    """The note cut off at a point, if it sounds there."""
    return replace(note, length=at - note.onset) if note.onset < at < note.end else note


def _from(note: Note, at: Beat, source: str) -> Note:
    """What is left of a note from a point on, as a new attack."""
    return replace(note, onset=at, length=note.end - at, origin=source, grace=())


def _tutti(score: Score, draft: Draft, moment: Moment) -> None:
    """The chord of the moment over four octaves on the accents' strand."""
    chord = score.chord_at(moment.at)
    end = min(
        moment.at + Beats(score.frame.half_beat(moment.at) * (2 if moment.hit.weight >= 3 else 1)),
        _next_onset(draft, Role.ACCENT, moment.at, score),
    )
    strong = moment.hit.kind is HitKind.ACCENT
    signs = (Articulation.SFORZATO, Articulation.MARCATO) if strong else (Articulation.ACCENT,)
    if score.frame.spoken(moment.at, end):
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


def _next_onset(draft: Draft, role: Role, at: Beat, score: Score) -> Beat:
    later = [note.onset for note in draft.get(role, []) if note.onset > at]
    others = [moment.at for moment in score.frame.moments if moment.at > at]
    return min([*later, *others, score.frame.grid.end])


def _run_up(score: Score, draft: Draft, moment: Moment) -> None:
    """A quick scale that rushes up to the breath before the hit."""
    if score.section_at(moment.at).part is Part.UNDERSCORE:
        return
    low, _ = _window(score, moment)
    chord = score.chord_at(low)
    seconds = score.frame.seconds(low - Beats(1), low) if low >= Beat(1) else Fraction(1)
    unit = SIXTEENTH if seconds >= Fraction(9, 20) else Beats("1/2")
    count = 4
    first = low - unit * count
    if first < Beat(0) or score.frame.spoken(first, moment.at):
        return
    if any(first <= other.at < moment.at for other in score.frame.moments):
        return
    top, _ = chord.key.steps_of(octave_of(chord.upper[-1], 1))
    line = [chord.key.at(top - count + index) for index in range(count)]
    draft.setdefault(Role.COLOUR, []).extend(
        Note("", first + unit * index, unit, (pitch,), origin=origin(moment))
        for index, pitch in enumerate(line)
    )


def _other_texture(score: Score, draft: Draft, moment: Moment, roles: Sequence[Role]) -> None:
    """A contrasting idiom from the hit to the end of the next bar, in some roles of the draft."""
    section = score.section_at(moment.at)
    if section.part is Part.CLOSE or score.frame.spoken(moment.at, moment.at + SIXTEENTH):
        return
    last = section.modules[-1].first_bar + section.modules[-1].bars
    bars = range(moment.bar_index, min(moment.bar_index + 2, last))
    idiom = _contrast(score, section)
    passage = passage_of(
        score.request, score.frame, section, score.voiced, bars, energy=max(section.energy, 0)
    )
    texture = idiom.write(passage)
    _, high = _window(score, moment)
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
    busy = [other for other in score.frame.moments if moment.at < other.at < end]
    if busy:
        stop = busy[0].at - Beats(score.frame.half_beat(busy[0].at))
        moved = [note for note in moved if note.end <= stop]
    if target is Role.RHYTHM:
        _remove(draft, Role.RHYTHM, moment.at + SIXTEENTH, end)
    draft.setdefault(target, []).extend(moved)


def _contrast(score: Score, section: Section) -> Idiom:
    """An idiom of another kind than the section's own."""
    own = score.idioms[section.index].name
    style = score.request.style
    moving = (*style.idioms_moving, *style.idioms_driving, "arpeggio", "pulse")
    names = [name for name in moving if name != own and name not in ("drone", "pad", "sparse")]
    return score.at_hand.get(names[0], score.idioms[section.index])


def _as_part_of(note: Note, moment: Moment, octaves: int, end: Beat) -> Note:
    pitches = tuple(octave_of(pitch, octaves) for pitch in note.sounding)
    length = min(note.end, end) - note.onset
    return replace(note, pitches=pitches, length=length, origin=origin(moment))


def _remove(draft: Draft, role: Role, start: Beat, end: Beat) -> None:
    """Take away what a strand attacks between two points, hits' own notes excepted."""
    draft[role] = [
        _ended(note, start)
        for note in draft.get(role, [])
        if not start <= note.onset < end or note.origin.startswith("hit:")
    ]


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


def silences(frame: Frame) -> tuple[tuple[Beat, Beat], ...]:
    """The written silences after stops."""
    return tuple(
        (moment.at, _resume(frame, moment.at))
        for moment in frame.moments
        if moment.hit.kind is HitKind.STOP
    )

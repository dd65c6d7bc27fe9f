"""From heads with ties to notes that sound from onset to end."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction

from scorestage.adapters.formats.musicxml.facts_in import ReadNote, ReadPart
from scorestage.adapters.formats.musicxml.graces_in import tells_more
from scorestage.adapters.formats.musicxml.grid_in import Timeline
from scorestage.adapters.formats.musicxml.loss_report import Tally
from scorestage.adapters.formats.musicxml.staff_signs_in import shift_at
from scorestage.music import (
    Articulation,
    GraceNote,
    Interval,
    Note,
    NoteSign,
    Pitch,
    Sign,
    Unpitched,
)
from scorestage.timebase import Beat, Beats


@dataclass(slots=True)
class _Sound:
    """One pitch from its onset to the end of its last tie."""

    pitch: Pitch | Unpitched
    end: Fraction
    voice: str
    head: int = 0
    """Its place among the heads of the chord it begins in."""


@dataclass(slots=True)
class Draft:
    """A note being put together; `places` are the notes of the file that are parts of it."""

    id: str
    start: Fraction
    end: Fraction
    pitches: list[Pitch | Unpitched]
    staff: int
    voice: str
    articulations: set[Articulation] = field(default_factory=set)
    tremolo: int = 0
    graces: tuple[Pitch, ...] = ()
    lyric: str = ""
    signs: tuple[NoteSign, ...] = ()
    verses: tuple[Sign, ...] = ()
    drawn_graces: tuple[GraceNote, ...] = ()
    cue: bool = False

    def note(self) -> Note:
        """The note, its articulations in their usual order."""
        return Note(
            self.id,
            Beat(self.start),
            Beats(self.end - self.start),
            tuple(self.pitches),
            _usual_order(self.articulations) if self.articulations else (),
            self.tremolo,
            self.graces,
            self.lyric,
            signs=_in_order(self.signs),
            verses=self.verses,
            graces=self.drawn_graces if self.drawn_graces and tells_more(self.drawn_graces) else (),
        )


def _usual_order(signs: set[Articulation]) -> tuple[Articulation, ...]:
    return tuple(sign for sign in Articulation if sign in signs)


_LOOKS = ("notehead", "notehead-text", "accidental", "stem", "play")


def _in_order(signs: tuple[NoteSign, ...]) -> tuple[NoteSign, ...]:
    """Signs in the order in which they are written: what ends comes last, looks after marks."""
    return tuple(sorted(signs, key=_place)) if len(signs) > 1 else signs


def _place(one: NoteSign) -> tuple[bool, int, int]:
    name = one.sign.name
    return one.sign.ends, one.head, _LOOKS.index(name) + 1 if name in _LOOKS else 0


@dataclass(slots=True)
class Chord:
    """A note of the file in time: what begins with it, what it only holds, and its draft."""

    source: ReadNote
    start: Fraction
    own: list[_Sound] = field(default_factory=list)
    held: list[_Sound] = field(default_factory=list)
    draft: Draft | None = None
    """The note that carries its marks."""


def drafts_of(
    part: ReadPart, timeline: Timeline, new_id: Callable[[str], str], losses: Tally
) -> tuple[list[Chord], list[Draft]]:
    """All notes of a part in order of onset, ties joined and pitches sounding.

    A chord of which only some heads are tied becomes several notes, so that each pitch keeps its
    own length.
    """
    chords = _tied(part, timeline, losses)
    found: list[Draft] = []
    draft_of: dict[int, Draft] = {}
    for chord in chords:
        groups: dict[Fraction, list[_Sound]] = defaultdict(list)
        for sound in chord.own:
            groups[sound.end].append(sound)
        for number, (end, sounds) in enumerate(groups.items()):
            draft = _draft(chord, end, sounds, new_id(chord.source.id if not number else ""))
            places = {sound.head: place for place, sound in enumerate(sounds)}
            if number == 0:
                chord.draft = draft
                _mark(draft, chord.source, places, {sound.head for sound in chord.own})
            else:
                draft.signs = _of_heads(chord.source, places)
            found.append(draft)
            draft_of.update((id(sound), draft) for sound in sounds)
        if chord.draft is None and chord.held:
            chord.draft = draft_of[id(chord.held[0])]
            _join(chord.draft, chord.source, losses)
    return chords, found


def _draft(chord: Chord, end: Fraction, sounds: list[_Sound], identifier: str) -> Draft:
    pitches = [sound.pitch for sound in sounds]
    source = chord.source
    return Draft(identifier, chord.start, end, pitches, source.staff, source.voice, cue=source.cue)


def _join(draft: Draft, source: ReadNote, losses: Tally) -> None:
    """Marks on a note that is only held go to the note it belongs to; graces after it too."""
    draft.articulations |= source.articulations
    tremolo = source.tremolo and not draft.tremolo
    draft.tremolo = source.tremolo if tremolo else draft.tremolo
    shown = {(one.sign.name, one.head) for one in draft.signs if one.sign.name in _LOOKS}
    new = [
        one
        for one in source.signs
        if one not in draft.signs
        and one.head < len(draft.pitches)
        and (one.sign.name, one.head) not in shown
    ]
    draft.signs = (*draft.signs, *new)
    after = tuple(one for one in source.drawn_graces if one.after)
    before = len(source.drawn_graces) - len(after)
    draft.drawn_graces = (*draft.drawn_graces, *after)
    losses.add("grace note before a tied note", before, path="note/grace")
    if source.lyric and not draft.lyric and not draft.verses:
        draft.lyric, draft.verses = source.lyric, source.verses
        losses.add("lyric on a held note, moved to where it begins", path="note/lyric")
    else:
        losses.add("lyric on a note that is only held", bool(source.lyric), path="note/lyric")


def _mark(draft: Draft, source: ReadNote, places: Mapping[int, int], own: Collection[int]) -> None:
    """Everything on a note of the file but what hangs on heads that became another note.

    `places` tells where heads of the file stand in this note, `own` which begin here. A sign of a
    head that is held from before goes to the first one, unless it is only how that head looks.
    """
    kept = [
        NoteSign(one.sign, places.get(one.head, 0))
        for one in source.signs
        if one.head in places
        or (not one.head and one.sign.name not in _LOOKS)
        or (one.head not in own and one.sign.name not in _LOOKS)
    ]
    draft.signs = tuple(dict.fromkeys(kept))
    draft.verses = source.verses
    draft.drawn_graces = tuple(source.drawn_graces)
    draft.articulations = set(source.articulations)
    draft.tremolo = source.tremolo
    draft.graces = tuple(source.graces)
    draft.lyric = source.lyric


def _of_heads(source: ReadNote, places: Mapping[int, int]) -> tuple[NoteSign, ...]:
    """The signs that hang on some heads of a chord; those of the first may be the whole chord's."""
    return tuple(
        NoteSign(one.sign, places[one.head])
        for one in source.signs
        if one.head in places and (one.head or one.sign.name in _LOOKS)
    )


def _tied(part: ReadPart, timeline: Timeline, losses: Tally) -> list[Chord]:
    chords = [Chord(note, timeline.beat(note.at).quarters) for note in part.notes]
    chords.sort(key=lambda chord: chord.start)
    moves = [
        (timeline.beat(at).quarters, staff, interval) for at, staff, interval in part.transposes
    ]
    waiting: dict[object, list[_Sound]] = defaultdict(list)
    for chord in chords:
        source = chord.source
        shift = shift_at(moves, chord.start, source.staff)
        if source.drawn_graces:
            source.graces = [_moved(grace, shift) for grace in source.graces]
            source.drawn_graces = [
                replace(one, pitches=tuple(_moved(pitch, shift) for pitch in one.pitches))
                for one in source.drawn_graces
            ]
        for place, head in enumerate(source.heads):
            pitch = head.pitch
            if isinstance(pitch, Pitch):
                pitch = _moved(pitch, shift)
            key = (source.cue, pitch.midi if isinstance(pitch, Pitch) else pitch)
            sound = _continued(waiting[key], chord) if head.tie_stop else None
            if sound is not None:
                sound.end = chord.start + source.length
                chord.held.append(sound)
            else:
                if head.tie_stop:
                    losses.add("tie without a beginning", path="note/tie")
                sound = _Sound(pitch, chord.start + source.length, source.voice, place)
                chord.own.append(sound)
            if head.tie_start:
                waiting[key].append(sound)
    losses.add("tie without an end", sum(map(len, waiting.values())), path="note/tie")
    return chords


def _continued(waiting: list[_Sound], chord: Chord) -> _Sound | None:
    """The sound that ends where this chord begins, of its own voice if there is one."""
    meeting = [sound for sound in waiting if sound.end == chord.start]
    if not meeting:
        return None
    own = [sound for sound in meeting if sound.voice == chord.source.voice]
    found = (own or meeting)[0]
    waiting.remove(found)
    return found


def _moved(pitch: Pitch, shift: Interval | None) -> Pitch:
    if shift is None or (shift.steps == 0 and shift.semitones == 0):
        return pitch
    moved = pitch.moved(shift)
    return moved.simply_spelled() if moved.alter in (-3, -2, 2, 3) else moved

"""From heads with ties to notes that sound from onset to end."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction

from scorestage.adapters.format import Losses
from scorestage.adapters.formats.musicxml.facts_in import ReadNote, ReadPart
from scorestage.adapters.formats.musicxml.grid_in import Timeline
from scorestage.music import Articulation, Interval, Note, Pitch, Unpitched
from scorestage.timebase import Beat, Beats


@dataclass(slots=True)
class _Sound:
    """One pitch from its onset to the end of its last tie."""

    pitch: Pitch | Unpitched
    end: Fraction
    voice: str


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

    def note(self) -> Note:
        """The note, its articulations in their usual order."""
        return Note(
            self.id,
            Beat(self.start),
            Beats(self.end - self.start),
            tuple(self.pitches),
            tuple(sign for sign in Articulation if sign in self.articulations),
            self.tremolo,
            self.graces,
            self.lyric,
        )


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
    part: ReadPart, timeline: Timeline, new_id: Callable[[str], str], losses: Losses
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
            if number == 0:
                chord.draft = draft
                _mark(draft, chord.source)
            found.append(draft)
            draft_of.update((id(sound), draft) for sound in sounds)
        if chord.draft is None and chord.held:
            chord.draft = draft_of[id(chord.held[0])]
            chord.draft.articulations |= chord.source.articulations
            losses.add("grace note before a tied note", len(chord.source.graces))
    return chords, found


def _draft(chord: Chord, end: Fraction, sounds: list[_Sound], identifier: str) -> Draft:
    pitches = [sound.pitch for sound in sounds]
    source = chord.source
    return Draft(identifier, chord.start, end, pitches, source.staff, source.voice)


def _mark(draft: Draft, source: ReadNote) -> None:
    draft.articulations = set(source.articulations)
    draft.tremolo = source.tremolo
    draft.graces = tuple(source.graces)
    draft.lyric = source.lyric


def _tied(part: ReadPart, timeline: Timeline, losses: Losses) -> list[Chord]:
    chords = [Chord(note, timeline.beat(note.at).quarters) for note in part.notes]
    chords.sort(key=lambda chord: chord.start)
    moves = [
        (timeline.beat(at).quarters, staff, interval) for at, staff, interval in part.transposes
    ]
    waiting: dict[object, list[_Sound]] = defaultdict(list)
    for chord in chords:
        source = chord.source
        shift = _shift_at(moves, chord.start, source.staff)
        source.graces = [_moved(grace, shift) for grace in source.graces]
        for head in source.heads:
            pitch = head.pitch
            if isinstance(pitch, Pitch):
                pitch = _moved(pitch, shift)
            key = pitch.midi if isinstance(pitch, Pitch) else pitch
            sound = _continued(waiting[key], chord) if head.tie_stop else None
            if sound is not None:
                sound.end = chord.start + source.length
                chord.held.append(sound)
            else:
                if head.tie_stop:
                    losses.add("tie without a beginning")
                sound = _Sound(pitch, chord.start + source.length, source.voice)
                chord.own.append(sound)
            if head.tie_start:
                waiting[key].append(sound)
    losses.add("tie without an end", sum(map(len, waiting.values())))
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


def _shift_at(
    moves: list[tuple[Fraction, int, Interval]], at: Fraction, staff: int
) -> Interval | None:
    """The transposition in force, written to sounding."""
    found = None
    for start, number, interval in moves:
        if start <= at and number in (0, staff):
            found = interval
    return found


def _moved(pitch: Pitch, shift: Interval | None) -> Pitch:
    if shift is None or (shift.steps == 0 and shift.semitones == 0):
        return pitch
    moved = pitch.moved(shift)
    return moved.simply_spelled() if moved.alter in (-3, -2, 2, 3) else moved

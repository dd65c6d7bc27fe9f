"""From a staff's notes to its bars, as a copyist would write them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from scorestage.errors import MusicError
from scorestage.music.marks import Articulation
from scorestage.music.note import Note
from scorestage.music.pitch import UNISON, Interval, Pitch
from scorestage.music.score import Staff
from scorestage.music.written.accidentals import AccidentalMemory, as_written
from scorestage.music.written.beaming import beams_of
from scorestage.music.written.clefs import clefs_for
from scorestage.music.written.frames import Filling, Frame, fillings, frames_of, where_in
from scorestage.music.written.rhythm import OffGridError, Piece, spell
from scorestage.music.written.signs import directions_of, slur_edges
from scorestage.music.written.values import (
    Beam,
    Edge,
    EventKind,
    NoteValue,
    SlurEdge,
    Stem,
    TupletPlace,
    WrittenBar,
    WrittenEvent,
    WrittenPitch,
    WrittenStaff,
    WrittenVoice,
)
from scorestage.timebase import BarGrid, Beats

_ON_THE_LAST = frozenset({Articulation.FERMATA, Articulation.BREATH})


def write_out(
    staff: Staff,
    grid: BarGrid,
    *,
    shift: Interval = UNISON,
    clefs: Sequence[str] = ("G2",),
    fifths: int = 0,
    player: str = "",
) -> WrittenStaff:
    """The bars of `staff` as written; `shift` leads from sounding to written pitch.

    The staff's own clef, or the one of `clefs` that saves most ledger lines, is set bar by bar.
    `fifths` is the key signature in sharps (negative: flats); sessions use none. `player` is
    named in messages. Values reach down to 128ths, tuplets divide by 3 to 31.

    Raises `MusicError`, with player, bar and beat, for what cannot be written: a note off every
    grid, notes that overlap in a voice, notes or signs outside the bars.

    >>> from scorestage.music import Note
    >>> note = Note("n1", Beat("3/2"), Beats(1), (Pitch.parse("F#4"),))
    >>> bar = write_out(Staff((Voice((note,)),)), BarGrid.regular(1, Meter(4, 4))).bars[0]
    >>> [(str(event.value), event.kind.value, event.part) for event in bar.voices[0].events]
    ... # doctest: +NORMALIZE_WHITESPACE
    [('quarter', 'rest', 0), ('eighth', 'rest', 0), ('eighth', 'note', 0), ('eighth', 'note', 1),
     ('eighth', 'rest', 0), ('quarter', 'rest', 0)]
    """
    frames = frames_of(grid)
    voices = [
        {filling.frame: filling for filling in fillings(voice, frames, player)}
        for voice in staff.voices
    ]
    spelled = [_spelled(fills, frames, player) for fills in voices]
    counts = [_counts(fills, pieces) for fills, pieces in zip(voices, spelled, strict=True)]
    pen = _Pen(shift, slur_edges(staff, player), AccidentalMemory(fifths))
    directions = directions_of(staff, frames, player)
    own_clefs = (staff.clef,) if staff.clef else tuple(clefs)
    clef_at = clefs_for(staff.notes, own_clefs, grid, shift)
    bars = []
    done: list[Counter[int]] = [Counter() for _ in voices]
    for place, frame in enumerate(frames):
        sounding = [index for index, fills in enumerate(voices) if place in fills]
        written = [
            pen.voice(
                frame, voices[index][place], spelled[index][place], counts[index], done[index]
            )
            for index in sounding
        ]
        bars.append(
            WrittenBar(
                index=frame.index,
                label=frame.label,
                meter=frame.meter,
                start=frame.start,
                length=frame.length,
                voices=pen.signed(_stemmed(sounding, written)) or (_empty(frame),),
                directions=directions.get(place, ()),
                clef=clef_at.get(frame.index),
            )
        )
    return WrittenStaff(tuple(bars))


def _spelled(
    fills: Mapping[int, Filling], frames: tuple[Frame, ...], player: str
) -> dict[int, tuple[Piece, ...]]:
    found = {}
    for place, filling in fills.items():
        frame = frames[place]
        try:
            found[place] = spell(frame.meter, frame.bars, filling.soundings)
        except OffGridError as fault:
            at = frame.start + Beats(fault.at - frame.lead)
            raise MusicError(
                f"a note begins or ends {fault.at - frame.lead} quarters into the bar, "
                "which no note value or tuplet reaches",
                where_in(frames, at, player),
                "quantise it to 64ths or to a tuplet",
            ) from None
    return found


def _counts(fills: Mapping[int, Filling], spelled: Mapping[int, tuple[Piece, ...]]) -> Counter[int]:
    """How many heads each note (by identity) is written with."""
    found: Counter[int] = Counter()
    for place, filling in fills.items():
        found.update(id(filling.notes[piece.source]) for piece in spelled[place])
    return found


@dataclass(slots=True)
class _Pen:
    """What writes one staff from left to right."""

    shift: Interval
    slurs: Mapping[str, tuple[SlurEdge, ...]]
    memory: AccidentalMemory

    def voice(
        self,
        frame: Frame,
        filling: Filling,
        pieces: tuple[Piece, ...],
        counts: Counter[int],
        done: Counter[int],
    ) -> tuple[WrittenEvent, ...]:
        """The events of one voice in one bar, accidentals still missing."""
        notes = [filling.notes[piece.source] for piece in pieces]
        beams = beams_of(frame.meter, pieces, [note is None for note in notes])
        events = []
        for index, (piece, note) in enumerate(zip(pieces, notes, strict=True)):
            event = WrittenEvent(
                kind=EventKind.REST if note is None else EventKind.NOTE,
                onset=piece.start - frame.lead,
                length=piece.end - piece.start,
                value=piece.value,
                dots=piece.dots,
                tuplet=_tuplet(pieces, index),
            )
            if note is not None:
                event = self._played(event, note, beams[index], done[id(note)], counts[id(note)])
                done[id(note)] += 1
            events.append(event)
        return tuple(events)

    def _played(
        self, event: WrittenEvent, note: Note, beams: tuple[Beam, ...], part: int, parts: int
    ) -> WrittenEvent:
        first, last = part == 0, part == parts - 1
        return replace(
            event,
            pitches=tuple(
                WrittenPitch(
                    as_written(pitch, self.shift) if isinstance(pitch, Pitch) else pitch,
                    tie_start=not last,
                    tie_stop=not first,
                )
                for pitch in note.pitches
            ),
            beams=beams,
            slurs=tuple(
                slur
                for slur in self.slurs.get(note.id, ())
                if (first if slur.edge is Edge.START or slur.from_grace else last)
            ),
            articulations=tuple(
                sign for sign in note.articulations if (last if sign in _ON_THE_LAST else first)
            ),
            tremolo=note.tremolo,
            graces=tuple(WrittenPitch(as_written(grace, self.shift)) for grace in note.grace)
            if first
            else (),
            lyric=note.lyric if first else "",
            note_id=note.id,
            part=part,
            parts=parts,
        )

    def signed(self, voices: tuple[WrittenVoice, ...]) -> tuple[WrittenVoice, ...]:
        """The voices of one bar with their accidentals, read from left to right across all."""
        self.memory.barline()
        order = sorted(
            (event.onset, place, index)
            for place, voice in enumerate(voices)
            for index, event in enumerate(voice.events)
        )
        found: dict[int, list[WrittenEvent]] = defaultdict(list)
        for _, place, index in order:
            event = voices[place].events[index]
            if event.is_note:
                graces = tuple(self.memory.signed(head) for head in event.graces)
                heads = tuple(self.memory.signed(head) for head in event.pitches)
                event = replace(event, graces=graces, pitches=heads)
            found[place].append(event)
        return tuple(
            replace(voice, events=tuple(found[place])) for place, voice in enumerate(voices)
        )


def _tuplet(pieces: tuple[Piece, ...], index: int) -> TupletPlace | None:
    bracket = pieces[index].bracket
    if bracket is None:
        return None
    before = pieces[index - 1].bracket if index else None
    after = pieces[index + 1].bracket if index + 1 < len(pieces) else None
    return TupletPlace(
        bracket.actual, bracket.normal, bracket.base, before != bracket, after != bracket
    )


def _stemmed(
    sounding: list[int], written: list[tuple[WrittenEvent, ...]]
) -> tuple[WrittenVoice, ...]:
    """Voices with stems apart where there are several; rests they share are shown once."""
    if len(sounding) < 2:
        return tuple(
            WrittenVoice(index + 1, Stem.AUTOMATIC, events)
            for index, events in zip(sounding, written, strict=True)
        )
    found = []
    for order, (index, events) in enumerate(zip(sounding, written, strict=True)):
        if order:
            events = tuple(
                replace(event, hidden=True) if _shared(event, written[0]) else event
                for event in events
            )
        found.append(WrittenVoice(index + 1, Stem.DOWN if order % 2 else Stem.UP, events))
    return tuple(found)


def _shared(event: WrittenEvent, above: tuple[WrittenEvent, ...]) -> bool:
    """Whether the upper voice rests as long as this rest lasts."""
    if event.is_note:
        return False
    return not any(
        other.is_note and other.onset < event.end and other.end > event.onset for other in above
    )


def _empty(frame: Frame) -> WrittenVoice:
    rest = WrittenEvent(EventKind.MEASURE_REST, Fraction(0), frame.length.quarters, NoteValue.WHOLE)
    return WrittenVoice(1, Stem.AUTOMATIC, (rest,))

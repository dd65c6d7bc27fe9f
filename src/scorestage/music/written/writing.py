"""From a staff's notes to its bars, as a copyist would write them."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from scorestage.errors import MusicError
from scorestage.music.marks import Articulation
from scorestage.music.notation import GraceNote, KeyChange, NoteSign, Sign
from scorestage.music.note import Note, Unpitched
from scorestage.music.pitch import UNISON, Interval, Pitch
from scorestage.music.score import Staff
from scorestage.music.written.accidentals import AccidentalMemory, as_written
from scorestage.music.written.clefs import clefs_for, set_clefs
from scorestage.music.written.frames import Filling, Frame, Ticks, fillings, frames_of, where_in
from scorestage.music.written.moulds import Mould, moulds
from scorestage.music.written.pieces import OffGridError
from scorestage.music.written.signs import directions_of, signs_of, slur_edges
from scorestage.music.written.values import (
    Edge,
    EventKind,
    NoteValue,
    SlurEdge,
    Stem,
    WrittenBar,
    WrittenEvent,
    WrittenGrace,
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
    keys: Sequence[KeyChange] = (),
    clefs_as_set: bool = True,
    player: str = "",
) -> WrittenStaff:
    """The bars of `staff` as written; `shift` leads from sounding to written pitch.

    The staff's own clef, or the one of `clefs` that saves most ledger lines, is set bar by bar.
    `fifths` is the key signature in sharps (negative: flats); sessions use none. `keys` are those
    of a page that prints them, as they sound. Clefs that a person set stand where they were set,
    unless `clefs_as_set` is false. `player` is named in messages. Values reach down to 128ths,
    tuplets divide by 3 to 31; what lies between is written as tuplets of its own.

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
    lanes = (*staff.voices, *staff.cues)
    ticks = Ticks.for_notes((note for voice in lanes for note in voice.notes), frames)
    voices = [fillings(voice, frames, ticks, player) for voice in lanes]
    spelled = [_spelled(fills, frames, ticks, player) for fills in voices]
    signed = _signed(keys, frames, shift)
    pen = _Pen(shift, slur_edges(staff, player), AccidentalMemory(fifths), signed)
    parts = [_Parts(fills, found) for fills, found in zip(voices, spelled, strict=True)]
    directions = directions_of(staff, frames, player)
    further = signs_of(staff, frames)
    own_clefs = (staff.clef,) if staff.clef else tuple(clefs)
    clef_at, within = _clefs(staff, own_clefs, frames, grid, shift, clefs_as_set)
    bars = []
    for place, frame in enumerate(frames):
        sounding = [index for index, fills in enumerate(voices) if place in fills]
        written = pen.bar(
            place,
            [(voices[index][place], spelled[index][place], parts[index]) for index in sounding],
        )
        signs = further.get(place, ())
        stemmed = _stemmed(sounding, written, len(staff.voices)) or (_empty(frame),)
        bars.append(
            WrittenBar(
                index=frame.index,
                label=frame.label,
                meter=frame.meter,
                start=frame.start,
                length=frame.length,
                voices=_held(stemmed, signs) if signs else stemmed,
                directions=directions.get(place, ()),
                clef=clef_at.get(place),
                signs=tuple(one for one in signs if one[1].name != "fermata"),
                clef_changes=tuple(within.get(place, ())),
                keys=signed.get(place, ()),
            )
        )
    return WrittenStaff(tuple(bars))


def _clefs(
    staff: Staff,
    clefs: tuple[str, ...],
    frames: tuple[Frame, ...],
    grid: BarGrid,
    shift: Interval,
    as_set: bool,
) -> tuple[dict[int, str], dict[int, list[tuple[Fraction, str]]]]:
    """By place of the bar the clef printed there, and those set within bars."""
    if staff.clefs and as_set:
        return set_clefs(staff.clefs, clefs[0] if clefs else "G2", frames)
    chosen = clefs_for(_notes(staff), clefs, grid, shift)
    places = {frame.index: place for place, frame in enumerate(frames)}
    return {places[index]: clef for index, clef in chosen.items() if index in places}, {}


def _signed(
    keys: Sequence[KeyChange], frames: tuple[Frame, ...], shift: Interval
) -> dict[int, tuple[tuple[Fraction, KeyChange], ...]]:
    """By place of the bar the key signatures as they stand on the page."""
    starts = [frame.start for frame in frames]
    found: dict[int, tuple[tuple[Fraction, KeyChange], ...]] = {}
    for key in keys:
        place = max(0, bisect_right(starts, key.at) - 1)
        offset = max(Fraction(0), (key.at - starts[place]).quarters)
        moved = key if key.mode == "none" else key.moved(shift)
        found[place] = (*found.get(place, ()), (offset, moved))
    return found


def _held(
    voices: tuple[WrittenVoice, ...], signs: Sequence[tuple[Fraction, Sign]]
) -> tuple[WrittenVoice, ...]:
    """Fermatas put on the rests (else notes) that are there at their time.

    Where a rest began earlier than its fermata was told, the fermata says so.
    """
    for offset, sign in signs:
        if sign.name != "fermata":
            continue
        order = [
            (event.is_note, number, place)
            for number, voice in enumerate(voices)
            for place, event in enumerate(voice.events)
            if event.onset <= offset < event.end
        ]
        if not order:
            continue
        _, number, place = min(order)
        events = list(voices[number].events)
        event = events[place]
        away = (
            () if event.onset == offset else (("id", f"{offset.numerator}.{offset.denominator}"),)
        )
        kept = Sign(sign.name, sign.text, (*sign.details, *away), sign.inner)
        events[place] = replace(event, signs=(*event.signs, NoteSign(kept)))
        voices = tuple(
            replace(voice, events=tuple(events)) if at == number else voice
            for at, voice in enumerate(voices)
        )
    return voices


def _notes(staff: Staff) -> Iterator[Note]:
    return (note for voice in staff.voices for note in voice.notes)


def _spelled(
    fills: Mapping[int, Filling], frames: tuple[Frame, ...], ticks: Ticks, player: str
) -> dict[int, tuple[Mould, ...]]:
    found = {}
    for place, filling in fills.items():
        frame = frames[place]
        try:
            found[place] = moulds(
                frame.meter, frame.bars, frame.lead, filling.soundings, ticks.per_quarter
            )
        except OffGridError as fault:
            into = fault.at - frame.lead
            raise MusicError(
                f"a note begins or ends {into} quarters into the bar, "
                "which no note value or tuplet reaches",
                where_in(frames, frame.start + Beats(into), player),
                "quantise it to 64ths or to a tuplet",
            ) from None
    return found


class _Parts:
    """Counts the heads that each note of a voice is written with."""

    def __init__(
        self, fills: Mapping[int, Filling], spelled: Mapping[int, tuple[Mould, ...]]
    ) -> None:
        self._all = Counter(
            id(fills[place].notes[mould.source])
            for place, found in spelled.items()
            for mould in found
        )
        self._done: Counter[int] = Counter()

    def next_of(self, note: Note) -> tuple[int, int]:
        """Which head of how many comes next."""
        part = self._done[id(note)]
        self._done[id(note)] = part + 1
        return part, self._all[id(note)]


@dataclass(slots=True)
class _Pen:
    """What writes one staff from left to right."""

    shift: Interval
    slurs: Mapping[str, tuple[SlurEdge, ...]]
    memory: AccidentalMemory
    signed: Mapping[int, tuple[tuple[Fraction, KeyChange], ...]]

    def bar(
        self, bar: int, voices: Sequence[tuple[Filling, tuple[Mould, ...], _Parts]]
    ) -> list[list[WrittenEvent]]:
        """The events of all voices in one bar, read from left to right across them."""
        self.memory.barline()
        keys = list(self.signed.get(bar, ()))
        while keys and not keys[0][0]:
            self.memory.sign_key(keys.pop(0)[1].altered())
        order = [
            (mould.rest.onset, place, index)
            for place, (_, found, _) in enumerate(voices)
            for index, mould in enumerate(found)
        ]
        if len(voices) > 1:
            order.sort()
        events: list[list[WrittenEvent]] = [[] for _ in voices]
        for onset, place, index in order:
            while keys and keys[0][0] <= onset:
                self.memory.sign_key(keys.pop(0)[1].altered())
            filling, found, parts = voices[place]
            mould = found[index]
            note = filling.notes[mould.source]
            event = mould.rest if note is None else self._played(mould, note, parts.next_of(note))
            events[place].append(event)
        for _, key in keys:
            self.memory.sign_key(key.altered())
        return events

    def _played(self, mould: Mould, note: Note, part_of: tuple[int, int]) -> WrittenEvent:
        part, parts = part_of
        first, last = part == 0, part == parts - 1
        drawn: tuple[WrittenGrace, ...] = ()
        if note.graces and first:
            drawn = tuple(self._grace(one) for one in note.graces if not one.after)
            graces = tuple(head for one in drawn for head in one.pitches)
        else:
            graces = tuple(
                self.memory.head(as_written(grace, self.shift)) for grace in note.grace if first
            )
        heads = tuple(
            [
                self.memory.head(self._shown(pitch), tie_start=not last, tie_stop=not first)
                for pitch in note.pitches
            ]
        )
        if note.graces and last:
            drawn += tuple(self._grace(one) for one in note.graces if one.after)
        rest = mould.rest
        return WrittenEvent(
            EventKind.NOTE,
            rest.onset,
            rest.length,
            rest.value,
            rest.dots,
            rest.tuplet,
            pitches=heads,
            beams=mould.beams,
            slurs=self._slurs(note, first, last) if self.slurs else (),
            articulations=_articulations(note, first, last) if note.articulations else (),
            tremolo=note.tremolo,
            graces=graces,
            lyric=note.lyric if first else "",
            note_id=note.id,
            part=part,
            parts=parts,
            signs=_signs(note, first, last) if note.signs else (),
            verses=note.verses if first else (),
            drawn_graces=drawn,
        )

    def _shown(self, pitch: Pitch | Unpitched) -> Pitch | Unpitched:
        if not (self.shift.steps or self.shift.semitones) or isinstance(pitch, Unpitched):
            return pitch
        return as_written(pitch, self.shift)

    def _grace(self, grace: GraceNote) -> WrittenGrace:
        heads = tuple(self.memory.head(as_written(one, self.shift)) for one in grace.pitches)
        return WrittenGrace(heads, grace.shown, grace.slash, grace.after, grace.signs)

    def _slurs(self, note: Note, first: bool, last: bool) -> tuple[SlurEdge, ...]:
        return tuple(
            slur
            for slur in self.slurs.get(note.id, ())
            if (first if slur.edge is Edge.START or slur.from_grace else last)
        )


def _articulations(note: Note, first: bool, last: bool) -> tuple[Articulation, ...]:
    """What stands on this head: fermata and breath on the last, everything else on the first."""
    return tuple(sign for sign in note.articulations if (last if sign in _ON_THE_LAST else first))


def _signs(note: Note, first: bool, last: bool) -> tuple[NoteSign, ...]:
    """Further signs of this head: what ends, or sounds on, stands on the last; the rest first.

    Heads themselves look alike on every part of a note.
    """
    found = []
    for one in note.signs:
        if one.sign.name in ("notehead", "stem") or (last if one.sign.ends else first):
            found.append(one)
    return tuple(found)


def _stemmed(
    sounding: list[int], written: list[list[WrittenEvent]], played: int
) -> tuple[WrittenVoice, ...]:
    """Voices with stems apart where there are several; rests they share are shown once.

    The first `played` voices are the staff's own, those after them cues.
    """
    if len(sounding) < 2:
        return tuple(
            WrittenVoice(index + 1, Stem.AUTOMATIC, tuple(events), index >= played)
            for index, events in zip(sounding, written, strict=True)
        )
    found = []
    for order, (index, events) in enumerate(zip(sounding, written, strict=True)):
        shown = tuple(
            replace(event, hidden=True) if order and _shared(event, written[0]) else event
            for event in events
        )
        stem = Stem.DOWN if order % 2 else Stem.UP
        found.append(WrittenVoice(index + 1, stem, shown, index >= played))
    return tuple(found)


def _shared(event: WrittenEvent, above: Sequence[WrittenEvent]) -> bool:
    """Whether the upper voice rests as long as this rest lasts."""
    if event.is_note:
        return False
    return not any(
        other.is_note and other.onset < event.end and other.end > event.onset for other in above
    )


def _empty(frame: Frame) -> WrittenVoice:
    """A bar's rest; an upbeat has rests of its own values, as it is no whole bar."""
    length = frame.length.quarters
    if frame.lead:
        ticks = Ticks.for_notes((), (frame,))
        silent = (ticks.of(frame.lead), ticks.of(frame.lead + length), True)
        cast = moulds(frame.meter, frame.bars, frame.lead, (silent,), ticks.per_quarter)
        return WrittenVoice(1, Stem.AUTOMATIC, tuple(one.rest for one in cast))
    rest = WrittenEvent(EventKind.MEASURE_REST, Fraction(0), length, NoteValue.WHOLE)
    return WrittenVoice(1, Stem.AUTOMATIC, (rest,))

"""A staff cut at barlines and put together again: ties, slurs, hairpins and lasting signs kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from scorestage.music.lasting import Lasting, closed_signs, restored
from scorestage.music.marks import Hairpin, Slur
from scorestage.music.note import Note, Voice
from scorestage.music.score import Staff
from scorestage.timebase import Beat, Beats


@dataclass(frozen=True, slots=True)
class _Bow:
    """A slur within a piece; `enters` and `leaves` where it was cut."""

    first: str
    last: str
    enters: bool
    leaves: bool


@dataclass(frozen=True, slots=True)
class Piece:
    """A staff between two barlines, moved to where it goes; `enters` and `leaves` are cut notes.

    `lasting` is what held when it began: dynamic, techniques, clef.
    """

    low: Beat
    high: Beat
    staff: Staff
    lasting: Lasting
    enters: frozenset[str] = frozenset()
    leaves: frozenset[str] = frozenset()
    bows: tuple[_Bow, ...] = ()
    pins_in: frozenset[Beat] = field(default=frozenset())


def cut_staff(source: Staff, low: Beat, high: Beat, to: Beat, prefix: str) -> Piece:
    """What stands on a staff from `low` to `high`, moved to `to`; ids of notes get the prefix."""
    shift = to - low
    names: dict[str, str] = {}
    enters, leaves = set(), set()
    voices = []
    for voice in source.voices:
        kept = []
        for note in voice.notes:
            piece = _clipped(note, low, high, shift, prefix)
            if piece is None:
                continue
            names[note.id] = piece.id
            if note.onset < low:
                enters.add(piece.id)
            if note.end > high:
                leaves.add(piece.id)
            kept.append(piece)
        voices.append(Voice(tuple(kept)))
    staff = _points(source, low, high, shift)
    small = tuple(Voice(_whole(voice.notes, low, high, shift)) for voice in source.cues)
    pins = (_pin(pin, low, high, shift) for pin in source.hairpins)
    staff = replace(
        staff,
        voices=tuple(voices),
        cues=tuple(voice for voice in small if voice.notes),
        hairpins=tuple(pin for pin in pins if pin is not None),
    )
    bows = tuple(_bows(source, low, high, names))
    cut = frozenset(pin.start + shift for pin in source.hairpins if pin.start < low < pin.end)
    lasting = Lasting.before(source, low)
    return Piece(
        to, to + (high - low), staff, lasting, frozenset(enters), frozenset(leaves), bows, cut
    )


def joined_staff(like: Staff, pieces: Sequence[Piece]) -> Staff:
    """Pieces that follow one another as one staff; `clef` is that of `like`."""
    same: dict[str, str] = {}
    voices: list[list[Note]] = []
    before: Piece | None = None
    for piece in pieces:
        for number, voice in enumerate(piece.staff.voices):
            while len(voices) <= number:
                voices.append([])
            for note in voice.notes:
                if before is None or not _tied(note, piece, before, voices, same):
                    voices[number].append(note)
        before = piece
    parts = [piece.staff for piece in pieces]
    bows = _joined_bows(pieces, same)
    lasting = restored([(one.low, one.staff, one.lasting) for one in pieces])
    return replace(
        like,
        voices=tuple(Voice(tuple(notes)) for notes in voices),
        dynamics=lasting.dynamics,
        techniques=lasting.techniques,
        clefs=lasting.clefs,
        hairpins=_joined_pins(pieces),
        slurs=bows,
        words=tuple(one for part in parts for one in part.words),
        signs=tuple(one for part in parts for one in part.signs),
        cues=tuple(voice for part in parts for voice in part.cues),
    )


def _clipped(note: Note, low: Beat, high: Beat, shift: Beats, prefix: str) -> Note | None:
    """The part of a note between two barlines; the tail of one is plain, without its attack."""
    start, end = max(note.onset, low), min(note.end, high)
    if note.onset >= high or end <= start:
        return None
    name = f"{prefix}.{note.id}" if prefix else note.id
    if note.onset < low:
        note = replace(note, articulations=(), grace=(), graces=(), lyric="", verses=(), signs=())
        name = f"{name}~{low.quarters}"
    return replace(note, id=name, onset=start + shift, length=end - start)


def _whole(notes: Iterable[Note], low: Beat, high: Beat, shift: Beats) -> tuple[Note, ...]:
    return tuple(
        replace(note, onset=note.onset + shift) for note in notes if low <= note.onset < high
    )


def _points(source: Staff, low: Beat, high: Beat, shift: Beats) -> Staff:
    """Dynamics, techniques, words, clefs and signs that stand between two barlines."""

    def inside(at: Beat) -> bool:
        return low <= at < high

    signs = closed_signs(source.signs, low, high)
    return Staff(
        (),
        tuple(replace(one, at=one.at + shift) for one in source.dynamics if inside(one.at)),
        (),
        (),
        tuple(replace(one, at=one.at + shift) for one in source.techniques if inside(one.at)),
        tuple(replace(one, at=one.at + shift) for one in source.words if inside(one.at)),
        source.clef,
        tuple(replace(one, at=one.at + shift) for one in signs),
        tuple(replace(one, at=one.at + shift) for one in source.clefs if inside(one.at)),
    )


def _pin(pin: Hairpin, low: Beat, high: Beat, shift: Beats) -> Hairpin | None:
    start, end = max(pin.start, low), min(pin.end, high)
    return replace(pin, start=start + shift, end=end + shift) if start < end else None


def _joined_pins(pieces: Sequence[Piece]) -> tuple[Hairpin, ...]:
    """Hairpins of all pieces; one that was cut goes on where the next hand has the same."""
    found: list[Hairpin] = []
    for piece in pieces:
        for pin in piece.staff.hairpins:
            last = found[-1] if found else None
            goes_on = last is not None and last.end == piece.low == pin.start
            if last is not None and goes_on and last.opens == pin.opens and piece.pins_in:
                found[-1] = replace(last, end=pin.end, niente=last.niente or pin.niente)
            else:
                found.append(pin)
    return tuple(found)


def _tied(
    note: Note, piece: Piece, before: Piece, voices: list[list[Note]], same: dict[str, str]
) -> bool:
    """Whether a note that was cut goes on from one that was cut at the same barline; then it does.

    A chord goes on only where all of it does, and in another voice only where that one rests.
    """
    if note.id not in piece.enters:
        return False
    for number, notes in enumerate(voices):
        others = piece.staff.voices[number].notes if number < len(piece.staff.voices) else ()
        if any(one is not note and one.onset < note.end for one in others):
            continue
        for place, held in enumerate(notes):
            lasts = held.id in before.leaves and held.end == note.onset
            if lasts and frozenset(held.pitches) == frozenset(note.pitches):
                notes[place] = replace(held, length=held.length + note.length)
                same[note.id] = held.id
                return True
    return False


def _bows(source: Staff, low: Beat, high: Beat, names: Mapping[str, str]) -> Iterable[_Bow]:
    """The slurs of a staff as far as they lie between two barlines."""
    for slur in source.slurs:
        voice = next(
            (one for one in source.voices if any(note.id == slur.first for note in one.notes)),
            None,
        )
        ends = [note for note in source.notes if note.id in (slur.first, slur.last)]
        if voice is None or len(ends) < 2:
            continue
        under = [
            note
            for note in voice.notes
            if ends[0].onset <= note.onset <= ends[-1].onset and note.id in names
        ]
        if ends[-1].id in names and ends[-1] not in under:
            under.append(ends[-1])
        if under:
            first, last = names[under[0].id], names[under[-1].id]
            yield _Bow(first, last, slur.first not in names, slur.last not in names)


def _joined_bows(pieces: Sequence[Piece], same: Mapping[str, str]) -> tuple[Slur, ...]:
    found: list[tuple[str, str]] = []
    open_bow: int | None = None
    for piece in pieces:
        leaving: int | None = None
        for bow in piece.bows:
            first, last = same.get(bow.first, bow.first), same.get(bow.last, bow.last)
            if bow.enters and open_bow is not None:
                found[open_bow] = found[open_bow][0], last
                place, open_bow = open_bow, None
            else:
                found.append((first, last))
                place = len(found) - 1
            if bow.leaves:
                leaving = place
        open_bow = leaving
    return tuple(Slur(first, last) for first, last in found if first != last)

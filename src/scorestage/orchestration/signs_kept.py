"""Signs that the composer hung on notes, on the notes of those who play them.

Ornaments, slides, falls and aleatoric boxes are music; fingers, stems and bowings belong to the
instrument that the sketch was written at, and stay with it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

from scorestage.music import Note, Pitch, Staff
from scorestage.music.aleatoric import framed, frames_of, is_box, with_arrow
from scorestage.music.notation import NoteSign, Sign
from scorestage.orchestration.placing import Placed
from scorestage.orchestration.practice import is_chordal

_ALONE = ("ornaments", "articulations")
_SPANS = ("glissando", "slide")
_LINES = (".carrier", ".unison", ".octave", ".displaced")
"""The rules by which a player has a line of the sketch as it stands."""
_Sources = dict[tuple[Fraction, int], Note]


def signed(own: Sequence[Placed], staves: Mapping[int, Staff]) -> list[Placed]:
    """A player's notes with the signs that the notes of the sketch have which they play.

    A slide is drawn where its player has both ends, one after the other; a frame goes from the
    first to the last note of it that is played.
    """
    found = list(own)
    for strand, staff in staves.items():
        if not any(note.signs for note in staff.notes):
            continue
        places = _places(own, strand)
        sources = _sources(staff)
        for place in places:
            found[place] = _ornamented(found[place], sources)
        for place, after in pairwise(places):
            found[place], found[after] = _joined(found[place], found[after], sources)
        for first, last, _ in frames_of(staff):
            inside = _inside(found, places, first, last)
            if inside:
                found[inside[0]] = _framed(found[inside[0]], "start")
                found[inside[-1]] = _framed(found[inside[-1]], "stop")
    return found


def in_one_hand(placed: Sequence[Placed], staves: Mapping[int, Staff]) -> list[Placed]:
    """A keyboard's notes with each aleatoric box on the staff where most of it lies."""
    found = list(placed)
    for strand, staff in staves.items():
        places = _places(placed, strand)
        for first, last, _ in frames_of(staff):
            inside = _inside(placed, places, first, last)
            upper = sum(found[place].staff == 0 for place in inside)
            target = 0 if 2 * upper >= len(inside) else 1
            for place in inside:
                if found[place].staff != target:
                    found[place] = _moved(found, place, target)
    return found


def _moved(found: Sequence[Placed], place: int, staff: int) -> Placed:
    """A note on the other staff, in a voice that is free there; as it was where none is."""
    one = found[place]
    beside = {
        other.voice
        for other in found
        if other.staff == staff and other.start < one.end and one.start < other.end
    }
    free = next((voice for voice in (0, 1) if voice not in beside), None)
    return one if free is None else replace(one, staff=staff, voice=free)


def boxed(written: Staff, own: Sequence[Placed], staves: Mapping[int, Staff]) -> Staff:
    """The staff with the arrows of the boxes in it, to their cut-off or the player's next note."""
    for strand, staff in staves.items():
        places = _places(own, strand)
        for first, last, cut_off in frames_of(staff):
            inside = _inside(own, places, first, last)
            if cut_off is None or not inside:
                continue
            end = own[inside[-1]].note.end
            later = [one.note.onset for one in own if one.note.onset >= end]
            stop = min([cut_off, *later])
            if stop > end:
                written = with_arrow(written, end, stop)
    return written


def _places(own: Sequence[Placed], strand: int) -> list[int]:
    """Where in order of time a player has a line of the strand."""
    found = [
        place
        for place, one in enumerate(own)
        if one.task.strand == strand and one.task.rule.endswith(_LINES)
    ]
    return sorted(found, key=lambda place: (own[place].start, place))


def _sources(staff: Staff) -> _Sources:
    """The sketch's notes by onset and pitch class."""
    return {
        (note.onset.quarters, pitch.key % 12): note
        for note in staff.notes
        for pitch in note.sounding
    }


def _heads(one: Placed, sources: _Sources) -> list[tuple[int, NoteSign]]:
    """The sketch's signs on the heads of a note, each with the place of its head."""
    found = []
    for place, pitch in enumerate(one.note.pitches):
        if not isinstance(pitch, Pitch):
            continue
        source = sources.get((one.start, pitch.key % 12))
        for sign in source.signs if source is not None else ():
            head = source.pitches[sign.head] if source and sign.head < len(source.pitches) else None
            if isinstance(head, Pitch) and head.key % 12 == pitch.key % 12:
                found.append((place, sign))
    return found


def _ornamented(one: Placed, sources: _Sources) -> Placed:
    """The note with what stands on it alone."""
    rolled = len(one.note.pitches) > 1 and is_chordal(one.task.instrument)
    signs = [
        NoteSign(hung.sign, head)
        for head, hung in _heads(one, sources)
        if hung.sign.name in _ALONE or (rolled and hung.sign.name == "arpeggiate")
        if not any(leaf.detail("type") for leaf in hung.sign.leaves())
    ]
    return _with(one, signs)


def _joined(one: Placed, after: Placed, sources: _Sources) -> tuple[Placed, Placed]:
    """Two notes in succession with the slide between them, if the sketch has one there."""
    for head, begun in _heads(one, sources):
        for other, ended in _heads(after, sources):
            if _is_span(begun.sign, ended.sign):
                one = _with(one, [NoteSign(begun.sign, head)])
                after = _with(after, [NoteSign(ended.sign, other)])
    return one, after


def _is_span(begun: Sign, ended: Sign) -> bool:
    same = begun.name == ended.name and begun.detail("number") == ended.detail("number")
    edges = begun.detail("type"), ended.detail("type")
    return same and begun.name in _SPANS and edges == ("start", "stop")


def _inside(own: Sequence[Placed], places: Sequence[int], first: Note, last: Note) -> list[int]:
    """The notes of a player within a frame of the sketch."""
    return [place for place in places if first.onset <= own[place].note.onset <= last.onset]


def _framed(one: Placed, edge: str) -> Placed:
    if any(is_box(hung.sign, edge) for hung in one.note.signs):
        return one
    return replace(one, note=framed(one.note, edge))


def _with(one: Placed, signs: Sequence[NoteSign]) -> Placed:
    new = tuple(sign for sign in signs if sign not in one.note.signs)
    return replace(one, note=replace(one.note, signs=(*one.note.signs, *new))) if new else one

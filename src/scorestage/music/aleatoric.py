"""Aleatoric boxes: pitches in a box, played in any order and time until the arrow is cut off.

In a score a box is told in MusicXML's own words, so that it survives every program: the notes in
it stand between two `other-notation` signs, the arrow is a `bracket` whose end is an `arrow`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from scorestage.errors import MusicError
from scorestage.music.notation import NoteSign, Sign, StaffSign
from scorestage.music.note import Note
from scorestage.music.score import Staff
from scorestage.timebase import Beat

BOX = "aleatoric box"
"""What the signs round the notes of a box say."""


@dataclass(frozen=True, slots=True)
class AleatoricBox:
    """The notes from `first` to `last` (ids) stand in the box and are played on to `cut_off`."""

    first: str
    last: str
    cut_off: Beat


def is_box(sign: Sign, edge: str = "") -> bool:
    """Whether a sign is an edge of a box: `start`, `stop`, or (empty) any of both.

    >>> is_box(Sign("other-notation", BOX, (("type", "start"),)), "start")
    True
    """
    told = sign.name == "other-notation" and BOX in sign.text.casefold()
    return told and (not edge or sign.detail("type") == edge)


def with_box(staff: Staff, box: AleatoricBox) -> Staff:
    """The staff with the box round its notes and an arrow to the cut-off.

    Raises `MusicError` where a note is missing, or the cut-off does not come after the notes.

    >>> from scorestage.music import Note, Pitch, Voice
    >>> from scorestage.timebase import Beats
    >>> note = Note("n1", Beat(0), Beats(1), (Pitch.parse("C5"),))
    >>> boxed = with_box(Staff((Voice((note,)),)), AleatoricBox("n1", "n1", Beat(8)))
    >>> list(boxes_of(boxed)) == [AleatoricBox("n1", "n1", Beat(8))]
    True
    """
    known = {note.id: note for note in staff.notes}
    for name in (box.first, box.last):
        if name not in known:
            raise MusicError(f"a box names the note {name!r}, which its staff does not have")
    end = known[box.last].end
    if box.cut_off <= end or known[box.last].onset < known[box.first].onset:
        raise MusicError("a box must be cut off after its notes", do="let the arrow last longer")
    signed: dict[str, tuple[str, ...]] = {box.first: ("start",), box.last: ("stop",)}
    if box.first == box.last:
        signed[box.first] = ("start", "stop")

    def marked(note: Note) -> Note:
        return framed(note, *signed.get(note.id, ()))

    voices = tuple(replace(voice, notes=tuple(map(marked, voice.notes))) for voice in staff.voices)
    return with_arrow(replace(staff, voices=voices), end, box.cut_off)


def framed(note: Note, *edges: str) -> Note:
    """The note with edges of a box at it: `start`, `stop`, or both.

    >>> from scorestage.timebase import Beats
    >>> is_box(framed(Note("n", Beat(0), Beats(1), ()), "stop").signs[0].sign, "stop")
    True
    """
    told = (NoteSign(Sign("other-notation", BOX, (("type", edge),))) for edge in edges)
    return replace(note, signs=(*note.signs, *told)) if edges else note


def frames_of(staff: Staff) -> Iterator[tuple[Note, Note, Beat | None]]:
    """The first and last note in each frame of a staff, and where its arrow ends if it has one.

    An arrow belongs to the frame before it, up to which nothing else is played. A frame that
    nobody closed ends before the next one, or with the voice.
    """
    arrows = list(arrows_of(staff))
    for voice in staff.voices:
        for first, last in _frames(voice.notes):
            following = voice.notes[last + 1 : last + 2]
            after = [
                stop
                for start, stop in arrows
                if start >= voice.notes[last].end and all(start <= one.onset for one in following)
            ]
            yield voice.notes[first], voice.notes[last], min(after, default=None)


def _frames(notes: Sequence[Note]) -> Iterator[tuple[int, int]]:
    """The places of the first and last note in each frame of a voice."""
    first = -1
    for place, note in enumerate(notes):
        if any(is_box(one.sign, "start") for one in note.signs):
            if first >= 0:
                yield first, place - 1
            first = place
        if first >= 0 and any(is_box(one.sign, "stop") for one in note.signs):
            yield first, place
            first = -1
    if first >= 0:
        yield first, len(notes) - 1


def with_arrow(staff: Staff, start: Beat, cut_off: Beat) -> Staff:
    """The staff with an arrow from the end of a box to its cut-off."""
    arrow = (_arrow(start, "start", "none"), _arrow(cut_off, "stop", "arrow"))
    return replace(staff, signs=(*staff.signs, *arrow))


def _arrow(at: Beat, kind: str, end: str) -> StaffSign:
    line = Sign("bracket", details=(("line-end", end), ("number", "1"), ("type", kind)))
    return StaffSign(at, Sign("direction", inner=(Sign("direction-type", inner=(line,)),)))


def boxes_of(staff: Staff) -> Iterator[AleatoricBox]:
    """The boxes of a staff that have an arrow."""
    for first, last, cut_off in frames_of(staff):
        if cut_off is not None:
            yield AleatoricBox(first.id, last.id, cut_off)


def arrows_of(staff: Staff) -> Iterator[tuple[Beat, Beat]]:
    """From where to where arrows stand over a staff: brackets that end in one."""
    begun: dict[str, Beat] = {}
    for one in sorted(staff.signs, key=lambda sign: sign.at):
        line = one.sign.find("bracket") if one.sign.name == "direction" else None
        if line is None:
            continue
        number = line.detail("number", "1")
        if line.detail("type") == "start":
            begun[number] = one.at
        elif line.detail("type") == "stop" and number in begun:
            start = begun.pop(number)
            if line.detail("line-end") == "arrow" and one.at > start:
                yield start, one.at

"""Slurs and glissandi that lead from staff to staff, or from voice to voice of a staff.

Engravers draw such lines only within a voice. Here they are found and taken off the notes; the page
gets them from voices of their own, whose heads are not seen.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from scorestage.engraving.ink import quoted, skip
from scorestage.engraving.notes import Kit, grace_room, heads
from scorestage.engraving.notesigns import glissando_word
from scorestage.engraving.signnames import WITHIN_VOICE
from scorestage.engraving.staves import Frame
from scorestage.music import Sign
from scorestage.music.written import Edge, WrittenEvent, WrittenStaff

_GLIDES = ("glissando", "slide")
_OWN = "slur on one staff"
_UNSEEN = (
    r"\override NoteHead.transparent = ##t \override NoteHead.no-ledgers = ##t"
    r" \omit Stem \omit Flag \override NoteColumn.ignore-collision = ##t"
    r" \override Glissando.stencil = #glide-in-pieces"
)


@dataclass(frozen=True, slots=True)
class EventPlace:
    """An event: its staff (from 0), its bar's place on the page, voice by number, place in it."""

    staff: int
    place: int
    voice: int
    index: int


@dataclass(frozen=True, slots=True)
class Crossing:
    """A line from one note to another: `sign` and `number` are those of its beginning.

    A slur that leads from voice to voice of a staff is its `own`; others are told by signs.
    """

    first: EventPlace
    last: EventPlace
    sign: Sign
    number: str = "1"
    is_own_slur: bool = False


@dataclass(frozen=True, slots=True)
class _End:
    """One end of a line, as it stands on a note."""

    where: EventPlace
    at: tuple[int, Fraction]
    starts: bool
    number: tuple[str, str, int]
    sign: Sign


def crossings(staves: Sequence[WrittenStaff]) -> tuple[Crossing, ...]:
    """The lines that cross, in the order in which they begin, over the staves of one player."""
    ends = sorted(_ends(staves), key=lambda end: (end.at, end.starts))
    begun: dict[tuple[str, str, int], _End] = {}
    found: list[tuple[tuple[int, Fraction], Crossing]] = []
    for end in ends:
        if end.starts:
            begun[end.number] = end
            continue
        start = begun.pop(end.number, None)
        if start is not None and start.at < end.at and _lane(start.where) != _lane(end.where):
            name, number, _ = end.number
            own = name == _OWN
            found.append((start.at, Crossing(start.where, end.where, start.sign, number, own)))
    return tuple(crossing for _, crossing in sorted(found, key=lambda one: one[0]))


def _lane(where: EventPlace) -> tuple[int, int]:
    return where.staff, where.voice


def _ends(staves: Sequence[WrittenStaff]) -> Iterator[_End]:
    for where, at, event in _events(staves):
        for slur in event.slurs:
            if not slur.from_grace:
                own = (_OWN, str(slur.number), where.staff)
                yield _End(where, at, slur.edge is Edge.START, own, Sign("slur"))
        for one in event.signs:
            sign, number = one.sign, one.sign.detail("number", "1")
            if sign.name in _GLIDES or (sign.name == "slur" and number not in WITHIN_VOICE):
                starts = sign.detail("type") == "start"
                yield _End(where, at, starts, (sign.name, number, -1), sign)


def _events(
    staves: Sequence[WrittenStaff],
) -> Iterator[tuple[EventPlace, tuple[int, Fraction], WrittenEvent]]:
    for number, staff in enumerate(staves):
        for place, bar in enumerate(staff.bars):
            for voice in bar.voices:
                if voice.cue:
                    continue
                for index, event in enumerate(voice.events):
                    if event.slurs or event.signs:
                        where = EventPlace(number, place, voice.number, index)
                        yield where, (place, event.onset), event


def without_crossings(
    staves: Sequence[WrittenStaff], found: Sequence[Crossing]
) -> tuple[WrittenStaff, ...]:
    """The staves without the ends of lines that cross."""
    if not found:
        return tuple(staves)
    gone: dict[tuple[int, int], set[EventPlace]] = defaultdict(set)
    for one in found:
        for end in (one.first, one.last):
            gone[end.staff, end.place].add(end)
    bars = [list(staff.bars) for staff in staves]
    for (number, place), ends in gone.items():
        bar = bars[number][place]
        voices = []
        for voice in bar.voices:
            events = list(voice.events)
            for end in ends:
                if end.voice == voice.number:
                    events[end.index] = _stripped(events[end.index], found, end)
            voices.append(replace(voice, events=tuple(events)))
        bars[number][place] = replace(bar, voices=tuple(voices))
    return tuple(replace(staff, bars=tuple(own)) for staff, own in zip(staves, bars, strict=True))


def _stripped(event: WrittenEvent, found: Sequence[Crossing], where: EventPlace) -> WrittenEvent:
    """The event without its ends of lines that cross; what crosses nothing stays."""
    own: set[tuple[str, Edge]] = set()
    signs: set[tuple[str, str, str]] = set()
    for one in found:
        for end, edge in ((one.first, Edge.START), (one.last, Edge.STOP)):
            if end == where and one.is_own_slur:
                own.add((one.number, edge))
            elif end == where:
                signs.add((one.sign.name, one.number, "start" if edge is Edge.START else "stop"))
    return replace(
        event,
        slurs=tuple(slur for slur in event.slurs if (str(slur.number), slur.edge) not in own),
        signs=tuple(
            one
            for one in event.signs
            if (one.sign.name, one.sign.detail("number", "1"), one.sign.detail("type")) not in signs
        ),
    )


def crossing_voices(
    staves: Sequence[WrittenStaff],
    found: Sequence[Crossing],
    frame: Frame,
    kit: Kit,
    ids: Sequence[str],
) -> str:
    r"""Voices of LilyPond whose heads are not seen and whose lines are; `ids` name the staves."""
    return "".join(
        rf"\context Staff = {quoted(ids[0])} \new Voice \with {{ {_UNSEEN} }} {{"
        + "\n"
        + "".join(f"  {line}\n" for line in _voice_lines(staves, lane, frame, kit, ids))
        + "}\n"
        for lane in _lanes(found)
    )


def _lanes(found: Sequence[Crossing]) -> list[list[Crossing]]:
    """As few voices as will hold the lines one after the other."""
    lanes: list[list[Crossing]] = []
    for one in found:
        free = (lane for lane in lanes if lane[-1].last.place < one.first.place)
        lane = next(free, None)
        if lane is None:
            lanes.append([one])
        else:
            lane.append(one)
    return lanes


def _voice_lines(
    staves: Sequence[WrittenStaff],
    lane: Sequence[Crossing],
    frame: Frame,
    kit: Kit,
    ids: Sequence[str],
) -> Iterator[str]:
    points: dict[int, list[tuple[Fraction, Fraction, int, str, str]]] = defaultdict(list)
    for one in lane:
        for where, starts in ((one.first, True), (one.last, False)):
            event = _event(staves, where)
            told = heads(event.pitches, kit), _word(one, starts)
            points[where.place].append((event.onset, event.length, where.staff, *told))
    for stretch in frame.stretches:
        length = staves[0].bars[stretch.first].length.quarters * stretch.count
        here = sorted(points.get(stretch.first, ()))
        words = grace_room(frame.room(stretch))
        words += [skip(here[0][0])] if here and here[0][0] else []
        ends = [point[0] for point in here[1:]] + [length]
        for (onset, own, staff, head, word), end in zip(here, ends, strict=False):
            lasting = min(own, end - onset)
            words.append(rf"\change Staff = {quoted(ids[staff])}")
            words.append(f"{head}4*{lasting.numerator}/{lasting.denominator}{word}")
            words += [skip(end - onset - lasting)] if onset + lasting < end else []
        yield " ".join(words if here else [*words, skip(length)]) + " |"


def _event(staves: Sequence[WrittenStaff], where: EventPlace) -> WrittenEvent:
    voices = staves[where.staff].bars[where.place].voices
    return next(one for one in voices if one.number == where.voice).events[where.index]


def _word(one: Crossing, starts: bool) -> str:
    if one.sign.name == "slur":
        return "(" if starts else ")"
    return glissando_word(one.sign) if starts else ""

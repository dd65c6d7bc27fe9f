"""Condensing: two players of one instrument on a staff of the score, a view and nothing more.

Where both play the same it says `a2`, where one plays `1.` or `2.`; in one rhythm they make
chords, else each has a voice. The parts are printed from the players' own lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from enum import Enum

from scorestage.music import (
    DynamicMark,
    Family,
    Hairpin,
    Instrument,
    Line,
    Note,
    Pitch,
    Player,
    Score,
    Slur,
    Staff,
    TechniqueMark,
    Voice,
    Words,
)
from scorestage.timebase import Beat

_TOGETHER = (Family.WOODWIND, Family.BRASS)
_NUMBER = re.compile(r"^(.*\D)(\d+)$")
_WHO_PLAYS = re.compile(r"(a|zu|à) ?2\.?|[1-8]\.|I+\.?|IV\.?", re.IGNORECASE)
"""Words that tell which of several players plays; on a condensed staff they are told anew."""


class Sharing(Enum):
    """How two players share a bar."""

    REST = ""
    FIRST = "1."
    SECOND = "2."
    BOTH = "a2"
    CHORDS = "chords"
    VOICES = "voices"


def condensed(score: Score) -> Score:
    """The score with neighbouring players of one instrument two by two on a staff.

    Only single players of woodwind and brass with one instrument and one voice are put together.
    """
    lines: list[Line] = []
    waiting = list(score.lines)
    while waiting:
        line = waiting.pop(0)
        if waiting and _can_share(line, waiting[0]):
            lines.append(_shared(line, waiting.pop(0), score))
        else:
            lines.append(line)
    return replace(score, lines=tuple(lines))


def _can_share(one: Line, two: Line) -> bool:
    return (
        len(one.player.instruments) == len(two.player.instruments) == 1
        and _alike(one.player.instrument, two.player.instrument)
        and one.player.instrument.family in _TOGETHER
        and not (one.player.is_section or two.player.is_section)
        and all(len(line.staves) == 1 and len(line.staves[0].voices) <= 1 for line in (one, two))
    )


def _alike(one: Instrument, two: Instrument) -> bool:
    """Whether both are one instrument, whatever clefs are read: low notes put only one in bass.

    A file may have made an instrument of each part, `Flute 1` and `Flute 2`.
    """
    named = [_NUMBER.match(each.name) for each in (one, two)]
    if one.id != two.id and not (all(named) and len({hit[1] for hit in named if hit}) == 1):
        return False
    return _plain(one) == _plain(two)


def _plain(instrument: Instrument) -> Instrument:
    return replace(instrument, id="", name="", abbreviation="", clefs=("G2",), max_polyphony=1)


def _shared(one: Line, two: Line, score: Score) -> Line:
    upper: list[Note] = []
    lower: list[Note] = []
    words: list[Words] = []
    before = Sharing.REST
    for bars in _stretches(one, two, score):
        own, other = (_notes_in(line, bars, score) for line in (one, two))
        how = _sharing(own, other)
        if how in (Sharing.BOTH, Sharing.CHORDS) and _bows(one, own) != _bows(two, other):
            how = Sharing.VOICES
        upper += _upper(own, other, how)
        lower += other if how is Sharing.VOICES else ()
        if how is not before and how is not Sharing.REST:
            onset = min(note.onset for note in (*own, *other))
            text = _said(how, one.player, two.player)
            words += [Words(onset, text)] if text else []
            before = how
    staff = _with_signs(one.staves[0], two.staves[0], upper, lower, words)
    return Line(_both(one.player, two.player), (staff,))


def _said(how: Sharing, one: Player, two: Player) -> str:
    """`a2`, or who of the two plays by number: `3.` of the third and fourth horn."""
    if how in (Sharing.CHORDS, Sharing.VOICES):
        return ""
    number = {Sharing.FIRST: one, Sharing.SECOND: two}.get(how, one).name.rpartition(" ")[2]
    return f"{number}." if how is not Sharing.BOTH and number.isdecimal() else how.value


def _stretches(one: Line, two: Line, score: Score) -> Iterator[range]:
    """Bars that must be shared alike, because a note or a slur leads from one into the next."""
    grid = score.grid
    reach = list(range(len(grid.bars)))
    for line in (one, two):
        notes = {note.id: note for note in line.notes}
        spans = [(note.onset, note.end) for note in line.notes]
        spans += [(notes[s.first].onset, notes[s.last].end) for s in line.staves[0].slurs]
        for start, end in spans:
            first, last = grid.index_at(start), grid.index_at(end)
            if last > first and grid.starts[last] == end:
                last -= 1
            reach[first] = max(reach[first], last)
    first = 0
    while first < len(reach):
        stop, at = reach[first], first
        while at <= stop:
            stop = max(stop, reach[at])
            at += 1
        yield range(first, stop + 1)
        first = stop + 1


def _notes_in(line: Line, bars: range, score: Score) -> tuple[Note, ...]:
    return tuple(note for note in line.notes if score.grid.index_at(note.onset) in bars)


def _bows(line: Line, notes: Sequence[Note]) -> set[tuple[Beat, Beat]]:
    """Where the slurs over these notes begin and end."""
    onsets = {note.id: note.onset for note in notes}
    return {
        (onsets[slur.first], onsets[slur.last])
        for slur in line.staves[0].slurs
        if slur.first in onsets and slur.last in onsets
    }


def _sharing(own: Sequence[Note], other: Sequence[Note]) -> Sharing:
    if not own and not other:
        return Sharing.REST
    if not other:
        return Sharing.FIRST
    if not own:
        return Sharing.SECOND
    if [_rhythm(note) for note in own] != [_rhythm(note) for note in other]:
        return Sharing.VOICES
    if [note.pitches for note in own] == [note.pitches for note in other]:
        return Sharing.BOTH
    return Sharing.CHORDS


def _rhythm(note: Note) -> tuple[object, ...]:
    return note.onset, note.length, note.articulations, note.tremolo, note.grace, note.lyric


def _upper(own: Sequence[Note], other: Sequence[Note], how: Sharing) -> Iterator[Note]:
    if how is Sharing.SECOND:
        yield from other
    elif how is Sharing.CHORDS:
        for one, two in zip(own, other, strict=True):
            heads = dict.fromkeys((*one.pitches, *two.pitches))
            pitched = sorted(
                (head for head in heads if isinstance(head, Pitch)), key=lambda head: head.midi
            )
            yield replace(one, pitches=tuple(pitched) or tuple(heads))
    else:
        yield from own


def _with_signs(
    one: Staff, two: Staff, upper: list[Note], lower: list[Note], words: list[Words]
) -> Staff:
    """The shared staff: signs of both, those that say the same at one place once."""
    there = {note.id for note in (*upper, *lower)}
    dynamics: dict[Beat, DynamicMark] = {}
    techniques: dict[tuple[Beat, str], TechniqueMark] = {}
    said: dict[tuple[Beat, str], Words] = {(word.at, word.text): word for word in words}
    for staff in (one, two):
        for mark in staff.dynamics:
            dynamics.setdefault(mark.at, mark)
        for technique in staff.techniques:
            techniques.setdefault((technique.at, str(technique.technique)), technique)
        for word in staff.words:
            if not _WHO_PLAYS.fullmatch(word.text.strip()):
                said.setdefault((word.at, word.text), word)
    hairpins = {(pin.start, pin.opens): pin for staff in (two, one) for pin in staff.hairpins}
    slurs = tuple(
        slur for slur in (*one.slurs, *two.slurs) if slur.first in there and slur.last in there
    )
    return replace(
        one,
        voices=(Voice(tuple(upper)), *((Voice(tuple(lower)),) if lower else ())),
        dynamics=tuple(sorted(dynamics.values(), key=lambda mark: mark.at)),
        techniques=tuple(sorted(techniques.values(), key=lambda mark: mark.at)),
        words=tuple(sorted(said.values(), key=lambda word: word.at)),
        hairpins=_apart(list(hairpins.values())),
        slurs=_unlike(slurs),
    )


def _apart(pins: list[Hairpin]) -> tuple[Hairpin, ...]:
    """Hairpins that do not run at the same time; the first of them stays."""
    kept: list[Hairpin] = []
    for pin in sorted(pins, key=lambda pin: (pin.start, pin.end)):
        if not kept or kept[-1].end <= pin.start:
            kept.append(pin)
    return tuple(kept)


def _unlike(slurs: tuple[Slur, ...]) -> tuple[Slur, ...]:
    return tuple(dict.fromkeys(slurs))


def _both(one: Player, two: Player) -> Player:
    """Both as one name: `Horn 1, 2`.

    >>> from scorestage.music import Instrument
    >>> horn = Instrument("horn", "Horn", "Hn.", Family.BRASS, None, None)
    >>> one = Player("h1", "Horn 1", "Hn. 1", (horn,))
    >>> pair = _both(one, Player("h2", "Horn 2", "Hn. 2", (horn,)))
    >>> pair.name, pair.abbreviation
    ('Horn 1, 2', 'Hn. 1, 2')
    """
    return replace(
        one,
        instruments=(_in_all_clefs(one.instrument, two.instrument),),
        name=_names(one.name, two.name),
        abbreviation=_names(one.abbreviation, two.abbreviation),
    )


def _in_all_clefs(one: Instrument, two: Instrument) -> Instrument:
    return replace(one, clefs=tuple(dict.fromkeys((*one.clefs, *two.clefs))))


def _names(one: str, two: str) -> str:
    first, second = _NUMBER.match(one), _NUMBER.match(two)
    if first and second and first[1] == second[1]:
        return f"{one}, {second[2]}"
    return f"{one} / {two}"

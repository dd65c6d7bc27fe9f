"""A whole score as MusicXML 4.0."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from math import lcm
from types import MappingProxyType

from scorestage.adapters.formats.musicxml.bar_signs_out import by_bar
from scorestage.adapters.formats.musicxml.chord_shift import moved_chord
from scorestage.adapters.formats.musicxml.header_out import Header
from scorestage.adapters.formats.musicxml.names import (
    FIELD_ABOUT,
    FIELD_CLEFS,
    FIELD_GROUPINGS,
    FIELD_GROUPS,
    FIELD_START,
    TEMPO_WORDS,
)
from scorestage.adapters.formats.musicxml.notes_out import NotePen
from scorestage.adapters.formats.musicxml.part_list import ScorePart, part_list
from scorestage.adapters.formats.musicxml.parts_out import PartPen
from scorestage.adapters.formats.musicxml.signs_out import Sign as PlacedSign
from scorestage.adapters.formats.musicxml.signs_out import system_signs
from scorestage.adapters.formats.musicxml.trees import sign_xml
from scorestage.errors import MusicError
from scorestage.music import ChordSymbol, Line, Score, Sign
from scorestage.music.written import WrittenBar, WrittenStaff, holdings, page_shift, write_line
from scorestage.timebase import BarGrid, Beat, TempoMap
from scorestage.timebase.reading import clock_text

_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<!DOCTYPE score-partwise PUBLIC "-//Recordare//DTD MusicXML 4.0 Partwise//EN" '
    '"http://www.musicxml.org/dtds/partwise.dtd">'
)

NOTHING_MORE: Mapping[str, str] = MappingProxyType({})


def write_score(
    score: Score,
    tempo_map: TempoMap | None = None,
    *,
    title: str = "",
    subtitle: str = "",
    composer: str = "",
    concert: bool = True,
    player: str | None = None,
    clock: Callable[[Beat], str] | None = None,
    free_timing: bool = False,
    about: Mapping[str, str] = NOTHING_MORE,
    header: Sequence[Sign] = (),
) -> bytes:
    """The score as a MusicXML 4.0 file, valid against the W3C schema; one note to a line.

    `concert` gives the C score, which keeps octave transpositions and says how parts are
    transposed; otherwise every part stands as its player reads it. `player` picks one part.
    `clock` tells the time printed with each hit; without it minutes and seconds from bar 1.
    In `free_timing` written clicks (`4 beats in :02⅔`) stand in place of metronome marks.
    `about` are words by which a set of parts knows its own: `cue`, `version`, `production`.
    `header` is what else the file says about itself, as a reader found it.
    Tempo ramps are written beat by beat, with `rit.` or `accel.` over them.

    Raises `MusicError` for what cannot be written: no players, no bars, notes off the grid,
    marks outside the bars; `KeyError` for a `player` who is not in the score.
    """
    lines = score.lines if player is None else (score.line_of(player),)
    if not lines or not score.grid.bars:
        raise MusicError("a score needs at least one player and one bar", do="add one")
    staves = [
        write_line(line, score.grid, concert=concert, keys=True, clefs_as_set=True)
        for line in lines
    ]
    parts = [ScorePart.of_line(line) for line in lines]
    bars = staves[0][0].bars
    told = clock or _clock(tempo_map, score.grid)
    named = replace(score, chords=_chords_as_read(score, lines[0], concert=concert))
    signs = system_signs(named, tempo_map, told, bars[0].start, free_timing=free_timing)
    system = _by_bar(signs, bars)
    divisions = _divisions(staves, signs)
    found = [_HEAD, '<score-partwise version="4.0">']
    found.extend(
        Header(title, subtitle, composer, tuple(header)).lines(
            _fields(score, tempo_map, parts, about)
        )
    )
    if concert:
        found.append("<defaults><concert-score/></defaults>")
    found.extend(sign_xml(one) for one in header if one.name == "credit")
    found.extend(part_list(parts, score.groups, group_signatures=concert and player is None))
    at_bars = by_bar(score.signs, bars)
    taken = _own_ids(parts, tempo_map)
    for part, line, written in zip(parts, lines, staves, strict=True):
        pen = PartPen(
            part,
            written,
            holdings(line, score.grid),
            concert,
            divisions,
            NotePen(part, divisions, taken, _as_sounding(line, concert)),
            system if part is parts[0] else {},
            at_bars,
        )
        found.extend(pen.lines())
    found.append("</score-partwise>\n")
    return "\n".join(found).encode("utf-8")


def _chords_as_read(score: Score, line: Line, *, concert: bool) -> tuple[ChordSymbol, ...]:
    """The chord symbols as they stand over the top line, which may be transposed."""
    if not score.chords:
        return ()
    held = holdings(line, score.grid)
    return tuple(
        moved_chord(
            chord,
            page_shift(
                max(
                    (one for one in held if one.start <= chord.at or one is held[0]),
                    key=lambda one: one.start,
                ).instrument,
                concert=concert,
            ),
        )
        for chord in score.chords
    )


def _own_ids(parts: Sequence[ScorePart], tempo_map: TempoMap | None) -> set[str]:
    """The ids that are not free for notes."""
    events = len(tempo_map.events) if tempo_map is not None else 0
    return {part.id for part in parts} | {f"{TEMPO_WORDS}{at + 1}" for at in range(events)}


def _as_sounding(line: Line, concert: bool) -> bool:
    """Whether every instrument of the line is written as it sounds, octaves apart."""
    shifts = (page_shift(one, concert=concert) for one in line.player.instruments)
    return all(shift.semitones % 12 == 0 for shift in shifts)


def _fields(
    score: Score,
    tempo_map: TempoMap | None,
    parts: Sequence[ScorePart],
    about: Mapping[str, str],
) -> dict[str, str]:
    """What only we can read back: film time of bar 1, groupings, what a person set by hand."""
    fields = {f"{FIELD_ABOUT}{name}": told for name, told in about.items() if told}
    if tempo_map is not None:
        fields[FIELD_START] = str(tempo_map.start.seconds)
    bars = enumerate(score.grid.bars)
    single = [f"{at}={bar.meter}" for at, bar in bars if "(" in str(bar.meter)]
    if single:
        fields[FIELD_GROUPINGS] = " ".join(single)
    players = {line.player.id: line for line in score.lines}
    clefs = [
        f"{part.id}/{number}"
        for part in parts
        for number, staff in enumerate(players[part.player.id].staves, start=1)
        if staff.clefs
    ]
    if clefs:
        fields[FIELD_CLEFS] = " ".join(clefs)
    if score.groups:
        fields[FIELD_GROUPS] = "yes"
    return fields


def _clock(tempo_map: TempoMap | None, grid: BarGrid) -> Callable[[Beat], str]:
    """Minutes and seconds from bar 1; bar and beat where there is no tempo."""

    def told(at: Beat) -> str:
        if tempo_map is None:
            return str(grid.position(at))
        return clock_text((tempo_map.time_at(at) - tempo_map.start).seconds)

    return told


def _by_bar(signs: Sequence[PlacedSign], bars: Sequence[WrittenBar]) -> dict[int, list[PlacedSign]]:
    """The signs over the whole score by place of their bar, offsets counted from its barline."""
    starts = [bar.start.quarters for bar in bars]
    end = starts[-1] + bars[-1].length.quarters
    found: dict[int, list[PlacedSign]] = defaultdict(list)
    for sign in signs:
        if not starts[0] <= sign.at <= end:
            raise MusicError(
                f"a mark at quarter {sign.at} lies outside the bars of the cue",
                do="add bars, or move the mark",
            )
        last = sign.at == end
        place = (bisect_left(starts, sign.at) if last else bisect_right(starts, sign.at)) - 1
        found[place].append(PlacedSign(sign.at - starts[place], sign.head, sign.tail))
    return found


_FINEST = 1 << 24


def _divisions(staves: Sequence[tuple[WrittenStaff, ...]], signs: Sequence[PlacedSign]) -> int:
    """Divisions of the quarter that hold every note exactly, and every sign where that is sane."""
    divisions = 1
    seen: set[int] = set()
    for staff in (staff for line in staves for staff in line):
        for bar in staff.bars:
            seen.add(bar.length.quarters.denominator)
            for voice in bar.voices:
                seen.update(event.length.denominator for event in voice.events)
    divisions = lcm(*seen)
    offsets = [sign.at for sign in signs]
    offsets.extend(
        direction.offset
        for line in staves
        for staff in line
        for bar in staff.bars
        for direction in bar.directions
    )
    for offset in offsets:
        finer = lcm(divisions, Fraction(offset).denominator)
        divisions = finer if finer <= _FINEST else divisions
    return divisions

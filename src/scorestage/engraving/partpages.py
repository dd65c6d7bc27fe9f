"""The parts: what stands on each player's stand, or a sheet that says there is nothing to play."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from fractions import Fraction

from scorestage.engraving.booktext import book, header_block, labels_words, page_gauge, paper_block
from scorestage.engraving.boxes import with_boxes
from scorestage.engraving.chords import chord_points, chord_row_wanted
from scorestage.engraving.cuenotes import with_cue_notes
from scorestage.engraving.edition import Edition
from scorestage.engraving.ink import quoted
from scorestage.engraving.lines import set_up_lines, written_line
from scorestage.engraving.overline import (
    Point,
    Row,
    bar_points,
    divisions,
    hidden_meters,
    mark_points,
    meter_points,
    row_block,
    time_points,
)
from scorestage.engraving.partpaging import (
    PartBreaks,
    part_breaks,
    part_systems,
    systems_a_page,
)
from scorestage.engraving.staves import Frame, grace_rooms
from scorestage.engraving.stretches import Stretch, bar_labels, with_long_rests
from scorestage.engraving.stylesheet import (
    EVERY_PAGE,
    LABEL_UNDER_EVERY_BAR,
    LINES_AS_TOLD,
    PART_PAGE,
)
from scorestage.engraving.systems import SetLine, line_block
from scorestage.engraving.turns import turn_places
from scorestage.music import UNISON, Line, Pitch, Player, Score
from scorestage.music.written import WrittenBar, WrittenStaff
from scorestage.timebase import TempoMap
from scorestage.timebase.reading import clock_text

_LABEL_POINTS = 11
_MIDDLE_C = Pitch("C", 0, 4)
_SIGNS = {-1: "♭", 0: "", 1: "♯"}
PLAYERS_AT_A_DESK = 2


def part_book(score: Score, line: Line, tempo_map: TempoMap, edition: Edition, name: str) -> str:
    r"""One player's part as a `\book` printed to `name`.pdf, transposed as the player reads it.

    A player with nothing to play gets a tacet sheet.
    """
    if line.is_silent:
        return tacet_book(score, line.player, tempo_map, edition, name)
    staves = with_boxes(written_part(score, line, edition), tempo_map)
    bars = staves[0].bars
    points = _points(score, line, bars, tempo_map, edition)
    stretches = with_long_rests(staves, divisions(points))
    frame = Frame(stretches, grace_rooms(staves))
    paper = edition.house.part_paper
    marks = _marks_over(score, bars, tempo_map, edition)
    systems = part_systems(staves, stretches, paper, marks)
    on_page = systems_a_page(staves, stretches, paper, marks, systems) if systems else 0
    fields = _fields(line.player, edition) | _set_up_field(line, score)
    if systems is None:
        broken = page_breaks(score, staves, stretches, tempo_map, edition)
        points = [*_break_points(broken, stretches), *points]
        fields |= page_gauge(len(broken.pages) + 1)
    rows = "".join(
        row_block(points, row, bars, frame) for row in (Row.MARKS, Row.CHORDS, Row.TIMELINE)
    )
    music = rows + line_block(SetLine(line, staves), frame, named=False)
    return book(
        name,
        header_block(edition, fields),
        paper_block(paper, "partHeader", _paper_words(systems, on_page)),
        f"\\score {{\n<<\n{music}>>\n{_layout_block(bars, stretches, edition, systems)}}}\n",
    )


def folds_out(score: Score, line: Line, tempo_map: TempoMap, edition: Edition) -> bool:
    """Whether a long part has a turn for which there is no time: it is taped to fold out."""
    if line.is_silent:
        return False
    staves = with_boxes(written_part(score, line, edition), tempo_map)
    points = _points(score, line, staves[0].bars, tempo_map, edition)
    stretches = with_long_rests(staves, divisions(points))
    turns = turn_places(staves, stretches, tempo_map, edition.house.turn_seconds)
    pages = page_breaks(score, staves, stretches, tempo_map, edition).pages
    opened = max(1, edition.house.open_pages)
    return any(place not in turns for place in pages[opened - 1 :: opened])


def written_part(score: Score, line: Line, edition: Edition) -> tuple[WrittenStaff, ...]:
    """The staves of a part as its player reads them, with cue notes where the house has them."""
    house = edition.house
    staves = written_line(
        *(line, score.grid),
        concert=False,
        keys=house.key_signatures,
        all_rests=edition.as_written,
    )
    after = house.cue_notes_after_bars
    return with_cue_notes(staves, line, score, after, keys=house.key_signatures)


def page_breaks(
    score: Score,
    staves: tuple[WrittenStaff, ...],
    stretches: tuple[Stretch, ...],
    tempo_map: TempoMap,
    edition: Edition,
) -> PartBreaks:
    """Lines and pages of a long part: turned where there is time to, in the house's manner."""
    house = edition.house
    turns = turn_places(staves, stretches, tempo_map, house.turn_seconds)
    return part_breaks(
        *(staves, stretches, house.part_paper, turns),
        open_pages=max(1, house.open_pages),
        marked=_marks_over(score, staves[0].bars, tempo_map, edition),
    )


def _marks_over(
    score: Score, bars: Sequence[WrittenBar], tempo_map: TempoMap, edition: Edition
) -> tuple[int, ...]:
    """The bars over which tempos, letters and words stand in a part, one by one."""
    told = mark_points(score, bars, tempo_map, edition.rate, free_timing=edition.free_timing)
    return tuple(point.place for point in told)


def _set_up_field(line: Line, score: Score) -> dict[str, str]:
    lines = set_up_lines(line, score.grid)
    return {"setUp": "; ".join(lines)} if lines else {}


def tacet_book(
    score: Score, player: Player, tempo_map: TempoMap, edition: Edition, name: str
) -> str:
    """The sheet that tells a player to rest, so that nobody looks for a missing part."""
    lasting = clock_text((tempo_map.end - tempo_map.start).seconds)
    first, last = score.grid.bars[0].label, score.grid.bars[-1].label
    told = quoted(f"bars {first}–{last}, {lasting}")
    return book(
        name,
        header_block(edition, _fields(player, edition)),
        paper_block(edition.house.part_paper, "partHeader"),
        rf"\markup \tacet {told}" + "\n\\label #'end\n",
    )


_TYPED_FLAT = re.compile(r"(?<=\bin [A-G])(?:b|[ -]flat)\b", re.IGNORECASE)
"""A flat as it is typed in a name: `in Bb`, `in B flat`."""


def transposition_text(player: Player) -> str:
    """What a transposing player's part sounds in: `in B♭`; empty for parts in C.

    >>> from scorestage.music import Family, Instrument, Interval
    >>> horn = Instrument("horn", "Horn", "Hn.", Family.BRASS, None, None,
    ...                   transposition=Interval(-4, -7))
    >>> transposition_text(Player("hn1", "Horn 1", "Hn. 1", (horn,)))
    'in F'
    >>> from dataclasses import replace
    >>> clarinet = replace(horn, transposition=Interval(-1, -2))
    >>> transposition_text(Player("cl", "Clarinet in Bb", "Cl.", (clarinet,)))
    ''
    """
    sounding = _MIDDLE_C.moved(player.instrument.transposition)
    key = sounding.step + _SIGNS.get(int(sounding.alter), "")
    spelled = _TYPED_FLAT.sub("♭", player.name)
    return "" if key == "C" or f"in {key}" in spelled else f"in {key}"


def _fields(player: Player, edition: Edition) -> dict[str, str]:
    desks = -(-player.count // PLAYERS_AT_A_DESK)
    mark = edition.mark_of(player.id)
    return {
        "instrument": player.name,
        "playerName": player.name,
        "transposition": transposition_text(player),
        "copies": f"{desks} desks" if player.is_section else "",
    } | ({"keywords": f"music={mark}"} if mark else {})


def _points(
    score: Score,
    line: Line,
    bars: Sequence[WrittenBar],
    tempo_map: TempoMap,
    edition: Edition,
) -> list[Point]:
    points = [
        *bar_points(score, bars),
        *meter_points(bars, hidden_meters(score)),
        *mark_points(score, bars, tempo_map, edition.rate, free_timing=edition.free_timing),
    ]
    if edition.house.timings_in_parts:
        points += time_points(bars, tempo_map, edition)
    if chord_row_wanted(line, score, lead=edition.as_written):
        shift = line.player.instrument.transposition.inverse
        points += chord_points(score, bars, shift if shift.steps % 7 else UNISON)
    return points


def word_divisions(
    score: Score,
    line: Line,
    bars: Sequence[WrittenBar],
    tempo_map: TempoMap,
    edition: Edition,
) -> Collection[int]:
    """The places at which a long rest must be broken, so that what stands over it is seen."""
    return divisions(_points(score, line, bars, tempo_map, edition))


def _break_points(broken: PartBreaks, stretches: Sequence[Stretch]) -> Iterator[Point]:
    """Lines and pages of a long part as told, so that pages are not overfull and end in rests."""
    for at in broken.lines:
        word = r"\pageBreak" if at in broken.pages else r"\break"
        yield Point(stretches[at].first, Fraction(0), Row.TIMELINE, word)


def _paper_words(systems: int | None, on_page: int) -> list[str]:
    counted = [f"system-count = {systems}", f"max-systems-per-page = {on_page}"]
    return [
        *(counted if systems else []),
        "top-system-spacing = #'((basic-distance . 6) (minimum-distance . 4) (padding . 2))",
        "system-system-spacing = "
        "#'((basic-distance . 14) (minimum-distance . 11) (padding . 4) (stretchability . 30))",
        "ragged-bottom = ##f",
        "ragged-last-bottom = ##t",
    ]


def _layout_block(
    bars: Sequence[WrittenBar],
    stretches: Sequence[Stretch],
    edition: Edition,
    systems: int | None,
) -> str:
    labels = bar_labels(bars, stretches)
    return (
        "\\layout {\n  indent = 0\n"
        f"{EVERY_PAGE}{PART_PAGE}{'' if systems else LINES_AS_TOLD}"
        f"{LABEL_UNDER_EVERY_BAR if edition.house.bar_number_every_bar else ''}"
        f"  \\context {{ \\Score {labels_words(labels, _LABEL_POINTS)} }}\n"
        "}\n"
    )

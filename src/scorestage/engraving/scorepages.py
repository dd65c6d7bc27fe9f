"""The conductor's score."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from scorestage.engraving.booktext import (
    book,
    header_block,
    labels_words,
    page_gauge,
    paper_block,
    staff_size_words,
)
from scorestage.engraving.boxes import with_boxes
from scorestage.engraving.chords import chord_points, is_read
from scorestage.engraving.condensing import condensed
from scorestage.engraving.edition import Edition
from scorestage.engraving.grouping import brackets_of
from scorestage.engraving.ink import name_lines, number
from scorestage.engraving.instrumentation import instrument_list
from scorestage.engraving.lines import written_line
from scorestage.engraving.overline import (
    Point,
    Row,
    bar_points,
    hidden_meters,
    hit_points,
    mark_points,
    meter_points,
    podium_points,
    row_block,
    time_points,
)
from scorestage.engraving.paging import PageLayout, page_layout, system_starts
from scorestage.engraving.staves import Frame, grace_rooms
from scorestage.engraving.stretches import bar_labels, one_by_one
from scorestage.engraving.stylesheet import (
    EVERY_PAGE,
    LABEL_UNDER_EVERY_BAR,
    LINES_AS_TOLD,
    SCORE_PAGE,
    TALL_SIGNATURES,
)
from scorestage.engraving.systems import SetLine, full_system, short_system
from scorestage.errors import MusicError
from scorestage.music import Line, MarkKind, Score
from scorestage.music.written import WrittenBar
from scorestage.timebase import TempoMap

TEMPO_AGAIN_FROM_STAVES = 16
_FEWEST_STAVES_FOR_TALL = 2
_LABEL_POINTS = 12
_LETTER_MM = Fraction(9, 5)
_BRACKETS_MM = 7


def score_book(
    score: Score, tempo_map: TempoMap, edition: Edition, name: str, *, short: bool = False
) -> str:
    r"""The score as a `\book` printed to `name`.pdf; the stylesheet goes before it.

    A `short` score is a sketch: one bracket round all staves, chord symbols over them.

    Raises `MusicError` for a score without bars or players, or for what cannot be written.
    """
    lines = set_lines(score, edition, tempo_map)
    staves = [staff for line in lines for staff in line.staves]
    if not staves or not score.grid.bars:
        raise MusicError(
            "there is no bar or no player to print", do="give the cue bars and players"
        )
    bars, house = staves[0].bars, edition.house
    layout = page_layout(house.score_paper, staves)
    indents = Indents.of(lines, layout)
    frame = Frame(one_by_one(len(bars)), grace_rooms(staves))
    starts = system_starts(
        staves, indents.first_spaces, indents.next_spaces, favoured_places(score, bars)
    )
    points = _points(score, bars, tempo_map, edition, starts)
    rows = {row: row_block(points, row, bars, frame) for row in Row}
    among = {row: row_block(points, row, bars, frame, among=True) for row in Row}
    tall = house.large_time_signatures and len(staves) >= _FEWEST_STAVES_FOR_TALL
    again = among[Row.MARKS] if len(staves) >= TEMPO_AGAIN_FROM_STAVES else ""
    music = rows[Row.MARKS] + rows[Row.HITS] + rows[Row.TIMELINE]
    if short:
        music += short_system(lines, frame, tall=tall, chords=rows[Row.CHORDS])
    else:
        chords, shown = among[Row.CHORDS], [line.line for line in lines]
        if edition.as_written and not is_read(lines):
            music, chords = music + rows[Row.CHORDS], ""
        brackets = brackets_of(score.groups, score.lines, shown)
        music += full_system(lines, frame, tall=tall, again=again, chords=chords, brackets=brackets)
    labels = bar_labels(bars, frame.stretches)
    gauge = page_gauge(-(-(len(starts) + 1) // layout.systems_per_page))
    return f"{staff_size_words(layout.staff_mm)}\n" + book(
        name,
        header_block(edition, score_fields(score, edition, short=short) | gauge),
        paper_block(house.score_paper, "scoreHeader", _paper_words(layout)),
        f"\\score {{\n<<\n{music}>>\n{_layout_block(labels, indents, edition, tall)}}}\n",
    )


def score_fields(score: Score, edition: Edition, *, short: bool) -> dict[str, str]:
    """What kind of score it is, and who is left out of it."""
    fields = {"pageKind": score_kind(edition, short=short)}
    if not short and (told := instrument_list(score)):
        fields["instruments"] = told
    left_out = [line.player.name for line in score.lines if not _is_shown(line, edition)]
    return fields | ({"tacet": f"Tacet: {', '.join(left_out)}"} if left_out else {})


def _is_shown(line: Line, edition: Edition) -> bool:
    return bool(line.staves) and (edition.house.silent_staves or not line.is_silent)


def score_kind(edition: Edition, *, short: bool) -> str:
    if edition.kind:
        return edition.kind
    if short:
        return "Sketch in C"
    return "Score in C" if edition.house.c_score else "Transposed score"


def set_lines(
    score: Score, edition: Edition, tempo_map: TempoMap | None = None
) -> tuple[SetLine, ...]:
    """The lines of the score page as written; silent ones only where the house prints them.

    Where the house condenses, two players of one instrument share a staff. The `tempo_map` tells
    how long aleatoric boxes last.
    """
    house = edition.house
    shown = replace(score, lines=tuple(line for line in score.lines if _is_shown(line, edition)))
    found = []
    for line in (condensed(shown) if house.condensed else shown).lines:
        staves = written_line(
            *(line, score.grid),
            concert=house.c_score,
            keys=house.key_signatures,
            all_rests=edition.as_written,
        )
        found.append(SetLine(line, with_boxes(staves, tempo_map) if tempo_map else staves))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Indents:
    """Room for the players' names: full before the first system, short before the others."""

    first_mm: Fraction
    next_mm: Fraction
    first_spaces: float
    next_spaces: float
    """Room for music on the first and the later lines, in staff spaces."""

    @classmethod
    def of(cls, lines: Sequence[SetLine], layout: PageLayout) -> Indents:
        """As wide as the longest name in lines of at most 20 letters asks."""
        players = [line.line.player for line in lines]
        first = max(_widest(player.name) for player in players) * _LETTER_MM + _BRACKETS_MM
        after = max(_widest(player.abbreviation) for player in players) * _LETTER_MM + _BRACKETS_MM
        space_mm = layout.staff_mm / 4
        widths = [float((layout.width_mm - indent) / space_mm) for indent in (first, after)]
        return cls(first, after, *widths)


def _widest(name: str) -> int:
    return max((len(line) for line in name_lines(name)), default=0)


def _points(
    score: Score,
    bars: Sequence[WrittenBar],
    tempo_map: TempoMap,
    edition: Edition,
    starts: Sequence[int],
) -> list[Point]:
    """All that stands over the score; line breaks come first."""
    return [
        *(Point(place, Fraction(0), Row.TIMELINE, r"\break") for place in starts),
        *bar_points(score, bars),
        *meter_points(bars, hidden_meters(score)),
        *time_points(bars, tempo_map, edition),
        *hit_points(score, bars, tempo_map, edition),
        *podium_points(bars, tempo_map, edition),
        *mark_points(score, bars, tempo_map, edition.rate, free_timing=edition.free_timing),
        *chord_points(score, bars),
    ]


def favoured_places(score: Score, bars: Sequence[WrittenBar]) -> Collection[int]:
    """Where a system gladly begins: at rehearsal letters and new meters."""
    letters = {mark.at for mark in score.marks if mark.kind is MarkKind.REHEARSAL}
    return {
        place
        for place, bar in enumerate(bars)
        if bar.start in letters or (place and bars[place - 1].meter != bar.meter)
    }


def _paper_words(layout: PageLayout) -> list[str]:
    words = [
        "top-system-spacing = #'((basic-distance . 4) (minimum-distance . 2) (padding . 1))",
        "last-bottom-spacing = #'((basic-distance . 1) (padding . 1) (stretchability . 0))",
        "system-system-spacing = "
        "#'((basic-distance . 22) (minimum-distance . 18) (padding . 7) (stretchability . 20))",
        "ragged-bottom = ##f",
    ]
    if layout.systems_per_page == 1:
        return [*words, "systems-per-page = 1", "ragged-last-bottom = ##f"]
    return [*words, f"max-systems-per-page = {layout.systems_per_page}", "ragged-last-bottom = ##t"]


def _layout_block(labels: Sequence[str], indents: Indents, edition: Edition, tall: bool) -> str:
    every_bar = edition.house.bar_number_every_bar
    return (
        "\\layout {\n"
        f"  indent = {number(indents.first_mm)}\\mm\n"
        f"  short-indent = {number(indents.next_mm)}\\mm\n"
        f"{EVERY_PAGE}{SCORE_PAGE}{LINES_AS_TOLD}{TALL_SIGNATURES if tall else ''}"
        f"{LABEL_UNDER_EVERY_BAR if every_bar else ''}"
        f"  \\context {{ \\Score {labels_words(labels, _LABEL_POINTS)} }}\n"
        "}\n"
    )

"""A cue for Verovio: the score and every part as MEI, with the head that its pages carry."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from scorestage.engraving.barsigns import BarEdges, bar_edges
from scorestage.engraving.books import PageKind, PrintedFile
from scorestage.engraving.boxes import with_boxes
from scorestage.engraving.chords import chord_row_wanted, is_read
from scorestage.engraving.edition import Edition
from scorestage.engraving.grouping import brackets_of
from scorestage.engraving.ink import file_stem
from scorestage.engraving.lines import set_up_lines
from scorestage.engraving.mei.headings import Heading, next_heading, part_heading, score_heading
from scorestage.engraving.mei.ink import element, words
from scorestage.engraving.mei.rows import At, Rows
from scorestage.engraving.mei.signs import crossing_signs, signs_of
from scorestage.engraving.mei.systems import (
    bracketed_definition,
    full_definition,
    line_definition,
    meter_attributes,
    numbered_staves,
    section,
    short_definition,
)
from scorestage.engraving.overhead import film_times, hits_told, marks_told, podium_told
from scorestage.engraving.overline import hidden_meters
from scorestage.engraving.paging import page_layout, system_starts
from scorestage.engraving.partpages import (
    PLAYERS_AT_A_DESK,
    page_breaks,
    transposition_text,
    word_divisions,
    written_part,
)
from scorestage.engraving.scorepages import (
    TEMPO_AGAIN_FROM_STAVES,
    Indents,
    favoured_places,
    score_fields,
    set_lines,
)
from scorestage.engraving.shortscore import short_score
from scorestage.engraving.stretches import Stretch, bar_labels, one_by_one, with_long_rests
from scorestage.engraving.systems import SetLine, blocks_of, tall_signatures
from scorestage.errors import MusicError
from scorestage.music import UNISON, Family, Line, Score, Sketch
from scorestage.music.written import WrittenBar
from scorestage.production import Paper
from scorestage.timebase import Beat, TempoMap
from scorestage.timebase.reading import clock_text

STAFF_MM = Fraction(36, 5)
"""How high a staff is in Verovio's own measure, by which sizes in the source are told."""

_SCORE_LABEL_POINTS, _PART_LABEL_POINTS = 12, 11
_FEWEST_STAVES_FOR_TALL = 2


@dataclass(frozen=True, slots=True)
class MeiBook:
    """One file of pages for Verovio: music as MEI, its paper, heads, and tall meters.

    `paper.staff_mm` is the size the staves of this very book are set in; `signatures` says by
    the index of its top staff how many staves each tall time signature spans (none: as usual).
    Where `systems_per_page` is 0, lines and pages are broken as they come. A `tacet` sheet has
    no music, but what it says in its place.
    """

    file: PrintedFile
    mei: str
    paper: Paper
    first: Heading
    following: Heading
    signatures: Mapping[int, int]
    systems_per_page: int = 0
    tacet: str = ""
    title: str = ""
    keywords: str = ""


def mei_books(score: Score, tempo_map: TempoMap, edition: Edition) -> tuple[MeiBook, ...]:
    """The conductor's score and every part, in score order.

    Raises `MusicError` for a score without bars or players, or for what cannot be written.
    """
    parts = (mei_part(score, line.player.id, tempo_map, edition) for line in score.lines)
    return (mei_score(score, tempo_map, edition), *parts)


def mei_sketch(sketch: Sketch, tempo_map: TempoMap, edition: Edition) -> MeiBook:
    """The short score: the sketch's strands with hits, film times and chords."""
    return mei_score(short_score(sketch), tempo_map, edition, short=True)


def mei_score(
    score: Score, tempo_map: TempoMap, edition: Edition, *, short: bool = False
) -> MeiBook:
    """The conductor's score, or (`short`) a sketch.

    Raises `MusicError` for a score without bars or players, or for what cannot be written.
    """
    lines = set_lines(score, edition, tempo_map)
    staves = [staff for line in lines for staff in line.staves]
    if not staves or not score.grid.bars:
        raise MusicError(
            "there is no bar or no player to print", do="give the cue bars and players"
        )
    bars = staves[0].bars
    layout = page_layout(edition.house.score_paper, staves)
    points = float(STAFF_MM / layout.staff_mm)
    rows = Rows(bars, one_by_one(len(bars)), points)
    beside = [
        *rows.film_times(film_times(bars, tempo_map, edition)),
        *rows.hits(hits_told(score, bars, tempo_map, edition)),
        *rows.podium(podium_told(bars, tempo_map, edition)),
        *rows.groupings(),
        *_marks(rows, score, tempo_map, edition, lines),
    ]
    lead = short or (edition.as_written and not is_read(lines))
    if reader := 1 if lead else _rhythm_staff(lines):
        beside += rows.chords(score.chords, UNISON, reader)
    if edition.house.bar_number_every_bar:
        labels = _by_place(bars, rows.stretches)
        beside += rows.labels(labels, len(staves), _SCORE_LABEL_POINTS)
    brackets = brackets_of(score.groups, score.lines, [line.line for line in lines])
    if brackets and not short:
        definition = bracketed_definition(lines, points, brackets)
    else:
        definition = (short_definition if short else full_definition)(lines, points)
    edges = bar_edges(score.signs, bars)
    indents = Indents.of(lines, layout)
    favoured = favoured_places(score, bars)
    starts = system_starts(staves, indents.first_spaces, indents.next_spaces, favoured)
    breaks = _breaks(starts, layout.systems_per_page)
    fields = score_fields(score, edition, short=short)
    tall = edition.house.large_time_signatures and len(staves) >= _FEWEST_STAVES_FOR_TALL
    tacet = fields.get("tacet", "")
    heading = score_heading(edition, fields["pageKind"], tacet)
    first = score_heading(edition, fields["pageKind"], tacet, fields.get("instruments", ""))
    spans = ({0: len(staves)} if short else tall_signatures(lines)) if tall else {}
    kind = PageKind.SKETCH if short else PageKind.SCORE
    return MeiBook(
        PrintedFile("sketch.pdf" if short else "score.pdf", kind),
        _document(
            *(edition, lines, rows, definition, beside, breaks, edges),
            hidden=hidden_meters(score),
            wide=bool(spans),
            timed=True,
        ),
        _set_in(edition.house.score_paper, layout.staff_mm),
        first,
        heading,
        spans,
        layout.systems_per_page,
    )


def mei_part(
    score: Score,
    player_id: str,
    tempo_map: TempoMap,
    edition: Edition,
    lines_at: Collection[int] | None = None,
) -> MeiBook:
    """One player's part, transposed as the player reads it; a tacet sheet for who is silent.

    With `lines_at` a line begins at each of these bars (from 0), and nowhere else.

    Raises `MusicError` for a player who is not in the score.
    """
    orders = {line.player.id: order for order, line in enumerate(score.lines)}
    if player_id not in orders:
        raise MusicError(f"there is no player {player_id!r}", do=f"known: {', '.join(orders)}")
    order = orders[player_id]
    line = score.lines[order]
    player, paper = line.player, edition.house.part_paper
    copies = -(-player.count // PLAYERS_AT_A_DESK)
    desks = f"{copies} desks" if player.is_section else ""
    set_up = "" if line.is_silent else "; ".join(set_up_lines(line, score.grid))
    first = part_heading(edition, player.name, transposition_text(player), desks, set_up)
    following = next_heading(edition, player.name)
    name = f"part-{order + 1:02}-{file_stem(player.id)}.pdf"
    mark = edition.mark_of(player.id)
    keywords = f"music={mark}" if mark else ""
    if line.is_silent:
        lasting = clock_text((tempo_map.end - tempo_map.start).seconds)
        told = f"bars {score.grid.bars[0].label}–{score.grid.bars[-1].label}, {lasting}"
        file = PrintedFile(name, PageKind.TACET, player.id, copies)
        return MeiBook(file, "", paper, first, following, {}, tacet=told, keywords=keywords)
    mei = _part_music(score, line, tempo_map, edition, lines_at)
    file = PrintedFile(name, PageKind.PART, player.id, copies)
    return MeiBook(file, mei, paper, first, following, {}, keywords=keywords)


def _part_music(
    score: Score,
    line: Line,
    tempo_map: TempoMap,
    edition: Edition,
    lines_at: Collection[int] | None,
) -> str:
    staves = with_boxes(written_part(score, line, edition), tempo_map)
    bars = staves[0].bars
    points = float(STAFF_MM / edition.house.part_paper.staff_mm)
    wanted = frozenset(lines_at or ())
    starts = {place for place, bar in enumerate(bars) if bar.index > 0 and bar.index in wanted}
    divided = {*word_divisions(score, line, bars, tempo_map, edition), *starts}
    stretches = with_long_rests(staves, divided)
    rows = Rows(bars, stretches, points)
    free = edition.free_timing
    told = marks_told(score, bars, tempo_map, edition.rate, free_timing=free)
    beside = [*rows.marks(told), *rows.groupings()]
    if edition.house.timings_in_parts:
        beside += rows.film_times(film_times(bars, tempo_map, edition))
    if chord_row_wanted(line, score, lead=edition.as_written):
        shift = line.player.instrument.transposition.inverse
        beside += rows.chords(score.chords, shift if shift.steps % 7 else UNISON)
    if edition.house.bar_number_every_bar:
        beside += rows.labels(_by_place(bars, stretches), len(staves), _PART_LABEL_POINTS)
    set_line = SetLine(line, staves)
    definition = element("staffGrp", line_definition(set_line, 1, points, named=False))
    if lines_at is None:
        broken = page_breaks(score, staves, stretches, tempo_map, edition)
        breaks = dict.fromkeys(broken.lines, "sb") | dict.fromkeys(broken.pages, "pb")
    else:
        begun = (at for at, stretch in enumerate(stretches) if stretch.first in starts)
        breaks = dict.fromkeys(begun, "sb")
    timed = edition.house.timings_in_parts
    edges = bar_edges(score.signs, bars)
    return _document(
        *(edition, (set_line,), rows, definition, beside, breaks, edges),
        hidden=hidden_meters(score),
        timed=timed,
    )


def _marks(
    rows: Rows, score: Score, tempo_map: TempoMap, edition: Edition, lines: Sequence[SetLine]
) -> list[At]:
    """Tempos and letters over the top staff, and in a large score again over the last block."""
    free = edition.free_timing
    told = list(marks_told(score, rows.bars, tempo_map, edition.rate, free_timing=free))
    found = list(rows.marks(told))
    blocks = [members for _, members in blocks_of(lines)]
    count = sum(len(line.staves) for line in lines)
    if len(blocks) > 1 and count >= TEMPO_AGAIN_FROM_STAVES:
        last = sum(len(line.staves) for line in blocks[-1])
        found += rows.marks(told, count - last + 1)
    return found


def _rhythm_staff(lines: Sequence[SetLine]) -> int:
    """The staff over which chords stand: the top one of the rhythm section; 0 without one."""
    top = 1
    for family, members in blocks_of(lines):
        if family is Family.RHYTHM:
            return top
        top += sum(len(line.staves) for line in members)
    return 0


def _by_place(bars: Sequence[WrittenBar], stretches: tuple[Stretch, ...]) -> list[str]:
    """What is printed under each bar, by its place; nothing under a pickup."""
    pickups = [""] * sum(bar.index < 0 for bar in bars)
    return pickups + bar_labels(bars, stretches)


def _breaks(starts: Iterable[int], systems_per_page: int) -> dict[int, str]:
    """Where a new system begins, and where a new page."""
    return {
        start: "pb" if number % systems_per_page == 0 else "sb"
        for number, start in enumerate(starts, start=1)
    }


def _set_in(paper: Paper, staff_mm: Fraction) -> Paper:
    return Paper(paper.width_mm, paper.height_mm, staff_mm, paper.margin_mm)


def _document(
    edition: Edition,
    lines: Sequence[SetLine],
    rows: Rows,
    definition: str,
    beside: Iterable[At],
    breaks: Mapping[int, str],
    edges: Mapping[int, BarEdges],
    *,
    hidden: Collection[Beat] = (),
    wide: bool = False,
    timed: bool = False,
) -> str:
    """The whole source: head, staves, bars."""
    staves = numbered_staves(lines)
    signs = signs_of([staff for staff, _ in staves], rows.stretches, rows.points, timed=timed)
    over: dict[int, list[str]] = defaultdict(list)
    for at, told in (*beside, *crossing_signs([one.staves for one in lines], rows.stretches)):
        over[at].append(told)
    every = ["".join([*over[at], sign]) for at, sign in enumerate(signs)]
    music = section(staves, rows.stretches, every, breaks, edges=edges, hidden=hidden, wide=wide)
    head = element("scoreDef", definition, **meter_attributes(rows.bars[0].meter, wide=wide))
    title = element("title", words(f"{edition.cue_number} {edition.title}".strip()))
    file = element("fileDesc", element("titleStmt", title or "<title/>") + "<pubStmt/>")
    body = element("score", head + element("section", music))
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<mei xmlns="http://www.music-encoding.org/ns/mei" meiversion="5.0">'
        f"<meiHead>{file}</meiHead><music><body><mdiv>{body}</mdiv></body></music></mei>\n"
    )

"""The pages of a song: words, chords over the voice, headings; no clock, lines as they fall."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from scorestage.engraving.books import Book, PageKind, PrintedFile
from scorestage.engraving.booktext import book, paper_block, staff_size_words
from scorestage.engraving.chords import chord_points
from scorestage.engraving.clocks import bpm_text, note_of, printable
from scorestage.engraving.edition import Edition
from scorestage.engraving.ink import quoted
from scorestage.engraving.overhead import spot
from scorestage.engraving.overline import (
    Point,
    Row,
    bar_points,
    hidden_meters,
    meter_points,
    row_block,
)
from scorestage.engraving.scorepages import set_lines
from scorestage.engraving.staves import Frame, grace_rooms
from scorestage.engraving.stretches import one_by_one
from scorestage.engraving.stylesheet import EVERY_PAGE
from scorestage.engraving.systems import full_system
from scorestage.errors import MusicError
from scorestage.music import MarkKind, Score
from scorestage.music.written import WrittenBar
from scorestage.timebase import TempoMap

_SHEET = r"""
songFirstHeader = \markup \column {
  \fill-line { \pt #22 \bold \fromproperty #'header:title }
  \vspace #0.1
  \fill-line { \pt #10.5 \italic \fromproperty #'header:songForm }
  \vspace #0.3
  \fill-line {
    \pt #11 \fromproperty #'header:wordsBy
    \pt #11 \fromproperty #'header:musicBy
  }
  \vspace #0.5
}
songNextHeader = \markup \column {
  \fill-line {
    \null
    \pt #11 \italic \fromproperty #'header:title
    \pt #11 \bold \fromproperty #'page:page-number-string
  }
  \vspace #0.6
}
songHeader = \markup {
  \if #on-page-one \songFirstHeader
  \unless #on-page-one \songNextHeader
}
#(define-markup-command (song-part layout props shown) (string?)
  (interpret-markup layout props
   #{ \markup \override #'(box-padding . 0.4) \box \pt #11.5 \bold #shown #}))
#(define-markup-command (song-words layout props shown) (string?)
  (interpret-markup layout props #{ \markup \pt #11 \bold #shown #}))
#(define-markup-command (song-tempo layout props log dots bpm) (integer? integer? string?)
  (interpret-markup layout props
   #{ \markup \pt #11 \concat { \fontsize #-2 \note-by-number #log #dots #UP " = " #bpm } #}))
"""
_PAPER = (
    "top-system-spacing = #'((basic-distance . 6) (minimum-distance . 4) (padding . 2))",
    "top-markup-spacing = #'((basic-distance . 2) (padding . 1))",
    "system-system-spacing = "
    "#'((basic-distance . 15) (minimum-distance . 11) (padding . 4) (stretchability . 14))",
    "last-bottom-spacing = #'((basic-distance . 4) (padding . 2) (stretchability . 12))",
    "ragged-bottom = ##f",
    "ragged-last-bottom = ##t",
    "ragged-last = ##t",
)
_SONG_PAGE = r"""  \context { \Score
    \override SpacingSpanner.base-shortest-duration = #(ly:make-moment 1/10)
    \override BarNumber.break-visibility = #begin-of-line-visible
    \override BarNumber.font-size = #-1
  }
  \context { \Lyrics
    \override LyricText.font-size = #0.6
    \override VerticalAxisGroup.nonstaff-nonstaff-spacing.minimum-distance = #2.6
    \override LyricSpace.minimum-distance = #1.0
    \override LyricHyphen.minimum-distance = #0.8
  }
"""


@dataclass(frozen=True, slots=True)
class SongEdition:
    """What the pages of a song say: who wrote words and music, its form, and the house's paper."""

    edition: Edition
    words_by: str = ""
    music_by: str = ""
    form: str = ""


def song_in_book(score: Score, tempo_map: TempoMap, told: SongEdition) -> Book:
    """The pages of a song by themselves.

    Raises `MusicError` for a score without bars or singers, or for what cannot be written.
    """
    edition, house = told.edition, told.edition.house
    lines = set_lines(score, edition, tempo_map)
    staves = [staff for line in lines for staff in line.staves]
    if not staves or not score.grid.bars:
        raise MusicError("there is no bar or no singer to print", do="give the song a tune")
    bars = staves[0].bars
    frame = Frame(one_by_one(len(bars)), grace_rooms(staves))
    points = [
        *bar_points(score, bars),
        *meter_points(bars, hidden_meters(score)),
        *_headings(score, bars, tempo_map),
        *chord_points(score, bars),
    ]
    rows = {row: row_block(points, row, bars, frame) for row in Row}
    music = rows[Row.MARKS] + rows[Row.TIMELINE] + rows[Row.CHORDS]
    music += full_system(lines, frame, tall=False)
    name = "song"
    text = (
        f"{_SHEET}{staff_size_words(house.score_paper.staff_mm)}\n#(define word-points 10)\n"
        + book(
            name,
            _header(told),
            paper_block(house.score_paper, "songHeader", _PAPER),
            f"\\score {{\n<<\n{music}>>\n{_layout(single=len(staves) == 1)}}}\n",
        )
    )
    return Book(text, PrintedFile(f"{name}.pdf", PageKind.SCORE))


def _header(told: SongEdition) -> str:
    fields = {
        "title": told.edition.title,
        "songForm": told.form,
        "wordsBy": f"Words: {told.words_by}" if told.words_by else "",
        "musicBy": f"Music: {told.music_by}" if told.music_by else "",
    }
    said = "".join(f"  {name} = {quoted(text)}\n" for name, text in fields.items())
    return "\\header {\n" + said + "  tagline = ##f\n}\n"


def _headings(score: Score, bars: Sequence[WrittenBar], tempo_map: TempoMap) -> list[Point]:
    """The tempo over the first bar, and the name of each part of the song in its box."""
    tempo = printable(tempo_map.tempo_at(bars[0].start))
    log, dots = note_of(tempo.unit)
    first = rf"^\markup \song-tempo #{log} #{dots} {quoted(bpm_text(tempo.bpm))}"
    found = [Point(0, Fraction(0), Row.MARKS, "", first)]
    for mark in score.marks:
        if mark.kind is MarkKind.HIT or not mark.text.strip():
            continue
        kind = "song-part" if mark.kind is MarkKind.REHEARSAL else "song-words"
        word = rf"^\markup \{kind} {quoted(mark.text)}"
        found.append(Point(*spot(bars, mark.at), Row.MARKS, "", word))
    return found


def _layout(*, single: bool) -> str:
    names = (
        "  indent = 0\\mm\n  short-indent = 0\\mm\n"
        if single
        else ("  indent = 18\\mm\n  short-indent = 0\\mm\n")
    )
    hidden = r"  \context { \Staff \remove Instrument_name_engraver }" + "\n" if single else ""
    return f"\\layout {{\n{names}{EVERY_PAGE}{_SONG_PAGE}{hidden}}}\n"

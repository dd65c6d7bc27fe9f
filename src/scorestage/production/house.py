"""The house: copying and stage style. (Musical style is something else.)"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from scorestage.production.click_style import ClickStyle
from scorestage.production.cue import CueTiming

PLAIN_CLICK = ClickStyle()


@dataclass(frozen=True, slots=True)
class Paper:
    """A sheet and what is printed on it, in millimetres."""

    width_mm: Fraction
    height_mm: Fraction
    staff_mm: Fraction
    margin_mm: Fraction


@dataclass(frozen=True, slots=True)
class House:
    """How pages, click and stage film look and sound in one house.

    Times are in seconds; colours are `#rrggbb`.
    """

    id: str
    name: str
    score_paper: Paper
    part_paper: Paper
    bar_number_every_bar: bool = True
    large_time_signatures: bool = True
    timings_in_parts: bool = False
    timing: CueTiming = CueTiming.CLICK
    """How cues are recorded that do not say it themselves: to a click, or free."""
    warning_clicks: int = 8
    click_accents: bool = False
    click_hz: int = 1600
    click: ClickStyle = PLAIN_CLICK
    """What the click does besides clicking on every beat."""
    streamer_seconds: Fraction = Fraction(2)
    streamer_beats: Fraction = Fraction(0)
    """Streamers as long as so many click beats; 0: `streamer_seconds`."""
    flutter_punches: int = 5
    flutter_bars: int = 0
    """In free timing a flutter on every so many bars; 0: at phrases and tempo changes only."""
    warning_colour: str = "#f2d024"
    downbeat_colour: str = "#2fbf5b"
    hit_colour: str = "#f4f4f0"
    cutoff_colour: str = "#e0342c"
    punch_frames: int = 2
    pre_roll_seconds: Fraction = Fraction(10)
    """Picture (or black) before the first warning click on the stage film."""
    c_score: bool = True
    silent_staves: bool = True
    """Whether players who are silent throughout the cue keep their staves in the score."""
    condensed: bool = False
    """Whether players of one instrument share a staff of the score (1., 2., a2)."""
    key_signatures: bool = False
    """Whether pages print key signatures; sessions write accidentals in each bar instead."""
    free_bars: int = 0
    """Bars of click counted before the music, unprinted: with 2 the first bar of music is bar 3."""
    open_pages: int = 2
    """Pages of a part that lie open side by side: more where parts are taped to fold out."""
    turn_seconds: Fraction = Fraction(2)
    """What a player needs to turn a page."""
    cue_notes_after_bars: int = 8
    """After so many bars' rest a part shows what another player has before the entry; 0: never."""
    score_page_bars: int = 4
    """Bars that count as one page of score when orchestration is paid by the page."""
    part_page_lines: int = 10
    """Lines of music that count as one page of a part when copying is paid by the page."""

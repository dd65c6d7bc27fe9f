"""Timing (breakdown) notes: what happens in a cue, to the hundredth of a second."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from scorestage.paperwork.table import Column, Table
from scorestage.production import Cue, ReelClock
from scorestage.timebase import FeetFrames, FilmClock, FilmTime, clock_text

COLUMNS = (
    Column("CUE", 9, right=True),
    Column("ABS", 14),
    Column("FEET", 10, right=True),
    Column("DESCRIPTION", 60),
    Column("WEIGHT", 8),
)
_MEANS = (
    "Cue: minutes, seconds and hundredths from the start of the music; abs: timecode; feet: 35 mm "
)
_WEIGHTS = "Weight of a hit: • nice to meet … ••••• must be met."
LEGEND = (_MEANS + "feet+frames from the film's first frame.", _WEIGHTS)
REEL_LEGEND = (_MEANS + "feet+frames from the reel's picture start (0+00).", _WEIGHTS)


@dataclass(frozen=True, slots=True)
class PictureNote:
    """Something seen or said inside a cue, as it is to be noted."""

    at: FilmTime
    words: str
    spoken: bool = False


def timing_notes(
    cue: Cue,
    clock: FilmClock | ReelClock,
    seen: Iterable[PictureNote] = (),
    production: str = "",
    facts: tuple[tuple[str, str], ...] = (),
) -> Table:
    """The notes of one cue: time from its start (m:ss.hh), timecode, 35 mm feet, words, weight.

    Layout after the breakdown notes of music editors: absolute and relative columns, first line
    "music starts", last line "music out by this point". Where a hit stands, what is seen there is
    left to its words; what is seen as the music starts stands in its first line. More `facts` go
    above the table. Raises `ValueError` for a cue without a place in the film.
    """
    if cue.start is None or cue.end is None:
        raise ValueError(f"cue {cue.number} has no place in the film yet")
    begins = cue.start
    noted = tuple(seen)
    lines = _lines(cue, noted)
    first = next((n.words for n in noted if n.at == begins and not n.spoken), "")
    lines = [
        (begins, f"MUSIC STARTS ({cue.way_in}){f'  {first}' if first else ''}", "", True),
        *lines,
        (cue.end, f"MUSIC OUT by this point ({cue.leaves})", "", True),
    ]
    rows = tuple(_row(at, begins, words, mark, clock) for at, words, mark, _ in lines)
    reels = isinstance(clock, ReelClock) and clock.has_leaders
    return Table(
        title=f"{f'{cue.number}  {cue.title}'.strip()}  timing notes",
        columns=COLUMNS,
        rows=rows,
        facts=(
            ("Production", production),
            ("Cue", cue.number),
            ("Begins", clock.nearest_label(begins)),
            ("Ends", clock.nearest_label(cue.end)),
            ("Length", clock_text((cue.end - begins).seconds)),
            ("Frames", f"{clock.rate.name} fps"),
            *facts,
        ),
        strong=frozenset(index for index, line in enumerate(lines) if line[3]),
        legend=REEL_LEGEND if reels else LEGEND,
    )


def _lines(cue: Cue, seen: tuple[PictureNote, ...]) -> list[tuple[FilmTime, str, str, bool]]:
    """What is seen, said and to be hit, in film order: when, words, weight, whether it is a hit."""
    hit_times = {hit.at for hit in cue.live_hits}
    lines = [
        (note.at, note.words, "", False)
        for note in seen
        if note.spoken or (note.at not in hit_times and note.at != cue.start)
    ]
    for hit in cue.live_hits:
        words = f"HIT  {hit.words or hit.kind}"
        lines.append((hit.at, words, "•" * hit.weight, True))
    return sorted(lines, key=lambda line: line[0])


def _row(
    at: FilmTime, begins: FilmTime, words: str, mark: str, clock: FilmClock | ReelClock
) -> tuple[str, ...]:
    relative: Fraction = (at - begins).seconds
    if isinstance(clock, ReelClock):
        feet = clock.feet(at)
    else:
        feet = str(FeetFrames(max(0, clock.rate.nearest_frame(at))))
    return clock_text(relative), clock.nearest_label(at), feet, words, mark

"""The instrument list at the head of a score: who plays, how many, and what they change to."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from scorestage.engraving.lines import set_up_lines
from scorestage.music import Line, Score
from scorestage.timebase import BarGrid

_BETWEEN = "; "


def instrument_list(score: Score) -> str:
    """Everybody who plays in a cue on one line, in score order; empty where one plays alone.

    Players of one instrument in a row are told together, sections with their number, and whoever
    changes or strikes several things with what and from which bar.
    """
    playing = [line for line in score.lines if not line.is_silent]
    if len(playing) < 2:
        return ""
    runs = groupby(playing, key=_stem)
    return _BETWEEN.join(_told(stem, list(run), score.grid) for stem, run in runs)


def _stem(line: Line) -> str:
    """What players of one instrument are called alike: `Flute` of `Flute 3`."""
    name, _, number = line.player.name.rpartition(" ")
    return name if name and number.isdecimal() else line.player.name


def _told(stem: str, lines: Sequence[Line], grid: BarGrid) -> str:
    several = len(lines) > 1
    changing = [(line, _more(line, grid)) for line in lines]
    told = " / ".join(
        f"{line.player.name.rpartition(' ')[2]}: {more}" if several else more
        for line, more in changing
        if more
    )
    if several:
        numbers = [line.player.name.rpartition(" ")[2] for line in lines]
        name = f"{stem} {numbers[0]}–{numbers[-1]}"
    else:
        player = lines[0].player
        name = f"{player.name} ({player.count})" if player.is_section else player.name
    return f"{name} [{told}]" if told else name


def _more(line: Line, grid: BarGrid) -> str:
    """The instruments taken up, or the drums struck."""
    return ", ".join(told.removeprefix("Set-up: ") for told in set_up_lines(line, grid))

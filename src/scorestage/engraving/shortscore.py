"""A sketch as it is read on paper: a staff that lies low for long changes to the bass clef."""

from __future__ import annotations

from dataclasses import replace

from scorestage.music import Line, Role, Score, Sketch

_CLEFS = ("G2", "F4")
_BETWEEN = (Role.COUNTER, Role.HARMONY, Role.RHYTHM, Role.COLOUR)


def short_score(sketch: Sketch) -> Score:
    """The sketch's score; staves between tune and bass may change clef where that reads easier.

    Not where the composer named a clef. A tune keeps its own, and so do accents, which span both.
    """
    score = sketch.as_score()
    free = [strand.role in _BETWEEN and not strand.staff.clef for strand in sketch.strands]
    lines = (
        _changing(line) if changes else line
        for line, changes in zip(score.lines, free, strict=True)
    )
    return replace(score, lines=tuple(lines))


def _changing(line: Line) -> Line:
    instrument = replace(line.player.instrument, clefs=_CLEFS)
    _, *others = line.player.instruments
    return replace(line, player=replace(line.player, instruments=(instrument, *others)))

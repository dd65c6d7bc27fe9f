"""Small scores in code: one player, one passage, at a tempo; checked as anybody's score is."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from tests.sketches import FOUR, notes

from scorestage.adapters.catalogue import load_instrument
from scorestage.music import Dynamic, DynamicMark, Line, Player, Score, Slur, Staff, Voice
from scorestage.orchestration import Fault, FaultKind, check
from scorestage.timebase import BarGrid, Beat, FilmTime, Tempo, TempoMap


def solo(
    instrument: str,
    text: str,
    *more: str,
    count: int = 1,
    dynamic: Dynamic = Dynamic.MF,
    slurred: bool = False,
    name: str = "",
    **signs: object,
) -> Line:
    """One player (or `count`); further texts are further staves, or voices of a single staff."""
    held = load_instrument(instrument)
    player = Player(name or instrument, name or held.name, held.abbreviation, (held,), count)
    voices = [tuple(notes(f"n{place}.", own)) for place, own in enumerate((text, *more))]
    marks = (DynamicMark(Beat(0), dynamic),)
    first = voices[0]
    slurs = (Slur(first[0].id, first[-1].id),) if slurred else ()
    if held.staves > 1:
        staves = [
            Staff((Voice(own),), marks if not place else ()) for place, own in enumerate(voices)
        ]
        staves[0] = replace(staves[0], slurs=slurs, **signs)  # type: ignore[arg-type]
        return Line(player, tuple(staves))
    staff = Staff(tuple(Voice(own) for own in voices), marks, (), slurs)
    return Line(player, (replace(staff, **signs),))  # type: ignore[arg-type]


def kinds(
    *lines: Line,
    bpm: int | Fraction = 60,
    only: FaultKind | None = None,
    session: bool = False,
    percussionists: int | None = None,
) -> list[Fault]:
    """The faults of these players in 4/4, without the advice about entries and equal parts."""
    grid = BarGrid.regular(24, FOUR)
    tempo_map = TempoMap.steady(FilmTime(0), Tempo(bpm), grid)
    found = check(Score(grid, lines), tempo_map, session=session, percussionists=percussionists)
    left = [one for one in found if one.kind not in (FaultKind.ENTRY, FaultKind.SAME)]
    return [one for one in left if only is None or one.kind is only]

"""A player's whole line as written staves, whatever instruments are taken up on the way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from scorestage.errors import MusicError, Where
from scorestage.music.instrument import Instrument
from scorestage.music.notation import KeyChange
from scorestage.music.score import Line
from scorestage.music.written.page import page_clefs, page_shift
from scorestage.music.written.values import WrittenBar, WrittenStaff
from scorestage.music.written.writing import write_out
from scorestage.timebase import BarGrid, Beat, Beats


@dataclass(frozen=True, slots=True)
class Holding:
    """From `start` on `instrument` is in hand."""

    start: Beat
    instrument: Instrument


def holdings(line: Line, grid: BarGrid) -> tuple[Holding, ...]:
    """The instruments of a line as they are taken up, the first from the beginning.

    Raises `MusicError` for one that the player does not have.
    """
    found = [Holding(Beat(0) - grid.pickup, line.player.instrument)]
    for at, name in sorted(line.changes, key=lambda change: change[0]):
        own = {one.id: one for one in reversed(line.player.instruments)}
        if name not in own:
            where = Where(bar=str(grid.position(at).label), player=line.player.name)
            raise MusicError(
                f"takes up {name!r} without having one",
                where,
                f"has: {', '.join(one.id for one in line.player.instruments)}",
            )
        if own[name] != found[-1].instrument:
            found.append(Holding(at, own[name]))
    return tuple(found)


def write_line(
    line: Line,
    grid: BarGrid,
    *,
    concert: bool,
    keys: bool = False,
    clefs_as_set: bool | None = None,
) -> tuple[WrittenStaff, ...]:
    """The staves of `line` in a C score (`concert`) or in the player's own part.

    Each note is written for the instrument then in hand. `keys` prints the line's key signatures.
    Clefs that a person set are kept where the page stands as high as the one they were set on;
    `clefs_as_set` says it outright.
    Raises `MusicError` for what cannot be written.
    """
    held = holdings(line, grid)
    found = []
    for index, staff in enumerate(line.staves):
        versions = [
            write_out(
                staff,
                grid,
                shift=page_shift(holding.instrument, concert=concert),
                clefs=page_clefs(holding.instrument, concert=concert, staff=index),
                keys=_own_keys(line, index) if keys else (),
                clefs_as_set=_as_set(holding, concert) if clefs_as_set is None else clefs_as_set,
                player=line.player.name,
            )
            for holding in held
        ]
        found.append(versions[0] if len(versions) == 1 else _mixed(versions, held))
    return tuple(found)


def _own_keys(line: Line, staff: int) -> tuple[KeyChange, ...]:
    return tuple(key for key in line.keys if key.staff in (0, staff + 1))


def _as_set(holding: Holding, concert: bool) -> bool:
    """In a C score what is written an octave or more higher needs clefs of its own."""
    return not concert or holding.instrument.transposition.semitones > _OCTAVE_LOWER


_OCTAVE_LOWER = -12


def _mixed(versions: Sequence[WrittenStaff], held: Sequence[Holding]) -> WrittenStaff:
    """One staff of several: each event from the version of the instrument in hand."""
    bars = []
    clefs: list[str | None] = [None] * len(held)
    before: str | None = None
    for bar_versions in zip(*(version.bars for version in versions), strict=True):
        clefs = [bar.clef or clef for bar, clef in zip(bar_versions, clefs, strict=True)]
        clef = clefs[in_hand(held, _first_heard(bar_versions[0]))]
        bar = _mixed_bar(bar_versions, held)
        bars.append(replace(bar, clef=clef if clef != before else None))
        before = clef
    return WrittenStaff(tuple(bars))


def _first_heard(bar: WrittenBar) -> Beat:
    """Where the first note of a bar begins; its barline where nothing sounds.

    What is taken up in a bar before its first note is read in its own clef from the barline on.
    """
    onsets = (event.onset for voice in bar.voices for event in voice.events if event.is_note)
    return bar.start + Beats(min(onsets, default=Fraction(0)))


def _mixed_bar(versions: Sequence[WrittenBar], held: Sequence[Holding]) -> WrittenBar:
    first = versions[0]
    voices = []
    for place, voice in enumerate(first.voices):
        events = [
            versions[in_hand(held, first.start + Beats(event.onset))].voices[place].events[number]
            for number, event in enumerate(voice.events)
        ]
        voices.append(replace(voice, events=tuple(events)))
    keys = tuple(
        versions[in_hand(held, first.start + Beats(offset))].keys[number]
        for number, (offset, _) in enumerate(first.keys)
    )
    return replace(first, voices=tuple(voices), keys=keys)


def in_hand(held: Sequence[Holding], at: Beat) -> int:
    """Which of the instruments held in turn is in hand at `at`."""
    later = (place for place, one in enumerate(held) if place and one.start <= at)
    return max(later, default=0)

"""A player's line as written staves, whatever instruments are taken up on the way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from scorestage.engraving.signs import InstrumentWords
from scorestage.errors import MusicError, Where
from scorestage.music import DrumSound, Family, Instrument, Line, Player, Staff, Unpitched
from scorestage.music.written import (
    WrittenBar,
    WrittenStaff,
    page_clefs,
    page_shift,
    write_out,
)
from scorestage.timebase import BarGrid, Beat, Beats

_BARS_REMEMBERED = 4
"""After so many bars without a stroke the drum is named again."""


@dataclass(frozen=True, slots=True)
class Holding:
    """From `start` on `instrument` is in hand."""

    start: Beat
    instrument: Instrument


def written_line(line: Line, grid: BarGrid, *, concert: bool) -> tuple[WrittenStaff, ...]:
    """The staves of `line` as they stand in a C score (`concert`) or in the player's part.

    Where another instrument is taken up, its name stands over the top staff and its transposition
    holds from there; `to …` warns after the last note before.

    Raises `MusicError` for an instrument the player does not have, or notes that cannot be written.
    """
    held = holdings(line, grid)
    found = []
    for index, staff in enumerate(line.staves):
        told = _with_changes(staff, held) if index == 0 else staff
        told = _with_strokes_named(told, line.player, grid)
        found.append(_written_staff(told, index, held, line.player, grid, concert))
    return tuple(found)


def holdings(line: Line, grid: BarGrid) -> tuple[Holding, ...]:
    """The instruments of a line in the order they are taken up, the first from the beginning."""
    found = [Holding(Beat(0) - grid.pickup, line.player.instrument)]
    for at, name in sorted(line.changes, key=lambda change: change[0]):
        instrument = next(
            (own for own in line.player.instruments if name in (own.id, own.name)), None
        )
        if instrument is None:
            have = ", ".join(own.id for own in line.player.instruments)
            where = Where(bar=str(grid.position(at).label), player=line.player.name)
            raise MusicError(f"takes up {name!r} without having one", where, f"has: {have}")
        if instrument != found[-1].instrument:
            found.append(Holding(at, instrument))
    return tuple(found)


def strokes(player: Player) -> dict[str, DrumSound]:
    """All strokes of a player's instruments by the name notes call them."""
    return {sound.id: sound for own in player.instruments for sound in own.drums}


def _with_changes(staff: Staff, held: Sequence[Holding]) -> Staff:
    """The staff with the names of the instruments taken up over it; drums are named as struck."""
    words = list(staff.words)
    for holding in held[1:]:
        before = [note.end for note in staff.notes if note.end <= holding.start]
        if before and before[-1] < holding.start:
            words.append(InstrumentWords(max(before), f"to {holding.instrument.name}"))
        if not holding.instrument.drums:
            words.append(InstrumentWords(holding.start, holding.instrument.name))
    return replace(staff, words=tuple(words))


def _with_strokes_named(staff: Staff, player: Player, grid: BarGrid) -> Staff:
    """A percussionist's staff with the name of each drum where it is first struck, or after long.

    A drum kit needs no names: its places on the staff are known.
    """
    named = [own for own in player.instruments if own.family is Family.PERCUSSION]
    names = {sound.id: sound.name for own in named for sound in own.drums}
    if not names:
        return staff
    words = list(staff.words)
    last_bar: dict[str, int] = {}
    for note in staff.notes:
        struck = [head.sound for head in note.pitches if isinstance(head, Unpitched)]
        bar = grid.index_at(note.onset)
        new = [
            names.get(sound, sound)
            for sound in dict.fromkeys(struck)
            if bar - last_bar.get(sound, -_BARS_REMEMBERED - 1) > _BARS_REMEMBERED
        ]
        if new:
            words.append(InstrumentWords(note.onset, " + ".join(new)))
        last_bar.update(dict.fromkeys(struck, bar))
    return replace(staff, words=tuple(words))


def _written_staff(
    staff: Staff,
    index: int,
    held: Sequence[Holding],
    player: Player,
    grid: BarGrid,
    concert: bool,
) -> WrittenStaff:
    written = [
        write_out(
            staff,
            grid,
            shift=page_shift(holding.instrument, concert=concert),
            clefs=page_clefs(holding.instrument, concert=concert, staff=index),
            player=player.name,
        )
        for holding in held
    ]
    if len(written) == 1:
        return written[0]
    starts = [holding.start for holding in held]
    bars = [_mixed(versions, starts) for versions in zip(*(w.bars for w in written), strict=True)]
    return WrittenStaff(tuple(_with_clefs(bars, written, starts)))


def _mixed(versions: Sequence[WrittenBar], starts: Sequence[Beat]) -> WrittenBar:
    """A bar whose every event is written for the instrument then in hand."""
    first = versions[0]
    voices = []
    for place, voice in enumerate(first.voices):
        events = [
            versions[_in_hand(starts, first.start + Beats(event.onset))]
            .voices[place]
            .events[number]
            for number, event in enumerate(voice.events)
        ]
        voices.append(replace(voice, events=tuple(events)))
    return replace(first, voices=tuple(voices))


def _with_clefs(
    bars: Sequence[WrittenBar], written: Sequence[WrittenStaff], starts: Sequence[Beat]
) -> list[WrittenBar]:
    """The bars with the clef of the instrument in hand where it differs from the one before."""
    found = []
    before = None
    in_force: list[str | None] = [None] * len(written)
    for place, bar in enumerate(bars):
        for index, version in enumerate(written):
            in_force[index] = version.bars[place].clef or in_force[index]
        clef = in_force[_in_hand(starts, bar.start)]
        found.append(replace(bar, clef=clef if clef != before else None))
        before = clef
    return found


def _in_hand(starts: Sequence[Beat], at: Beat) -> int:
    """Which instrument is in hand at `at`."""
    return max(index for index, start in enumerate(starts) if index == 0 or start <= at)

"""A player's line as written staves, whatever instruments are taken up on the way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from scorestage.engraving.onevoice import in_few_voices, without_stray_rests
from scorestage.engraving.signs import InstrumentWords
from scorestage.music import DrumSound, Family, Line, Player, Staff, Technique, Unpitched
from scorestage.music.written import Holding, WrittenStaff, holdings, write_line
from scorestage.timebase import BarGrid, Beats

_BARS_REMEMBERED = 4
"""After so many bars without a stroke the drum is named again."""
_WHATEVER_IS_AT_HAND = "percussion"
"""The catalogue's instrument of all usual drums and cymbals: nobody takes up "Percussion"."""
_MUTES = {Technique.CON_SORDINO: "take mute", Technique.SENZA_SORDINO: "mute off"}
_TIME_TO_READ = Beats(4)
"""A warning stands only where there is so much rest that it helps."""


def written_line(
    line: Line, grid: BarGrid, *, concert: bool, keys: bool = False, all_rests: bool = True
) -> tuple[WrittenStaff, ...]:
    """The staves of `line` as they stand in a C score (`concert`) or in the player's part.

    Where another instrument is taken up, its name stands over the top staff and its transposition
    holds from there; `to …` warns after the last note before. `keys` has key signatures.
    Without `all_rests` lower voices of keyboards rest unseen before and after their notes.

    Raises `MusicError` for an instrument the player does not have, or notes that cannot be written.
    """
    line = in_few_voices(line, grid)
    held = holdings(line, grid)
    told = []
    for index, staff in enumerate(line.staves):
        named = _with_changes(staff, held, line.player) if index == 0 else staff
        named = named if concert else _with_mutes_prepared(named)
        told.append(_with_strokes_named(named, line.player, grid))
    staves = write_line(replace(line, staves=tuple(told)), grid, concert=concert, keys=keys)
    one_person = line.player.instrument.staves > 1
    return without_stray_rests(staves) if one_person and not all_rests else staves


def _with_mutes_prepared(staff: Staff) -> Staff:
    """The staff with a warning after the last note before a mute is put on or taken off."""
    words = list(staff.words)
    notes = staff.notes
    for mark in staff.techniques:
        before = [note.end for note in notes if note.end <= mark.at]
        if mark.technique in _MUTES and before and mark.at - max(before) >= _TIME_TO_READ:
            words.append(InstrumentWords(max(before), f"({_MUTES[mark.technique]})"))
    return replace(staff, words=tuple(words))


def strokes(player: Player) -> dict[str, DrumSound]:
    """All strokes of a player's instruments by the name notes call them."""
    return {sound.id: sound for own in player.instruments for sound in own.drums}


def _with_changes(staff: Staff, held: Sequence[Holding], player: Player) -> Staff:
    """The staff with the names of the instruments taken up over it; drums are named as struck.

    Bars and bells that a percussionist begins with are named where they are first struck.
    """
    words = list(staff.words)
    begun = held[0].instrument if held else None
    if (
        begun is not None
        and begun.family is Family.PERCUSSION
        and len(player.instruments) > 1
        and not begun.drums
        and staff.notes
        and begun.name.casefold() not in player.name.casefold()
    ):
        words.append(InstrumentWords(staff.notes[0].onset, begun.name))
    for holding in held[1:]:
        before = [note.end for note in staff.notes if note.end <= holding.start]
        if before and before[-1] < holding.start:
            words.append(InstrumentWords(max(before), f"to {_first_needed(holding, staff)}"))
        if not holding.instrument.drums:
            words.append(InstrumentWords(holding.start, holding.instrument.name))
    return replace(staff, words=tuple(words))


def _first_needed(holding: Holding, staff: Staff) -> str:
    """What is taken up: the instrument, of whatever is at hand what is struck first."""
    if holding.instrument.id != _WHATEVER_IS_AT_HAND:
        return holding.instrument.name
    names = {sound.id: sound.name for sound in holding.instrument.drums}
    later = (head for note in staff.notes if note.onset >= holding.start for head in note.pitches)
    struck = (head.sound for head in later if isinstance(head, Unpitched))
    return next((names[sound] for sound in struck if sound in names), holding.instrument.name)


def _with_strokes_named(staff: Staff, player: Player, grid: BarGrid) -> Staff:
    """A percussionist's staff with the name of each drum where it is first struck, or after long.

    A drum kit needs no names: its places on the staff are known. Nor does a drum that the player is
    called after.
    """
    named = [own for own in player.instruments if own.family is Family.PERCUSSION]
    names = {sound.id: sound.name for own in named for sound in own.drums}
    if not names or {one.casefold() for one in names.values()} == {player.name.casefold()}:
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
            words.append(InstrumentWords(note.onset, " + ".join(dict.fromkeys(new))))
        last_bar.update(dict.fromkeys(struck, bar))
    return replace(staff, words=tuple(words))


def set_up_lines(line: Line, grid: BarGrid) -> tuple[str, ...]:
    """What a player must have at hand in this cue: the drums struck, the instruments taken up.

    Told in the order in which they are needed; nothing for who plays one instrument throughout.
    """
    held = holdings(line, grid)
    if line.player.instrument.family is Family.PERCUSSION:
        needed = _set_up(line, held, grid)
        return (f"Set-up: {', '.join(needed)}",) if needed else ()
    if len(held) < 2:
        return ()
    later = (_from_bar(one, grid) for one in held[1:])
    return (", ".join((held[0].instrument.name, *later)),)


def _set_up(line: Line, held: Sequence[Holding], grid: BarGrid) -> tuple[str, ...]:
    """A percussionist's drums and instruments as they come, each once."""
    names = {own.id: own.name for own in strokes(line.player).values()}
    struck = [
        (note.onset, names.get(head.sound, head.sound), names.get(head.sound, head.sound))
        for note in line.notes
        for head in note.pitches
        if isinstance(head, Unpitched)
    ]
    played = [
        (one.start, one.instrument.name, _from_bar(one, grid) if place else one.instrument.name)
        for place, one in enumerate(held)
        if not one.instrument.drums
    ]
    if not struck and len(held) < 2:
        return ()
    needed: dict[str, str] = {}
    for _, name, told in sorted((*played, *struck), key=lambda one: one[0]):
        needed.setdefault(name, told)
    return tuple(needed.values())


def _from_bar(holding: Holding, grid: BarGrid) -> str:
    return f"{holding.instrument.name} (bar {grid.position(holding.start).label})"

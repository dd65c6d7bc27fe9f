"""Whole scores: who plays what. Staff layout, condensing and transposition are views made of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from scorestage.music.instrument import Instrument, Player
from scorestage.music.marks import (
    ChordSymbol,
    DynamicMark,
    Hairpin,
    Mark,
    Slur,
    TechniqueMark,
    Words,
)
from scorestage.music.notation import ClefChange, KeyChange, PartGroup, StaffSign
from scorestage.music.note import Note, Voice
from scorestage.timebase import BarGrid, Beat


@dataclass(frozen=True, slots=True)
class Staff:
    """One staff: its voices and the signs that belong to it. `clef` empty: chosen when written.

    `signs` are all further signs; `clefs` those a person set by hand;
    `cues` are notes printed small that somebody else plays.
    """

    voices: tuple[Voice, ...]
    dynamics: tuple[DynamicMark, ...] = ()
    hairpins: tuple[Hairpin, ...] = ()
    slurs: tuple[Slur, ...] = ()
    techniques: tuple[TechniqueMark, ...] = ()
    words: tuple[Words, ...] = ()
    clef: str = ""
    signs: tuple[StaffSign, ...] = ()
    clefs: tuple[ClefChange, ...] = ()
    cues: tuple[Voice, ...] = ()

    @property
    def notes(self) -> tuple[Note, ...]:
        """All notes of all voices in order of onset."""
        if len(self.voices) == 1:
            return self.voices[0].notes
        found = (note for voice in self.voices for note in voice.notes)
        return tuple(sorted(found, key=lambda note: note.onset))

    @property
    def is_silent(self) -> bool:
        """Whether nothing is played."""
        return not any(voice.notes for voice in self.voices)


@dataclass(frozen=True, slots=True)
class Line:
    """All that one player plays in a cue; `changes` says where another instrument is taken up."""

    player: Player
    staves: tuple[Staff, ...]
    changes: tuple[tuple[Beat, str], ...] = ()
    keys: tuple[KeyChange, ...] = ()
    """Key signatures as they sound; session pages print none."""

    @property
    def notes(self) -> tuple[Note, ...]:
        """All notes of all staves in order of onset."""
        if len(self.staves) == 1:
            return self.staves[0].notes
        found = (note for staff in self.staves for note in staff.notes)
        return tuple(sorted(found, key=lambda note: note.onset))

    def held_at(self, at: Beat) -> Instrument:
        """The instrument in hand at a beat; the player's first where a change names no own one."""
        names = [name for since, name in sorted(self.changes) if since <= at]
        known = {one.id: one for one in self.player.instruments}
        return known.get(names[-1] if names else "", self.player.instrument)

    @property
    def is_silent(self) -> bool:
        """Whether the player has nothing to play: a tacet sheet is due."""
        return all(staff.is_silent for staff in self.staves)


@dataclass(frozen=True, slots=True)
class Score:
    """A cue written out: bars, players' lines in score order, marks over all, chord symbols.

    Sounding pitch throughout. Tempo and film time stay in the tempo map that travels with it.
    `signs` stand at bars: repeats and other barlines, page breaks, how signatures are drawn;
    `groups` are the brackets a person set (none: families are bracketed).
    """

    grid: BarGrid
    lines: tuple[Line, ...]
    marks: tuple[Mark, ...] = ()
    chords: tuple[ChordSymbol, ...] = ()
    signs: tuple[StaffSign, ...] = ()
    groups: tuple[PartGroup, ...] = ()

    def notes(self) -> Iterator[tuple[Line, Note]]:
        """Every note with the line it stands in."""
        for line in self.lines:
            for note in line.notes:
                yield line, note

    def line_of(self, player_id: str) -> Line:
        """The line of one player.

        Raises `KeyError` for a player who is not in the score.
        """
        for line in self.lines:
            if line.player.id == player_id:
                return line
        raise KeyError(player_id)

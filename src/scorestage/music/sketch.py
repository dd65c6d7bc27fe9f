"""Sketches: what is to sound, by role, before anyone is chosen to play it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum

from scorestage.music.instrument import Family, Instrument, Player
from scorestage.music.marks import ChordSymbol, Mark
from scorestage.music.score import Line, Score, Staff
from scorestage.timebase import BarGrid


class Role(StrEnum):
    """What a strand of the sketch is for; the name is also what its staff is called."""

    MELODY = "Melody"
    COUNTER = "Counter-melody"
    HARMONY = "Harmony"
    RHYTHM = "Rhythm"
    BASS = "Bass"
    COLOUR = "Colour"
    ACCENT = "Accents"


@dataclass(frozen=True, slots=True)
class Strand:
    """One role of the sketch on one staff; `assign` names players the composer marked."""

    role: Role
    staff: Staff
    name: str = ""
    assign: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """What its staff is called."""
        return self.name or self.role.value


@dataclass(frozen=True, slots=True)
class Sketch:
    """A short score: strands by role, with chord symbols and marks.

    Accents at hits stand on strands of `Role.ACCENT`; everything sounds at written pitch.
    """

    grid: BarGrid
    strands: tuple[Strand, ...]
    marks: tuple[Mark, ...] = ()
    chords: tuple[ChordSymbol, ...] = ()

    def of_role(self, role: Role) -> tuple[Strand, ...]:
        """All strands of one role."""
        return tuple(strand for strand in self.strands if strand.role is role)

    def as_score(self) -> Score:
        """The same music as a score with one staff per strand, to be written to a file."""
        lines = (
            Line(_sketch_player(index, strand), (strand.staff,))
            for index, strand in enumerate(self.strands)
        )
        return Score(self.grid, tuple(lines), self.marks, self.chords)

    @classmethod
    def of_score(cls, score: Score) -> Sketch:
        """A short score read from a file as a sketch; the inverse of `as_score`.

        Roles are known by the instrument's id, by the staff's name, else by what they do. Players
        in brackets after the name (`Melody [fl1, vn1]`) are those the composer wants for it.
        """
        strands = []
        for line in score.lines:
            match = _NAME_AND_PLAYERS.fullmatch(line.player.name)
            name = match[1].strip() if match else line.player.name
            wanted = tuple((match[2] if match else "").replace(",", " ").split())
            role = _ROLE_OF_ID.get(line.player.instrument.id) or _role_of(name)
            if role is None:
                role = _role_by_place(line, score)
            for staff in line.staves:
                own = replace(staff, clef=staff.clef or _own_clef(line, role))
                strands.append(Strand(role, own, "" if name == role.value else name, wanted))
        return cls(score.grid, tuple(strands), score.marks, score.chords)


_NAME_AND_PLAYERS = re.compile(r"(.*?)\s*\[([^\]]*)\]\s*")
_ROLE_OF_ID = {f"sketch-{role.name.lower()}": role for role in Role}


def _usual_clef(role: Role) -> str:
    return "F4" if role is Role.BASS else "G2"


def _own_clef(line: Line, role: Role) -> str:
    """The clef a strand asked for, other than its role's usual one."""
    clefs = line.player.instrument.clefs
    asked = len(clefs) == 1 and line.player.instrument.id in _ROLE_OF_ID
    return clefs[0] if asked and clefs[0] != _usual_clef(role) else ""


def _sketch_player(index: int, strand: Strand) -> Player:
    clef = strand.staff.clef or _usual_clef(strand.role)
    name = strand.label + (f" [{', '.join(strand.assign)}]" if strand.assign else "")
    instrument = Instrument(
        id=f"sketch-{strand.role.name.lower()}",
        name=strand.label,
        abbreviation=_abbreviated(strand),
        family=Family.KEYBOARD,
        professional=None,
        comfortable=None,
        clefs=(clef,),
        max_polyphony=10,
    )
    return Player(f"s{index + 1}", name, _abbreviated(strand), (instrument,))


def _abbreviated(strand: Strand) -> str:
    """What its staff is called from the second system on."""
    if strand.label == strand.role.value:
        return _ABBREVIATIONS[strand.role]
    return strand.label if len(strand.label) < 6 else f"{strand.label[:4]}."


_ABBREVIATIONS = {
    Role.MELODY: "Mel.",
    Role.COUNTER: "C. mel.",
    Role.HARMONY: "Harm.",
    Role.RHYTHM: "Rhy.",
    Role.BASS: "Bass",
    Role.COLOUR: "Col.",
    Role.ACCENT: "Acc.",
}


def _role_of(name: str) -> Role | None:
    lowered = name.lower()
    for role in Role:
        if lowered.startswith(role.value.lower()[:6]):
            return role
    for words, role in _OTHER_NAMES.items():
        if words in lowered:
            return role
    return None


_OTHER_NAMES = {
    "tune": Role.MELODY,
    "lead": Role.MELODY,
    "chord": Role.HARMONY,
    "pad": Role.HARMONY,
    "ostinato": Role.RHYTHM,
    "hit": Role.ACCENT,
    "stab": Role.ACCENT,
}


def _role_by_place(line: Line, score: Score) -> Role:
    """For a staff whose name says nothing: the highest is the tune, the lowest the bass."""
    heights = {}
    for other in score.lines:
        keys = [pitch.key for note in other.notes for pitch in note.sounding]
        if keys:
            heights[other.player.id] = sum(keys) / len(keys)
    if not heights or line.player.id not in heights:
        return Role.COLOUR
    if heights[line.player.id] == max(heights.values()):
        return Role.MELODY
    if heights[line.player.id] == min(heights.values()):
        return Role.BASS
    return Role.HARMONY

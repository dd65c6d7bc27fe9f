"""Any short score as a sketch: strands, lead sheet, piano, choir, or staves marked for players.

Every note of the file is in exactly one strand, at its own time and pitch.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from scorestage.music import (
    Ensemble,
    Line,
    Note,
    Role,
    Score,
    Sketch,
    Staff,
    Strand,
    Voice,
    Words,
)
from scorestage.orchestration.naming import players_named
from scorestage.orchestration.texture import (
    Bars,
    ground_and_rest,
    is_a_pattern,
    moves_like_a_tune,
    top_and_rest,
    two_hands,
)
from scorestage.timebase import Beat

_BRACKETS = re.compile(r"(.*?)\s*\[([^\]]*)\]\s*")
_KEYBOARD = re.compile(r"\b(piano|klavier|keyboard|short score|reduction|particell|sketch|pno)\b")
_VOICES = {
    "soprano": Role.MELODY,
    "sop": Role.MELODY,
    "s": Role.MELODY,
    "treble": Role.MELODY,
    "alto": Role.HARMONY,
    "a": Role.HARMONY,
    "tenor": Role.HARMONY,
    "t": Role.HARMONY,
    "bass": Role.BASS,
    "b": Role.BASS,
    "baritone": Role.HARMONY,
}
_ROLE_WORDS = {
    "melody": Role.MELODY,
    "tune": Role.MELODY,
    "lead": Role.MELODY,
    "counter-melody": Role.COUNTER,
    "countermelody": Role.COUNTER,
    "counter": Role.COUNTER,
    "harmony": Role.HARMONY,
    "chords": Role.HARMONY,
    "pad": Role.HARMONY,
    "rhythm": Role.RHYTHM,
    "ostinato": Role.RHYTHM,
    "bass": Role.BASS,
    "colour": Role.COLOUR,
    "color": Role.COLOUR,
    "accents": Role.ACCENT,
    "accent": Role.ACCENT,
    "hits": Role.ACCENT,
    "stabs": Role.ACCENT,
}
_LASTING, _QUICK = Fraction(1, 3), Fraction(1, 2)
_TUTTI = frozenset({"tutti", "all", "tutta l'orchestra", "(free)"})


@dataclass(frozen=True, slots=True)
class ShortScore:
    """A sketch read from somebody's short score.

    `kind` says how it was understood: `strands`, `lead sheet`, `piano`, `choir`, `marked` or
    `staves`; `told` what was found where, in words.
    """

    sketch: Sketch
    kind: str
    told: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Staff:
    """A staff of the file with what its name says."""

    line: Line
    staff: Staff
    name: str
    role: Role | None
    players: tuple[str, ...]


def short_score(score: Score, ensemble: Ensemble) -> ShortScore:
    """A score of a few staves as a sketch for an ensemble.

    Staves are known by the sketch's own names (`Melody`, `Bass` …), by players (`Horns 1-2`,
    `Melody [fl1, vn1]`, or words over the notes), by voices of a choir, else by what they do.
    """
    staves = [one for line in score.lines for one in _staves(line, ensemble)]
    staves = [one for one in staves if not one.staff.is_silent]
    if staves and not all(one.role for one in staves):
        staves = _as_choir(staves)
    known = [one for one in staves if one.role is not None]
    unknown = [one for one in staves if one.role is None]
    free = [one for one in unknown if not one.players]
    strands = [_strand(one, one.role) for one in known if one.role is not None]
    strands += [_strand(one, _role_by_place(one, staves)) for one in unknown if one.players]
    strands += _told_apart(free, strands, score)
    parted = [piece for strand in strands for piece in _by_marks(strand, ensemble)]
    sketch = Sketch(score.grid, tuple(_named_apart(parted)), score.marks, score.chords)
    return ShortScore(sketch, _kind(staves, free, sketch), _told(sketch, ensemble))


def _staves(line: Line, ensemble: Ensemble) -> list[_Staff]:
    match = _BRACKETS.fullmatch(line.player.name)
    name = (match[1] if match else line.player.name).strip()
    players = players_named(match[2], ensemble) if match else ()
    role = _role(line, name)
    if role is None and not players and not _KEYBOARD.search(name.lower()):
        players = players_named(name, ensemble)
    return [_Staff(line, staff, name, role, players) for staff in line.staves]


def _role(line: Line, name: str) -> Role | None:
    for role in Role:
        if line.player.instrument.id == f"sketch-{role.name.lower()}":
            return role
    words = re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)?", name.lower())
    return _ROLE_WORDS.get(words[0]) if words and len(words) <= 2 else None


def _as_choir(staves: Sequence[_Staff]) -> list[_Staff]:
    """Soprano, alto, tenor and bass as they stand, where that is what most staves are called."""
    plain = [re.sub(r"[\W\d_]+|ii*$", "", one.name.lower()) for one in staves]
    if sum(name in _VOICES for name in plain) < max(2, len(staves) // 2):
        return list(staves)
    return [
        replace(one, role=_VOICES[name]) if name in _VOICES else one
        for one, name in zip(staves, plain, strict=True)
    ]


def _strand(one: _Staff, role: Role) -> Strand:
    label = "" if one.name in ("", role.value) else one.name
    return Strand(role, replace(one.staff, clef=""), label, one.players)


def _role_by_place(one: _Staff, staves: Sequence[_Staff]) -> Role:
    """For a staff whose name tells the players: what it does among the others."""
    heights = [_height(other.staff) for other in staves]
    mine = _height(one.staff)
    if len(staves) == 1 or mine == max(heights):
        return Role.MELODY
    if mine == min(heights) and mine < 60:
        return Role.BASS
    if is_a_pattern(one.staff.notes):
        return Role.RHYTHM
    top = max(staves, key=lambda other: _height(other.staff)).staff.notes
    return Role.COUNTER if moves_like_a_tune(one.staff.notes, top) else Role.HARMONY


def _height(staff: Staff) -> float:
    keys = [pitch.key for note in staff.notes for pitch in note.sounding]
    return sum(keys) / len(keys) if keys else 0.0


def _told_apart(free: Sequence[_Staff], known: Sequence[Strand], score: Score) -> list[Strand]:
    """Staves of which nothing is known: tune on top, bass below, the rest between."""
    if not free:
        return []
    roles = {strand.role for strand in known}
    ordered = sorted(free, key=lambda one: -_height(one.staff))
    if len(ordered) == 2 and not roles & {Role.MELODY, Role.BASS}:
        hands = two_hands(ordered[0].staff, ordered[1].staff, _bars(score))
        return [Strand(role, staff) for role, staves in hands.items() for staff in staves]
    found: list[Strand] = []
    tune: Sequence[Note] = [
        note for one in known if one.role is Role.MELODY for note in one.staff.notes
    ]
    if Role.MELODY not in roles:
        highest = _highest_that_lasts(ordered)
        top, rest = top_and_rest(highest.staff)
        found += [Strand(Role.MELODY, top)] if top else []
        found += [Strand(Role.HARMONY, rest)] if rest else []
        tune = top.notes if top else tune
        ordered = [one for one in ordered if one is not highest]
    if ordered and Role.BASS not in roles and _height(ordered[-1].staff) < 60:
        bass, figure, inner = ground_and_rest(ordered[-1].staff, _bars(score))
        pairs = ((Role.BASS, bass), (Role.RHYTHM, figure), (Role.HARMONY, inner))
        found += [Strand(role, staff) for role, staff in pairs if staff]
        ordered = ordered[:-1]
    for one in ordered:
        found.append(Strand(_middle_role(one.staff, tune), replace(one.staff, clef="")))
    return found


def _highest_that_lasts(ordered: Sequence[_Staff]) -> _Staff:
    """The highest staff, but for flourishes: quick, and heard less than a third of the time.

    A tune that enters late has long notes, and is the tune all the same.
    """
    lengths = [sum(note.length.quarters for note in one.staff.notes) for one in ordered]
    least = max(lengths) * _LASTING
    for one, length in zip(ordered, lengths, strict=True):
        quick = length <= len(one.staff.notes) * _QUICK
        if length >= least or not quick:
            return one
    return ordered[0]


def _middle_role(staff: Staff, tune: Sequence[Note]) -> Role:
    if not any(note.sounding for note in staff.notes) or is_a_pattern(staff.notes):
        return Role.RHYTHM
    return Role.COUNTER if moves_like_a_tune(staff.notes, tune) else Role.HARMONY


def _bars(score: Score) -> Bars:
    def bar_of(at: Fraction) -> int:
        return score.grid.index_at(Beat(at))

    return bar_of


def _by_marks(strand: Strand, ensemble: Ensemble) -> list[Strand]:
    """A strand cut where words over it name players: from there on they have it.

    `tutti` takes the mark back.
    """
    marks: list[tuple[Words, tuple[str, ...]]] = []
    for words in sorted(strand.staff.words, key=lambda one: one.at):
        if words.text.strip().lower().rstrip(".") in _TUTTI:
            marks.append((words, ()))
        elif players := players_named(words.text, ensemble):
            marks.append((words, players))
    if not marks:
        return [strand]
    borders = [words.at.quarters for words, _ in marks]
    wanted = [strand.assign, *(players for _, players in marks)]
    said = {id(words) for words, players in marks if players}
    plain = tuple(words for words in strand.staff.words if id(words) not in said)
    pieces = []
    for place, players in enumerate(wanted):
        low = borders[place - 1] if place else None
        high = borders[place] if place < len(borders) else None
        voices = tuple(
            Voice(
                tuple(
                    note
                    for note in voice.notes
                    if (low is None or note.onset.quarters >= low)
                    and (high is None or note.onset.quarters < high)
                )
            )
            for voice in strand.staff.voices
        )
        kept = tuple(voice for voice in voices if voice.notes)
        if kept:
            staff = replace(strand.staff, voices=kept, words=plain)
            pieces.append(replace(strand, staff=staff, assign=players))
    return pieces


def _named_apart(strands: Sequence[Strand]) -> list[Strand]:
    """Strands with a name of their own each: `Harmony`, `Harmony 2`."""
    seen: dict[str, int] = {}
    found = []
    for strand in strands:
        seen[strand.label] = seen.get(strand.label, 0) + 1
        count = seen[strand.label]
        found.append(strand if count == 1 else replace(strand, name=f"{strand.label} {count}"))
    return found


def _kind(staves: Sequence[_Staff], free: Sequence[_Staff], sketch: Sketch) -> str:
    if any(strand.assign for strand in sketch.strands):
        return "marked"
    if len(staves) == 1 and len(free) == 1 and not _is_polyphonic(free[0].staff):
        return "lead sheet"
    if staves and not free:
        voices = [re.sub(r"[\W\d_]+", "", one.name.lower()) for one in staves]
        sung = any(name in ("soprano", "alto", "tenor") for name in voices)
        return "choir" if sung else "strands"
    return "piano" if len(free) == 2 else "staves"


def _is_polyphonic(staff: Staff) -> bool:
    return len(staff.voices) > 1 or any(len(note.sounding) > 1 for note in staff.notes)


def _told(sketch: Sketch, ensemble: Ensemble) -> tuple[str, ...]:
    names = {player.id: player.name for player in ensemble.players}
    found = []
    for strand in sketch.strands:
        whom = ", ".join(names.get(one, one) for one in strand.assign)
        notes = len(strand.staff.notes)
        found.append(f"{strand.label}: {notes} notes" + (f", marked for {whom}" if whom else ""))
    return tuple(found)

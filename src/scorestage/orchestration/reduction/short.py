"""The short score: the layers of a full score written down once each, on a staff a role."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from scorestage.music import (
    DynamicMark,
    Hairpin,
    Note,
    Pitch,
    Role,
    Score,
    Sketch,
    Slur,
    Staff,
    Strand,
    Unpitched,
    Voice,
    Words,
)
from scorestage.orchestration.levels import LevelCurve
from scorestage.orchestration.reduction.layers import Layer, LayeredBar, layers_of
from scorestage.timebase import Beat

ROLES = (Role.MELODY, Role.COUNTER, Role.HARMONY, Role.RHYTHM, Role.COLOUR, Role.BASS)
"""The staves of a short score from the top."""
_VOICES = 4


@dataclass(frozen=True, slots=True)
class Reduction:
    """A full score as a short score: the sketch, the layers it was read from, what stayed out.

    `left_out` names each note (player, id) of the score of which some tone is nowhere in the
    sketch, not even in another octave.
    """

    sketch: Sketch
    bars: tuple[LayeredBar, ...]
    left_out: tuple[tuple[str, str], ...]


def reduce_score(score: Score, *, named: bool = True) -> Reduction:
    """A short score of at most six staves from a full score, roles found bar by bar.

    Every note is on a staff, or doubles one that is at the unison or in octaves, or is named in
    `left_out`. Over tune, counter-melody and bass stands who plays them, where it is to be `named`.
    """
    bars = layers_of(score)
    beside = _beside(bars)
    strands = []
    for role in ROLES:
        taken = [(bar.index, layer) for bar in bars for layer in bar.layers if layer.role is role]
        leading = [note for _, layer in taken for note in layer.leader.begun]
        voices = _voices(_chorded([*leading, *(beside if role is Role.HARMONY else ())]))
        if voices:
            strands.append(Strand(role, _staff(role, voices, taken, bars if named else (), score)))
    sketch = Sketch(score.grid, tuple(strands), score.marks, score.chords)
    return Reduction(sketch, bars, _missing(score, sketch))


def _missing(score: Score, sketch: Sketch) -> tuple[tuple[str, str], ...]:
    there = {
        tone for strand in sketch.strands for note in strand.staff.notes for tone in _tones(note)
    }
    return tuple(
        (line.player.name, note.id)
        for line, note in score.notes()
        if any(tone not in there for tone in _tones(note))
    )


def _beside(bars: Sequence[LayeredBar]) -> list[Note]:
    """Where one who doubles leaves the line it doubles: those tones, as harmony."""
    found = []
    for bar in bars:
        for layer in bar.layers:
            led = {tone for note in layer.leader.begun for tone in _tones(note)}
            for passage in layer.group[1:]:
                for note in passage.begun:
                    own = tuple(p for p in note.pitches if (note.onset, _class_of(p)) not in led)
                    if own:
                        found.append(replace(note, pitches=own))
    return found


def _tones(note: Note) -> list[tuple[Beat, object]]:
    return [(note.onset, _class_of(pitch)) for pitch in note.pitches]


def _class_of(pitch: Pitch | Unpitched) -> object:
    return pitch if isinstance(pitch, Unpitched) else pitch.key % 12


def _chorded(notes: Sequence[Note]) -> list[Note]:
    """From the earliest and highest; those begun and ended together become one chord."""
    found: dict[tuple[Beat, Beat], Note] = {}
    for note in notes:
        where = (note.onset, note.end)
        there = found.get(where)
        found[where] = note if there is None else _joined(there, note)
    return sorted(found.values(), key=lambda note: (note.onset, -_height(note), note.end))


def _joined(first: Note, second: Note) -> Note:
    """Both as one chord, each pitch once."""
    keys = {_key_of(pitch) for pitch in first.pitches}
    new = tuple(pitch for pitch in second.pitches if _key_of(pitch) not in keys)
    signs = tuple(sign for sign in second.articulations if sign in first.articulations)
    return replace(first, pitches=first.pitches + new, articulations=signs)


def _key_of(pitch: Pitch | Unpitched) -> object:
    return pitch if isinstance(pitch, Unpitched) else pitch.key


def _height(note: Note) -> int:
    return note.top.key if note.top is not None else 0


def _voices(notes: Iterable[Note]) -> tuple[Voice, ...]:
    """Notes into at most four voices, each one after the other; a fifth at once finds no room."""
    rows: list[list[Note]] = []
    for note in notes:
        row = next((row for row in rows if row[-1].end <= note.onset), None)
        if row is not None:
            row.append(note)
        elif len(rows) < _VOICES:
            rows.append([note])
    return tuple(Voice(tuple(row)) for row in rows)


def _staff(
    role: Role,
    voices: tuple[Voice, ...],
    taken: Sequence[tuple[int, Layer]],
    bars: Sequence[LayeredBar],
    score: Score,
) -> Staff:
    leaders: dict[int, int] = {}
    for bar, layer in taken:
        leaders.setdefault(bar, layer.leader.player)
    ids = {note.id for voice in voices for note in voice.notes}
    staves = [score.lines[player].staves[0] for player in sorted(set(leaders.values()))]
    slurs = tuple(
        Slur(slur.first, slur.last)
        for staff in staves
        for slur in staff.slurs
        if slur.first in ids and slur.last in ids
    )
    return Staff(
        voices,
        _dynamics(leaders, score),
        _hairpins(leaders, score),
        slurs,
        words=_names(role, bars, score) if role in _NAMED_ROLES else (),
        clef="F4" if role is Role.BASS else "",
    )


_NAMED_ROLES = (Role.MELODY, Role.COUNTER, Role.BASS)


def _dynamics(leaders: dict[int, int], score: Score) -> tuple[DynamicMark, ...]:
    """The dynamics of whoever leads, and what holds for one who takes over."""
    found: list[DynamicMark] = []
    before: int | None = None
    for bar, player in sorted(leaders.items()):
        start, end = score.grid.starts[bar], score.grid.starts[bar + 1]
        staff = score.lines[player].staves[0]
        upbeat = bar == 0
        own = [m for m in staff.dynamics if start <= m.at < end or (upbeat and m.at < start)]
        if player != before and staff.dynamics and not any(mark.at == start for mark in own):
            own.insert(0, DynamicMark(start, LevelCurve(staff).dynamic_at(start.quarters)))
        found += [mark for mark in own if not found or mark.dynamic != found[-1].dynamic]
        before = player
    return tuple(sorted(found, key=lambda mark: mark.at))


def _hairpins(leaders: dict[int, int], score: Score) -> tuple[Hairpin, ...]:
    """The hairpins that begin where their player leads, each until the next begins."""
    found: list[Hairpin] = []
    for bar, player in sorted(leaders.items()):
        start, end = score.grid.starts[bar], score.grid.starts[bar + 1]
        for pin in score.lines[player].staves[0].hairpins:
            if start <= pin.start < end and (not found or found[-1].end <= pin.start):
                found.append(pin)
    return tuple(found)


def _names(role: Role, bars: Sequence[LayeredBar], score: Score) -> tuple[Words, ...]:
    """Who carries the role, wherever that changes for more than a bar: `Fl. 1, Ob. 1`."""
    carried = [bar.players(role) for bar in bars]
    found: list[Words] = []
    before: tuple[int, ...] = ()
    for place, players in enumerate(carried):
        stays = place + 1 == len(carried) or carried[place + 1] == players
        if players and players != before and stays:
            found.append(Words(score.grid.starts[bars[place].index], _abbreviated(players, score)))
            before = players
    return tuple(found)


def _abbreviated(players: Sequence[int], score: Score) -> str:
    names = [score.lines[index].player for index in players]
    return ", ".join(player.abbreviation or player.name for player in names)

"""The whole account of a score: who carries each note of the sketch, and why all else is there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from scorestage.music import Note, Pitch, Role, Score, Sketch, Unpitched
from scorestage.orchestration.marked import without
from scorestage.orchestration.result import Ground, OrchestrationResult
from scorestage.timebase import BarGrid, Beat


class Kind(StrEnum):
    """What a note of the score is, seen from the sketch."""

    SKETCH = "sketch"
    AGAIN = "taken again after a breath"
    DOUBLING = "doubling"
    HARMONY = "harmony fill"
    BASS = "added bass"
    HIT = "weight at a hit"
    FLOURISH = "flourish"
    PERCUSSION = "percussion"
    PERSON = "a person's own"


@dataclass(frozen=True, slots=True)
class PlayedNote:
    """One pitch that somebody plays, with its reason.

    `of` is the place of the sketch note it carries or doubles among the `notes` of the account,
    None where it is added; `octaves` how far above it it lies.
    """

    note: str
    player: str
    at: Beat
    end: Beat
    pitch: str
    key: int
    kind: Kind
    role: Role
    rule: str
    why: str
    of: int | None = None
    octaves: int = 0


@dataclass(frozen=True, slots=True)
class SketchNote:
    """One pitch of the sketch and the places of those who play it among `played`."""

    note: str
    strand: str
    role: Role
    at: Beat
    end: Beat
    pitch: str
    key: int
    played: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Account:
    """Every note of the sketch with its carriers, every note of the score with its reason."""

    grid: BarGrid
    notes: tuple[SketchNote, ...]
    played: tuple[PlayedNote, ...]

    @property
    def lost(self) -> tuple[SketchNote, ...]:
        """Notes of the sketch that nobody plays, in any octave."""
        return tuple(one for one in self.notes if not one.played)

    @property
    def unexplained(self) -> tuple[PlayedNote, ...]:
        """Notes of the score that the orchestrator did not put there: a person's."""
        return tuple(one for one in self.played if one.kind is Kind.PERSON)

    def coverage(self, role: Role, *, at_pitch: bool = True) -> Fraction:
        """The share of a role's notes that somebody plays, at their own pitch or in any octave."""
        own = [one for one in self.notes if one.role is role]
        if not own:
            return Fraction(1)
        heard = sum(
            any(not at_pitch or self.played[place].octaves == 0 for place in one.played)
            for one in own
        )
        return Fraction(heard, len(own))


@dataclass(frozen=True, slots=True)
class _Wanted:
    """One pitch (or stroke, with key -1) of the sketch, by its place and strand."""

    place: int
    strand: int
    key: int
    name: str
    start: Fraction
    end: Fraction


_Moment = tuple[Fraction, int]
_Index = dict[_Moment, list[_Wanted]]


def account_of(sketch: Sketch, result: OrchestrationResult, score: Score | None = None) -> Account:
    """The account of a result; of another `score` where a person has changed it since.

    A note of the score belongs to the sketch note of its moment and pitch class: of its own strand
    where that has one, else of any, unless it was put there for another reason. A note taken again
    after a breath belongs to the one that is held there. What is not yet given out is left out.
    """
    wanted, notes = _wanted(without(sketch, result.left))
    index: _Index = {}
    for one in wanted:
        index.setdefault((one.start, one.key % 12 if one.key >= 0 else -1), []).append(one)
    found: list[PlayedNote] = []
    carried: dict[int, list[int]] = {}
    moments: dict[_Moment, list[int]] = {}
    for player, note, pitch in _sounding(score or result.score):
        key = pitch.key if isinstance(pitch, Pitch) else -1
        ground = result.grounds.get((note.id, key))
        moment = note.onset.quarters, key % 12 if key >= 0 else -1
        match = _match(index.get(moment, []), key, str(pitch), ground)
        again = match is None and _is_lined(ground)
        match = _held(wanted, moment, ground) if again else match
        again = again and not (ground is not None and ground.rule.endswith(".broken"))
        late = match is not None and match.start < moment[0]
        if match is not None and not again and not late:
            carried.setdefault(match.place, []).append(len(found))
        moments.setdefault(moment, []).append(len(found))
        found.append(_played(player, note, pitch, ground, match, again=again))
    for one in wanted:
        if one.place not in carried:
            moment = one.start, one.key % 12 if one.key >= 0 else -1
            same = [place for place in moments.get(moment, ()) if one.key >= 0]
            carried[one.place] = same
    held = tuple(
        SketchNote(*told, tuple(carried.get(place, ()))) for place, told in enumerate(notes)
    )
    return Account(sketch.grid, held, tuple(found))


_Told = tuple[str, str, Role, Beat, Beat, str, int]


def _wanted(sketch: Sketch) -> tuple[list[_Wanted], list[_Told]]:
    """The sketch's pitches and strokes, and what is told of each."""
    wanted: list[_Wanted] = []
    notes: list[_Told] = []
    for number, strand in enumerate(sketch.strands):
        for note in strand.staff.notes:
            for pitch in note.tones:
                key = pitch.key if isinstance(pitch, Pitch) else -1
                name = str(pitch) if isinstance(pitch, Pitch) else pitch.sound
                start, end = note.onset.quarters, note.end.quarters
                wanted.append(_Wanted(len(notes), number, key, str(pitch), start, end))
                told = (note.id, strand.label, strand.role, note.onset, note.end)
                notes.append((*told, name, key))
    return wanted, notes


def _sounding(score: Score) -> Iterator[tuple[str, Note, Pitch | Unpitched]]:
    for line, note in score.notes():
        for pitch in note.tones:
            yield line.player.id, note, pitch


def _is_lined(ground: Ground | None) -> bool:
    """Whether it was put there as a line of the sketch, carried or doubled."""
    return ground is not None and not ground.added


def _match(
    options: Sequence[_Wanted], key: int, name: str, ground: Ground | None
) -> _Wanted | None:
    """The sketch note that a note of the score carries or doubles."""
    if ground is not None and ground.added and not ground.rule.startswith("accent"):
        return None
    mine = ground.strand if ground is not None and not ground.added else -1
    listed = [one for one in options if key >= 0 or one.name == name or one.strand == mine]
    own = [one for one in listed if ground is not None and one.strand == ground.strand]
    return min(own or listed, key=lambda one: (abs(one.key - key), one.place), default=None)


def _held(wanted: Sequence[_Wanted], moment: _Moment, ground: Ground | None) -> _Wanted | None:
    """The sketch note that sounds on there: it is taken again."""
    at, tone = moment
    for one in wanted:
        own = ground is None or one.strand == ground.strand
        if own and one.key >= 0 and one.key % 12 == tone and one.start < at < one.end:
            return one
    return None


def _played(
    player: str,
    note: Note,
    pitch: Pitch | Unpitched,
    ground: Ground | None,
    match: _Wanted | None,
    *,
    again: bool,
) -> PlayedNote:
    key = pitch.key if isinstance(pitch, Pitch) else -1
    octaves = (key - match.key) // 12 if match is not None and key >= 0 else 0
    name = str(pitch) if isinstance(pitch, Pitch) else pitch.sound
    kind = Kind.AGAIN if again and match is not None else _kind(ground, match, pitch)
    role = ground.role if ground is not None else Role.COLOUR
    rule = ground.rule if ground is not None else "person"
    why = ground.why if ground is not None else "written by a person"
    place = match.place if match is not None else None
    return PlayedNote(
        note.id, player, note.onset, note.end, name, key, kind, role, rule, why, place, octaves
    )


def _kind(ground: Ground | None, match: _Wanted | None, pitch: Pitch | Unpitched) -> Kind:
    if ground is None:
        return Kind.PERSON
    if ground.rule.endswith((".carrier", ".displaced", ".broken")):
        return Kind.SKETCH if match is not None or not ground.added else Kind.HIT
    if match is not None and not ground.added:
        return Kind.DOUBLING
    if isinstance(pitch, Unpitched) or ground.rule in ("timpani", "percussion", "groove"):
        return Kind.PERCUSSION
    if ground.role is Role.ACCENT:
        return Kind.HIT
    if ground.role is Role.BASS:
        return Kind.BASS
    return Kind.HARMONY if ground.role is Role.HARMONY else Kind.FLOURISH


def shares_of(account: Account) -> Mapping[Kind, int]:
    """How many pitches of the score are of each kind."""
    found = dict.fromkeys(Kind, 0)
    for one in account.played:
        found[one.kind] += 1
    return {kind: count for kind, count in found.items() if count}

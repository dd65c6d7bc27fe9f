"""Options kept apart: who carries what in the options above, and how far a phrase lies from it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from scorestage.music import Pitch, Player, Role
from scorestage.orchestration.practice import can_divide
from scorestage.orchestration.timing import Timing
from scorestage.orchestration.values import Chair, SketchLine, Task

LINES = (Role.MELODY, Role.HARMONY, Role.BASS)
"""What options are told apart by; a rhythm counts as harmony, it is what goes with the tune."""
Carried = Mapping[tuple[int, Role], frozenset[str]]
"""By bar and role the voices that begin at least half of its moments there."""


@dataclass(frozen=True, slots=True)
class Shyness:
    """What it costs here to take a role that the same instrument has in an option above.

    `taken` counts by role and voice in how large a share of the phrase's bars it is taken;
    `sparing` says that nothing is doubled and no chord repeated: few where the others are many.
    """

    taken: Mapping[Role, Mapping[str, float]] = field(default_factory=dict)
    weight: float = 0.0
    sparing: bool = False

    def of(self, chair: Chair, role: Role) -> float:
        """The cost for a chair."""
        if not self.weight:
            return 0.0
        found = self.taken.get(_told_as(role), {}).get(voice(chair.player), 0.0)
        return self.weight * found


def voice(player: Player) -> str:
    """What a listener tells apart: the instrument, and each section by itself."""
    instrument = player.instrument
    return player.id if can_divide(player, instrument) else instrument.id


def carried_in(
    lines: Iterable[SketchLine], tasks: Iterable[Task], players: Sequence[Player], timing: Timing
) -> Carried:
    """Who carries tune, harmony and bass in each bar of a phrase, told from the notes alone."""
    wanted: dict[tuple[int, Role], dict[Fraction, set[int]]] = {}
    for line in lines:
        role = _told_as(line.role)
        for tone in line.tones if role in LINES else ():
            moments = wanted.setdefault((timing.bar(tone.start), role), {})
            if isinstance(tone.pitch, Pitch):
                moments.setdefault(tone.start, set()).add(tone.key % 12)
    voices = {player.id: voice(player) for player in players}
    played: dict[str, dict[Fraction, set[int]]] = {}
    for task in tasks:
        begun = played.setdefault(voices[task.player], {})
        for note in task.notes:
            keys = {pitch.key % 12 for pitch in note.sounding}
            begun.setdefault(note.onset.quarters, set()).update(keys)
    return {
        place: frozenset(
            name
            for name, begun in played.items()
            if 2 * sum(bool(keys & begun.get(at, set())) for at, keys in moments.items())
            >= len(moments)
        )
        for place, moments in wanted.items()
    }


def share_apart(one: Carried, other: Carried) -> float:
    """In what share of the bars at least half of all carriers carry a line in one of them only."""
    bars = {bar for bar, _ in (*one, *other)}
    apart = 0
    for bar in bars:
        both, all_ = _together(one, other, bar)
        apart += 2 * both <= all_
    return apart / len(bars) if bars else 1.0


def likeness(one: Carried, other: Carried) -> float:
    """How much of what is carried is carried by the same, from 0 to 1."""
    both = all_ = 0
    for bar in {bar for bar, _ in (*one, *other)}:
        here = _together(one, other, bar)
        both, all_ = both + here[0], all_ + here[1]
    return both / all_ if all_ else 0.0


def shy_of(rivals: Sequence[Carried], weight: float, *, sparing: bool = False) -> Shyness:
    """Shy of what is taken in those options."""
    taken: dict[Role, dict[str, float]] = {}
    for rival in rivals:
        bars = max(1, len({bar for bar, _ in rival}))
        for (_, role), names in rival.items():
            counts = taken.setdefault(role, {})
            for name in names:
                counts[name] = counts.get(name, 0.0) + 1 / bars
    return Shyness(taken, weight, sparing)


def _together(one: Carried, other: Carried, bar: int) -> tuple[int, int]:
    """How many carry a line in both, and in either."""
    both = all_ = 0
    for role in LINES:
        here, there = (found.get((bar, role), frozenset()) for found in (one, other))
        both += len(here & there)
        all_ += len(here | there)
    return both, all_


def _told_as(role: Role) -> Role:
    return Role.HARMONY if role is Role.RHYTHM else role

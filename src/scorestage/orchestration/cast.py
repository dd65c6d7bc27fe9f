"""Who does what in a phrase, kept so that a hit changes what is played and not who plays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from scorestage.music import Role, Technique
from scorestage.orchestration.carriers import Carrier, Company, carriers
from scorestage.orchestration.choirs import Choir
from scorestage.orchestration.doubling import Double
from scorestage.orchestration.playing import ROLE_WORDS
from scorestage.orchestration.values import Chair, SketchLine, Task
from scorestage.timebase import Beats

LineKey = tuple[Role, str, int]
_LONG = Beats(2)
_LEADING = (Role.MELODY, Role.BASS)
_DOUBLINGS = frozenset(
    f"{word.split('-')[0]}.{kind}" for word in ROLE_WORDS.values() for kind in ("unison", "octave")
)


@dataclass(frozen=True, slots=True)
class Cast:
    """The choices of a phrase, taken on the music before its hits.

    `low` and `late` are those who were idle when a bass, then added chords were looked for;
    `resting` those who joined a choir in the gaps of their own line; `told` is each player's task
    by its rule, with dynamics and ways of playing settled.
    """

    company: Company
    lines: frozenset[LineKey] = frozenset()
    carried: tuple[Carrier, ...] = ()
    doubled: tuple[Double, ...] = ()
    low: tuple[Chair, ...] = ()
    resting: frozenset[str] = frozenset()
    choirs: tuple[Choir, ...] = ()
    late: tuple[Chair, ...] = ()
    told: Mapping[tuple[str, str], Task] = field(default_factory=dict)

    def carriers_of(self, lines: Sequence[SketchLine]) -> tuple[Carrier, ...]:
        """The same players with what their lines have now; new lines go to who does not lead."""
        now = {line_key(line): line for line in lines}
        kept = tuple(
            replace(one, line=now[line_key(one.line)])
            for one in self.carried
            if line_key(one.line) in now
        )
        fresh = [line for line in lines if line_key(line) not in self.lines]
        if not fresh:
            return kept
        leading = {one.chair.id for one in kept if one.line.role in _LEADING}
        rest = tuple(one for one in self.company.chairs if one.id not in leading)
        company = replace(self.company, chairs=rest or self.company.chairs)
        return (*kept, *carriers(company, fresh))

    def doubles_of(self, lines: Sequence[SketchLine]) -> tuple[Double, ...]:
        """The same doublings of what the lines have now."""
        now = {line_key(line): line for line in lines}
        return tuple(
            replace(one, line=now[line_key(one.line)])
            for one in self.doubled
            if line_key(one.line) in now
        )

    def without(self, dropped: Sequence[Task]) -> Cast:
        """The same without doublings and choirs that were left out for the tune's sake."""
        doubling = {(task.player, task.role) for task in dropped if task.rule in _DOUBLINGS}
        choirs = {task.why for task in dropped if task.rule == "harmony.choir"}
        return replace(
            self,
            doubled=tuple(
                one for one in self.doubled if (one.chair.id, one.line.role) not in doubling
            ),
            choirs=tuple(one for one in self.choirs if one.why not in choirs),
        )

    def with_bow(self, player_id: str) -> Cast:
        """The same, but this player does not pluck."""
        told = {
            key: bowed(task) if task.player == player_id else task
            for key, task in self.told.items()
        }
        return replace(self, told=told)

    def as_told(self, task: Task) -> Task | None:
        """The task played as this player was told before; None where it is a new one."""
        known = self.told.get((task.player, task.rule))
        if known is None:
            return None
        notes = task.notes
        if any(note.tremolo for note in known.notes):
            notes = tuple(
                replace(note, tremolo=3) if note.length >= _LONG and not note.tremolo else note
                for note in notes
            )
        return replace(
            task, notes=notes, techniques=known.techniques, level_shift=known.level_shift
        )


def line_key(line: SketchLine) -> LineKey:
    """What a line is known by when the notes in it change."""
    return line.role, line.label, line.index


def bowed(task: Task) -> Task:
    """The same task, not plucked."""
    return replace(task, techniques=task.techniques - {Technique.PIZZICATO})


def as_one(tasks: Sequence[Task]) -> list[Task]:
    """Mute and pizzicato hold for the phrase: who has them plays everything so, hits too."""
    kept = frozenset({Technique.CON_SORDINO, Technique.PIZZICATO})
    ways: dict[str, frozenset[Technique]] = {}
    for task in tasks:
        ways[task.player] = ways.get(task.player, frozenset()) | (task.techniques & kept)
    return [replace(task, techniques=task.techniques | ways[task.player]) for task in tasks]

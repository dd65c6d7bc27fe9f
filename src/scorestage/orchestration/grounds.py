"""Which task each pitch of a line comes from, also where several were joined to one chord."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from scorestage.music import Pitch
from scorestage.orchestration.placing import Placed
from scorestage.orchestration.result import Ground
from scorestage.orchestration.values import Task

Asked = dict[tuple[Fraction, int], Task]


def grounds_of(
    placed: Sequence[Placed], tasks: Sequence[Task]
) -> Iterator[tuple[tuple[str, int], Ground]]:
    """Note id and MIDI key (-1 for strokes) of all that one player plays, with its ground.

    A pitch that another task asked for at that moment, and this note's own did not, is that one's.
    """
    asked: Asked = {}
    for task in sorted(tasks, key=lambda one: (one.essential, -one.priority)):
        for note in task.notes:
            for pitch in note.sounding:
                asked[note.onset.quarters, pitch.key] = task
    for one in placed:
        own = {
            pitch.key
            for note in one.task.notes
            if note.onset == one.note.onset
            for pitch in note.sounding
        }
        for written in one.note.tones:
            key = written.key if isinstance(written, Pitch) else -1
            task = one.task if key in own or key < 0 else asked.get((one.start, key), one.task)
            yield (one.note.id, key), _ground(task)


def _ground(task: Task) -> Ground:
    return Ground(task.role, task.rule, task.why, task.strand, task.added, task.level_shift)

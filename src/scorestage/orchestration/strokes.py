"""Unpitched strokes that the composer wrote, for whoever has the sound."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from scorestage.music import Unpitched
from scorestage.orchestration.carriers import Company
from scorestage.orchestration.playing import ROLE_WORDS
from scorestage.orchestration.values import Chair, SketchLine, Task


def written_strokes(company: Company, lines: Sequence[SketchLine], place: int) -> list[Task]:
    """Unpitched strokes the composer wrote, for whoever has that sound."""
    tasks = []
    for line in lines:
        names = {tone.pitch.sound for tone in line.tones if isinstance(tone.pitch, Unpitched)}
        if not names:
            continue
        ranked = sorted(
            (chair for chair in company.chairs if chair.instrument.drums),
            key=lambda chair: (-_heard(chair, names), chair.seat),
        )
        if ranked and _heard(ranked[0], names):
            tasks.append(_stroke_task(line, ranked[0], place))
    return tasks


def _heard(chair: Chair, names: set[str]) -> int:
    return len(names & {drum.id for drum in chair.instrument.drums})


def _stroke_task(line: SketchLine, chair: Chair, place: int) -> Task:
    had = {drum.id for drum in chair.instrument.drums}
    notes = tuple(
        replace(tone.note, id=f"{chair.id}.{tone.id}", pitches=(tone.pitch,))
        for tone in line.tones
        if isinstance(tone.pitch, Unpitched) and tone.pitch.sound in had
    )
    return Task(
        player=chair.id,
        instrument=chair.instrument,
        phrase=place,
        role=line.role,
        rule=f"{ROLE_WORDS[line.role]}.carrier",
        why="strokes the composer wrote",
        priority=0,
        strand=line.strand,
        notes=notes,
        essential=True,
    )

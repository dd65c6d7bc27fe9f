"""Unpitched strokes that the composer wrote, for whoever has the sound."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from scorestage.music import Instrument, Unpitched
from scorestage.orchestration.carriers import Company
from scorestage.orchestration.playing import ROLE_WORDS
from scorestage.orchestration.values import Chair, SketchLine, Task

_COMMON = frozenset({"drum", "open", "closed", "acoustic", "hand", "high", "low", "1", "2", "3"})


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
    return sum(drum_for(chair.instrument, name) is not None for name in names)


def drum_for(instrument: Instrument, sound: str) -> str | None:
    """The drum of a set-up that a written sound means; None where it has none.

    Files name drums in many ways: the name itself, else the drum that shares most words with it.

    >>> kit = Instrument("p", "P", "P.", Family.PERCUSSION, None, None,
    ...     drums=(DrumSound("snare-drum", "S.D.", 38), DrumSound("triangle", "Tri.", 81)))
    >>> drum_for(kit, "open-triangle"), drum_for(kit, "acoustic-snare"), drum_for(kit, "gong")
    ('triangle', 'snare-drum', None)
    """
    known = [drum.id for drum in instrument.drums]
    if sound in known:
        return sound
    words = _telling(sound)
    shared = {one: len(words & _telling(one)) for one in known}
    best = max(known, key=lambda one: (shared[one], -len(one)), default="")
    return best if shared.get(best) else None


def _telling(name: str) -> frozenset[str]:
    """The words of a drum's name that tell it apart."""
    return frozenset(name.split("-")) - _COMMON


def _stroke_task(line: SketchLine, chair: Chair, place: int) -> Task:
    notes = tuple(
        replace(tone.note, id=f"{chair.id}.{tone.id}", pitches=(replace(tone.pitch, sound=drum),))
        for tone in line.tones
        if isinstance(tone.pitch, Unpitched)
        and (drum := drum_for(chair.instrument, tone.pitch.sound)) is not None
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

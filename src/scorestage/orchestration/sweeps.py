"""Into a strong hit: runs of high woodwinds and a glissando of the harp, where they are free."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from scorestage.music import Note, NoteSign, Pitch, Role, Sign
from scorestage.orchestration.accents import Blow
from scorestage.orchestration.carriers import Company
from scorestage.orchestration.chordal import ladder
from scorestage.orchestration.chords import Slice
from scorestage.orchestration.levels import tier_of
from scorestage.orchestration.placing import Placed
from scorestage.orchestration.practice import Colour, colour, is_harp
from scorestage.orchestration.values import ADDED, Chair, SketchLine, Task
from scorestage.timebase import Beat, Beats

_UNDER_THE_HIT = -2
"""How many steps softer than its hit a run or a sweep is: it leads there, it does not cover."""
RUN = ADDED + "run"
GLISSANDO = ADDED + "glissando"
_LOUD = 3
_BEAT = Fraction(1)
_COUNTS = (8, 6, 4)
_SWEEP_SECONDS = (0.3, 1.4)
_MOST_NOTES_PER_SECOND = 12
_RUNNERS = 4
_LETTERS = 5
_HIGH = 72
_HARP = (40, 55), (79, 91)


def sweep_tasks(
    company: Company,
    lines: Sequence[SketchLine],
    chords: Sequence[Slice],
    blows: Sequence[Blow],
    tasks: Sequence[Task],
    place: int,
) -> list[Task]:
    """The beat before each loud hit that stands alone: woodwinds run up to it, the harp sweeps.

    Only those who have no line of the sketch there. The run takes the phrase's own scale, never
    faster than the instrument plays one.
    """
    found: list[Task] = []
    scale = _scale(lines)
    loud = [blow for blow in blows if tier_of(blow.level) >= _LOUD and _has_room(company, blow)]
    for before, blow in zip((None, *loud), loud, strict=False):
        if before is not None and blow.at - before.at < 4 * _BEAT:
            continue
        free = [one for one in company.chairs if _is_free(one, blow, tasks)]
        runners = [one for one in free if _runs_well(one)][:_RUNNERS]
        for chair in runners if scale else []:
            found += _run(company, chair, blow, scale, place)
        chord = next((one for one in chords if one.start <= blow.at < one.end), None)
        for chair in free:
            if chord is not None and is_harp(chair.instrument):
                found += _glissando(company, chair, blow, chord, place)
    return found


def _has_room(company: Company, blow: Blow) -> bool:
    """Whether the beat before a hit lies in the phrase and is neither a flash nor an age."""
    start = blow.at - _BEAT
    if start <= company.phrase.start:
        return False
    least, most = _SWEEP_SECONDS
    return least <= company.timing.between(start, blow.at) <= most


def _is_free(chair: Chair, blow: Blow, tasks: Sequence[Task]) -> bool:
    """Whether a player carries nothing of the sketch in the beat before."""
    start = blow.at - _BEAT
    return not chair.alternate and not any(
        task.player == chair.id
        and not task.added
        and any(note.end.quarters > start and note.onset.quarters < blow.at for note in task.notes)
        and (task.essential or task.rule.endswith(".carrier"))
        for task in tasks
    )


def _runs_well(chair: Chair) -> bool:
    easy = chair.instrument.comfortable
    high = easy is not None and easy.high.key >= _HIGH + 12
    return high and colour(chair.instrument) is Colour.WOODWIND


def _scale(lines: Sequence[SketchLine]) -> tuple[Pitch, ...]:
    """The phrase's scale: of each letter its commonest alteration; () below five letters."""
    used: Counter[tuple[str, int]] = Counter()
    for line in lines:
        for tone in line.tones:
            if isinstance(tone.pitch, Pitch) and tone.pitch.alter in (-1, 0, 1):
                used[tone.pitch.step, int(tone.pitch.alter)] += 1
    commonest: dict[str, int] = {}
    for (step, alter), _ in used.most_common():
        commonest.setdefault(step, alter)
    if len(commonest) < _LETTERS:
        return ()
    return tuple(Pitch(step, alter, 4) for step, alter in sorted(commonest.items()))


def _rungs(scale: Sequence[Pitch], low: int, high: int) -> list[Pitch]:
    """The scale between two keys, upward."""
    found = [Pitch(one.step, one.alter, octave) for one in scale for octave in range(2, 8)]
    return sorted((one for one in found if low <= one.key <= high), key=lambda one: one.key)


def _run(
    company: Company, chair: Chair, blow: Blow, scale: Sequence[Pitch], place: int
) -> list[Task]:
    easy = chair.instrument.comfortable
    seconds = company.timing.between(blow.at - _BEAT, blow.at)
    fastest = min(_MOST_NOTES_PER_SECOND, chair.instrument.scale_notes_per_second or 10)
    count = next((one for one in _COUNTS if one <= fastest * seconds), 0)
    if easy is None or not count:
        return []
    top = max((pitch.key for pitch in blow.pitches), default=_HIGH)
    while top < max(_HIGH, easy.low.key + 12):
        top += 12
    while top > easy.high.key:
        top -= 12
    pitches = _rungs(scale, easy.low.key, top - 1)[-count:]
    if len(pitches) < count:
        return []
    step = _BEAT / count
    notes = tuple(
        Note(
            f"{chair.id}.{blow.id}~run{number}",
            Beat(blow.at - _BEAT + number * step),
            Beats(step),
            (pitch,),
            origin=RUN,
        )
        for number, pitch in enumerate(pitches)
    )
    return [_task(chair, blow, place, notes, "run", "runs up into the hit")]


def _glissando(company: Company, chair: Chair, blow: Blow, chord: Slice, place: int) -> list[Task]:
    (low, middle), (high, top) = _HARP
    start = ladder(chair.instrument, chord, low, middle)
    end = ladder(chair.instrument, chord, high, top)
    if "gliss." not in chair.instrument.plays or not start or not end:
        return []

    def line(kind: str) -> NoteSign:
        return NoteSign(Sign("glissando", "", (("type", kind), ("number", "1"))))

    name = f"{chair.id}.{blow.id}~gl"
    notes = (
        Note(
            f"{name}1", Beat(blow.at - _BEAT), Beats(_BEAT), (start[0],), origin=GLISSANDO,
            signs=(line("start"),),
        ),
        Note(
            f"{name}2", Beat(blow.at), Beats(blow.end - blow.at), (end[-1],), origin=GLISSANDO,
            signs=(line("stop"),),
        ),
    )  # fmt: skip
    return [_task(chair, blow, place, notes, "glissando", "sweeps up into the hit")]


def _task(
    chair: Chair, blow: Blow, place: int, notes: tuple[Note, ...], rule: str, why: str
) -> Task:
    return Task(
        player=chair.id,
        instrument=chair.instrument,
        phrase=place,
        role=Role.COLOUR,
        rule=rule,
        why=why,
        priority=1,
        strand=blow.strand,
        notes=notes,
        level_shift=_UNDER_THE_HIT,
        added=True,
    )


def cleared(tasks: Sequence[Task], sweeps: Sequence[Task]) -> list[Task]:
    """The other tasks without what a harp would strike over its own glissando's end."""
    ends = {(one.player, one.notes[-1].onset) for one in sweeps if one.rule == "glissando"}
    found = []
    for task in tasks:
        kept = tuple(note for note in task.notes if (task.player, note.onset) not in ends)
        if kept:
            found.append(task if len(kept) == len(task.notes) else replace(task, notes=kept))
    return found


def paired(placed: Sequence[Placed]) -> list[Placed]:
    """The notes without a glissando that has lost one of its ends: half a sweep is none."""
    ids = {one.note.id for one in placed}
    return [one for one in placed if _other_end(one.note.id) in ids]


def _other_end(note_id: str) -> str:
    """The id of a glissando's other end; of any other note its own."""
    name, mark, end = note_id.rpartition("~gl")
    return f"{name}~gl{'2' if end == '1' else '1'}" if mark else note_id

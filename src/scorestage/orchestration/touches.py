"""Soft percussion: one touch for players whom a quiet cue would leave without a note."""

from __future__ import annotations

from fractions import Fraction

from scorestage.music import DynamicMark, Note, Pitch, Role, Unpitched
from scorestage.orchestration.job import Job
from scorestage.orchestration.levels import dynamic_of
from scorestage.orchestration.percussion import PERCUSSION, sound
from scorestage.orchestration.practice import Colour, colour
from scorestage.orchestration.timpani import TIMPANI, tuned
from scorestage.orchestration.values import Chair, SketchLine, Task, Tone
from scorestage.timebase import Beat, Beats

_SOFT = (
    ("suspended-cymbal", "ride", "crash", "closed-hi-hat"),
    ("triangle", "ride-bell", "ride", "closed-hi-hat"),
    ("bass-drum", "kick", "floor-tom", "ride"),
)
_LONGEST = 4
_COST = 8.0


def touches(job: Job, chair: Chair, place: int) -> list[tuple[float, int, Task]]:
    """A soft roll or stroke where the phrase begins, with its cost: louder phrases come first."""
    phrase = job.phrases[place]
    lines = job.lines(place)
    starting = [(line, tone) for line in lines for tone in line.tones if tone.start == phrase.start]
    if not starting or place == 0 or phrase.tier == 0:
        return []
    line, first = min(starting, key=lambda item: item[1].key)
    if colour(chair.instrument) is Colour.TIMPANI:
        note = _roll(chair, first)
    else:
        note = _stroke(chair, first)
    if note is None:
        return []
    cost = _COST - phrase.tier + phrase.dice(f"touch|{chair.id}")
    return [(cost, place, _task(job, chair, place, line, note))]


def _roll(chair: Chair, tone: Tone) -> Note | None:
    """A soft roll on the lowest tone, where a drum has it."""
    tuning = tuned([tone], ()) if isinstance(tone.pitch, Pitch) else {}
    pitch = next(iter(tuning.values()), None)
    if pitch is None:
        return None
    length = Beats(min(tone.length, Fraction(_LONGEST)))
    name = f"{chair.id}.{tone.id}~touch"
    return Note(name, Beat(tone.start), length, (pitch,), tremolo=3, origin=TIMPANI)


def _stroke(chair: Chair, tone: Tone) -> Note | None:
    name = sound(chair.instrument, _SOFT[chair.rank % len(_SOFT)])
    if name is None:
        return None
    length = Beats(min(tone.length, Fraction(2)))
    note_id = f"{chair.id}.{tone.id}~touch"
    return Note(note_id, Beat(tone.start), length, (Unpitched(name),), origin=PERCUSSION)


def _task(job: Job, chair: Chair, place: int, line: SketchLine, note: Note) -> Task:
    level = job.phrases[place].level - 1
    return Task(
        player=chair.id,
        instrument=chair.instrument,
        phrase=place,
        role=Role.COLOUR,
        rule="touch",
        why="a soft touch, so that nobody sits out the cue",
        priority=18,
        strand=line.strand,
        notes=(note,),
        added=True,
        alternate=chair.alternate,
        dynamics=(DynamicMark(note.onset, dynamic_of(level)),),
    )

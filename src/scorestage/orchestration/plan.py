"""One phrase scored: every decision that does not look beyond it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from scorestage.music import Ensemble, Note, Role, Sketch, Unpitched
from scorestage.orchestration.accents import Blow, blow_tasks, blows_in, sharpened
from scorestage.orchestration.bassline import bass_tasks
from scorestage.orchestration.carriers import Carrier, Company, carriers
from scorestage.orchestration.chairs import Turns, chairs_of
from scorestage.orchestration.choirs import choir_tasks, choirs_in
from scorestage.orchestration.chords import Slice, slices_of
from scorestage.orchestration.comping import comping_tasks
from scorestage.orchestration.doubling import doubles
from scorestage.orchestration.dressing import balanced, dressed
from scorestage.orchestration.flourishes import flourish_tasks
from scorestage.orchestration.grooves import groove_of, kit_tasks
from scorestage.orchestration.levels import LevelCurve
from scorestage.orchestration.percussion import percussion_tasks
from scorestage.orchestration.playing import ROLE_WORDS, carrier_task, double_task, line_notes
from scorestage.orchestration.practice import (
    Colour,
    colour,
    is_chordal,
    is_kit,
    register_word,
)
from scorestage.orchestration.reading import StrandReading, lines_in
from scorestage.orchestration.restraint import Sound, restrained
from scorestage.orchestration.settings import Assignment, Settings
from scorestage.orchestration.soloist import soloist_tasks
from scorestage.orchestration.timing import Timing
from scorestage.orchestration.timpani import timpani_tasks
from scorestage.orchestration.values import Chair, Phrase, SketchLine, Task


@dataclass(frozen=True, slots=True)
class Job:
    """Everything there is to know about the cue before it is scored."""

    sketch: Sketch
    ensemble: Ensemble
    timing: Timing
    settings: Settings
    assignments: tuple[Assignment, ...]
    strands: tuple[StrandReading, ...]
    phrases: tuple[Phrase, ...]
    turns: Turns
    sound: Sound

    @property
    def curves(self) -> dict[int, LevelCurve]:
        """The dynamics of each strand."""
        return {reading.index: reading.curve for reading in self.strands}


def plan_phrase(job: Job, place: int) -> list[Task]:
    """All tasks of phrase `place`; its neighbours count only by how loud they are."""
    phrase = job.phrases[place]
    chairs = chairs_of(job.ensemble, phrase)
    lines = lines_in(job.strands, job.phrases, place)
    roles = frozenset(line.role for line in lines)
    company = Company(phrase, chairs, job.turns, job.timing, _named(job, phrase), roles)
    pitched = [line for line in lines if line.is_pitched and line.role is not Role.ACCENT]
    chords = slices_of(job.sketch, lines, phrase, job.timing)
    blows = blows_in(job.sketch, job.strands, lines, chords, phrase)
    carried = carriers(company, pitched)
    tasks = [_carrier(company, one, place) for one in carried]
    if job.settings.added and _is_solo(job.ensemble):
        tasks = soloist_tasks(company, tasks, chords, place)
    tasks += _strokes(company, lines, place)
    if lines:
        tasks += _fuller(job, company, lines, carried, chords, place)
    busy = frozenset(one.chair.id for one in carried if one.line.role in (Role.MELODY, Role.BASS))
    tasks = dressed(company, tasks, job.strands)
    tasks = balanced(company, tasks, job.curves)
    busy = frozenset(task.player for task in tasks if task.role in (Role.MELODY, Role.BASS))
    tasks = sharpened(tasks, blows, phrase) + blow_tasks(company, blows, place, busy)
    if job.settings.added:
        tasks += _struck(job, company, lines, blows, place)
    tasks = restrained(tasks, job.sound, job.timing)
    alternate = {chair.id for chair in chairs if chair.alternate}
    return [replace(task, alternate=True) if task.player in alternate else task for task in tasks]


def _named(job: Job, phrase: Phrase) -> Mapping[int, tuple[str, ...]]:
    """The players the composer named for each strand, here."""
    found = {one.index: one.strand.assign for one in job.strands if one.strand.assign}
    for wish in job.assignments:
        after = wish.start is None or wish.start.quarters < phrase.end
        before = wish.end is None or wish.end.quarters > phrase.start
        if after and before:
            for one in job.strands:
                if wish.strand in (one.strand.label, one.role.value):
                    found[one.index] = wish.players
    return found


def _carrier(company: Company, one: Carrier, place: int) -> Task:
    """The task of a line's carrier, with what speaks for it: its register and its turn."""
    words = dict.fromkeys(
        register_word(one.chair.instrument, tone.key)
        for tone in one.line.tones
        if one.chair.instrument.professional is not None
    )
    where = " and ".join(word for word in words if word) or "lies well"
    why = f"{where} there"
    if one.line.strand in company.named:
        why = "the composer's own choice"
    elif one.line.role is Role.MELODY:
        leads = company.turns.leads(one.chair, company.phrase)
        kind = colour(one.chair.instrument).value
        why += f"; it is the turn of the {kind}" if leads else "; the others do not reach so well"
    return carrier_task(one.line, one.chair, place, why)


def _fuller(
    job: Job,
    company: Company,
    lines: Sequence[SketchLine],
    carried: Sequence[Carrier],
    chords: Sequence[Slice],
    place: int,
) -> list[Task]:
    """Doublings, choirs, a bass where none is written, and what players of chords add."""
    taken = {one.chair.id for one in carried} | _named_ids(company)
    free = [
        chair
        for chair in company.chairs
        if chair.id not in taken and colour(chair.instrument) not in (Colour.DRUMS, Colour.TIMPANI)
    ]
    open_lines = [one for one in carried if one.line.strand not in company.named]
    tasks = [
        double_task(one.line, one.chair, place, one.octaves, one.why)
        for one in doubles(company, open_lines, _one_liners(job, free))
    ]
    bare = not any(line.role is Role.HARMONY for line in lines)
    if bare and not job.settings.added:
        return tasks
    band = _is_band(job.ensemble)
    groove = groove_of(job.ensemble, job.settings.groove) if band else ""
    if job.settings.added and (bare or band):
        idle = _without(free, tasks)
        tasks += bass_tasks(company, lines, chords, idle, place, groove)
    tasks += _choirs(company, lines, carried, chords, tasks, _without(free, tasks), place)
    if job.settings.added:
        idle = _without(free, tasks)
        if band:
            tasks += comping_tasks(company, lines, chords, idle, place, groove)
        else:
            tasks += flourish_tasks(company, lines, chords, idle, place)
    return [task for task in tasks if task.notes]


def _without(chairs: Sequence[Chair], tasks: Sequence[Task]) -> list[Chair]:
    """Those who have nothing to do yet."""
    busy = {task.player for task in tasks}
    return [chair for chair in chairs if chair.id not in busy]


def _choirs(
    company: Company,
    lines: Sequence[SketchLine],
    carried: Sequence[Carrier],
    chords: Sequence[Slice],
    tasks: Sequence[Task],
    free: Sequence[Chair],
    place: int,
) -> list[Task]:
    """Whole chords for those who are free, in loud music also in the gaps of the others."""
    bare = not any(line.role is Role.HARMONY for line in lines)
    source = next((line for line in lines if line.role is Role.HARMONY), lines[0])
    tune = [one for one in carried if one.line.role is Role.MELODY]
    leader = colour(tune[0].chair.instrument) if tune else None
    resting = _resting(company, carried, tasks)
    joining = [*free, *(chair for chair in company.chairs if chair.id in resting)]
    found = []
    for choir in choirs_in(company, joining, leader, bare=bare and bool(chords)):
        for task in choir_tasks(company, choir, chords, place, source.strand):
            notes = _around(task.notes, resting.get(task.player, ()))
            found.append(replace(task, notes=notes))
    return found


def _resting(
    company: Company, carried: Sequence[Carrier], tasks: Sequence[Task]
) -> dict[str, tuple[Note, ...]]:
    """In loud phrases, those who have a line for less than half of it, and what they play."""
    if company.phrase.tier < 3:
        return {}
    held: dict[str, list[Note]] = {}
    for one in carried:
        held.setdefault(one.chair.id, []).extend(line_notes(one.line, one.chair))
    for task in tasks:
        held.setdefault(task.player, []).extend(task.notes)
    half = (company.phrase.end - company.phrase.start) / 2
    return {
        player: tuple(notes)
        for player, notes in held.items()
        if sum(note.length.quarters for note in notes) < half and player not in _named_ids(company)
    }


def _named_ids(company: Company) -> set[str]:
    return {one for players in company.named.values() for one in players}


def _around(notes: Sequence[Note], own: Sequence[Note]) -> tuple[Note, ...]:
    """Those notes that leave a player's own line alone: whole ones, or ones let go before it."""
    found = []
    for note in notes:
        inside = [one for one in own if one.onset < note.end and one.end > note.onset]
        if not inside:
            found.append(note)
            continue
        first = min(one.onset for one in inside)
        if (first - note.onset).quarters >= 1:
            found.append(replace(note, length=first - note.onset))
    return tuple(found)


def _is_solo(ensemble: Ensemble) -> bool:
    """Whether one player of chords is all there is."""
    return len(ensemble.players) == 1 and is_chordal(ensemble.players[0].instrument)


def _is_band(ensemble: Ensemble) -> bool:
    """Whether it has a rhythm section."""
    return any(is_kit(player.instrument) for player in ensemble.players)


def _one_liners(job: Job, free: Sequence[Chair]) -> list[Chair]:
    """Those who may double a line: in a band the chord players comp instead."""
    if not _is_band(job.ensemble):
        return list(free)
    return [chair for chair in free if chair.instrument.max_polyphony < 3]


def _strokes(company: Company, lines: Sequence[SketchLine], place: int) -> list[Task]:
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


def _struck(
    job: Job,
    company: Company,
    lines: Sequence[SketchLine],
    blows: Sequence[Blow],
    place: int,
) -> list[Task]:
    """Timpani, percussion and drum kit."""
    before = job.phrases[place - 1] if place else None
    following = job.phrases[place + 1] if place + 1 < len(job.phrases) else None
    tasks = timpani_tasks(company, lines, blows, place, following)
    tasks += percussion_tasks(company, lines, blows, place, before, following)
    groove = groove_of(job.ensemble, job.settings.groove)
    tasks += kit_tasks(company, lines, blows, place, groove, before, following)
    return tasks

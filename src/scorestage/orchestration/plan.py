"""One phrase scored: every decision that does not look beyond it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from scorestage.music import Ensemble, Note, Role
from scorestage.orchestration.accents import Blow, blow_tasks, blows_in, sharpened
from scorestage.orchestration.bassline import bass_tasks
from scorestage.orchestration.carriers import Carrier, Company, carriers
from scorestage.orchestration.cast import Cast, as_one, line_key
from scorestage.orchestration.chairs import chairs_of
from scorestage.orchestration.choirs import choir_tasks, choirs_in
from scorestage.orchestration.chords import Slice
from scorestage.orchestration.comping import comping_tasks
from scorestage.orchestration.doubling import Double, doubles, firsts_above
from scorestage.orchestration.dressing import dressed
from scorestage.orchestration.flourishes import flourish_tasks
from scorestage.orchestration.grooves import groove_of, kit_tasks
from scorestage.orchestration.harmonics import touched
from scorestage.orchestration.hearing import heard
from scorestage.orchestration.job import Job
from scorestage.orchestration.joining import Joining, unnamed
from scorestage.orchestration.leaps import nearer
from scorestage.orchestration.named import named_too
from scorestage.orchestration.percussion import percussion_tasks
from scorestage.orchestration.playing import carrier_task, double_task, line_notes
from scorestage.orchestration.practice import (
    Colour,
    colour,
    is_chordal,
    is_kit,
    register_word,
)
from scorestage.orchestration.restraint import restrained
from scorestage.orchestration.rivals import Shyness
from scorestage.orchestration.soloist import soloist_tasks
from scorestage.orchestration.strokes import written_strokes
from scorestage.orchestration.sweeps import cleared, sweep_tasks
from scorestage.orchestration.timpani import timpani_tasks
from scorestage.orchestration.values import Chair, Phrase, SketchLine, Task


@dataclass(frozen=True, slots=True)
class Planned:
    """A phrase scored: its tasks, and who was chosen for what."""

    tasks: list[Task]
    cast: Cast


def plan_phrase(job: Job, place: int) -> list[Task]:
    """All tasks of phrase `place`; its neighbours count only by how loud they are."""
    return planned(job, place).tasks


def planned(job: Job, place: int, cast: Cast | None = None, shy: Shyness | None = None) -> Planned:
    """Phrase `place` scored; with a `cast` by the same players in the same way.

    `shy` says of whom it keeps away, so that it lies apart from other options.
    """
    phrase = job.phrases[place]
    lines = job.lines(place)
    company = cast.company if cast is not None else company_of(job, phrase, lines)
    if shy is not None:
        company = replace(company, shy=shy)
    pitched = [line for line in lines if line.is_pitched and line.role is not Role.ACCENT]
    chords = job.chords(place)
    blows = blows_in(job.sketch, job.strands, lines, chords, phrase)
    carried = carriers(company, pitched) if cast is None else cast.carriers_of(pitched)
    tasks = [_carrier(company, one, place) for one in carried]
    tasks += named_too(company, carried, pitched, place)
    if job.fills and _is_solo(job.ensemble):
        tasks = soloist_tasks(company, tasks, chords, place)
    tasks += written_strokes(company, lines, place)
    keys = frozenset(line_key(line) for line in lines)
    chosen = cast or Cast(company, keys, tuple(carried))
    if lines:
        desk = _Desk(job, company, lines, tuple(carried), chords, place)
        more, chosen = desk.fuller(cast, chosen)
        tasks = _handed_on(tasks, carried, chosen.carried, company, place) + more
    tasks, chosen = _played(job, place, tasks, cast, chosen)
    told = {(task.player, task.rule): task for task in tasks}
    busy = frozenset(task.player for task in tasks if task.role in (Role.MELODY, Role.BASS))
    struck = blow_tasks(company, blows, place, busy)
    if not job.settings.does("fill"):
        struck = [task for task in struck if not task.added]
    tasks = sharpened(tasks, blows, phrase) + struck
    if job.decorates and job.manner.drums:
        tasks += _struck(job, company, lines, blows, place)
    if job.decorates and not _is_band(job.ensemble):
        sweeps = sweep_tasks(company, lines, chords, blows, tasks, place)
        tasks = cleared(tasks, sweeps) + sweeps
    tasks = nearer(as_one(restrained(tasks, job.sound, job.timing)), job.timing)
    if job.decorates:
        shown = {one.index for one in job.strands if one.strand.staff.techniques}
        tasks = touched(company, tasks, shown)
    alternate = {chair.id for chair in company.chairs if chair.alternate}
    tasks = [replace(task, alternate=True) if task.player in alternate else task for task in tasks]
    return Planned(tasks, cast or replace(chosen, told=told))


def company_of(job: Job, phrase: Phrase, lines: Sequence[SketchLine]) -> Company:
    """Who sits there in a phrase, with all that choices are made by."""
    chairs = chairs_of(job.ensemble, phrase)
    roles = frozenset(line.role for line in lines)
    sounding = {line.strand for line in lines}
    named = {one: who for one, who in _named(job, phrase).items() if one in sounding}
    return Company(phrase, chairs, job.turns, job.timing, named, roles, job.manner)


def _played(
    job: Job, place: int, tasks: list[Task], cast: Cast | None, chosen: Cast
) -> tuple[list[Task], Cast]:
    """How it is played and how loud: decided here, or as everybody was told before."""
    company = chosen.company
    if cast is not None:
        return [cast.as_told(task) or task for task in tasks], chosen
    if job.settings.does("full"):
        tasks = dressed(company, tasks, job.strands)
    joining = (
        Joining(company, chosen, unnamed(company), place) if job.settings.does("double") else None
    )
    found = heard(company, tasks, job.curves, joining)
    if joining is not None:
        chosen = replace(chosen, doubled=(*chosen.doubled, *joining.found))
    return found.tasks, chosen.without(found.dropped)


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


@dataclass(frozen=True, slots=True)
class _Desk:
    """One phrase with its lines given out: what the others add to it."""

    job: Job
    company: Company
    lines: tuple[SketchLine, ...]
    carried: tuple[Carrier, ...]
    chords: tuple[Slice, ...]
    place: int

    def fuller(self, before: Cast | None, cast: Cast) -> tuple[list[Task], Cast]:
        """Doublings, choirs, a bass where none is written, and what players of chords add."""
        if not self.job.settings.does("double"):
            return [], cast
        if before:
            return self._filled(before, replace(cast, doubled=before.doubles_of(self.lines)))
        carried, doubled = firsts_above(self.carried, self._doubles(self._free()))
        desk = replace(self, carried=carried)
        return desk._filled(None, replace(cast, carried=carried, doubled=doubled))

    def _filled(self, before: Cast | None, cast: Cast) -> tuple[list[Task], Cast]:
        """The doublings of a cast, and what is added to them."""
        free = self._free()
        tasks = [
            double_task(one.line, one.chair, self.place, one.octaves, one.why)
            for one in cast.doubled
        ]
        bare = Role.HARMONY not in self.company.roles
        added = self.job.fills
        if not self.job.settings.does("fill") or (bare and not added):
            return [task for task in tasks if task.notes], cast
        band = _is_band(self.job.ensemble)
        groove = groove_of(self.job.ensemble, self.job.settings.groove) if band else ""
        if added and (bare or band):
            low = before.low if before else tuple(_without(free, tasks))
            cast = replace(cast, low=low)
            tasks += bass_tasks(self.company, self.lines, self.chords, low, self.place, groove)
        cast = before or self._with_choirs(cast, tasks, _without(free, tasks), bare=bare)
        tasks += self._choirs(cast, tasks)
        if self.job.decorates:
            late = before.late if before else tuple(_without(free, tasks))
            cast = before or replace(cast, late=late)
            add = comping_tasks if band else flourish_tasks
            settled = (groove,) if band else ()
            tasks += add(self.company, self.lines, self.chords, late, self.place, *settled)
        return [task for task in tasks if task.notes], cast

    def _free(self) -> list[Chair]:
        taken = {one.chair.id for one in self.carried} | _named_ids(self.company)
        still = (Colour.DRUMS, Colour.TIMPANI)
        return [
            chair
            for chair in self.company.chairs
            if chair.id not in taken and colour(chair.instrument) not in still
        ]

    def _doubles(self, free: Sequence[Chair]) -> tuple[Double, ...]:
        unnamed = [one for one in self.carried if one.line.strand not in self.company.named]
        return doubles(self.company, unnamed, _one_liners(self.job, free))

    def _with_choirs(
        self, cast: Cast, tasks: Sequence[Task], free: Sequence[Chair], *, bare: bool
    ) -> Cast:
        """Whole chords for those who are free, in loud music also in the gaps of the others."""
        tune = [one for one in self.carried if one.line.role is Role.MELODY]
        leader = colour(tune[0].chair.instrument) if tune else None
        resting = frozenset(_resting(self.company, self.carried, tasks))
        joining = [*free, *(chair for chair in self.company.chairs if chair.id in resting)]
        choirs = choirs_in(self.company, joining, leader, bare=bare and bool(self.chords))
        return replace(cast, resting=resting, choirs=choirs)

    def _choirs(self, cast: Cast, tasks: Sequence[Task]) -> list[Task]:
        source = next((line for line in self.lines if line.role is Role.HARMONY), self.lines[0])
        own = _held(self.carried, tasks)
        found = []
        for choir in cast.choirs:
            for task in choir_tasks(self.company, choir, self.chords, self.place, source.strand):
                held = own.get(task.player, ()) if task.player in cast.resting else ()
                found.append(replace(task, notes=_around(task.notes, held)))
        return found


def _handed_on(
    tasks: Sequence[Task],
    before: Sequence[Carrier],
    now: Sequence[Carrier],
    company: Company,
    place: int,
) -> list[Task]:
    """The tasks with lines that went to the second of a pair, since the first doubles above."""
    owners = {line_key(one.line): one for one in now}
    found = list(tasks)
    for one in before:
        owner = owners.get(line_key(one.line), one)
        if owner.chair.id != one.chair.id:
            gone = _carrier(company, one, place)
            found = [
                _carrier(company, owner, place)
                if (task.player, task.rule, task.notes) == (gone.player, gone.rule, gone.notes)
                else task
                for task in found
            ]
    return found


def _without(chairs: Sequence[Chair], tasks: Sequence[Task]) -> list[Chair]:
    """Those who have nothing to do yet."""
    busy = {task.player for task in tasks}
    return [chair for chair in chairs if chair.id not in busy]


def _resting(
    company: Company, carried: Sequence[Carrier], tasks: Sequence[Task]
) -> tuple[str, ...]:
    """In loud phrases, those who have a line for less than half of it."""
    if company.phrase.tier < 3:
        return ()
    half = (company.phrase.end - company.phrase.start) / 2
    return tuple(
        player
        for player, notes in _held(carried, tasks).items()
        if sum(note.length.quarters for note in notes) < half and player not in _named_ids(company)
    )


def _held(carried: Sequence[Carrier], tasks: Sequence[Task]) -> dict[str, list[Note]]:
    """What each player has of the lines."""
    held: dict[str, list[Note]] = {}
    for one in carried:
        held.setdefault(one.chair.id, []).extend(line_notes(one.line, one.chair))
    for task in tasks:
        held.setdefault(task.player, []).extend(task.notes)
    return held


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

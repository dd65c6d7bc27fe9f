"""From a sketch to a full score: phrase by phrase, then player by player, then proved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from scorestage.errors import InputError
from scorestage.music import Ensemble, Family, Line, Player, Score, Sketch
from scorestage.orchestration.around import (
    Surroundings,
    aligned,
    all_of,
    set_in,
    surroundings,
    with_hit,
)
from scorestage.orchestration.breaking import break_chords
from scorestage.orchestration.cast import Cast, bowed
from scorestage.orchestration.chairs import ranks_of, turns_of
from scorestage.orchestration.check import check
from scorestage.orchestration.coverage import MUST, Uncovered, uncovered, unheard
from scorestage.orchestration.desk import library_of, line_of, settle
from scorestage.orchestration.distinct import distinct, rivals_of
from scorestage.orchestration.exchanging import exchange
from scorestage.orchestration.fewest import fewest, with_help
from scorestage.orchestration.grounds import grounds_of
from scorestage.orchestration.job import Job, job_of
from scorestage.orchestration.losses import is_wished, left_out, lost_notes
from scorestage.orchestration.marked import NotGiven, named_players, only_marked
from scorestage.orchestration.octavelines import with_octave_lines
from scorestage.orchestration.pedalling import pedalled
from scorestage.orchestration.placing import Placed
from scorestage.orchestration.plan import planned
from scorestage.orchestration.repair import (
    occupations,
    occupied_still,
    rescues,
    thinned,
    twins,
)
from scorestage.orchestration.result import (
    Fault,
    Ground,
    OrchestrationResult,
    Reason,
)
from scorestage.orchestration.seams import joined, playable
from scorestage.orchestration.settings import Assignment, Settings
from scorestage.orchestration.sharing import share
from scorestage.orchestration.technique import unplucked
from scorestage.orchestration.values import Task
from scorestage.orchestration.vowels import with_vowels
from scorestage.timebase import Beat, TempoMap

EVERYONE_SECONDS = 40.0
_ROUNDS = 3
_TWIN_ROUNDS = 8
_PLAIN = Settings()


def orchestrate(
    sketch: Sketch,
    ensemble: Ensemble,
    tempo_map: TempoMap,
    settings: Settings = _PLAIN,
    assignments: Sequence[Assignment] = (),
    *,
    ground: Sketch | None = None,
) -> OrchestrationResult:
    """The sketch scored for the ensemble, with a reason for each choice and all faults that remain.

    Every note of tune and bass is played at its own pitch where any player has it. Decisions are
    taken phrase by phrase from `settings.seed` and that phrase, so a change in one bar of the
    sketch leaves the other phrases alone. Note ids join the player's id and the sketch note's.

    `ground` is the same sketch before its hits, where it is known: then everybody is chosen for
    it, and only the bars that a hit changes are scored again, each hit's on their own. So a hit
    more or less changes the score where it changes the sketch, and nowhere else.

    Raises `InputError` for an ensemble without players or an assignment to somebody unknown.
    """
    _refuse(sketch, ensemble, assignments)
    left: tuple[NotGiven, ...] = ()
    hands = ensemble
    if not settings.does("lines"):
        sketch, left = only_marked(sketch, assignments)
        ground = ground and only_marked(ground, assignments)[0]
        hands = named_players(ensemble, sketch, assignments)
    plain = aligned(ground, sketch)
    job = job_of(plain or sketch, hands, tempo_map, settings, tuple(assignments))
    if len(hands.players) > 1 and settings.does("lines"):
        job = rivals_of(job)
    work = _worked(job) if not job.manner.fewest else _by_few(job)
    job = work.job
    whole = job.with_sketch(sketch)
    if plain is not None:
        work.play_hits(whole)
    lines = with_vowels(with_octave_lines(pedalled(work.lines(whole, ensemble), sketch.grid)))
    score = Score(sketch.grid, lines, sketch.marks, sketch.chords)
    faults = _faults(whole, score, tempo_map)
    return OrchestrationResult(score, tuple(work.reasons()), faults, work.grounds(), left)


def _worked(job: Job) -> _Workshop:
    """Every player's tasks, planned, completed and made playable."""
    work = _Workshop(job)
    work.plan()
    work.share()
    if job.settings.does("fill"):
        work.occupy()
    work.rescue()
    if job.settings.does("double"):
        work.part_twins()
        work.rescue()
    work.gather()
    work.take_bows()
    return work


def _by_few(job: Job) -> _Workshop:
    """The same by as few players as can carry it: one more comes in while a note is left over."""
    few = fewest(job)
    while True:
        turns = turns_of(few, job.settings.seed)
        work = _worked(replace(job, ensemble=few, turns=turns))
        missing = work.missing()
        more = with_help(few, job.ensemble, missing) if missing else few
        if more == few:
            return work
        few = more


def _faults(job: Job, score: Score, tempo_map: TempoMap) -> tuple[Fault, ...]:
    missing = uncovered(job.strands, (note for _, note in score.notes()), MUST)
    lost = lost_notes(missing, score, job.timing)
    found = [one for one in check(score, tempo_map) if not is_wished(job, one)]
    return (*lost, *left_out(job, score), *found)


def _refuse(sketch: Sketch, ensemble: Ensemble, assignments: Sequence[Assignment]) -> None:
    if not ensemble.players:
        raise InputError(f"the ensemble {ensemble.name!r} has no players")
    known = {player.id for player in ensemble.players}
    named = [one for strand in sketch.strands for one in strand.assign]
    named += [one for wish in assignments for one in wish.players]
    for one in named:
        if one not in known:
            raise InputError(
                f"the ensemble {ensemble.name!r} has no player {one!r}",
                do=f"players are {', '.join(sorted(known))}",
            )


class _Workshop:
    """The tasks of every player while they are still being moved about."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.library = library_of(job)
        self.tasks: dict[str, list[Task]] = {one.id: [] for one in job.ensemble.players}
        self.settled: dict[str, list[Placed]] = {}
        self._casts: list[Cast] = []
        self._occupied: list[Task] = []
        self._parted: set[str] = set()
        self._ranks = ranks_of(job.ensemble)

    def plan(self) -> None:
        """Every phrase scored on its own."""
        for place in range(len(self.job.phrases)):
            found = distinct(self.job, place)
            self._casts.append(found.cast)
            for task in found.tasks:
                self.tasks[task.player].append(task)
        for player in self.job.ensemble.players:
            self._settle(player)

    def take_bows(self) -> None:
        """Who has no time to change between plucking and bowing bows the whole phrase."""
        for player in self.job.ensemble.players:
            given_up = unplucked(self.settled[player.id], self.job.timing)
            if not given_up:
                continue
            self.tasks[player.id] = [
                bowed(task) if task.phrase in given_up else task for task in self.tasks[player.id]
            ]
            for place in given_up:
                self._casts[place] = self._casts[place].with_bow(player.id)
            self._settle(player)

    def play_hits(self, whole: Job) -> None:
        """The bars around each hit scored again, by the same players, and set into the rest."""
        before = {player: list(tasks) for player, tasks in self.tasks.items()}
        plain = dict(self.settled)
        library = library_of(whole)
        places = surroundings(self.job.sketch, whole.sketch)
        for number, here in enumerate(places):
            job = self.job.with_sketch(with_hit(self.job.sketch, whole.sketch, here))
            other = self._around(job, here, number, before, plain)
            for player in job.ensemble.players:
                name = player.id
                if other.tasks[name] != before[name]:
                    alone = joined(player, plain[name], other.settled[name], here, library)
                    self.settled[name] = set_in(self.settled[name], alone, here)
                    self._remember(name, other.tasks[name], number, here)
        everywhere = all_of(places)
        for player in self.job.ensemble.players:
            found = self.settled[player.id]
            if any(one.task.around >= 0 for one in found):
                line = playable(player, found, everywhere, library)
                self.settled[player.id] = line

    def _around(
        self,
        job: Job,
        here: Surroundings,
        number: int,
        before: Mapping[str, list[Task]],
        plain: Mapping[str, list[Placed]],
    ) -> _Workshop:
        """The cue with one hit: the phrases it touches are planned with the same cast."""
        other = _Workshop(job)
        other.library = replace(self.library, strands=library_of(job).strands)
        places = [
            place
            for place, phrase in enumerate(job.phrases)
            if any(phrase.first_bar - 1 <= bar <= phrase.last_bar for bar in here.bars)
        ]
        for player_id, tasks in before.items():
            other.tasks[player_id] = [task for task in tasks if task.phrase not in places]
        for place in places:
            found = planned(job, place, self._casts[place]).tasks
            found += [
                occupied_still(task, self.job, job)
                for task in self._occupied
                if task.phrase == place
            ]
            for task in found:
                other.tasks[task.player].append(replace(task, around=number))
        other.settled = dict(plain)
        for player in job.ensemble.players:
            if player.id in self._parted:
                other.tasks[player.id] = before[player.id]
            elif any(task.around == number for task in other.tasks[player.id]):
                other._settle(player)
        other.share()
        other.rescue()
        return other

    def _remember(
        self, player_id: str, tasks: Sequence[Task], number: int, here: Surroundings
    ) -> None:
        """What a player does at a hit and nowhere else, so that it is told too."""
        known = {(task.phrase, task.rule) for task in self.tasks[player_id]}
        for task in tasks:
            notes = tuple(note for note in task.notes if here.holds(note.onset.quarters))
            if task.around == number and notes and (task.phrase, task.rule) not in known:
                self.tasks[player_id].append(replace(task, notes=notes))

    def _settle(self, player: Player) -> None:
        tasks = self.tasks[player.id]
        rank = self._ranks[player.id]
        self.settled[player.id] = settle(player, tasks, rank, self.library) if tasks else []

    def _add(self, tasks: Sequence[Task]) -> None:
        for task in tasks:
            self.tasks[task.player].append(task)
        for player in self.job.ensemble.players:
            if any(task.player == player.id for task in tasks):
                self._settle(player)

    def share(self) -> None:
        """Strokes that one percussionist cannot reach go to another."""
        share(self.job.ensemble, self.tasks, self.settled, self._resettled)

    def occupy(self) -> None:
        """In a longer cue nobody sits there for nothing."""
        phrases = self.job.phrases
        if not phrases or not self.job.settings.everyone or not self.job.strands:
            return
        if not self.job.manner.everyone:
            return
        if sum(phrase.seconds for phrase in phrases) < EVERYONE_SECONDS:
            return
        idle = [player for player, placed in self.settled.items() if not placed]
        self._occupied = occupations(self.job, idle, self.settled)
        self._add(self._occupied)

    def rescue(self) -> None:
        """Notes of tune and bass that nobody plays are given to somebody."""
        for _ in range(_ROUNDS):
            notes = [one.note for placed in self.settled.values() for one in placed]
            missing = uncovered(self.job.strands, notes, MUST)
            tasks = rescues(self.job, missing, self.settled) if missing else []
            if not tasks:
                return
            self._add(tasks)

    def missing(self) -> list[Uncovered]:
        """Notes of the sketch that nobody has."""
        notes = [one.note for placed in self.settled.values() for one in placed]
        found = list(uncovered(self.job.strands, notes, MUST))
        return found + [one for one in unheard(self.job.strands, notes) if one not in found]

    def gather(self) -> None:
        """What is left of the other lines goes to whoever is free, else to whoever only doubles."""
        for _ in range(_ROUNDS):
            missing = self._unheard()
            tasks = rescues(self.job, missing, self.settled, gently=True) if missing else []
            if not tasks:
                break
            self._add(tasks)
        exchange(self.job, self.tasks, self.settled, self._resettled)
        break_chords(self.job, self.tasks, self.settled, self._resettled)

    def _resettled(self, player: Player, tasks: Sequence[Task]) -> list[Placed]:
        return settle(player, tasks, self._ranks[player.id], self.library)

    def _unheard(self) -> tuple[Uncovered, ...]:
        notes = [one.note for placed in self.settled.values() for one in placed]
        return unheard(self.job.strands, notes)

    def part_twins(self) -> None:
        """Where two parts are the same throughout, one is reduced to its strong beats."""
        players = {player.id: player for player in self.job.ensemble.players}
        for _ in range(_TWIN_ROUNDS):
            pairs = twins(self.settled)
            for pair in pairs:
                victim = min(pair, key=self._needed)
                self.tasks[victim] = thinned(self.tasks[victim], self.job.timing)
                self._parted.add(victim)
                self._settle(players[victim])
            if not pairs:
                return

    def _needed(self, player_id: str) -> tuple[bool, bool, int]:
        """Who keeps the line when two have the same: whoever must, then strings, then the first."""
        tasks = self.tasks[player_id]
        strings = any(task.instrument.family is Family.STRINGS for task in tasks)
        seats = [player.id for player in self.job.ensemble.players]
        return any(task.essential for task in tasks), strings, -seats.index(player_id)

    def lines(self, whole: Job, ensemble: Ensemble) -> list[Line]:
        """The players' lines in score order, signed by what the whole sketch says."""
        library = library_of(whole)
        return [
            line_of(player, self.settled.get(player.id, []), library) for player in ensemble.players
        ]

    def grounds(self) -> dict[tuple[str, int], Ground]:
        """Of each pitch that is played the task it comes from."""
        return {
            key: ground
            for player, placed in self.settled.items()
            for key, ground in grounds_of(placed, self.tasks[player])
        }

    def reasons(self) -> list[Reason]:
        """Why everybody plays what they play, in order of time."""
        found = []
        for player in self.job.ensemble.players:
            played = {(one.task.phrase, one.task.rule) for one in self.settled[player.id]}
            for task in self.tasks[player.id]:
                if (task.phrase, task.rule) in played and task.notes:
                    found.append(self._reason(task))
        order = {player.id: place for place, player in enumerate(self.job.ensemble.players)}
        return sorted(found, key=lambda one: (one.start, order[one.player], one.rule))

    def _reason(self, task: Task) -> Reason:
        timing = self.job.timing
        start = min(note.onset for note in task.notes)
        end = max(note.end for note in task.notes)
        first, last = timing.label(start.quarters), timing.label(_just_before(end))
        bars = first if first == last else f"{first}-{last}"
        return Reason(
            task.player, task.role.value, task.rule, task.why, start, end, bars, task.added
        )


def _just_before(end: Beat) -> Fraction:
    return end.quarters - Fraction(1, 1000)

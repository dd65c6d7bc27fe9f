"""From a sketch to a full score: phrase by phrase, then player by player, then proved."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from fractions import Fraction

from scorestage.errors import InputError
from scorestage.music import Ensemble, Family, Line, Pitch, Player, Score, Sketch
from scorestage.orchestration.chairs import turns_of
from scorestage.orchestration.check import check
from scorestage.orchestration.coverage import MUST, Uncovered, uncovered
from scorestage.orchestration.desk import Library, line_of, settle
from scorestage.orchestration.phrases import cut
from scorestage.orchestration.placing import Placed
from scorestage.orchestration.plan import Job, plan_phrase
from scorestage.orchestration.practice import Colour, colour
from scorestage.orchestration.reading import lines_in, read_strands
from scorestage.orchestration.repair import occupations, rescues, thinned, twins
from scorestage.orchestration.restraint import Sound
from scorestage.orchestration.result import (
    Fault,
    FaultKind,
    OrchestrationResult,
    Reason,
    Severity,
)
from scorestage.orchestration.settings import Assignment, Settings
from scorestage.orchestration.timing import Timing
from scorestage.orchestration.values import Task
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
) -> OrchestrationResult:
    """The sketch scored for the ensemble, with a reason for each choice and all faults that remain.

    Every note of tune and bass is played at its own pitch where any player has it. Decisions are
    taken phrase by phrase from `settings.seed` and that phrase, so a change in one bar of the
    sketch leaves the other phrases alone. Note ids join the player's id and the sketch note's.

    Raises `InputError` for an ensemble without players or an assignment to somebody unknown.
    """
    _refuse(sketch, ensemble, assignments)
    job = _job_of(sketch, ensemble, tempo_map, settings, tuple(assignments))
    timing = job.timing
    library = Library({one.index: one.strand for one in job.strands}, job.curves, timing)
    work = _Workshop(job, library)
    work.plan()
    work.occupy()
    missing = work.rescue()
    work.part_twins()
    missing = [*missing, *work.rescue()]
    score = Score(sketch.grid, tuple(work.lines()), sketch.marks, sketch.chords)
    faults = (*_lost(missing, score, timing), *_left_out(job, score), *check(score, tempo_map))
    return OrchestrationResult(score, tuple(work.reasons()), faults)


def _job_of(
    sketch: Sketch,
    ensemble: Ensemble,
    tempo_map: TempoMap,
    settings: Settings,
    assignments: tuple[Assignment, ...],
) -> Job:
    """The cue read once: its strands, its phrases, whose turn it is when, and its silences."""
    timing = Timing(sketch.grid, tempo_map)
    strands = read_strands(sketch)
    phrases = cut(sketch, strands, timing, settings.seed) if sketch.grid.bars else ()
    turns = turns_of(ensemble, settings.seed)
    sound = Sound.of(sketch, strands)
    return Job(sketch, ensemble, timing, settings, assignments, strands, phrases, turns, sound)


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

    def __init__(self, job: Job, library: Library) -> None:
        self.job = job
        self.library = library
        self.tasks: dict[str, list[Task]] = {one.id: [] for one in job.ensemble.players}
        self.settled: dict[str, list[Placed]] = {}
        self._ranks = _ranks(job.ensemble)

    def plan(self) -> None:
        """Every phrase scored on its own."""
        for place in range(len(self.job.phrases)):
            for task in plan_phrase(self.job, place):
                self.tasks[task.player].append(task)
        for player in self.job.ensemble.players:
            self._settle(player)

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

    def occupy(self) -> None:
        """In a longer cue nobody sits there for nothing."""
        phrases = self.job.phrases
        if not phrases or not self.job.settings.everyone or not self.job.strands:
            return
        if sum(phrase.seconds for phrase in phrases) < EVERYONE_SECONDS:
            return
        idle = [player for player, placed in self.settled.items() if not placed]
        self._add(occupations(self.job, idle, self.settled))

    def rescue(self) -> list[Uncovered]:
        """Notes of tune and bass nobody plays are given to somebody; those nobody has come back."""
        for _ in range(_ROUNDS):
            notes = [one.note for placed in self.settled.values() for one in placed]
            missing = uncovered(self.job.strands, notes, MUST)
            if not missing:
                return []
            tasks = rescues(self.job, missing, self.settled)
            if not tasks:
                return list(missing)
            self._add(tasks)
        notes = [one.note for placed in self.settled.values() for one in placed]
        return list(uncovered(self.job.strands, notes, MUST))

    def part_twins(self) -> None:
        """Where two parts are the same throughout, one is reduced to its strong beats."""
        players = {player.id: player for player in self.job.ensemble.players}
        for _ in range(_TWIN_ROUNDS):
            pairs = twins(self.settled)
            for pair in pairs:
                victim = min(pair, key=self._needed)
                self.tasks[victim] = thinned(self.tasks[victim], self.job.timing)
                self._settle(players[victim])
            if not pairs:
                return

    def _needed(self, player_id: str) -> tuple[bool, bool, int]:
        """Who keeps the line when two have the same: whoever must, then strings, then the first."""
        tasks = self.tasks[player_id]
        strings = any(task.instrument.family is Family.STRINGS for task in tasks)
        seats = [player.id for player in self.job.ensemble.players]
        return any(task.essential for task in tasks), strings, -seats.index(player_id)

    def lines(self) -> list[Line]:
        """The players' lines in score order."""
        return [
            line_of(player, self.settled[player.id], self.library)
            for player in self.job.ensemble.players
        ]

    def reasons(self) -> list[Reason]:
        """Why everybody plays what they play, in order of time."""
        found = []
        for player in self.job.ensemble.players:
            played = {id(one.task) for one in self.settled[player.id]}
            for task in self.tasks[player.id]:
                if id(task) in played and task.notes:
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


def _ranks(ensemble: Ensemble) -> Mapping[str, int]:
    seen: Counter[Colour] = Counter()
    found = {}
    for player in ensemble.players:
        group = colour(player.instrument)
        found[player.id] = seen[group]
        seen[group] += 1
    return found


def _left_out(job: Job, score: Score) -> list[Fault]:
    """By phrase and line the notes that no player sounds in any octave: two hands are two."""
    heard: dict[Fraction, set[int]] = {}
    for _, note in score.notes():
        for pitch in note.sounding:
            heard.setdefault(note.onset.quarters, set()).add(pitch.key % 12)
    found = []
    for place, phrase in enumerate(job.phrases):
        for line in lines_in(job.strands, job.phrases, place):
            gone = [
                tone
                for tone in line.tones
                if isinstance(tone.pitch, Pitch)
                and line.role not in MUST
                and tone.key % 12 not in heard.get(tone.start, set())
            ]
            if gone:
                text = f"{len(gone)} of {len(line.tones)} notes of {line.label} have no player"
                label = job.timing.label(max(phrase.start, gone[0].start))
                at = Beat(gone[0].start)
                found.append(Fault(FaultKind.LOST, "", at, label, text, Severity.DOUBTFUL))
    return found


def _lost(missing: Sequence[Uncovered], score: Score, timing: Timing) -> list[Fault]:
    """A fault for each note of tune or bass that no player of the ensemble has at its pitch."""
    heard: dict[Fraction, set[int]] = {}
    for _, note in score.notes():
        for pitch in note.sounding:
            heard.setdefault(note.onset.quarters, set()).add(pitch.key % 12)
    found = []
    for one in {(item.strand, item.tone.id): item for item in missing}.values():
        at = Beat(one.tone.start)
        text = f"nobody has {one.tone.pitch} of the {one.role.value.lower()}"
        severity = Severity.WRONG
        if one.tone.key % 12 in heard.get(one.tone.start, set()):
            text, severity = f"{text}; it sounds in another octave", Severity.DOUBTFUL
        label = timing.label(one.tone.start)
        found.append(Fault(FaultKind.LOST, "", at, label, text, severity))
    return found

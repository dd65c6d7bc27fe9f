"""`conform`: what a new cut does to each cue, and the repairs of those changed inside."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace

import numpy as np

from scorestage.adapters.store import read_provenance
from scorestage.builder import executor_for
from scorestage.conform.changes import ChangeList
from scorestage.conform.heard import Heard, hear, leading_line
from scorestage.conform.joints import JointTerms, hold_points, joint_terms, joint_words
from scorestage.conform.moving import CueMove, CueState, moved_cue
from scorestage.errors import InputError, ScorestageError, Where
from scorestage.music import Note, Role
from scorestage.production import BarState, Cue, CueStatus, CutList
from scorestage.tempofit.repairs import (
    EditKind,
    Joints,
    Repair,
    WrittenCue,
    click_places,
    repairs,
    written_hits,
)
from scorestage.timebase import Beat, FilmSpan, TempoMap
from scorestage.workflow.compose import SKETCH, read_sketch
from scorestage.workflow.conform_earlier import Earlier, earlier_of, returned
from scorestage.workflow.fit_wish import kept_bars
from scorestage.workflow.issue import last_issued
from scorestage.workflow.job import Job
from scorestage.workflow.orchestrate import SCORE, read_cue_score

MANY_CUES = 4
"""From so many changed cues on, beginning other processes pays."""
TO_MEND = (CueState.CHANGED, CueState.SPLIT, CueState.NEW_MUSIC)
PLAYS_ON = "it keeps its own time: it plays on from its in, and is cut off at its new out"
_THEME = "theme:"
_REST_QUARTERS = 2


@dataclass(frozen=True, slots=True)
class CueConform:
    """A cue after the re-cut: what became of its picture, and its repairs, the best first.

    `joint_words` says of each repair what speaks for its joints and against them. `fault` says
    why none was looked for. `earlier` is the version of the music that one of them brings back.
    """

    move: CueMove
    repairs: tuple[Repair, ...] = ()
    joint_words: tuple[tuple[str, ...], ...] = ()
    fault: str = ""
    earlier: Earlier | None = None

    @property
    def cue(self) -> Cue:
        """The cue as it was."""
        return self.move.cue

    def chosen(self, number: int) -> Repair | None:
        """The repair of that number, from 1; None where nothing has to be mended."""
        if not self.repairs:
            return None
        if not 1 <= number <= len(self.repairs):
            raise InputError(
                f"there is no repair {number}",
                Where(cue=self.cue.number),
                f"choose 1 to {len(self.repairs)}",
            )
        return self.repairs[number - 1]


@dataclass(frozen=True, slots=True)
class Conforming:
    """A project against a new cut: the change list, and what it does to each cue."""

    changes: ChangeList
    cues: tuple[CueConform, ...]

    def cue(self, name: str) -> CueConform:
        """The cue of that number or id; `InputError` where it is none of the project's."""
        for one in self.cues:
            if name in (one.cue.number, one.cue.id):
                return one
        known = ", ".join(one.cue.number for one in self.cues)
        raise InputError(f"there is no cue {name!r}", do=f"cues: {known}")


@dataclass(frozen=True, slots=True)
class Task:
    """One cue's search for repairs, as plain values that another process can take."""

    written: WrittenCue
    terms: JointTerms | None
    top: int


def conform(
    job: Job,
    changes: ChangeList,
    states: Mapping[str, Sequence[tuple[str, BarState]]] | None = None,
    top: int = 6,
    workers: int = 0,
    edit: CutList | None = None,
) -> Conforming:
    """What the change list does to every cue of the project; nothing is written.

    `states` says by cue number how far bars are (`("5-12", BarState.RECORDED)`), over what the
    project knows. Many cues are shared among `workers` processes; 0: one for each core. `edit` is
    the list of the new cut, where there is one: by it a picture that came back is known.
    """
    moves = [moved_cue(cue, changes) for cue in job.cues()]
    tasks: list[Task | str] = []
    for move in moves:
        try:
            tasks.append(_task(job, move, changes, (states or {}).get(move.cue.number, ()), top))
        except ScorestageError as fault:
            tasks.append(str(fault))
    many = sum(isinstance(one, Task) for one in tasks) >= MANY_CUES
    executor = executor_for(workers if many else 1)
    try:
        begun: list[str | Future[tuple[Repair, ...]]] = [
            one if isinstance(one, str) else executor.submit(_search, one.written, one.top)
            for one in tasks
        ]
        found = tuple(
            _with_earlier(job, _told(move, task, one), changes, edit, states or {})
            for move, task, one in zip(moves, tasks, begun, strict=True)
        )
    finally:
        executor.close(at_once=True)
    return Conforming(changes, found)


def _with_earlier(
    job: Job,
    one: CueConform,
    changes: ChangeList,
    edit: CutList | None,
    states: Mapping[str, Sequence[tuple[str, BarState]]],
) -> CueConform:
    """With an earlier version that fits again, if there is one: last where that loses work.

    A cue whose files cannot be read stays as it is: its own fault says so.
    """
    if one.move.state not in TO_MEND or plays_on(one.move):
        return one
    try:
        old = job.folder.map(one.cue.id, job.clock)
        earlier = None if old is None else earlier_of(job, one.cue, changes, edit)
        if old is None or earlier is None:
            return one
        far = bar_states(job, one.cue, old, states.get(one.cue.number, ()))
        back = returned(job, one.cue, old, one.move, earlier, far)
    except ScorestageError:
        return one
    told = replace(one, earlier=earlier, fault="")
    taken = BarState.RECORDED in far and earlier.cue.status is not CueStatus.RECORDED
    if (earlier.worked_on or taken) and one.repairs:
        return replace(told, repairs=(*one.repairs, back), joint_words=(*one.joint_words, ()))
    return replace(told, repairs=(back, *one.repairs), joint_words=((), *one.joint_words))


def plays_on(move: CueMove) -> bool:
    """Whether a cue is not mended but made anew: music of the scene that is not recorded yet."""
    changed = move.state in TO_MEND and move.start is not None
    return changed and move.cue.keeps_own_time and move.cue.status is not CueStatus.RECORDED


def _search(written: WrittenCue, top: int) -> tuple[Repair, ...]:
    return repairs(written, top=top)


def _told(move: CueMove, task: Task | str, answer: str | Future[tuple[Repair, ...]]) -> CueConform:
    if isinstance(answer, str) or isinstance(task, str):
        return CueConform(move, fault=str(answer))
    try:
        found = answer.result()
    except ScorestageError as fault:
        return CueConform(move, fault=str(fault))
    return CueConform(move, found, tuple(_joints_told(task, one) for one in found))


def _joints_told(task: Task, repair: Repair) -> tuple[str, ...]:
    """What a listener hears at the joints of a repair."""
    if task.terms is None:
        return ()
    places = {at: number for number, at in enumerate(task.written.joints.places)}
    told: list[str] = []
    for edit in repair.edits:
        if edit.kind is EditKind.CUT:
            told += joint_words(task.terms, places[edit.low], places[edit.high])
        elif edit.kind is EditKind.REPEAT:
            told += joint_words(task.terms, places[edit.high], places[edit.low])
    return tuple(dict.fromkeys(told))


def _task(
    job: Job,
    move: CueMove,
    changes: ChangeList,
    states: Sequence[tuple[str, BarState]],
    top: int,
) -> Task | str:
    """What the search is given; or why there is nothing to search."""
    if move.state not in TO_MEND:
        return ""
    if plays_on(move):
        return PLAYS_ON
    tempo_map = job.folder.map(move.cue.id, job.clock)
    if tempo_map is None:
        return "it has no tempo map yet: only its hits move"
    if move.start is None or move.cue.start is None:
        return ""
    terms, joints = _joints(job, move.cue, tempo_map)
    pairs = [(one.hit, one.at) for one in move.hits if one.at is not None]
    later = move.start - move.cue.start
    end = None
    if move.end is not None and move.cue.end is not None:
        end = tempo_map.end + (move.end - move.cue.end)
    begins = tempo_map.time_at(Beat(-tempo_map.grid.pickup.quarters))
    written = WrittenCue(
        tempo_map,
        written_hits(tempo_map, pairs, changes.old_rate),
        move.kept,
        begins + FilmSpan(later.seconds),
        end,
        bar_states(job, move.cue, tempo_map, states),
        joints,
        changes.old_rate,
    )
    return Task(written, terms, top)


def bar_states(
    job: Job, cue: Cue, tempo_map: TempoMap, states: Sequence[tuple[str, BarState]] = ()
) -> tuple[BarState, ...]:
    """How far each bar is: recorded with its cue, on the stands once issued, else free.

    `states` are bars named otherwise (`"5-12"`, by their printed numbers), later ones over
    earlier ones.
    """
    usual = BarState.FREE
    if last_issued(job, cue) is not None:
        usual = BarState.ISSUED
    if cue.status is CueStatus.RECORDED:
        usual = BarState.RECORDED
    found = [usual] * len(tempo_map.grid.bars)
    for named, state in states:
        for first, last in kept_bars((named,), tempo_map):
            found[first:last] = [state] * (last - first)
    return tuple(found)


def _joints(job: Job, cue: Cue, tempo_map: TempoMap) -> tuple[JointTerms | None, Joints]:
    """What each joint does to the cue's music, by its sketch or, without one, its score."""
    grid = tempo_map.grid
    places = click_places(grid)
    heard = _heard(job, cue, tempo_map, places)
    if heard is None:
        return None, Joints.plain(grid)
    music, tune = heard
    beats = np.array([float(grid.position(at).beat) for at in places[:-1]] + [1.0])
    spans = _theme_spans(job, cue, tune)
    over = np.array([any(low < at < high for low, high in spans) for at in places])
    terms = joint_terms(music, beats, over)
    return terms, Joints(places, terms.total, hold_points(music))


def _heard(
    job: Job, cue: Cue, tempo_map: TempoMap, places: tuple[Beat, ...]
) -> tuple[Heard, tuple[Note, ...]] | None:
    folder = job.folder.cue_folder(cue.id)
    if (folder / SKETCH).exists():
        sketch = read_sketch(job, cue)
        staves = [strand.staff for strand in sketch.strands]
        tune = tuple(note for strand in sketch.of_role(Role.MELODY) for note in strand.staff.notes)
    elif (folder / SCORE).exists():
        score = read_cue_score(job, cue)
        staves = [staff for line in score.lines for staff in line.staves]
        tune = ()
    else:
        return None
    notes = tuple(note for staff in staves for note in staff.notes)
    lead = tune or leading_line(notes)
    ends = {note.id: note for note in notes}
    bows = [
        (ends[slur.first].onset, ends[slur.last].end)
        for staff in staves[:1]
        for slur in staff.slurs
        if slur.first in ends and slur.last in ends
    ]
    levels = sorted(
        ((mark.at, mark.dynamic.level) for staff in staves for mark in staff.dynamics),
        key=lambda one: one[0],
    )
    return hear(notes, lead, places, tempo_map.grid.starts, bows, levels), lead


def _theme_spans(job: Job, cue: Cue, tune: Sequence[Note]) -> list[tuple[Beat, Beat]]:
    """Where the tune states a theme: neighbouring notes that one put there."""
    provenance = read_provenance(job.folder.cue_folder(cue.id))
    origin = {
        one.note: one.origin.split(" (")[0]
        for one in provenance.origins
        if one.file == SKETCH and one.origin.startswith(_THEME)
    }
    found: list[tuple[Beat, Beat]] = []
    before = ""
    for note in sorted(tune, key=lambda one: one.onset):
        mine = origin.get(note.id, "")
        near = bool(found) and (note.onset - found[-1][1]).quarters < _REST_QUARTERS
        if mine and mine == before and near:
            found[-1] = found[-1][0], note.end
        elif mine:
            found.append((note.onset, note.end))
        before = mine
    return found

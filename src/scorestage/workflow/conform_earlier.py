"""A picture that came back: an earlier version of a cue's music that was written to it fits again.

Where a new cut shows a cue's picture as it was for an earlier version, that version needs no
repair at all. It lies under `versions/`; beside it stands the print of the music that followed it,
so that work done on the cue since is seen, and never written over unasked.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from fractions import Fraction
from hashlib import sha256
from pathlib import Path

from scorestage.adapters.formats.musicxml import read_score
from scorestage.adapters.store import write_bytes
from scorestage.adapters.store.map_file import read_map
from scorestage.conform.changes import Change, ChangeKind, ChangeList, made_list
from scorestage.conform.lists import compare_lists
from scorestage.conform.moving import CueMove, CueState, MovedHit, moved_cue
from scorestage.conform.through import through
from scorestage.errors import ScorestageError
from scorestage.music import Score
from scorestage.music.replaying import PlayedSpan
from scorestage.production import (
    BarState,
    Cue,
    CueStatus,
    CutList,
    HitStatus,
    PictureVersion,
)
from scorestage.tempofit.repairs import (
    BarSource,
    Edit,
    EditKind,
    HitAfter,
    Origin,
    Repair,
    written_hits,
)
from scorestage.tempofit.steps import tempo_steps_percent
from scorestage.timebase import BarGrid, Beat, Beats, FilmClock, FilmSpan, FilmTime, TempoMap
from scorestage.workflow.compose import SKETCH
from scorestage.workflow.editorial import edit_of
from scorestage.workflow.fit import MAP
from scorestage.workflow.issue import last_issued
from scorestage.workflow.job import Job
from scorestage.workflow.music_versions import VERSIONS
from scorestage.workflow.orchestrate import SCORE
from scorestage.workflow.picture_history import changes_between

AS_BEFORE = "as before"
PICTURE_GONE = "its picture was removed in "
"""How the reason begins of a hit that was dropped with its picture."""
_FOLLOWED = "followed.json"


@dataclass(frozen=True, slots=True)
class Earlier:
    """A version of a cue's music kept beside it, and where all of its picture is in the new cut.

    `cue` is the cue as it was then, `by` how much later all of it is, `tempo_map` its map there.
    `worked_on` says that the music that followed it was changed since.
    """

    version: str
    folder: Path
    cue: Cue
    by: FilmSpan
    tempo_map: TempoMap
    move: CueMove
    worked_on: bool


def earlier_of(
    job: Job, cue: Cue, changes: ChangeList, edit: CutList | None = None
) -> Earlier | None:
    """The newest version kept of a cue whose picture the new cut shows whole; None: none of them.

    `edit` is the list of the new cut, where one was given: it is held against the lists of the
    pictures that the versions were written to.
    """
    home = job.folder.cue_folder(cue.id) / VERSIONS
    folders = [one for one in home.glob("v*") if one.name[1:].isdigit()]
    for folder in sorted(folders, key=lambda one: -int(one.name[1:])):
        found = _fitting(job, cue, folder, changes, edit)
        if found is not None:
            return found
    return None


def _fitting(
    job: Job, cue: Cue, folder: Path, changes: ChangeList, edit: CutList | None
) -> Earlier | None:
    if not (folder / "cue.toml").is_file() or not (folder / MAP).is_file():
        return None
    for picture in job.production.pictures:
        clock = FilmClock(picture.rate, picture.start_frames)
        try:
            kept = job.folder.read_cue(folder / "cue.toml", clock, cue.id)
            if kept.written_to != picture.id or kept.start is None:
                continue
            whole = _changes_since(job, picture, changes, edit)
            tempo_map = read_map(folder / MAP, clock)
        except ScorestageError:
            continue
        move = None if whole is None else moved_cue(kept, whole)
        if move is None or move.state not in (CueState.UNTOUCHED, CueState.SLID):
            return None
        by = FilmSpan(0) if move.start is None else move.start - kept.start
        since = _followed(folder) != music_print(job, cue.id)
        return Earlier(folder.name, folder, kept, by, tempo_map.shifted(by), move, since)
    return None


def _changes_since(
    job: Job, picture: PictureVersion, changes: ChangeList, edit: CutList | None
) -> ChangeList | None:
    """What changed from an earlier picture to the new cut, as sure as it can be known."""
    before = edit_of(job, picture.id) if edit is not None else None
    if edit is not None and before is not None:
        whole = compare_lists(before, edit)
        if (whole.old_frames, whole.new_frames) == (picture.frames, changes.new_frames):
            return whole
    known = changes_between(job, picture.id, job.picture().id)
    if known is None:
        return None
    if _places(known.mirrored()) == _places(changes):
        frames = known.old_frames
        rate = known.old_rate
        same = (Change(ChangeKind.KEPT, 0, frames, 0, frames),)
        return made_list(same, frames, frames, rate, rate, known.old_start_frames)
    return through(known, changes)


def _places(changes: ChangeList) -> list[tuple[object, ...]]:
    """Where everything went: what the pieces are called counts for nothing."""
    return [
        (
            *(one.kind.in_both, one.kind is ChangeKind.REPLACED, one.speed),
            *(one.old_in_frames, one.old_out_frames, one.new_in_frames, one.new_out_frames),
        )
        for one in changes.changes
    ]


# ── the version as a repair ──────────────────────────────────────────────────────────────────────


def returned(
    job: Job,
    cue: Cue,
    old: TempoMap,
    move: CueMove,
    earlier: Earlier,
    states: Sequence[BarState] = (),
) -> Repair:
    """The earlier version as a repair of the music as it is now: nothing of it is new.

    `states` says how far each bar of the music as it is now is; none: all are free.
    """
    grid = earlier.tempo_map.grid
    sources = _sources(_bar_prints(_here(job, cue), old.grid), _then(earlier, grid))
    spans = _spans(sources, old.grid, grid)
    far = tuple(states) or (BarState.FREE,) * len(old.grid.bars)
    paged, paced = _paged_anew(sources, old.grid), _paced_anew(sources, old, earlier.tempo_map)
    stands = () if _on_the_stands(job, cue, earlier) else paged
    taken = earlier.cue.status is CueStatus.RECORDED
    words = f"{earlier.version} as it was, to its own picture"
    if earlier.worked_on:
        words += f" (what was done to the music in {cue.version} is not in it)"
    unheard = sum(not one.old_bars for one in sources)
    if unheard and BarState.RECORDED in far and not taken:
        words += f" (bars of it that the take of {cue.version} has not: {unheard})"
    end = old.grid.end
    return Repair(
        name=AS_BEFORE,
        why=words,
        tempo_map=earlier.tempo_map,
        edits=(Edit(EditKind.RETURN, words, old.grid.starts[0], end),),
        spans=spans,
        sources=sources,
        hits=_hits_met(job, returned_hits(move, earlier), earlier.tempo_map),
        points=Fraction(0),
        largest_step_percent=max(
            (abs(one) for one in tempo_steps_percent(earlier.tempo_map)), default=Fraction(0)
        ),
        touched=tuple(sorted({*paged, *paced})),
        reprint=tuple(bar for bar in stands if far[bar] is not BarState.FREE),
        retake=tuple(bar for bar in paced if far[bar] is BarState.RECORDED and not taken),
        returns=earlier.version,
    )


def _paged_anew(sources: Sequence[BarSource], old: BarGrid) -> tuple[int, ...]:
    """Bars of the music as it is now that are not played, or beside which others come back."""
    found = set(range(len(old.bars))) - {bar for one in sources for bar in one.old_bars}
    last = 0
    for one in sources:
        last = one.old_bars[0] if one.old_bars else last
        if not one.old_bars:
            found.add(last)
    return tuple(sorted(found))


def _paced_anew(sources: Sequence[BarSource], old: TempoMap, then: TempoMap) -> tuple[int, ...]:
    """Bars of the music as it is now that last otherwise in the version that returns."""
    found = []
    for bar, one in enumerate(sources):
        found += [own for own in one.old_bars if _lasting(old, own) != _lasting(then, bar)]
    return tuple(sorted(found))


def _lasting(tempo_map: TempoMap, bar: int) -> FilmSpan:
    starts = tempo_map.grid.starts
    return tempo_map.time_at(starts[bar + 1]) - tempo_map.time_at(starts[bar])


def _on_the_stands(job: Job, cue: Cue, earlier: Earlier) -> bool:
    """Whether the score handed out last is that of the version that returns."""
    issued = last_issued(job, cue)
    scores = [] if issued is None else [issued.folder / SCORE, earlier.folder / SCORE]
    texts = [one.read_bytes() for one in scores if one.is_file()]
    return len(texts) == 2 and texts[0] == texts[1]


def returned_hits(move: CueMove, earlier: Earlier) -> tuple[MovedHit, ...]:
    """The cue's hits with their picture back: those dropped with it live again as they were.

    One that was set since, to picture that is gone now, has no place.
    """
    then = {one.hit.id: one for one in earlier.move.hits}
    found = []
    for one in move.hits:
        before = then.get(one.hit.id)
        back = None if before is None else before.at
        gone = one.hit.status is HitStatus.DROPPED and PICTURE_GONE in one.hit.why
        if before is not None and back is not None and gone:
            found.append(MovedHit(before.hit, back))
        else:
            found.append(MovedHit(one.hit, one.at or back))
    return tuple(found)


def _hits_met(job: Job, hits: Sequence[MovedHit], tempo_map: TempoMap) -> tuple[HitAfter, ...]:
    placed = [(replace(one.hit, at=one.at), one.at) for one in hits if one.at is not None]
    landed = written_hits(tempo_map, placed, job.picture().rate)
    return tuple(
        HitAfter(
            *(one.hit, one.before_frames, one.caught_before, one.before_frames, one.caught_before),
            position=tempo_map.grid.position(one.at),
        )
        for one in landed
    )


def _here(job: Job, cue: Cue) -> Score | None:
    return kept_score(job.folder.cue_folder(cue.id))


def kept_score(folder: Path) -> Score | None:
    """The music in a folder of a cue, or of a version of it: the sketch, else the score."""
    for name in (SKETCH, SCORE):
        if (folder / name).is_file():
            return read_score((folder / name).read_bytes(), name).score
    return None


def _then(earlier: Earlier, grid: BarGrid) -> list[tuple[object, ...]]:
    return _bar_prints(kept_score(earlier.folder), grid)


def _bar_prints(score: Score | None, grid: BarGrid) -> list[tuple[object, ...]]:
    """What is in each bar: its meter, and what begins in it on every staff."""
    held: list[list[object]] = [[str(bar.meter)] for bar in grid.bars]
    staves = () if score is None else [staff for line in score.lines for staff in line.staves]
    for number, staff in enumerate(staves):
        for note in staff.notes:
            if not grid.starts[0] <= note.onset < grid.end:
                continue
            bar = grid.index_at(note.onset)
            place = (note.onset - grid.starts[bar]).quarters
            held[bar].append((number, str(place), str(note.pitches), str(note.length.quarters)))
    return [tuple(map(str, one)) for one in held]


def _sources(
    here: Sequence[tuple[object, ...]], then: Sequence[tuple[object, ...]]
) -> tuple[BarSource, ...]:
    """Of each bar of the version that returns, which bar of the music as it is now it is."""
    matcher = SequenceMatcher(None, here, then, autojunk=False)
    found = [BarSource(Origin.NEW)] * len(then)
    for low, into, size in matcher.get_matching_blocks():
        for step in range(size):
            found[into + step] = BarSource(Origin.SAME, (low + step,))
    return tuple(found)


def _spans(sources: Sequence[BarSource], old: BarGrid, new: BarGrid) -> tuple[PlayedSpan, ...]:
    """The bars that both have as stretches of the music as it is now, the others between."""
    found: list[PlayedSpan] = []
    at = Beat(-new.pickup.quarters)
    for bar, source in enumerate(sources):
        high = new.starts[bar + 1]
        length = Beats((high - at).quarters)
        low = old.starts[source.old_bars[0]] if source.old_bars else None
        if low is not None and at < new.starts[bar]:
            low = Beat(low.quarters - (new.starts[bar] - at).quarters)
        last = found[-1] if found else None
        if last is not None and (last.low is None) == (low is None) and last.high == low:
            found[-1] = PlayedSpan(last.to, last.length + length, last.low)
        else:
            found.append(PlayedSpan(at, length, low))
        at = high
    return tuple(found)


# ── what followed a version ──────────────────────────────────────────────────────────────────────


def keep_followed(job: Job, staged: Job, cue_id: str, version: str) -> None:
    """Say beside a version that was kept what the music was that followed it.

    Also beside those before it, as far as nobody worked on what followed them.
    """
    home = staged.folder.cue_folder(cue_id) / VERSIONS
    before, told = music_print(job, cue_id), {"music": music_print(staged, cue_id)}
    for folder in home.glob("v*"):
        if folder.name == version or _followed(folder) == before:
            write_bytes(folder / _FOLLOWED, (json.dumps(told, indent=1) + "\n").encode("utf-8"))


def _followed(folder: Path) -> str:
    try:
        return str(json.loads((folder / _FOLLOWED).read_text(encoding="utf-8"))["music"])
    except (OSError, ValueError, KeyError, TypeError):
        return ""


def music_print(job: Job, cue_id: str) -> str:
    """A print of a cue's notes and map, wherever in the film it lies."""
    folder = job.folder.cue_folder(cue_id)
    found = sha256()
    for name in (SKETCH, SCORE):
        found.update((folder / name).read_bytes() if (folder / name).is_file() else b"-")
    tempo_map = job.folder.map(cue_id, job.clock)
    if tempo_map is not None:
        still = tempo_map.shifted(FilmTime(0) - tempo_map.start)
        found.update(job.folder.map_text(still, FilmClock(job.clock.rate, 0), "").encode("utf-8"))
    return found.hexdigest()

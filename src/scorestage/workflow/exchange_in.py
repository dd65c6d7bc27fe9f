"""`import --cue`: a tempo map of another program becomes a cue's own, with the difference shown."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from scorestage.adapters.session import Imported, Marker, MarkerKind
from scorestage.adapters.store import (
    is_by_hand,
    read_provenance,
    write_bytes,
    write_provenance,
    writing,
)
from scorestage.adapters.tempo_list import begun_at_bar, extended, trimmed
from scorestage.errors import InputError, Where
from scorestage.production import Cue, Hit, HitStatus
from scorestage.tempofit import Landing, land
from scorestage.timebase import Beat, FilmSpan, FilmTime, Steady, TempoMap, clock_text
from scorestage.workflow.fit import MAP
from scorestage.workflow.job import Job
from scorestage.workflow.library import house_of
from scorestage.workflow.products.cuefacts import numbered_by
from scorestage.workflow.tell import tell_exact, tell_moment

_FAR_SECONDS = 60
_SAME_FRAMES = Fraction(1, 2)


@dataclass(frozen=True, slots=True)
class ImportWish:
    """What a person says of an import.

    `at` is where bar 1 stands: a moment, `file`, `cue` or `map`; empty: the file's own place where
    that lies near the cue, else where bar 1 was, else the cue's start. `bar_one` is the bar of the
    file that is bar 1.
    """

    at: str = ""
    bar_one: int = 1
    hits: bool = False
    accept_misses: bool = False
    again: bool = False
    dry: bool = False


@dataclass(frozen=True, slots=True)
class HitChange:
    """What becomes of one hit: `off_before` and `off_after` in frames, None where nothing was."""

    hit: Hit
    what: str
    before: Landing | None = None
    after: Landing | None = None

    @property
    def lost(self) -> bool:
        """Whether the map in force caught it and the new one does not."""
        caught = self.before is not None and self.before.caught
        return caught and self.after is not None and not self.after.caught


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import does to a cue, and whether it was done."""

    cue: Cue
    old_map: TempoMap | None
    new_map: TempoMap | None
    placed_by: str
    hits: tuple[HitChange, ...]
    notes: tuple[str, ...]
    losses: tuple[str, ...]
    outside: tuple[Marker, ...] = ()
    applied: bool = False

    @property
    def lost(self) -> tuple[HitChange, ...]:
        """Hits that the map in force catches and the new one misses."""
        return tuple(change for change in self.hits if change.lost)


def import_into(job: Job, cue: Cue, found: Imported, wish: ImportWish) -> ImportReport:
    """Take map and, if wished, markers of a file into a cue.

    Nothing is written where a hit that is caught now would be missed (unless that is accepted), or
    where the map in force is a person's (unless `again` is said): `InputError` names them.
    """
    old = job.folder.map(cue.id, job.clock)
    placed, placed_by = _placed(job, cue, found, old, wish)
    new, notes = _fitted_in(cue, placed.tempo_map, wish)
    new = numbered_by(house_of(job), new) if new is not None else None
    hits, changes, outside = _hits(job, cue, placed.markers) if wish.hits else (cue.hits, (), ())
    changed = replace(cue, hits=hits)
    told = _landings(job, changed, old, new, changes)
    if not wish.hits and any(one.kind is MarkerKind.HIT for one in placed.markers):
        count = sum(one.kind is MarkerKind.HIT for one in placed.markers)
        notes += (f"markers left aside: {count}; --hits takes them as hits",)
    report = ImportReport(
        changed, old, new, placed_by, told, (*found.notes, *notes), found.losses, outside
    )
    if wish.dry:
        return report
    _refuse(job, cue, report, wish)
    _write(job, changed, new, report, cue)
    return replace(report, applied=True)


def _placed(
    job: Job, cue: Cue, found: Imported, old: TempoMap | None, wish: ImportWish
) -> tuple[Imported, str]:
    """The file's map with bar 1 where it belongs, and in words why there."""
    found = _from_bar(found, wish.bar_one)
    tempo_map = found.tempo_map
    if tempo_map is None:
        if found.markers and not found.placed and not wish.at:
            do = "say where the file begins: --at TIMECODE"
            raise InputError("the file does not say where it lies in the film", do=do)
        if wish.at and wish.at not in ("file", "cue", "map") and not found.placed:
            return found.shifted(job.reel_clock.read(wish.at) - FilmTime(0)), "as said"
        return found, "the file's own place"
    goal, words = _goal(job, cue, found, tempo_map, old, wish.at)
    return found.shifted(goal - tempo_map.start), words


def _goal(
    job: Job, cue: Cue, found: Imported, tempo_map: TempoMap, old: TempoMap | None, at: str
) -> tuple[FilmTime, str]:
    start = cue.start if cue.start is not None else FilmTime(0)
    if at == "file" or (not at and found.placed and _near(cue, tempo_map.start)):
        if not found.placed:
            raise InputError("the file does not say where it lies in the film", do="say --at cue")
        return tempo_map.start, "the file's own start timecode"
    if at == "map" or (not at and old is not None):
        if old is None:
            raise InputError("the cue has no map yet", Where(cue=cue.number), "say --at cue")
        return old.start, "bar 1 stays where it was"
    if at in ("", "cue"):
        return start, "bar 1 at the cue's start"
    return job.reel_clock.read(at), "bar 1 as said"


def _near(cue: Cue, at: FilmTime) -> bool:
    if cue.start is None:
        return True
    last = cue.end if cue.end is not None else cue.start
    return cue.start - FilmSpan(_FAR_SECONDS) <= at <= last


def _from_bar(found: Imported, bar_one: int) -> Imported:
    """The map with bar `bar_one` of the file as bar 1."""
    tempo_map = found.tempo_map
    if tempo_map is None or bar_one == 1:
        return found
    bars = tempo_map.grid.bars
    if not 1 <= bar_one <= len(bars):
        raise InputError(f"the file has no bar {bar_one}", do=f"its bars are 1 to {len(bars)}")
    return replace(found, tempo_map=begun_at_bar(tempo_map, bar_one - 1))


def _fitted_in(
    cue: Cue, tempo_map: TempoMap | None, wish: ImportWish
) -> tuple[TempoMap | None, tuple[str, ...]]:
    """The map with as many bars as the cue needs, where its end is known."""
    if tempo_map is None or cue.end is None:
        return tempo_map, ()
    if tempo_map.start >= cue.end:
        told = f"bar 1 at {clock_text(tempo_map.start.seconds)} lies after the cue"
        raise InputError(told, Where(cue=cue.number), "say where bar 1 stands: --at cue")
    count = len(tempo_map.grid.bars)
    if tempo_map.end < cue.end:
        made = extended(tempo_map, cue.end)
        more = len(made.grid.bars) - count
        return made, (f"{more} bars added at the end, in the last meter and tempo",)
    made = trimmed(tempo_map, cue.end)
    if (gone := count - len(made.grid.bars)) > 0:
        return made, (f"{gone} bars after the cue's end left out",)
    return made, ()


def _hits(
    job: Job, cue: Cue, markers: tuple[Marker, ...]
) -> tuple[tuple[Hit, ...], tuple[HitChange, ...], tuple[Marker, ...]]:
    """The cue's hits with the markers taken in: known by place or words, else new; none goes."""
    rate = job.production.rate
    hits = list(cue.hits)
    taken: set[str] = set()
    changes: list[HitChange] = []
    outside: list[Marker] = []
    for marker in markers:
        if marker.kind is not MarkerKind.HIT:
            continue
        first = cue.start if cue.start is not None else marker.at
        last = cue.end if cue.end is not None else marker.at
        if not first <= marker.at <= last:
            outside.append(marker)
            continue
        known = _known(hits, marker, rate.frame_span, taken)
        if known is None:
            number = next(n for n in range(1, len(hits) + 2) if f"h{n}" not in {h.id for h in hits})
            new = Hit(f"h{number}", marker.at, marker.words, status=HitStatus.KEPT)
            hits.append(new)
            changes.append(HitChange(new, "new"))
            taken.add(new.id)
            continue
        taken.add(known.id)
        if known.status is HitStatus.DROPPED:
            changes.append(HitChange(known, "dropped before, left so"))
            continue
        moved = replace(known, at=marker.at, status=HitStatus.KEPT)
        if abs(rate.frames_in(marker.at - known.at)) <= _SAME_FRAMES:
            changes.append(HitChange(known, "same"))
            continue
        hits[hits.index(known)] = moved
        frames = float(rate.frames_in(marker.at - known.at))
        changes.append(HitChange(moved, f"moved {frames:+.2f} frames"))
    return tuple(hits), tuple(changes), tuple(outside)


def _known(hits: list[Hit], marker: Marker, frame: FilmSpan, taken: set[str]) -> Hit | None:
    """The hit a marker is: of its id or words, or at its place."""
    free = [hit for hit in hits if hit.id not in taken]
    for hit in free:
        if abs((hit.at - marker.at).seconds) <= frame.seconds * _SAME_FRAMES:
            return hit
    named = [hit for hit in free if marker.words and hit.words == marker.words]
    named += [hit for hit in free if marker.words == f"hit {hit.id}"]
    return named[0] if len(named) == 1 else None


def _landings(
    job: Job,
    cue: Cue,
    old: TempoMap | None,
    new: TempoMap | None,
    changes: tuple[HitChange, ...],
) -> tuple[HitChange, ...]:
    rate = job.production.rate
    told = {change.hit.id: change.what for change in changes}
    dropped = tuple(one for one in changes if one.hit.status is HitStatus.DROPPED)
    live = tuple(
        HitChange(
            hit,
            told.get(hit.id, ""),
            land(hit, old, rate) if old is not None else None,
            land(hit, new, rate) if new is not None else None,
        )
        for hit in cue.live_hits
    )
    return (*live, *dropped)


def _refuse(job: Job, cue: Cue, report: ImportReport, wish: ImportWish) -> None:
    """`InputError` where something of the person's would be lost without a word."""
    where = Where(cue=cue.number)
    if report.new_map is None and not wish.hits:
        raise InputError("the file holds no tempo map", where, "--hits takes its markers as hits")
    folder = job.folder.cue_folder(cue.id)
    by_hand = is_by_hand(folder, MAP, read_provenance(folder))
    differs = report.new_map is not None and report.new_map != report.old_map
    if differs and by_hand and not wish.again:
        told = "the cue's map was changed by hand"
        raise InputError(told, where, "--again writes over it; --dry-run shows the difference")
    if report.lost and not wish.accept_misses:
        named = ", ".join(change.hit.words or change.hit.id for change in report.lost)
        do = "--accept-misses takes the map all the same; --dry-run shows the difference"
        raise InputError(f"the map would miss what is caught now: {named}", where, do)


def _write(job: Job, cue: Cue, new: TempoMap | None, report: ImportReport, before: Cue) -> None:
    """The map as a person's own file: no later fit writes over it; hits beside it."""
    folder = job.folder.cue_folder(cue.id)
    with writing(job.folder.root):
        if cue.hits != before.hits:
            job.folder.save_cue(cue, job.clock)
        if new is None or new == report.old_map:
            return
        missed = tuple(
            change.hit.id
            for change in report.hits
            if change.after is not None and not change.after.caught
        )
        text = job.folder.map_text(new, job.clock, "taken from another program", missed)
        write_bytes(folder / MAP, text.encode("utf-8"))
        known = read_provenance(folder)
        kept = tuple(one for one in known.made if one.file != MAP)
        write_provenance(folder, replace(known, made=kept))


def tell_map(tempo_map: TempoMap | None) -> dict[str, Any] | None:
    """A map in a few figures: bars, meters, tempos, start and end."""
    if tempo_map is None:
        return None
    steady = [one.tempo for one in tempo_map.events if isinstance(one, Steady)]
    tempos = steady or [tempo_map.tempo_at(Beat(0))]
    bpms = [tempo.quarters_per_minute for tempo in tempos]
    return {
        "bars": len(tempo_map.grid.bars),
        "meters": sorted({str(bar.meter) for bar in tempo_map.grid.bars}),
        **tell_exact("lowest_bpm", min(bpms)),
        **tell_exact("highest_bpm", max(bpms)),
        "tempo_events": len(tempo_map.events),
        **tell_moment("start", tempo_map.start),
        **tell_moment("end", tempo_map.end),
    }

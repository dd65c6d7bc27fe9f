"""`fit`: tempo and meter maps that reach the hits of a cue."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace
from fractions import Fraction

from scorestage.builder import executor_for, fingerprint
from scorestage.errors import InputError, ScorestageError, Where
from scorestage.music.mood import mood_of
from scorestage.production import Cue, Hit, WayIn, WayOut
from scorestage.tempofit import Candidate, FitSettings, first_fit, fit, refit
from scorestage.timebase import FilmTime, FrameRate, Meter, TempoMap
from scorestage.workflow.asked import asked_of
from scorestage.workflow.fit_wish import FitWish, kept_bars, refuse_both, refuse_endless
from scorestage.workflow.job import Job
from scorestage.workflow.library import house_of, style_of
from scorestage.workflow.scene_map import as_it_goes, source_inputs, steady_map
from scorestage.workflow.sources import Source, Written, keep, settled

MAP = "map.toml"
NO_WISH = FitWish()
MANY_CUES = 8
"""From so many cues on, beginning other processes pays."""
HELD_OUT = (WayOut.RING_OFF, WayOut.FADE)
"""Ways out in which the last note may be held until the cue ends."""
START_LATE_FRAMES = Fraction(2)
"""How late the first sound may come where that helps the hits."""


def settings_of(job: Job, cue: Cue) -> FitSettings:
    """What is asked of a cue's maps by its own wishes, its style and its tone."""
    style = style_of(job, cue)
    asked = asked_of(job.production, cue, job.clock)
    mood = mood_of(asked.tone, asked.background)
    wish = Fraction(style.bpm_for(mood.arousal))
    base = FitSettings(
        lowest_bpm=Fraction(style.bpm_low),
        highest_bpm=Fraction(style.bpm_high),
        wish_bpm=wish,
        meters=_meters(style.meters),
        start_late_frames=START_LATE_FRAMES if cue.live_hits else Fraction(0),
        end_hold=cue.way_out in HELD_OUT,
        first_bar=house_of(job).free_bars + 1,
        seed=job.production.seed,
    )
    return wish_of(cue).settings(base)


def wish_of(cue: Cue) -> FitWish:
    """What a cue says of its maps itself; a way in by pickup asks for one beat."""
    pickup = (Fraction(1),) if cue.way_in is WayIn.PICKUP else ()
    return FitWish(
        lowest_bpm=cue.bpm_lowest,
        highest_bpm=cue.bpm_highest,
        wish_bpm=cue.bpm_wish,
        meters=tuple(Meter.parse(text) for text in cue.meters),
        breath_percent=cue.breath_percent,
        pickups_beats=cue.pickups_beats or pickup,
        start_late_frames=cue.start_late_frames,
        ramps=cue.ramps,
        fermatas=cue.fermatas or None,
        free_bars=cue.free_bars or None,
        steady=cue.steady,
    )


def _meters(usual: tuple[Meter, ...]) -> tuple[Meter, ...]:
    """The style's first meter, and others of the same click unit that may be put in."""
    first = usual[0]
    if first.compound:
        others = tuple(Meter(count, first.denominator) for count in (6, 9, 12, 3))
    elif first.additive:
        return (first, *(one for one in usual[1:] if one.click == first.click))
    else:
        others = tuple(Meter(count, first.denominator) for count in (4, 3, 5, 2))
    found = [first]
    for meter in (*usual[1:], *others):
        if meter.click == first.click and meter not in found:
            found.append(meter)
    return tuple(found)


@dataclass(frozen=True, slots=True)
class FitRequest:
    """All that a fit of one cue needs, as plain values that another process can take."""

    start: FilmTime
    end: FilmTime | None
    hits: tuple[Hit, ...]
    rate: FrameRate
    settings: FitSettings
    in_force: TempoMap | None = None
    accepted: frozenset[str] = frozenset()
    keep_bars: tuple[tuple[int, int], ...] = ()
    fast: bool = False
    mend: bool = False
    steady: TempoMap | None = None
    """The one map of music of the scene, which keeps its own time."""


def request_of(job: Job, cue: Cue, wish: FitWish = NO_WISH, keep: Sequence[str] = ()) -> FitRequest:
    """What is asked for a cue; see `fit_cue`."""
    start, end = place_of(cue)
    refuse_endless(start, end)
    known = job.folder.map(cue.id, job.clock)
    if keep and known is None:
        raise InputError("the cue has no map to keep bars of", Where(cue=cue.number))
    refuse_both(wish, keep)
    if wish.mend and known is None:
        raise InputError("the cue has no map to mend", Where(cue=cue.number), "fit it first")
    settings = wish.settings(settings_of(job, cue))
    if cue.keeps_own_time:
        own = steady_map(job, cue, settings.wish_bpm, settings.meters[0])
        rate = job.production.rate
        return FitRequest(start, end, (), rate, settings, in_force=known, steady=own)
    bars = kept_bars(keep, known) if known is not None else ()
    if known is not None:
        settings, known = _numbered(settings, known, stays=bool(keep) or wish.mend)
    return FitRequest(
        start,
        end,
        cue.live_hits,
        job.production.rate,
        settings,
        in_force=known if keep or wish.mend or not wish.says_anything else None,
        accepted=job.folder.missed_by_map(cue.id),
        keep_bars=bars,
        fast=wish.fast and not keep,
        mend=wish.mend,
    )


def _numbered(
    settings: FitSettings, known: TempoMap, *, stays: bool
) -> tuple[FitSettings, TempoMap]:
    """New bars and those of the map in force numbered alike: as it has them where it `stays`,
    else as the house counts."""
    if stays:
        return replace(settings, first_bar=max(1, known.grid.bars[0].label.number)), known
    return settings, replace(known, grid=known.grid.counted_from(settings.first_bar))


def answer(asked: FitRequest) -> tuple[Candidate, ...]:
    """The ranked maps."""
    if asked.steady is not None:
        return (as_it_goes(asked.steady),)
    where = (asked.start, asked.end, asked.hits, asked.rate, asked.settings)
    if asked.mend and asked.in_force is not None:
        begins, ends, hits, rate, settings = where
        return refit(begins, ends, hits, rate, asked.in_force, settings, asked.accepted)
    if asked.fast:
        return (first_fit(*where),)
    return fit(*where, keep=asked.in_force, accepted=asked.accepted, keep_bars=asked.keep_bars)


def fit_cue(
    job: Job, cue: Cue, wish: FitWish = NO_WISH, keep: Sequence[str] = ()
) -> tuple[Candidate, ...]:
    """Ranked maps for a cue; the map in force stays first while it reaches every hit.

    Where `wish` says anything of its own, the map in force has no privilege. The bars of `keep`
    (`1-8`, by their printed numbers) stay as they are in it.
    """
    return answer(request_of(job, cue, wish, keep))


def fit_cues(
    job: Job,
    cues: Sequence[Cue],
    wish: FitWish = NO_WISH,
    keep: Sequence[str] = (),
    workers: int = 0,
) -> Iterator[tuple[Candidate, ...] | ScorestageError]:
    """Ranked maps for each of the cues in their order, or why a cue has none.

    Many cues are shared among `workers` processes; 0: one for each core.
    """
    executor = executor_for(1 if len(cues) < MANY_CUES else workers)
    try:
        begun: list[Future[tuple[Candidate, ...]] | ScorestageError] = []
        for cue in cues:
            try:
                begun.append(executor.submit(answer, request_of(job, cue, wish, keep)))
            except ScorestageError as fault:
                begun.append(fault)
        for one in begun:
            if isinstance(one, ScorestageError):
                yield one
                continue
            try:
                yield one.result()
            except ScorestageError as fault:
                yield fault
    finally:
        executor.close(at_once=True)


def keep_best(job: Job, cue: Cue, candidates: tuple[Candidate, ...]) -> None:
    """Make the best of the maps the cue's, unless it has one that is up to date or a person's."""
    if settled(job, cue, FIT) is None:
        written = _made(job, cue, candidates[0])
        keep(job.folder.cue_folder(cue.id), MAP, "fit", _inputs(job, cue), written)


def choose(job: Job, cue: Cue, candidates: tuple[Candidate, ...], number: int) -> Candidate:
    """Make the `number`-th candidate (counted from 1) the cue's map."""
    if not 1 <= number <= len(candidates):
        raise InputError(
            f"there is no map {number}", Where(cue=cue.number), f"choose 1 to {len(candidates)}"
        )
    chosen = candidates[number - 1]
    written = _written(job, chosen)
    keep(job.folder.cue_folder(cue.id), MAP, "fit --choose", _inputs(job, cue), written)
    return chosen


def place_of(cue: Cue) -> tuple[FilmTime, FilmTime | None]:
    """Where a cue's music begins and is out; without a picture it begins at zero."""
    start = cue.start if cue.start is not None else FilmTime(0)
    if cue.end is not None:
        return start, cue.end
    if cue.length_seconds is not None:
        return start, FilmTime(start.seconds + cue.length_seconds)
    return start, None


def _inputs(job: Job, cue: Cue) -> str:
    if cue.keeps_own_time:
        return fingerprint(*source_inputs(job, cue), settings_of(job, cue), job.production.rate)
    hits = tuple(replace(hit, words="", why="", streamer=False) for hit in cue.live_hits)
    return fingerprint(
        cue.start, cue.end, cue.length_seconds, hits, settings_of(job, cue), job.production.rate
    )


def _make(job: Job, cue: Cue) -> Written:
    return _made(job, cue, fit_cue(job, cue)[0])


def _made(job: Job, cue: Cue, chosen: Candidate) -> Written:
    written = _written(job, chosen)
    path = job.folder.cue_folder(cue.id) / MAP
    if path.exists() and job.folder.map(cue.id, job.clock) == chosen.tempo_map:
        return replace(written, content=path.read_bytes())
    return written


def _written(job: Job, chosen: Candidate) -> Written:
    remarks = [f"{one.hit.words or one.hit.id} is missed" for one in chosen.missed]
    if chosen.chance is not None and not chosen.chance.better_than_chance:
        remarks.append("the fit is no better than luck would do with as many hits")
    words = f"{chosen.name}: {chosen.why}" if chosen.why else chosen.name
    missed = tuple(landing.hit.id for landing in chosen.missed)
    text = job.folder.map_text(chosen.tempo_map, job.clock, words, missed)
    return Written(text.encode("utf-8"), remarks=tuple(remarks))


FIT = Source(MAP, "fit", _inputs, _make)

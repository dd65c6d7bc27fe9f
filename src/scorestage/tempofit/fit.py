"""Finds tempo and meter maps that reach a cue's hits and still feel like music."""

from __future__ import annotations

from dataclasses import replace

from scorestage.production import Hit, HitStatus
from scorestage.tempofit.candidate import Candidate
from scorestage.tempofit.chance import BENDING, ONE, chances
from scorestage.tempofit.conflict import conflict_words
from scorestage.tempofit.exactly import exact_map
from scorestage.tempofit.ground import Ground, lay_ground
from scorestage.tempofit.judge import judged
from scorestage.tempofit.naming import named
from scorestage.tempofit.ranking import alike
from scorestage.tempofit.searching import around, fillable, searched, too_short, with_gaps
from scorestage.tempofit.settings import FitSettings
from scorestage.tempofit.ways import Ways
from scorestage.timebase import FilmTime, FrameRate, TempoMap

DEFAULTS = FitSettings()
NOTHING_ACCEPTED: frozenset[str] = frozenset()


def fit(
    start: FilmTime,
    end: FilmTime | None,
    hits: tuple[Hit, ...],
    rate: FrameRate,
    settings: FitSettings = DEFAULTS,
    keep: TempoMap | None = None,
    accepted: frozenset[str] = NOTHING_ACCEPTED,
    keep_bars: tuple[tuple[int, int], ...] = (),
) -> tuple[Candidate, ...]:
    """Tempo and meter maps for a cue, best first, each judged exactly.

    `start` is where the first sound may fall; the final barline falls on `end` (within a frame),
    or without one a few bars after the last hit. `keep` is a map already in use: while it fills
    the cue and reaches all hits (but those `accepted` as missed, by id, or not fewer in weight
    than any other map), it stays first. Of its bars those of `keep_bars` (index spans, the end
    excluded) stay in every candidate as they are: when they sound, their meters and tempos.
    Locked hits that no map reaches together are named by `Candidate.conflict`.
    Raises `FitError` for hits outside the cue and for cues that no whole bars fill.

    >>> from scorestage.timebase import FRAMES_24
    >>> best = fit(FilmTime(0), FilmTime(20), (), FRAMES_24)[0]
    >>> best.tempo_map.events[0].tempo.bpm, len(best.tempo_map.grid.bars), best.tempo_map.end
    (Fraction(96, 1), 8, FilmTime('20'))
    """
    live = tuple(hit for hit in hits if hit.status is not HitStatus.DROPPED)
    ground = fillable(lay_ground(start, end, live, rate, settings))
    if keep is not None and keep_bars:
        found = around(keep, keep_bars, ground, live, rate, settings, end)
    else:
        found = searched(ground, live, rate, settings)
        found = with_gaps(found, ground, settings)
    if keep is not None:
        found = _with_kept(keep, found, ground, live, rate, start, end, accepted)
    baseline = chances(ground, settings.draws, settings.seed)
    return tuple(
        replace(one, chance=baseline.get(_family(one)), conflict=conflict_words(ground, one))
        for one in named(found)
    )


def first_fit(
    start: FilmTime,
    end: FilmTime | None,
    hits: tuple[Hit, ...],
    rate: FrameRate,
    settings: FitSettings = DEFAULTS,
) -> Candidate:
    """A good map at once, for live use: without ranking and without its chance baseline.

    >>> from scorestage.timebase import FRAMES_24
    >>> first_fit(FilmTime(0), FilmTime(20), (), FRAMES_24).tempo_map.end
    FilmTime('20')
    """
    live = tuple(hit for hit in hits if hit.status is not HitStatus.DROPPED)
    ground = fillable(lay_ground(start, end, live, rate, settings))
    found = Ways(ground, settings).first()
    if found is None:
        raise too_short(ground)
    candidate = judged(found.name, exact_map(ground, found.plan, rate), ground, live, rate)
    return replace(candidate, conflict=conflict_words(ground, candidate))


def _family(candidate: Candidate) -> str:
    return BENDING if len(candidate.tempo_map.events) > 1 else ONE


def _with_kept(
    keep: TempoMap,
    found: list[Candidate],
    ground: Ground,
    hits: tuple[Hit, ...],
    rate: FrameRate,
    start: FilmTime,
    end: FilmTime | None,
    accepted: frozenset[str],
) -> list[Candidate]:
    """The map in use first while it fills the cue and reaches its hits, else the others alone."""
    frame = rate.frame_span
    first = keep.time_at(keep.grid.starts[0] + -keep.grid.pickup)
    begins = first >= start and (first - start).seconds <= ground.start_late + 1e-9
    ends = end is None or abs(keep.end - end) <= frame
    kept = judged("kept", keep, ground, hits, rate)
    no_worse = kept.costs.missed <= found[0].costs.missed
    reaches = no_worse or all(landing.hit.id in accepted for landing in kept.missed)
    if not (begins and ends and reaches):
        return found
    others = [one for one in found if not alike(one.tempo_map, keep)]
    return [kept, *others][: max(1, len(found))]

"""`fit --hits`: a fit from a list of hits, without a project."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from scorestage.adapters.formats.hit_list import read_hit_list
from scorestage.errors import InputError, ScorestageError, Where
from scorestage.production import Hit
from scorestage.tempofit import Candidate, FitSettings, first_fit, fit, refit
from scorestage.timebase import FilmClock, FilmTime, FrameRate, TempoMap
from scorestage.workflow.fit_wish import FitWish, kept_bars, refuse_both, refuse_endless


@dataclass(frozen=True, slots=True)
class AloneFit:
    """What was asked of a fit without a project, and its ranked maps."""

    start: FilmTime
    end: FilmTime | None
    rate: FrameRate
    hits: tuple[Hit, ...]
    settings: FitSettings
    candidates: tuple[Candidate, ...]
    not_read: tuple[str, ...]
    """Columns of the list that are not ours."""


def fit_alone(
    hits: Path,
    start: str,
    end: str,
    clock: FilmClock,
    wish: FitWish,
    known: TempoMap | None = None,
    keep: Sequence[str] = (),
) -> AloneFit:
    """Ranked maps for the hits of a CSV file.

    Hits, start and end may each be seconds, clock time, timecode or feet+frames (35 mm). `known`
    is a map there already, which stays first while it does; its bars `keep` (`1-8`) stay in all.
    """
    if keep and known is None:
        raise InputError("there is no map to keep bars of", do="name it: --map FILE")
    refuse_both(wish, keep)
    if wish.mend and known is None:
        raise InputError("there is no map to mend", do="name it: --map FILE")
    frames = clock.rate
    begins = _moment(clock, start, "--start")
    ends = _moment(clock, end, "--end") if end.strip() else None
    refuse_endless(begins, ends)
    settings = wish.settings(FitSettings())
    for span in settings.steady:
        if span.end <= begins or (ends is not None and span.start >= ends):
            raise InputError(
                f"--steady: {float(span.start.seconds):g} to {float(span.end.seconds):g} s lies "
                "outside the cue",
                do="count it from the same zero as --start and --end",
            )
    listed = read_hit_list(hits, clock)
    if ends is None or ends > begins:
        listed.refuse_outside(begins, ends)
    candidates: tuple[Candidate, ...]
    if wish.mend and known is not None:
        candidates = refit(begins, ends, listed.hits, frames, known, settings)
    elif wish.fast and not keep:
        candidates = (first_fit(begins, ends, listed.hits, frames, settings),)
    else:
        bars = kept_bars(keep, known) if known is not None else ()
        candidates = fit(begins, ends, listed.hits, frames, settings, keep=known, keep_bars=bars)
    return AloneFit(begins, ends, frames, listed.hits, settings, candidates, listed.not_read)


def _moment(clock: FilmClock, text: str, option: str) -> FilmTime:
    try:
        return clock.read(text)
    except ScorestageError as fault:
        raise type(fault)(f"{option}: {fault.what}", Where(), fault.do) from None

"""`spot`: the film watched, cues and hits proposed; what a person decided stays."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path

from scorestage.adapters.machines.film import probe
from scorestage.adapters.store import (
    Made,
    is_by_hand,
    read_provenance,
    sha256_of,
    write_provenance,
)
from scorestage.adapters.store.form_file import FORM, FormFile, read_form
from scorestage.errors import InputError
from scorestage.production import (
    Cue,
    CueNumber,
    HitStatus,
    Layer,
    cue_number,
    in_film_order,
    reel_and_cue,
)
from scorestage.spotting import Amount, SpottingProposal, SpottingRules, propose
from scorestage.timebase import FilmRange
from scorestage.workflow.brief import AMOUNTS, BriefChange, change_brief
from scorestage.workflow.cues import reel_of
from scorestage.workflow.job import Job
from scorestage.workflow.reading_strip import StripFilm, write_strip
from scorestage.workflow.settings import ProductionChange, change_production
from scorestage.workflow.shot_detector import check_detector, job_moments
from scorestage.workflow.sources import has_their_bars
from scorestage.workflow.watching import film_footage, keep_shots

Progress = Callable[[float, str], None]
_FILES = ("cue.toml", "hits.toml")
_MUSIC = ("map.toml", "sketch.musicxml", "score.musicxml")
SAME_CUE = Fraction(1, 2)
"""A proposal that shares this much of its length with an earlier one is the same cue."""


@dataclass(frozen=True, slots=True)
class SpotOutcome:
    """What spotting left: numbers of the cues proposed, kept as a person's, and withdrawn."""

    job: Job
    proposed: tuple[str, ...]
    kept: tuple[str, ...]
    withdrawn: tuple[str, ...]
    coverage: float
    """Share of the film that has music, 0 to 1."""


def spot_film(
    job: Job,
    amount: str = "",
    progress: Progress = lambda share, name: None,
    detector: str = "",
) -> SpotOutcome:
    """Watch the film and bring the project's cues up to date with what is proposed.

    An amount goes into the brief, a detector into the production: the next time they hold.
    """
    job.picture()
    check_detector(detector or job.production.detector)
    if amount:
        job = change_brief(job, BriefChange(amount=amount), "")
    if detector:
        job = change_production(job, ProductionChange(detector=detector))
    footage = film_footage(job, progress)
    moments = job_moments(job, footage, probe(job.film()), progress)
    progress(0.95, "proposing cues")
    proposal = propose(footage, moments, SpottingRules(_amount(job.production.brief.amount)))
    keep_shots(job, moments)
    return settle(job, proposal)


def draw_spotting(job: Job, dest: Path) -> None:
    """Write the film's reading with all cues as they stand as a picture."""
    footage = film_footage(job)
    facts = probe(job.film())
    moments = job_moments(job, footage, facts)
    write_strip(StripFilm(job.film(), facts, footage, moments, job.cues()), dest)


def settle(job: Job, proposal: SpottingProposal) -> SpotOutcome:
    """Put a proposal beside what a person decided, which wins wherever the two meet."""
    kept = tuple(cue for cue in job.production.cues if is_persons(job, cue))
    free = [cue for cue in job.production.cues if cue not in kept]
    fresh = [cue for cue in proposal.cues if not any(_meets(cue, own) for own in kept)]
    proposed = _taken_up(job, fresh, free)
    taken = {cue.id for cue in proposed}
    withdrawn = [cue for cue in free if cue.id not in taken]
    for cue in withdrawn:
        shutil.rmtree(job.folder.cue_folder(cue.id))
    after = Job.open(job.folder.root)
    return SpotOutcome(
        after,
        tuple(cue.number for cue in proposed),
        tuple(cue.number for cue in kept),
        tuple(cue.number for cue in withdrawn),
        coverage_of(after),
    )


def _taken_up(job: Job, fresh: list[Cue], free: list[Cue]) -> tuple[Cue, ...]:
    """Save the proposals under ids and numbers of this project, which segues name too."""
    numbers = _Numbers(job)
    settled: dict[str, Cue] = {}
    for cue in fresh:
        taken = {one.id for one in settled.values()}
        earlier = _same(cue, [one for one in free if one.id not in taken])
        settled[cue.id] = _settled(job, cue, earlier, numbers)
        _save(job, settled[cue.id])
    for cue in fresh:
        if cue.segue_to in settled:
            own = replace(settled[cue.id], segue_to=settled[cue.segue_to].id)
            settled[cue.id] = own
            _save(job, own)
    return tuple(settled.values())


def is_persons(job: Job, cue: Cue) -> bool:
    """Whether a person made or changed a cue, its hits, its form or a bar of its music."""
    if cue.kept:
        return True
    folder = job.folder.cue_folder(cue.id)
    provenance = read_provenance(folder)
    if any(is_by_hand(folder, file, provenance) for file in (*_FILES, FORM)):
        return True
    if read_form(folder / FORM, provenance.prints_of(FORM)) != FormFile():
        return True
    return any(has_their_bars(folder, file) for file in _MUSIC)


def coverage_of(job: Job) -> float:
    """The share of the film that has music; overlaps count once."""
    picture = job.production.current_picture
    if picture is None or not picture.end.seconds:
        return 0.0
    total, reached = Fraction(0), Fraction(0)
    for cue in in_film_order(job.cues()):
        if cue.start is not None and cue.end is not None:
            start = max(cue.start.seconds, reached)
            total += max(Fraction(0), cue.end.seconds - start)
            reached = max(reached, cue.end.seconds)
    return float(total / picture.end.seconds)


class _Numbers:
    """Running cue numbers; none is used twice."""

    def __init__(self, job: Job) -> None:
        self._job = job
        self._last = max((reel_and_cue(c.number)[1] for c in job.production.cues), default=0)

    def next(self, cue: Cue) -> str:
        """The next number, with the reel the cue starts in."""
        self._last += 1
        reel = reel_of(self._job.production, cue.start)
        if cue.layer is Layer.SOURCE:
            return str(CueNumber(reel, self._last, source=True))
        return cue_number(reel, self._last)


def _settled(job: Job, cue: Cue, earlier: Cue | None, numbers: _Numbers) -> Cue:
    number = earlier.number if earlier is not None else numbers.next(cue)
    cue_id = earlier.id if earlier is not None else job.folder.new_cue_id()
    hits = tuple(
        replace(hit, id=f"h{place}", status=HitStatus.PROPOSED)
        for place, hit in enumerate(cue.hits, start=1)
    )
    return replace(
        cue,
        id=cue_id,
        number=number,
        hits=hits,
        segue_to="",
        written_to=job.production.picture,
        kept=False,
    )


def _save(job: Job, cue: Cue) -> None:
    """Write a proposed cue; its hashes tell later whether a person has changed it."""
    folder = job.folder.cue_folder(cue.id)
    job.folder.save_cue(cue, job.clock)
    provenance = read_provenance(folder)
    for file in _FILES:
        if (folder / file).exists():
            made = Made(file, "spot", sha256_of(folder / file), job.production.picture)
            provenance = provenance.with_file(made, ())
    write_provenance(folder, provenance)


def _meets(cue: Cue, own: Cue) -> bool:
    """Whether a proposal lies in a person's cue, be it an omitted one.

    Music of the scene may sound on under a score cue: there only the same cue is meant.
    """
    one, other = _span(cue), _span(own)
    if one is None or other is None or not one.overlaps(other):
        return False
    if cue.layer is Layer.SOURCE and own.layer is not Layer.SOURCE:
        return _share(one, other) >= SAME_CUE
    return True


def _same(cue: Cue, earlier: list[Cue]) -> Cue | None:
    """The earlier proposal of the same layer that this one takes up."""
    span = _span(cue)
    best, most = None, SAME_CUE
    for one in earlier:
        other = _span(one)
        if one.layer is not cue.layer:
            continue
        if span is None or other is None or not span.overlaps(other):
            continue
        share = _share(span, other)
        if share >= most:
            best, most = one, share
    return best


def _share(one: FilmRange, other: FilmRange) -> Fraction:
    """How much of the longer of two spans that meet is in both, 0 to 1."""
    shared = min(one.end, other.end) - max(one.start, other.start)
    return shared.seconds / max(one.span.seconds, other.span.seconds)


def _span(cue: Cue) -> FilmRange | None:
    if cue.start is None or cue.end is None:
        return None
    return FilmRange(cue.start, cue.end)


def _amount(words: str) -> Amount:
    try:
        return Amount(words.replace(" ", "-"))
    except ValueError:
        raise InputError(
            f"{words!r} is no amount of music", do=f"say {', '.join(AMOUNTS)}"
        ) from None

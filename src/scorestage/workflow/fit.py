"""`fit`: tempo and meter maps that reach the hits of a cue."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from scorestage.builder import fingerprint
from scorestage.errors import FitError, InputError, Where
from scorestage.music.mood import mood_of
from scorestage.production import Cue, WayIn
from scorestage.tempofit import Candidate, FitSettings, fit
from scorestage.timebase import (
    Beats,
    Fermata,
    FilmTime,
    FrameRate,
    FreeBar,
    Meter,
    Ramp,
    Steady,
    TempoMap,
    clock_text,
)
from scorestage.workflow.job import Job
from scorestage.workflow.library import style_of
from scorestage.workflow.sources import Source, Written, keep
from scorestage.workflow.tell import tell_moment

MAP = "map.toml"
START_LATE_FRAMES = Fraction(2)
"""How late the first sound may come where that helps the hits."""


@dataclass(frozen=True, slots=True)
class FitWish:
    """What a person says on the command line instead of what cue and style say."""

    lowest_bpm: Fraction | None = None
    highest_bpm: Fraction | None = None
    wish_bpm: Fraction | None = None
    meters: tuple[Meter, ...] = ()
    breath_percent: Fraction | None = None
    top: int = 4
    seed: int = 1

    def settings(self, base: FitSettings) -> FitSettings:
        """`base` with what was said put in its place; what was not said gives way to it.

        Raises `FitError` where the slowest tempo said is above the fastest.
        """
        lowest = base.lowest_bpm if self.lowest_bpm is None else self.lowest_bpm
        highest = base.highest_bpm if self.highest_bpm is None else self.highest_bpm
        if lowest > highest:
            if self.lowest_bpm is not None and self.highest_bpm is not None:
                raise FitError(
                    f"the slowest tempo, {float(lowest):g} bpm, is above the fastest, "
                    f"{float(highest):g} bpm",
                    do="swap the two",
                )
            lowest = highest = lowest if self.highest_bpm is None else highest
        wish = min(max(base.wish_bpm, lowest), highest) if self.wish_bpm is None else self.wish_bpm
        return replace(
            base,
            lowest_bpm=min(lowest, wish),
            highest_bpm=max(highest, wish),
            wish_bpm=wish,
            meters=self.meters or base.meters,
            breath_percent=(
                base.breath_percent if self.breath_percent is None else self.breath_percent
            ),
            top=self.top,
            seed=self.seed,
        )


def settings_of(job: Job, cue: Cue) -> FitSettings:
    """What is asked of a cue's maps by its own wishes, its style and its tone."""
    style = style_of(job, cue)
    mood = mood_of(cue.tone, job.production.brief.tone)
    wish = Fraction(style.bpm_for(mood.arousal))
    base = FitSettings(
        lowest_bpm=Fraction(style.bpm_low),
        highest_bpm=Fraction(style.bpm_high),
        wish_bpm=wish,
        meters=_meters(style.meters),
        start_late_frames=START_LATE_FRAMES if cue.live_hits else Fraction(0),
        pickups=(Beats(1),) if cue.way_in is WayIn.PICKUP else (Beats(0),),
        seed=job.production.seed,
    )
    own = FitWish(
        cue.bpm_lowest,
        cue.bpm_highest,
        cue.bpm_wish,
        tuple(Meter.parse(text) for text in cue.meters),
        seed=job.production.seed,
    )
    return own.settings(base)


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


def fit_cue(job: Job, cue: Cue, wish: FitWish | None = None) -> tuple[Candidate, ...]:
    """Ranked maps for a cue; the map in force stays first while it reaches every hit."""
    settings = settings_of(job, cue)
    if wish is not None:
        settings = wish.settings(settings)
    start, end = _place(cue)
    in_force = job.folder.map(cue.id, job.clock) if wish is None else None
    return fit(
        start,
        end,
        cue.live_hits,
        job.production.rate,
        settings,
        keep=in_force,
        accepted=job.folder.missed_by_map(cue.id),
    )


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


def _place(cue: Cue) -> tuple[FilmTime, FilmTime | None]:
    start = cue.start if cue.start is not None else FilmTime(0)
    if cue.end is not None:
        return start, cue.end
    if cue.length_seconds is not None:
        return start, FilmTime(start.seconds + cue.length_seconds)
    return start, None


def _inputs(job: Job, cue: Cue) -> str:
    hits = tuple(replace(hit, words="", why="", streamer=False) for hit in cue.live_hits)
    return fingerprint(
        cue.start, cue.end, cue.length_seconds, hits, settings_of(job, cue), job.production.rate
    )


def _make(job: Job, cue: Cue) -> Written:
    chosen = fit_cue(job, cue)[0]
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


def chance_words(candidate: Candidate) -> str:
    """In words, what the number of hits caught is worth; empty where there are none."""
    chance = candidate.chance
    if chance is None or not chance.hits:
        return ""
    mean = float(chance.mean_caught)
    told = (
        f"{chance.caught} of {chance.hits} hits caught; as many hits at random, "
        f"{chance.draws} times: {mean:.1f} on average, {chance.p95_caught} in the best twentieth"
    )
    if chance.better_than_chance:
        return f"{told}. Better than luck, by place in the bar and evenness of tempo too."
    return f"{told}. No better than luck: the hits would be met as well if they lay elsewhere."


def tell_candidate(candidate: Candidate, rate: FrameRate) -> dict[str, Any]:
    """One candidate as an answer."""
    tempo_map = candidate.tempo_map
    chance = candidate.chance
    return {
        "name": candidate.name,
        "why": candidate.why,
        "cost": float(candidate.costs.total),
        "bars": [
            {
                "bar": str(bar.label),
                "bar_index": index,
                "meter": str(bar.meter),
                **tell_moment("at", tempo_map.time_at(tempo_map.grid.starts[index])),
            }
            for index, bar in enumerate(tempo_map.grid.bars)
        ],
        "beats": [
            {
                "bar": str(tempo_map.grid.bars[click.bar_index].label),
                "bar_index": click.bar_index,
                "beat": str(click.beat),
                "quarters": str(click.at.quarters),
                **tell_moment("at", click.time),
            }
            for click in tempo_map.clicks()
        ],
        "tempos": tell_tempos(tempo_map),
        "hits": [
            {
                "id": landing.hit.id,
                "words": landing.hit.words,
                "bar": str(landing.position.label),
                "bar_index": landing.position.bar_index,
                "beat": str(landing.position.beat),
                "position": str(landing.position),
                "quarters": str(landing.at.quarters),
                "off_frames": str(landing.off_frames),
                "off_frames_float": float(landing.off_frames),
                "caught": landing.caught,
            }
            for landing in candidate.hits
        ],
        "missed": [landing.hit.id for landing in candidate.missed],
        "chance": None
        if chance is None
        else {
            "draws": chance.draws,
            "hits": chance.hits,
            "caught": chance.caught,
            "caught_mean": float(chance.mean_caught),
            "caught_p95": chance.p95_caught,
            "points": float(chance.points),
            "points_mean": float(chance.mean_points),
            "better_than_chance": chance.better_than_chance,
            "words": chance_words(candidate),
        },
        "largest_step_percent": float(candidate.largest_step_percent),
        "meter_changes": candidate.meter_changes,
        "rate": rate.name,
        **tell_moment("end", tempo_map.end),
    }


def tell_tempos(tempo_map: TempoMap) -> list[dict[str, Any]]:
    """The tempo events of a map, each ramp with its law."""
    found: list[dict[str, Any]] = []
    for event in tempo_map.events:
        position = tempo_map.grid.position(event.at)
        told: dict[str, Any] = {
            "bar": str(position.label),
            "bar_index": position.bar_index,
            "beat": str(position.beat),
            "quarters": str(event.at.quarters),
            **tell_moment("at", tempo_map.time_at(event.at)),
        }
        if isinstance(event, Steady):
            told |= {"law": "constant", "bpm": str(event.tempo.bpm)}
            told |= {"bpm_float": float(event.tempo.bpm), "unit": str(event.tempo.unit.quarters)}
        elif isinstance(event, Ramp):
            told |= {"law": str(event.law), "bpm": str(event.start.bpm)}
            told |= {"to_bpm": str(event.end.bpm), "length_quarters": str(event.length.quarters)}
        elif isinstance(event, Fermata | FreeBar):
            law = "fermata" if isinstance(event, Fermata) else "free"
            told |= {"law": law, "played_seconds": str(event.played.seconds)}
            told |= {"length_quarters": str(event.length.quarters)}
        found.append(told)
    return found


def describe(candidate: Candidate) -> str:
    """One line for a list: bars, tempos, hits caught, largest step."""
    tempo_map = candidate.tempo_map
    bpms = [float(event.tempo.bpm) for event in tempo_map.events if isinstance(event, Steady)]
    span = f"♩ {min(bpms):.4g}" + (f"–{max(bpms):.4g}" if max(bpms) > min(bpms) else "")
    length = clock_text((tempo_map.end - tempo_map.start).seconds)
    return (
        f"{len(tempo_map.grid.bars)} bars, {span}, {length}, "
        f"{len(candidate.caught)} of {len(candidate.hits)} hits, "
        f"largest step {float(candidate.largest_step_percent):.1f} %"
    )

"""What a fit answers to a program: the candidates for `--json`."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from scorestage.production import Hit
from scorestage.tempofit import Candidate, FitSettings, Landing
from scorestage.timebase import (
    Beat,
    Fermata,
    FilmTime,
    FrameRate,
    FreeBar,
    Ramp,
    Steady,
    TempoMap,
)
from scorestage.workflow.fit_words import chance_words, conflicts, place_word, step_words
from scorestage.workflow.tell import tell_exact, tell_moment


def tell_fit(
    candidates: tuple[Candidate, ...],
    rate: FrameRate,
    start: FilmTime,
    end: FilmTime | None,
    settings: FitSettings,
) -> dict[str, Any]:
    """Everything a fit found, and what it was asked."""
    return {
        "rate": rate.name,
        **tell_moment("start", start),
        **tell_moment("end", end),
        **tell_asked(settings),
        "candidates": [
            {"rank": rank, **tell_candidate(one, rate)}
            for rank, one in enumerate(candidates, start=1)
        ],
    }


def tell_asked(settings: FitSettings) -> dict[str, Any]:
    """What a fit is asked for."""
    return {
        "asked": {
            **tell_exact("lowest_bpm", settings.lowest_bpm),
            **tell_exact("wish_bpm", settings.wish_bpm),
            **tell_exact("highest_bpm", settings.highest_bpm),
            "meters": [str(meter) for meter in settings.meters],
            **tell_exact("breath_percent", settings.breath_percent),
            "ramps": settings.ramps,
            "fermatas": settings.fermatas,
            "free_bars": settings.free_bars,
            "pickups_quarters": [str(pickup.quarters) for pickup in settings.pickups],
            **tell_exact("start_late_frames", settings.start_late_frames),
            "steady": [
                {**tell_moment("start", span.start), **tell_moment("end", span.end)}
                for span in settings.steady
            ],
            "draws": settings.draws,
            "seed": settings.seed,
        }
    }


def tell_candidate(candidate: Candidate, rate: FrameRate) -> dict[str, Any]:
    """One candidate as an answer."""
    tempo_map = candidate.tempo_map
    return {
        "name": candidate.name,
        "why": candidate.why,
        "cost": float(candidate.costs.total),
        "gap": None if candidate.gap is None else float(candidate.gap),
        "bars": _bars(tempo_map),
        "beats": _beats(tempo_map),
        "upbeats": _upbeats(tempo_map),
        "tempos": tell_tempos(tempo_map),
        "hits": [_hit(landing, tempo_map) for landing in candidate.hits],
        "caught": len(candidate.caught),
        "missed": [landing.hit.id for landing in candidate.missed],
        "conflicts": list(conflicts(candidate, rate)),
        "chance": _chance(candidate),
        "largest_step_percent": float(candidate.largest_step_percent),
        "largest_unwritten_step_percent": float(candidate.unwritten_step_percent),
        "largest_step": step_words(candidate.unwritten_step_percent),
        "meter_changes": candidate.meter_changes,
        "pickup_quarters": str(tempo_map.grid.pickup.quarters),
        "rate": rate.name,
        **tell_moment("start", tempo_map.time_at(Beat(0) + -tempo_map.grid.pickup)),
        **tell_moment("end", tempo_map.end),
    }


def _bars(tempo_map: TempoMap) -> list[dict[str, Any]]:
    """Every bar; a pickup is no bar of its own but the beats before bar 1."""
    return [
        {
            "bar": str(bar.label),
            "bar_index": index,
            "meter": str(bar.meter),
            "free": tempo_map.is_free(tempo_map.grid.starts[index]),
            **tell_moment("at", tempo_map.time_at(tempo_map.grid.starts[index])),
        }
        for index, bar in enumerate(tempo_map.grid.bars)
    ]


def _beats(tempo_map: TempoMap) -> list[dict[str, Any]]:
    """Every beat of the bars; a free bar has none."""
    return [_beat(click.at, tempo_map) for click in tempo_map.clicks()]


def _upbeats(tempo_map: TempoMap) -> list[dict[str, Any]]:
    """The beats before bar 1, counted back from it: 0, -1 …"""
    grid = tempo_map.grid
    found: list[Beat] = []
    at = Beat(0)
    while grid.bars and at - grid.bars[0].meter.click >= Beat(0) + -grid.pickup:
        at = at - grid.bars[0].meter.click
        found.append(at)
    return [_beat(one, tempo_map) for one in reversed(found)]


def _beat(at: Beat, tempo_map: TempoMap) -> dict[str, Any]:
    position = tempo_map.grid.position(at)
    return {
        "bar": str(position.label),
        "bar_index": position.bar_index,
        "beat": str(position.beat),
        "quarters": str(at.quarters),
        **tell_moment("at", tempo_map.time_at(at)),
    }


def _hit(landing: Landing, tempo_map: TempoMap) -> dict[str, Any]:
    hit: Hit = landing.hit
    return {
        "id": hit.id,
        "words": hit.words,
        "bar": str(landing.position.label),
        "bar_index": landing.position.bar_index,
        "beat": str(landing.position.beat),
        "position": str(landing.position),
        "place": place_word(landing, tempo_map),
        "quarters": str(landing.at.quarters),
        **tell_moment("at", hit.at),
        **tell_moment("music_at", tempo_map.time_at(landing.at)),
        **tell_exact("aim_frames", hit.aim_frames),
        **tell_exact("off_frames", landing.off_frames),
        "caught": landing.caught,
        "locked": hit.locked,
    }


def _chance(candidate: Candidate) -> dict[str, Any]:
    """What luck would do; nulls where it was not asked, and nothing to catch without hits."""
    chance = candidate.chance
    if chance is None:
        known = None if candidate.hits else 0
        return {
            "search": None,
            "draws": 0,
            "hits": len(candidate.hits),
            "caught": len(candidate.caught),
            "caught_mean": known,
            "caught_p95": known,
            "points": None,
            "points_mean": None,
            "better_than_chance": None if candidate.hits else False,
            "words": "luck was not asked" if candidate.hits else "no hits, so nothing to catch",
        }
    return {
        "search": chance.family,
        "draws": chance.draws,
        "hits": chance.hits,
        "caught": chance.caught,
        "caught_mean": float(chance.mean_caught),
        "caught_p95": chance.p95_caught,
        "points": float(chance.points),
        "points_mean": float(chance.mean_points),
        "better_than_chance": chance.better_than_chance,
        "words": chance_words(candidate),
    }


def tell_tempos(tempo_map: TempoMap) -> list[dict[str, Any]]:
    """The tempo events of a map, each with its law; tempos count the note value of `unit`."""
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
            told |= {"law": "constant", **tell_exact("bpm", event.tempo.bpm)}
            told |= {"unit": str(event.tempo.unit.quarters)}
        elif isinstance(event, Ramp):
            to_bpm: Fraction = event.end.of(event.start.unit).bpm
            told |= {"law": str(event.law), **tell_exact("bpm", event.start.bpm)}
            told |= {**tell_exact("to_bpm", to_bpm), "unit": str(event.start.unit.quarters)}
            told |= {"length_quarters": str(event.length.quarters)}
        elif isinstance(event, Fermata | FreeBar):
            told |= {"law": "fermata" if isinstance(event, Fermata) else "free"}
            told |= tell_moment("played", event.played.seconds)
            told |= {"length_quarters": str(event.length.quarters)}
        found.append(told)
    return found

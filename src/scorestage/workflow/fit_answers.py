"""What a fit answers: candidates for `--json`, and the same in words."""

from __future__ import annotations

from typing import Any

from scorestage.tempofit import Candidate, Landing
from scorestage.timebase import (
    Fermata,
    FrameRate,
    FreeBar,
    Ramp,
    Steady,
    TempoMap,
    clock_text,
)
from scorestage.workflow.tell import tell_moment


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
    return {
        "name": candidate.name,
        "why": candidate.why,
        "cost": float(candidate.costs.total),
        "bars": _bars(tempo_map),
        "beats": _beats(tempo_map),
        "tempos": tell_tempos(tempo_map),
        "hits": [_hit(landing) for landing in candidate.hits],
        "missed": [landing.hit.id for landing in candidate.missed],
        "chance": _chance(candidate),
        "largest_step_percent": float(candidate.largest_step_percent),
        "meter_changes": candidate.meter_changes,
        "rate": rate.name,
        **tell_moment("end", tempo_map.end),
    }


def _bars(tempo_map: TempoMap) -> list[dict[str, Any]]:
    return [
        {
            "bar": str(bar.label),
            "bar_index": index,
            "meter": str(bar.meter),
            **tell_moment("at", tempo_map.time_at(tempo_map.grid.starts[index])),
        }
        for index, bar in enumerate(tempo_map.grid.bars)
    ]


def _beats(tempo_map: TempoMap) -> list[dict[str, Any]]:
    return [
        {
            "bar": str(tempo_map.grid.bars[click.bar_index].label),
            "bar_index": click.bar_index,
            "beat": str(click.beat),
            "quarters": str(click.at.quarters),
            **tell_moment("at", click.time),
        }
        for click in tempo_map.clicks()
    ]


def _hit(landing: Landing) -> dict[str, Any]:
    return {
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


def _chance(candidate: Candidate) -> dict[str, Any] | None:
    chance = candidate.chance
    if chance is None:
        return None
    return {
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

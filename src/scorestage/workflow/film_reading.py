"""What a composer reads off a film: sound, room for music, scenes, arousal and tension."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from scorestage.spotting import Amount, Footage, Moment
from scorestage.spotting.loudness import loudness_range
from scorestage.spotting.moments import Evidence
from scorestage.spotting.music_heard import MusicHeard
from scorestage.spotting.need import Need, need_of
from scorestage.spotting.room import Room, RoomSpan, room_for_music
from scorestage.spotting.scenes import Scene, scenes_of
from scorestage.spotting.shots import seams_of, shots_of
from scorestage.spotting.sound_kinds import Heard, SoundStretch, listen
from scorestage.spotting.tension import Tension, tension_of
from scorestage.timebase import FilmRange
from scorestage.workflow.tell import tell_moment


@dataclass(frozen=True, slots=True, eq=False)
class FilmReading:
    """A film read as a composer reads it; `heard` is None where it has no sound."""

    heard: Heard | None
    room: Room
    scenes: tuple[Scene, ...]
    tension: Tension
    need: Need


def reading_of(footage: Footage, moments: tuple[Moment, ...]) -> FilmReading:
    """All that is worked out from what was seen and heard."""
    shots = shots_of(footage.picture, moments)
    seams = seams_of(footage.picture, shots)
    need = need_of(footage, shots, moments, Amount.NORMAL)
    heard = listen(footage)
    return FilmReading(
        heard,
        room_for_music(footage, heard),
        scenes_of(footage.picture, shots, seams, moments),
        tension_of(footage, need, heard),
        need,
    )


def tell_evidence(evidence: Evidence | None) -> dict[str, Any] | None:
    """A measure with its frame, for an answer."""
    if evidence is None:
        return None
    return {
        "words": evidence.words,
        "measured": round(float(evidence.measured), 4),
        "unit": evidence.unit,
        "frame": evidence.frame,
    }


def _span(span: FilmRange) -> dict[str, Any]:
    return {**tell_moment("in", span.start), **tell_moment("out", span.end)}


def tell_music(one: MusicHeard) -> dict[str, Any]:
    """A stretch of music in the film's sound."""
    return {
        **_span(one.range),
        "confidence": one.confidence,
        "source": one.source,
        "evidence": [tell_evidence(each) for each in one.evidence],
    }


def tell_stretch(one: SoundStretch) -> dict[str, Any]:
    """A silence, a stretch of effects, or one in which no sound is laid."""
    return {
        **_span(one.range),
        "kind": str(one.kind),
        "loudness_lufs": one.loudness_lufs,
        "evidence": tell_evidence(one.evidence),
    }


def tell_loudness(heard: Heard | None) -> dict[str, Any] | None:
    """The film's loudness as a whole."""
    if heard is None:
        return None
    return {
        "integrated_lufs": round(heard.loudness_lufs, 1),
        "range_lu": round(loudness_range(heard.tones.power), 1),
    }


def tell_room(one: RoomSpan) -> dict[str, Any]:
    """What music may do in a stretch, and why."""
    return {
        **_span(one.range),
        "verdict": str(one.verdict),
        "room": one.room,
        "words": one.words,
        "evidence": tell_evidence(one.evidence),
    }


def tell_scene(one: Scene) -> dict[str, Any]:
    """A scene and what it looks like."""
    return {
        **_span(one.range),
        "shots": one.end_shot - one.first_shot,
        "words": one.words,
        "light": one.light,
        "warmth": one.warmth,
        "colour": one.colour,
        "cuts_per_minute": one.cuts_per_minute,
        "titled": one.titled,
        "evidence": tell_evidence(one.evidence),
    }


def tell_curves(reading: FilmReading) -> dict[str, Any]:
    """Curves with one value a second; every value of tension names its three weightiest measures.

    `room` is the least room in the second: what a note would meet.
    """
    tension, heard = reading.tension, reading.heard
    seconds = range(len(tension))
    curves: dict[str, Any] = {
        "step_seconds": 1,
        "arousal": _rounded(tension.arousal),
        "tension": _rounded(tension.tension),
        "tension_why": [
            [tell_evidence(each) for each in tension.why(second)[:3]] for second in seconds
        ],
        **{name: _rounded(curve) for name, curve in tension.parts.items()},
        "room": [
            round(float(part.min()), 2) if len(part) else 1.0
            for part in (reading.room.curve[10 * n : 10 * n + 10] for n in seconds)
        ],
    }
    if heard is not None:
        curves["short_term_lufs"] = [
            round(float(heard.short_term[min(len(heard.short_term) - 1, 10 * n)]), 1)
            for n in seconds
        ]
    return curves


def _rounded(curve: Any) -> list[float]:
    return [round(float(one), 3) for one in curve]

"""A cut list as an OTIO timeline; what OTIO has no place for stands in `metadata.scorestage`."""

from __future__ import annotations

import json
from collections import Counter
from fractions import Fraction
from typing import Any
from urllib.parse import quote

from scorestage.adapters.cut_exchange import layers_of
from scorestage.adapters.formats.otio.shapes import SPACE, told_moment, told_stretch
from scorestage.adapters.session import Exported
from scorestage.production import (
    CutEvent,
    CutList,
    CutMarker,
    CutSource,
    Transition,
    TransitionKind,
)
from scorestage.production.cut_list import shows_picture
from scorestage.timebase import FrameRate

_COLOUR_NAMES = "PINK RED ORANGE YELLOW GREEN CYAN BLUE PURPLE MAGENTA BLACK WHITE"
_COLOURS = frozenset(_COLOUR_NAMES.split())


def write_otio(cut: CutList) -> Exported:
    """The timeline, tracks V1 up then A1 up, gaps between; every marker on the tracks' stack."""
    lost: Counter[str] = Counter()
    origin = cut.first_frame if cut.start_frames is None else cut.start_frames
    layers = layers_of(cut)
    if len(layers) > len(cut.tracks):
        lost["clips that overlap on their track, moved to tracks of their own"] += 1
    tracks = [_track(cut, track, events, origin, lost) for track, events in layers]
    own: dict[str, Any] = {"drop": cut.rate.drop}
    if cut.head:
        own["head"] = list(cut.head)
    if cut.end_frames is not None:
        own["end_frames"] = cut.end_frames
    stack = _object("Stack.1", "tracks", children=tracks, source_range=None, effects=[])
    stack["markers"] = [_marker(one, cut.rate, origin) for one in cut.markers]
    timeline = _object("Timeline.1", cut.title, tracks=stack)
    timeline["global_start_time"] = told_moment(origin, cut.rate)
    timeline["metadata"] = {SPACE: own}
    if cut.rate.drop:
        lost["drop-frame labels: other programs see the rate alone"] += 1
    _count_losses(cut, lost)
    text = json.dumps(timeline, ensure_ascii=False, indent=2, sort_keys=True)
    told = tuple(f"{kind} ({count})" for kind, count in sorted(lost.items()))
    return Exported(f"{text}\n".encode(), told)


def _object(schema: str, name: str, **parts: Any) -> dict[str, Any]:
    return {"OTIO_SCHEMA": schema, "name": name, "metadata": {}, "enabled": True, **parts}


def _count_losses(cut: CutList, lost: Counter[str]) -> None:
    """What only our own reader takes up again from the metadata."""
    lost["lengths of media of which only one end is told"] += sum(
        (e.source.media_in_frames is None) != (e.source.media_out_frames is None)
        for e in cut.events
    )
    lost["lines kept from an EDL, in metadata only"] += sum(len(e.remarks) for e in cut.events)
    lost["markers' authors, in metadata only"] += sum(bool(one.who) for one in cut.markers)
    for kind in [kind for kind, count in lost.items() if not count]:
        del lost[kind]


def _track(
    cut: CutList, track: str, events: tuple[CutEvent, ...], origin: int, lost: Counter[str]
) -> dict[str, Any]:
    """One track: clips in order, filler between, transitions before what they lead into."""
    rate = cut.rate
    inside: list[dict[str, Any]] = []
    reached = origin
    for index, event in enumerate(events):
        later = events[index + 1] if index + 1 < len(events) else None
        start = event.record_in_frames + _before(event)
        if start > reached:
            inside.append(_gap(start - reached, rate))
        if event.transition is not None:
            inside.append(_transition(event.transition, rate, lost))
        end = event.record_out_frames
        if later is not None and later.record_in_frames == end:
            end += _before(later)
        if end <= start and event.record_out_frames > event.record_in_frames:
            lost["clips shorter than the transition over them"] += 1
        inside.append(_clip(event, start, max(start, end), rate))
        reached = max(start, end)
    if cut.end_frames is not None and cut.end_frames > reached:
        inside.append(_gap(cut.end_frames - reached, rate))
    kind = "Video" if shows_picture(track) else "Audio"
    made = _object("Track.1", track, children=inside, kind=kind, source_range=None)
    made |= {"effects": [], "markers": [], "metadata": {SPACE: {"track": track}}}
    return made


def _before(event: CutEvent) -> int:
    return event.transition.before_frames if event.transition is not None else 0


def _gap(frames: int, rate: FrameRate) -> dict[str, Any]:
    span = told_stretch(0, frames, rate)
    return _object("Gap.1", "", source_range=span, effects=[], markers=[])


def _clip(event: CutEvent, start: int, end: int, rate: FrameRate) -> dict[str, Any]:
    """A clip from `start` to `end` on its track, which transitions may have moved."""
    speed = event.shown_speed(rate)
    per = event.per_frame(rate) * speed
    entry = event.source_in_frames if event.entry_frames is None else event.entry_frames
    first = entry + (start - event.record_in_frames) * per
    source = event.source
    span = told_stretch(first, end - start, rate, source.rate)
    own: dict[str, Any] = {"number": event.number, "black": source.black}
    if speed != event.speed:
        own |= {"speed": str(event.speed), "shown": str(speed)}
    if event.remarks:
        own["remarks"] = list(event.remarks)
    if event.source_out_frames != entry + event.frames * per:
        own |= {"in": str(entry), "source_out": str(event.source_out_frames)}
    if event.entry_frames is not None:
        own["entry"] = str(event.source_in_frames)
    if source.rate is not None and _told_apart(source.rate, rate):
        own["source_drop"] = source.rate.drop
    made = _object("Clip.2", source.clip, source_range=span, effects=_effects(speed))
    made |= {
        "markers": [],
        "media_references": {"DEFAULT_MEDIA": _media(source, rate)},
        "active_media_reference_key": "DEFAULT_MEDIA",
        "metadata": {SPACE: own},
    }
    if source.reel:
        made["metadata"]["cmx_3600"] = {"reel": source.reel}
    return made


def _told_apart(own: FrameRate, rate: FrameRate) -> bool:
    """Whether a source's rate differs from the list's in what OTIO does not show."""
    return own.drop != rate.drop or own.frames_per_second == rate.frames_per_second


def _effects(speed: Fraction) -> list[dict[str, Any]]:
    if speed == 1:
        return []
    schema = "FreezeFrame.1" if speed == 0 else "LinearTimeWarp.1"
    name = "FreezeFrame" if speed == 0 else "LinearTimeWarp"
    made = _object(schema, "", effect_name=name, time_scalar=float(speed))
    return [made]


def _media(source: CutSource, rate: FrameRate) -> dict[str, Any]:
    span = None
    if source.media_in_frames is not None and source.media_out_frames is not None:
        own = source.rate or rate
        length = source.media_out_frames - source.media_in_frames
        span = told_stretch(source.media_in_frames, length, own)
    if source.file:
        made = _object("ExternalReference.1", "", target_url=quote(source.file, safe="/:\\"))
    elif source.black:
        made = _object("GeneratorReference.1", "", generator_kind="black", parameters={})
    else:
        made = _object("MissingReference.1", "")
    return made | {"available_range": span, "available_image_bounds": None}


def _transition(transition: Transition, rate: FrameRate, lost: Counter[str]) -> dict[str, Any]:
    own: dict[str, Any] = {"kind": transition.kind.value, "code": transition.code}
    if transition.from_source is not None:
        source = transition.from_source
        own["from"] = {
            "reel": source.reel,
            "clip": source.clip,
            "file": source.file,
            "black": source.black,
            "speed": str(transition.from_speed),
        }
        if transition.from_frames is not None:
            own["from"]["at"] = str(transition.from_frames)
    kinds = {
        TransitionKind.DISSOLVE: "SMPTE_Dissolve",
        TransitionKind.WIPE: "SMPTE_Wipe",
        TransitionKind.KEY: "Custom_Transition",
    }
    if transition.kind is TransitionKind.KEY:
        lost["keys, as custom transitions"] += 1
    made = _object("Transition.1", transition.name, transition_type=kinds[transition.kind])
    del made["enabled"]
    made |= {
        "in_offset": told_moment(transition.before_frames, rate),
        "out_offset": told_moment(transition.frames - transition.before_frames, rate),
        "metadata": {SPACE: own},
    }
    return made


def _marker(marker: CutMarker, rate: FrameRate, origin: int) -> dict[str, Any]:
    own = {"colour": marker.colour, "track": marker.track, "who": marker.who}
    made = _object("Marker.2", marker.words, comment=marker.note)
    del made["enabled"]
    colour = marker.colour.upper()
    made |= {
        "color": colour if colour in _COLOURS else "RED",
        "marked_range": told_stretch(marker.at_frames - origin, marker.frames, rate),
        "metadata": {SPACE: own},
    }
    return made

"""An OTIO timeline as a cut list: tracks, clips, gaps, transitions, time warps, markers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any
from urllib.parse import unquote

from scorestage.adapters.cut_exchange import MOST_EVENTS, ReadCut
from scorestage.adapters.format import Losses
from scorestage.adapters.formats.otio import shapes
from scorestage.adapters.plain_numbers import number_in
from scorestage.errors import FormatError, Where
from scorestage.production import (
    CutEvent,
    CutList,
    CutMarker,
    CutSource,
    Transition,
    TransitionKind,
)
from scorestage.timebase import FRAMES_24, FrameRate

_TRACKS = {"Video": "V", "Audio": "A"}
_HOLDS = ("Stack", "Track", "Timeline")


@dataclass(slots=True)
class _Reader:
    """The timeline while it is read."""

    name: str
    rate: FrameRate
    origin: int = 0
    events: list[CutEvent] = field(default_factory=list)
    markers: list[CutMarker] = field(default_factory=list)
    losses: Losses = field(default_factory=Losses)

    def fault(self, what: str, do: str = "") -> FormatError:
        return FormatError(what, Where(file=self.name), do)


@dataclass(slots=True)
class _Placed:
    """A clip or gap on its track, before transitions move its ends."""

    item: Mapping[str, Any]
    start: Fraction
    length: Fraction


def read_otio(content: bytes, name: str, rate: FrameRate | None = None) -> ReadCut:
    """The cut list of an .otio file; it tells its own rate, so `rate` is only for one without.

    Raises `FormatError` for what is no timeline or holds times that cannot be.
    """
    timeline, others = _timeline(shapes.document(content, name), name)
    try:
        start = shapes.moment(timeline.get("global_start_time"))
        found = (start.rate if start else None) or _rate_in(timeline) or rate or FRAMES_24
        own = shapes.kept(timeline)
        if own.get("drop") is True:
            found = FrameRate(found.frames_per_second, drop=True)
        reader = _Reader(name, found, round(start.at(found)) if start else 0)
        reader.losses.add("further timelines", others)
        _read_tracks(reader, timeline)
    except (ValueError, TypeError, OverflowError) as fault:
        raise FormatError(f"a time that cannot be: {fault}", Where(file=name)) from None
    except RecursionError:
        raise FormatError("nested too deeply", Where(file=name)) from None
    end = own.get("end_frames")
    cut = CutList(
        title=shapes.text(timeline.get("name")),
        rate=found,
        events=_in_kept_order(reader.events),
        markers=tuple(sorted(reader.markers, key=lambda one: one.at_frames)),
        start_frames=reader.origin if start is not None else None,
        end_frames=end if isinstance(end, int) else None,
        head=_texts(own.get("head")),
    )
    return ReadCut(cut, (), reader.losses.told())


def _timeline(found: dict[str, Any], name: str) -> tuple[Mapping[str, Any], int]:
    if shapes.schema(found) == "Timeline":
        return found, 0
    if shapes.schema(found) == "SerializableCollection":
        inside = [one for one in shapes.children(found) if shapes.schema(one) == "Timeline"]
        if inside:
            return inside[0], len(inside) - 1
    if shapes.schema(found) in ("Stack", "Track"):
        tracks = found if shapes.schema(found) == "Stack" else {"children": [found]}
        return {"name": found.get("name"), "tracks": tracks}, 0
    told = shapes.schema(found) or "nothing we know"
    raise FormatError(f"the file holds no timeline, but {told}", Where(file=name))


def _rate_in(found: object, depth: int = 0) -> FrameRate | None:
    """The rate of the first clip or gap of picture that tells one."""
    if depth > 40 or not isinstance(found, Mapping):
        return None
    span = shapes.stretch(found.get("source_range"))
    if span is not None and shapes.schema(found) in ("Clip", "Gap"):
        return span.length.rate
    inside = [found.get("tracks"), *shapes.children(found)]
    inside.sort(key=lambda one: isinstance(one, Mapping) and one.get("kind") == "Audio")
    return next((rate for one in inside if (rate := _rate_in(one, depth + 1))), None)


def _read_tracks(reader: _Reader, timeline: Mapping[str, Any]) -> None:
    stack = timeline.get("tracks")
    if not isinstance(stack, Mapping):
        raise reader.fault("the timeline holds no tracks")
    counts: dict[str, int] = {}
    _read_markers(reader, stack, Fraction(reader.origin), Fraction(0), "")
    for track in shapes.children(stack):
        kind = _TRACKS.get(shapes.text(track.get("kind")), "")
        if shapes.schema(track) != "Track" or not kind:
            reader.losses.add(f"objects on the timeline ({shapes.schema(track) or 'unknown'})")
            continue
        counts[kind] = counts.get(kind, 0) + 1
        channel = shapes.text(shapes.kept(track).get("track")) or f"{kind}{counts[kind]}"
        _read_track(reader, track, channel)


def _read_track(reader: _Reader, track: Mapping[str, Any], channel: str) -> None:
    at = Fraction(reader.origin)
    placed: list[_Placed | Mapping[str, Any]] = []
    for item in shapes.children(track):
        kind = shapes.schema(item)
        if kind == "Transition":
            placed.append(item)
            continue
        length = _length(reader, item)
        placed.append(_Placed(item, at, length))
        at += length
    _read_markers(reader, track, Fraction(reader.origin), Fraction(0), channel)
    for index, one in enumerate(placed):
        if isinstance(one, _Placed):
            _read_item(reader, one, channel, _beside(placed, index - 1), _beside(placed, index + 1))
        if len(reader.events) > MOST_EVENTS:
            raise reader.fault(f"more than {MOST_EVENTS} clips")


def _beside(placed: list[_Placed | Mapping[str, Any]], index: int) -> Mapping[str, Any] | None:
    """The transition at this place, if there is one, with the item before it."""
    if not 0 <= index < len(placed):
        return None
    found = placed[index]
    if isinstance(found, _Placed):
        return None
    before = placed[index - 1] if index else None
    return {**found, "before": before.item if isinstance(before, _Placed) else None}


def _length(reader: _Reader, item: Mapping[str, Any]) -> Fraction:
    """How long an item lasts on its track, in frames of the list."""
    span = shapes.stretch(item.get("source_range"))
    if span is not None:
        return span.length.at(reader.rate)
    if shapes.schema(item) in _HOLDS:
        return _inner_length(reader, item)
    media = shapes.stretch(_media(item).get("available_range"))
    if media is not None:
        return media.length.at(reader.rate)
    raise reader.fault(f"the clip {shapes.text(item.get('name'))!r} has no length")


def _inner_length(reader: _Reader, item: Mapping[str, Any]) -> Fraction:
    parts = [
        _length(reader, one)
        for one in shapes.children(item if "children" in item else item.get("tracks") or {})
        if shapes.schema(one) != "Transition"
    ]
    if shapes.schema(item) == "Track":
        return sum(parts, Fraction(0))
    return max(parts, default=Fraction(0))


def _media(item: Mapping[str, Any]) -> Mapping[str, Any]:
    """The media reference in force."""
    several = item.get("media_references")
    if isinstance(several, Mapping):
        key = item.get("active_media_reference_key") or "DEFAULT_MEDIA"
        found = several.get(key)
        return found if isinstance(found, Mapping) else {}
    found = item.get("media_reference")
    return found if isinstance(found, Mapping) else {}


def _read_item(
    reader: _Reader,
    one: _Placed,
    track: str,
    into: Mapping[str, Any] | None,
    out: Mapping[str, Any] | None,
) -> None:
    """A clip, or filler that a transition leads into, as an event whose ends are where it shows."""
    item = one.item
    span = shapes.stretch(item.get("source_range")) or shapes.stretch(
        _media(item).get("available_range")
    )
    start = span.start if span is not None else shapes.Moment(Fraction(0), reader.rate)
    _read_markers(reader, item, one.start, start.seconds, track)
    gap = shapes.schema(item) == "Gap"
    if gap and into is None and not shapes.kept(item):
        return
    if shapes.schema(item) in _HOLDS:
        reader.losses.add("nested timelines, taken as one clip")
    before = _offset(reader, into, "in_offset")
    after = _offset(reader, out, "in_offset")
    first, last = one.start - before, one.start + one.length - after
    record_in, record_out = round(first), max(round(first), round(last))
    if record_in != first or record_out != last:
        reader.losses.add("clips off the frame, set on the nearest")
    speed = _speed(reader, item)
    source = _source(item, start.rate, reader, gap)
    event = CutEvent(record_in, record_out, source, track=track, speed=speed)
    per = event.per_frame(reader.rate) * speed
    entry = start.frames - before * per
    event = replace(
        event,
        source_in_frames=entry,
        source_out_frames=entry + (record_out - record_in) * per,
        transition=_transition(reader, into, before),
    )
    reader.events.append(_with_kept(event, item, reader))


def _offset(reader: _Reader, transition: Mapping[str, Any] | None, key: str) -> Fraction:
    found = shapes.moment(transition.get(key)) if transition is not None else None
    return found.at(reader.rate) if found is not None else Fraction(0)


def _speed(reader: _Reader, item: Mapping[str, Any]) -> Fraction:
    speed = Fraction(1)
    effects = item.get("effects")
    for effect in effects if isinstance(effects, list) else ():
        kind = shapes.schema(effect)
        if kind == "FreezeFrame":
            speed = Fraction(0)
        elif kind == "LinearTimeWarp":
            found = number_in(effect.get("time_scalar", 1))
            near = found.limit_denominator(100_000)
            speed *= near if abs(near - found) < Fraction(1, 10**12) else found
        else:
            reader.losses.add(f"effects ({shapes.text(effect.get('effect_name')) or kind})"
                              if isinstance(effect, Mapping) else "effects")  # fmt: skip
    return speed


def _source(item: Mapping[str, Any], rate: FrameRate, reader: _Reader, gap: bool) -> CutSource:
    media = _media(item)
    metadata = item.get("metadata")
    edl = metadata.get("cmx_3600") if isinstance(metadata, Mapping) else None
    reel = shapes.text(edl.get("reel")) if isinstance(edl, Mapping) else ""
    available = shapes.stretch(media.get("available_range"))
    own = rate if rate.frames_per_second != reader.rate.frames_per_second else None
    black = gap or str(media.get("generator_kind", "")).lower() in ("black", "blackvideo")
    return CutSource(
        reel=reel,
        clip=shapes.text(item.get("name")),
        file=unquote(shapes.text(media.get("target_url"))),
        black=black,
        rate=own,
        media_in_frames=available.start.at(rate) if available else None,
        media_out_frames=(available.start.at(rate) + available.length.at(rate))
        if available
        else None,
    )


def _transition(
    reader: _Reader, found: Mapping[str, Any] | None, before: Fraction
) -> Transition | None:
    if found is None:
        return None
    length = before + _offset(reader, found, "out_offset")
    own = shapes.kept(found)
    told = shapes.text(found.get("transition_type"))
    kind = TransitionKind.WIPE if "wipe" in told.lower() else TransitionKind.DISSOLVE
    if own.get("kind") in [one.value for one in TransitionKind]:
        kind = TransitionKind(own["kind"])
    source, at, speed = None, None, Fraction(1)
    if isinstance(own.get("from"), Mapping):
        reel, clip, file = (shapes.text(own["from"].get(key)) for key in ("reel", "clip", "file"))
        source = CutSource(reel, clip, file, own["from"].get("black") is True)
        at = number_in(own["from"]["at"]) if "at" in own["from"] else None
        speed = number_in(own["from"].get("speed", 1))
    name = shapes.text(found.get("name")) or ("" if told.startswith("SMPTE") else told)
    return Transition(
        kind, round(length), shapes.text(own.get("code")), name, round(before), source, at, speed
    )


def _with_kept(event: CutEvent, item: Mapping[str, Any], reader: _Reader) -> CutEvent:
    """What OTIO has no place for, from our own metadata where the clip is still as it was."""
    own = shapes.kept(item)
    if not own:
        return event
    event = replace(
        event, number=shapes.text(own.get("number")), remarks=_texts(own.get("remarks"))
    )
    if own.get("source_out") is not None and own.get("in") == str(event.source_in_frames):
        event = replace(event, source_out_frames=number_in(own["source_out"]))
    if own.get("entry") is not None:
        event = replace(event, entry_frames=event.source_in_frames)
        event = replace(event, source_in_frames=number_in(own["entry"]))
    if own.get("shown") == str(event.speed) and own.get("speed") is not None:
        event = replace(event, speed=number_in(own["speed"]))
    drop = own.get("source_drop")
    rate = event.source.rate
    if isinstance(drop, bool):
        rate = FrameRate((rate or reader.rate).frames_per_second, drop=drop)
    black = own.get("black") is True or event.source.black
    return replace(event, source=replace(event.source, rate=rate, black=black))


def _read_markers(
    reader: _Reader, item: Mapping[str, Any], at: Fraction, start_seconds: Fraction, track: str
) -> None:
    """The markers of an object: their times count as its source does."""
    found = item.get("markers")
    for marker in found if isinstance(found, list) else ():
        span = shapes.stretch(marker.get("marked_range")) if isinstance(marker, Mapping) else None
        if span is None:
            reader.losses.add("markers without a place")
            continue
        into = (span.start.seconds - start_seconds) * reader.rate.frames_per_second
        own = shapes.kept(marker)
        reader.markers.append(
            CutMarker(
                at_frames=at + into,
                words=shapes.text(marker.get("name")),
                frames=max(Fraction(1), span.length.at(reader.rate)),
                colour=shapes.text(own.get("colour", shapes.text(marker.get("color")).lower())),
                track=shapes.text(own.get("track", track)),
                note=shapes.text(marker.get("comment")),
                who=shapes.text(own.get("who")),
            )
        )


def _texts(found: object) -> tuple[str, ...]:
    return tuple(one for one in found if isinstance(one, str)) if isinstance(found, list) else ()


def _in_kept_order(events: list[CutEvent]) -> tuple[CutEvent, ...]:
    """In film order, as lists are; events of one moment by their numbers, else by track."""
    return tuple(sorted(events, key=lambda one: (one.record_in_frames, one.number)))

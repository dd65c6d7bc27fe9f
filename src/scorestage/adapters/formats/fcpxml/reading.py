"""Final Cut Pro's FCPXML (1.3 to 1.11) as a cut list: storylines, connected clips, markers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from fractions import Fraction
from xml.etree.ElementTree import Element

from scorestage.adapters.cut_exchange import MOST_EVENTS, ReadCut
from scorestage.adapters.cut_xml import root_of
from scorestage.adapters.format import Losses
from scorestage.adapters.formats.fcpxml import story
from scorestage.adapters.formats.fcpxml.story import ITEMS, PARTS, Resources, seconds
from scorestage.errors import FormatError, Where
from scorestage.production import (
    CutEvent,
    CutList,
    CutMarker,
    CutSource,
    Transition,
    TransitionKind,
)
from scorestage.timebase import FrameRate

_MARKERS = {"marker": "", "chapter-marker": "orange"}
_LEFT_OUT = ("keyword", "rating", "note", "analysis-marker")


@dataclass(slots=True)
class _Reader:
    """The sequence while it is read."""

    rate: FrameRate
    resources: Resources
    events: list[CutEvent] = field(default_factory=list)
    markers: list[CutMarker] = field(default_factory=list)
    losses: Losses = field(default_factory=Losses)

    def frames(self, at: Fraction) -> int:
        """The nearest frame to a moment in seconds; told where it is off."""
        exact = at * self.rate.frames_per_second
        if exact.denominator != 1:
            self.losses.add("places within a frame, set on the nearest")
        return round(exact)


@dataclass(slots=True)
class _Placed:
    """An item of a storyline between its cuts, in seconds of the sequence."""

    item: Element
    start: Fraction
    end: Fraction


def read_fcpxml(content: bytes, name: str, rate: FrameRate | None = None) -> ReadCut:
    """The first project's sequence; it tells its own rate.

    Raises `FormatError` for what is no FCPXML, holds no sequence, or times that cannot be.
    """
    root = root_of(content, name, "fcpxml")
    sequences = [one for one in root.iter("sequence") if one.find("spine") is not None]
    inner = {one for media in root.iterfind("resources/media") for one in media.iter("sequence")}
    own = [one for one in sequences if one not in inner] or sequences
    if not own:
        raise FormatError("the file holds no sequence", Where(file=name), "export the project")
    try:
        return _read(root, own)
    except (ValueError, OverflowError, RecursionError) as fault:
        told = "nested too deeply" if isinstance(fault, RecursionError) else str(fault)
        raise FormatError(f"a time that cannot be: {told}", Where(file=name)) from None


def _read(root: Element, sequences: list[Element]) -> ReadCut:
    sequence = sequences[0]
    resources = story.resources_of(root)
    reader = _Reader(story.rate_of(sequence, resources), resources)
    reader.losses.add("further projects", len(sequences) - 1)
    start = seconds(sequence.get("tcStart"))
    spine = sequence.find("spine")
    if spine is not None:
        _storyline(reader, spine, start, Fraction(0), 0)
    names = {child: one.get("name", "") for one in root.iter("project") for child in one}
    origin = reader.frames(start)
    last = max((one.record_out_frames for one in reader.events), default=origin)
    end = origin + reader.frames(seconds(sequence.get("duration")))
    cut = CutList(
        title=names.get(sequence, ""),
        rate=reader.rate,
        events=tuple(sorted(reader.events, key=lambda one: one.record_in_frames)),
        markers=tuple(sorted(reader.markers, key=lambda one: one.at_frames)),
        start_frames=origin,
        end_frames=end if end > last else None,
    )
    return ReadCut(cut, (), reader.losses.told())


def _items(parent: Element, *, inside_clip: bool = False) -> Iterator[Element]:
    """What takes time in a storyline, or is connected to a clip."""
    for child in parent:
        if child.tag == "audition":
            yield from list(_items(child))[:1]
        elif (child.tag == "spine" and inside_clip) or (
            child.tag in (*ITEMS, "transition")
            and (not inside_clip or child.get("lane") is not None)
        ):
            yield child


def _storyline(reader: _Reader, spine: Element, at: Fraction, zero: Fraction, lane: int) -> None:
    """Items one after another from `at`; offsets count from `zero` where they are told."""
    laid: list[_Placed | Element] = []
    reached = at
    first = next((one.get("offset") for one in spine if one.tag in ITEMS), None)
    early = first is not None and seconds(first) - zero < at and zero == 0
    shift = at - seconds(first) if early else -zero
    for item in _items(spine):
        if item.tag == "transition":
            laid.append(item)
            continue
        told = item.get("offset")
        start = seconds(told) + shift if told is not None else reached
        reached = start + seconds(item.get("duration"))
        laid.append(_Placed(item, start, reached))
    for index, one in enumerate(laid):
        if isinstance(one, _Placed):
            into = _transition(laid, index - 1, shift, one.start)
            out = _transition(laid, index + 1, shift, one.end)
            _read_item(reader, one, lane, into, out)


@dataclass(frozen=True, slots=True)
class _Change:
    """A transition by its seconds: where it begins, how long it is."""

    element: Element
    start: Fraction
    length: Fraction


def _transition(
    laid: list[_Placed | Element], index: int, shift: Fraction, cut: Fraction
) -> _Change | None:
    if not 0 <= index < len(laid):
        return None
    found = laid[index]
    if isinstance(found, _Placed):
        return None
    length = seconds(found.get("duration"))
    told = found.get("offset")
    return _Change(found, seconds(told) + shift if told is not None else cut - length / 2, length)


def _read_item(
    reader: _Reader, one: _Placed, lane: int, into: _Change | None, out: _Change | None
) -> None:
    item = one.item
    local = seconds(item.get("start"))
    _connected(reader, item, one.start, local)
    _marks(reader, item, one, local)
    if item.get("enabled") == "0":
        reader.losses.add("clips that are switched off")
        return
    if item.tag == "gap" and into is None:
        return
    begin = min(one.start, into.start) if into is not None else one.start
    until = max(begin, min(one.end, out.start)) if out is not None else one.end
    source, at, speed, picture = _source(reader, item, local)
    record = reader.frames(begin), max(reader.frames(begin), reader.frames(until))
    track = _track(lane, picture)
    event = CutEvent(*record, source, track=track, speed=speed)
    per = event.per_frame(reader.rate)
    rate = (source.rate or reader.rate).frames_per_second
    first = (at - (one.start - begin) * speed) * rate
    if source.black:
        first = Fraction(0)
    event = replace(
        event,
        source_in_frames=first,
        source_out_frames=first + event.frames * per * speed,
        transition=_made(reader, into, one.start),
    )
    reader.events.append(event)
    if len(reader.events) > MOST_EVENTS:
        raise ValueError(f"more than {MOST_EVENTS} clips")


def _track(lane: int, picture: bool) -> str:
    """Lanes above the storyline are V2 and up; those below are sound, or picture it hides (V0)."""
    if picture:
        return f"V{max(0, lane + 1)}"
    return f"A{-lane}" if lane < 0 else f"A{lane + 1}"


def _made(reader: _Reader, into: _Change | None, cut: Fraction) -> Transition | None:
    if into is None:
        return None
    name = into.element.get("name", "")
    kind = TransitionKind.WIPE if "wipe" in name.lower() else TransitionKind.DISSOLVE
    before = max(Fraction(0), cut - into.start)
    return Transition(kind, reader.frames(into.length), "", name, reader.frames(before))


def _source(
    reader: _Reader, item: Element, local: Fraction
) -> tuple[CutSource, Fraction, Fraction, bool]:
    """Source, the second of it that stands at the item's beginning, speed, whether it is seen."""
    if item.tag == "gap":
        return CutSource(black=True), Fraction(0), Fraction(1), True
    part, into = item, local
    inner = next((one for one in item if one.tag in PARTS and one.get("lane") is None), None)
    if inner is None:
        inner = item.find("gap/audio") if item.tag == "clip" else None
    if item.tag == "clip" and inner is not None:
        part = inner
        into = local - seconds(inner.get("offset"))
    asset = reader.resources.assets.get(part.get("ref", ""))
    speed, at = Fraction(1), local
    if part is not item:
        start = part.get("start")
        base = seconds(start) if start is not None else asset.start if asset else Fraction(0)
        at = base + into
    elif item.get("start") is None and asset is not None:
        at = asset.start
    retimed = story.speed_of(part) or story.speed_of(item)
    if retimed is not None:
        speed, zero, value, varies = retimed
        at = value + ((into if part is not item else local) - zero) * speed
        if varies:
            reader.losses.add("variable speeds")
    if item.tag in ("ref-clip", "sync-clip", "mc-clip"):
        reader.losses.add("compound clips, taken as one clip")
    if asset is None:
        name = item.get("name") or reader.resources.media.get(item.get("ref", ""), "")
        picture = item.tag != "audio" and part.tag != "audio"
        return CutSource("", name), at, speed, picture
    own = asset.rate
    rate = own if own and own.frames_per_second != reader.rate.frames_per_second else None
    count = (rate or reader.rate).frames_per_second
    media: tuple[Fraction, Fraction] | tuple[None, None] = None, None
    if asset.duration is not None:
        media = asset.start * count, (asset.start + asset.duration) * count
    name = item.get("name") or asset.name
    source = CutSource(asset.reel, name, asset.path, False, rate, *media)
    picture = asset.picture and part.tag != "audio" and item.get("srcEnable") != "audio"
    return source, at, speed, picture


def _connected(reader: _Reader, item: Element, at: Fraction, local: Fraction) -> None:
    """Clips and storylines that hang on an item: their offsets count in its own time."""
    for child in _items(item, inside_clip=True):
        lane = int(child.get("lane") or "0")
        offset = seconds(child.get("offset")) - local + at
        if child.tag == "spine":
            _storyline(reader, child, offset, Fraction(0), lane or 1)
            continue
        end = offset + seconds(child.get("duration"))
        _read_item(reader, _Placed(child, offset, end), lane, None, None)


def _marks(reader: _Reader, item: Element, one: _Placed, local: Fraction) -> None:
    for child in item:
        if child.tag in _LEFT_OUT:
            reader.losses.add(f"{child.tag}s")
        if child.tag not in _MARKERS:
            continue
        at = one.start + seconds(child.get("start")) - local
        if not one.start <= at <= one.end:
            reader.losses.add("markers of clips outside what is shown of them")
            continue
        rate = reader.rate.frames_per_second
        frames = max(Fraction(1), seconds(child.get("duration")) * rate)
        words, note = child.get("value", ""), child.get("note", "")
        reader.markers.append(CutMarker(at * rate, words, frames, _MARKERS[child.tag], "", note))

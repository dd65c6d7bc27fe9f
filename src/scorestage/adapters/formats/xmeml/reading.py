"""Final Cut Pro 7 XML (xmeml), as Premiere, Resolve and Avid write it, as a cut list."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from fractions import Fraction
from urllib.parse import unquote
from xml.etree.ElementTree import Element

from scorestage.adapters.cut_exchange import MOST_EVENTS, ReadCut
from scorestage.adapters.cut_xml import child_number, child_text, root_of
from scorestage.adapters.format import Losses
from scorestage.adapters.plain_numbers import regained
from scorestage.errors import FormatError, TimecodeError, Where
from scorestage.production import (
    CutEvent,
    CutList,
    CutMarker,
    CutSource,
    Transition,
    TransitionKind,
)
from scorestage.timebase import FRAMES_24, FrameRate, Timecode
from scorestage.timebase.rate import DROP_RATES

_BLACKS = ("slug", "black", "black video")
_MOST_PATHS = 20_000


@dataclass(slots=True)
class _Reader:
    """The sequence while it is read."""

    rate: FrameRate
    origin: int
    files: dict[str, Element]
    events: list[CutEvent] = field(default_factory=list)
    markers: list[CutMarker] = field(default_factory=list)
    losses: Losses = field(default_factory=Losses)


@dataclass(slots=True)
class _Item:
    """A clip on its track: from where to where it is laid, and its element."""

    element: Element
    start: int
    end: int
    first: Fraction
    """The frame of its media (at its own rate) that stands at `start`."""


def read_xmeml(content: bytes, name: str, rate: FrameRate | None = None) -> ReadCut:
    """The first sequence of the file; it tells its own rate.

    Raises `FormatError` for what is no xmeml, holds no sequence, or times that cannot be.
    """
    root = root_of(content, name, "xmeml")
    sequences = list(_sequences(root))
    if not sequences:
        raise FormatError("the file holds no sequence", Where(file=name), "export the timeline")
    try:
        return _read(root, sequences, rate)
    except (ValueError, TimecodeError, OverflowError) as fault:
        raise FormatError(f"a time that cannot be: {fault}", Where(file=name)) from None


def _sequences(root: Element) -> Iterator[Element]:
    """Sequences that stand for themselves, not those nested into others."""
    waiting = list(root)
    while waiting:
        one = waiting.pop(0)
        if one.tag == "sequence" and one.find("media") is not None:
            yield one
        elif one.tag in ("project", "bin", "children"):
            waiting[:0] = list(one)


def _read(root: Element, sequences: list[Element], rate: FrameRate | None) -> ReadCut:
    sequence = sequences[0]
    found = rate_of(sequence) or rate or FRAMES_24
    timecode = sequence.find("timecode")
    drop = child_text(timecode, "displayformat").upper() == "DF"
    if drop and found.frames_per_second in DROP_RATES:
        found = FrameRate(found.frames_per_second, drop=True)
    files = {
        one.get("id", ""): one
        for one in root.iter("file")
        if one.get("id") and (one.find("pathurl") is not None or one.find("name") is not None)
    }
    reader = _Reader(found, _start(timecode, found), files)
    reader.losses.add("further sequences", len(sequences) - 1)
    for kind, letter in (("video", "V"), ("audio", "A")):
        for number, track in enumerate(sequence.findall(f"media/{kind}/track"), start=1):
            _read_track(reader, track, f"{letter}{number}")
    for marker in sequence.findall("marker"):
        _marker(reader, marker, Fraction(reader.origin), Fraction(1), "")
    told = child_number(sequence, "duration")
    last = max((one.record_out_frames for one in reader.events), default=reader.origin)
    end = reader.origin + round(told) if told is not None else last
    cut = CutList(
        title=child_text(sequence, "name"),
        rate=found,
        events=tuple(sorted(reader.events, key=lambda one: one.record_in_frames)),
        markers=tuple(sorted(reader.markers, key=lambda one: one.at_frames)),
        start_frames=reader.origin,
        end_frames=end if end > last else None,
    )
    return ReadCut(cut, (), reader.losses.told())


def rate_of(element: Element | None) -> FrameRate | None:
    """The rate of a sequence, clip, file or timecode: its timebase, less 0.1 % for NTSC."""
    base = child_number(element, "rate/timebase")
    if base is None:
        return None
    if not 0 < base <= 1000:
        raise ValueError(f"a timebase of {float(base):g}")
    ntsc = child_text(element, "rate/ntsc").upper() == "TRUE"
    return FrameRate(base * Fraction(1000, 1001) if ntsc else base)


def _start(timecode: Element | None, rate: FrameRate) -> int:
    frame = child_number(timecode, "frame")
    if frame is not None:
        return round(frame)
    label = child_text(timecode, "string")
    if not label:
        return 0
    return Timecode.parse(label if rate.drop else label.replace(";", ":"), rate).frames


def _read_track(reader: _Reader, track: Element, channel: str) -> None:
    items = [one for one in track if one.tag in ("transitionitem", "clipitem", "generatoritem")]
    laid: list[_Item | Element] = []
    for index, one in enumerate(items):
        if one.tag != "transitionitem":
            before = items[index - 1] if index else None
            after = items[index + 1] if index + 1 < len(items) else None
            item = _laid(reader, one, _change(before), _change(after))
            laid.append(one if item is None else item)
        else:
            laid.append(one)
    for index, thing in enumerate(laid):
        if isinstance(thing, _Item):
            _read_item(reader, thing, channel, _near(laid, index - 1), _near(laid, index + 1))
        elif thing.tag == "transitionitem" and not _leads(laid, index):
            _fade_out(reader, thing, channel)
        if len(reader.events) > MOST_EVENTS:
            raise ValueError(f"more than {MOST_EVENTS} clips")


def _change(found: object) -> Element | None:
    return found if isinstance(found, Element) and found.tag == "transitionitem" else None


def _near(laid: list[_Item | Element], index: int) -> Element | None:
    return _change(laid[index]) if 0 <= index < len(laid) else None


def _leads(laid: list[_Item | Element], index: int) -> bool:
    """Whether a transition leads into the clip after it on the track."""
    later = laid[index + 1] if index + 1 < len(laid) else None
    _, end = _span(laid[index])
    return isinstance(later, _Item) and later.start <= end


def _span(transition: object) -> tuple[int, int]:
    element = _change(transition)
    start, end = child_number(element, "start"), child_number(element, "end")
    if start is None or end is None or end < start:
        raise ValueError("a transition without a span")
    return round(start), round(end)


def _cut_place(transition: Element) -> int:
    """Where the cut below a transition stands, by its alignment."""
    start, end = _span(transition)
    alignment = child_text(transition, "alignment").lower()
    if alignment.startswith("start"):
        return start
    return end if alignment.startswith("end") else (start + end) // 2


def _laid(
    reader: _Reader, element: Element, before: Element | None, after: Element | None
) -> _Item | None:
    """A clip between its cuts: -1 stands for an end that the transition beside it decides."""
    start, end = child_number(element, "start"), child_number(element, "end")
    first = child_number(element, "in") or Fraction(0)
    if start is None or end is None:
        reader.losses.add("clips without a place")
        return None
    if start == -1:
        if before is None:
            reader.losses.add("clips without a place")
            return None
        place = _cut_place(before)
        own = rate_of(element) or reader.rate
        per = own.frames_per_second / reader.rate.frames_per_second
        first += (place - _span(before)[0]) * per
        start = Fraction(place)
    if end == -1:
        if after is None:
            reader.losses.add("clips without a place")
            return None
        end = Fraction(_cut_place(after))
    if end < start:
        raise ValueError(f"the clip {child_text(element, 'name')!r} ends before it begins")
    return _Item(element, round(start), round(end), first)


def _read_item(
    reader: _Reader, item: _Item, channel: str, into: Element | None, out: Element | None
) -> None:
    element = item.element
    begin, until = item.start, item.end
    if into is not None and _span(into)[1] >= begin:
        begin = min(begin, _span(into)[0])
    if out is not None and _span(out)[0] <= until:
        until = max(begin, min(until, _span(out)[0]))
    source, offset = _source(reader, element)
    speed = _speed(reader, element)
    event = CutEvent(
        reader.origin + begin, reader.origin + max(begin, until), source, track=channel, speed=speed
    )
    per = event.per_frame(reader.rate)
    place = _media_frame(element, item.first, speed)
    at = Fraction(0) if source.black else offset + place - (item.start - begin) * per * speed
    transition = None
    if into is not None and _span(into)[1] >= item.start:
        transition = _transition(into, item.start - begin)
    reader.events.append(
        replace(
            event,
            source_in_frames=at,
            source_out_frames=at + event.frames * per * speed,
            transition=transition,
        )
    )
    for marker in element.findall("marker"):
        within = child_number(marker, "in")
        record = Fraction(reader.origin + item.start) + ((within or 0) - item.first) / per
        last = max(event.record_out_frames, reader.origin + until)
        if not event.record_in_frames <= record < last:
            reader.losses.add("markers of clips outside what is shown of them")
            continue
        _marker(reader, marker, record - (within or 0) / per, 1 / per, channel)
    if element.find("sequence") is not None:
        reader.losses.add("nested sequences, taken as one clip")


def _media_frame(element: Element, first: Fraction, speed: Fraction) -> Fraction:
    """The frame of the media behind a frame of the retimed clip; backwards from its end."""
    if speed >= 0:
        return first * (speed if speed else 1)
    duration = child_number(element, "duration") or Fraction(0)
    return (duration - first) * -speed


def _speed(reader: _Reader, element: Element) -> Fraction:
    """The speed of a time remap filter in hundredths."""
    speed = Fraction(1)
    for effect in element.findall("filter/effect"):
        if child_text(effect, "effectid").lower() != "timeremap":
            reader.losses.add(f"filters ({child_text(effect, 'name') or 'without a name'})")
            continue
        told: dict[str, str] = {
            child_text(one, "parameterid").lower(): child_text(one, "value")
            for one in effect.findall("parameter")
        }
        if told.get("variablespeed", "0").upper() in ("1", "TRUE"):
            reader.losses.add("variable speeds")
        percent = child_number(_value(effect, "speed"), "value")
        if percent is not None:
            speed *= regained(percent) / 100
        if told.get("reverse", "").upper() == "TRUE":
            speed = -abs(speed)
    return speed


def _value(effect: Element, name: str) -> Element | None:
    for one in effect.findall("parameter"):
        if child_text(one, "parameterid").lower() == name:
            return one
    return None


def _source(reader: _Reader, element: Element) -> tuple[CutSource, Fraction]:
    """The clip's source, and the timecode of its media's first frame at the clip's rate."""
    name = child_text(element, "name")
    own = rate_of(element) or reader.rate
    rate = own if own.frames_per_second != reader.rate.frames_per_second else None
    if element.tag == "generatoritem":
        kind = child_text(element, "effect/name") or name
        black = kind.lower() in _BLACKS
        return CutSource("", "" if name == "Slug" else name, "", black, rate), Fraction(0)
    told = element.find("file")
    file = reader.files.get(told.get("id", ""), told) if told is not None else None
    path = unquote(child_text(file, "pathurl"))[:_MOST_PATHS]
    reel = child_text(file, "timecode/reel/name")
    timecode = file.find("timecode") if file is not None else None
    offset = Fraction(0)
    if timecode is not None:
        counted = rate_of(timecode) or own
        frames = Fraction(_start(timecode, counted))
        offset = frames * own.frames_per_second / counted.frames_per_second
    length = child_number(file, "duration")
    media: tuple[Fraction, Fraction] | tuple[None, None] = None, None
    if length is not None and file is not None:
        counted = rate_of(file) or own
        whole = length * own.frames_per_second / counted.frames_per_second
        media = offset, offset + whole
    return CutSource(reel, name, path, name.lower() in _BLACKS, rate, *media), offset


def _transition(element: Element, before: int) -> Transition:
    start, end = _span(element)
    name = child_text(element, "effect/name")
    category = child_text(element, "effect/effectcategory").lower()
    wipe = "wipe" in category or "wipe" in name.lower()
    kind = TransitionKind.WIPE if wipe else TransitionKind.DISSOLVE
    black = child_text(element, "alignment").lower() == "start-black"
    source = CutSource(black=True) if black else None
    return Transition(kind, end - start, "", name, before, source)


def _fade_out(reader: _Reader, element: Element, channel: str) -> None:
    """A transition that no clip follows leads to black."""
    start, end = _span(element)
    change = replace(_transition(element, end - start), from_source=None)
    event = CutEvent(
        reader.origin + start, reader.origin + end, CutSource(black=True), track=channel,
        source_out_frames=Fraction(end - start), transition=change,
    )  # fmt: skip
    reader.events.append(event)


def _marker(reader: _Reader, element: Element, zero: Fraction, per: Fraction, channel: str) -> None:
    """A marker whose in and out count `per` record frames each from `zero`."""
    first, last = child_number(element, "in"), child_number(element, "out")
    if first is None:
        reader.losses.add("markers without a place")
        return
    frames = Fraction(1)
    if last is not None and last > first:
        frames = max(Fraction(1), (last - first) * per)
    words, note = child_text(element, "name"), child_text(element, "comment")
    reader.markers.append(CutMarker(zero + first * per, words, frames, "", channel, note))

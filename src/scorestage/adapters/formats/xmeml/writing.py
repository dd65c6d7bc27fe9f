"""A cut list as Final Cut Pro 7 XML, version 5: tracks, clips, files, transitions, markers."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from urllib.parse import quote
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from scorestage.adapters.cut_exchange import as_shown, layers_of, media_changes
from scorestage.adapters.plain_numbers import regained
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
from scorestage.timebase import FrameRate, Timecode


def write_xmeml(cut: CutList) -> Exported:
    """The sequence as XML; says what was not carried."""
    cut, misfits = as_shown(cut)
    writer = _Writer(cut)
    content = writer.document()
    told = tuple(f"{kind} ({count})" for kind, count in sorted(writer.lost.items()))
    return Exported(
        content, told + misfits, ("media are relinked by name where their paths are not there",)
    )


class _Writer:
    def __init__(self, cut: CutList) -> None:
        self.cut = cut
        self.rate = cut.rate
        self.origin = cut.first_frame if cut.start_frames is None else cut.start_frames
        self.lost: Counter[str] = Counter()
        self.files: dict[CutSource, str] = {}
        self.starts: dict[CutSource, Fraction] = {}
        self.clips = 0
        for event in cut.events:
            lowest = min(_shown(event, cut.rate))
            source = event.source
            first = source.media_in_frames if source.media_in_frames is not None else lowest
            first = min(first, lowest)
            held = self.starts.get(source, first)
            self.starts[source] = Fraction(min(held, first).__floor__())

    def document(self) -> bytes:
        root = Element("xmeml", version="5")
        sequence = SubElement(root, "sequence", id="sequence-1")
        _told(sequence, "name", self.cut.title)
        end = self.cut.last_frame
        _told(sequence, "duration", end - self.origin)
        _rate(sequence, self.rate)
        self._timecode(sequence, self.origin, self.rate)
        media = SubElement(sequence, "media")
        for kind in ("video", "audio"):
            side = SubElement(media, kind)
            for events in self._numbered(kind == "video"):
                self._track(SubElement(side, "track"), events)
        for marker in self.cut.markers:
            self._marker(sequence, marker)
        self.lost["lines kept from an EDL"] += sum(len(one.remarks) for one in self.cut.events)
        self.lost = Counter({kind: count for kind, count in self.lost.items() if count})
        indent(root, " ")
        head = b'<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE xmeml>\n'
        return head + tostring(root, encoding="unicode").encode() + b"\n"

    def _numbered(self, picture: bool) -> list[tuple[CutEvent, ...]]:
        """The tracks of one kind from 1 on, those without clips too; others come after them."""
        held: dict[int, tuple[CutEvent, ...]] = {}
        others: list[tuple[CutEvent, ...]] = []
        for track, events in layers_of(self.cut):
            if shows_picture(track) != picture:
                continue
            number = int(track[1:]) if track[1:].isdecimal() and len(track) < 4 else 0
            if number and number not in held:
                held[number] = events
            else:
                self.lost["clips on tracks of other names, or over each other"] += len(events)
                others.append(events)
        return [held.get(number, ()) for number in range(1, max(held, default=0) + 1)] + others

    def _track(self, track: Element, events: tuple[CutEvent, ...]) -> None:
        for index, event in enumerate(events):
            later = events[index + 1] if index + 1 < len(events) else None
            end = event.record_out_frames
            if later is not None and later.record_in_frames == end:
                end += _before(later)
            if event.transition is not None:
                self._transition(track, event, event.transition)
            self._clip(track, event, event.record_in_frames + _before(event), end)
        _told(track, "enabled", "TRUE")
        _told(track, "locked", "FALSE")

    def _clip(self, track: Element, event: CutEvent, start: int, end: int) -> None:
        source = event.source
        if source.black and not source.file:
            if event.transition is None:
                return
            self._slug(track, event, start, end)
            return
        self.clips += 1
        rate = source.rate or self.rate
        per = event.per_frame(self.rate)
        clip = SubElement(track, "clipitem", id=f"clipitem-{self.clips}")
        _told(clip, "name", source.clip or source.name)
        entry = event.source_in_frames if event.entry_frames is None else event.entry_frames
        at = entry + (start - event.record_in_frames) * per * event.speed
        first, duration = self._within(event, at)
        frames = (end - start) * per
        _told(clip, "duration", max(duration, (first + frames).__ceil__()))
        _rate(clip, rate)
        for name, number in (("start", start - self.origin), ("end", end - self.origin)):
            _told(clip, name, number)
        for name, place in (("in", first), ("out", first + frames)):
            if place.denominator != 1:
                self.lost["source places within a frame"] += 1
            _told(clip, name, round(place))
        self._file(clip, source, rate)
        if event.speed != 1:
            self._speed(clip, event.speed)

    def _within(self, event: CutEvent, at: Fraction) -> tuple[Fraction, int]:
        """The frame of the (retimed) clip at a source frame, and how long the clip is at least."""
        start = self.starts[event.source]
        into = at - start
        if event.speed == 0:
            return into, (into + 1).__ceil__()
        if event.speed > 0:
            return into / event.speed, 1
        length = self._media_frames(event.source) / -event.speed
        whole = length.__ceil__()
        return whole - into / -event.speed, whole

    def _media_frames(self, source: CutSource) -> Fraction:
        ends = [max(_shown(one, self.rate)) for one in self.cut.events if one.source == source]
        if source.media_out_frames is not None:
            ends.append(source.media_out_frames)
        return max(ends) - self.starts[source]

    def _file(self, clip: Element, source: CutSource, rate: FrameRate) -> None:
        known = self.files.get(source)
        if known is not None:
            SubElement(clip, "file", id=known)
            return
        name = self.files[source] = f"file-{len(self.files) + 1}"
        file = SubElement(clip, "file", id=name)
        path = source.file.replace("\\", "/")
        _told(file, "name", path.rsplit("/", 1)[-1] or source.name)
        if source.file:
            _told(file, "pathurl", quote(source.file, safe="/:\\"))
        _rate(file, rate)
        first, length = self.starts[source], self._media_frames(source).__ceil__()
        self.lost.update(media_changes(source, first, first + length))
        _told(file, "duration", length)
        timecode = self._timecode(file, round(first), rate)
        if source.reel:
            _told(SubElement(timecode, "reel"), "name", source.reel)

    def _slug(self, track: Element, event: CutEvent, start: int, end: int) -> None:
        self.clips += 1
        item = SubElement(track, "generatoritem", id=f"generatoritem-{self.clips}")
        _told(item, "name", event.source.clip or "Slug")
        _told(item, "duration", max(1, end - start))
        _rate(item, self.rate)
        for name, number in (("start", start - self.origin), ("end", end - self.origin)):
            _told(item, name, number)
        _told(item, "in", 0)
        _told(item, "out", end - start)
        effect = SubElement(item, "effect")
        for name, words in (("name", "Slug"), ("effectid", "Slug"), ("effecttype", "generator")):
            _told(effect, name, words)

    def _transition(self, track: Element, event: CutEvent, change: Transition) -> None:
        item = SubElement(track, "transitionitem")
        start = event.record_in_frames - self.origin
        _told(item, "start", start)
        _told(item, "end", start + change.frames)
        middle = change.frames // 2
        names = {0: "start", middle: "center", change.frames: "end"}
        alignment = names.get(change.before_frames)
        black = change.from_source is not None and change.from_source.black
        if alignment is None:
            self.lost["transitions that are off the middle of their cut"] += 1
            alignment = "center"
        _told(item, "alignment", "start-black" if black and alignment == "start" else alignment)
        _rate(item, self.rate)
        effect = SubElement(item, "effect")
        wipe = change.kind is TransitionKind.WIPE
        if change.kind is TransitionKind.KEY or change.code:
            self.lost["keys and codes of wipes"] += 1
        if change.from_frames is not None:
            self.lost["the timecode of the shot that a transition leaves"] += 1
        _told(effect, "name", change.name or ("Edge Wipe" if wipe else "Cross Dissolve"))
        _told(effect, "effectid", "Edge Wipe" if wipe else "Cross Dissolve")
        _told(effect, "effectcategory", "Wipe" if wipe else "Dissolve")
        _told(effect, "effecttype", "transition")
        _told(effect, "mediatype", "video" if event.is_picture else "audio")

    def _speed(self, clip: Element, speed: Fraction) -> None:
        effect = SubElement(SubElement(clip, "filter"), "effect")
        for name, words in (
            ("name", "Time Remap"),
            ("effectid", "timeremap"),
            ("effectcategory", "motion"),
            ("effecttype", "motion"),
            ("mediatype", "video"),
        ):
            _told(effect, name, words)
        percent = abs(speed) * 100
        shown = f"{float(percent):.13g}"
        if regained(Fraction(shown)) != percent:
            self.lost["speeds to the last fraction"] += 1
        for name, words in (
            ("variablespeed", "0"),
            ("speed", shown),
            ("reverse", "TRUE" if speed < 0 else "FALSE"),
            ("frameblending", "FALSE"),
        ):
            parameter = SubElement(effect, "parameter")
            _told(parameter, "parameterid", name)
            _told(parameter, "name", name)
            _told(parameter, "value", words)

    def _timecode(self, parent: Element, frame: int, rate: FrameRate) -> Element:
        timecode = SubElement(parent, "timecode")
        _rate(timecode, rate)
        _told(timecode, "string", str(Timecode(frame, rate).round_the_clock))
        _told(timecode, "frame", frame)
        _told(timecode, "displayformat", "DF" if rate.drop else "NDF")
        return timecode

    def _marker(self, sequence: Element, marker: CutMarker) -> None:
        made = SubElement(sequence, "marker")
        at = round(marker.at_frames)
        if marker.at_frames != at or marker.frames.denominator != 1:
            self.lost["places of markers within a frame"] += 1
        _told(made, "comment", marker.note)
        _told(made, "name", marker.words)
        _told(made, "in", at - self.origin)
        _told(made, "out", at - self.origin + round(marker.frames) if marker.frames > 1 else -1)
        self.lost["colours of markers"] += bool(marker.colour)
        self.lost["tracks of markers"] += marker.track not in ("", "V1")
        self.lost["who set a marker"] += bool(marker.who)


def _shown(event: CutEvent, rate: FrameRate) -> tuple[Fraction, ...]:
    """The ends of what the list names of a source, and of what is shown of it."""
    ends = [event.source_in_frames, event.source_out_frames]
    if event.entry_frames is not None:
        ends.append(event.entry_frames)
    return (*ends, event.source_at(event.record_out_frames, rate))


def _before(event: CutEvent) -> int:
    return event.transition.before_frames if event.transition is not None else 0


def _told(parent: Element, name: str, words: object) -> None:
    text = str(words)
    SubElement(parent, name).text = "".join(
        sign for sign in text if sign in "\t\n\r" or (sign >= " " and sign not in "\ufffe\uffff")
    )


def _rate(parent: Element, rate: FrameRate) -> None:
    made = SubElement(parent, "rate")
    _told(made, "timebase", rate.nominal)
    _told(made, "ntsc", "TRUE" if rate.frames_per_second != rate.nominal else "FALSE")

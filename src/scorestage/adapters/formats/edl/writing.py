"""A cut list as CMX3600: every event on record timecode, with what it cannot hold told."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from scorestage.adapters.cut_exchange import counted
from scorestage.adapters.formats.edl.lines import COLOURS
from scorestage.adapters.session import Exported
from scorestage.production import CutEvent, CutList, CutMarker, CutSource, Transition
from scorestage.timebase import FrameRate, Timecode
from scorestage.timebase.rate import DROP_RATES

_LINE = "{number}  {reel:<8} {channel:<5} {code:<4} {frames:>3} {times}"
_PLAIN = re.compile(r"\s+")
_BREAKS = re.compile(r"[\r\n\t\v\f\x1c-\x1e\x85\u2028\u2029\0]+")
_WIDEST_REEL = 129
"""Reels are written whole (`file_129`); of old lists only the first 8 characters were read."""
_CODES = {"dissolve": "D", "wipe": "W001", "key": "K"}


def write_edl(cut: CutList) -> Exported:
    """The list as text, events in their order; reads back as the same list where it can be held."""
    lines = [f"TITLE: {_line_of(cut.title) or 'untitled'}"]
    lines.append(f"FCM: {'DROP FRAME' if cut.rate.drop else 'NON-DROP FRAME'}")
    lines += cut.head
    writer = _Writer(cut)
    for event in cut.events:
        lines += writer.event(event)
    lines += writer.rest()
    text = "".join(f"{line}\n" for line in lines)
    return Exported(text.encode("utf-8"), writer.told(), writer.notes())


class _Writer:
    """Writes events one after another and remembers what could not be held."""

    def __init__(self, cut: CutList) -> None:
        self.cut = cut
        self.rate = cut.rate
        self.source_drop = cut.rate.drop
        unsigned = (one for one in cut.markers if not one.who)
        self.waiting = sorted(unsigned, key=lambda one: one.at_frames)
        self.lost: dict[str, list[str]] = {}
        self.place = 0

    def lose(self, kind: str, where: str) -> None:
        self.lost.setdefault(kind, []).append(where)

    def event(self, event: CutEvent) -> Iterator[str]:
        """The lines of one event: the edit, speeds, names, markers, remarks."""
        self.place += 1
        number = event.number if event.number.isdecimal() else f"{self.place:03}"
        if event.transition is not None:
            yield from self._outgoing(event, event.transition, number)
        yield from self._mode(event.source)
        yield self._edit(event, number)
        if event.transition is not None and event.transition.name:
            yield f"EFFECTS NAME IS {_line_of(event.transition.name)}"
        yield from self._speeds(event)
        yield from self._names(event)
        yield from self._markers(event)
        yield from event.remarks
        self._note_losses(event, number)

    def _outgoing(self, event: CutEvent, transition: Transition, number: str) -> Iterator[str]:
        """The line above a transition: the outgoing shot, for no time."""
        if transition.from_frames is None or transition.from_source is None:
            return
        at = transition.from_frames
        yield from self._mode(transition.from_source)
        times = self._times(transition.from_source, at, at, (event.record_in_frames,) * 2)
        reel = _reel(transition.from_source)
        yield _LINE.format(
            number=number, reel=reel, channel=channel_of(event.track), code="C", frames="",
            times=times,
        )  # fmt: skip

    def _edit(self, event: CutEvent, number: str) -> str:
        transition = event.transition
        code, frames = "C", ""
        if transition is not None:
            code = transition.code or _CODES[transition.kind]
            frames = f"{transition.frames:03}"
            if code in ("KB", "KO"):
                code, frames = f"K {code[1]}", frames if transition.frames else ""
            elif code == "K" and not transition.frames:
                frames = ""
        times = self._times(
            event.source,
            event.source_in_frames,
            event.source_out_frames,
            (event.record_in_frames, event.record_out_frames),
        )
        return _LINE.format(
            number=number, reel=_reel(event.source), channel=channel_of(event.track), code=code,
            frames=frames, times=times,
        )  # fmt: skip

    def _times(
        self, source: CutSource, first: Fraction, last: Fraction, record: tuple[int, int]
    ) -> str:
        rate = self._source_rate(source)
        labels = [Timecode(self._whole(frame, source), rate) for frame in (first, last)]
        labels += [Timecode(frame, self.rate) for frame in record]
        return " ".join(str(label.round_the_clock) for label in labels)

    def _whole(self, frame: Fraction | int, source: CutSource) -> int:
        """A source frame in frames of the list's count."""
        if source.rate is not None:
            frame = frame * Fraction(self.rate.nominal, source.rate.nominal)
        return round(frame)

    def _source_rate(self, source: CutSource) -> FrameRate:
        if source.rate is None or self.rate.frames_per_second not in DROP_RATES:
            return self.rate
        return FrameRate(self.rate.frames_per_second, drop=source.rate.drop)

    def _mode(self, source: CutSource) -> Iterator[str]:
        """An FCM line where the sources' labels change between drop and non-drop."""
        drop = self._source_rate(source).drop
        if drop != self.source_drop:
            self.source_drop = drop
            yield f"FCM: {'DROP FRAME' if drop else 'NON-DROP FRAME'}"

    def _speeds(self, event: CutEvent) -> Iterator[str]:
        transition = event.transition
        outgoing = transition.from_source if transition is not None else None
        if transition is not None and outgoing is not None and transition.from_speed != 1:
            yield self._speed(outgoing, transition.from_speed, transition.from_frames or 0, event)
        if event.speed != 1 or event.entry_frames is not None:
            entry = event.entry_frames
            at = event.source_in_frames if entry is None else entry
            yield self._speed(event.source, event.speed, at, event)

    def _speed(
        self, source: CutSource, speed: Fraction, entry: Fraction | int, event: CutEvent
    ) -> str:
        per_second = speed * self.rate.nominal
        tenths = round(per_second * 10)
        if Fraction(tenths, 10) != per_second:
            told = f"{event.number or self.place} ({float(speed):.4g} ×)"
            self.lose("speeds finer than a tenth of a frame per second", told)
        text = f"{'-' if tenths < 0 else ''}{abs(tenths) // 10:03}.{abs(tenths) % 10}"
        label = Timecode(self._whole(entry, source), self._source_rate(source)).round_the_clock
        return f"M2   {_reel(source):<8}      {text:>6}                {label}"

    def _names(self, event: CutEvent) -> Iterator[str]:
        transition = event.transition
        outgoing = transition.from_source if transition is not None else None
        if outgoing is not None and outgoing.clip:
            yield f"* FROM CLIP NAME: {_line_of(outgoing.clip)}"
            if outgoing.file:
                yield f"* SOURCE FILE: {_line_of(outgoing.file)}"
            if event.source.clip or not event.source.black:
                yield f"* TO CLIP NAME: {_line_of(event.source.clip)}"
        elif event.source.clip:
            yield f"* FROM CLIP NAME: {_line_of(event.source.clip)}"
        if event.source.file:
            yield f"* SOURCE FILE: {_line_of(event.source.file)}"

    def _markers(self, event: CutEvent) -> Iterator[str]:
        """The markers up to the end of this event that have not been written yet."""
        while self.waiting and self.waiting[0].at_frames < event.record_out_frames:
            yield self._marker(self.waiting.pop(0))

    def rest(self) -> Iterator[str]:
        """Markers after the last event, and the table of those with the name of who set them."""
        while self.waiting:
            yield self._marker(self.waiting.pop(0))
        for number, marker in enumerate((one for one in self.cut.markers if one.who), start=1):
            at, end = round(marker.at_frames), round(marker.at_frames + marker.frames)
            labels = [str(Timecode(frame, self.rate).round_the_clock) for frame in (at, end)]
            ends = (labels[1], str(Timecode(end - at, self.rate))) if end - at > 1 else ("", "")
            who, colour = _PLAIN.sub(" ", marker.who.strip()), _PLAIN.sub("_", marker.colour)
            yield (
                f"*  {number:5}  {colour or 'White':<7} {who:<24} {labels[0]:<12} "
                f"{ends[0]:<12} {ends[1]:<12}  {marker.track or 'V1':<22} {self._words(marker)}"
            ).rstrip()

    def _marker(self, marker: CutMarker) -> str:
        label = Timecode(round(marker.at_frames), self.rate).round_the_clock
        if marker.at_frames.denominator != 1:
            self.lose("places within a frame", str(label))
        if marker.frames != 1:
            self.lose("lengths of markers", str(label))
        if marker.track not in ("", "V1"):
            self.lose("tracks of markers", marker.track)
        words = self._words(marker)
        colour = marker.colour
        if colour.lower() not in COLOURS:
            if colour:
                self.lose("colours of markers", colour)
            colour = "" if words.split(" ", 1)[0].lower() not in COLOURS else "White"
        return f"* LOC: {label} {colour:<7} {words}".rstrip()

    def _words(self, marker: CutMarker) -> str:
        """Its text; a second text stands behind a colon."""
        words, note = _line_of(marker.words), _line_of(marker.note)
        if words and note:
            self.lose("second texts of markers, joined to the first", words)
            return f"{words}: {note}"
        return words or note

    def _note_losses(self, event: CutEvent, number: str) -> None:
        source = event.source
        frames = (event.source_in_frames, event.source_out_frames)
        if source.rate is not None and source.rate.nominal != self.rate.nominal:
            self.lose("source rates of their own", f"{number} ({source.rate.name})")
        elif any(frame.denominator != 1 for frame in frames):
            self.lose("source places within a frame", number)
        if source.media_in_frames is not None or source.media_out_frames is not None:
            self.lose("what there is of a source (handles)", number)
        if event.transition is not None and event.transition.before_frames:
            self.lose("transitions that are centred on their cut", number)
        if len(_reel(source)) > _WIDEST_REEL:
            self.lose("reels cut off", number)

    def told(self) -> tuple[str, ...]:
        """The loss report."""
        found: list[str] = []
        for kind, places in self.lost.items():
            found += counted(kind, places, places)
        if self.cut.end_frames is not None and self.cut.events:
            last = max(event.record_out_frames for event in self.cut.events)
            if self.cut.end_frames > last:
                found.append("empty frames after the last event")
        return tuple(found)

    def notes(self) -> tuple[str, ...]:
        """What a person should know: reels beyond 8 characters, tracks beyond four of sound."""
        found = []
        if any(len(_reel(event.source)) > 8 for event in self.cut.events):
            found.append("reel names longer than 8 characters stand whole, as in a file_129 list")
        return tuple(found)


def channel_of(track: str) -> str:
    """The channel an EDL calls a track: V1 is `V`, A1 is `A`."""
    return {"V1": "V", "A1": "A"}.get(track, track) or "V"


def _reel(source: CutSource) -> str:
    if source.reel:
        return _PLAIN.sub("_", source.reel.strip())
    return "BL" if source.black else "AX"


def _line_of(text: str) -> str:
    return _BREAKS.sub(" ", text).strip()

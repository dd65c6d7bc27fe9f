"""Timecode of an EDL: the rate that its labels need, and where drop-frame holds."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from scorestage.adapters.formats.edl.lines import LABEL, LONGEST_LINE, drop_of
from scorestage.errors import FormatError, TimecodeError, Where
from scorestage.timebase import FRAMES_24, FRAMES_25, FRAMES_29_97_DROP, FrameRate, Timecode
from scorestage.timebase.rate import DROP_RATES
from scorestage.timebase.timecode import frames_a_day

_LABEL = re.compile(LABEL)
_RATES = (FRAMES_24, FRAMES_25, FrameRate(30), FrameRate(50), FrameRate(60))


@dataclass(slots=True)
class Labels:
    """Reads the labels of one list: record labels by one rule, source labels by the last FCM."""

    name: str
    record: FrameRate
    source: FrameRate
    first: int | None = None
    dropped: list[str] = field(default_factory=list)

    def record_frames(self, label: str, line: int) -> int:
        """A record label as frames; one after midnight counts on from the day before."""
        frames = self._frames(label, self.record, line)
        if self.first is None:
            self.first = frames
        day = frames_a_day(self.record)
        return frames + day if frames < self.first - day // 2 else frames

    def source_frames(self, label: str, line: int) -> int:
        """A source label as frames; `;` says drop-frame by itself."""
        return self._frames(label, source_rate(self.record, self.is_drop(label)), line)

    def is_drop(self, label: str) -> bool:
        """Whether a source label is drop-frame: by the FCM line above it, or by its own `;`."""
        return self.source.drop or (";" in label and source_rate(self.record, True).drop)

    def _frames(self, label: str, rate: FrameRate, line: int) -> int:
        head, frame = label[: _last_mark(label)], label[_last_mark(label) + 1 :]
        plain = f"{re.sub('[;.,]', ':', head)}:{frame.zfill(2)}"
        try:
            return Timecode.parse(plain, rate).frames
        except TimecodeError as fault:
            if "is dropped" in fault.what:
                self.dropped.append(f"line {line} ({label})")
                kept = f"{plain.rsplit(':', 1)[0]}:{rate.nominal // 15:02}"
                return Timecode.parse(kept, rate).frames
            where = Where(file=self.name, line=line)
            do = fault.do or "say the rate of the list: --rate 25"
            raise FormatError(fault.what, where, do) from None


def labels_of(lines: list[str], name: str, rate: FrameRate | None) -> tuple[Labels, list[str]]:
    """How the labels of a list are to be read, and in words how that was found.

    The first FCM line tells the record labels, or a `;` in one of them; later FCM lines tell the
    sources from there on. Without a rate the least one that has all labels is taken.
    """
    head_drop: bool | None = None
    semicolon = False
    most = 0
    for line in lines:
        if len(line) > LONGEST_LINE:
            continue
        if head_drop is None:
            head_drop = drop_of(line)
        found = _LABEL.findall(line) if line[:1].isdigit() or "LOC" in line[:8].upper() else []
        for label in found:
            most = max(most, int(label[_last_mark(label) + 1 :]))
        semicolon |= any(";" in label for label in found[-2:])
    notes = []
    drop = semicolon or bool(head_drop)
    if rate is None:
        rate = _told_by(most, drop)
        notes.append(f"read at {rate.name} frames per second, which its labels allow: --rate says")
    elif rate.frames_per_second in DROP_RATES:
        if head_drop is not None or semicolon:
            rate = replace(rate, drop=drop)
    elif drop:
        notes.append(f"the list says drop-frame, which {rate.name} has not: its labels count on")
    if semicolon and head_drop is False and rate.drop:
        notes.append("FCM says NON-DROP FRAME, but the labels are drop-frame: the labels hold")
    return Labels(name, rate, rate), notes


def source_rate(rate: FrameRate, drop: bool) -> FrameRate:
    """The rate of the sources after an FCM line."""
    return replace(rate, drop=drop) if rate.frames_per_second in DROP_RATES else rate


def _told_by(most: int, drop: bool) -> FrameRate:
    if drop:
        return FRAMES_29_97_DROP if most < 30 else FrameRate("60000/1001", drop=True)
    return next((rate for rate in _RATES if most < rate.nominal), FRAMES_24)


def _last_mark(label: str) -> int:
    return max(label.rfind(mark) for mark in ":;.,")

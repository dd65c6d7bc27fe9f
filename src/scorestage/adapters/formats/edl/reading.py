"""An EDL as a cut list: tolerant of dialects, exact in labels, and no line is lost."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from fractions import Fraction

from scorestage.adapters.cut_exchange import MOST_EVENTS, ReadCut
from scorestage.adapters.formats.edl import lines as spoken
from scorestage.adapters.formats.edl.labels import Labels, labels_of, source_rate
from scorestage.adapters.marker_text import text_lines
from scorestage.errors import FormatError, Where
from scorestage.production import CutEvent, CutList, CutMarker, CutSource, Transition
from scorestage.timebase import FrameRate
from scorestage.timebase.timecode import frames_a_day

_BLACK = ("BL", "BLACK")


@dataclass(slots=True)
class _Edit:
    """One edit while its lines are read."""

    line: int
    spoken: spoken.EventLine
    record: tuple[int, int]
    source: tuple[int, int]
    before: _Edit | None = None
    """The line above it that gives the outgoing shot of a transition and takes no time."""
    speed: Fraction = Fraction(1)
    entry: int | None = None
    clips: dict[str, str] = field(default_factory=dict)
    files: list[tuple[bool, str]] = field(default_factory=list)
    effect: str = ""
    remarks: list[str] = field(default_factory=list)
    retimed: bool = False
    drop: bool = False
    """Whether its source labels are drop-frame."""


@dataclass(slots=True)
class _List:
    """The list while it is read."""

    name: str
    labels: Labels
    title: str = ""
    edits: list[_Edit] = field(default_factory=list)
    markers: list[CutMarker] = field(default_factory=list)
    head: list[str] = field(default_factory=list)
    losses: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    began: bool = False

    def remark(self, line: str) -> None:
        (self.edits[-1].remarks if self.edits else self.head).append(line)


def read_edl(content: bytes, name: str, rate: FrameRate | None = None) -> ReadCut:
    """The cut list of an EDL; `rate` None takes the least rate that has all its labels.

    Lines that are not understood stay with their event, as they are. Raises `FormatError` with the
    line for labels that do not exist, an edit that ends before it begins, or a file that is none.
    """
    lines = text_lines(_unmarked(content), name, "cp1252" if _is_cp1252(content) else "latin-1")
    labels, notes = labels_of(lines, name, rate)
    held = _List(name, labels, notes=notes)
    for number, line in enumerate(lines, start=1):
        _take(held, line.rstrip(), number)
    if not held.edits and not held.markers:
        do = "export a CMX3600 list" if held.title or held.head else "the file is empty"
        raise FormatError("this EDL holds no events", Where(file=name), do)
    if held.labels.dropped:
        told = ", ".join(held.labels.dropped[:5])
        held.losses.append(f"labels that drop-frame skips, taken as the next one: {told}")
    return _closed(held)


def _unmarked(content: bytes) -> bytes:
    """UTF-16 without its mark gets one; what is cut off within a character loses its last byte."""
    if content[:2] not in (b"\xff\xfe", b"\xfe\xff") and b"\0" in content[:4]:
        mark = b"\xff\xfe" if content[1:2] == b"\0" else b"\xfe\xff"
        return mark + content[: len(content) // 2 * 2]
    return content


def _is_cp1252(content: bytes) -> bool:
    return not any(byte in content for byte in (b"\x81", b"\x8d", b"\x8f", b"\x90", b"\x9d"))


def _take(held: _List, line: str, number: int) -> None:
    if not line.strip() or line.strip() == "\x1a":
        return
    if len(line) > spoken.LONGEST_LINE:
        held.losses.append(f"line {number} is {len(line)} characters long: kept, not read")
        held.remark(line)
        return
    if not held.began and line.lstrip().upper().startswith("TITLE:"):
        held.title, held.began = line.split(":", 1)[1].strip(), True
        return
    drop = spoken.drop_of(line)
    if drop is not None:
        held.labels.source = source_rate(held.labels.record, drop if held.edits else _head(held))
        return
    if _take_edit(held, line, number) or (not held.edits and _take_marker(held, line, number)):
        return
    if held.edits and _take_detail(held, held.edits[-1], line, number):
        return
    if spoken.looks_numbered(line):
        held.losses.append(f"line {number} begins like an event but is none: {line.strip()[:60]}")
    held.remark(line)


def _head(held: _List) -> bool:
    return held.labels.record.drop


def _take_edit(held: _List, line: str, number: int) -> bool:
    found = spoken.event_line(line)
    if found is None:
        return False
    if len(held.edits) >= MOST_EVENTS:
        raise FormatError(f"more than {MOST_EVENTS} events", Where(file=held.name, line=number))
    labels = held.labels
    source = tuple(labels.source_frames(label, number) for label in found.labels[:2])
    record = tuple(labels.record_frames(label, number) for label in found.labels[2:])
    if record[1] < record[0]:
        record = record[0], _past_midnight(record, labels.record)
    if record[1] < record[0]:
        what = f"the record out {found.labels[3]} lies before the record in {found.labels[2]}"
        raise FormatError(what, Where(file=held.name, line=number), "mend this event")
    edit = _Edit(number, found, (record[0], record[1]), (source[0], source[1]))
    edit.drop = labels.is_drop(found.labels[0])
    last = held.edits[-1] if held.edits else None
    if last is not None and _leads_into(last, edit):
        held.edits.pop()
        edit.before = last
        edit.remarks = last.remarks
        edit.clips, edit.files, edit.effect = last.clips, last.files, last.effect
    if found.rest:
        edit.remarks.append(found.rest)
    held.edits.append(edit)
    return True


def _past_midnight(record: tuple[int, ...], rate: FrameRate) -> int:
    day = frames_a_day(rate)
    return record[1] + day if record[0] - record[1] > day // 2 else record[1]


def _leads_into(last: _Edit, edit: _Edit) -> bool:
    """Whether the line before only says from which shot a transition comes."""
    one, two = last.spoken, edit.spoken
    same = one.number == two.number and one.channel == two.channel
    empty = last.record[0] == last.record[1] == edit.record[0]
    return same and empty and one.kind is None and two.kind is not None and last.before is None


def _take_detail(held: _List, edit: _Edit, line: str, number: int) -> bool:
    if clip := spoken.clip_line(line):
        side, name = clip
        if side in edit.clips and edit.clips[side] != name:
            return False
        edit.clips[side] = name
        return True
    if (file := spoken.file_line(line)) is not None:
        if len(edit.files) > (edit.spoken.kind is not None):
            return False
        edit.files.append(("TO" in edit.clips, file))
        return True
    if (effect := spoken.effect_line(line)) is not None and edit.spoken.kind and not edit.effect:
        edit.effect = effect
        return True
    if speed := spoken.speed_line(line):
        return _take_speed(held, speed, number)
    return _take_marker(held, line, number)


def _take_marker(held: _List, line: str, number: int) -> bool:
    """A marker; one whose label cannot be is kept as a line, and told."""
    found = spoken.marker_line(line)
    if found is None:
        return False
    try:
        at = held.labels.record_frames(found.label, number)
        end = held.labels.record_frames(found.end_label, number) if found.end_label else at + 1
    except FormatError as fault:
        held.losses.append(f"line {number}, a marker: {fault.what}")
        return False
    frames = Fraction(max(1, end - at))
    held.markers.append(
        CutMarker(Fraction(at), found.words, frames, found.colour, found.track, "", found.who)
    )
    return True


def _take_speed(held: _List, speed: tuple[str, Fraction, str], number: int) -> bool:
    """An M2 line belongs to the edit above with its reel; in a transition, to either shot."""
    reel, per_second, label = speed
    found = per_second / held.labels.record.nominal
    entry = held.labels.source_frames(label, number) if label else None
    for edit in held.edits[-1:-3:-1]:
        for side in (edit, edit.before):
            if side is None or side.retimed or not _same_reel(side, reel):
                continue
            other = edit.before if side is edit else None
            if other is not None and _same_reel(other, reel) and _enters(other, entry, side):
                side = other
            side.speed, side.entry, side.retimed = found, entry, True
            return True
    return False


def _enters(other: _Edit, entry: int | None, side: _Edit) -> bool:
    """Whether a speed belongs to the outgoing shot of the same reel: it enters there alone."""
    return entry == other.source[0] != side.source[0] and not other.retimed


def _same_reel(edit: _Edit, reel: str) -> bool:
    return edit.spoken.reel.upper() == reel.upper()


# ── the edits become events ─────────────────────────────────────────────────────────────────────


def _closed(held: _List) -> ReadCut:
    events = tuple(_event(edit, held.labels.record) for edit in held.edits)
    markers = tuple(sorted(held.markers, key=lambda one: one.at_frames))
    cut = CutList(held.title, held.labels.record, events, markers, head=tuple(held.head))
    kept = sum(len(event.remarks) for event in events) + len(cut.head)
    notes = [*held.notes, *_doubts(held)]
    if kept:
        notes.append(f"{kept} lines that are not understood are kept as they stand")
    return ReadCut(cut, tuple(notes), tuple(held.losses))


def _event(edit: _Edit, rate: FrameRate) -> CutEvent:
    line = edit.spoken
    transition = _transition(edit, rate) if line.kind is not None else None
    clip = edit.clips.get("FROM", "")
    if transition is not None and ("TO" in edit.clips or _fades_out(edit)):
        clip = edit.clips.get("TO", "")
    return CutEvent(
        record_in_frames=edit.record[0],
        record_out_frames=edit.record[1],
        source=_source(edit, clip, _file(edit, into=True), rate),
        source_in_frames=Fraction(edit.source[0]),
        source_out_frames=Fraction(edit.source[1]),
        track=track_of(line.channel),
        number=line.number,
        speed=edit.speed,
        entry_frames=_entry(edit),
        transition=transition,
        remarks=tuple(edit.remarks),
    )


def _entry(edit: _Edit) -> Fraction | None:
    if edit.entry is None or edit.entry == edit.source[0]:
        return None
    return Fraction(edit.entry)


def _transition(edit: _Edit, rate: FrameRate) -> Transition | None:
    line, before = edit.spoken, edit.before
    if line.kind is None:
        return None
    source, at, speed = None, None, Fraction(1)
    if before is not None:
        clip = edit.clips.get("FROM", "") if "TO" in edit.clips or _fades_out(edit) else ""
        source = _source(before, clip, _file(edit, into=False), rate)
        at, speed = Fraction(before.source[0]), before.speed
    elif "TO" in edit.clips and "FROM" in edit.clips:
        source = CutSource(clip=edit.clips["FROM"])
    code = "" if line.code in ("D", "K") else line.code
    return Transition(line.kind, line.frames, code, edit.effect, 0, source, at, speed)


def _file(edit: _Edit, *, into: bool) -> str:
    """The media file: where a transition tells two, the first is the outgoing shot's."""
    if not edit.files:
        return ""
    if len(edit.files) == 2:
        return edit.files[1 if into else 0][1]
    after_to, name = edit.files[0]
    incoming = True
    if edit.before is not None and "TO" in edit.clips:
        leaving = _alike(name, edit.clips.get("FROM", "")) and not _alike(name, edit.clips["TO"])
        incoming = after_to and not leaving
    elif _fades_out(edit):
        incoming = False
    return name if incoming == into else ""


def _fades_out(edit: _Edit) -> bool:
    """Whether a shot goes to black: the one name that is told is then the shot's."""
    black = edit.spoken.reel.upper() in _BLACK and "TO" not in edit.clips
    return black and edit.before is not None and edit.before.spoken.reel.upper() not in _BLACK


def _alike(file: str, clip: str) -> bool:
    """Whether a media file bears the name of a clip."""
    one, other = (re.sub(r"\W|_", "", text).lower() for text in (file, clip))
    return bool(other) and (one.startswith(other) or other.startswith(one))


def _source(edit: _Edit, clip: str, file: str, rate: FrameRate) -> CutSource:
    reel = edit.spoken.reel
    own = source_rate(rate, edit.drop)
    return CutSource(reel, clip, file, reel.upper() in _BLACK, None if own == rate else own)


def track_of(channel: str) -> str:
    """The track a channel stands for: `V` is V1, `A` is A1; `AA`, `B` and `AA/V` are both.

    >>> track_of("V"), track_of("A2"), track_of("AA/V")
    ('V1', 'A2', 'AA/V')
    """
    return f"{channel}1" if channel in ("V", "A") else channel


def _doubts(held: _List) -> list[str]:
    """What does not agree within events: lengths without a speed, no source timecode."""
    lengths, bare = [], 0
    for edit in held.edits:
        record, source = edit.record[1] - edit.record[0], edit.source[1] - edit.source[0]
        if edit.source == (0, 0) and record:
            bare += 1
        elif record != source and not edit.retimed and edit.spoken.reel.upper() not in _BLACK:
            told = f"event {edit.spoken.number} (line {edit.line})"
            lengths.append(f"{told}: {source} frames of source for {record}")
    found = []
    if lengths:
        told = "; ".join(lengths[:3]) + (" …" if len(lengths) > 3 else "")
        found.append(f"lengths that differ without an M2 speed ({len(lengths)}): {told}")
    if bare:
        found.append(f"events without source timecode ({bare})")
    return found

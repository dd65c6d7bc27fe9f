"""An AAF composition as a cut list: clips of picture and sound, dissolves, timecode, locators."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from aaf2.cfb import CompoundFileBinary
from aaf2.components import (
    EssenceGroup,
    Filler,
    NestedScope,
    OperationGroup,
    ScopeReference,
    Selector,
    Sequence,
    SourceClip,
    Timecode,
    Transition,
)
from aaf2.exceptions import AAFError, CompoundFileBinaryError
from aaf2.file import AAFFactory, AAFFile, AAFObjectManager
from aaf2.metadict import MetaDictionary
from aaf2.mobslots import EventMobSlot

from scorestage.adapters.cut_exchange import MOST_EVENTS, ReadCut, near_rate
from scorestage.adapters.format import Losses
from scorestage.adapters.formats.aaf.origins import origin_of
from scorestage.errors import FormatError, Where
from scorestage.production import CutEvent, CutList, CutMarker, CutSource, TransitionKind
from scorestage.production import Transition as Taking
from scorestage.timebase import FRAMES_24, FrameRate

MOST_BYTES = 512 * 1024 * 1024
_DEEPEST = 32
_KINDS = {"Picture": "V", "Sound": "A"}
_BROKEN = (
    *(AAFError, CompoundFileBinaryError, OSError, EOFError, ValueError, KeyError, IndexError),
    *(TypeError, AttributeError, AssertionError, NotImplementedError, OverflowError),
    *(struct.error, RecursionError, MemoryError, ZeroDivisionError),
)
"""What pyaaf2 raises for files that no program wrote."""
_USUAL_EDITOR = "export it again as AAF, linked to its media, and without embedding them"


@dataclass(slots=True)
class _Laid:
    """A clip on its track, in frames of the composition from its beginning."""

    clip: Any
    start: Fraction
    length: Fraction
    dissolve: Fraction = Fraction(0)
    before_cut: Fraction = Fraction(0)


@dataclass(slots=True)
class _Reader:
    """The composition while it is read."""

    rate: FrameRate
    origin: int
    events: list[CutEvent] = field(default_factory=list)
    markers: list[CutMarker] = field(default_factory=list)
    losses: Losses = field(default_factory=Losses)

    def frames(self, units: Any, edit_rate: Fraction) -> Fraction:
        """Edit units of a track as frames of the composition."""
        if units is None:
            return Fraction(0)
        return Fraction(int(units)) * self.rate.frames_per_second / edit_rate


def read_aaf(content: bytes, name: str, rate: FrameRate | None = None) -> ReadCut:
    """The first top-level composition of an AAF file; it tells its own rate.

    Clips on sound tracks, which may begin between frames, are put on the nearest one; that is told.
    Raises `FormatError` for what is no AAF file.
    """
    if len(content) > MOST_BYTES:
        raise FormatError(f"larger than {MOST_BYTES // 2**20} MB", Where(file=name), _USUAL_EDITOR)
    try:
        return _read(_Opened(content), name, rate)
    except _BROKEN as fault:
        told = f"the AAF file is broken: {str(fault) or type(fault).__name__}"
        raise FormatError(told, Where(file=name), "export it again") from None


class _Opened(AAFFile):  # type: ignore[misc]
    """An AAF file in memory; the library itself opens files of the disk only."""

    def __init__(self, content: bytes) -> None:
        self.mode, self.is_open = "rb", True
        self.f = io.BufferedReader(io.BytesIO(content))  # a bare BytesIO would be written
        self.cfb = CompoundFileBinary(self.f, self.mode)
        self.weakref_table: list[Any] = []
        self.manager, self.create = AAFObjectManager(self), AAFFactory(self)
        self.read_reference_properties()
        self.metadict = MetaDictionary(self)
        self.metadict.dir = self.cfb.find("/MetaDictionary-1")
        self.manager["/MetaDictionary-1"] = self.metadict
        self.root = self.manager.read_object("/")
        self.metadict.read_properties()


def _read(file: Any, name: str, rate: FrameRate | None) -> ReadCut:
    found = list(file.content.toplevel()) or list(file.content.compositionmobs())
    if not found:
        raise FormatError("it holds no composition", Where(file=name), "export a sequence as AAF")
    mob = found[0]
    own, origin = _counting(mob, rate)
    reader = _Reader(own, origin if origin is not None else 0)
    reader.losses.add("further compositions", len(found) - 1)
    counts = {"V": 0, "A": 0}
    end = Fraction(0)
    for slot in mob.slots:
        if isinstance(slot, EventMobSlot):
            _read_markers(reader, slot)
            continue
        kind = _KINDS.get(str(slot.segment.media_kind), "")
        if not kind:
            if str(slot.segment.media_kind) not in ("Timecode", "Edgecode", "DescriptiveMetadata"):
                reader.losses.add(f"tracks of {slot.segment.media_kind}")
            continue
        counts[kind] += 1
        end = max(end, _read_track(reader, slot, f"{kind}{counts[kind]}"))
    cut = CutList(
        title=mob.name or "",
        rate=own,
        events=tuple(reader.events),
        markers=tuple(sorted(reader.markers, key=lambda one: one.at_frames)),
        start_frames=origin,
        end_frames=reader.origin + -(-end // 1),
    )
    notes = (
        () if origin is not None else ("it carries no timecode: its first frame is 00:00:00:00",)
    )
    return ReadCut(cut, notes, reader.losses.told())


def _counting(mob: Any, said: FrameRate | None) -> tuple[FrameRate, int | None]:
    """The composition's rate, from its timecode or its picture, and its first label in frames."""
    for slot in mob.slots:
        code = next(iter(_parts_of(slot.segment, Timecode)), None)
        if code is not None:
            return near_rate(Fraction(slot.edit_rate), bool(code.drop)), int(code.start)
    for slot in mob.slots:
        if str(slot.segment.media_kind) == "Picture":
            return near_rate(Fraction(slot.edit_rate)), None
    return said or FRAMES_24, None


def _parts_of(segment: Any, kind: type[Any]) -> Iterator[Any]:
    if isinstance(segment, kind):
        yield segment
    elif isinstance(segment, Sequence):
        yield from (one for one in segment.components if isinstance(one, kind))


def _read_track(reader: _Reader, slot: Any, track: str) -> Fraction:
    """Lay a track out and keep its clips as events; where it ends, in frames from the start."""
    edit_rate = Fraction(slot.edit_rate)
    laid: list[_Laid] = []
    end = _lay(reader, slot.segment, edit_rate, Fraction(0), laid, 0)
    for before, one, after in zip([None, *laid], laid, [*laid[1:], None], strict=False):
        if len(reader.events) >= MOST_EVENTS:
            raise ValueError(f"more than {MOST_EVENTS} clips")
        reader.events.append(_event(reader, track, edit_rate, (before, one, after)))
    return end


def _lay(
    reader: _Reader, part: Any, edit_rate: Fraction, at: Fraction, laid: list[_Laid], depth: int
) -> Fraction:
    """Put the clips of a segment from `at` on; where it ends. A transition is an overlap."""
    if depth > _DEEPEST:
        raise ValueError("segments are nested too deeply")
    if isinstance(part, Sequence):
        dissolve = before_cut = Fraction(0)
        for one in part.components:
            if isinstance(one, Transition):
                dissolve = reader.frames(one.length, edit_rate)
                before_cut = reader.frames(one.get("CutPoint").value, edit_rate)
                at -= dissolve
                continue
            first = len(laid)
            at = _lay(reader, one, edit_rate, at, laid, depth + 1)
            if dissolve and len(laid) > first:
                laid[first].dissolve, laid[first].before_cut = dissolve, before_cut
            dissolve = Fraction(0)
        return at
    length = reader.frames(part.length, edit_rate)
    inside = _inside(reader, part)
    if isinstance(inside, Sequence):
        _lay(reader, inside, edit_rate, at, laid, depth + 1)
    elif inside is not None:
        laid.append(_Laid(inside, at, length))
    return at + length


def _inside(reader: _Reader, part: Any) -> Any:
    """The clip or sequence that a segment shows; None for filler and what is not understood."""
    for _ in range(_DEEPEST):
        if isinstance(part, SourceClip):
            return part if part.mob is not None else None
        if isinstance(part, Sequence):
            return part
        if isinstance(part, OperationGroup):
            inputs = list(part.segments or ())
            reader.losses.add("effects (their picture is taken as shot)")
            part = inputs[0] if inputs else None
        elif isinstance(part, Selector):
            part = part["Selected"].value
        elif isinstance(part, NestedScope):
            part = (list(part.slots) or [None])[-1]
            part = getattr(part, "segment", part)
        elif isinstance(part, EssenceGroup):
            part = next(iter(part["Choices"].value), None)
        else:
            if part is not None and not isinstance(part, Filler | ScopeReference):
                reader.losses.add(f"segments: {type(part).__name__}")
            return None
    return None


def _event(
    reader: _Reader,
    track: str,
    edit_rate: Fraction,
    three: tuple[_Laid | None, _Laid, _Laid | None],
) -> CutEvent:
    """A clip as an event: it ends where the next one takes over, as a cut list has it."""
    before, one, after = three
    end = one.start + one.length - (after.dissolve if after is not None and after.dissolve else 0)
    record_in = _on_frame(reader, one.start)
    record_out = max(record_in, _on_frame(reader, end))
    origin = origin_of(one.clip, edit_rate, reader.rate)
    entry = origin.at_frames
    shown = (record_out - record_in) * origin.rate.frames_per_second
    taking = None
    if one.dissolve and before is not None:
        old = origin_of(before.clip, edit_rate, reader.rate)
        taking = Taking(
            kind=TransitionKind.DISSOLVE,
            frames=round(one.dissolve),
            before_frames=round(one.before_cut),
            from_source=old.source,
            from_frames=old.at_frames
            + (one.start - before.start)
            * old.rate.frames_per_second
            / reader.rate.frames_per_second,
        )
    source = origin.source
    return CutEvent(
        record_in_frames=record_in,
        record_out_frames=record_out,
        source=CutSource(
            source.reel,
            source.clip,
            source.file,
            rate=None if origin.rate == reader.rate else origin.rate,
        ),
        source_in_frames=entry,
        source_out_frames=entry + shown / reader.rate.frames_per_second,
        track=track,
        number=f"{len(reader.events) + 1:03}",
        transition=taking,
    )


def _on_frame(reader: _Reader, at: Fraction) -> int:
    frame = (at + Fraction(1, 2)).__floor__()
    if frame != at:
        reader.losses.add("ends of clips within a frame (put on the nearest)")
    return reader.origin + frame


def _read_markers(reader: _Reader, slot: Any) -> None:
    edit_rate = Fraction(slot.edit_rate)
    segment = slot.segment
    for one in segment.components if isinstance(segment, Sequence) else (segment,):
        position = one.get("Position")
        if position is None or position.value is None:
            reader.losses.add(f"events: {type(one).__name__}")
            continue
        if len(reader.markers) >= MOST_EVENTS:
            raise ValueError(f"more than {MOST_EVENTS} markers")
        told = _attributes(one)
        words = told.get("_ATN_CRM_COM") or _text(one, "Comment")
        length = one.get("Length")
        frames = reader.frames(length.value if length is not None else 1, edit_rate)
        reader.markers.append(
            CutMarker(
                at_frames=reader.origin + reader.frames(position.value, edit_rate),
                words=" ".join(words.split()),
                frames=max(Fraction(1), frames),
                colour=told.get("_ATN_CRM_COLOR", "").lower(),
                who=told.get("_ATN_CRM_USER") or _text(one, "CommentMarkerUser"),
            )
        )


def _text(one: Any, key: str) -> str:
    found = one.get(key)
    return str(found.value) if found is not None and found.value is not None else ""


def _attributes(one: Any) -> dict[str, str]:
    """What Media Composer says of a locator, by its own names."""
    listed = one.get("CommentMarkerAttributeList")
    if listed is None or listed.value is None:
        return {}
    return {str(each.name): str(each.value) for each in listed.value if each.value is not None}

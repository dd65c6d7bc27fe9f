"""An AAF composition as a cut list: clips of picture and sound, dissolves, timecode, locators."""

from __future__ import annotations

import io
import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
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
_TRACK = re.compile(r"[VA][1-9]\d?")
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
    """A clip on its track, in frames of the composition from its beginning; None is filler."""

    clip: Any
    start: Fraction
    length: Fraction
    speed: Fraction = Fraction(1)
    dissolve: Fraction = Fraction(0)
    before_cut: Fraction = Fraction(0)
    effect: str = ""


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
        told = str(slot.name or "")
        named = _TRACK.fullmatch(told) is not None and told[0] == kind
        track = told if named else f"{kind}{counts[kind]}"
        end = max(end, _read_track(reader, slot, track))
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
        effect = ""
        for one in part.components:
            if isinstance(one, Transition):
                dissolve = reader.frames(one.length, edit_rate)
                before_cut = reader.frames(one.get("CutPoint").value, edit_rate)
                effect = _effect_of(one)
                at -= dissolve
                continue
            first, start = len(laid), at
            at = _lay(reader, one, edit_rate, at, laid, depth + 1)
            if dissolve and len(laid) == first:
                laid.append(_Laid(None, start, at - start))
            if dissolve:
                laid[first].dissolve, laid[first].before_cut = dissolve, before_cut
                laid[first].effect = effect
            dissolve = Fraction(0)
        return at
    length = reader.frames(part.length, edit_rate)
    inside, speed = _inside(reader, part)
    if isinstance(inside, Sequence) and speed == 1:
        _lay(reader, inside, edit_rate, at, laid, depth + 1)
    elif isinstance(inside, Sequence):
        clip = next(_parts_of(inside, SourceClip), None)
        laid.append(_Laid(clip, at, length, speed))
    elif inside is not None:
        laid.append(_Laid(inside, at, length, speed))
    return at + length


def _effect_of(transition: Any) -> str:
    """The name of a transition's effect."""
    group = transition.get("OperationGroup")
    operation = group.value.operation if group is not None and group.value is not None else None
    return str(operation.name or "") if operation is not None else ""


def _speed_of(reader: _Reader, part: Any) -> Fraction | None:
    """How fast a motion effect runs its clip; None for another effect.

    AAF tells the length of what comes out by what goes in: 2 is half the speed, 0 a freeze.
    """
    named = {
        str(one.name).replace("ParameterDef_", ""): one for one in part.get("Parameters") or ()
    }
    ratio = named.get("SpeedRatio")
    if ratio is None or ratio.get("Value") is None:
        if any("SPEED" in name.upper() for name in named):
            reader.losses.add("speeds that vary (taken as shot)")
        return Fraction(1) if any("SPEED" in name.upper() for name in named) else None
    told = Fraction(str(ratio.value))
    frozen = told == 0 or (part.length and part.length > 1 and abs(told) == part.length)
    return Fraction(0) if frozen else 1 / told


def _inside(reader: _Reader, part: Any) -> tuple[Any, Fraction]:
    """The clip or sequence that a segment shows, and its speed; None for filler and the unknown."""
    speed = Fraction(1)
    for _ in range(_DEEPEST):
        if isinstance(part, SourceClip):
            return (part if part.mob is not None else None), speed
        if isinstance(part, Sequence):
            return part, speed
        if isinstance(part, OperationGroup):
            inputs = list(part.segments or ())
            run = _speed_of(reader, part)
            if run is None:
                reader.losses.add("effects (their picture is taken as shot)")
            speed *= 1 if run is None else run
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
            return None, speed
    return None, speed


def _event(
    reader: _Reader,
    track: str,
    edit_rate: Fraction,
    three: tuple[_Laid | None, _Laid, _Laid | None],
) -> CutEvent:
    """A clip as an event: it ends where the next one takes over, as a cut list has it."""
    before, one, after = three
    end = one.start + one.length
    if after is not None and after.dissolve:
        end = min(end, after.start)
    record_in = _on_frame(reader, one.start)
    record_out = max(record_in, _on_frame(reader, end))
    number = f"{len(reader.events) + 1:03}"
    taking = _taking(reader, edit_rate, before, one) if one.dissolve else None
    if one.clip is None:
        return CutEvent(
            record_in, record_out, CutSource(black=True), track=track, number=number,
            source_out_frames=Fraction(record_out - record_in), transition=taking,
        )  # fmt: skip
    origin = origin_of(one.clip, edit_rate, reader.rate)
    shown = (record_out - record_in) * origin.rate.frames_per_second * one.speed
    source = origin.source
    return CutEvent(
        record_in_frames=record_in,
        record_out_frames=record_out,
        source=replace(source, rate=None if origin.rate == reader.rate else origin.rate),
        source_in_frames=origin.at_frames,
        source_out_frames=origin.at_frames + shown / reader.rate.frames_per_second,
        track=track,
        number=number,
        speed=one.speed,
        transition=taking,
    )


def _taking(reader: _Reader, edit_rate: Fraction, before: _Laid | None, one: _Laid) -> Taking:
    """The transition into a clip, from the one before it where that reaches so far."""
    wipe = "wipe" in one.effect.lower()
    taking = Taking(
        kind=TransitionKind.WIPE if wipe else TransitionKind.DISSOLVE,
        frames=round(one.dissolve),
        before_frames=round(one.before_cut),
        from_source=CutSource(black=True),
    )
    if before is None or before.clip is None or before.start + before.length <= one.start:
        return taking
    old = origin_of(before.clip, edit_rate, reader.rate)
    per = old.rate.frames_per_second / reader.rate.frames_per_second
    at_frames = old.at_frames + (one.start - before.start) * per * before.speed
    return replace(taking, from_source=old.source, from_frames=at_frames, from_speed=before.speed)


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
                words=words.strip(),
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

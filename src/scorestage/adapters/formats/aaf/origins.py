"""Where a clip of an AAF comes from: its master clip, its media file, its tape with timecode."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any
from urllib.parse import unquote

from aaf2.components import Sequence, SourceClip, Timecode
from aaf2.mobs import CompositionMob, MasterMob

from scorestage.adapters.cut_exchange import near_rate
from scorestage.production import CutSource
from scorestage.timebase import FrameRate

_LONGEST_CHAIN = 24


@dataclass(frozen=True, slots=True)
class Origin:
    """A source, and the frame of it that a clip begins on, counted at `rate`.

    Frames are those of the tape's timecode where there is one, else of the file; what of the source
    there is, is what the file holds.
    """

    source: CutSource
    at_frames: Fraction
    rate: FrameRate


def origin_of(clip: Any, edit_rate: Fraction, rate: FrameRate) -> Origin:
    """Follow a source clip down to its tape; `edit_rate` is that of its track."""
    seconds = Fraction(clip.start or 0) / edit_rate
    name, file, reel = "", "", ""
    first, counted = Fraction(0), rate
    media: tuple[Fraction, Fraction] | None = None
    for _ in range(_LONGEST_CHAIN):
        mob, slot = clip.mob, clip.slot
        if mob is None:
            break
        if isinstance(mob, MasterMob | CompositionMob):
            name = name or str(mob.name or "")
        else:
            descriptor = getattr(mob, "descriptor", None)
            file = file or _located(descriptor)
            tape = type(descriptor).__name__ == "TapeDescriptor"
            reel = str(mob.name or "") if tape else reel
            if media is None and not tape and slot is not None and slot.segment.length:
                media = seconds, Fraction(slot.segment.length) / Fraction(slot.edit_rate)
            code = _timecode(mob)
            if code is not None:
                counted = near_rate(code[1], code[2])
                first = code[0]
        segment = slot.segment if slot is not None else None
        if isinstance(segment, Sequence):
            segment = next((one for one in segment.components if isinstance(one, SourceClip)), None)
        if not isinstance(segment, SourceClip):
            break
        seconds += Fraction(segment.start or 0) / Fraction(slot.edit_rate)
        clip = segment
    at_frames = first + seconds * counted.frames_per_second
    source = CutSource(reel, name, file)
    if media is not None:
        into, length = (one * counted.frames_per_second for one in media)
        begin = at_frames - into
        source = replace(source, media_in_frames=begin, media_out_frames=begin + length)
    return Origin(source, at_frames, counted)


def _located(descriptor: Any) -> str:
    """The path or address of the media file, plain."""
    locators = descriptor.get("Locator") if descriptor is not None else None
    for one in (locators.value or ()) if locators is not None else ():
        address = one.get("URLString")
        if address is not None and address.value:
            return unquote(str(address.value))
    return ""


def _timecode(mob: Any) -> tuple[Fraction, Fraction, bool] | None:
    """First label in frames, rate and drop of the timecode track of a tape or file."""
    for slot in mob.slots:
        segment = slot.segment
        parts = segment.components if isinstance(segment, Sequence) else (segment,)
        for one in parts:
            if isinstance(one, Timecode):
                return Fraction(int(one.start)), Fraction(slot.edit_rate), bool(one.drop)
    return None

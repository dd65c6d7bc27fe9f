"""A session as an AAF composition: picture, sound tracks, markers and start timecode, media linked.

AAF has no musical time: the tempo map goes beside it. Each sound channel is a track of its own, as
editing systems expect; every source points to its file and to a tape that carries the timecode.
"""

from __future__ import annotations

import struct
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any
from urllib.parse import quote

import aaf2
from aaf2.auid import AUID
from aaf2.mobid import MobID
from aaf2.video import compression_ids

from scorestage.adapters.session import Clip, Exported, Session, Track, TrackKind
from scorestage.timebase import FilmTime, Timecode

_LONG_AGO = datetime(1980, 1, 1)
"""The date in the file: builds must repeat."""
_OURS = uuid.UUID("0f8f4b7e-57d4-4a53-8a0c-1f4f6a1f9b7c")
_SIDES = ("L", "R")
_TAPE_PICTURE, _TAPE_SOUND = 1, 2
_WAVE = 1


class _Mobs:
    """Makes mobs with ids that depend on the session alone."""

    def __init__(self, file: Any, session: Session) -> None:
        self.file = file
        self.title = session.title

    def made(self, kind: str, name: str, *parts: object) -> Any:
        """A new mob, in the file."""
        mob = getattr(self.file.create, kind)()
        mob.name = name
        identity = MobID()
        identity.SMPTELabel = MobID.new().SMPTELabel
        identity.length = 0x13
        identity.material = uuid.uuid5(_OURS, "/".join(map(str, (self.title, kind, name, *parts))))
        mob.mob_id = identity
        mob["CreationTime"].value = _LONG_AGO
        mob["LastModified"].value = _LONG_AGO
        self.file.content.mobs.append(mob)
        return mob


@dataclass(frozen=True, slots=True)
class _Measures:
    """How a session counts in AAF: rates as text, lengths in edit units."""

    session: Session

    @property
    def picture_rate(self) -> str:
        rate = self.session.clock.rate.frames_per_second
        return f"{rate.numerator}/{rate.denominator}"

    @property
    def sound_rate(self) -> str:
        return f"{self.session.sample_rate_hz}/1"

    def units(self, track: Track, seconds: Fraction) -> int:
        """Seconds in the edit units of a track: frames or samples, rounded once."""
        if track.kind is TrackKind.PICTURE:
            return round(seconds * self.session.clock.rate.frames_per_second)
        return round(seconds * self.session.sample_rate_hz)

    def rate_of(self, track: Track) -> str:
        return self.picture_rate if track.kind is TrackKind.PICTURE else self.sound_rate


def write_aaf(session: Session) -> Exported:
    """The session as an AAF file that links to its media by relative path.

    The composition starts at the session's timecode, on the frame; clips lie to the sample.
    """
    measures = _Measures(session)
    file = aaf2.open()
    try:
        _dated(file)
        mobs = _Mobs(file, session)
        tape = _tape(mobs, session, measures)
        composition = mobs.made("CompositionMob", session.title)
        composition.usage = "Usage_TopLevel"
        _timecode(composition, session, measures)
        for number, track in enumerate(session.tracks):
            _track(mobs, composition, tape, track, number, measures)
        _markers(file, composition, session)
        file.save()
        file.manager.remove_temp()
        file.cfb.close()
        content = file.f.getvalue()
    finally:
        file.f.close()
    notes = (
        "media are linked by paths relative to the file: keep the folder together",
        "each channel of a sound file is a track",
    )
    return Exported(content, _not_carried(session), notes)


def _dated(file: Any) -> None:
    file.header["LastModified"].value = _LONG_AGO
    for one in file.header["IdentificationList"].value:
        one["Date"].value = _LONG_AGO
        one["ProductName"].value = "scorestage"
        one["CompanyName"].value = "scorestage"
        one["GenerationAUID"].value = AUID(str(uuid.uuid5(_OURS, "generation")))


def _frames(session: Session) -> int:
    return session.clock.start_frames + session.clock.rate.nearest_frame(session.start)


def _length_frames(session: Session) -> int:
    seconds = (session.last - session.start).seconds
    return max(1, -(-seconds * session.clock.rate.frames_per_second // 1))


def _round_the_clock(session: Session) -> int:
    return Timecode(_frames(session), session.clock.rate).round_the_clock.frames


def _timecode(mob: Any, session: Session, measures: _Measures) -> Any:
    rate = session.clock.rate
    slot = mob.create_timeline_slot(measures.picture_rate)
    slot.name = "Timecode"
    made = mob.root.create.Timecode(rate.nominal, drop=rate.drop, length=_length_frames(session))
    made.start = _round_the_clock(session)
    slot.segment = made
    return slot


def _tape(mobs: _Mobs, session: Session, measures: _Measures) -> Any:
    """Where every source comes from: a tape whose timecode is the session's."""
    mob = mobs.made("SourceMob", f"{session.title} timecode")
    mob.descriptor = mob.root.create.TapeDescriptor()
    length = _length_frames(session)
    for kind, rate in (("picture", measures.picture_rate), ("sound", measures.sound_rate)):
        slot = mob.create_empty_slot(rate, kind)
        per_second = Fraction(rate)
        slot.segment.length = round(length / session.clock.rate.frames_per_second * per_second)
    _timecode(mob, session, measures)
    return mob


def _track(
    mobs: _Mobs, composition: Any, tape: Any, track: Track, number: int, measures: _Measures
) -> None:
    picture = track.kind is TrackKind.PICTURE
    channels = 1 if picture else max((clip.channels for clip in track.clips), default=2)
    masters = [
        _master(mobs, tape, track, clip, (number, place), measures)
        for place, clip in enumerate(track.clips)
    ]
    for channel in range(channels):
        kind = "picture" if picture else "sound"
        slot = composition.create_empty_sequence_slot(measures.rate_of(track), media_kind=kind)
        side = f" {_SIDES[channel]}" if channels == 2 else f" {channel + 1}" if channels > 1 else ""
        slot.name = track.name + side
        slot["PhysicalTrackNumber"].value = number + 1 if picture else channel + 1
        _laid(slot, track, masters, channel, measures)


def _laid(
    slot: Any, track: Track, masters: Sequence[Any], channel: int, measures: _Measures
) -> None:
    """Clips in order with filler between, up to the session's end."""
    session, sequence = measures.session, slot.segment
    at = 0
    for clip, master in sorted(zip(track.clips, masters, strict=True), key=lambda one: one[0].at):
        start = measures.units(track, (clip.at - session.start).seconds)
        length = measures.units(track, clip.length.seconds)
        if channel >= clip.channels or start < at:
            continue
        if start > at:
            sequence.components.append(_filler(sequence, start - at))
        into = measures.units(track, clip.into.seconds)
        sequence.components.append(master.create_source_clip(channel + 1, into, length))
        at = start + length
    ends = measures.units(track, (session.last - session.start).seconds)
    if ends > at:
        sequence.components.append(_filler(sequence, ends - at))
    sequence.length = max(at, ends)


def _filler(sequence: Any, length: int) -> Any:
    return sequence.root.create.Filler(sequence.media_kind, length)


def _master(
    mobs: _Mobs, tape: Any, track: Track, clip: Clip, place: tuple[int, int], measures: _Measures
) -> Any:
    """The master mob of a media file, with its source mob and its locator."""
    picture = track.kind is TrackKind.PICTURE
    source = mobs.made("SourceMob", clip.name, "file", *place)
    source.descriptor = _picture(source, clip, measures) if picture else _wave(source, clip)
    locator = source.root.create.NetworkLocator()
    locator["URLString"].value = quote(clip.file)
    source.descriptor["Locator"].append(locator)
    whole = measures.units(track, (clip.into + clip.length).seconds)
    source.descriptor["Length"].value = whole
    master = mobs.made("MasterMob", clip.name, *place)
    begins = measures.units(track, (clip.at - measures.session.start).seconds)
    kind, tape_slot = ("picture", _TAPE_PICTURE) if picture else ("sound", _TAPE_SOUND)
    for channel in range(1 if picture else clip.channels):
        for mob, of, slot_id, start in (
            (source, tape, tape_slot, max(0, begins)),
            (master, source, channel + 1, 0),
        ):
            slot = mob.create_timeline_slot(measures.rate_of(track))
            slot.segment = of.create_source_clip(slot_id, start, whole, kind)
            slot["PhysicalTrackNumber"].value = channel + 1
    return master


def _picture(mob: Any, clip: Clip, measures: _Measures) -> Any:
    made = mob.root.create.CDCIDescriptor()
    made["ComponentWidth"].value = 8
    made["HorizontalSubsampling"].value = 2
    made["VerticalSubsampling"].value = 2
    made["FrameLayout"].value = "FullFrame"
    made["VideoLineMap"].value = [0, 0]
    width, height = max(2, clip.width_px), max(2, clip.height_px)
    made["ImageAspectRatio"].value = f"{width}/{height}"
    made["StoredWidth"].value = width
    made["StoredHeight"].value = height
    made["SampleRate"].value = measures.picture_rate
    made["Compression"].value = compression_ids["AVCHighUnconstrained"]
    return made


def _wave(mob: Any, clip: Clip) -> Any:
    """What the head of the WAV file says."""
    width = clip.channels * clip.bits // 8
    head = struct.pack(
        "<HHIIHH", _WAVE, clip.channels, clip.rate_hz, clip.rate_hz * width, width, clip.bits
    )
    size = round(clip.length.seconds * clip.rate_hz) * width
    summary = b"RIFF" + struct.pack("<I", min(size + 36, 0xFFFFFFFF)) + b"WAVE"
    summary += b"fmt " + struct.pack("<I", len(head)) + head
    made = mob.root.create.WAVEDescriptor()
    made["SampleRate"].value = f"{clip.rate_hz}/1"
    made["Summary"].value = bytearray(summary)
    made["ContainerFormat"].value = mob.root.dictionary.lookup_containerdef("AAF")
    return made


def _markers(file: Any, composition: Any, session: Session) -> None:
    """Locators on the frame they fall in."""
    rate = session.clock.rate
    if not session.markers:
        return
    slot = file.create.EventMobSlot()
    slot["SlotID"].value = max(one.slot_id for one in composition.slots) + 1
    slot["SlotName"].value = "Markers"
    slot["PhysicalTrackNumber"].value = 1
    slot["PhysicalTrackNumber"].value = 1
    measures = _Measures(session)
    slot.edit_rate = measures.picture_rate
    sequence = file.create.Sequence("DescriptiveMetadata")
    described = min(2, slot["SlotID"].value - 1)  # the first track after the timecode
    first = rate.nearest_frame(session.start)
    for marker in sorted(session.markers, key=lambda one: one.at):
        made = file.create.DescriptiveMarker()
        made["Position"].value = rate.nearest_frame(marker.at) - first
        made["Length"].value = _marker_frames(session, marker.at, marker.end)
        made["Comment"].value = " ".join((marker.words or marker.id).split())
        made["DescribedSlots"].value = {described}
        sequence.components.append(made)
    slot.segment = sequence
    composition.slots.append(slot)


def _marker_frames(session: Session, at: FilmTime, end: FilmTime | None) -> int:
    rate = session.clock.rate
    return 1 if end is None else max(1, rate.nearest_frame(end) - rate.nearest_frame(at))


def _not_carried(session: Session) -> tuple[str, ...]:
    rate = session.clock.rate
    found = []
    if session.tempo_map is not None:
        found.append("the tempo map (take the MIDI file beside it)")
    moved = sum(rate.time_of(rate.nearest_frame(one.at)) != one.at for one in session.markers)
    if moved:
        found.append(f"places within a frame ({moved} markers moved to the nearest)")
    if any(track.muted for track in session.tracks):
        found.append("muted tracks (" + ", ".join(t.name for t in session.tracks if t.muted) + ")")
    return tuple(found)

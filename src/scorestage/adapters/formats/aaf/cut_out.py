"""A cut list as an AAF composition: tracks, sources down to their tapes, transitions, speeds."""

from __future__ import annotations

import uuid
from collections import Counter
from datetime import datetime
from fractions import Fraction
from typing import Any
from urllib.parse import quote

import aaf2
from aaf2.auid import AUID
from aaf2.mobid import MobID

from scorestage.adapters.cut_exchange import as_shown, layers_of, media_changes
from scorestage.adapters.formats.aaf import names
from scorestage.adapters.session import Exported
from scorestage.production import CutEvent, CutList, CutSource, Transition, TransitionKind
from scorestage.production.cut_list import shows_picture
from scorestage.timebase import FrameRate

_LONG_AGO = datetime(1980, 1, 1)
_OURS = uuid.UUID("8a7e9f5d-6a0b-4c43-9f2e-33c1d6a5e2b4")


def write_cut_aaf(cut: CutList) -> Exported:
    """The composition as an AAF that links to its media by path; says what was not carried."""
    cut, misfits = as_shown(cut)
    file = aaf2.open()
    try:
        writer = _Writer(file, cut)
        writer.write()
        file.save()
        file.manager.remove_temp()
        file.cfb.close()
        content = file.f.getvalue()
    finally:
        file.f.close()
    told = tuple(f"{kind} ({count})" for kind, count in sorted(writer.lost.items()) if count)
    return Exported(content, told + misfits, ("media are linked by path and tape, none is inside",))


class _Writer:
    def __init__(self, file: Any, cut: CutList) -> None:
        self.file = file
        self.cut = cut
        self.rate = cut.rate
        self.origin = cut.first_frame if cut.start_frames is None else cut.start_frames
        self.lost: Counter[str] = Counter()
        self.masters: dict[tuple[CutSource, bool], tuple[Any, Fraction]] = {}

    def write(self) -> None:
        """Everything into the file."""
        self._dated()
        self._definitions()
        composition = self._mob("CompositionMob", self.cut.title or "untitled", "top")
        composition.usage = "Usage_TopLevel"
        length = max(1, self.cut.last_frame - self.origin)
        self._timecode(composition, self.origin, length, self.rate)
        for track, events in layers_of(self.cut):
            slot = composition.create_timeline_slot(_edit_rate(self.rate))
            slot.name = track
            kind = "picture" if shows_picture(track) else "sound"
            number = track[1:]
            slot["PhysicalTrackNumber"].value = int(number) if number.isdecimal() else 1
            slot.segment = self._sequence(events, kind, length)
        self._markers(composition)
        self.lost["lines kept from an EDL"] += sum(len(one.remarks) for one in self.cut.events)
        self.lost["clips on tracks of other names, or over each other"] += sum(
            not track[1:].isdecimal() for track in self.cut.tracks
        )

    def _dated(self) -> None:
        self.file.header["LastModified"].value = _LONG_AGO
        for one in self.file.header["IdentificationList"].value:
            one["Date"].value = _LONG_AGO
            one["ProductName"].value = "scorestage"
            one["CompanyName"].value = "scorestage"
            one["GenerationAUID"].value = AUID(str(uuid.uuid5(_OURS, "generation")))

    def _definitions(self) -> None:
        dictionary = self.file.dictionary
        ratio = self.file.create.ParameterDef(
            AUID(names.SPEED_RATIO), "SpeedRatio", "output length to input length", "Rational"
        )
        dictionary.register_def(ratio)
        for auid, name, kind, inputs in (
            (names.VIDEO_DISSOLVE, "Video Dissolve", "Picture", 2),
            (names.AUDIO_DISSOLVE, "Mono Audio Dissolve", "Sound", 2),
            (names.VIDEO_WIPE, "SMPTE Video Wipe", "Picture", 2),
            (names.VIDEO_SPEED, "Video Speed Control", "Picture", 1),
            (names.AUDIO_SPEED, "Audio Speed Control", "Sound", 1),
        ):
            made = self.file.create.OperationDef(AUID(auid), name, name)
            made.media_kind = kind
            made["NumberInputs"].value = inputs
            made["IsTimeWarp"].value = inputs == 1
            made["Bypass"].value = 0
            made["OperationCategory"].value = "OperationCategory_Effect"
            if inputs == 1:
                made.parameters.append(ratio)
            dictionary.register_def(made)

    def _mob(self, kind: str, name: str, *parts: object) -> Any:
        mob = getattr(self.file.create, kind)()
        mob.name = name
        identity = MobID()
        identity.SMPTELabel = MobID.new().SMPTELabel
        identity.length = 0x13
        told = "/".join(map(str, (self.cut.title, kind, name, *parts)))
        identity.material = uuid.uuid5(_OURS, told)
        mob.mob_id = identity
        mob["CreationTime"].value = _LONG_AGO
        mob["LastModified"].value = _LONG_AGO
        self.file.content.mobs.append(mob)
        return mob

    def _timecode(self, mob: Any, start: int, length: int, rate: FrameRate) -> None:
        slot = mob.create_timeline_slot(_edit_rate(rate))
        slot.name = "Timecode"
        made = self.file.create.Timecode(rate.nominal, drop=rate.drop, length=length)
        made.start = start
        slot.segment = made

    def _sequence(self, events: tuple[CutEvent, ...], kind: str, length: int) -> Any:
        """Clips with filler between; a transition takes its frames from both sides."""
        sequence = self.file.create.Sequence(media_kind=kind)
        reached = self.origin
        for index, event in enumerate(events):
            later = events[index + 1] if index + 1 < len(events) else None
            if event.record_in_frames > reached or (event.transition and not index):
                filler = event.record_in_frames - reached
                if event.transition is not None:
                    filler += event.transition.frames
                sequence.components.append(self.file.create.Filler(kind, filler))
            if event.transition is not None:
                sequence.components.append(self._transition(event.transition, kind))
            tail = 0
            met = later is not None and later.record_in_frames == event.record_out_frames
            if met and later is not None and later.transition is not None:
                tail = later.transition.frames
            sequence.components.append(self._clip(event, event.frames + tail, kind))
            reached = event.record_out_frames
        if self.origin + length > reached:
            last = self.origin + length - reached
            sequence.components.append(self.file.create.Filler(kind, last))
        sequence.length = length
        return sequence

    def _transition(self, change: Transition, kind: str) -> Any:
        operation = names.VIDEO_DISSOLVE if kind == "picture" else names.AUDIO_DISSOLVE
        if change.kind is TransitionKind.WIPE and kind == "picture":
            operation = names.VIDEO_WIPE
        self.lost["keys and codes of wipes"] += bool(
            change.code or change.kind is TransitionKind.KEY
        )
        self.lost["names of effects"] += bool(change.name)
        self.lost["the shot that a transition leaves, as told"] += change.from_frames is not None
        made = self.file.create.Transition(media_kind=kind, length=change.frames)
        made.cutpoint = change.before_frames
        group = self.file.create.OperationGroup(AUID(operation), change.frames, kind)
        made["OperationGroup"].value = group
        return made

    def _clip(self, event: CutEvent, frames: int, kind: str) -> Any:
        """A clip of so many frames, inside a speed effect where it is retimed."""
        if event.source.black and not event.source.file:
            return self.file.create.Filler(kind, frames)
        master, start = self._master(event.source, kind == "picture")
        entry = event.source_in_frames if event.entry_frames is None else event.entry_frames
        into = entry - start
        self.lost["source places within a frame"] += into.denominator != 1
        per = event.per_frame(self.rate)
        length = max(1, abs(round(frames * per * event.speed)))
        clip = master.create_source_clip(1, round(into), length, kind)
        if event.speed == 1:
            clip.length = frames
            return clip
        operation = names.VIDEO_SPEED if kind == "picture" else names.AUDIO_SPEED
        group = self.file.create.OperationGroup(AUID(operation), frames, kind)
        ratio = 1 / event.speed if event.speed else Fraction(0)
        value = f"{ratio.numerator}/{ratio.denominator}"
        parameter = self.file.create.ConstantValue(AUID(names.SPEED_RATIO), value)
        group.parameters.append(parameter)
        group.segments.append(clip)
        return group

    def _master(self, source: CutSource, picture: bool) -> tuple[Any, Fraction]:
        """The master mob of a source, and the frame of its timecode that it begins at."""
        held = self.masters.get((source, picture))
        if held is not None:
            return held
        rate = source.rate or self.rate
        first, length = self._extent(source)
        self.lost.update(media_changes(source, Fraction(first), Fraction(first + length)))
        kind = "picture" if picture else "sound"
        parts = (source.file, source.clip, rate.name, source.media_in_frames, picture)
        tape = self._mob("SourceMob", source.reel or source.name, "tape", *parts)
        tape.descriptor = self.file.create.TapeDescriptor()
        if not source.reel:
            tape.descriptor = self.file.create.ImportDescriptor()
        slot = tape.create_empty_slot(_edit_rate(rate), kind)
        slot.segment.length = length
        self._timecode(tape, first, length, rate)
        below = self._mob("SourceMob", source.name, "file", source.reel, *parts)
        below.descriptor = self.file.create.ImportDescriptor()
        if source.file:
            locator = self.file.create.NetworkLocator()
            locator["URLString"].value = quote(source.file, safe="/:\\")
            below.descriptor["Locator"].append(locator)
        master = self._mob("MasterMob", source.clip, source.reel, *parts)
        for mob, of in ((below, tape), (master, below)):
            slot = mob.create_timeline_slot(_edit_rate(rate))
            slot.segment = of.create_source_clip(1, 0, length, kind)
        self.masters[source, picture] = master, Fraction(first)
        return master, Fraction(first)

    def _extent(self, source: CutSource) -> tuple[int, int]:
        uses = [one for one in self.cut.events if one.source == source]
        ends = [one.source_at(one.record_out_frames, self.rate) for one in uses]
        ends += [at for one in uses for at in (one.source_in_frames, one.source_out_frames)]
        ends += [one.entry_frames for one in uses if one.entry_frames is not None]
        ends += [at for at in (source.media_in_frames, source.media_out_frames) if at is not None]
        first = max(0, min(ends).__floor__())
        return first, max(1, max(ends).__ceil__() - first)

    def _markers(self, composition: Any) -> None:
        if not self.cut.markers:
            return
        slot = self.file.create.EventMobSlot()
        slot["SlotID"].value = max(one.slot_id for one in composition.slots) + 1
        slot["SlotName"].value = "Markers"
        slot["PhysicalTrackNumber"].value = 1
        slot.edit_rate = _edit_rate(self.rate)
        sequence = self.file.create.Sequence("DescriptiveMetadata")
        tracks = {one.name: one.slot_id for one in composition.slots}
        for marker in sorted(self.cut.markers, key=lambda one: one.at_frames):
            made = self.file.create.DescriptiveMarker()
            at = round(marker.at_frames)
            self.lost["places of markers within a frame"] += at != marker.at_frames
            made["Position"].value = at - self.origin
            made["Length"].value = max(1, round(marker.frames))
            words = f"{marker.words}: {marker.note}" if marker.note else marker.words
            self.lost["second texts of markers, joined to the first"] += bool(marker.note)
            made["Comment"].value = words
            described = tracks.get(marker.track) or tracks.get("V1")
            if described is not None:
                made["DescribedSlots"].value = {described}
            sequence.components.append(made)
            self.lost["colours of markers"] += bool(marker.colour)
            self.lost["who set a marker"] += bool(marker.who)
        slot.segment = sequence
        composition.slots.append(slot)


def _edit_rate(rate: FrameRate) -> str:
    per_second = rate.frames_per_second
    return f"{per_second.numerator}/{per_second.denominator}"

"""A session as a DAWproject: a zip of `project.xml` and `metadata.xml`, media beside it.

Element names, their order and attributes after the schema of DAWproject 1.0. Tempos and meters
count in quarters, clips and markers in seconds, so that picture and hits stay where they are.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from fractions import Fraction
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from scorestage.adapters.plain_numbers import decimal_text
from scorestage.adapters.session import Clip, Exported, MarkerKind, Session, Track, TrackKind
from scorestage.adapters.tempo_list import ListedMap, listed, numbers_lost
from scorestage.timebase import Fermata, FreeBar, Meter, Ramp, TempoMap, timecode_text

_LONG_AGO = (1980, 1, 1, 0, 0, 0)
"""The date in the archive: files must repeat to the bit."""
_COLOURS = {
    TrackKind.PICTURE: "#505050",
    TrackKind.DIALOGUE: "#b08040",
    TrackKind.TEMP: "#8060a0",
    TrackKind.CLICK: "#c0c040",
    TrackKind.MUSIC: "#4080a0",
}
_UNWRITABLE = frozenset(map(chr, (*range(32), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF)))
_LOWEST_BPM, _HIGHEST_BPM = 20, 666


def write_project(session: Session) -> Exported:
    """The session as a DAWproject; media paths are as its clips name them, beside the file.

    Each constant tempo is one point that holds, ramps are baked: what linear points mean in beats
    or in time is left open by the format.
    """
    laid = listed(session.tempo_map, session.start) if session.tempo_map is not None else None
    root = Element("Project", version="1.0")
    SubElement(root, "Application", name="scorestage", version="0.1")
    _transport(root, laid)
    structure = SubElement(root, "Structure")
    for number, track in enumerate(session.tracks):
        _track(structure, track, number)
    _master(structure)
    arrangement = SubElement(root, "Arrangement", id="arrangement")
    lanes = SubElement(arrangement, "Lanes", id="lanes", timeUnit="seconds")
    for number, track in enumerate(session.tracks):
        _lane(lanes, session, track, number)
    if session.markers:
        markers = SubElement(arrangement, "Markers", id="markers", timeUnit="seconds")
        for marker in session.markers:
            words = marker.words or marker.id
            at = decimal_text((marker.at - session.start).seconds)
            made = SubElement(markers, "Marker", time=at, name=_clean(words))
            if marker.kind is not MarkerKind.HIT:
                made.set("comment", marker.kind.value)
    if laid is not None:
        _tempos(arrangement, laid)
    SubElement(root, "Scenes")
    notes = [f"the first moment of the project is timecode {_label(session)}"]
    if laid is not None and session.tempo_map is not None and laid.bars_before:
        first = session.tempo_map.grid.bars[0].label
        notes.append(f"bar {first} of the cue is bar {laid.bars_before + 1} there")
    return Exported(
        _zipped(root, _about(session, notes)), _not_carried(session, laid), tuple(notes)
    )


def _transport(root: Element, laid: ListedMap | None) -> None:
    transport = SubElement(root, "Transport")
    speed = laid.tempos[0].quarters_per_minute if laid is not None else Fraction(120)
    meter = laid.meters[0][1] if laid is not None else Meter(4, 4)
    SubElement(
        transport, "Tempo", id="tempo", name="Tempo", unit="bpm", value=decimal_text(speed, 10),
        min=str(min(_LOWEST_BPM, int(speed))), max=str(max(_HIGHEST_BPM, int(speed) + 1)),
    )  # fmt: skip
    SubElement(
        transport, "TimeSignature", id="meter", numerator=str(meter.numerator),
        denominator=str(meter.denominator),
    )  # fmt: skip


def _track(structure: Element, track: Track, number: int) -> None:
    content = "video" if track.kind is TrackKind.PICTURE else "audio"
    made = SubElement(
        structure, "Track", id=f"track{number}", name=_clean(track.name), contentType=content,
        color=_COLOURS[track.kind], loaded="true",
    )  # fmt: skip
    channels = max((clip.channels for clip in track.clips), default=2)
    channel = SubElement(
        made, "Channel", id=f"channel{number}", role="regular", destination="master-channel",
        audioChannels=str(max(1, channels)), solo="false",
    )  # fmt: skip
    SubElement(channel, "Mute", id=f"mute{number}", value=str(track.muted).lower(), name="Mute")
    SubElement(
        channel, "Volume", id=f"volume{number}", name="Volume", unit="linear", value="1",
        min="0", max="2",
    )  # fmt: skip


def _master(structure: Element) -> None:
    made = SubElement(
        structure, "Track", id="master", name="Master", contentType="audio", loaded="true"
    )
    channel = SubElement(
        made, "Channel", id="master-channel", role="master", audioChannels="2", solo="false"
    )
    SubElement(
        channel, "Volume", id="master-volume", name="Volume", unit="linear", value="1",
        min="0", max="2",
    )  # fmt: skip


def _lane(lanes: Element, session: Session, track: Track, number: int) -> None:
    lane = SubElement(lanes, "Lanes", id=f"lane{number}", track=f"track{number}")
    clips = SubElement(lane, "Clips", id=f"clips{number}")
    for place, clip in enumerate(track.clips):
        length = decimal_text(clip.length.seconds)
        made = SubElement(
            clips, "Clip", time=decimal_text((clip.at - session.start).seconds), duration=length,
            contentTimeUnit="seconds", playStart=decimal_text(clip.into.seconds),
            name=_clean(clip.name),
        )  # fmt: skip
        _media(made, track, clip, f"media{number}-{place}")


def _media(parent: Element, track: Track, clip: Clip, name: str) -> None:
    kind = "Video" if track.kind is TrackKind.PICTURE else "Audio"
    whole = decimal_text(clip.into.seconds + clip.length.seconds)
    media = SubElement(
        parent, kind, id=name, duration=whole, channels=str(clip.channels),
        sampleRate=str(clip.rate_hz),
    )  # fmt: skip
    SubElement(media, "File", path=clip.file, external="true")


def _tempos(arrangement: Element, laid: ListedMap) -> None:
    tempos = SubElement(arrangement, "TempoAutomation", id="tempos", timeUnit="beats", unit="bpm")
    SubElement(tempos, "Target", parameter="tempo")
    for tempo in laid.tempos:
        SubElement(
            tempos, "RealPoint", time=decimal_text(tempo.at),
            value=decimal_text(tempo.quarters_per_minute, 10), interpolation="hold",
        )  # fmt: skip
    meters = SubElement(arrangement, "TimeSignatureAutomation", id="meters", timeUnit="beats")
    SubElement(meters, "Target", parameter="meter")
    for at, meter in laid.meters:
        SubElement(
            meters, "TimeSignaturePoint", time=decimal_text(at),
            numerator=str(meter.numerator), denominator=str(meter.denominator),
        )  # fmt: skip


def _label(session: Session) -> str:
    frames = session.clock.start_frames + (
        session.start.seconds * session.clock.rate.frames_per_second
    )
    if frames < 0 or frames.denominator == 1:
        return str(session.timecode)
    return timecode_text(frames, session.clock.rate)


def _about(session: Session, notes: list[str]) -> Element:
    """What `metadata.xml` says: the title, and where the first moment lies in the film."""
    about = Element("MetaData")
    SubElement(about, "Title").text = _clean(session.title)
    rate = session.clock.rate
    whole = rate.frame_at(session.start)
    starts = session.clock.nearest_label(rate.time_of(whole))
    words = f"starts at {starts} at {rate.name} fps"
    into = session.start.seconds * rate.frames_per_second - whole
    words += f", plus {into} of a frame" if into else ""
    SubElement(about, "Comment").text = "; ".join((words, *notes[1:]))
    return about


def _clean(text: str) -> str:
    """Text without what XML cannot hold."""
    return "".join(one for one in " ".join(text.split()) if one not in _UNWRITABLE)


def _zipped(root: Element, about: Element) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, element in (("metadata.xml", about), ("project.xml", root)):
            indent(element)
            entry = zipfile.ZipInfo(name, _LONG_AGO)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, tostring(element, "utf-8", xml_declaration=True))
    return buffer.getvalue()


def _not_carried(session: Session, laid: ListedMap | None) -> tuple[str, ...]:
    found = [f"start timecode (the first moment is {_label(session)}; the file says so in words)"]
    if any(marker.end is not None for marker in session.markers):
        found.append("where regions end")
    if session.tempo_map is not None:
        found += _not_carried_of(session.tempo_map)
    if laid is not None and session.tempo_map is not None:
        found += numbers_lost(session.tempo_map, laid.bars_before)
    return tuple(found)


def _not_carried_of(tempo_map: TempoMap) -> Iterator[str]:
    kinds = {type(one) for one in tempo_map.events}
    if Ramp in kinds:
        yield "the law of ramps (they are baked)"
    if Fermata in kinds:
        yield "fermatas as such (they are slow tempos)"
    if FreeBar in kinds:
        yield "free bars as such (they are tempos without a pulse)"
    meters = {bar.meter for bar in tempo_map.grid.bars}
    if any(Meter(one.numerator, one.denominator) != one for one in meters):
        yield "the grouping of additive meters"
    if tempo_map.grid.pickup.quarters:
        yield "the length of the pickup"

"""The tempo map and markers of a DAWproject."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from fractions import Fraction
from typing import Any
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from scorestage.adapters.format import Losses
from scorestage.adapters.plain_numbers import number_in
from scorestage.adapters.session import Imported, Marker, MarkerKind
from scorestage.adapters.tempo_list import ListedTempo, MapParts, checked_tempo, map_from
from scorestage.errors import FormatError, InputError, TimecodeError, Where
from scorestage.timebase import Beat, FilmClock, FilmTime, Meter, RampLaw, TempoMap

_MOST_PACKED = 2 * 1024**3
_MOST_XML = 64 * 1024 * 1024
_MOST_ENTRIES = 100_000
_OWN_START = re.compile(
    r"starts at (\S+) at ([\w. ]+) fps(?:, plus (\d{1,60}/\d{1,60}) of a frame)?"
)
_OWN_BAR = re.compile(r"bar \w+ of the cue is bar (\d+) there")
_DO = "save it again in the program that wrote it"


def read_project(content: bytes, name: str, clock: FilmClock) -> Imported:
    """Tempo and meter automation, and markers; points in beats or in seconds.

    A linear point runs to the next one: linear in beats where its lane counts beats, else in time.
    Only `project.xml` and `metadata.xml` are looked at; nothing is unpacked. `FormatError` for
    broken archives, bombs, entity expansion, and for numbers that are none.
    """
    files = _unpacked(content, name)
    root = _parsed(files["project.xml"], "project.xml", name)
    if root.tag != "Project":
        raise FormatError("project.xml is no DAWproject", Where(file=name), _DO)
    losses = Losses()
    title, words = _about(files.get("metadata.xml"), name)
    start, before, notes = _placed(words, clock)
    arrangement = root.find("Arrangement")
    parts = _parts(root, arrangement, before, name, losses)
    plain = MapParts(parts.tempos, parts.meters, parts.end_quarters)
    whole, _ = map_from(plain, start or FilmTime(0), name)
    markers = _markers(arrangement, whole, name)
    last = max([whole.beat_at(one.at).quarters for one in markers], default=Fraction(0))
    parts = MapParts(parts.tempos, parts.meters, max(parts.end_quarters, last), before)
    tempo_map, told = map_from(parts, start or FilmTime(0), name)
    losses.add("tracks and what is on them", len(root.findall("Structure//Track")))
    losses.add("scenes", len(root.findall("Scenes/Scene")))
    return Imported(
        title=title,
        tempo_map=tempo_map,
        markers=markers,
        placed=start is not None,
        losses=losses.told(),
        notes=(*told, *notes),
    )


def _unpacked(content: bytes, name: str) -> dict[str, bytes]:
    """The two XML files of the archive, within bounds."""
    where = Where(file=name)
    if len(content) > _MOST_PACKED:
        raise FormatError("larger than 2 GB", where)
    found: dict[str, bytes] = {}
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            if len(entries) > _MOST_ENTRIES:
                raise FormatError(f"{len(entries)} files in one archive", where)
            for entry in entries:
                if entry.filename not in ("project.xml", "metadata.xml"):
                    continue
                with archive.open(entry) as stream:
                    text = stream.read(_MOST_XML + 1)
                if len(text) > _MOST_XML:
                    told = f"{entry.filename} unpacks to more than {_MOST_XML // 2**20} MB"
                    raise FormatError(told, where, "this is not a project to be trusted")
                found[entry.filename] = text
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError,
            NotImplementedError, LookupError) as fault:  # fmt: skip
        raise FormatError(f"the archive is broken: {fault}", where, _DO) from None
    if "project.xml" not in found:
        raise FormatError("the archive holds no project.xml: this is no DAWproject", where)
    return found


def _parsed(text: bytes, inner: str, name: str) -> Element:
    try:
        root: Element = fromstring(text)
    except DefusedXmlException:
        told = f"{inner} defines entities, which no DAWproject needs"
        raise FormatError(told, Where(file=name), "this is not a project to be trusted") from None
    except (ParseError, ValueError, LookupError) as fault:
        line = getattr(fault, "position", (None,))[0]
        raise FormatError(f"{inner}: {fault}", Where(file=name, line=line), _DO) from None
    return root


def _about(text: bytes | None, name: str) -> tuple[str, str]:
    """Title and comment of `metadata.xml`."""
    if text is None:
        return "", ""
    root = _parsed(text, "metadata.xml", name)
    return root.findtext("Title", ""), root.findtext("Comment", "")


def _placed(words: str, clock: FilmClock) -> tuple[FilmTime | None, int, tuple[str, ...]]:
    """Where the project begins in the film, and the bars before bar 1, where we wrote it."""
    bar = _OWN_BAR.search(words)
    before = max(0, int(bar[1][:6]) - 1) if bar else 0
    own = _OWN_START.search(words)
    if own is None:
        return None, before, ()
    try:
        into = Fraction(own[3] or 0) / clock.rate.frames_per_second
        return FilmTime(clock.read(own[1]).seconds + into), before, ()
    except (TimecodeError, ZeroDivisionError) as fault:
        return None, before, (f"the start timecode is left aside: {getattr(fault, 'what', fault)}",)


def _number(element: Element, key: str, name: str) -> Fraction:
    try:
        return number_in(element.get(key, ""))
    except ValueError as fault:
        place = f"project.xml, {element.tag}, {key}"
        raise FormatError(f"{place}: {fault}", Where(file=name), _DO) from None


def _parts(
    root: Element, arrangement: Element | None, before: int, name: str, losses: Losses
) -> MapParts:
    tempo, meter = root.find("Transport/Tempo"), root.find("Transport/TimeSignature")
    opening = Fraction(120)
    if tempo is not None and tempo.get("value"):
        opening = checked_tempo(_number(tempo, "value", name), "project.xml, Tempo", name)
    meters: dict[Fraction, Meter] = {}
    if meter is not None:
        _take_meter(meter, Fraction(0), meters, name, losses)
    found = None if arrangement is None else arrangement.find("TempoAutomation")
    tempos = _tempos(found, opening, name)
    points = None if arrangement is None else arrangement.find("TimeSignatureAutomation")
    if points is not None:
        for point in points.iter("TimeSignaturePoint"):
            at = _number(point, "time", name)
            if points.get("timeUnit") == "seconds":
                at = _quarters_at(tempos, at)
            _take_meter(point, at, meters, name, losses)
    end = max([tempos[-1].at, *meters, *_clip_ends(arrangement, tempos, name)])
    return MapParts(tempos, meters, end, before)


def _take_meter(
    element: Element, at: Fraction, meters: dict[Fraction, Meter], name: str, losses: Losses
) -> None:
    upper, lower = (int(_number(element, key, name)) for key in ("numerator", "denominator"))
    try:
        meters[at] = Meter(upper, lower)
    except InputError:
        losses.add(f"time signature {upper}/{lower}")


def _tempos(points: Element | None, opening: Fraction, name: str) -> tuple[ListedTempo, ...]:
    """The tempo points in order by quarters; before the first one its own tempo holds."""
    if points is None or points.find("RealPoint") is None:
        return (ListedTempo(Fraction(0), Fraction(0), opening),)
    in_seconds = points.get("timeUnit") == "seconds"
    raw = []
    for point in points.iter("RealPoint"):
        at = _number(point, "time", name)
        place = f"project.xml, tempo at {float(at):g}"
        speed = checked_tempo(_number(point, "value", name), place, name)
        if at < 0:
            raise FormatError(f"{place} lies before the start", Where(file=name), _DO)
        raw.append((at, speed, point.get("interpolation") == "linear"))
    raw.sort(key=lambda one: one[0])
    if raw[0][0] > 0:
        raw.insert(0, (Fraction(0), raw[0][1], False))
    found: list[ListedTempo] = []
    at = Fraction(0)
    for index, (place_at, speed, runs) in enumerate(raw):
        at = at if in_seconds else place_at
        later = raw[index + 1] if index + 1 < len(raw) else None
        law = None
        if runs and later is not None and later[1] != speed:
            law = RampLaw.LINEAR_IN_TIME if in_seconds else RampLaw.LINEAR_IN_BEATS
        if later is None or later[0] > place_at:
            found.append(ListedTempo(at, place_at, speed, law))
        if in_seconds and later is not None:
            mean = (speed + later[1]) / 2 if law is not None else speed
            at += (later[0] - place_at) * mean / 60
    return tuple(found)


def _quarters_at(tempos: tuple[ListedTempo, ...], seconds: Fraction) -> Fraction:
    parts = MapParts(tempos, {}, Fraction(0))
    whole, _ = map_from(parts, FilmTime(0), "project.xml")
    return whole.beat_at(FilmTime(seconds)).quarters


def _clip_ends(
    arrangement: Element | None, tempos: tuple[ListedTempo, ...], name: str
) -> list[Fraction]:
    """Where the clips of the arrangement are over, in quarters."""
    if arrangement is None:
        return []
    found = []
    for lanes in arrangement.findall("Lanes"):
        ends = [
            _number(clip, "time", name) + _number(clip, "duration", name)
            for clip in lanes.findall("Lanes/Clips/Clip")
            if clip.get("duration")
        ]
        last = max(ends, default=Fraction(0))
        found.append(_quarters_at(tempos, last) if lanes.get("timeUnit") == "seconds" else last)
    return found


def _markers(arrangement: Element | None, whole: TempoMap, name: str) -> tuple[Marker, ...]:
    markers = None if arrangement is None else arrangement.find("Markers")
    if arrangement is None or markers is None:
        return ()
    lanes: Any = arrangement.find("Lanes")
    unit = markers.get("timeUnit") or (lanes.get("timeUnit") if lanes is not None else None)
    begins = whole.time_at(Beat(0))
    found = []
    for one in markers.iter("Marker"):
        at = _number(one, "time", name)
        moment = FilmTime(begins.seconds + at) if unit == "seconds" else whole.time_at(Beat(at))
        words = one.get("name", "")
        told = one.get("comment", "")
        kind = MarkerKind(told) if told in tuple(MarkerKind) else MarkerKind.HIT
        found.append(Marker(moment, words, kind=kind, colour=one.get("color", "")))
    return tuple(found)

"""The JSON of OpenTimelineIO: its times as exact frames, its objects by name, within bounds."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from scorestage.adapters.cut_exchange import near_rate
from scorestage.adapters.plain_numbers import number_in
from scorestage.errors import FormatError, Where
from scorestage.timebase import FrameRate

MOST_BYTES = 64 * 1024 * 1024
SPACE = "scorestage"
"""The name under which what OTIO has no place for is kept in `metadata`."""
_GRID = 1 << 20


@dataclass(frozen=True, slots=True)
class Moment:
    """A RationalTime: `frames` at `rate`, exact again where a double came near to it."""

    frames: Fraction
    rate: FrameRate

    @property
    def seconds(self) -> Fraction:
        """The same in seconds."""
        return self.frames / self.rate.frames_per_second

    def at(self, rate: FrameRate) -> Fraction:
        """The same moment in frames of another rate."""
        if rate.frames_per_second == self.rate.frames_per_second:
            return self.frames
        return self.seconds * rate.frames_per_second


@dataclass(frozen=True, slots=True)
class Stretch:
    """A TimeRange: where it starts and how long it is."""

    start: Moment
    length: Moment


def document(content: bytes, name: str) -> dict[str, Any]:
    """The JSON object of a file; numbers are text or int, so that nothing is rounded twice."""
    where = Where(file=name)
    if len(content) > MOST_BYTES:
        raise FormatError(f"larger than {MOST_BYTES // 2**20} MB", where)
    try:
        found = json.loads(content.decode("utf-8-sig"), parse_float=str, parse_constant=_refused)
    except json.JSONDecodeError as fault:
        place = Where(file=name, line=fault.lineno)
        raise FormatError(f"this is no JSON: {fault.msg}", place) from None
    except (UnicodeDecodeError, ValueError, RecursionError) as fault:
        told = "nested too deeply" if isinstance(fault, RecursionError) else str(fault)[:100]
        raise FormatError(f"this is no OTIO file: {told}", where) from None
    if not isinstance(found, dict) or "OTIO_SCHEMA" not in found:
        raise FormatError("this is JSON, but no OTIO file", where, "export the timeline as .otio")
    return found


def _refused(constant: str) -> None:
    raise ValueError(f"{constant} is no number of frames")


def schema(found: object) -> str:
    """What an object is, without the version of its schema: `Clip`, `Gap`, `Stack` …"""
    told = found.get("OTIO_SCHEMA") if isinstance(found, Mapping) else None
    return str(told).split(".", 1)[0] if isinstance(told, str) else ""


def children(found: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The objects inside a track or stack."""
    inside = found.get("children")
    return [one for one in inside if isinstance(one, dict)] if isinstance(inside, list) else []


def moment(found: object) -> Moment | None:
    """A RationalTime; None for what is none. Raises `ValueError` for what cannot be a number."""
    if schema(found) != "RationalTime" or not isinstance(found, Mapping):
        return None
    rate = number_in(found.get("rate", 1))
    frames = number_in(found.get("value", 0))
    if not 0 < rate <= 1_000_000:
        raise ValueError(f"a rate of {float(rate):g}")
    return Moment(_regained(frames), near_rate(rate))


def _regained(frames: Fraction) -> Fraction:
    """The fraction of small denominator that a double stands for; itself where there is none."""
    if frames.denominator == 1:
        return frames
    near = frames.limit_denominator(100_000)
    return near if abs(near - frames) * _GRID * 64 < 1 else frames


def stretch(found: object) -> Stretch | None:
    """A TimeRange; None for what is none."""
    if schema(found) != "TimeRange" or not isinstance(found, Mapping):
        return None
    start, length = moment(found.get("start_time")), moment(found.get("duration"))
    return None if start is None or length is None else Stretch(start, length)


def told_moment(frames: Fraction | int, rate: FrameRate) -> dict[str, Any]:
    """Frames as a RationalTime."""
    return {
        "OTIO_SCHEMA": "RationalTime.1",
        "rate": float(rate.frames_per_second),
        "value": float(frames),
    }


def told_stretch(
    start: Fraction | int, length: Fraction | int, rate: FrameRate, own: FrameRate | None = None
) -> dict[str, Any]:
    """A TimeRange that starts at frames of `own` (or `rate`) and lasts frames of `rate`."""
    return {
        "OTIO_SCHEMA": "TimeRange.1",
        "duration": told_moment(length, rate),
        "start_time": told_moment(start, own or rate),
    }


def text(found: object) -> str:
    """A text, or nothing."""
    return found if isinstance(found, str) else ""


def kept(found: Mapping[str, Any]) -> Mapping[str, Any]:
    """What of ours stands in an object's metadata."""
    metadata = found.get("metadata")
    own = metadata.get(SPACE) if isinstance(metadata, Mapping) else None
    return own if isinstance(own, Mapping) else {}

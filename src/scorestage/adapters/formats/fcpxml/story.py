"""The words of FCPXML: seconds as fractions, formats, assets, what stands on a timeline."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from fractions import Fraction
from urllib.parse import unquote
from xml.etree.ElementTree import Element

from scorestage.adapters.cut_exchange import near_rate
from scorestage.adapters.plain_numbers import number_in
from scorestage.timebase import FRAMES_24, FrameRate

_SECONDS = re.compile(r"\s*([+-]?\d{1,18}(?:\.\d{1,12})?(?:/\d{1,18})?)s?\s*")
ITEMS = ("asset-clip", "clip", "ref-clip", "sync-clip", "mc-clip", "video", "audio", "title", "gap")
"""Elements that take time on a timeline; an `audition` stands for its first one."""
MISSING = "./missing/"
"""Where media stand that a list tells no file of: the format wants a path."""
PARTS = ("video", "audio")
"""Elements that, inside a clip and without a lane, are what it is made of."""


def seconds(text: str | None) -> Fraction:
    """A time of FCPXML in seconds: `1001/24000s`, `3600s`, `2.5s`; nothing is 0.

    >>> seconds("1001/24000s"), seconds(None)
    (Fraction(1001, 24000), Fraction(0, 1))
    """
    if text is None:
        return Fraction(0)
    match = _SECONDS.fullmatch(text)
    if match is None:
        raise ValueError(f"{text[:30]!r} is no time")
    return number_in(match[1])


def told(number: Fraction) -> str:
    """Seconds as FCPXML writes them.

    >>> told(Fraction(1001, 24000)), told(Fraction(3600))
    ('1001/24000s', '3600s')
    """
    if number.denominator == 1:
        return f"{number.numerator}s"
    return f"{number.numerator}/{number.denominator}s"


@dataclass(frozen=True, slots=True)
class Asset:
    """A media file: name, path, where its timecode begins, how long it is, what it holds."""

    name: str
    path: str
    start: Fraction
    duration: Fraction | None
    picture: bool
    reel: str
    rate: FrameRate | None


@dataclass(slots=True)
class Resources:
    """Formats, assets and compound media by id."""

    rates: dict[str, FrameRate] = field(default_factory=dict)
    assets: dict[str, Asset] = field(default_factory=dict)
    media: dict[str, str] = field(default_factory=dict)


def resources_of(root: Element) -> Resources:
    """What the file names once and uses by id."""
    found = Resources()
    for one in root.iterfind("resources/format"):
        length = seconds(one.get("frameDuration"))
        if length > 0:
            found.rates[one.get("id", "")] = near_rate(1 / length)
    for one in root.iterfind("resources/asset"):
        path = one.get("src") or next((r.get("src", "") for r in one.iterfind("media-rep")), "")
        keyed = {
            md.get("key", "").lower(): md.get("value", "") for md in one.iterfind("metadata/md")
        }
        reel = next((told for key, told in keyed.items() if key.endswith("reel")), "")
        found.assets[one.get("id", "")] = Asset(
            one.get("name", ""),
            "" if path.startswith(MISSING) else unquote(path.removeprefix("./")),
            seconds(one.get("start")),
            seconds(one.get("duration")) if one.get("duration") else None,
            one.get("hasVideo") == "1" or one.get("hasAudio") != "1",
            reel,
            found.rates.get(one.get("format", "")),
        )
    for one in root.iterfind("resources/media"):
        found.media[one.get("id", "")] = one.get("name", "")
    return found


def rate_of(sequence: Element, resources: Resources) -> FrameRate:
    """The sequence's rate, drop-frame as its timecode format says."""
    rate = resources.rates.get(sequence.get("format", ""), FRAMES_24)
    return near_rate(rate.frames_per_second, sequence.get("tcFormat") == "DF")


def speed_of(item: Element) -> tuple[Fraction, Fraction, Fraction, bool] | None:
    """Of a retimed item: speed, and one place of its time with the media's; whether it varies."""
    points = [
        (seconds(one.get("time")), seconds(one.get("value")))
        for one in item.iterfind("timeMap/timept")
    ]
    if len(points) < 2 or points[-1][0] == points[0][0]:
        return None
    (first, at), (last, to) = points[0], points[-1]
    speed = (to - at) / (last - first)
    varies = any((value - at) != (when - first) * speed for when, value in points)
    return speed, first, at, varies

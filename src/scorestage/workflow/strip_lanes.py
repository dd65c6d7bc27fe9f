"""The lanes of a film's reading: what each draws of a stretch of film."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from scorestage.adapters.formats.drawing import Area, Box, Mark, Stroke, Words
from scorestage.adapters.machines.drawing_image import words_px
from scorestage.production import Cue, Layer
from scorestage.spotting import Footage, Moment, MomentKind
from scorestage.spotting.room import Verdict
from scorestage.timebase import FilmRange
from scorestage.workflow.film_reading import FilmReading

INK, GREY, PALE, WHITE = "#20262d", "#5c6670", "#f3f5f7", "#ffffff"
RULE: Final = {
    "grid": "#d5dade",
    "dialogue": "#3b6fb6",
    "music": "#2e8b6f",
    "source": "#9ccfbd",
    "enter": "#a9d5a2",
    "thin": "#f0c869",
    "out": "#d9705f",
    "tension": "#b03a48",
    "arousal": "#e0a03c",
    "loudness": "#8a96a3",
    "cue": "#4b3f8f",
    "source cue": "#8c84bd",
    "hit": "#e8b23a",
    "gradual": "#b9c2ca",
    "title": "#7d59a8",
}
LOUDEST_LUFS: Final = -6.0
SOFTEST_LUFS: Final = -60.0
_VERDICTS: Final = {Verdict.ENTER: "enter", Verdict.THIN: "thin", Verdict.OUT: "out"}


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of film on paper: where it begins, and how far a second reaches."""

    start_seconds: float
    end_seconds: float
    left_px: float
    px_per_second: float

    def x(self, seconds: float) -> float:
        """Where a moment stands; what lies outside stands at the edge."""
        held = min(max(seconds, self.start_seconds), self.end_seconds)
        return self.left_px + (held - self.start_seconds) * self.px_per_second

    def seconds_at(self, x_px: float) -> float:
        """The moment at a place."""
        return self.start_seconds + (x_px - self.left_px) / self.px_per_second

    def span(self, span: FilmRange) -> tuple[float, float] | None:
        """Left edge and width of a stretch; None where none of it lies here."""
        start, end = float(span.start.seconds), float(span.end.seconds)
        if end <= self.start_seconds or start >= self.end_seconds:
            return None
        left = self.x(start)
        return left, max(1.0, self.x(end) - left)


@dataclass(frozen=True, slots=True)
class Lane:
    """A named lane and what it draws of a stretch, given its top."""

    name: str
    height_px: float
    marks: Callable[[Part, float], Iterator[Mark]]


def lanes_of(
    footage: Footage, moments: tuple[Moment, ...], seen: FilmReading, cues: tuple[Cue, ...]
) -> tuple[Lane, ...]:
    """All lanes from the top; those of the sound only where there is any."""
    lanes = [
        Lane("scenes", 18, lambda part, top: _scenes(part, top, seen)),
        Lane("shots", 16, lambda part, top: _shots(part, top, moments)),
    ]
    if seen.heard is not None:
        lanes += [
            Lane("dialogue", 16, lambda part, top: _dialogue(part, top, footage)),
            Lane("music", 16, lambda part, top: _music(part, top, seen)),
            Lane("loudness, LUFS", 48, lambda part, top: _loudness(part, top, seen)),
        ]
    lanes += [
        Lane("room for music", 30, lambda part, top: _room(part, top, seen)),
        Lane("tension", 48, lambda part, top: _tension(part, top, seen)),
    ]
    if cues:
        lanes.append(Lane("cues", 38, lambda part, top: _cues(part, top, cues)))
    return tuple(lanes)


def _scenes(part: Part, top: float, seen: FilmReading) -> Iterator[Mark]:
    for number, one in enumerate(seen.scenes, 1):
        place = part.span(one.range)
        if place is None:
            continue
        left, width = place
        level = round(60 + 0.75 * min(one.light, 200))
        ink = "#{:02x}{:02x}{:02x}".format(*_tinted(level, one.warmth))
        yield Box(left, top, max(1, width - 1), 18, ink)
        light = INK if level > 135 else WHITE
        yield from _fitting(f"{number}  {one.words}", str(number), left, top + 13, width, light)


def _tinted(level: int, warmth: float) -> tuple[int, int, int]:
    lean = round(max(-25.0, min(25.0, warmth)))
    return min(255, level + lean), level, min(255, level - lean)


def _fitting(
    words: str, short: str, left: float, baseline: float, width: float, ink: str, bold: bool = False
) -> Iterator[Mark]:
    """The words where they fit, the short ones where these do, or nothing."""
    for text in (words, short):
        if words_px(text, 12, bold) + 9 <= width:
            yield Words(left + 5, baseline, text, 12, ink, bold)
            return


def _shots(part: Part, top: float, moments: tuple[Moment, ...]) -> Iterator[Mark]:
    low = top + 16
    for one in moments:
        place = part.span(one.span)
        if place is None or one.words.endswith(" goes"):
            continue
        left, width = place
        right = left + width
        if one.kind is MomentKind.CUT:
            yield Stroke(((left, top), (left, low)), INK, 1)
        elif one.kind is MomentKind.FADE_IN:
            yield Area(((left, low), (right, low), (right, top)), RULE["gradual"])
        elif one.kind is MomentKind.FADE_OUT:
            yield Area(((left, top), (left, low), (right, low)), RULE["gradual"])
        elif one.kind in (MomentKind.DISSOLVE, MomentKind.WIPE):
            yield Box(left, top, width, 16, RULE["gradual"])
            yield Stroke(((left, low), (right, top)), INK, 1)
        elif one.kind is MomentKind.TITLE:
            yield Box(left, top + 10, width, 6, RULE["title"])
        elif one.kind is MomentKind.FLASH:
            yield Box(left - 1, top, max(2, width), 8, RULE["hit"])


def _dialogue(part: Part, top: float, footage: Footage) -> Iterator[Mark]:
    for line in footage.speech:
        place = part.span(line.range)
        if place is not None:
            yield Box(place[0], top, place[1], 16, RULE["dialogue"])
            if line.words:
                yield from _fitting(line.words, "", place[0], top + 12, place[1], WHITE)


def _music(part: Part, top: float, seen: FilmReading) -> Iterator[Mark]:
    for one in seen.heard.music if seen.heard else ():
        place = part.span(one.range)
        if place is not None:
            kind = "source" if one.source >= 0.5 else "music"
            yield Box(place[0], top, place[1], 16, RULE[kind])


def _loudness(part: Part, top: float, seen: FilmReading) -> Iterator[Mark]:
    if seen.heard is None:
        return
    reach = LOUDEST_LUFS - SOFTEST_LUFS
    curve = [
        max(0.0, min(1.0, (float(one) - SOFTEST_LUFS) / reach)) for one in seen.heard.short_term
    ]
    yield from _filled(part, top, 48, curve, 0.1, RULE["loudness"])
    level = top + 48 * (1 - (seen.heard.loudness_lufs - SOFTEST_LUFS) / reach)
    if top < level < top + 48:
        right = part.x(part.end_seconds)
        yield Stroke(((part.left_px, level), (right, level)), INK, 0.5)
        told = f"{seen.heard.loudness_lufs:.0f}"
        yield Words(right - 3, level - 3, told, 10, INK, anchor="right")


def _filled(
    part: Part, top: float, height: float, curve: Sequence[float], step: float, ink: str
) -> Iterator[Mark]:
    points = _curve(part, top, height, curve, step)
    if len(points) > 1:
        low = top + height
        yield Area(((points[0][0], low), *points, (points[-1][0], low)), ink)


def _curve(
    part: Part, top: float, height: float, curve: Sequence[float], step: float
) -> tuple[tuple[float, float], ...]:
    """A curve's points in the stretch, no two of them nearer than a pixel; peaks stay."""
    first = max(0, int(part.start_seconds / step))
    last = min(len(curve), int(part.end_seconds / step) + 1)
    stride = max(1, round(1 / (step * part.px_per_second)))
    return tuple(
        (part.x(at * step), top + height * (1 - float(max(curve[at : at + stride]))))
        for at in range(first, last, stride)
    )


def _room(part: Part, top: float, seen: FilmReading) -> Iterator[Mark]:
    for one in seen.room.spans:
        place = part.span(one.range)
        if place is not None:
            height = 30 * max(0.12, one.room)
            ink = RULE[_VERDICTS[one.verdict]]
            yield Box(place[0], top + 30 - height, place[1], height, ink)


def _tension(part: Part, top: float, seen: FilmReading) -> Iterator[Mark]:
    for name, curve in (("arousal", seen.tension.arousal), ("tension", seen.tension.tension)):
        points = _curve(part, top, 48, [float(one) for one in curve], 1.0)
        if len(points) > 1:
            yield Stroke(points, RULE[name], 2 if name == "tension" else 1.2)


def _cues(part: Part, top: float, cues: tuple[Cue, ...]) -> Iterator[Mark]:
    for cue in cues:
        if cue.start is None or cue.end is None:
            continue
        place = part.span(FilmRange(cue.start, cue.end))
        if place is None:
            continue
        left, width = place
        kind = "source cue" if cue.layer is Layer.SOURCE else "cue"
        yield Box(left, top, max(1, width - 1), 22, RULE[kind])
        yield from _fitting(
            f"{cue.number}  {cue.title}", cue.number, left, top + 15, width, WHITE, bold=True
        )
        for hit in cue.live_hits:
            at = float(hit.at.seconds)
            if part.start_seconds <= at < part.end_seconds:
                reach = 4 + 2 * hit.weight
                x = part.x(at)
                yield Stroke(((x, top + 23), (x, top + 23 + reach)), RULE["hit"], 2)

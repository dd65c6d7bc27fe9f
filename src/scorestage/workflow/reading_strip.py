"""The film read at a glance: its shots, sound, room, tension and cues over one ruler, drawn."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from scorestage.adapters.formats.drawing import (
    Box,
    Drawing,
    Mark,
    Photo,
    Stroke,
    Words,
    drawing_svg,
)
from scorestage.adapters.machines.contact_sheet import film_strip
from scorestage.adapters.machines.drawing_image import drawing_png
from scorestage.adapters.machines.film import FilmFacts
from scorestage.adapters.store import write_bytes
from scorestage.errors import InputError
from scorestage.production import Cue
from scorestage.spotting import Moment
from scorestage.spotting.footage import Footage
from scorestage.timebase import FilmClock, FilmSpan, FilmTime
from scorestage.workflow.film_reading import FilmReading, reading_of
from scorestage.workflow.strip_lanes import GREY, INK, PALE, RULE, Lane, Part, lanes_of

WIDTH_PX: Final = 1600
LEFT_PX: Final = 118
RIGHT_PX: Final = 24
HEAD_PX: Final = 66
PHOTO_PX: Final = 64
GAP_PX: Final = 5
ROW_GAP_PX: Final = 26
ROW_SECONDS: Final = (60, 90, 120, 180, 300, 600, 900, 1800)
MOST_ROWS: Final = 12
TICKS_SECONDS: Final = (1, 2, 5, 10, 15, 30, 60, 120, 300, 600)
TICK_PX: Final = 92


@dataclass(frozen=True, slots=True, eq=False)
class StripFilm:
    """A film that was watched and heard, and the cues to be shown over it."""

    film: Path
    facts: FilmFacts
    footage: Footage
    moments: tuple[Moment, ...]
    cues: tuple[Cue, ...] = ()


def check_strip(dest: Path | None) -> None:
    """Raise `InputError` for a picture of a kind that is not drawn, before the film is watched."""
    if dest is not None and dest.suffix.lower() not in (".png", ".svg"):
        raise InputError(f"{dest.name} is no kind of picture", do="end its name in .png or .svg")


def write_strip(given: StripFilm, dest: Path) -> None:
    """Write the reading of a film as a picture, PNG or SVG by the file's ending."""
    check_strip(dest)
    drawing = strip_of(given)
    if dest.suffix.lower() == ".png":
        write_bytes(dest, drawing_png(drawing))
    else:
        write_bytes(dest, drawing_svg(drawing).encode())


def strip_of(given: StripFilm) -> Drawing:
    """The reading as a drawing: one row for a short film, up to twelve for a long one."""
    seen = reading_of(given.footage, given.moments)
    whole = float(given.footage.picture.end.seconds)
    row_seconds = _row_seconds(whole)
    lanes = lanes_of(given.footage, given.moments, seen, given.cues)
    marks: list[Mark] = [*_heading(given, seen)]
    top = float(HEAD_PX)
    starts = [n * row_seconds for n in range(max(1, -int(-whole // row_seconds)))]
    for start in starts:
        part = Part(start, min(whole, start + row_seconds), LEFT_PX, _scale(row_seconds))
        row = _Row(given, part, top)
        marks += row.marks(lanes)
        top = row.bottom(lanes) + ROW_GAP_PX
    height = round(top - ROW_GAP_PX + 30)
    return Drawing(WIDTH_PX, height, f"{given.film.name}, read", (*marks, *_legend(height)))


def _row_seconds(whole_seconds: float) -> float:
    if whole_seconds <= ROW_SECONDS[3]:
        return max(whole_seconds, 1.0)
    fits = (float(one) for one in ROW_SECONDS[2:] if whole_seconds <= one * MOST_ROWS)
    return next(fits, whole_seconds / MOST_ROWS)


def _scale(row_seconds: float) -> float:
    return (WIDTH_PX - LEFT_PX - RIGHT_PX) / row_seconds


def _heading(given: StripFilm, seen: FilmReading) -> Iterator[Mark]:
    facts = given.facts
    yield Words(LEFT_PX, 30, given.film.name, 20, INK, bold=True)
    told = [
        _length(float(given.footage.picture.end.seconds)),
        f"{facts.rate.name} frames a second",
        _many(len(seen.scenes), "scene"),
        _many(sum(one.kind == "cut" for one in given.moments), "cut"),
    ]
    if seen.heard is None:
        told.append("no sound")
    else:
        told.append(f"{seen.heard.loudness_lufs:.1f} LUFS")
    if given.cues:
        told.append(_many(len(given.cues), "cue"))
    yield Words(LEFT_PX, 50, "  ·  ".join(told), 13, GREY)


def _many(number: int, name: str) -> str:
    return f"{number} {name}" if number == 1 else f"{number} {name}s"


def _length(seconds: float) -> str:
    whole = round(seconds)
    return f"{whole // 3600}:{whole // 60 % 60:02}:{whole % 60:02}"


def _legend(height: int) -> Iterator[Mark]:
    left = float(LEFT_PX)
    for ink, words in (
        (RULE["dialogue"], "dialogue"),
        (RULE["music"], "music heard"),
        (RULE["source"], "music in the scene"),
        (RULE["enter"], "room: enter"),
        (RULE["thin"], "thin out under"),
        (RULE["out"], "stay out"),
        (RULE["tension"], "tension"),
        (RULE["arousal"], "arousal"),
    ):
        yield Box(left, height - 20, 10, 10, ink)
        yield Words(left + 15, height - 11, words, 12, GREY)
        left += 40 + 6.6 * len(words)


@dataclass(frozen=True, slots=True, eq=False)
class _Row:
    """One row: a ruler, pictures, and all lanes."""

    given: StripFilm
    part: Part
    top_px: float

    def bottom(self, lanes: tuple[Lane, ...]) -> float:
        return self._lanes_top + sum(lane.height_px + GAP_PX for lane in lanes)

    @property
    def _lanes_top(self) -> float:
        return self.top_px + 18 + PHOTO_PX + GAP_PX

    def marks(self, lanes: tuple[Lane, ...]) -> Iterator[Mark]:
        yield from self._ruler(self.bottom(lanes) - GAP_PX)
        yield from self._photos()
        top = self._lanes_top
        for lane in lanes:
            width = self.part.x(self.part.end_seconds) - LEFT_PX
            yield Box(LEFT_PX, top, width, lane.height_px, PALE)
            middle = top + lane.height_px / 2
            yield Words(LEFT_PX - 10, middle + 4, lane.name, 12, INK, anchor="right")
            yield from lane.marks(self.part, top)
            top += lane.height_px + GAP_PX

    def _ruler(self, bottom: float) -> Iterator[Mark]:
        facts, part = self.given.facts, self.part
        start = facts.start_timecode.frames if facts.start_timecode else 0
        clock = FilmClock(facts.rate, start)
        wanted = TICK_PX / part.px_per_second
        step = next((one for one in TICKS_SECONDS if one >= wanted), TICKS_SECONDS[-1])
        at = -int(-part.start_seconds // step) * step
        while at < part.end_seconds:
            left = part.x(at)
            yield Stroke(((left, self.top_px + 4), (left, bottom)), RULE["grid"], 0.5)
            if left < WIDTH_PX - RIGHT_PX - 60:
                label = clock.nearest_label(FilmTime(at))
                yield Words(left + 4, self.top_px + 12, label, 11, GREY)
            at += step

    def _photos(self) -> Iterator[Mark]:
        facts, part = self.given.facts, self.part
        wide = max(24.0, PHOTO_PX * facts.width_px / facts.height_px)
        right = part.x(part.end_seconds)
        lefts = []
        left = float(LEFT_PX)
        while left < right - 1:
            lefts.append(left)
            left += wide
        last = self.given.footage.picture.end - FilmSpan("1/100")
        middles = [min(left + wide / 2, right) for left in lefts]
        times = [min(last, FilmTime(f"{part.seconds_at(one):.3f}")) for one in middles]
        photos = film_strip(self.given.film, times, 2 * PHOTO_PX, facts=facts)
        for left, jpeg in zip(lefts, photos, strict=True):
            shown = min(wide, right - left)
            yield Photo(left, self.top_px + 18, wide, PHOTO_PX, jpeg, shown)

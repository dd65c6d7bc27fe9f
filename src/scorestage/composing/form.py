"""How a cue divides: introduction, statements, episodes, speech, close, counted in modules.

All follows from length, speech, tone and seed. Hits are not asked: they change the music where they
fall, so that removing one changes nothing elsewhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction
from random import Random

from scorestage.composing.frame import Frame, Module
from scorestage.composing.request import CueRequest, stream
from scorestage.music import Theme
from scorestage.production import WayIn, WayOut

CLOSE_SECONDS = Fraction(8, 5)
"""The shortest last chord that rings off."""
FADE_SECONDS = Fraction(5)
BUTTON_SECONDS = Fraction(1, 2)


class Part(StrEnum):
    """What a section of the cue is for."""

    INTRODUCTION = "introduction"
    STATEMENT = "statement"
    EPISODE = "episode"
    TAG = "tag"
    UNDERSCORE = "underscore"
    FADE = "fade"
    CLOSE = "close"


@dataclass(frozen=True, slots=True)
class Stretch:
    """So many modules for one purpose."""

    part: Part
    count: int


def stretches_of(request: CueRequest, frame: Frame, starts: tuple[int, ...] = ()) -> list[Stretch]:
    """The stretches of a cue in order; together they hold every module once.

    `starts` are the bars at which a person wants them to begin; none: as length and speech have it.
    """
    if starts:
        return _asked(request, frame, starts)
    modules = frame.modules
    close = _closing(request, frame)
    found: list[Stretch] = []
    runs = _runs(modules[: len(modules) - close], frame)
    for number, (spoken, count) in enumerate(runs):
        if spoken:
            found.append(Stretch(Part.UNDERSCORE, count))
        else:
            last = number == len(runs) - 1 and closing_part(request) is Part.CLOSE and close > 0
            found += _free_run(request, count, first=number == 0, ends=last, close=close)
    if close:
        found.append(Stretch(closing_part(request), close))
    return [stretch for stretch in found if stretch.count > 0]


def _asked(request: CueRequest, frame: Frame, starts: tuple[int, ...]) -> list[Stretch]:
    """A stretch from each of the bars named to the next; what it is for follows from its place."""
    edges = sorted({0, *starts})
    found: list[Stretch] = []
    for first, end in zip(edges, [*edges[1:], len(frame.grid.bars)], strict=True):
        own = [one for one in frame.modules if first <= one.first_bar < end]
        closes = end == len(frame.grid.bars) and len(edges) > 1
        ends = closes and request.cue.way_out not in (WayOut.CUT, WayOut.SEGUE)
        stated = any(one.part is Part.STATEMENT for one in found)
        spoken = sum(frame.spoken(one.start, one.end) for one in own) * 2 > len(own)
        if ends and len(own) <= 2:
            part = closing_part(request)
        elif spoken:
            part = Part.UNDERSCORE
        elif stated and found[-1].part is Part.STATEMENT:
            part = Part.EPISODE
        else:
            part = Part.STATEMENT
        if own:
            found.append(Stretch(part, len(own)))
    return found


def closing_part(request: CueRequest) -> Part:
    """Whether the end fades or closes."""
    fades = request.cue.way_out in (WayOut.FADE, WayOut.SNEAK)
    return Part.FADE if fades else Part.CLOSE


def _closing(request: CueRequest, frame: Frame) -> int:
    """How many modules at the end are kept for the last chord, or to fade out over."""
    modules, way_out = frame.modules, request.cue.way_out
    if way_out in (WayOut.CUT, WayOut.SEGUE):
        return 0
    fades = closing_part(request) is Part.FADE
    wanted = FADE_SECONDS if fades else CLOSE_SECONDS
    if way_out is WayOut.BUTTON:
        wanted = BUTTON_SECONDS
    most = max(1, len(modules) // (3 if fades else 2))
    for count in range(1, most + 1):
        if frame.seconds(modules[-count].start, modules[-1].end) >= wanted:
            return count
    return most


def _runs(modules: Sequence[Module], frame: Frame) -> list[tuple[bool, int]]:
    """Modules under speech and free ones in turn; gaps too short for music count as speech."""
    flags = [frame.spoken(module.start, module.end) for module in modules]
    for index in range(1, len(flags) - 1):
        if flags[index - 1] and flags[index + 1]:
            flags[index] = True
    runs: list[tuple[bool, int]] = []
    for flag in flags:
        if runs and runs[-1][0] == flag:
            runs[-1] = (flag, runs[-1][1] + 1)
        else:
            runs.append((flag, 1))
    return runs


def _free_run(
    request: CueRequest, count: int, *, first: bool, ends: bool, close: int
) -> list[Stretch]:
    """A run without speech; where it `ends` in a close, that close is its last statement's bar."""
    intro = _introduction(request, count, close) if first else 0
    random = stream(request.shape, "form", request.cue.id, first, count)
    whole = theme_modules(request.main_theme)
    body = _fill(count - intro + (1 if ends else 0), whole, random)
    if ends:
        body[-1] = replace(body[-1], count=body[-1].count - 1)
    return [Stretch(Part.INTRODUCTION, intro), *body]


def _introduction(request: CueRequest, count: int, close: int) -> int:
    way_in = request.cue.way_in
    if way_in in (WayIn.PICKUP, WayIn.SEGUE):
        return 0
    if way_in is WayIn.SNEAK:
        return 0 if count + close < 3 else 1 if count < 9 else 2 if count < 20 else 4
    if count < 10:
        return 0
    return stream(request.shape, "introduction", request.cue.id).choice((0, 2, 2))


def theme_modules(theme: Theme) -> int:
    """How many modules a full statement takes: the theme's bars, or its first sixteen."""
    bars = int(theme.length.quarters / theme.meter.length.quarters)
    return max(1, min(bars, 16))


def _fill(count: int, whole: int, random: Random) -> list[Stretch]:
    """Statements with episodes between them; the last one is a statement or a short tag.

    In a long cue two episodes follow each other, so that the theme does not wear out.
    """
    found: list[Stretch] = []
    whole = max(whole, 3)
    left = count
    while left > 0:
        if found and left > whole:
            spare = left - whole
            for _ in range(2 if spare > max(5 * whole, 16) else 1):
                size = _episode(spare, random)
                found.append(Stretch(Part.EPISODE, size))
                left, spare = left - size, spare - size
        size = min(left, whole)
        part = Part.TAG if found and size <= 2 else Part.STATEMENT
        found.append(Stretch(part, size))
        left -= size
    return found or [Stretch(Part.STATEMENT, count)]


def _episode(spare: int, random: Random) -> int:
    """How long an episode is where `spare` modules are left beside the statement to come."""
    size = spare if spare <= 3 else min(spare, 8, 4 + random.randrange(5))
    return max(2, min(spare, 8) if 0 < spare - size < 3 else size)

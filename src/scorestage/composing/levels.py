"""How loud: the level of every point, and the hairpins between levels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from scorestage.composing.course import Course
from scorestage.composing.form import Part
from scorestage.composing.frame import Frame
from scorestage.composing.plan import Section
from scorestage.composing.request import CueRequest
from scorestage.music import Dynamic, Hairpin
from scorestage.music.style import Style
from scorestage.production import CurveKind, HitKind, WayIn, WayOut
from scorestage.timebase import Beat

UNDER_SPEECH = Dynamic.P
"""Nothing is louder than this while somebody speaks."""


@dataclass(frozen=True, slots=True)
class Levels:
    """Levels by section, counted in dynamics from the style's normal, and where speech is."""

    style: Style
    steps: tuple[tuple[Beat, int], ...]
    frame: Frame

    def dynamic_at(self, at: Beat, extra: int = 0) -> Dynamic:
        """The dynamic at a point, `extra` steps on top for accents; all is soft in speech."""
        level = self.steps[0][1]
        for start, step in self.steps:
            if start > at:
                break
            level = step
        wished = self.style.normal.shifted(level + extra)
        kept = _between(wished, self.style.softest, self.style.loudest)
        if any(start <= at < end for start, end in self.frame.speech):
            soft = UNDER_SPEECH.shifted(min(extra, 2))
            return min(kept, soft, key=lambda dynamic: dynamic.level)
        return kept


def _between(dynamic: Dynamic, low: Dynamic, high: Dynamic) -> Dynamic:
    if dynamic.level < low.level:
        return low
    return high if dynamic.level > high.level else dynamic


def levels_of(
    request: CueRequest, frame: Frame, sections: Sequence[Section], course: Course
) -> Levels:
    """The steps of loudness of the cue: by section, statements swelling in their second half.

    Where a curve is drawn, loudness follows it bar by bar.
    """
    steps: list[tuple[Beat, int]] = []
    drawn = course.is_drawn(CurveKind.AROUSAL, CurveKind.TENSION)
    for index, section in enumerate(sections):
        if section.fixed_level or (drawn and section.part not in (Part.FADE, Part.UNDERSCORE)):
            steps += _followed(section, course)
            continue
        before = sections[index - 1] if index else section
        closes = section.part is Part.CLOSE and before.part is Part.STATEMENT
        level = before.level if closes else section.level
        if closes and request.cue.way_out is WayOut.BUTTON:
            level = steps[-1][1]  # nobody grows softer into a button
        if section.part is Part.UNDERSCORE:
            level = min(level, UNDER_SPEECH.level - request.style.normal.level)
        steps.append((section.start, level))
        count = len(section.modules)
        ends = index + 2 == len(sections) and sections[-1].part is Part.CLOSE
        if section.part is Part.STATEMENT and count >= 6 and section.level < 2:
            steps.append((section.modules[count // 2].start, section.level + 1))
            if not ends:
                steps.append((section.modules[count - 1].start, section.level))
        if section.part is Part.FADE:
            for number, module in enumerate(section.modules[1:], start=1):
                steps.append((module.start, section.level - (2 * number) // (count - 1 or 1)))
    opening = steps[0]
    if request.cue.way_in is WayIn.SNEAK:
        steps[0] = (opening[0], min(opening[1], -2))
    return Levels(request.style, tuple(steps), frame)


def _followed(section: Section, course: Course) -> list[tuple[Beat, int]]:
    """The loudness a person fixed, or that of the drawn curve, where it changes."""
    if section.fixed_level:
        return [(section.start, section.level)]
    found: list[tuple[Beat, int]] = []
    for module in section.modules:
        level = round(course.push((module,)))
        if not found or found[-1][1] != level:
            found.append((module.start, level))
    return found


def hairpins_of(
    request: CueRequest, frame: Frame, sections: Sequence[Section], levels: Levels
) -> tuple[Hairpin, ...]:
    """Crescendi into louder levels and diminuendi into softer ones, and out where the cue fades."""
    found: list[Hairpin] = []
    grid = frame.grid
    for (_, before), (at, level) in zip(levels.steps, levels.steps[1:], strict=False):
        if level != before:
            start = grid.starts[max(0, grid.index_at(at) - 1)]
            if start < at:
                found.append(Hairpin(start, at, level > before))
    last = sections[-1]
    if request.cue.way_out in (WayOut.FADE, WayOut.SNEAK) and last.part is Part.FADE:
        found = [pin for pin in found if pin.end <= last.start]
        found.append(Hairpin(last.start, grid.end, False))
    if sections[0].part is Part.INTRODUCTION and request.cue.way_in is WayIn.SNEAK:
        first = sections[0]
        found = [pin for pin in found if pin.start >= first.end]
        found.insert(0, Hairpin(first.start, first.end, True))
    for moment in frame.moments:
        if moment.hit.kind in (HitKind.ACCENT, HitKind.CHANGE, HitKind.START):
            start = grid.starts[max(0, moment.bar_index - 1)]
            if moment.at != grid.starts[moment.bar_index]:
                start = grid.starts[moment.bar_index]
            if start < moment.at:
                found = [pin for pin in found if pin.end <= start or pin.start >= moment.at]
                found.append(Hairpin(start, moment.at, True))
    return tuple(sorted(found, key=lambda pin: pin.start))

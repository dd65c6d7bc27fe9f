"""The ground under the tune: each section's bars handed to an idiom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

from scorestage.composing.course import Course
from scorestage.composing.form import Part
from scorestage.composing.frame import Frame
from scorestage.composing.joints import unparalleled
from scorestage.composing.passage import Harmony, Idiom, Passage, PassageBar
from scorestage.composing.plan import Section
from scorestage.composing.refreshing import freshened
from scorestage.composing.request import CueRequest, stream
from scorestage.composing.voicing import VoicedSpan
from scorestage.errors import CatalogueError
from scorestage.music import Note, Role
from scorestage.production import CurveKind
from scorestage.timebase import Beat

PHASE = 4
"""How many modules a way of writing lasts at least under a drawn curve."""
QUIET = ("pad", "drone", "sparse", "tremolo")
"""Idioms that leave room for speech."""


def choose_idioms(
    request: CueRequest, sections: Sequence[Section], idioms: Mapping[str, Idiom]
) -> tuple[Idiom, ...]:
    """An idiom for each section by its energy; neighbours differ where the style has a choice."""
    names: list[str] = []
    for section in sections:
        options = _options(request, section, sections)
        before = names[-1] if names else ""
        if section.part in (Part.TAG, Part.CLOSE) and before:
            names.append(before)
            continue
        others = [name for name in options if name != before] or list(options)
        random = stream(request.seed, "idiom", request.cue.id, section.index)
        names.append(random.choice(others))
    opens = sections[0].part is Part.INTRODUCTION
    if opens and len(names) > 1 and sections[0].energy >= -1:
        sneaks = sections[0].level <= -2
        names[0] = names[0] if sneaks else names[1]
    return tuple(
        _idiom(request, section.texture or name, idioms)
        for section, name in zip(sections, names, strict=True)
    )


def _options(request: CueRequest, section: Section, sections: Sequence[Section]) -> tuple[str, ...]:
    style = request.style
    if section.part in (Part.UNDERSCORE, Part.FADE):
        quiet = tuple(name for name in style.idioms_calm if name in QUIET)
        return quiet or ("pad",)
    if section.part is Part.INTRODUCTION and section.level <= -2:
        return ("pad", "drone") if "drone" in style.idioms_calm else ("pad",)
    return style.idioms(section.energy)


def phases_of(
    request: CueRequest,
    course: Course,
    section: Section,
    own: Idiom,
    idioms: Mapping[str, Idiom],
) -> list[tuple[range, Idiom, int]]:
    """Bars of a section with their idiom and energy: one phase, or more where a curve is drawn.

    A phase lasts four modules at least; its idiom changes only where the style moves otherwise.
    """
    first = section.modules[0].first_bar
    end = section.modules[-1].first_bar + section.modules[-1].bars
    plain = (Part.STATEMENT, Part.EPISODE)
    drawn = course.is_drawn(CurveKind.AROUSAL, CurveKind.TENSION)
    if (
        not drawn
        or section.part not in plain
        or len(section.modules) < 2 * PHASE
        or section.texture
    ):
        return [(range(first, end), own, section.energy)]
    found: list[tuple[range, Idiom, int]] = []
    edges = [*range(0, len(section.modules) - PHASE + 1, PHASE), len(section.modules)]
    for start, stop in pairwise(edges):
        modules = section.modules[start:stop]
        energy = round(course.push(modules))
        bars = range(modules[0].first_bar, modules[-1].first_bar + modules[-1].bars)
        if found and found[-1][2] == energy:
            before, idiom, _ = found[-1]
            found[-1] = (range(before.start, bars.stop), idiom, energy)
            continue
        names = request.style.idioms(energy)
        if own.name in names or _way(energy) == _way(section.energy):
            found.append((bars, own, energy))
        else:
            random = stream(request.seed, "phase", request.cue.id, section.index, _way(energy))
            found.append((bars, _idiom(request, random.choice(names), idioms), energy))
    return found


def _way(energy: int) -> int:
    """Whether an energy is calm, moving or driving: -1, 0, 1."""
    return (energy > 0) - (energy < 0)


def _idiom(request: CueRequest, name: str, idioms: Mapping[str, Idiom]) -> Idiom:
    if name not in idioms:
        raise CatalogueError(
            f"the style {request.style.id} asks for the idiom {name!r}, which nobody has",
            do=f"known: {', '.join(idioms)}",
        )
    return idioms[name]


def passage_of(
    request: CueRequest,
    frame: Frame,
    section: Section,
    voiced: Sequence[VoicedSpan],
    bars: range | None = None,
    energy: int | None = None,
    melody: Sequence[Note] = (),
) -> Passage:
    """The bars of a section (or some of them) with their chords, ready for an idiom."""
    first = section.modules[0].first_bar
    last = section.modules[-1].first_bar + section.modules[-1].bars
    chosen = bars if bars is not None else range(first, last)
    grid = frame.grid
    found = []
    for index in chosen:
        start, end = grid.starts[index], grid.starts[index + 1]
        own = [span for span in voiced if span.start < end and start < span.end]
        found.append(PassageBar(index, start, grid.bars[index].meter, _harmonies(own, start, end)))
    stop = found[-1].end
    after = next((span for span in voiced if span.start >= stop), None)
    lasting = frame.seconds(found[0].start, found[0].end)
    return Passage(
        bars=tuple(found),
        key=section.key,
        style=request.style,
        energy=section.energy if energy is None else energy,
        seed=request.seed,
        label=f"{request.cue.id}/{section.index}",
        quarter_seconds=Fraction(lasting / found[0].meter.length.quarters),
        next_bass=after.bass if after is not None else None,
        melody=tuple(note for note in melody if found[0].start <= note.onset < stop),
    )


def _harmonies(spans: Sequence[VoicedSpan], start: Beat, end: Beat) -> tuple[Harmony, ...]:
    return tuple(
        Harmony(
            start=max(span.start, start),
            end=min(span.end, end),
            chord=span.chord,
            upper=span.upper,
            bass=span.bass,
            fresh=span.start >= start,
            chord_end=span.end,
        )
        for span in spans
    )


def write_ground(
    request: CueRequest,
    frame: Frame,
    course: Course,
    sections: Sequence[Section],
    chosen: Sequence[Idiom],
    voiced: Sequence[VoicedSpan],
    idioms: Mapping[str, Idiom],
    melody: Sequence[Note] = (),
) -> dict[Role, list[Note]]:
    """The accompaniment of the whole cue, section by section; nothing reaches over a section.

    Phrases that would be the same as an earlier one, note for note, are varied.
    """
    found: dict[Role, list[Note]] = {}
    for section, own in zip(sections, chosen, strict=True):
        for bars, idiom, energy in phases_of(request, course, section, own, idioms):
            passage = passage_of(request, frame, section, voiced, bars, energy, melody=melody)
            texture = unparalleled(passage, freshened(passage, idiom.write(passage)))
            for role, notes in texture.items():
                found.setdefault(role, []).extend(
                    replace(note, length=min(note.length, passage.end - note.onset))
                    for note in notes
                    if passage.start <= note.onset < passage.end
                )
    return found

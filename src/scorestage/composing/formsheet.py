"""The form of a cue as a person reads it before a note is written: sections and hits, with why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from scorestage.composing.course import Course
from scorestage.composing.deeds import WORDS, deed_of
from scorestage.composing.form import Part, theme_modules
from scorestage.composing.formwish import CueForm, FormHit, FormSection
from scorestage.composing.frame import Frame
from scorestage.composing.ground import phases_of
from scorestage.composing.levels import UNDER_SPEECH
from scorestage.composing.passage import Idiom
from scorestage.composing.plan import Section
from scorestage.composing.request import CueRequest
from scorestage.music import Theme
from scorestage.production import CurveKind, WayIn, WayOut


def form_of(
    request: CueRequest,
    frame: Frame,
    course: Course,
    sections: Sequence[Section],
    chosen: Sequence[Idiom],
    idioms: Mapping[str, Idiom],
) -> CueForm:
    """The plan of a cue in words."""
    rows = []
    for section, own in zip(sections, chosen, strict=True):
        phases = phases_of(request, course, section, own, idioms)
        textures = dict.fromkeys(idiom.name for _, idiom, _ in phases)
        rows.append(_row(request, frame, course, section, " > ".join(textures), sections))
    hits = []
    for moment in frame.moments:
        deed = deed_of(request, moment)
        position = frame.grid.position(moment.at)
        why = f"{moment.hit.kind}, weight {moment.hit.weight}: {WORDS[deed]}"
        words = moment.hit.words or moment.hit.id
        label, beat = str(position.label), str(position.beat)
        hits.append(
            FormHit(moment.hit.id, label, beat, moment.bar_index, moment.at, deed, words, why)
        )
    return CueForm(tuple(rows), tuple(hits))


def _row(
    request: CueRequest,
    frame: Frame,
    course: Course,
    section: Section,
    texture: str,
    sections: Sequence[Section],
) -> FormSection:
    grid = frame.grid
    first = section.modules[0].first_bar
    last = section.modules[-1].first_bar + section.modules[-1].bars - 1
    theme = section.theme
    level = section.level
    if section.part is Part.UNDERSCORE:
        level = min(level, UNDER_SPEECH.level - request.style.normal.level)
    dynamic = request.style.normal.shifted(level)
    dynamic = max(dynamic, request.style.softest, key=lambda one: one.level)
    dynamic = min(dynamic, request.style.loudest, key=lambda one: one.level)
    return FormSection(
        bar=str(grid.bars[first].label),
        to=str(grid.bars[last].label),
        first_bar=first,
        last_bar=last,
        start=section.start,
        at=frame.tempo_map.time_at(section.start),
        seconds=frame.seconds(section.start, section.end),
        part=section.part.value,
        theme="" if theme is None else theme.varies or theme.id,
        operation="" if theme is None else _operation(section, theme),
        partner=section.partner.varies if section.partner is not None else "",
        texture=texture,
        key=str(section.key),
        loudness=dynamic.value,
        energy=section.energy,
        why=_why(request, frame, course, section, sections),
    )


def _operation(section: Section, theme: Theme) -> str:
    if theme.operation:
        return theme.operation
    if section.part is Part.EPISODE:
        return "sequence"
    whole = len(set(section.theme_bars)) >= theme_modules(theme) - 1
    return "statement" if whole else "fragment"


def _why(
    request: CueRequest,
    frame: Frame,
    course: Course,
    section: Section,
    sections: Sequence[Section],
) -> str:
    """The reason of a section in a sentence or two."""
    told = [_purpose(request, section, sections)]
    if section.part is Part.UNDERSCORE:
        said = [span for span in frame.speech if span[0] < section.end and section.start < span[1]]
        told += ["somebody speaks" if said else "kept out of the way"]
    if section.partner is not None:
        told.append(f"{section.partner.varies} goes with it in counterpoint")
    for kind in CurveKind:
        if course.is_drawn(kind):
            level = course.over(kind, section.modules) * Fraction(5, 2) + 5
            told.append(f"{kind} {float(level):.1f} drawn")
    bar = str(frame.grid.bars[section.modules[0].first_bar].label)
    asked = request.form.of(bar).asked()
    if asked:
        told.append(f"{', '.join(asked)} as you wish")
    return "; ".join(one for one in told if one)


def _purpose(request: CueRequest, section: Section, sections: Sequence[Section]) -> str:
    part, index = section.part, section.index
    if part is Part.INTRODUCTION:
        words = "the music sneaks in" if request.cue.way_in is WayIn.SNEAK else "the ground is laid"
        return f"{words}, the theme is hinted at" if section.theme is not None else words
    if part is Part.STATEMENT:
        stated = [one for one in sections[:index] if one.part is Part.STATEMENT]
        if not stated:
            return "first statement"
        later = [one for one in sections[index + 1 :] if one.part is Part.STATEMENT]
        return "the theme comes again" if later else "last statement"
    others = {
        Part.EPISODE: "its head is worked with while the harmony moves",
        Part.TAG: "too short for the theme: long tones lead on",
        Part.UNDERSCORE: "no tune, low chords",
        Part.FADE: "the music goes",
        Part.CLOSE: "a button" if request.cue.way_out is WayOut.BUTTON else "the last chord rings",
    }
    return others[part]

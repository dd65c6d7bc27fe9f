"""A planned form changed as a person wishes: part, theme, operation, key, texture, loudness."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from enum import EnumMeta
from typing import TypeVar, cast

from scorestage.composing.form import Part
from scorestage.composing.formwish import SectionWish
from scorestage.composing.frame import Frame
from scorestage.composing.guises import variant_named
from scorestage.composing.plan import Section, stating
from scorestage.composing.request import CueRequest
from scorestage.errors import InputError, MusicError, Where
from scorestage.music import Dynamic
from scorestage.music.key import Key

_Kind = TypeVar("_Kind")
NONE = "none"
"""What a person writes who wants no theme, or no second one, where the plan has one."""


def obeyed(request: CueRequest, frame: Frame, sections: Sequence[Section]) -> tuple[Section, ...]:
    """The sections with what a person asks of them; raises `InputError` for what nobody has."""
    found: list[Section] = []
    for section in sections:
        bar = str(frame.grid.bars[section.modules[0].first_bar].label)
        wish = request.form.of(bar)
        found.append(_obeyed(request, section, wish, sections) if wish.asked() else section)
    return tuple(found)


def _obeyed(
    request: CueRequest, section: Section, wish: SectionWish, sections: Sequence[Section]
) -> Section:
    if wish.part:
        section = _as_part(request, section, wish)
    if wish.energy:
        energy = _read(request, wish, "energy", wish.energy, int)
        if not -2 <= energy <= 2:
            raise _fault(request, wish, f"an energy of {energy}", "stay within -2 and 2")
        section = replace(section, energy=energy)
    if wish.loudness:
        dynamic = _read(request, wish, "loudness", wish.loudness, Dynamic)
        level = dynamic.level - request.style.normal.level
        section = replace(section, level=level, fixed_level=True)
    if wish.texture:
        section = replace(section, texture=wish.texture)
    if wish.theme or wish.operation or wish.partner:
        section = _themed(request, section, wish, sections)
    if wish.key:
        section = replace(section, key=_key(request, wish))
    return section


def _as_part(request: CueRequest, section: Section, wish: SectionWish) -> Section:
    part = _read(request, wish, "part", wish.part, Part)
    if part is section.part:
        return section
    if part in (Part.CLOSE, Part.FADE):
        raise _fault(request, wish, f"{part} before the end", "the way out decides how a cue ends")
    plain = replace(section, part=part, theme=None, theme_bars=(), partner=None)
    if part in (Part.STATEMENT, Part.EPISODE):
        theme = request.main_theme
        if part is Part.EPISODE:
            return replace(plain, theme=theme)
        return stating(request, replace(plain, turn=1), theme, theme, len(section.modules))
    return plain


def _themed(
    request: CueRequest, section: Section, wish: SectionWish, sections: Sequence[Section]
) -> Section:
    """Another theme, another guise of it, or a second theme beside it."""
    if wish.theme == NONE:
        part = Part.UNDERSCORE if section.part is Part.STATEMENT else section.part
        return replace(section, part=part, theme=None, theme_bars=(), partner=None)
    if section.part not in (Part.STATEMENT, Part.EPISODE, Part.INTRODUCTION):
        do = "make its part a statement or an episode first"
        raise _fault(request, wish, f"no theme can be given to a {section.part}", do)
    own = section.theme.varies or section.theme.id if section.theme else request.main_theme.id
    theme = request.theme_named(wish.theme or own)
    same = section.theme is not None and not wish.operation and not wish.theme
    used = (
        section.theme if same and section.theme else variant_named(request, theme, wish.operation)
    )
    if section.part is Part.STATEMENT:
        following = sections[section.index + 1 : section.index + 2]
        room = len(section.modules) + (1 if following and following[0].part is Part.CLOSE else 0)
        section = stating(request, section, used, theme, room)
    else:
        section = replace(section, theme=used)
    if wish.partner:
        partner = None if wish.partner == NONE else request.partner_of(theme, wish.partner)
        if partner is None and wish.partner != NONE:
            raise _fault(request, wish, f"{theme.id!r} does not go with {wish.partner!r}", "")
        section = replace(section, partner=partner)
    return section


def _key(request: CueRequest, wish: SectionWish) -> Key:
    tonic, _, mode = wish.key.partition(" ")
    try:
        return Key(tonic, mode.strip() or "major")
    except MusicError as fault:
        raise _fault(request, wish, f"the key {wish.key!r}: {fault.what}", fault.do) from None


def _read(
    request: CueRequest, wish: SectionWish, name: str, told: str, kind: Callable[[str], _Kind]
) -> _Kind:
    try:
        return kind(told)
    except ValueError:
        names = (
            [str(one) for one in cast("Iterable[object]", kind)]
            if isinstance(kind, EnumMeta)
            else []
        )
        known = f"known: {', '.join(names)}" if names else ""
        raise _fault(request, wish, f"{name} = {told!r}", known) from None


def _fault(request: CueRequest, wish: SectionWish, what: str, do: str) -> InputError:
    where = Where(cue=request.cue.number, bar=wish.bar)
    return InputError(f"the form's section at bar {wish.bar}: {what}", where, do)

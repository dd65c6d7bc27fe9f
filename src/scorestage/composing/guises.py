"""In which guise a theme comes: the operation, drawn as often as composers use it."""

from __future__ import annotations

from collections.abc import Mapping

from scorestage.composing.course import Course
from scorestage.composing.form import theme_modules
from scorestage.composing.frame import Module
from scorestage.composing.request import CueRequest, stream
from scorestage.errors import InputError, Where
from scorestage.music import Theme
from scorestage.production import CurveKind

UNCOUNTED = 15
"""How often what nobody counted is used, per 1,000."""
PLAIN, PLAIN_AT_THE_END = 190, 600
"""The theme as it is: heard again at its pitch (120) or in another key (69); more so at the end."""
_ELSEWHERE = {"fragment", "sequence", "hint", "transpose", "counterpoint"}
"""Operations that are no guise of a whole statement: episodes, introductions and keys use them."""
_MOTIVIC = ("ornament", "same-rhythm", "stretch", "diminish", "augment", "invert", "retrograde",
            "retrograde-invert", "transpose-diatonic", "thin")  # fmt: skip
_TENSE, _DRIVEN, _BROAD = {"stretch", "invert", "cluster", "same-rhythm"}, {"diminish"}, {"augment"}


def guise_of(
    request: CueRequest,
    course: Course,
    theme: Theme,
    modules: tuple[Module, ...],
    turn: int,
    *,
    last: bool,
    room: int,
) -> Theme:
    """The theme plain the first time, later as itself or one of its ready variants.

    `room` is how many bars of a theme fit.
    """
    if turn == 0:
        return theme
    ready = {
        one.operation: one
        for one in request.variants_of(theme)
        if one.operation not in _ELSEWHERE and _fits(one, theme, room)
    }
    weights = _weighed(request, course, ready, modules)
    plain = PLAIN_AT_THE_END if last else PLAIN
    random = stream(request.shape, "guise", request.cue.id, turn)
    chosen = random.choices(["", *weights], [plain, *weights.values()])[0]
    return ready.get(chosen, theme)


def _fits(variant: Theme, theme: Theme, room: int) -> bool:
    """Whether a variant can be heard whole where the theme would, or is as long as the theme."""
    return variant.length == theme.length or theme_modules(variant) <= room


def source_of(
    request: CueRequest, course: Course, theme: Theme, modules: tuple[Module, ...], index: int
) -> Theme:
    """The theme whose motif an episode works with: plain, or a ready variant that suits it."""
    ready = {one.operation: one for one in request.variants_of(theme) if one.operation in _MOTIVIC}
    weights = _weighed(request, course, ready, modules)
    random = stream(request.seed, "source", request.cue.id, index)
    chosen = random.choices(["", *weights], [sum(weights.values()) * 0.6 + 1, *weights.values()])[0]
    return ready.get(chosen, theme)


def variant_named(request: CueRequest, theme: Theme, operation: str) -> Theme:
    """A theme under the operation that a person asks for; plain for `statement` and the like.

    Raises `InputError` for an operation that is not ready for this theme.
    """
    if operation in ("", "statement", "fragment", "sequence", "transpose"):
        return theme
    ready = {one.operation: one for one in request.variants_of(theme)}
    if operation not in ready:
        known = ", ".join(("statement", "fragment", "sequence", *ready))
        raise InputError(
            f"{theme.id!r} cannot be put under {operation!r}",
            Where(cue=request.cue.number),
            f"operations: {known}",
        )
    return ready[operation]


def _weighed(
    request: CueRequest,
    course: Course,
    ready: Mapping[str, Theme],
    modules: tuple[Module, ...],
) -> dict[str, int]:
    """How likely each ready operation is: its share, bent by the mood."""
    shares = dict(request.shares)
    tension = course.over(CurveKind.TENSION, modules)
    arousal = course.over(CurveKind.AROUSAL, modules)
    found = {}
    for name in ready:
        weight = shares.get(name, UNCOUNTED)
        weight *= 2 if tension > 0 and name in _TENSE else 1
        weight *= 3 if arousal > 0 and name in _DRIVEN else 1
        weight *= 3 if arousal < 0 and name in _BROAD else 1
        slow_for_fast = arousal > 0 and name in _BROAD
        fast_for_slow = arousal <= 0 and name in _DRIVEN
        found[name] = 0 if slow_for_fast or fast_for_slow else weight
    return found

"""The sections of a cue: what each is for, in which key, how loud, how driven, on which theme."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from scorestage.composing.course import Course, course_of
from scorestage.composing.form import Part, Stretch, stretches_of, theme_modules
from scorestage.composing.frame import Frame, Module, section_starts
from scorestage.composing.guises import guise_of, source_of
from scorestage.composing.request import CueRequest, stream
from scorestage.music import Theme
from scorestage.music.harmony import mode_family
from scorestage.music.key import Key
from scorestage.production import CurveKind, WayIn, WayOut
from scorestage.timebase import Beat

_CHROMATIC = {"mediants", "fantastic", "wonder", "space"}


@dataclass(frozen=True, slots=True)
class Section:
    """Some modules with one purpose; `theme_bars` says which bar of the theme each of them takes.

    `level` counts dynamics from the style's normal, `energy` from -2 (calm) to 2 (driving);
    `turn` is the how-manieth statement it is, from 0. `partner` goes with the theme in
    counterpoint, `tension` is what is drawn, -2 to 2. `texture` names an
    idiom that a person wants, `fixed_level` says that the loudness is theirs too.
    """

    index: int
    part: Part
    modules: tuple[Module, ...]
    key: Key
    level: int = 0
    energy: int = 0
    theme: Theme | None = None
    theme_bars: tuple[int, ...] = ()
    turn: int = 0
    partner: Theme | None = None
    texture: str = ""
    tension: Fraction = Fraction(0)
    fixed_level: bool = False

    @property
    def start(self) -> Beat:
        """Where it begins."""
        return self.modules[0].start

    @property
    def end(self) -> Beat:
        """Where it ends."""
        return self.modules[-1].end


def plan_cue(
    request: CueRequest, frame: Frame, home: Key, course: Course | None = None
) -> tuple[Section, ...]:
    """The sections of the cue in order; together they hold every module once."""
    course = course_of(request, frame) if course is None else course
    stretches = stretches_of(request, frame, section_starts(request))
    statements = sum(stretch.part is Part.STATEMENT for stretch in stretches)
    found: list[Section] = []
    place = turn = 0
    key = _first_key(request, course, stretches, home)
    for index, stretch in enumerate(stretches):
        modules = frame.modules[place : place + stretch.count]
        place += stretch.count
        level, energy = _loudness(request, course, modules, (index, len(stretches)), stretch.part)
        if stretch.part is Part.STATEMENT:
            key = _key(request, course, modules, turn, statements, home)
        if stretch.part is not Part.CLOSE:
            key = _lit(request, course, modules, key)
        tension = course.drawn_tension(modules[len(modules) // 2].start)
        section = Section(
            index, stretch.part, modules, key, level, energy, turn=turn, tension=tension
        )
        if stretch.part is Part.STATEMENT:
            section = _stating(request, course, section, stretches, statements)
            key = section.key
            turn += 1
        elif stretch.part is Part.EPISODE:
            worked = source_of(request, course, request.main_theme, modules, index)
            section = replace(section, theme=worked)
        elif stretch.part is Part.INTRODUCTION:
            section = replace(section, theme=_hinted(request, modules))
        found.append(section)
    return tuple(found)


def _first_key(request: CueRequest, course: Course, stretches: Sequence[Stretch], home: Key) -> Key:
    """The key of the first statement, in which what comes before it lies too."""
    place = 0
    statements = sum(stretch.part is Part.STATEMENT for stretch in stretches)
    for stretch in stretches:
        if stretch.part is Part.STATEMENT:
            modules = course.frame.modules[place : place + stretch.count]
            return _key(request, course, modules, 0, statements, home)
        place += stretch.count
    return home


def _hinted(request: CueRequest, modules: tuple[Module, ...]) -> Theme | None:
    """What an introduction hints at: half the theme's head, where there are two bars for it."""
    if len(modules) < 2 or request.style.one_tune:
        return None
    ready = request.variants_of(request.main_theme)
    return next((one for one in ready if one.operation == "hint"), None)


def _lit(request: CueRequest, course: Course, modules: tuple[Module, ...], key: Key) -> Key:
    """The key in the mode that a drawn valence asks for: dark in minor, bright in major."""
    if not course.is_drawn(CurveKind.VALENCE):
        return key
    asked = course.over(CurveKind.VALENCE, modules)
    if abs(asked) < Fraction(1, 2):
        return key
    family = "minor" if asked < 0 else "major"
    if mode_family(key.mode) == family:
        return key
    fitting = [one for one in request.style.modes if mode_family(one) == family]
    return Key(key.tonic, fitting[0] if fitting else family).moved(0)


def _stating(
    request: CueRequest,
    course: Course,
    section: Section,
    stretches: list[Stretch],
    statements: int,
) -> Section:
    """A statement with its theme and the bars it takes; the last bar may be the close after it."""
    theme = request.main_theme
    others = [one for one in request.themes if not one.varies and one.notes and one != theme]
    if others and statements >= 3 and section.turn == statements // 2:
        theme = others[0]
    last = section.turn == statements - 1
    paired = last and statements >= 3 and not request.style.one_tune
    partner = request.partner_of(theme) if paired else None
    room = len(section.modules) + (1 if _closes_after(section, stretches) else 0)
    used = theme
    if partner is None:
        used = guise_of(request, course, theme, section.modules, section.turn, last=last, room=room)
    if section.energy < 0 or room < theme_modules(theme):
        partner = None
    return stating(request, replace(section, partner=partner), used, theme, room)


def _closes_after(section: Section, stretches: list[Stretch]) -> bool:
    following = stretches[section.index + 1 : section.index + 2]
    return bool(following) and following[0].part is Part.CLOSE


def stating(request: CueRequest, section: Section, used: Theme, theme: Theme, room: int) -> Section:
    """The section as a statement of `used`, a variant of `theme` or itself."""
    bars = theme_bars(used, room)
    key = section.key
    if used.mode != theme.mode and not request.style.own_modes:
        key = Key(key.tonic, used.mode).moved(0)
    return replace(section, theme=used, theme_bars=bars[: len(section.modules)], key=key)


def theme_bars(theme: Theme, count: int) -> tuple[int, ...]:
    """Which bars of the theme a statement of `count` modules takes: all, or its head and its close.

    The cut is made where the tune crosses it by a small interval, near the middle.
    """
    whole = theme_modules(theme)
    if count >= whole:
        return tuple(range(whole)) + (whole - 1,) * (count - whole)
    if count <= 1:
        return (0,) * count

    def jump(head: int) -> tuple[Fraction, int]:
        before = _edge(theme, head - 1, last=True)
        after = _edge(theme, whole - (count - head), last=False)
        distance = abs(before - after) if before is not None and after is not None else 12
        return Fraction(distance) + 2 * abs(2 * head - count), -head

    head = min(range(1, count), key=jump)
    return (*range(head), *range(whole - (count - head), whole))


def _edge(theme: Theme, bar: int, *, last: bool) -> int | None:
    length = theme.meter.length.quarters
    keys = [
        note.top.key
        for note in theme.notes
        if note.top is not None and bar * length <= note.onset.quarters < (bar + 1) * length
    ]
    return (keys[-1] if last else keys[0]) if keys else None


def _key(
    request: CueRequest,
    course: Course,
    modules: tuple[Module, ...],
    turn: int,
    statements: int,
    home: Key,
) -> Key:
    """Home at both ends; statements between them go to related keys; bold cues end a tone up.

    Where tension is drawn, it says how far from home every statement lies: the first one only
    where the tension eases after it, so that the cue comes home.
    """
    mood = request.mood
    asked = course.over(CurveKind.TENSION, modules)
    level = min(2, int(asked))
    if course.is_drawn(CurveKind.TENSION) and level and not request.style.own_modes:
        eases = asked - course.at(CurveKind.TENSION, course.frame.grid.end) >= 1
        first, last = turn == 0, turn == statements - 1
        stays = level < 0 or (first and (last or not eases)) or bool(request.style.harmony.plain)
        return _one_of(request, turn, home, (0,) if stays else _AWAY[level])
    if turn == 0 or request.style.harmony.plain == "drone":
        return home
    if turn == statements - 1:
        lifts = statements >= 3 and mood.arousal > 0 and mood.rising > 0
        return home.moved(2) if lifts else home
    chromatic = bool(_CHROMATIC & set(mood.classes)) or mood.tension > 0
    return _one_of(request, turn, home, (3, -4, 4, -3) if chromatic else (5, -5, 2, 5))


_AWAY = {1: (3, -3, 4, -4), 2: (6, 4, -4, 1)}
"""By whole steps of drawn tension, how many semitones from home a statement may lie."""


def _one_of(request: CueRequest, turn: int, home: Key, away: tuple[int, ...]) -> Key:
    """One of the keys so many semitones from home that can be read; home where there is none."""
    near = [home.moved(semitones) for semitones in away] or [home]
    readable = [key for key in near if key.accidentals() <= 5] or near
    return stream(request.shape, "key", request.cue.id, turn).choice(readable)


def _loudness(
    request: CueRequest,
    course: Course,
    modules: tuple[Module, ...],
    place: tuple[int, int],
    part: Part,
) -> tuple[int, int]:
    """Level and energy of a section: the mood's own, an arc over the cue, quiet parts quieter.

    Where a curve is drawn, that is the arc.
    """
    mood = request.mood
    quiet = part in (Part.INTRODUCTION, Part.UNDERSCORE, Part.FADE)
    if course.is_drawn(CurveKind.AROUSAL, CurveKind.TENSION):
        pushed = course.push(modules)
        level, energy = round(pushed), round(pushed)
        level -= 1 if part in (Part.UNDERSCORE, Part.FADE) else 0
    else:
        shape = _arc(request, *place)
        level = mood.level + shape - (1 if quiet else 0)
        energy = mood.arousal + shape - (1 if quiet else 0)
    if part is Part.INTRODUCTION and request.cue.way_in is WayIn.SNEAK:
        level = min(level, -2)
    return level, max(-2, min(2, energy))


def _arc(request: CueRequest, index: int, count: int) -> int:
    """How a section stands out of the cue: one climax, where the cue's way out wants it."""
    mood = request.mood
    if count <= 2:
        return 0
    place = Fraction(index, count - 1)
    if request.cue.way_out in (WayOut.FADE, WayOut.SNEAK) or mood.rising < 0:
        return 1 if Fraction(1, 4) <= place <= Fraction(1, 2) else 0
    if mood.arousal > 0 or mood.tension > 0 or mood.rising > 0:
        return -1 if place < Fraction(1, 3) else 0 if place < Fraction(2, 3) else 1
    return 1 if Fraction(1, 2) <= place <= Fraction(4, 5) else 0

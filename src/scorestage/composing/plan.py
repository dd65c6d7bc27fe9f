"""The sections of a cue: what each is for, in which key, how loud, how driven, on which theme."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction

from scorestage.composing.form import Part, Stretch, stretches_of, theme_modules
from scorestage.composing.frame import Frame, Module
from scorestage.composing.request import CueRequest, stream
from scorestage.music import Theme
from scorestage.music.key import Key
from scorestage.production import WayIn, WayOut
from scorestage.timebase import Beat

_CHROMATIC = {"mediants", "fantastic", "wonder", "space"}


@dataclass(frozen=True, slots=True)
class Section:
    """Some modules with one purpose; `theme_bars` says which bar of the theme each of them takes.

    `level` counts dynamics from the style's normal, `energy` from -2 (calm) to 2 (driving);
    `turn` is the how-manieth statement it is, from 0.
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

    @property
    def start(self) -> Beat:
        """Where it begins."""
        return self.modules[0].start

    @property
    def end(self) -> Beat:
        """Where it ends."""
        return self.modules[-1].end


def plan_cue(request: CueRequest, frame: Frame, home: Key) -> tuple[Section, ...]:
    """The sections of the cue in order; together they hold every module once."""
    stretches = stretches_of(request, frame)
    statements = sum(stretch.part is Part.STATEMENT for stretch in stretches)
    found: list[Section] = []
    place = turn = 0
    key = home
    for index, stretch in enumerate(stretches):
        modules = frame.modules[place : place + stretch.count]
        place += stretch.count
        level, energy = _loudness(request, index, len(stretches), stretch.part)
        if stretch.part is Part.STATEMENT:
            key = _key(request, turn, statements, home)
        section = Section(index, stretch.part, modules, key, level, energy, turn=turn)
        if stretch.part is Part.STATEMENT:
            section = _stating(request, section, stretches, statements)
            key = section.key
            turn += 1
        elif stretch.part is Part.EPISODE:
            section = replace(section, theme=request.main_theme)
        found.append(section)
    return tuple(found)


def _stating(
    request: CueRequest, section: Section, stretches: list[Stretch], statements: int
) -> Section:
    """A statement with its theme and the bars it takes; the last bar may be the close after it."""
    theme = request.main_theme
    others = [one for one in request.themes if not one.varies and one.notes and one != theme]
    if others and statements >= 3 and section.turn == statements // 2:
        theme = others[0]
    following = stretches[section.index + 1 : section.index + 2]
    ends = bool(following) and following[0].part is Part.CLOSE
    count = len(section.modules)
    bars = theme_bars(theme, count + (1 if ends else 0))
    used = _guise(request, theme, section.turn)
    key = section.key
    if used.mode != theme.mode and not request.style.own_modes:
        key = Key(key.tonic, used.mode).moved(0)
    return replace(section, theme=used, theme_bars=bars[:count], key=key)


_GUISES = {"ornament": 38, "reharmonise": 16, "change-mode": 6}
"""How often a later statement is a variant of each kind, of 100; the rest are plain."""


def _guise(request: CueRequest, theme: Theme, turn: int) -> Theme:
    """The theme plain the first time, later perhaps as one of its ready variants."""
    if turn == 0:
        return theme
    ready = {
        one.operation: one
        for one in request.variants_of(theme)
        if one.operation in _GUISES and one.length == theme.length
    }
    names = [name for name in _GUISES if name in ready]
    random = stream(request.seed, "guise", request.cue.id, turn)
    weights = [_GUISES[name] for name in names]
    chosen = random.choices([*names, ""], [*weights, 100 - sum(weights)])[0]
    return ready.get(chosen, theme)


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


def _key(request: CueRequest, turn: int, statements: int, home: Key) -> Key:
    """Home at both ends; statements between them go to related keys; bold cues end a tone up."""
    mood = request.mood
    if turn == 0 or request.style.harmony.plain == "drone":
        return home
    if turn == statements - 1:
        lifts = statements >= 3 and mood.arousal > 0 and mood.rising > 0
        return home.moved(2) if lifts else home
    chromatic = bool(_CHROMATIC & set(mood.classes)) or mood.tension > 0
    random = stream(request.seed, "key", request.cue.id, turn)
    near = [home.moved(away) for away in ((3, -4, 4, -3) if chromatic else (5, -5, 2, 5))]
    return random.choice([key for key in near if key.accidentals() <= 5] or near)


def _loudness(request: CueRequest, index: int, count: int, part: Part) -> tuple[int, int]:
    """Level and energy of a section: the mood's own, an arc over the cue, quiet parts quieter."""
    mood = request.mood
    place = Fraction(index, count - 1) if count > 1 else Fraction(1, 2)
    if count <= 2:
        shape = 0
    elif request.cue.way_out in (WayOut.FADE, WayOut.SNEAK) or mood.rising < 0:
        shape = 1 if Fraction(1, 4) <= place <= Fraction(1, 2) else 0
    elif mood.arousal > 0 or mood.tension > 0 or mood.rising > 0:
        shape = -1 if place < Fraction(1, 3) else 0 if place < Fraction(2, 3) else 1
    else:
        shape = 1 if Fraction(1, 2) <= place <= Fraction(4, 5) else 0
    quiet = part in (Part.INTRODUCTION, Part.UNDERSCORE, Part.FADE)
    level = mood.level + shape - (1 if quiet else 0)
    if part is Part.INTRODUCTION and request.cue.way_in is WayIn.SNEAK:
        level = min(level, -2)
    return level, max(-2, min(2, mood.arousal + shape - (1 if quiet else 0)))

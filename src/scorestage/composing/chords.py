"""Which chord stands where: the theme's under the theme, the style's and the tone's elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from random import Random
from statistics import fmean

from scorestage.composing.form import Part
from scorestage.composing.frame import Frame, Module
from scorestage.composing.phrasing import closed_phrases, phrases_of_episode
from scorestage.composing.placing import place_in_module, recast_theme
from scorestage.composing.plan import Section
from scorestage.composing.request import CueRequest, stream
from scorestage.composing.spiral import chord_strain
from scorestage.music import ChordSymbol
from scorestage.music.harmony import bared, mode_family, roman
from scorestage.music.key import Key
from scorestage.music.progressions import classes_for, in_bar
from scorestage.production import WayOut
from scorestage.timebase import Beat, Beats

TENSE = ("danger", "evil", "uncanny", "dramatic", "space", "fantastic")
"""The pairs of chords that drawn tension of a step and more takes."""


@dataclass(frozen=True, slots=True)
class ChordSpan:
    """A chord from `start` to `end`, and the key it is heard in."""

    start: Beat
    end: Beat
    chord: ChordSymbol
    key: Key


def chord_spans(
    request: CueRequest, frame: Frame, sections: Sequence[Section]
) -> tuple[ChordSpan, ...]:
    """The chords of the whole cue in order, without a gap; the same one twice running is one."""
    marks: list[tuple[Beat, ChordSymbol, Key]] = []
    for index, section in enumerate(sections):
        following = sections[index + 1] if index + 1 < len(sections) else None
        if section.theme is not None and section.part is Part.STATEMENT:
            own = _theme_chords(frame, section)
        else:
            entries = _entries(request, section, following)
            own = _numeral_chords(frame, section, entries)
        own = [bared(chord, section.key, request.style.harmony.plain) for chord in own]
        marks += [(chord.at, chord, section.key) for chord in own]
    marks = _named_once(marks)
    ends = [*(at for at, _, _ in marks[1:]), frame.grid.end]
    return tuple(
        ChordSpan(at, end, chord, key)
        for (at, chord, key), end in zip(marks, ends, strict=True)
        if at < end
    )


def _named_once(
    marks: list[tuple[Beat, ChordSymbol, Key]],
) -> list[tuple[Beat, ChordSymbol, Key]]:
    found: list[tuple[Beat, ChordSymbol, Key]] = []
    for mark in marks:
        if found and str(found[-1][1]) == str(mark[1]) and found[-1][2] == mark[2]:
            continue
        found.append(mark)
    return found


def _theme_chords(frame: Frame, section: Section) -> list[ChordSymbol]:
    """The theme's harmony moved to the section's key and bars."""
    if section.theme is None:
        return []
    theme = recast_theme(section.theme, section.key)
    length = theme.meter.length.quarters
    found: list[ChordSymbol] = []
    for module, bar in zip(section.modules, section.theme_bars, strict=True):
        start, end = bar * length, (bar + 1) * length
        earlier = [chord for chord in theme.chords if chord.at.quarters <= start]
        opening = earlier[-1] if earlier else theme.chords[0] if theme.chords else None
        if opening is None:
            opening = roman("i" if section.key.is_minor else "I", section.key, module.start)
        found.append(replace(opening, at=module.start))
        for chord in theme.chords:
            if start < chord.at.quarters < end:
                at = place_in_module(frame, theme.meter, module, chord.at.quarters - start)
                if at > found[-1].at:
                    found.append(replace(chord, at=at))
    return found


def _numeral_chords(frame: Frame, section: Section, entries: Sequence[str]) -> list[ChordSymbol]:
    found = []
    for module, entry in zip(section.modules, entries, strict=True):
        numerals = in_bar(entry)
        for number, numeral in enumerate(numerals):
            at = module.start if number == 0 else _middle(frame, module)
            found.append(roman(numeral, section.key, at))
    return found


def _middle(frame: Frame, module: Module) -> Beat:
    """The felt beat nearest the middle of a module."""
    half = module.start + Beats(module.length.quarters / 2)
    places = [module.start]
    while places[-1] < module.end:
        places.append(places[-1] + Beats(frame.beat_length(places[-1])))
    inside = [place for place in places if module.start < place < module.end]
    if not inside:
        return half
    return min(inside, key=lambda place: (abs((place - half).quarters), -place.quarters))


def _entries(request: CueRequest, section: Section, following: Section | None) -> list[str]:
    """The numerals of a section that does not state the theme, one entry a module."""
    count = len(section.modules)
    harmony = request.style.harmony
    mode = section.key.mode
    random = stream(request.seed, "chords", request.cue.id, section.index)
    tonic = "i" if section.key.is_minor else "I"
    cadence = random.choice(harmony.cadences(mode))
    if section.part is Part.CLOSE:
        return [_last_chord(request, section)] * count
    if section.part is Part.TAG:
        return _cycled(cadence[:-1] or (tonic,), count)
    if section.part is Part.INTRODUCTION:
        vamp = random.choice(harmony.vamps(mode))
        return _cycled([entry for entry in vamp for _ in range(max(1, count // 2))], count)
    if section.part is Part.FADE:
        return _fading(random.choice(harmony.vamps(mode)), tonic, count)
    phrase, swings = _phrase(request, section, random)
    spread = harmony.modules_per_chord if count >= 4 else 1
    entries = _cycled([entry for entry in phrase for _ in range(spread)], count)
    if section.part is Part.EPISODE and cadences_live(request):
        ends = phrases_of_episode(request, section).ends
        minor = section.key.is_minor
        closing = stream(request.seed, "closing", request.cue.id, section.index)
        entries = closed_phrases(entries, ends, cadence, closing, minor=minor, swings=swings)
    if section.part is Part.EPISODE and following is not None and count > 1:
        entries[-1] = _leading(section.key, following.key, cadence)
        if count > 3 and cadences_live(request):
            entries[-2] = _prepared(section.key, following.key, cadence)
    leads_on = request.cue.way_out is WayOut.SEGUE and following is None
    if leads_on and request.segue_key is not None:
        entries[-1] = _leading(section.key, request.segue_key, cadence)
    elif request.cue.way_out in (WayOut.CUT, WayOut.SEGUE) and following is None and count > 1:
        entries[-1] = in_bar(cadence[-2])[-1] if len(cadence) > 1 else entries[-1]
    return entries


def cadences_live(request: CueRequest) -> bool:
    """Whether a style closes its phrases by chords: drones, rows and modes of their own do not."""
    style = request.style
    return style.harmony.symbols and not style.harmony.plain and not style.own_modes


def _last_chord(request: CueRequest, section: Section) -> str:
    """The tonic, coloured as the theme's own last chord where that is the tonic too."""
    theme, minor = request.main_theme, section.key.is_minor
    plain = "i" if minor else "I"
    if not theme.chords or theme.chords[-1].root != theme.key:
        return plain
    same_mode = Key(theme.key, theme.mode).is_minor == minor
    return _TONICS.get(theme.chords[-1].quality, plain) if same_mode else plain


_TONICS = {
    "major": "I",
    "minor": "i",
    "major-seventh": "Imaj7",
    "minor-seventh": "i7",
    "major-sixth": "I6",
    "minor-sixth": "i6",
}


def _fading(vamp: Sequence[str], tonic: str, count: int) -> list[str]:
    """A vamp at half speed that comes to rest on the tonic."""
    entries = _cycled([entry for entry in vamp for _ in range(2)], count)
    entries[-1] = tonic
    if count > 2:
        entries[-2] = tonic
    return entries


def _phrase(request: CueRequest, section: Section, random: Random) -> tuple[tuple[str, ...], bool]:
    """A swinging pair that says the tone's word, or one of the style's progressions; which."""
    style, mood = request.style, request.mood
    family = mode_family(section.key.mode)
    tense = section.tension >= 1
    if section.tension <= -1:
        progressions = style.harmony.progressions(section.key.mode)
        return min(progressions, key=_strained(section.key)), False
    names = TENSE if tense else mood.classes or style.harmony.classes
    pairs = classes_for(family, names)
    asked = tense or bool(mood.classes)
    if pairs and random.random() < (0.85 if tense else 0.65 if asked else 0.4):
        one, other = random.choice(pairs)
        return (one, other, one, other), True
    return random.choice(style.harmony.progressions(section.key.mode)), False


def _strained(key: Key) -> Callable[[tuple[str, ...]], float]:
    """How far the chords of a phrase lie from a key, on the whole."""

    def strain(phrase: tuple[str, ...]) -> float:
        numerals = [numeral for entry in phrase for numeral in in_bar(entry)]
        return fmean(chord_strain(roman(one, key, Beat(0)), key) for one in numerals)

    return strain


def _leading(key: Key, into: Key, cadence: Sequence[str]) -> str:
    """What leads to the next section: its dominant, told as a numeral of the present key."""
    if key == into:
        return in_bar(cadence[-2])[-1] if len(cadence) > 1 else "V"
    up = (into.home.key - key.home.key) % 12
    return _DOMINANTS_OF[up]


def _prepared(key: Key, into: Key, cadence: Sequence[str]) -> str:
    """What comes before that: the style's own chord in one key, else the new key's subdominant."""
    if key == into and len(cadence) > 2:
        return in_bar(cadence[-3])[-1]
    up = (into.home.key - key.home.key) % 12
    numeral = _DOMINANTS_OF[(up - 2) % 12].removesuffix("7")
    if not into.is_minor:
        return numeral
    return numeral[: -len(numeral.lstrip("bn#"))] + numeral.lstrip("bn#").lower()


_DOMINANTS_OF = {
    0: "V7",
    1: "bVI7",
    2: "nVI7",
    3: "bVII7",
    4: "nVII7",
    5: "I7",
    6: "bII7",
    7: "nII7",
    8: "bIII7",
    9: "nIII7",
    10: "nIV7",
    11: "#IV7",
}
"""The dominant seventh of a key so many semitones up, as a numeral of the key left."""


def _cycled(entries: Sequence[str], count: int) -> list[str]:
    return [entries[index % len(entries)] for index in range(count)]

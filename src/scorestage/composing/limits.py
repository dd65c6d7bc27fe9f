"""What a cue must not do: beyond its players' compass, or what the director wants avoided."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import replace

from scorestage.composing.request import CueRequest
from scorestage.music import Dynamic, PitchRange
from scorestage.music.harmony import mode_family
from scorestage.music.key import Key
from scorestage.music.style import Style

NARROWEST = {"melody": 12, "pad": 15, "bass": 12}
"""How many semitones are left to tune, chords and bass at least, wherever the players end."""
_HIGH, _LOW = 79, 57
"""Where a tune counts as high, where as low, in MIDI keys."""
_DRIVEN = {"drums", "percussion", "percussive", "beat", "beats", "groove", "rhythm", "rhythmic"}
_OF_FAMILY = {"major": {"major", "cheerful", "happy"}, "minor": {"minor", "gloomy"}}
_SHRILL = {"high", "shrill", "piercing"}
_DISSONANT = {"dissonance", "dissonant", "dissonances", "chromatic", "chromaticism"}
_FEW = ("pad", "drone", "sparse", "tremolo", "chorale", "arpeggio")


def suited(request: CueRequest, idioms: Collection[str]) -> tuple[CueRequest, tuple[str, ...]]:
    """The request with its style held within what may be, and what of `avoid` was not understood.

    The players' compass narrows the registers; words to avoid leave out idioms, modes, dynamics,
    registers, the counter-melody or dissonance.
    """
    style, left = request.style, []
    for phrase in request.brief.avoid:
        changed = _without(style, phrase, idioms)
        if changed is None:
            left.append(f"nothing is known to leave out for avoiding {phrase!r}")
        else:
            style = changed
    if request.compass is not None:
        style = _within(style, request.compass)
    return replace(request, style=style), tuple(left)


def avoids_dissonance(request: CueRequest) -> bool:
    """Whether chords must stay plain, however tense the music."""
    return bool(_unwanted(request) & _DISSONANT)


def avoids_height(request: CueRequest) -> bool:
    """Whether nothing must lie high."""
    return bool(_unwanted(request) & _SHRILL)


def _unwanted(request: CueRequest) -> set[str]:
    return {word for phrase in request.brief.avoid for word in _words(phrase)}


def _words(phrase: str) -> list[str]:
    return re.findall(r"[a-z]+(?:-[a-z]+)*", phrase.lower())


def _without(style: Style, phrase: str, idioms: Collection[str]) -> Style | None:
    """The style without what a phrase names; None where it names nothing that music can avoid."""
    words = set(_words(phrase))
    if words & _DISSONANT:
        return style
    if "over" in words or "under" in words:
        return style  # a place to stay out of: speech is kept clear anyway
    named = words & set(idioms) | {one for one in idioms if words & {f"{one}s", f"{one}es"}}
    if words & _DRIVEN:
        named = {one for one in idioms if one not in _FEW}
    if named:
        return _no_idioms(style, named)
    for known, change in _CHANGES:
        if words & known:
            return change(style)
    return None


def _no_idioms(style: Style, named: set[str]) -> Style:
    def kept(names: tuple[str, ...]) -> tuple[str, ...]:
        left = tuple(name for name in names if name not in named)
        quiet = tuple(name for name in (*style.idioms_calm, "pad", "drone") if name not in named)
        return left or quiet[:1]

    return replace(
        style,
        idioms_calm=kept(style.idioms_calm),
        idioms_moving=kept(style.idioms_moving),
        idioms_driving=kept(style.idioms_driving),
    )


def _no_family(family: str) -> Callable[[Style], Style]:
    other = "minor" if family == "major" else "major"

    def change(style: Style) -> Style:
        left = tuple(mode for mode in style.modes if mode_family(mode) != family)
        return replace(style, modes=left or (other,))

    return change


def _no_high(style: Style) -> Style:
    low, high = style.melody.low.key, min(style.melody.high.key, _HIGH)
    return replace(style, melody=_range(min(low, high - NARROWEST["melody"]), high))


def _no_low(style: Style) -> Style:
    low, high = max(style.melody.low.key, _LOW), style.melody.high.key
    return replace(style, melody=_range(low, max(high, low + NARROWEST["melody"])))


_CHANGES: tuple[tuple[set[str], Callable[[Style], Style]], ...] = (
    ({"loud", "loudness", "noisy", "bombast", "bombastic", "forte"},
     lambda style: replace(style, loudest=_softer(style.loudest, Dynamic.MF),
                           normal=_softer(style.normal, Dynamic.MP))),
    (_OF_FAMILY["major"], _no_family("major")),
    (_OF_FAMILY["minor"], _no_family("minor")),
    (_SHRILL, _no_high),
    ({"low", "rumbling", "muddy"}, _no_low),
    ({"counter-melody", "counterpoint", "busy", "clutter"},
     lambda style: replace(style, counter_melody=False)),
    ({"staccato", "marcato"}, lambda style: replace(style, articulation="legato")),
    ({"legato"}, lambda style: replace(style, articulation="detached")),
    ({"swing"}, lambda style: replace(style, swing=Style("", "").swing)),
)  # fmt: skip


def _softer(one: Dynamic, other: Dynamic) -> Dynamic:
    return min(one, other, key=lambda dynamic: dynamic.level)


def lowered(request: CueRequest, semitones: int) -> CueRequest:
    """The request with the tune's register so much lower, as far as the players reach."""
    own = request.style.melody
    melody = _range(own.low.key - semitones, own.high.key - semitones)
    if request.compass is not None:
        melody = _cut(melody, request.compass, NARROWEST["melody"])
    return replace(request, style=replace(request.style, melody=melody))


def _within(style: Style, compass: PitchRange) -> Style:
    """The registers cut to what the players reach, each left wide enough to be music."""
    cut = {
        name: _cut(getattr(style, name), compass, narrowest)
        for name, narrowest in NARROWEST.items()
    }
    return replace(style, melody=cut["melody"], pad=cut["pad"], bass=cut["bass"])


def _cut(own: PitchRange, compass: PitchRange, narrowest: int) -> PitchRange:
    low = max(own.low.key, compass.low.key)
    high = min(own.high.key, compass.high.key)
    if (low, high) == (own.low.key, own.high.key):
        return own
    if high - low < narrowest:
        low = max(compass.low.key, min(low, compass.high.key - narrowest))
        high = max(high, low + narrowest)
    return _range(low, high)


def _range(low: int, high: int) -> PitchRange:
    spell = Key("C").spell
    return PitchRange(spell(low), spell(high))


def asked_mode(request: CueRequest, mode: str) -> str:
    """The mode wished for, or the style's first where the mode's family is to be avoided."""
    unwanted = _unwanted(request)
    banned = {family for family, words in _OF_FAMILY.items() if unwanted & words}
    if mode_family(mode) in banned and len(banned) == 1:
        return request.style.modes[0]
    return mode

"""What an orchestrator knows of instruments: what they suit, how strong they are, where they sing.

Everything is read from the catalogue's facts, so an instrument that a person adds is treated by
its family, range and registers even if its file says nothing about roles.
"""

from __future__ import annotations

from enum import StrEnum
from fractions import Fraction
from functools import lru_cache

from scorestage.music import Family, Instrument, Player, Role
from scorestage.orchestration.tunings import SCALES

IMPOSSIBLE = 1e6
_OUT_OF_TUNE = 15.0
"""For a tone that an instrument of one scale has only by tricks, on the composer's own word."""
_ALL_TONES = range(12)
_DIVIDE_FROM = 4
FEET = frozenset({"kick", "pedal-hi-hat"})
"""Strokes of a drum kit that feet play."""
_CHANGE_SECONDS = {Family.WOODWIND: 6.0, Family.BRASS: 6.0, Family.PERCUSSION: 3.0}


class Colour(StrEnum):
    """Groups that blend: the choirs of an ensemble."""

    STRINGS = "strings"
    WOODWIND = "woodwind"
    BRASS = "brass"
    VOICES = "voices"
    KEYS = "keys"
    PLUCKED = "plucked"
    MALLETS = "mallets"
    SYNTH = "synth"
    TIMPANI = "timpani"
    DRUMS = "drums"


@lru_cache(maxsize=1024)
def colour(instrument: Instrument) -> Colour:
    """The choir an instrument belongs to."""
    if instrument.drums or instrument.professional is None:
        return Colour.DRUMS
    if instrument.id == "timpani" or "timpani" in instrument.musicxml_sound:
        return Colour.TIMPANI
    plain = {
        Family.STRINGS: Colour.STRINGS,
        Family.WOODWIND: Colour.WOODWIND,
        Family.BRASS: Colour.BRASS,
        Family.VOICE: Colour.VOICES,
        Family.KEYBOARD: Colour.KEYS,
        Family.PLUCKED: Colour.PLUCKED,
        Family.RHYTHM: Colour.PLUCKED,
        Family.SYNTH: Colour.SYNTH,
        Family.PERCUSSION: Colour.MALLETS,
    }
    return plain[instrument.family]


_DEFAULTS: dict[Colour, tuple[int, int, int, int, int, int]] = {
    # melody, counter, harmony, rhythm, colour, accent
    Colour.STRINGS: (8, 8, 8, 8, 5, 7),
    Colour.WOODWIND: (7, 7, 6, 5, 6, 3),
    Colour.BRASS: (6, 6, 8, 5, 3, 8),
    Colour.VOICES: (7, 7, 8, 2, 5, 4),
    Colour.KEYS: (6, 6, 8, 7, 6, 7),
    Colour.PLUCKED: (6, 5, 8, 7, 6, 5),
    Colour.MALLETS: (3, 3, 4, 6, 8, 5),
    Colour.SYNTH: (7, 6, 8, 7, 6, 6),
    Colour.TIMPANI: (0, 0, 0, 4, 3, 9),
    Colour.DRUMS: (0, 0, 0, 7, 5, 9),
}
_ORDER = (Role.MELODY, Role.COUNTER, Role.HARMONY, Role.RHYTHM, Role.COLOUR, Role.ACCENT)
_SUIT_NAMES = {
    Role.MELODY: "melody",
    Role.COUNTER: "counter",
    Role.HARMONY: "harmony",
    Role.RHYTHM: "rhythm",
    Role.BASS: "bass",
    Role.COLOUR: "colour",
    Role.ACCENT: "accent",
}


@lru_cache(maxsize=4096)
def suit(instrument: Instrument, role: Role) -> int:
    """How well an instrument takes a role, 0 to 10: as its file says, else by its kind."""
    written = dict(instrument.suits).get(_SUIT_NAMES[role])
    if written is not None:
        return written
    group = colour(instrument)
    if role is Role.BASS:
        easy = instrument.comfortable
        if easy is None or group in (Colour.TIMPANI, Colour.DRUMS):
            return 0
        return max(0, min(9, 9 - (easy.low.key - 34) // 2))
    return _DEFAULTS[group][_ORDER.index(role)]


@lru_cache(maxsize=4096)
def strength(instrument: Instrument, count: int, level: float) -> float:
    """How much a player (or section) weighs at a level, in trumpets at forte.

    Between piano and forte the catalogue's two weights are joined by a straight line; for bowed
    strings they are meant for a section, one player alone weighs half.
    """
    soft, loud = float(Fraction(instrument.weight_p)), float(Fraction(instrument.weight_f))
    share = max(0.0, min(1.0, (level + 2) / 3))
    weight = soft + (loud - soft) * share
    alone = instrument.family is Family.STRINGS and count < _DIVIDE_FROM
    return weight / 2 if alone else weight


def key_cost(instrument: Instrument, key: int, level: float) -> float:
    """What it costs to have this MIDI key played at this level: 0 sings, `IMPOSSIBLE` is no note.

    Outside the comfortable range it costs, and where the register cannot be that loud or soft.
    """
    return key_costs(instrument, level)[key] if 0 <= key <= 127 else IMPOSSIBLE


@lru_cache(maxsize=4096)
def key_costs(instrument: Instrument, level: float) -> tuple[float, ...]:
    """The cost of each of the 128 MIDI keys at one level."""
    return tuple(_key_cost(instrument, key, level) for key in range(128))


def _key_cost(instrument: Instrument, key: int, level: float) -> float:
    wide, easy = instrument.professional, instrument.comfortable
    if wide is None or not wide.low.midi <= key <= wide.high.midi:
        return IMPOSSIBLE
    cost = 0.0
    if easy is not None:
        outside = max(easy.low.key - key, key - easy.high.key, 0)
        if outside:
            cost += 3.0 + outside / 2
        middle = (easy.low.key + easy.high.key) / 2
        cost += abs(key - middle) / (easy.high.key - easy.low.key + 1)
    if key % 12 not in SCALES.get(instrument.id, _ALL_TONES):
        cost += _OUT_OF_TUNE
    for band in instrument.bands:
        if band.low.midi <= key <= band.high.midi:
            cost += 1.6 * max(0.0, level - 0.5 - band.loudest.level)
            cost += 1.6 * max(0.0, band.softest.level - level - 0.5)
    return cost


def register_word(instrument: Instrument, key: int) -> str:
    """What that register is like, in the catalogue's words."""
    for band in instrument.bands:
        if band.low.midi <= key <= band.high.midi:
            return band.colour
    return ""


def can_divide(player: Player, instrument: Instrument) -> bool:
    """Whether it is a section that can play in two parts."""
    return player.count >= _DIVIDE_FROM


def lines_at_once(player: Player, instrument: Instrument) -> int:
    """How many different lines one chair can take in a phrase."""
    if colour(instrument) in (Colour.TIMPANI, Colour.DRUMS):
        return 0
    if can_divide(player, instrument):
        return 2
    return min(8, instrument.max_polyphony)


def is_chordal(instrument: Instrument) -> bool:
    """Whether one player plays chords on it as a matter of course."""
    return instrument.max_polyphony >= 3 and not instrument.drums


def breathes(instrument: Instrument) -> bool:
    """Whether the player has to breathe."""
    return instrument.sustain_f_seconds > 0


def breath_seconds(instrument: Instrument, level: float) -> float:
    """How long one breath lasts at a level."""
    share = max(0.0, min(1.0, (level + 2) / 3))
    soft, loud = instrument.sustain_p_seconds, instrument.sustain_f_seconds
    return soft + (loud - soft) * share


def change_seconds(instrument: Instrument) -> float:
    """How long it takes to put another instrument down and take this one up."""
    if instrument.change_seconds:
        return float(instrument.change_seconds)
    return _CHANGE_SECONDS.get(instrument.family, 4.0)


def is_horn(instrument: Instrument) -> bool:
    """Whether it is a horn, whose players sit high, low, high, low."""
    return instrument.musicxml_sound == "brass.french-horn" or instrument.id == "horn"


def is_harp(instrument: Instrument) -> bool:
    """Whether it is a harp with pedals; a harpsichord is none, nor is a jew's harp."""
    return instrument.musicxml_sound == "pluck.harp"


def is_kit(instrument: Instrument) -> bool:
    """Whether it is a drum kit or machine, which keeps time, not orchestral percussion."""
    return bool(instrument.drums) and instrument.family in (Family.RHYTHM, Family.SYNTH)


def has_two_hands(instrument: Instrument) -> bool:
    """Whether its two staves are a right and a left hand."""
    return instrument.staves > 1 and colour(instrument) is not Colour.MALLETS

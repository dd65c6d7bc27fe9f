"""Chords by name: their tones, Roman numerals, and what becomes of them in another key."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from math import floor

from scorestage.errors import MusicError
from scorestage.music.key import MODES, Key
from scorestage.music.marks import ChordSymbol
from scorestage.music.pitch import Interval, Pitch
from scorestage.timebase import Beat

CHORD_INTERVALS: dict[str, tuple[tuple[int, int], ...]] = {
    "major": ((0, 0), (2, 4), (4, 7)),
    "minor": ((0, 0), (2, 3), (4, 7)),
    "diminished": ((0, 0), (2, 3), (4, 6)),
    "augmented": ((0, 0), (2, 4), (4, 8)),
    "dominant": ((0, 0), (2, 4), (4, 7), (6, 10)),
    "major-seventh": ((0, 0), (2, 4), (4, 7), (6, 11)),
    "minor-seventh": ((0, 0), (2, 3), (4, 7), (6, 10)),
    "half-diminished": ((0, 0), (2, 3), (4, 6), (6, 10)),
    "diminished-seventh": ((0, 0), (2, 3), (4, 6), (6, 9)),
    "suspended-fourth": ((0, 0), (3, 5), (4, 7)),
    "suspended-second": ((0, 0), (1, 2), (4, 7)),
    "power": ((0, 0), (4, 7)),
    "major-minor": ((0, 0), (2, 3), (4, 7), (6, 11)),
    "major-sixth": ((0, 0), (2, 4), (4, 7), (5, 9)),
    "minor-sixth": ((0, 0), (2, 3), (4, 7), (5, 9)),
    "dominant-ninth": ((0, 0), (2, 4), (4, 7), (6, 10), (8, 14)),
    "major-ninth": ((0, 0), (2, 4), (4, 7), (6, 11), (8, 14)),
    "minor-ninth": ((0, 0), (2, 3), (4, 7), (6, 10), (8, 14)),
}
"""Each quality's tones above its root, as (staff steps, semitones)."""

_NUMERAL = re.compile(r"([b#n]?)([IV]+|[iv]+)([^/>]*)(?:/([357]))?(?:>(.+))?")
_DEGREES = {"I": 0, "II": 1, "III": 2, "IV": 3, "V": 4, "VI": 5, "VII": 6}
_UPPER = {
    "": "major",
    "7": "dominant",
    "maj7": "major-seventh",
    "+": "augmented",
    "sus4": "suspended-fourth",
    "sus2": "suspended-second",
    "5": "power",
    "6": "major-sixth",
    "9": "dominant-ninth",
    "maj9": "major-ninth",
}
_LOWER = {
    "": "minor",
    "7": "minor-seventh",
    "o": "diminished",
    "o7": "diminished-seventh",
    "h7": "half-diminished",
    "6": "minor-sixth",
    "9": "minor-ninth",
    "maj7": "major-minor",
}


@cache
def chord_tones(chord: ChordSymbol) -> tuple[Pitch, ...]:
    """The tones of a chord from its root in octave 4 upward; for `other` only root and fifth.

    >>> [str(tone) for tone in chord_tones(ChordSymbol(Beat(0), "D", "dominant"))]
    ['D4', 'F#4', 'A4', 'C5']
    """
    root = Pitch.parse(f"{chord.root}4")
    intervals = CHORD_INTERVALS.get(chord.quality, CHORD_INTERVALS["power"])
    return tuple(root.moved(Interval(*interval)) for interval in intervals)


def in_chord(pitch: Pitch, chord: ChordSymbol) -> bool:
    """Whether `pitch` sounds like one of the chord's tones."""
    return any((tone.key - pitch.key) % 12 == 0 for tone in chord_tones(chord))


def bass_name(chord: ChordSymbol) -> str:
    """The tone that stands in the bass: the one named, else the root."""
    return chord.bass or chord.root


def tone_name(pitch: Pitch) -> str:
    """Step and alteration of a pitch, as chord symbols name roots: `F#`.

    Chords stand on the twelve tones: a quarter tone is named as the tone below it.

    >>> from fractions import Fraction
    >>> tone_name(Pitch("B", Fraction(-1, 2), 4))
    'Bb'
    """
    tempered = replace(pitch, alter=floor(pitch.alter))
    return str(tempered)[: -len(str(pitch.octave))]


@cache
def roman(numeral: str, key: Key, at: Beat) -> ChordSymbol:
    """The chord a Roman numeral names in `key`; raises `MusicError` for what is none.

    Without a sign the root is that step of the major scale, in the minor-like modes of the minor
    scale; with `b`, `#` or `n` it is always counted from the major scale. Upper case is major,
    lower case minor; then `7 maj7 + sus4 sus2 5 6 9 maj9`, in lower case `7 o o7 h7 6 9 maj7`.
    `/3`, `/5`, `/7` put that tone in the bass; `V7>ii` is the dominant seventh of ii.

    >>> str(roman("bVI", Key("C"), Beat(0))), str(roman("V7>ii", Key("C"), Beat(0)))
    ('Ab', 'A7')
    """
    match = _NUMERAL.fullmatch(numeral)
    if match is None or match[2].upper() not in _DEGREES:
        raise MusicError(f"{numeral!r} is no Roman numeral", do="write for example iv, V7 or bVI/3")
    sign, letters, suffix, inversion, of = match.groups()
    if of:
        target = roman(of, key, at)
        key = Key(target.root, "major")
    qualities = _UPPER if letters.isupper() else _LOWER
    if suffix not in qualities:
        raise MusicError(f"{numeral!r}: unknown chord {suffix!r}", do=f"known: {list(qualities)}")
    degree = _DEGREES[letters.upper()]
    if sign:
        shift = {"b": -1, "#": 1, "n": 0}[sign]
        root = Key(key.tonic, "major").at(degree, shift)
    else:
        root = Key(key.tonic, mode_family(key.mode)).at(degree)
    chord = ChordSymbol(at, tone_name(root.simply_spelled()), qualities[suffix])
    return _inverted(chord, inversion)


def _inverted(chord: ChordSymbol, inversion: str | None) -> ChordSymbol:
    if not inversion:
        return chord
    tones = chord_tones(chord)
    index = {"3": 1, "5": 2, "7": 3}[inversion]
    if index >= len(tones):
        raise MusicError(f"the chord {chord} has no seventh to put in the bass")
    return replace(chord, bass=tone_name(tones[index].simply_spelled()))


def moved_chord(chord: ChordSymbol, interval: Interval) -> ChordSymbol:
    """The chord an interval away, simply spelled.

    >>> str(moved_chord(ChordSymbol(Beat(0), "A", "minor"), Interval(2, 4)))
    'C#m'
    """
    return replace(
        chord,
        root=_moved_name(chord.root, interval),
        bass=_moved_name(chord.bass, interval) if chord.bass else "",
    )


def _moved_name(name: str, interval: Interval) -> str:
    return tone_name(Pitch.parse(f"{name}4").moved(interval).simply_spelled())


def recast_chord(chord: ChordSymbol, key: Key, into: Key) -> ChordSymbol:
    """The chord that is to `into` what `chord` is to `key`.

    Diatonic chords take the quality the new mode gives them; a dominant stays a dominant and
    chromatic chords keep their quality.

    >>> str(recast_chord(ChordSymbol(Beat(0), "A", "minor"), Key("C"), Key("C", "minor")))
    'Ab'
    """
    steps, alter = key.steps_of(Pitch.parse(f"{chord.root}4"))
    seventh = _is_seventh(chord.quality)
    quality = chord.quality
    leads = steps % 7 == 4 and quality in ("major", "dominant")
    if alter == 0 and not leads and quality == diatonic_quality(key, steps, seventh=seventh):
        natural = diatonic_quality(into, steps, seventh=seventh)
        if steps % 7 == 6 and natural in ("diminished", "half-diminished"):
            alter = into.scale[0] + 10 - into.scale[6]
        else:
            quality = natural or quality
    new_root = into.at(steps, alter)
    recast = replace(chord, root=tone_name(new_root.simply_spelled()), quality=quality, bass="")
    if not chord.bass:
        return recast
    place = _place_in_chord(chord)
    tones = chord_tones(recast)
    if place is None or place >= len(tones):
        return recast
    return replace(recast, bass=tone_name(tones[place].simply_spelled()))


def _place_in_chord(chord: ChordSymbol) -> int | None:
    bass = Pitch.parse(f"{chord.bass}4").key % 12
    for index, tone in enumerate(chord_tones(chord)):
        if tone.key % 12 == bass:
            return index
    return None


def _is_seventh(quality: str) -> bool:
    return quality in {
        "dominant",
        "major-seventh",
        "minor-seventh",
        "half-diminished",
        "diminished-seventh",
    }


def diatonic_quality(key: Key, steps: int, *, seventh: bool = False) -> str | None:
    """The quality of the triad (or seventh chord) the scale builds on a step; None for odd ones."""
    count = 4 if seventh else 3
    root = key.at(steps)
    shape = tuple((2 * index, key.at(steps + 2 * index).midi - root.midi) for index in range(count))
    for quality, intervals in CHORD_INTERVALS.items():
        if intervals == shape:
            return quality
    return None


def pitch_under(key: Key, steps: int, chord: ChordSymbol) -> Pitch:
    """The pitch on a step of the scale as the chord bends it: its own tones win over the scale.

    >>> str(pitch_under(Key("A", "minor"), 6, ChordSymbol(Beat(0), "E", "major")))
    'G#5'
    """
    pitch = key.at(steps)
    for tone in chord_tones(chord):
        if tone.step == pitch.step:
            octave = pitch.octave
            return Pitch(tone.step, tone.alter, octave)
    return pitch


def bared(chord: ChordSymbol, key: Key, plain: str) -> ChordSymbol:
    """The chord as modal music takes it: `fifths` without its third, `drone` the tonic's fifth.

    >>> str(bared(ChordSymbol(Beat(0), "G", "dominant"), Key("C"), "fifths"))
    'G5'
    """
    if plain == "fifths":
        return replace(chord, quality="power", bass="")
    if plain == "drone":
        return replace(chord, root=key.tonic, quality="power", bass="")
    return chord


def leading_tone(key: Key) -> int:
    """The pitch class that leads up to the tonic, 0 to 11."""
    return (key.home.key - 1) % 12


def mode_family(mode: str) -> str:
    """`major` or `minor`, by the third of the mode."""
    return "minor" if MODES[mode or "major"][2] == 3 else "major"

"""The same tune in another light: modal, by chromatic mediants, over a pedal, in fourths.

No note of the tune changes in any of them; undoing one is taking the theme's own chords again.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from random import Random
from typing import TypeVar

from scorestage.errors import MusicError
from scorestage.music.feel import felt_beats, middle_of_bar, stress_in_bar
from scorestage.music.harmony import chord_tones, in_chord, tone_name
from scorestage.music.key import Key
from scorestage.music.marks import ChordSymbol
from scorestage.music.theme import Theme
from scorestage.thematics.harmonising import harmonise
from scorestage.thematics.operations import key_of, varied
from scorestage.thematics.riemannian import MEDIANTS, Triad, word_between
from scorestage.timebase import Beat

_MODAL_MAJOR = ("I", "ii", "IV", "v", "vi", "bVII", "iii")
_MODAL_MINOR = ("i", "III", "iv", "IV", "v", "VI", "VII", "ii")
_BEAM = 24
_Kind = TypeVar("_Kind")
_WORD_COST = {"": 0.35, "P": 0.5, "L": 0.5, "R": 0.6, "LPR": 0.4, "LPL": 0.4}


def functional(theme: Theme, seed: int = 0) -> Theme:
    """Other chords of its own key that lead as chords of a key do: a new turn of mind."""
    random = Random(f"{seed}|{theme.id}|functional")
    chords = harmonise(
        theme.notes, key_of(theme), theme.meter, _bars(theme), avoid=theme.chords, random=random
    )
    return varied(theme, "reharmonise-functional", theme.notes, chords=chords)


def modal(theme: Theme, seed: int = 0) -> Theme:
    """Chords of its mode without a leading tone: old, wide, without urgency."""
    key = key_of(theme)
    random = Random(f"{seed}|{theme.id}|modal")
    pool = _MODAL_MINOR if key.is_minor else _MODAL_MAJOR
    chords = harmonise(
        theme.notes, key, theme.meter, _bars(theme), pool=pool, avoid=theme.chords, random=random
    )
    return varied(theme, "reharmonise-modal", theme.notes, chords=chords)


def mediants(theme: Theme, seed: int = 0) -> Theme:
    """Major and minor triads that hold the tune and lie a third apart wherever they can: wonder.

    Each chord is reached by a short word of the moves L, P and R; `riemannian.word_between` tells
    which.
    """
    random = Random(f"{seed}|{theme.id}|mediants")
    key = key_of(theme)
    home = (key.home.key % 12, key.is_minor)
    triads = [(root, minor) for root in range(12) for minor in (False, True)]

    def cost(before: Triad | None, triad: Triad) -> float:
        if before is None:
            return 0.0 if triad == home else 1.5
        word = word_between(before, triad)
        own = 0.0 if word in MEDIANTS else _WORD_COST.get(word, 0.7 + 0.15 * len(word))
        return own + 0.25 * random.random()

    chosen = _chain(theme, triads, _as_chord, cost)
    return varied(theme, "reharmonise-mediants", theme.notes, chords=chosen)


def quartal(theme: Theme, seed: int = 0) -> Theme:
    """Stacks of fourths that hold the tune, moved by steps: open, modern, undecided."""
    random = Random(f"{seed}|{theme.id}|quartal")

    def as_chord(root: int, key: Key, at: Beat) -> ChordSymbol:
        middle = Key("C", "major").moved((root + 5) % 12).tonic
        lowest = Key("C", "major").moved(root).tonic
        return ChordSymbol(at, middle, "suspended-fourth", bass=lowest)

    def cost(before: int | None, root: int) -> float:
        if before is None:
            return 0.0
        apart = min((root - before) % 12, (before - root) % 12)
        return (0.8 if apart == 0 else 0.0 if apart <= 2 else 0.5) + 0.25 * random.random()

    chosen = _chain(theme, list(range(12)), as_chord, cost)
    return varied(theme, "reharmonise-quartal", theme.notes, chords=chosen)


def pedal(theme: Theme, on: int = 0) -> Theme:
    """Its own chords over one held bass, the step `on` above the tonic (0; 4: the dominant).

    Raises `MusicError` for a theme without chords.
    """
    if not theme.chords:
        raise MusicError(f"the theme {theme.id} has no chords to hold a bass under")
    bass = tone_name(key_of(theme).at(on).simply_spelled())
    chords = tuple(
        replace(chord, bass="" if chord.root == bass else bass) for chord in theme.chords
    )
    return varied(theme, "reharmonise-pedal", theme.notes, chords=chords)


def _bars(theme: Theme) -> int:
    return int(theme.length.quarters / theme.meter.length.quarters)


def _as_chord(triad: Triad, key: Key, at: Beat) -> ChordSymbol:
    root, minor = triad
    name = Key("C", "minor" if minor else "major").moved(root).tonic
    return ChordSymbol(at, name, "minor" if minor else "major")


def _places(theme: Theme) -> list[tuple[Fraction, Fraction]]:
    """Where a chord may stand: bars, halves of bars of four felt beats or more."""
    bar, middle = theme.meter.length.quarters, middle_of_bar(theme.meter)
    halves = len(felt_beats(theme.meter)) >= 4
    found = []
    for number in range(_bars(theme)):
        start = number * bar
        cut = [start, start + middle, start + bar] if halves else [start, start + bar]
        found += list(pairwise(cut))
    return found


def _chain(
    theme: Theme,
    kinds: Sequence[_Kind],
    as_chord: Callable[[_Kind, Key, Beat], ChordSymbol],
    cost: Callable[[_Kind | None, _Kind], float],
) -> tuple[ChordSymbol, ...]:
    """The cheapest chain of chords that hold what the tune leans on."""
    key = key_of(theme)
    table: list[tuple[float, tuple[_Kind, ...]]] = [(0.0, ())]
    places = _places(theme)
    for start, end in places:
        fits = {
            kind: 2.0 * _misfit(theme, as_chord(kind, key, Beat(start)), start, end)
            for kind in kinds
        }
        best: dict[_Kind, tuple[float, tuple[_Kind, ...]]] = {}
        for kind, own in fits.items():
            reached = (
                (sum_so_far + own + cost(path[-1] if path else None, kind), (*path, kind))
                for sum_so_far, path in table
            )
            best[kind] = min(reached, key=lambda entry: entry[0])
        table = sorted(best.values(), key=lambda entry: entry[0])[:_BEAM]
    path = table[0][1]
    return tuple(
        as_chord(kind, key, Beat(start))
        for place, (kind, (start, _)) in enumerate(zip(path, places, strict=True))
        if not place or kind != path[place - 1]
    )


def _misfit(theme: Theme, chord: ChordSymbol, start: Fraction, end: Fraction) -> float:
    """How much of what sounds there the chord does not hold, weighed by length and stress."""
    bar = theme.meter.length.quarters
    total = 0.0
    for note in theme.notes:
        onset, stop = max(note.onset.quarters, start), min(note.end.quarters, end)
        if note.top is None or stop <= onset or in_chord(note.top, chord):
            continue
        stress = stress_in_bar(theme.meter, onset % bar)
        clash = any((note.top.key - tone.key) % 12 in (1, 11) for tone in chord_tones(chord))
        total += float(stop - onset) * (0.5 + 0.5 * stress) * (1.5 if clash else 1.0)
    return total

"""The lead sheet a theme is made on: its key, its meter, its chords bar by bar."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from random import Random

from scorestage.music.feel import middle_of_bar, stress_in_bar
from scorestage.music.harmony import mode_family, roman
from scorestage.music.key import Key
from scorestage.music.marks import ChordSymbol
from scorestage.music.mood import Mood
from scorestage.music.progressions import classes_for, in_bar
from scorestage.music.style import Style
from scorestage.thematics.line import Slot
from scorestage.thematics.rhythm import Rhythm
from scorestage.timebase import Beat, Meter


@dataclass(frozen=True, slots=True)
class LeadSheet:
    """Key, meter and the numerals of every bar (`ii-V7` divides a bar)."""

    key: Key
    meter: Meter
    entries: tuple[str, ...]
    bar_quarters: Fraction = field(init=False)
    """How long a bar is."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "bar_quarters", self.meter.length.quarters)

    def chords(self) -> tuple[ChordSymbol, ...]:
        """All chords in order, the same one not named twice running."""
        found: list[ChordSymbol] = []
        for bar, entry in enumerate(self.entries):
            for number, numeral in enumerate(in_bar(entry)):
                offset = middle_of_bar(self.meter) if number else Fraction(0)
                at = Beat(bar * self.bar_quarters + offset)
                chord = roman(numeral, self.key, at)
                if not found or str(found[-1]) != str(chord):
                    found.append(chord)
        return tuple(found)

    def chord_at(self, bar: int, offset: Fraction) -> ChordSymbol:
        """The chord under a point of a bar."""
        numerals = in_bar(self.entries[bar])
        second = len(numerals) > 1 and offset >= middle_of_bar(self.meter)
        return roman(numerals[1 if second else 0], self.key, Beat(0))

    def slots(
        self, bar: int, rhythm: Rhythm, targets: tuple[float, float], last: tuple[int, ...] = ()
    ) -> tuple[Slot, ...]:
        """The notes to be found for one bar: the target runs straight from one to the other."""
        offset = Fraction(0)
        found = []
        for length in rhythm:
            if length > 0:
                reached = float(offset / self.bar_quarters)
                target = targets[0] + (targets[1] - targets[0]) * reached
                stress = stress_in_bar(self.meter, offset)
                chord = self.chord_at(bar, offset)
                onset = bar * self.bar_quarters + offset
                found.append(Slot(onset, length, stress, chord, target))
            offset += abs(length)
        if last:
            end = found[-1]
            found[-1] = Slot(end.onset, end.length, end.stress, end.chord, end.target, last)
        return tuple(found)


def draw_sheet(
    style: Style, mood: Mood, key: Key, meter: Meter, form: str, random: Random
) -> LeadSheet:
    """Eight bars of harmony for a form: an opening half, an open end, and a cadence."""
    harmony = style.harmony
    opening = _four(random.choice(harmony.progressions(key.mode)))
    pairs = classes_for(mode_family(key.mode), mood.classes)
    if pairs and random.random() < 0.5:
        one, other = random.choice(pairs)
        opening = (one, other, one, other)
    cadence = random.choice(harmony.cadences(key.mode))
    half_close = in_bar(cadence[-2])[0] if len(cadence) > 1 else cadence[-1]
    others = [entry for entry in harmony.progressions(key.mode) if _four(entry) != opening]
    onward = _four(random.choice(others)) if others else opening[2:] + opening[:2]
    if form == "period":
        first, second = (*opening[:3], half_close), opening[:2]
    elif form == "hybrid":
        first, second = (*opening[:3], half_close), onward[:2]
    elif form == "loop":
        first, second = opening, opening[:2]
    elif form == "ternary":
        first = (opening[0], opening[1], opening[0], cadence[-1])
        return LeadSheet(key, meter, (*first, onward[-1], half_close, opening[0], cadence[-1]))
    else:
        first, second = opening, onward[:2]
    approach = "-".join(numeral for entry in cadence[:-1][-2:] for numeral in in_bar(entry))
    approach = "-".join(in_bar(approach)[-2:]) or opening[2]
    return LeadSheet(key, meter, (*first, *second, approach, cadence[-1]))


def _four(entry: tuple[str, ...]) -> tuple[str, ...]:
    """The first four bars of a phrase, a shorter one repeated."""
    return (entry * 4)[:4]

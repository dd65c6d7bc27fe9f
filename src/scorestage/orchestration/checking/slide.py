"""Trombones: which slide position gives a note, how far the arm must go, what one slide can sweep.

Positions run from 1 (in) to 7 (out), a semitone each. With the F valve the same slide has six, a
little further apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from scorestage.orchestration.checking.repairs import give_away
from scorestage.orchestration.checking.spans import glissandi
from scorestage.orchestration.checking.walk import Event, walk
from scorestage.orchestration.inspection import Heard, Inspection
from scorestage.orchestration.result import FaultKind, Severity

_ARM_SECONDS_PER_POSITION = 0.033
_SPARE = 0.9
_HARMONICS = (0, 12, 19, 24, 28, 31, 34, 36, 38, 40, 41, 43)
"""Semitones of the harmonics 1 to 12 above the fundamental."""
_HIGHEST_HARMONIC_WITH_VALVE = 4
_VALVE_POSITIONS = 6


@dataclass(frozen=True, slots=True)
class Place:
    """A slide position on one harmonic; `valve` counts the semitones of the valves held."""

    position: int
    harmonic: int
    valve: int = 0


@dataclass(frozen=True, slots=True)
class Slide:
    """A trombone: the key of its first harmonic with the slide in, and its valves in semitones."""

    fundamental: int
    valves: tuple[int, ...] = ()

    def places(self, key: int) -> tuple[Place, ...]:
        """All positions for a MIDI key, without valve first.

        >>> [(one.position, one.harmonic) for one in TENOR.places(53)]
        [(1, 3), (6, 4)]
        """
        found = []
        for valve in (0, *self.valves):
            longest = 7 if not valve else (_VALVE_POSITIONS if valve < 7 else 5)
            for harmonic, above in enumerate(_HARMONICS, start=1):
                position = self.fundamental - valve + above - key + 1
                if 1 <= position <= longest and (
                    not valve or harmonic <= _HIGHEST_HARMONIC_WITH_VALVE
                ):
                    found.append(Place(position, harmonic, valve))
        return tuple(found)

    def sweeps(self, first: int, last: int) -> bool:
        """Whether one movement of the slide leads from key to key: one harmonic, one tube.

        A tenor has the tritone from B2 to F3 on its third harmonic; nothing gives it B1 to F2.

        >>> TENOR.sweeps(47, 53), TENOR.sweeps(35, 41), TENOR.sweeps(46, 53)
        (True, False, False)
        """
        return any(
            one.harmonic == other.harmonic and one.valve == other.valve
            for one in self.places(first)
            for other in self.places(last)
        )


TENOR = Slide(34)
TENOR_BASS = Slide(34, (5,))
BASS = Slide(34, (5, 4, 9))
ALTO = Slide(39)
CONTRABASS = Slide(29, (5,))


def slide_of(identifier: str) -> Slide:
    """The slide of a trombone by its catalogue id; a tenor is taken to have the F valve."""
    for word, slide in (("contrabass", CONTRABASS), ("bass", BASS), ("alto", ALTO)):
        if word in identifier:
            return slide
    return TENOR_BASS


def check_slide(inspection: Inspection) -> None:
    """Arms that cannot get there, glissandi that no single slide gives."""
    own = [
        one for one in inspection.heard if "trombone" in one.instrument.id and len(one.keys) == 1
    ]
    if not own or inspection.sharing > 1:
        return
    slide = slide_of(own[0].instrument.id)
    _glissandi(inspection, slide)
    _arm(inspection, own, slide)


def _glissandi(inspection: Inspection, slide: Slide) -> None:
    for one, after in glissandi(inspection):
        if len(one.keys) != 1 or len(after.keys) != 1 or slide.sweeps(one.keys[0], after.keys[0]):
            continue
        low, high = sorted((one.note.sounding[0], after.note.sounding[0]), key=lambda p: p.midi)
        text = f"no single slide leads from {one.note.sounding[0]} to {after.note.sounding[0]}"
        better = _nearest(slide, one.keys[0], after.keys[0])
        repair = better or give_away(inspection, one) or f"break it between {low} and {high}"
        inspection.tell(FaultKind.GLISSANDO, one.start, text, Severity.ERROR, repair)


def _nearest(slide: Slide, first: int, last: int) -> str:
    """The longest glissando toward the same end that the slide gives, at pitch or an octave up."""
    up = last > first
    for octave in (0, 12):
        for semitones in range(min(6, abs(last - first)), 1, -1):
            start = last - semitones if up else last + semitones
            if slide.sweeps(start + octave, last + octave):
                where = "an octave higher, " if octave else ""
                return f"{where}begin it {semitones} semitones from its end: that is one slide"
    return ""


def _arm(inspection: Inspection, own: Sequence[Heard], slide: Slide) -> None:
    """From position to position; fast notes far apart are the wrong notes for a slide."""
    kept = [(one, slide.places(one.keys[0])) for one in own]
    kept = [(one, places) for one, places in kept if places]
    events = []
    kept = [
        (one, places)
        for place, (one, places) in enumerate(kept)
        if not place or kept[place - 1][0].end <= one.start
    ]
    for one, places in kept:
        start, end = inspection.timing.at(one.start), inspection.timing.at(one.end)
        costs = tuple(0.002 * (place.valve > 0) + 0.001 * place.position for place in places)
        events.append(Event(start, start + (end - start) * 0.35, one.start, places, costs))
    for short in walk(events, arm_seconds, spare=_SPARE).shortages:
        one, before = kept[short.index][0], kept[short.index - 1][0]
        text = (
            f"the slide from position {short.before.position} ({before.note.sounding[0]}) to "
            f"{short.after.position} ({one.note.sounding[0]}) needs {short.needs_seconds:.2f} s, "
            f"has {short.has_seconds:.2f} s"
        )
        grave = short.has_seconds < short.needs_seconds / 3
        severity = Severity.WARNING if grave else Severity.ADVICE
        repair = give_away(inspection, one) or "two trombones in turn, or a valved instrument"
        inspection.tell(FaultKind.SLIDE, one.start, text, severity, repair)


def arm_seconds(before: Place, after: Place) -> float:
    """How long the arm takes between two positions.

    >>> round(arm_seconds(Place(1, 4), Place(7, 3)), 3)
    0.198
    """
    return _ARM_SECONDS_PER_POSITION * abs(after.position - before.position)

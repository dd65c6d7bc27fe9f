"""What would mend a fault, in words that can be done: an octave, a colleague, a breath."""

from __future__ import annotations

from fractions import Fraction

from scorestage.music import Instrument, Interval, Pitch
from scorestage.orchestration.inspection import Heard, Inspection
from scorestage.orchestration.timing import Timing

_OCTAVES = (1, -1, 2, -2)
_UNITS = ("eighth", "quarter", "sixteenth", "half")
_QUARTERS = (Fraction(1, 2), Fraction(1), Fraction(1, 4), Fraction(2))
_BUFFER_SECONDS = 0.5


def octave_away(instrument: Instrument, pitch: Pitch) -> str:
    """The nearest octave in which the instrument has the pitch; empty where there is none."""
    wide, easy = instrument.professional, instrument.comfortable
    for limits in (easy, wide):
        for octaves in _OCTAVES if limits is not None else ():
            moved = pitch.moved(Interval(7 * octaves, 12 * octaves))
            if limits is not None and limits.holds(moved):
                far = "an octave" if abs(octaves) == 1 else "two octaves"
                return f"write it {far} {'higher' if octaves > 0 else 'lower'} ({moved})"
    return ""


def colleague(inspection: Inspection, one: Heard, pitch: Pitch | None = None) -> str:
    """Somebody with nothing to play just then who has the note: of the same kind, then family."""
    wanted = pitch or (one.note.sounding[-1] if one.note.sounding else None)
    best: tuple[int, int, str] | None = None
    for place, other in enumerate(inspection.company):
        instrument = other.line.player.instrument
        easy = instrument.comfortable
        if other is inspection or wanted is None or easy is None or not easy.holds(wanted):
            continue
        if instrument.family is not one.instrument.family or not other.heard:
            continue
        if instrument.id == one.instrument.id and not _is_free(other, one):
            continue
        if instrument.id != one.instrument.id and not _is_free(other, one):
            continue
        rank = 0 if instrument.id == one.instrument.id else 1
        if best is None or (rank, place) < best[:2]:
            best = rank, place, other.line.player.name
    return best[2] if best is not None else ""


def _is_free(other: Inspection, one: Heard) -> bool:
    start = other.timing.at(one.start) - _BUFFER_SECONDS
    end = other.timing.at(one.end) + _BUFFER_SECONDS
    timing = other.timing
    for heard in other.near(one.start):
        if timing.at(heard.start) < end and timing.at(heard.end) > start:
            return False
    return True


def give_away(inspection: Inspection, one: Heard, pitch: Pitch | None = None) -> str:
    """`give the C5 of bar 16 beat 1 to Clarinet 2`, where somebody is free for it."""
    who = colleague(inspection, one, pitch)
    if not who:
        return ""
    notes = str(pitch) if pitch is not None else " ".join(map(str, one.note.sounding))
    return f"give the {notes or 'stroke'} of {inspection.place(one.start)} to {who}"


def shortened(inspection: Inspection, one: Heard, seconds: float) -> str:
    """`shorten the C5 of bar 16 beat 1 by an eighth`: enough for `seconds`; empty if too short."""
    for name, quarters in zip(_UNITS, _QUARTERS, strict=True):
        left = one.note.length.quarters - quarters
        if left < quarters:
            continue
        if inspection.seconds(one.end - quarters, one.end) >= seconds:
            notes = " ".join(map(str, one.note.sounding)) or "stroke"
            article = "an" if name == "eighth" else "a"
            return f"shorten the {notes} of {inspection.place(one.start)} by {article} {name}"
    return ""


def slower(has: float, needs: float) -> str:
    """How much more time would do."""
    return f"make room for {needs - has:.1f} s more"


def slowest_bpm(timing: Timing, at: Fraction, share: float) -> str:
    """The tempo, in quarters a minute, at which it could be played; `share` of the present one."""
    bar = timing.bar(at)
    low, high = timing.bar_start(bar), timing.bar_start(bar + 1)
    lasting = timing.between(low, high)
    if lasting <= 0:
        return ""
    now = float(high - low) * 60 / lasting
    return f"quarter = {now * share:.0f} at most"


def shared_with(inspection: Inspection, one: Heard) -> str:
    """A player of the same instrument with nothing of their own then: silent, or the same notes."""
    for other in inspection.company:
        same = other.line.player.instrument.id == one.instrument.id
        if other is inspection or not same or not other.heard:
            continue
        then = [her for her in other.near(one.start) if her.start < one.end and her.end > one.start]
        here = {
            key
            for her in inspection.near(one.start)
            if her.start < one.end and her.end > one.start
            for key in her.keys
        }
        if all(here.issuperset(her.keys) for her in then):
            return other.line.player.name
    return ""

"""Instruments as TOML: one file each, facts only."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from pathlib import Path

from scorestage.adapters.catalogue.shelves import read
from scorestage.adapters.catalogue.table import Table
from scorestage.music import (
    DrumSound,
    Dynamic,
    Family,
    Instrument,
    Interval,
    Pitch,
    PitchRange,
    RegisterBand,
)

ROLES = ("melody", "counter", "harmony", "rhythm", "bass", "colour", "accent")
CLEFS = ("G2", "F4", "C3", "C4", "percussion")
_HALF = Fraction(1, 2)


@lru_cache(maxsize=512)
def load_instrument(name: str, *libraries: Path) -> Instrument:
    """The instrument with this id, looked for in `libraries` in turn and then in the package.

    Raises `CatalogueError` with file, line and key for whatever is wrong in its file.

    >>> load_instrument("horn").transposition
    Interval(steps=-4, semitones=-7)
    """
    return _instrument(read("instruments", name, *libraries))


def _instrument(table: Table) -> Instrument:
    professional = _range(table, "professional")
    comfortable = _range(table, "comfortable") or professional
    instrument = Instrument(
        id=table.string("id"),
        name=table.string("name"),
        abbreviation=table.string("abbreviation"),
        family=table.made("family", Family),
        professional=professional,
        comfortable=comfortable,
        order=table.whole("order", 900),
        clefs=_clefs(table),
        staves=table.whole("staves", 1),
        transposition=_transposition(table),
        octave_display=table.whole("octave_display", 0),
        octave_in_clef=table.truth("octave_in_clef", False),
        midi_program=_program(table, "midi_program") or 0,
        section_program=_program(table, "section_program"),
        musicxml_sound=table.string("musicxml_sound", ""),
        max_polyphony=table.whole("max_polyphony", 1),
        hand_span_semitones=table.whole("hand_span_semitones", 0),
        repeat_notes_per_second=table.whole("repeat_notes_per_second", 8),
        sustain_f_seconds=table.whole("sustain_f_seconds", 0),
        sustain_p_seconds=table.whole("sustain_p_seconds", 0),
        weight_f=str(table.exact("weight_f", _HALF)),
        weight_p=str(table.exact("weight_p", _HALF)),
        plays=frozenset(table.strings("plays", ())),
        drums=tuple(_drum(drum) for drum in table.tables("drums")),
        registers=table.string("registers", ""),
        bands=tuple(_band(band) for band in table.tables("bands")),
        open_strings=tuple(
            table.make("open_strings", text, Pitch.parse)
            for text in table.strings("open_strings", ())
        ),
        suits=_suits(table.table("suits")),
    )
    table.finish()
    _check(table, instrument)
    return instrument


def _range(table: Table, key: str) -> PitchRange | None:
    if not table.has(key):
        return None
    ends = table.strings(key)
    if len(ends) != 2:
        raise table.fault(key, f"{key} needs a lowest and a highest pitch", '["G3", "E7"]')
    low, high = (table.make(key, text, Pitch.parse) for text in ends)
    if low.midi >= high.midi:
        raise table.fault(key, f"{key} runs downward, from {low} to {high}")
    return PitchRange(low, high)


def _clefs(table: Table) -> tuple[str, ...]:
    clefs = table.strings("clefs", ("G2",))
    for clef in clefs:
        if clef not in CLEFS:
            raise table.fault("clefs", f"{clef!r} is no clef", f"there are {', '.join(CLEFS)}")
    if not clefs:
        raise table.fault("clefs", "an instrument needs a clef")
    return clefs


def _transposition(table: Table) -> Interval:
    numbers = table.wholes("transposition", (0, 0))
    if len(numbers) != 2:
        raise table.fault("transposition", "transposition needs steps and semitones", "[-1, -2]")
    return Interval(numbers[0], numbers[1])


def _program(table: Table, key: str) -> int | None:
    if not table.has(key):
        return None
    program = table.whole(key)
    if not 0 <= program <= 127:
        raise table.fault(key, f"{program} is no MIDI program", "they run from 0 to 127")
    return program


def _drum(table: Table) -> DrumSound:
    key = table.whole("drum_key")
    if not 0 <= key <= 127:
        raise table.fault("drum_key", f"{key} is no MIDI key", "they run from 0 to 127")
    step = table.string("staff_step", "C5")
    table.make("staff_step", step, Pitch.parse)
    drum = DrumSound(
        table.string("id"), table.string("name"), key, step, table.string("notehead", "normal")
    )
    table.finish()
    return drum


def _band(table: Table) -> RegisterBand:
    band = RegisterBand(
        table.made("low", Pitch.parse),
        table.made("high", Pitch.parse),
        table.made("softest", Dynamic),
        table.made("loudest", Dynamic),
        table.string("colour", ""),
    )
    table.finish()
    if band.low.midi > band.high.midi or band.softest.level > band.loudest.level:
        raise table.fault("low", "this register runs backward")
    return band


def _suits(table: Table) -> tuple[tuple[str, int], ...]:
    found = []
    for role in ROLES:
        if table.has(role):
            degree = table.whole(role)
            if not 0 <= degree <= 10:
                raise table.fault(role, f"{degree} is not between 0 and 10")
            found.append((role, degree))
    table.finish()
    return tuple(found)


def _check(table: Table, instrument: Instrument) -> None:
    wide, easy = instrument.professional, instrument.comfortable
    if wide is None and not instrument.drums:
        raise table.fault("professional", "an instrument needs a range or drums")
    if wide and easy and not (wide.holds(easy.low) and wide.holds(easy.high)):
        raise table.fault("comfortable", "the comfortable range leaves the professional one")
    if instrument.sustain_f_seconds < 0 or instrument.sustain_p_seconds < 0:
        raise table.fault("sustain_f_seconds", "a breath cannot last less than no time")
    for key, least in (("staves", 1), ("max_polyphony", 1), ("repeat_notes_per_second", 1)):
        if getattr(instrument, key) < least:
            raise table.fault(key, f"{key} must be at least {least}")

"""Parts of an instrument's file: ranges, clefs, registers, strokes, roles; and what it is like."""

from __future__ import annotations

from pathlib import Path

from scorestage.adapters.catalogue.shelves import read
from scorestage.adapters.catalogue.table import Table
from scorestage.adapters.catalogue.techniques import program_at
from scorestage.errors import CatalogueError
from scorestage.music import DrumSound, Dynamic, Instrument, Interval, Pitch, PitchRange
from scorestage.music.instrument import RegisterBand

ROLES = ("melody", "counter", "harmony", "rhythm", "bass", "colour", "accent")
CLEFS = ("G2", "F4", "C1", "C3", "C4", "percussion")
_NOT_SHARED = frozenset({"id", "like", "schema", "aliases"})


def opened(name: str, libraries: tuple[Path, ...], seen: tuple[str, ...] = ()) -> Table:
    """An instrument's table, the keys it leaves out filled in from the one it is `like`."""
    table = read("instruments", name, *libraries)
    if not table.has("like"):
        return table
    model = table.string("like")
    if model == name or model in seen:
        raise table.fault("like", f"{name} is like {model}, which is like {name}", "name another")
    try:
        return table.over(opened(model, libraries, (*seen, name)), _NOT_SHARED)
    except CatalogueError as fault:
        if fault.where.file is not None:
            raise
        raise table.fault("like", fault.what, fault.do) from None


def range_of(table: Table, key: str) -> PitchRange | None:
    """Lowest and highest pitch at a key; None where it is not written."""
    if not table.has(key):
        return None
    ends = table.strings(key)
    if len(ends) != 2:
        raise table.fault(key, f"{key} needs a lowest and a highest pitch", '["G3", "E7"]')
    low, high = (table.make(key, text, Pitch.parse) for text in ends)
    if low.midi >= high.midi:
        raise table.fault(key, f"{key} runs downward, from {low} to {high}")
    return PitchRange(low, high)


def clefs_of(table: Table) -> tuple[str, ...]:
    """Its clefs, the usual one first."""
    clefs = table.strings("clefs", ("G2",))
    for clef in clefs:
        if clef not in CLEFS:
            raise table.fault("clefs", f"{clef!r} is no clef", f"there are {', '.join(CLEFS)}")
    if not clefs:
        raise table.fault("clefs", "an instrument needs a clef")
    return clefs


def transposition_of(table: Table) -> Interval:
    """From written to sounding, as steps and semitones."""
    numbers = table.wholes("transposition", (0, 0))
    if len(numbers) != 2:
        raise table.fault("transposition", "transposition needs steps and semitones", "[-1, -2]")
    return Interval(numbers[0], numbers[1])


def drum_of(table: Table) -> DrumSound:
    """One stroke of `[[drums]]`."""
    key = _key(table, "drum_key")
    step = table.string("staff_step", "C5")
    table.make("staff_step", step, Pitch.parse)
    drum = DrumSound(
        table.string("id"),
        table.string("name"),
        key,
        step,
        table.string("notehead", "normal"),
        program_at(table, "program"),
        _key(table, "pitch_key") if table.has("pitch_key") else None,
        table.whole("bend_cents", 0),
        table.whole("gain_db", 0),
    )
    table.finish()
    return drum


def _key(table: Table, key: str) -> int:
    number = table.whole(key)
    if not 0 <= number <= 127:
        raise table.fault(key, f"{number} is no MIDI key", "they run from 0 to 127")
    return number


def band_of(table: Table) -> RegisterBand:
    """One register of `[[bands]]`."""
    band = RegisterBand(
        table.made("low", Pitch.parse),
        table.made("high", Pitch.parse),
        table.made("softest", Dynamic),
        table.made("loudest", Dynamic),
        table.string("colour", ""),
        table.string("name", ""),
    )
    table.finish()
    if band.low.midi > band.high.midi or band.softest.level > band.loudest.level:
        raise table.fault("low", "this register runs backward")
    return band


def suits_of(table: Table) -> tuple[tuple[str, int], ...]:
    """How well it takes each role of the sketch, 0 to 10."""
    found = []
    for role in ROLES:
        if table.has(role):
            degree = table.whole(role)
            if not 0 <= degree <= 10:
                raise table.fault(role, f"{degree} is not between 0 and 10")
            found.append((role, degree))
    table.finish()
    return tuple(found)


def _check_written(table: Table, instrument: Instrument, stated: PitchRange | None) -> None:
    """The written range, where the file states it, must be the sounding one transposed."""
    written = instrument.written_professional
    if stated is None:
        return
    if written is None or (stated.low.midi, stated.high.midi) != (
        written.low.midi,
        written.high.midi,
    ):
        meant = f"{written.low} to {written.high}" if written else "none"
        raise table.fault(
            "written",
            f"written {stated.low} to {stated.high}, but range and transposition make it {meant}",
            "mend professional, transposition, octave_display or written",
        )


def check_instrument(table: Table, instrument: Instrument, stated: PitchRange | None) -> None:
    """Facts that contradict each other; `stated` is the written range as the file has it."""
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
    for key in ("scale_notes_per_second", "double_notes_per_second", "bow_f_seconds"):
        if getattr(instrument, key) < 0:
            raise table.fault(key, f"{key} cannot be less than nothing")
    _check_written(table, instrument, stated)

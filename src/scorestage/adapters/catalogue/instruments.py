"""Instruments as TOML: one file each, facts only."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from pathlib import Path

from scorestage.adapters.catalogue.instrument_parts import (
    band_of,
    check_instrument,
    clefs_of,
    drum_of,
    opened,
    range_of,
    suits_of,
    transposition_of,
)
from scorestage.adapters.catalogue.table import Table
from scorestage.adapters.catalogue.techniques import program_at, techniques_of
from scorestage.music import Family, Instrument, Pitch

_HALF = Fraction(1, 2)


@lru_cache(maxsize=1024)
def load_instrument(name: str, *libraries: Path) -> Instrument:
    """The instrument with this id, looked for in `libraries` in turn and then in the package.

    Raises `CatalogueError` with file, line and key for whatever is wrong in its file.

    >>> load_instrument("horn").transposition
    Interval(steps=-4, semitones=-7)
    """
    return _instrument(opened(name, libraries), libraries)


def _instrument(table: Table, libraries: tuple[Path, ...]) -> Instrument:
    professional = range_of(table, "professional")
    instrument = Instrument(
        id=table.string("id"),
        name=table.string("name"),
        abbreviation=table.string("abbreviation"),
        family=table.made("family", Family),
        professional=professional,
        comfortable=range_of(table, "comfortable") or professional,
        order=table.whole("order", 900),
        clefs=clefs_of(table),
        staves=table.whole("staves", 1),
        transposition=transposition_of(table),
        octave_display=table.whole("octave_display", 0),
        octave_in_clef=table.truth("octave_in_clef", False),
        midi_program=program_at(table, "midi_program") or 0,
        section_program=program_at(table, "section_program"),
        musicxml_sound=table.string("musicxml_sound", ""),
        max_polyphony=table.whole("max_polyphony", 1),
        hand_span_semitones=table.whole("hand_span_semitones", 0),
        repeat_notes_per_second=table.whole("repeat_notes_per_second", 8),
        sustain_f_seconds=table.whole("sustain_f_seconds", 0),
        sustain_p_seconds=table.whole("sustain_p_seconds", 0),
        weight_f=str(table.exact("weight_f", _HALF)),
        weight_p=str(table.exact("weight_p", _HALF)),
        plays=frozenset(table.strings("plays", ())),
        drums=tuple(drum_of(drum) for drum in table.tables("drums")),
        registers=table.string("registers", ""),
        bands=tuple(band_of(band) for band in table.tables("bands")),
        open_strings=tuple(
            table.make("open_strings", text, Pitch.parse)
            for text in table.strings("open_strings", ())
        ),
        suits=suits_of(table.table("suits")),
        techniques=techniques_of(table, libraries),
        scale_notes_per_second=table.whole("scale_notes_per_second", 0),
        double_notes_per_second=table.whole("double_notes_per_second", 0),
        bow_f_seconds=table.whole("bow_f_seconds", 0),
        bow_p_seconds=table.whole("bow_p_seconds", 0),
        change_seconds=table.whole("change_seconds", 0),
        stick_seconds=table.whole("stick_seconds", 0),
        limits=table.string("limits", ""),
        tradition=table.string("tradition", ""),
        aliases=table.strings("aliases", ()),
        stand_in=table.string("stand_in", ""),
    )
    table.string("like", "")
    stated = range_of(table, "written")
    table.finish()
    check_instrument(table, instrument, stated)
    return instrument

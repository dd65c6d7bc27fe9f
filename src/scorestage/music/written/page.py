"""How an instrument stands on a page: shift and clefs, in the C score and in its part."""

from __future__ import annotations

from scorestage.music.instrument import Instrument
from scorestage.music.pitch import Interval
from scorestage.music.written.clefs import clef_name_of, split_clef

_OCTAVE_LOWER = -12


def page_shift(instrument: Instrument, *, concert: bool) -> Interval:
    """From sounding to written: octaves only in a C score; none where the clef carries them.

    >>> from fractions import Fraction
    >>> tenor = Instrument("t", "Tenor", "T.", Family.VOICE, None, None,
    ...                    octave_display=-1, octave_in_clef=True)
    >>> page_shift(tenor, concert=True), page_clefs(tenor, concert=True)
    (Interval(steps=0, semitones=0), ('G2_8',))
    """
    shift = instrument.score_shift if concert else instrument.written_shift
    if not instrument.octave_in_clef:
        return shift
    octaves = instrument.octave_display
    return shift + Interval(7 * octaves, 12 * octaves)


def page_clefs(instrument: Instrument, *, concert: bool, staff: int = 0) -> tuple[str, ...]:
    """The clefs that may stand on its `staff` (counted from 0), the usual one first.

    On two staves the clefs go from top to bottom. In a C score what sounds an octave or more
    below its written notes may take the bass clef too.
    """
    clefs = instrument.clefs or ("G2",)
    if instrument.staves > 1:
        usual = clefs[min(staff, len(clefs) - 1)]
        clefs = (usual, *(clef for clef in clefs if clef != usual))
    if concert and instrument.transposition.semitones <= _OCTAVE_LOWER and "F4" not in clefs:
        clefs = (*clefs, "F4")
    if not instrument.octave_in_clef:
        return clefs
    return tuple(_with_octave(clef, instrument.octave_display) for clef in clefs)


def _with_octave(clef: str, octaves: int) -> str:
    sign, line, already = split_clef(clef)
    return clef if already else clef_name_of(sign, line, octaves)

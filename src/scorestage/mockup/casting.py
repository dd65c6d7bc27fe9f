"""Which sounds of a General MIDI sound set stand for an instrument and a way of playing it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from scorestage.errors import MusicError
from scorestage.music import (
    DrumSound,
    Family,
    Instrument,
    PlayingTechnique,
    Technique,
    Words,
)
from scorestage.timebase import Beat

TREMOLO_STRINGS, PIZZICATO, HARP, TIMPANI = 44, 45, 46, 47
_MUTED_TRUMPET, _TRUMPET, _TAIKO = 59, 56, 116
_LOW_STRINGS_KEY, _LOW_ENSEMBLE_DB = 45, -5.0


@dataclass(frozen=True, slots=True)
class Layer:
    """One sound of a note: program (from 0) or drum kit, its level, and what key it really plays.

    `key` is set where the sound has no pitch of its own: drums, and pitched sounds used as such.
    """

    program: int
    drum: bool = False
    gain_db: float = 0.0
    key: int | None = None
    bend_cents: float = 0.0


_ORCHESTRAL_STROKES = {
    # What a drum kit has under these names is small; an orchestra's is not.
    "bass-drum": (Layer(_TAIKO, key=40), Layer(0, True, -8.0, 35, -500.0)),
    "taiko": (Layer(_TAIKO, key=55), Layer(0, True, -2.0, 87)),
    "tam-tam": (Layer(0, True, 0.0, 57, -1700.0), Layer(0, True, -4.0, 52, -1200.0)),
    "cymbals": (Layer(0, True, 0.0, 49), Layer(0, True, -3.0, 57, -180.0)),
    "suspended-cymbal": (Layer(0, True, 0.0, 57, -300.0),),
    "whip": (Layer(0, True, 0.0, 31), Layer(0, True, -6.0, 37)),
}


_HELD = ((16, 23), (40, 44), (48, 95), (109, 111))
"""Programs that sound as long as they are played."""

SectionStrings = tuple[tuple[int, float], ...]
"""Programs that sound as a section of strings, each with its level in dB."""


def cast(
    instrument: Instrument,
    technique: Technique,
    section: SectionStrings | None,
    *,
    key: float = 60.0,
    tremolo: bool = False,
    way: PlayingTechnique | None = None,
) -> tuple[Layer, ...]:
    """The sounds of a pitched note; `section` is None for one player alone.

    `way` is what is asked for in words (`P.M.`, `harmon mute`); where the instrument's file names
    a sound for it, or for the technique, that is played.

    A section of strings is the ensemble, sharpened by a little of its solo instrument, which
    also tells violins from violas; low down it is the other way round, for there ensembles boom.
    """
    program = instrument.midi_program
    if instrument.family is Family.STRINGS:
        if technique in (Technique.PIZZICATO, Technique.COL_LEGNO):
            return (Layer(PIZZICATO, gain_db=-4.0 if technique is Technique.COL_LEGNO else 0.0),)
        if tremolo and not has_sustained_tremolo(section):
            return (Layer(TREMOLO_STRINGS),)
        if section is not None:
            return _section(program, section, low=key < _LOW_STRINGS_KEY)
        return (Layer(program),)
    meant = way or instrument.technique(technique.value)
    if meant is not None and meant.program is not None:
        return (Layer(meant.program, gain_db=float(meant.gain_db)),)
    if technique is Technique.CON_SORDINO and program == _TRUMPET:
        return (Layer(_MUTED_TRUMPET),)
    if section is not None and instrument.section_program is not None:
        return (Layer(instrument.section_program),)
    return (Layer(program),)


def asked_in_words(
    instrument: Instrument, words: Sequence[Words], at: Beat
) -> PlayingTechnique | None:
    """The way of playing that words over the staff ask for at a beat, until they are cancelled."""
    found: PlayingTechnique | None = None
    for one in sorted(words, key=lambda one: one.at):
        if one.at > at:
            break
        text = one.text.strip().lower()
        if found is not None and text in (found.cancelled_by.lower(), "ord.", "nat."):
            found = None
        for way in instrument.techniques:
            if text in (way.word.lower(), way.printed.lower()):
                found = way
    return found


def has_sustained_tremolo(section: SectionStrings | None) -> bool:
    """Whether the sound set's tremolo strings do not tremble by themselves."""
    return section is not None and any(program == TREMOLO_STRINGS for program, _ in section)


def _section(program: int, section: SectionStrings, low: bool) -> tuple[Layer, ...]:
    solo = Layer(program, gain_db=0.0 if low else -9.0, bend_cents=0.0 if low else 3.0)
    fall = _LOW_ENSEMBLE_DB if low else 0.0
    return *(Layer(number, gain_db=level + fall) for number, level in section), solo


def cast_stroke(instrument: Instrument, sound: str) -> tuple[Layer, ...]:
    """The sounds of a stroke on an unpitched instrument; `sound` is its id in the catalogue.

    Raises `MusicError` where the instrument has no such sound.
    """
    if instrument.family is Family.PERCUSSION and sound in _ORCHESTRAL_STROKES:
        return _ORCHESTRAL_STROKES[sound]
    for drum in instrument.drums:
        if drum.id == sound:
            return (_stroke(instrument, drum),)
    raise MusicError(
        f"{instrument.name} has no sound {sound!r}",
        do=f"it has {', '.join(drum.id for drum in instrument.drums) or 'none'}",
    )


def _stroke(instrument: Instrument, drum: DrumSound) -> Layer:
    """A stroke on the sound its file names: a drum key, or a pitched sound used as a drum."""
    gain_db, bend_cents = float(drum.gain_db), float(drum.bend_cents)
    if drum.program is None:
        return Layer(instrument.midi_program, True, gain_db, drum.drum_key, bend_cents)
    key = drum.drum_key if drum.pitch_key is None else drum.pitch_key
    return Layer(drum.program, False, gain_db, key, bend_cents)


def is_sustained(program: int) -> bool:
    """Whether a note of this General MIDI program holds its level as long as it is played.

    >>> is_sustained(48), is_sustained(45), is_sustained(0)
    (True, False, False)
    """
    return any(low <= program <= high for low, high in _HELD)


def ring_seconds(program: int, drum: bool) -> float:
    """How long a struck or plucked sound is left to ring past its written end."""
    if drum or program == _TAIKO:
        return 4.0
    rings = {HARP: 1.8, TIMPANI: 0.8, PIZZICATO: 0.5, 0: 0.06, 11: 0.8, 14: 3.0, 12: 0.5, 13: 0.4}
    if program in (8, 9, 10):
        return 2.0
    return rings.get(program, 0.05)


def own_seconds(family: Family) -> float:
    """Standard deviation of one player's timing, in seconds."""
    if family is Family.STRINGS:
        return 0.008
    if family in (Family.PERCUSSION, Family.RHYTHM, Family.SYNTH):
        return 0.004
    return 0.006

"""A few players, a synthesiser that answers in numbers, and short ways to write music for them."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from itertools import count

from scorestage.mockup.clock import AudioClock
from scorestage.music import (
    Articulation,
    DrumSound,
    Dynamic,
    DynamicMark,
    Family,
    Hairpin,
    Instrument,
    Line,
    Mark,
    Note,
    Pitch,
    Player,
    Score,
    Slur,
    Staff,
    Technique,
    TechniqueMark,
    Unpitched,
    Voice,
)
from scorestage.timebase import BarGrid, Beat, Beats, FilmTime, Meter, Tempo, TempoMap

Number = int | str | Fraction
_ids = count(1)


def instrument(name: str, family: Family, program: int, **more: object) -> Instrument:
    """An instrument of which only the sound matters."""
    return Instrument(  # type: ignore[arg-type]
        id=name,
        name=name.title(),
        abbreviation=name[:3],
        family=family,
        professional=None,
        comfortable=None,
        midi_program=program,
        **more,
    )


VIOLIN = instrument("violin", Family.STRINGS, 40, section_program=48)
FLUTE = instrument("flute", Family.WOODWIND, 73, weight_f="1/4", weight_p="1")
PICCOLO = instrument("piccolo", Family.WOODWIND, 72, weight_f="1/4", weight_p="1")
HORN = instrument("horn", Family.BRASS, 60, weight_f="1/2", weight_p="1")
TRUMPET = instrument("trumpet", Family.BRASS, 56, weight_f="1", weight_p="1")
TIMPANI = instrument("timpani", Family.PERCUSSION, 47, weight_f="1", weight_p="1")
HARP = instrument("harp", Family.PLUCKED, 46, weight_f="1/5", weight_p="3/5", staves=2)
PIANO = instrument("piano", Family.KEYBOARD, 0, weight_f="1/2", weight_p="1", staves=2)
PERCUSSION = instrument(
    "percussion",
    Family.PERCUSSION,
    0,
    drums=(DrumSound("bass-drum", "Bass drum", 35), DrumSound("snare-drum", "Snare drum", 38)),
)

VIOLINS = Player("vn1", "Violin I", "Vln. I", (VIOLIN,), 14)
SOLO_VIOLIN = Player("vn", "Violin", "Vln.", (VIOLIN,))
FLUTES = Player("fl2", "Flute 2", "Fl. 2", (FLUTE, PICCOLO))
HORN_1 = Player("hn1", "Horn 1", "Hn. 1", (HORN,))
TRUMPET_1 = Player("tpt1", "Trumpet 1", "Tpt. 1", (TRUMPET,))
TIMPANIST = Player("timp", "Timpani", "Timp.", (TIMPANI,))
HARPIST = Player("hp", "Harp", "Hp.", (HARP,))
PIANIST = Player("pno", "Piano", "Pno.", (PIANO,))
PERCUSSIONIST = Player("perc1", "Percussion 1", "Perc. 1", (PERCUSSION,))


class PlainResponse:
    """A sound set whose every sound comes to 10 % after 50 ms and measures -20 LUFS."""

    def attack_seconds(self, program: int, key: float, velocity: int, drum: bool = False) -> float:
        return 0.05

    def loudness_db(self, program: int, key: float, velocity: int, drum: bool = False) -> float:
        return -20.0

    def section_strings(self) -> tuple[tuple[int, float], ...]:
        return ((48, 0.0),)


def note(
    at: Number,
    length: Number,
    *pitches: str,
    signs: Iterable[Articulation] = (),
    tremolo: int = 0,
    grace: Iterable[str] = (),
) -> Note:
    """A note at a beat (quarters from bar 1); lower-case names are strokes without pitch."""
    return Note(
        f"n{next(_ids)}",
        Beat(at),
        Beats(length),
        tuple(Pitch.parse(p) if p[0].isupper() else Unpitched(p) for p in pitches),
        tuple(signs),
        tremolo,
        tuple(Pitch.parse(p) for p in grace),
    )


def staff(
    *notes: Note,
    dynamics: dict[Number, str] | None = None,
    hairpins: Iterable[tuple[Number, Number, bool]] = (),
    slurs: Iterable[tuple[Note, Note]] = (),
    techniques: dict[Number, Technique] | None = None,
) -> Staff:
    """One staff of one voice."""
    return Staff(
        (Voice(notes),),
        tuple(DynamicMark(Beat(at), Dynamic(d)) for at, d in (dynamics or {}).items()),
        tuple(Hairpin(Beat(a), Beat(b), opens) for a, b, opens in hairpins),
        tuple(Slur(first.id, last.id) for first, last in slurs),
        tuple(TechniqueMark(Beat(at), t) for at, t in (techniques or {}).items()),
    )


def score(*lines: Line, bars: int = 8, marks: tuple[Mark, ...] = ()) -> Score:
    """Bars of 4/4."""
    return Score(BarGrid.regular(bars, Meter(4, 4)), lines, marks)


def clock_of(written: Score, bpm: Number = 60) -> AudioClock:
    """Bar 1 at film time 12 s, files from 10 s: at 60 bpm beat b falls on second 2 + b."""
    tempo_map = TempoMap.steady(FilmTime(12), Tempo(bpm), written.grid)
    return AudioClock(tempo_map, FilmTime(10))

"""A cue of eight bars for six players and one who rests, small enough to print in seconds."""

from __future__ import annotations

from fractions import Fraction

from scorestage.engraving import Edition
from scorestage.music import (
    Articulation,
    ChordSymbol,
    DrumSound,
    Dynamic,
    DynamicMark,
    Family,
    Hairpin,
    Instrument,
    Interval,
    Line,
    Mark,
    MarkKind,
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
from scorestage.production import Hit, House, Paper
from scorestage.timebase import (
    Bar,
    BarGrid,
    BarLabel,
    Beat,
    Beats,
    FilmTime,
    Meter,
    Ramp,
    Steady,
    Tempo,
    TempoMap,
)

LOS_ANGELES = House(
    "los-angeles",
    "Los Angeles",
    Paper(Fraction("279.4"), Fraction("431.8"), Fraction(4), Fraction("12.7")),
    Paper(Fraction("228.6"), Fraction("304.8"), Fraction(7), Fraction("12.7")),
)
METERS = (*[Meter(4, 4)] * 3, Meter(3, 4), Meter.parse("2+2+3/8"), *[Meter(4, 4)] * 3)
GRID = BarGrid(tuple(Bar(meter, BarLabel(101 + place)) for place, meter in enumerate(METERS)))
"""Bars numbered from 101, so that no bar number can be taken for something else on a page."""
START = FilmTime(100)


def instrument(name: str, family: Family, **more: object) -> Instrument:
    """An instrument of any range."""
    return Instrument(name.lower(), name, name[:2] + ".", family, None, None, **more)  # type: ignore[arg-type]


FLUTE = instrument("Flute", Family.WOODWIND)
PICCOLO = instrument("Piccolo", Family.WOODWIND, octave_display=1)
CLARINET = instrument("Clarinet", Family.WOODWIND, transposition=Interval(-1, -2))
HORN = instrument("Horn", Family.BRASS, transposition=Interval(-4, -7), clefs=("G2", "F4"))
TUBA = instrument("Tuba", Family.BRASS, clefs=("F4",))
DRUMS = instrument(
    "Drums",
    Family.PERCUSSION,
    clefs=("percussion",),
    drums=(
        DrumSound("bass-drum", "Bass drum", 35, "E4"),
        DrumSound("cymbal", "Cymbal", 49, "A5", "x"),
    ),
)
PIANO = instrument("Piano", Family.KEYBOARD, staves=2, clefs=("G2", "F4"), max_polyphony=10)
VIOLIN = instrument("Violin", Family.STRINGS)


def note(name: str, at: str | int, length: str | int, *heads: str, **more: object) -> Note:
    """A note or chord, or (in small letters with a hyphen) a stroke."""
    read = tuple(Pitch.parse(head) if head[0].isupper() else Unpitched(head) for head in heads)
    return Note(name, Beat(at), Beats(length), read, **more)  # type: ignore[arg-type]


def staff(*notes: Note, **signs: object) -> Staff:
    """A staff of one voice."""
    return Staff((Voice(notes),), **signs)  # type: ignore[arg-type]


def player(name: str, *held: Instrument, count: int = 1) -> Player:
    """A player with an id made of the name."""
    return Player(name.lower().replace(" ", ""), name, name[:2] + ".", held, count)


def _flute() -> Line:
    run = [note(f"f{i}", Fraction(i, 3), "1/3", name) for i, name in enumerate(("C5", "D5", "Eb5"))]
    notes = (*run, note("f4", 1, 3, "F#5"), note("f5", "37/2", 4, "G5", tremolo=3))
    return Line(
        player("Flute 1", FLUTE),
        (
            staff(
                *notes,
                dynamics=(DynamicMark(Beat(0), Dynamic.MF), DynamicMark(Beat("37/2"), Dynamic.FF)),
                hairpins=(Hairpin(Beat(1), Beat(4), True),),
                slurs=(Slur("f0", "f2"),),
            ),
        ),
    )


def _piano() -> Line:
    upper = Voice((note("p1", 0, 2, "E5"), note("p2", 2, 2, "F5")))
    lower = Voice((note("p3", 0, 4, "C5"),))
    right = Staff((upper, lower), (DynamicMark(Beat(0), Dynamic.P),))
    left = staff(note("p4", 0, 4, "C3", "G3"), note("p5", 4, 4, "Bb2"))
    return Line(player("Piano", PIANO), (right, left))


def _violins() -> Line:
    pizz = [note(f"v{i}", 4 + Fraction(i, 2), "1/2", "G4") for i in range(8)]
    short = (Articulation.STACCATO,)
    bows = [note(f"w{i}", 12 + i, 1, "A4", articulations=short) for i in range(3)]
    return Line(
        player("Violins I", VIOLIN, count=14),
        (
            staff(
                *pizz,
                *bows,
                techniques=(
                    TechniqueMark(Beat(4), Technique.PIZZICATO),
                    TechniqueMark(Beat(12), Technique.ARCO),
                ),
            ),
        ),
    )


def small_score() -> Score:
    """Eight bars: 4/4, 3/4, 7/8 and 4/4 again."""
    clarinet = staff(note("c1", 0, 4, "Bb4"), note("c2", 4, 4, "A4", grace=(Pitch.parse("G4"),)))
    horn = staff(note("h1", 8, 4, "F3", articulations=(Articulation.ACCENT,)))
    strokes = staff(note("d1", 0, 1, "bass-drum"), note("d2", 1, 1, "cymbal", "bass-drum"))
    lines = (
        _flute(),
        Line(player("Clarinet 1", CLARINET), (clarinet,)),
        Line(player("Horn 1", HORN), (horn,)),
        Line(player("Tuba", TUBA), (Staff(()),)),
        Line(player("Percussion", DRUMS), (strokes,)),
        _piano(),
        _violins(),
    )
    marks = (
        Mark(GRID.starts[3], MarkKind.REHEARSAL, "A"),
        Mark(GRID.starts[5], MarkKind.TEXT, "Calmly"),
    )
    return Score(GRID, lines, marks, (ChordSymbol(Beat(0), "C", "minor"),))


def small_map() -> TempoMap:
    """120, slowing down through the bar of 7/8 to 96."""
    fast, slow = Tempo(120), Tempo(96)
    ramp = Ramp(GRID.starts[4], Beats("7/2"), fast, slow)
    return TempoMap(START, GRID, (Steady(Beat(0), fast), ramp, Steady(GRID.starts[5], slow)))


def small_edition() -> Edition:
    """The Los Angeles house, two hits."""
    return Edition(
        production="The Long Way Home",
        cue_number="1m01",
        title="Rain on Fifth",
        house=LOS_ANGELES,
        version="v2",
        composer="Ada Composer",
        orchestrator="Bo Orchestrator",
        hits=(
            Hit("h1", FilmTime("102.5"), "Maya turns"),
            Hit("h2", FilmTime("106"), "door slams", weight=5),
        ),
    )

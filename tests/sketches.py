"""Small sketches to score, engrave and play: each with the tempo map it is written for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from scorestage.music import (
    Articulation,
    ChordSymbol,
    Dynamic,
    DynamicMark,
    Hairpin,
    Mark,
    MarkKind,
    Note,
    Pitch,
    Role,
    Sketch,
    Slur,
    Staff,
    Strand,
    Unpitched,
    Voice,
)
from scorestage.timebase import (
    BarGrid,
    Beat,
    Beats,
    FilmTime,
    Meter,
    Ramp,
    Steady,
    Tempo,
    TempoMap,
)

FOUR = Meter(4, 4)
THREE = Meter(3, 4)
SEVEN = Meter(7, 8)


@dataclass(frozen=True, slots=True)
class Written:
    """A sketch with its tempo map."""

    sketch: Sketch
    tempo_map: TempoMap


def notes(name: str, text: str, start: Fraction | int = 0, **more: object) -> list[Note]:
    """Notes from words: `C4:1` a quarter, `r:1/2` a rest, `C4+E4:2` a chord, `>` accent, `.` dry.

    >>> [str(note.pitches[0]) for note in notes("m", "C4:1 r:1 D4:1/2")]
    ['C4', 'D4']
    """
    at = Fraction(start)
    found = []
    for word in text.split():
        what, _, length = word.partition(":")
        signs = {">": Articulation.ACCENT, ".": Articulation.STACCATO, "^": Articulation.MARCATO}
        marks = tuple(signs[sign] for sign in what if sign in signs)
        what = what.strip(">.^")
        lasting = Fraction(length or 1)
        if what != "r":
            pitches = tuple(
                Unpitched(one[1:]) if one.startswith("!") else Pitch.parse(one)
                for one in what.split("+")
            )
            name_ = f"{name}{len(found) + 1}"
            found.append(Note(name_, Beat(at), Beats(lasting), pitches, marks, **more))  # type: ignore[arg-type]
        at += lasting
    return found


def dynamics(*marks: tuple[Fraction | int, str]) -> tuple[DynamicMark, ...]:
    """Dynamic marks from pairs of beat and name."""
    return tuple(DynamicMark(Beat(at), Dynamic(name)) for at, name in marks)


def strand(
    role: Role,
    played: Sequence[Note],
    marks: Sequence[tuple[Fraction | int, str]] = (),
    pins: Sequence[Hairpin] = (),
    slurs: Sequence[Slur] = (),
    name: str = "",
) -> Strand:
    """A strand of one voice."""
    staff = Staff((Voice(tuple(played)),), dynamics(*marks), tuple(pins), tuple(slurs))
    return Strand(role, staff, name)


def steady(bars: int, meter: Meter, bpm: int) -> TempoMap:
    """One tempo, the film's clock starting with the music."""
    return TempoMap.steady(FilmTime(10), Tempo(bpm), BarGrid.regular(bars, meter))


_TUNE = "D5:3/2 E5:1/2 F5:2 A5:3/2 G5:1/2 F5:1 E5:1 D5:3/2 E5:1/2 F5:1 C6:1 Bb5:2 A5:2"
_BASS = "D3:4 Bb2:2 A2:2 G2:4 A2:2 D3:2"
_HARMONY = "F4+A4+D5:4 D4+F4+Bb4:2 E4+G4+C#5:2 D4+G4+Bb4:4 E4+G4+C#5:2 F4+A4+D5:2"
_COUNTER = "A4:2 D5:2 Bb4:2 C#5:2 D5:3 C5:1 C#5:2 D5:2"
_PULSE = "D4:1/2 A4:1/2 D5:1/2 A4:1/2 "


def _turned(text: str, times: int) -> str:
    return " ".join([text] * times)


def adventure() -> Written:
    """Six strands, 24 bars: soft, growing, loud with hits, a soft end; two rehearsal letters."""
    tempo_map = steady(24, FOUR, 112)
    tune = notes("m", _turned(_TUNE, 6))
    pulse = notes("o", _turned(_PULSE, 32), 32)
    accents = notes("a", "D3+D4+A4+F5:1/2", 64) + notes("b", "A2+E4+A4+C#5:1/2", 76)
    marks = ((0, "p"), (32, "mf"), (64, "ff"), (80, "p"))
    pins = (Hairpin(Beat(56), Beat(64), True), Hairpin(Beat(76), Beat(80), False))
    slurs = (Slur("m1", "m3"), Slur("m4", "m7"))
    strands = (
        strand(Role.MELODY, tune, marks, pins, slurs),
        strand(Role.COUNTER, notes("c", _turned(_COUNTER, 3), 32), marks, pins),
        strand(Role.HARMONY, notes("h", _turned(_HARMONY, 6)), marks, pins),
        strand(Role.RHYTHM, pulse, marks, pins),
        strand(Role.BASS, notes("k", _turned(_BASS, 6)), marks, pins),
        strand(Role.ACCENT, accents, ((64, "ff"),)),
    )
    signs = (
        Mark(Beat(0), MarkKind.REHEARSAL, "A"),
        Mark(Beat(32), MarkKind.REHEARSAL, "B"),
        Mark(Beat(64), MarkKind.HIT, "the door slams"),
        Mark(Beat(70), MarkKind.HIT, "she turns"),
        Mark(Beat(80), MarkKind.REHEARSAL, "C"),
    )
    chords = tuple(
        ChordSymbol(Beat(16 * turn + at), root, quality)
        for turn in range(6)
        for at, root, quality in (
            (0, "D", "minor"),
            (4, "Bb", "major"),
            (6, "A", "major"),
            (8, "G", "minor"),
            (12, "A", "major"),
            (14, "D", "minor"),
        )
    )
    return Written(Sketch(tempo_map.grid, strands, signs, chords), tempo_map)


def lament() -> Written:
    """A slow soft tune over two-note harmony, no bass, with a fade to nothing."""
    tempo_map = steady(10, THREE, 54)
    tune = notes("m", "E4:2 F4:1 G4:3 A4:2 G4:1 E4:3 D4:2 E4:1 F4:3 E4:3 r:3 E4:2 D4:1 C4:3")
    low = notes("h", _turned("C4+G3:3 A3+E3:3 F3+C4:3 G3+B3:3 A3+C4:3", 2))
    marks = ((0, "pp"), (15, "p"), (24, "ppp"))
    strands = (strand(Role.MELODY, tune, marks), strand(Role.HARMONY, low, marks))
    return Written(Sketch(tempo_map.grid, strands), tempo_map)


def chase() -> Written:
    """Loud and fast without a tune: an ostinato in seven, a bass, hits every other bar."""
    tempo_map = steady(20, SEVEN, 168)
    figure = "E4.:1/2 E4.:1/2 G4.:1/2 E4.:1/2 E4.:1/2 A4.:1/2 B4>:1/2 "
    pulse = notes("o", _turned(figure, 20))
    bass = notes("k", _turned("E2:1 E2:1 E2:3/2 E2:1 E2:1 G2:3/2", 10))
    hits = [
        note
        for turn in range(1, 10, 3)
        for note in notes(f"a{turn}-", "E2+B3+E4+G4+B4^:1/2", 7 * turn)
    ]
    marks = ((0, "f"), (35, "ff"))
    strands = (
        strand(Role.RHYTHM, pulse, marks),
        strand(Role.BASS, bass, marks),
        strand(Role.ACCENT, hits, ((0, "ff"),)),
    )
    return Written(Sketch(tempo_map.grid, strands), tempo_map)


def one_line() -> Written:
    """A tune, nothing else."""
    tempo_map = steady(8, FOUR, 80)
    tune = notes("m", _turned(_TUNE, 2))
    return Written(Sketch(tempo_map.grid, (strand(Role.MELODY, tune),)), tempo_map)


def lead_sheet() -> Written:
    """A tune with chord symbols, 16 bars, as a songwriter hands it over."""
    tempo_map = steady(16, FOUR, 126)
    tune = notes("m", _turned("G4:1 B4:1 D5:2 C5:3/2 B4:1/2 A4:2 E4:1 G4:1 C5:2 B4:3 r:1", 4))
    chords = tuple(
        ChordSymbol(Beat(16 * turn + 4 * bar), root, quality)
        for turn in range(4)
        for bar, (root, quality) in enumerate(
            (("G", "major"), ("A", "minor"), ("C", "major"), ("D", "dominant"))
        )
    )
    strands = (strand(Role.MELODY, tune, ((0, "mf"), (32, "f"))),)
    return Written(Sketch(tempo_map.grid, strands, (), chords), tempo_map)


def drone() -> Written:
    """Forty seconds of one held bass note under a few high touches: longer than any breath."""
    tempo_map = steady(10, FOUR, 60)
    bass = [Note("k1", Beat(0), Beats(40), (Pitch.parse("D2"),))]
    touches = notes("t", "r:6 A5:1 r:7 Bb5:1 r:9 A5:1 r:7 E5:1")
    marks = ((0, "pp"),)
    strands = (strand(Role.BASS, bass, marks), strand(Role.COLOUR, touches, marks))
    return Written(Sketch(tempo_map.grid, strands), tempo_map)


def changing() -> Written:
    """A pickup, meters that change, triplets, a ritardando, a tune in thirds that spans much."""
    meters = (FOUR, FOUR, THREE, Meter(5, 4), SEVEN, FOUR, Meter(6, 8), FOUR)
    grid = BarGrid.of_meters(meters, Beats(1))
    events = (
        Steady(Beat(-1), Tempo(96)),
        Ramp(grid.end - Beats(4), Beats(4), Tempo(96), Tempo(60)),
    )
    tempo_map = TempoMap(FilmTime(0), grid, events)
    third = Fraction(1, 3)
    tune = notes("p", "C4:1/2 D4:1/2", -1)
    tune += notes("m", f"E4+C5:2 F4+D5:{third} G4+E5:{third} A4+F5:{third} G4+E5:1")
    tune += notes("n", "E5+G5:4 C6+E6:3 A4+C5:5 G3+B3:7/2 C4+E4:4 F4+A4:3 E4+G4:4", 4)
    bass = notes("k", "C3:4 G2:4 F2:3 D2:5 G2:7/2 C3:4 F2:3 C2:4")
    harmony = notes("h", "G3+C4:4 B3+D4:4 A3+C4:3 A3+D4+F4:5 B3+D4:7/2 G3+C4:4 A3+C4:3 G3+C4:4")
    marks = ((-1, "mp"), (11, "f"), (20, "mp"))
    strands = (
        strand(Role.MELODY, tune, marks),
        strand(Role.HARMONY, harmony, marks),
        strand(Role.BASS, bass, marks),
    )
    return Written(Sketch(grid, strands), tempo_map)


def drummed() -> Written:
    """Strokes the composer wrote for drums, under a bass."""
    tempo_map = steady(8, FOUR, 100)
    strokes = notes(
        "d", _turned("!bass-drum:1 !snare-drum:1 !bass-drum:1/2 !bass-drum:1/2 !snare-drum:1", 8)
    )
    bass = notes("k", _turned("A2:2 E2:2", 8))
    strands = (
        strand(Role.RHYTHM, strokes, ((0, "mf"),)),
        strand(Role.BASS, bass, ((0, "mf"),)),
    )
    return Written(Sketch(tempo_map.grid, strands), tempo_map)


SKETCHES: dict[str, Callable[[], Written]] = {
    "adventure": adventure,
    "lament": lament,
    "chase": chase,
    "one line": one_line,
    "lead sheet": lead_sheet,
    "drone": drone,
    "changing": changing,
    "drummed": drummed,
}

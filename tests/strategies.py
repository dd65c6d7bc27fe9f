"""Hypothesis generators of the values: the only place where random music and film time are made."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import strategies as st

from scorestage.music import (
    Dynamic,
    DynamicMark,
    Hairpin,
    Note,
    Pitch,
    Slur,
    Staff,
    Voice,
)
from scorestage.production import Hit, HitWant
from scorestage.timebase import (
    RATES,
    BarGrid,
    Beat,
    Beats,
    Fermata,
    FilmSpan,
    FilmTime,
    FrameRate,
    FreeBar,
    Meter,
    Ramp,
    RampLaw,
    Steady,
    Tempo,
    TempoEvent,
    TempoMap,
)

GRIDS = (1, 2, 3, 4, 5, 6, 7, 8, 12, 16, 24, 32, 64, 480, 960)
"""Denominators of written positions: note values, tuplets, and the ticks of other programs."""
LONGEST_SECONDS = 4 * 3600


def fractions(
    lowest: int, highest: int, most: int = 1001, above: bool = False
) -> st.SearchStrategy[Fraction]:
    """Exact numbers from `lowest` (`above`: without it) to `highest`."""
    found = st.fractions(lowest, highest, max_denominator=most)
    return found.filter(lambda number: number > lowest) if above else found


def film_times(lowest: int = -3600, highest: int = LONGEST_SECONDS) -> st.SearchStrategy[FilmTime]:
    """Points of film time, pre-roll included."""
    return fractions(lowest, highest, 48000).map(FilmTime)


def film_spans() -> st.SearchStrategy[FilmSpan]:
    """Lengths of film time, also negative ones."""
    return fractions(-LONGEST_SECONDS, LONGEST_SECONDS, 48000).map(FilmSpan)


def frame_rates() -> st.SearchStrategy[FrameRate]:
    """Every rate the trade uses, with and without drop."""
    return st.sampled_from(tuple(RATES.values()))


@st.composite
def quarters(draw: st.DrawFn, lowest: int = -16, highest: int = 400) -> Fraction:
    """A written position or length: whole quarters and a part on a usual grid."""
    denominator = draw(st.sampled_from(GRIDS))
    return Fraction(draw(st.integers(lowest * denominator, highest * denominator)), denominator)


def beats(lowest: int = -16, highest: int = 400) -> st.SearchStrategy[Beat]:
    """Written positions, pickups included."""
    return quarters(lowest, highest).map(Beat)


def note_lengths(highest: int = 40) -> st.SearchStrategy[Beats]:
    """Written lengths of more than nothing."""
    return quarters(0, highest).filter(bool).map(Beats)


UNITS = tuple(Beats(text) for text in ("1/2", "3/4", "1", "3/2", "2"))


@st.composite
def tempos(draw: st.DrawFn, lowest: int = 20, highest: int = 400) -> Tempo:
    """Tempos of any usual beat unit, `lowest` to `highest` quarters a minute."""
    unit = draw(st.sampled_from(UNITS))
    return Tempo(draw(fractions(lowest, highest)) / unit.quarters, unit)


@st.composite
def meters(draw: st.DrawFn) -> Meter:
    """Time signatures, with the usual grouping or any other."""
    denominator = draw(st.sampled_from((2, 4, 8, 16)))
    if draw(st.booleans()):
        return Meter(draw(st.integers(1, 15)), denominator)
    groups = tuple(draw(st.lists(st.integers(1, 4), min_size=1, max_size=5)))
    return Meter(sum(groups), denominator, groups)


@st.composite
def bar_grids(draw: st.DrawFn, most: int = 40) -> BarGrid:
    """Bars of changing meter, perhaps with a pickup."""
    found = tuple(draw(st.lists(meters(), min_size=1, max_size=most)))
    pickup = draw(st.one_of(st.just(Beats(0)), note_lengths(4)))
    return BarGrid.of_meters(found, pickup)


def ramps(at: Beat | None = None) -> st.SearchStrategy[Ramp]:
    """Ramps of all three laws; `at` fixes where they begin."""
    return st.builds(
        Ramp,
        at=beats(0, 40) if at is None else st.just(at),
        length=note_lengths(),
        start=tempos(),
        end=tempos(),
        law=st.sampled_from(RampLaw),
    )


@st.composite
def tempo_events(draw: st.DrawFn, most: int = 6) -> tuple[TempoEvent, ...]:
    """A tempo list that stands: in order, without overlap, beginning with a tempo."""
    at = Beat(draw(st.sampled_from((0, 0, -4, 2, Fraction(1, 3)))))
    events: list[TempoEvent] = []
    for index in range(draw(st.integers(1, most))):
        kind = draw(st.sampled_from(("steady", "ramp", "fermata", "free")[: 4 if index else 2]))
        length = draw(note_lengths(24))
        played = FilmSpan(draw(fractions(0, 20, above=True)))
        if kind == "steady":
            events.append(Steady(at, draw(tempos())))
        elif kind == "ramp":
            events.append(draw(ramps(at)))
            length = events[-1].length  # type: ignore[union-attr]
        else:
            events.append((Fermata if kind == "fermata" else FreeBar)(at, length, played))
        at = at + length + (Beats(0) if draw(st.booleans()) else draw(note_lengths(8)))
    return tuple(events)


@st.composite
def tempo_maps(draw: st.DrawFn, most_events: int = 6) -> TempoMap:
    """Maps with steps, ramps of every law, fermatas and free bars."""
    return TempoMap(draw(film_times()), draw(bar_grids(12)), draw(tempo_events(most_events)))


@st.composite
def hits(draw: st.DrawFn, length_seconds: int, most: int = 6) -> tuple[Hit, ...]:
    """Hits on frames (24 a second) within a cue that starts at zero."""
    frames = draw(st.lists(st.integers(0, 24 * length_seconds), max_size=most))
    return tuple(
        Hit(
            id=f"h{number}",
            at=FilmTime(Fraction(frame, 24)),
            weight=draw(st.integers(1, 5)),
            want=draw(st.sampled_from(HitWant)),
            early_frames=Fraction(draw(st.integers(0, 3))),
            late_frames=Fraction(draw(st.integers(1, 4))),
            aim_frames=Fraction(draw(st.integers(-1, 2))),
        )
        for number, frame in enumerate(frames)
    )


CELLS = tuple(
    tuple(map(Fraction, cell.split()))
    for cell in (
        "1", "2", "4", "3", "6", "1/2 1/2", "1/4 1/4 1/4 1/4", "1/3 1/3 1/3", "2/3 2/3 2/3",
        "1/6 1/6 1/6 1/6 1/6 1/6", "3/4 1/4", "1/4 3/4", "3/2 1/2", "1/2 1 1/2", "5/4 3/4",
        "1/8 1/8 1/4 1/2", "2/3 1/3", "1/5 1/5 1/5 1/5 1/5", "7/2 1/2", "4/3 2/3", "1/6 1/3 1/2",
        "1/16 3/16 3/4", "5/2 3/2", "4/3 4/3 4/3",
    )
)  # fmt: skip
"""Rhythms whose sum is whole quarters, tuplets included."""


def pitches() -> st.SearchStrategy[Pitch]:
    """Pitches of the piano with every usual spelling."""
    return st.builds(Pitch, st.sampled_from("CDEFGAB"), st.integers(-1, 1), st.integers(2, 6))


def chords(most: int = 3) -> st.SearchStrategy[tuple[Pitch, ...]]:
    """One to `most` pitches, each on a line or space of its own."""
    return st.lists(
        pitches(), min_size=1, max_size=most, unique_by=lambda pitch: pitch.staff_step
    ).map(tuple)


@st.composite
def voices(draw: st.DrawFn, grid: BarGrid, name: str, most_notes: int = 24) -> Voice:
    """Notes and rests that fit the bars: cells that start on quarters, pickups included."""
    end = grid.end.quarters
    at = -grid.pickup.quarters if grid.pickup.quarters.denominator == 1 else Fraction(0)
    found: list[Note] = []
    while len(found) < most_notes and draw(st.integers(0, 9)):
        cell = draw(st.sampled_from(CELLS))
        if at + sum(cell) > end:
            break
        for length in cell:
            if draw(st.integers(0, 4)):
                identifier = f"{name}{len(found) + 1}"
                found.append(Note(identifier, Beat(at), Beats(length), draw(chords())))
            at += length
    return Voice(tuple(found))


def small_meters() -> st.SearchStrategy[Meter]:
    """The meters of everyday work, simple, compound and additive."""
    simple = ("4/4", "3/4", "2/4", "5/4", "2/2", "3/2", "6/4")
    grouped = ("6/8", "9/8", "12/8", "7/8", "3+2+2/8", "3/8", "5/8")
    return st.sampled_from(simple + grouped).map(Meter.parse)


@st.composite
def small_grids(draw: st.DrawFn, most: int = 6) -> BarGrid:
    """A few bars of everyday meters, sometimes with a pickup of one quarter."""
    found = tuple(draw(st.lists(small_meters(), min_size=1, max_size=most)))
    return BarGrid.of_meters(found, Beats(draw(st.sampled_from((0, 0, 1)))))


@st.composite
def staves(draw: st.DrawFn, grid: BarGrid, name: str = "n", most_voices: int = 2) -> Staff:
    """A staff with notes, slurs, dynamics and hairpins where they may stand."""
    count = draw(st.integers(1, most_voices))
    found = tuple(draw(voices(grid, f"{name}v{index}n")) for index in range(1, count + 1))
    ends = [note for voice in found[:1] for note in voice.notes]
    slurs = tuple(
        Slur(first.id, last.id) for first, last in zip(ends[::3], ends[2::3], strict=False)
    )
    marks = tuple(DynamicMark(note.onset, draw(st.sampled_from(Dynamic))) for note in ends[::4])
    hairpins = tuple(
        Hairpin(first.onset, last.onset, draw(st.booleans()))
        for first, last in zip(ends[1::5], ends[3::5], strict=False)
    )
    return Staff(found, marks, hairpins, slurs)

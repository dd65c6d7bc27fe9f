"""Rhythm sections: what chord players put under a tune, each with a figure of its own."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from scorestage.music import Articulation, Note, Role
from scorestage.orchestration.carriers import Company
from scorestage.orchestration.chordal import grips, ladder
from scorestage.orchestration.chords import Slice
from scorestage.orchestration.practice import is_chordal, suit
from scorestage.orchestration.values import ADDED, Chair, SketchLine, Task
from scorestage.timebase import Beat, Beats, Meter

COMPING = ADDED + "comping"
_HALF = Fraction(1, 2)
_SIXTEENTH_SECONDS = 0.1

Figure = list[tuple[Fraction, Fraction]]
"""Offsets in the bar and lengths, in quarters."""


def comping_tasks(
    company: Company,
    lines: Sequence[SketchLine],
    chords: Sequence[Slice],
    free: Sequence[Chair],
    place: int,
    groove: str,
) -> list[Task]:
    """The free chord players of a band: one holds, one comps, one breaks the chords."""
    if not chords:
        return []
    players = [
        chair
        for chair in free
        if is_chordal(chair.instrument) and suit(chair.instrument, Role.HARMONY) >= 4
    ]
    source = next((line for line in lines if line.role is Role.HARMONY), lines[0])
    tasks = []
    for turn, chair in enumerate(players):
        kind = (turn + company.phrase.number) % 3 if len(players) > 1 else 1
        if company.phrase.tier <= 1 and turn > 1:
            continue
        if _holds(chair) or (company.phrase.tier == 0 and kind == 1):
            kind = 0
        notes = _part(company, chair, chords, kind, groove)
        if notes:
            broken = "plays four to the bar" if groove == "swing" else "breaks the chords"
            word = ("holds the chords", "comps", broken)[kind]
            tasks.append(_task(chair, place, source, notes, word))
    return tasks


def _holds(chair: Chair) -> bool:
    """Organs and pads sustain."""
    return suit(chair.instrument, Role.RHYTHM) <= 5


def _task(chair: Chair, place: int, source: SketchLine, notes: Sequence[Note], word: str) -> Task:
    return Task(
        player=chair.id,
        instrument=chair.instrument,
        phrase=place,
        role=Role.HARMONY,
        rule="comping",
        why=word,
        priority=16,
        strand=source.strand,
        notes=tuple(notes),
        level_shift=-1,
        added=True,
    )


def _part(
    company: Company, chair: Chair, chords: Sequence[Slice], kind: int, groove: str
) -> list[Note]:
    gripped = grips(chair, chords, 4 if company.phrase.tier >= 2 else 3, company.phrase.level)
    notes: list[Note] = []
    for chord, keys in gripped:
        if kind == 0:
            figure: Figure = [(chord.start, chord.end - chord.start)]
        elif kind == 1 or groove == "swing":
            figure = _comp(company, chord, groove if kind == 1 else "four")
        else:
            notes += _broken(company, chair, chord)
            continue
        for step, (at, length) in enumerate(figure):
            short = length <= _HALF
            notes.append(
                Note(
                    id=f"{chair.id}.{chord.id}~c{step}",
                    onset=Beat(at),
                    length=Beats(length),
                    pitches=tuple(chord.spelled(key) for key in keys),
                    articulations=(Articulation.STACCATO,) if short else (),
                    origin=COMPING,
                )
            )
    return notes


def _comp(company: Company, chord: Slice, groove: str) -> Figure:
    """The figure of each bar, as far as it lies inside the chord; at least its first beat."""
    found: Figure = []
    timing = company.timing
    for bar in range(timing.bar(chord.start), timing.bar(chord.end) + 1):
        start = timing.bar_start(bar)
        meter = timing.grid.bars[min(bar, len(timing.grid.bars) - 1)].meter
        turn = int(4 * company.phrase.dice(f"comp|{bar - company.phrase.first_bar}"))
        for offset, length in _figure(meter, groove, turn, company.phrase.tier):
            at = start + offset
            if chord.start <= at < chord.end:
                found.append((at, min(length, chord.end - at)))
    if not found:
        found = [(chord.start, min(Fraction(1), chord.end - chord.start))]
    return sorted(set(found))


def _figure(meter: Meter, groove: str, turn: int, tier: int) -> Figure:
    click = meter.click.quarters
    beats = [offset.quarters for offset in meter.clicks]
    if groove == "swing" and len(beats) >= 3:
        figures: list[Figure] = [
            [(beats[0], click), (beats[1] + click / 2, click / 2)],
            [(beats[1], click / 2), (beats[-1], click / 2)],
            [(beats[0], click / 2), (beats[1] + click / 2, click * Fraction(3, 2))],
            [(beats[1] + click / 2, click / 2), (beats[-1] + click / 2, click / 2)],
        ]
        return figures[turn]
    if groove == "four":
        return [(at, min(click, _HALF)) for at in beats]
    if groove == "rock" and tier >= 3 and click >= 1:
        return [(at + half, click / 2) for at in beats for half in (Fraction(0), click / 2)]
    if groove == "electronic" and click >= 1:
        return [(at + click / 2, click / 2) for at in beats]
    return (
        [(offset.quarters, click) for offset in meter.stresses]
        if turn
        else [(at, click) for at in beats]
    )


def _broken(company: Company, chair: Chair, chord: Slice) -> list[Note]:
    """The chord up and down in eighths (sixteenths where there is time)."""
    length = chord.end - chord.start
    second = company.timing.between(chord.start, chord.end) / float(length)
    quick = company.phrase.tier >= 3 and second / 4 >= _SIXTEENTH_SECONDS
    step = Fraction(1, 4) if quick else _HALF
    rungs = ladder(chair.instrument, chord, 52, 76)[:5]
    if len(rungs) < 3:
        return []
    wave = [*rungs, *reversed(rungs[1:-1])]
    notes = []
    for place in range(max(1, int(length / step))):
        at = chord.start + place * step
        held = Beats(min(step, chord.end - at))
        name = f"{chair.id}.{chord.id}~b{place}"
        notes.append(Note(name, Beat(at), held, (wave[place % len(wave)],), origin=COMPING))
    return notes

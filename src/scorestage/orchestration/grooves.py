"""Drum kits: what two hands and two feet play, by kind of music, meter and loudness."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

from scorestage.music import (
    Articulation,
    DynamicMark,
    Ensemble,
    Family,
    Note,
    Role,
    Unpitched,
)
from scorestage.orchestration.accents import Blow
from scorestage.orchestration.carriers import Company
from scorestage.orchestration.levels import dynamic_of
from scorestage.orchestration.percussion import sound
from scorestage.orchestration.practice import FEET, is_kit
from scorestage.orchestration.values import ADDED, Chair, Phrase, SketchLine, Task
from scorestage.timebase import Beat, Beats, Meter

GROOVE = ADDED + "groove"
_KICK = ("kick", "bass-drum")
_SNARE = ("snare", "snare-drum", "clap")
_STICK = ("cross-stick", "snare", "clap")
_HAT = ("closed-hi-hat", "shaker", "tambourine")
_OPEN = ("open-hi-hat", "closed-hi-hat")
_FOOT = ("pedal-hi-hat",)
_RIDE = ("ride", "closed-hi-hat")
_CRASH = ("crash", "cymbals")
_TOMS = ("high-tom", "middle-tom", "low-tom", "floor-tom")
_HALF = Fraction(1, 2)

Stroke = tuple[Fraction, tuple[str, ...]]
"""Offset in the bar, and the sounds that would do, best first."""


def groove_of(ensemble: Ensemble, wish: str) -> str:
    """`swing`, `rock` or `electronic` for an ensemble with a kit; what a person wishes wins."""
    if wish != "auto":
        return wish
    families = [player.instrument.family for player in ensemble.players]
    if families.count(Family.SYNTH) * 2 > len(families):
        return "electronic"
    horns = families.count(Family.WOODWIND) + families.count(Family.BRASS)
    return "swing" if horns else "rock"


def kit_tasks(
    company: Company,
    lines: Sequence[SketchLine],
    blows: Sequence[Blow],
    place: int,
    groove: str,
    before: Phrase | None,
    following: Phrase | None,
) -> list[Task]:
    """The kit's bars of a phrase: time by the groove, hits with kick and cymbal, a fill to end."""
    tasks = []
    for chair in company.chairs:
        if not is_kit(chair.instrument):
            continue
        strokes: dict[Fraction, list[str]] = {}
        moves = _moves(company, lines)
        if groove != "none" and (moves or company.phrase.tier >= 3):
            _keep_time(company, chair, groove, strokes)
            _fill(company, chair, following, strokes)
        _crash_in(company, chair, before, strokes)
        _catch(chair, blows, strokes)
        notes = list(_notes(company, chair, strokes, blows))
        if notes:
            tasks.append(_task(company, chair, place, notes, blows, lines, groove))
    return tasks


def _task(
    company: Company,
    chair: Chair,
    place: int,
    notes: Sequence[Note],
    blows: Sequence[Blow],
    lines: Sequence[SketchLine],
    groove: str,
) -> Task:
    marks = {notes[0].onset: DynamicMark(notes[0].onset, dynamic_of(company.phrase.level))}
    for blow in blows:
        if any(note.onset.quarters == blow.at for note in notes):
            marks[Beat(blow.at)] = DynamicMark(Beat(blow.at), blow.dynamic)
            after = [note.onset for note in notes if note.onset.quarters > blow.at]
            if after:
                marks.setdefault(after[0], DynamicMark(after[0], dynamic_of(company.phrase.level)))
    return Task(
        player=chair.id,
        instrument=chair.instrument,
        phrase=place,
        role=Role.RHYTHM,
        rule="groove",
        why=f"keeps {groove} time" if groove != "none" else "catches the hits",
        priority=3,
        strand=lines[0].strand if lines else 0,
        notes=tuple(notes),
        added=True,
        dynamics=tuple(marks[at] for at in sorted(marks)),
    )


def _moves(company: Company, lines: Sequence[SketchLine]) -> bool:
    """Whether the phrase has a pulse: somebody plays about every second beat."""
    onsets = {tone.start for line in lines for tone in line.tones}
    beats = company.phrase.end - company.phrase.start
    return company.phrase.tier >= 1 and len(onsets) * 2 >= beats


def _keep_time(
    company: Company, chair: Chair, groove: str, strokes: dict[Fraction, list[str]]
) -> None:
    timing, phrase = company.timing, company.phrase
    for bar in range(phrase.first_bar, phrase.last_bar + 1):
        start, meter = timing.bar_start(bar), timing.grid.bars[bar].meter
        pattern = {"swing": _swing, "rock": _rock, "electronic": _electronic}[groove]
        for offset, sounds in pattern(meter, phrase.tier, bar - phrase.first_bar):
            name = sound(chair.instrument, sounds)
            if name is not None:
                here = strokes.setdefault(start + offset, [])
                if name not in here:
                    here.append(name)


def _swing(meter: Meter, tier: int, bar: int) -> Iterator[Stroke]:
    """Ride on the beat with skip notes, foot on two and four, the kick feathered."""
    clicks = [click.quarters for click in meter.clicks]
    for place, at in enumerate(clicks):
        yield at, _RIDE
        if place % 2 and tier >= 1:
            yield at, _FOOT
            skip = at + meter.click.quarters * _HALF
            yield skip, _RIDE
        if tier >= 2 and place % 2 == 0:
            yield at, _KICK
        if tier >= 3 and place % 2 and bar % 2:
            yield at + meter.click.quarters * _HALF, _SNARE
        if tier >= 4 and place % 2:
            yield at, _SNARE


def _rock(meter: Meter, tier: int, bar: int) -> Iterator[Stroke]:
    """Hi-hat in eighths, kick on the strong beats, snare between them."""
    clicks = [click.quarters for click in meter.clicks]
    strong = [stress.quarters for stress in meter.stresses]
    hat = _HAT if tier < 4 else _RIDE
    for place, at in enumerate(clicks):
        yield at, hat
        if tier >= 2 and meter.click.quarters >= 1:
            yield at + meter.click.quarters * _HALF, hat
        if at in strong and (len(clicks) < 4 or place % 4 == 0 or len(strong) > 2):
            yield at, _KICK
        elif (place % 2 and len(clicks) % 2 == 0) or place == len(clicks) - 1:
            yield at, _SNARE if tier >= 2 else _STICK
        elif at in strong:
            yield at, _KICK
    if tier >= 3 and bar % 2 and len(clicks) >= 4 and meter.click.quarters >= 1:
        yield clicks[2] + meter.click.quarters * _HALF, _KICK


def _electronic(meter: Meter, tier: int, bar: int) -> Iterator[Stroke]:
    """Kick on every beat, clap on the back beats, hi-hat between."""
    click = meter.click.quarters
    for place, offset in enumerate(meter.clicks):
        at = offset.quarters
        if tier >= 2 or place == 0:
            yield at, _KICK
        if place % 2 and tier >= 2:
            yield at, _SNARE
        if click >= 1:
            yield at + click * _HALF, _OPEN if tier >= 3 else _HAT
            if tier >= 4:
                yield at + click / 4, _HAT
                yield at + click * 3 / 4, _HAT


def _fill(
    company: Company,
    chair: Chair,
    following: Phrase | None,
    strokes: dict[Fraction, list[str]],
) -> None:
    """The last beat of a phrase down the toms, where the next one is not softer."""
    phrase = company.phrase
    if following is None or following.tier < max(2, phrase.tier) or phrase.tier < 2:
        return
    if following.tier == phrase.tier and phrase.number % 2 == 0:
        return
    toms = [name for name in _TOMS if sound(chair.instrument, (name,))]
    meter = company.timing.grid.bars[phrase.last_bar].meter
    click = meter.click.quarters
    if len(toms) < 2 or company.timing.between(phrase.end - click, phrase.end) < 0.3:
        return
    start = phrase.end - click
    for at in [at for at in strokes if at >= start]:
        del strokes[at]
    for place in range(4):
        strokes[start + click * Fraction(place, 4)] = [toms[min(len(toms) - 1, place)]]


def _crash_in(
    company: Company,
    chair: Chair,
    before: Phrase | None,
    strokes: dict[Fraction, list[str]],
) -> None:
    phrase = company.phrase
    crash, kick = sound(chair.instrument, _CRASH), sound(chair.instrument, _KICK)
    louder = before is None or before.tier < phrase.tier
    if phrase.tier < 3 or not crash or not kick:
        return
    if louder or (phrase.number % 2 == 0 and phrase.start in strokes):
        strokes[phrase.start] = [crash, kick]


def _catch(chair: Chair, blows: Sequence[Blow], strokes: dict[Fraction, list[str]]) -> None:
    """At a hit kick and cymbal together, and nothing else just before or after."""
    crash, kick = sound(chair.instrument, _CRASH), sound(chair.instrument, _KICK)
    names = [name for name in (crash, kick) if name is not None]
    for blow in blows:
        for at in [at for at in strokes if abs(at - blow.at) < _HALF]:
            del strokes[at]
        if names:
            strokes[blow.at] = list(names)


def _notes(
    company: Company,
    chair: Chair,
    strokes: dict[Fraction, list[str]],
    blows: Sequence[Blow],
) -> Iterator[Note]:
    """Hands and feet as notes of their own; an id counts from the phrase's start."""
    hits = {blow.at for blow in blows}
    for at in sorted(strokes):
        feet = [name for name in strokes[at] if name in FEET]
        hands = [name for name in strokes[at] if name not in FEET]
        for limb, names in (("h", hands), ("f", feet)):
            if not names:
                continue
            offset = at - company.phrase.start
            name = f"{chair.id}.{company.phrase.name}~{limb}{offset}"
            note = Note(
                name,
                Beat(at),
                Beats(1),
                tuple(Unpitched(one) for one in names),
                origin=GROOVE,
            )
            if at in hits:
                note = replace(note, articulations=(Articulation.ACCENT,))
            yield note

"""Added weight for the harmony: choirs that repeat the sketch's chords, each complete in itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from scorestage.music import Articulation, Note, Role
from scorestage.orchestration.carriers import Company
from scorestage.orchestration.chairs import by_height
from scorestage.orchestration.chords import Slice
from scorestage.orchestration.practice import (
    Colour,
    breath_seconds,
    breathes,
    colour,
    is_chordal,
    is_horn,
    suit,
)
from scorestage.orchestration.values import ADDED, Chair, Task
from scorestage.orchestration.voicing import Seat, seats_for, voiced
from scorestage.timebase import Beat, Beats

HARMONY = ADDED + "harmony"
_CENTRE = {
    Colour.STRINGS: (62.0, 7.0),
    Colour.WOODWIND: (70.0, 5.0),
    Colour.BRASS: (58.0, 5.5),
    Colour.VOICES: (62.0, 6.0),
}
_OTHERS = {"horns": (60.0, 4.5), "trumpets": (67.0, 4.5), "low brass": (53.0, 6.0)}
_RESTING = (
    {Colour.WOODWIND.value, "trumpets"},
    {"low brass"},
    {Colour.WOODWIND.value, "low brass"},
    {"trumpets"},
)
"""Choirs that rest in loud music short of a tutti: brass needs as much rest as it plays."""
_LEAST_SUIT = 5


@dataclass(frozen=True, slots=True)
class Choir:
    """Players of one colour who take whole chords together."""

    name: str
    chairs: tuple[Chair, ...]

    @property
    def why(self) -> str:
        """What is said of their notes."""
        return f"the chord complete in the {self.name}"


def choirs_in(
    company: Company, free: Sequence[Chair], leader: Colour | None, *, bare: bool = False
) -> tuple[Choir, ...]:
    """The choirs that join in this phrase, by how loud it is and whose turn it is.

    In soft and medium music none joins in the colour of the tune (`leader`). `bare` says that
    nobody plays the harmony yet: then one choir always does.
    """
    groups: dict[str, list[Chair]] = {}
    for chair in free:
        group = colour(chair.instrument)
        if suit(chair.instrument, Role.HARMONY) < _LEAST_SUIT or group not in _CENTRE:
            continue
        if is_chordal(chair.instrument):
            continue
        name = _name(company, chair, group)
        groups.setdefault(name, []).append(chair)
    names = list(groups)
    number = company.phrase.number
    tier = max(0, min(4, company.phrase.tier + company.manner.louder))
    soft = {"horns", Colour.WOODWIND.value, Colour.STRINGS.value, Colour.VOICES.value}
    if leader is not None:
        soft.discard(leader.value)
    if tier == 0:
        chosen: list[str] = []
    elif tier == 1:
        mild = [name for name in names if name in soft]
        chosen = [] if number % 2 or not mild else [mild[number // 2 % len(mild)]]
    elif tier == 2:
        mild = [name for name in names if name in soft]
        chosen = [mild[number % len(mild)]] if mild else names[:1]
    elif tier == 3:
        resting = _RESTING[number % len(_RESTING)]
        chosen = [name for name in names if name not in resting or len(names) == 1]
    else:
        chosen = [name for name in names if name != "trumpets" or len(names) == 1]
    if company.manner.choirs is not None:
        chosen = [name for name in names if name in company.manner.choirs and (chosen or bare)]
    if company.shy.sparing:
        chosen = []
    if bare and not chosen:
        chosen = [name for name in names if name in soft][:1] or names[:1]
    return tuple(Choir(name, tuple(_sized(groups[name], tier, number))) for name in chosen)


def _name(company: Company, chair: Chair, group: Colour) -> str:
    """Horns sit apart; trumpets and low brass too, but in most tuttis they are one choir."""
    if is_horn(chair.instrument):
        return "horns"
    if group is Colour.BRASS and (company.phrase.tier < 4 or company.phrase.number % 3 == 2):
        low = suit(chair.instrument, Role.BASS) >= 4
        return "low brass" if low else "trumpets"
    return group.value


def _sized(chairs: Sequence[Chair], tier: int, number: int) -> list[Chair]:
    """In soft music a choir is two or three, and not always the same."""
    most = (3, 3, 3, 5, 8)[tier]
    if len(chairs) <= most:
        return list(chairs)
    if tier <= 2:
        shift = number % len(chairs)
        turned = [*chairs[shift:], *chairs[:shift]]
        return sorted(turned[:most], key=lambda chair: chair.seat)
    return list(chairs[:most])


def choir_tasks(
    company: Company, choir: Choir, chords: Sequence[Slice], place: int, strand: int
) -> list[Task]:
    """A task for each chair of the choir; none where the phrase has no chords."""
    ordered = list(reversed(_by_pitch(choir.chairs)))
    centre, spread = _OTHERS.get(choir.name) or _CENTRE[Colour(choir.name)]
    seats = seats_for([chair.instrument for chair in ordered], centre, spread)
    notes = _voices(company, ordered, seats, chords)
    tasks = []
    for chair, own in zip(ordered, notes, strict=True):
        if own:
            tasks.append(
                Task(
                    player=chair.id,
                    instrument=chair.instrument,
                    phrase=place,
                    role=Role.HARMONY,
                    rule="harmony.choir",
                    why=choir.why,
                    priority=15,
                    strand=strand,
                    notes=tuple(own),
                    level_shift=-1 if company.phrase.tier < 4 else 0,
                    added=True,
                )
            )
    return tasks


def _by_pitch(chairs: Sequence[Chair]) -> list[Chair]:
    """From the highest instrument down; players of one kind by their seating."""
    kinds: dict[str, list[Chair]] = {}
    for chair in chairs:
        kinds.setdefault(chair.instrument.id, []).append(chair)

    def height(group: Sequence[Chair]) -> float:
        easy = group[0].instrument.comfortable
        return -(easy.low.key + easy.high.key) / 2 if easy else 0.0

    groups = sorted(kinds.values(), key=height)
    return [chair for group in groups for chair in by_height(group)]


def _voices(
    company: Company, chairs: Sequence[Chair], seats: Sequence[Seat], chords: Sequence[Slice]
) -> list[list[Note]]:
    found: list[list[Note]] = [[] for _ in chairs]
    before: tuple[int, ...] = ()
    for chord in chords:
        keys = voiced(seats, chord, before, company.phrase.level)
        if not keys:
            continue
        before = keys
        for chair, key, own in zip(chairs, keys, found, strict=True):
            own.append(_note(company, chair, chord, key))
    return found


def _note(company: Company, chair: Chair, chord: Slice, key: int) -> Note:
    lasting = company.timing.between(chord.start, chord.end)
    signs: tuple[Articulation, ...] = ()
    if company.phrase.tier >= 3 and lasting < 0.5:
        signs = (Articulation.ACCENT,)
    elif breathes(chair.instrument) and lasting <= breath_seconds(chair.instrument, 0.0):
        signs = (Articulation.TENUTO,) if company.phrase.tier >= 3 else ()
    return Note(
        id=f"{chair.id}.{chord.id}~h",
        onset=Beat(chord.start),
        length=Beats(chord.end - chord.start),
        pitches=(chord.spelled(key),),
        articulations=signs,
        origin=HARMONY,
    )

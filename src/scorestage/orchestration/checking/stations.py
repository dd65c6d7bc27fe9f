"""Percussion: who of how many plays what, walking from station to station in real seconds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby

from scorestage.music import Unpitched
from scorestage.orchestration.inspection import Heard, Inspection
from scorestage.orchestration.limits import STATION_SECONDS, STROKE_SECONDS, station_of
from scorestage.orchestration.practice import Colour, colour, is_kit
from scorestage.orchestration.result import Fault, FaultKind, Severity
from scorestage.timebase import Beat


@dataclass(frozen=True, slots=True)
class Passage:
    """Strokes at one station without time to leave it: `start` to `end` in seconds."""

    station: str
    start: float
    end: float
    at: Fraction
    sounds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Allocation:
    """Which player (from 0) takes each passage; None where nobody has time."""

    players: tuple[int | None, ...]

    @property
    def count(self) -> int:
        """How many players are used."""
        return len({one for one in self.players if one is not None})


def allocate(passages: Sequence[Passage], count: int | None = None) -> Allocation:
    """Passages to the fewest players, or to `count`: each in turn to the one who can be there.

    Whoever stands at the station already takes it; else who left another one longest ago is asked
    last, so that those who have just arrived may stay. With as many players as passages overlap
    (walks counted) all are taken, and never more players are used than that.

    >>> drum, gong = (Passage(name, 0.0, 1.0, Fraction(0), (name,)) for name in ("drum", "gong"))
    >>> allocate((drum, gong)).players, allocate((drum, gong), 1).players
    ((0, 1), (0, None))
    """
    states: list[tuple[str, float]] = []
    players: list[int | None] = []
    for one in passages:
        able = [
            number
            for number, (station, since) in enumerate(states)
            if since + walk_seconds(station, one.station) <= one.start + 1e-9
        ]
        if able:
            chosen = min(
                able,
                key=lambda number: (states[number][0] != one.station, -states[number][1]),
            )
            states[chosen] = (one.station, one.end)
        elif count is None or len(states) < count:
            chosen = len(states)
            states.append((one.station, one.end))
        else:
            players.append(None)
            continue
        players.append(chosen)
    return Allocation(tuple(players))


def walk_seconds(before: str, after: str) -> float:
    """How long a player needs from one station to another."""
    return 0.0 if before == after else STATION_SECONDS


def passages_of(inspection: Inspection) -> list[Passage]:
    """What one percussion line asks for, station by station."""
    found: list[Passage] = []
    for one in inspection.heard:
        if not is_percussion(one):
            continue
        start, end = inspection.timing.at(one.start), inspection.timing.at(one.end)
        length = end - start if one.note.tremolo else min(end - start, STROKE_SECONDS)
        for station, sounds in _by_station(inspection, one):
            last = next((p for p in reversed(found[-4:]) if p.station == station), None)
            if last is not None and start - last.end < STATION_SECONDS:
                found[found.index(last)] = Passage(
                    station,
                    last.start,
                    max(last.end, start + length),
                    last.at,
                    tuple(dict.fromkeys((*last.sounds, *sounds))),
                )
            else:
                found.append(Passage(station, start, start + length, one.start, sounds))
    return found


def _by_station(inspection: Inspection, one: Heard) -> Iterable[tuple[str, tuple[str, ...]]]:
    sounds = [stroke.sound for stroke in one.note.pitches if isinstance(stroke, Unpitched)]
    if not sounds:
        name = _plain(inspection.line.player.name)
        return [(station_of(name) if one.instrument.drums else one.instrument.id, (name,))]
    stations: dict[str, list[str]] = {}
    for sound in sounds:
        stations.setdefault(station_of(_plain(sound)), []).append(_plain(sound))
    return [(station, tuple(names)) for station, names in stations.items()]


def _plain(name: str) -> str:
    """`cymbals-c5` and `Cymbals 1` as `cymbals`."""
    return re.sub(r"([-_ ]+[a-g]?\d+)+$", "", name.strip().casefold()).replace(" ", "-")


def is_percussion(one: Heard) -> bool:
    """Whether it belongs to the percussion section: drums and mallets, neither kit nor timpani."""
    if is_kit(one.instrument):
        return False
    return bool(one.instrument.drums) or colour(one.instrument) is Colour.MALLETS


def check_stations(inspection: Inspection) -> None:
    """One percussion player alone: time to walk over to the next instrument."""
    passages = sorted(passages_of(inspection), key=lambda one: (one.start, one.station))
    if not passages or inspection.line.player.count > 1:
        return
    last = passages[0]
    for one in passages[1:]:
        has = one.start - last.end
        needs = walk_seconds(last.station, one.station)
        if needs and has < needs:
            what = " and ".join(one.sounds)
            text = f"walking over to the {what} needs {needs:.1f} s, has {max(has, 0):.1f} s"
            repair = f"give the {what} to another percussionist"
            inspection.tell(FaultKind.CHANGE, one.at, text, Severity.WARNING, repair)
        last = one if one.end >= last.end else last


def check_section(inspections: Sequence[Inspection], players: int | None) -> list[Fault]:
    """The whole percussion section: how many players it takes, and who plays what.

    `players` is how many there are; None: as many as the staves ask for, told as advice.
    """
    passages = [(one, line) for line in inspections for one in passages_of(line)]
    passages.sort(key=lambda pair: (pair[0].start, pair[0].station))
    lines = {line.line.player.id for _, line in passages}
    if not passages or (players is None and len(lines) < 2):
        return []
    plain = [one for one, _ in passages]
    whole = allocate(plain)
    if players is None:
        if whole.count >= sum(max(1, _heads(line)) for line in _unique(passages)):
            return []
        text = f"{whole.count} percussionists can play it: {_who(plain, whole)}"
        return [Fault(FaultKind.PLAYERS, "", None, "", text, Severity.ADVICE)]
    if whole.count <= players:
        text = f"{whole.count} percussionists play it: {_who(plain, whole)}"
        return [Fault(FaultKind.PLAYERS, "", None, "", text, Severity.ADVICE)]
    return _short_of_players(passages, allocate(plain, players), players, whole.count)


def _unique(passages: Iterable[tuple[Passage, Inspection]]) -> list[Inspection]:
    found: dict[str, Inspection] = {}
    for _, line in passages:
        found.setdefault(line.line.player.id, line)
    return list(found.values())


def _heads(line: Inspection) -> int:
    return line.line.player.count


def _short_of_players(
    passages: Sequence[tuple[Passage, Inspection]],
    allocation: Allocation,
    players: int,
    needed: int,
) -> list[Fault]:
    found = []
    told: set[tuple[str, int]] = set()
    for (one, line), player in zip(passages, allocation.players, strict=True):
        bar = line.timing.bar(one.at)
        if player is not None or (line.line.player.id, bar) in told:
            continue
        told.add((line.line.player.id, bar))
        what = " and ".join(one.sounds)
        text = f"nobody of {players} percussionists is free for the {what}"
        repair = f"{needed} players, or let another section's player lend a hand"
        found.append(
            Fault(
                FaultKind.PLAYERS,
                line.line.player.id,
                Beat(one.at),
                line.timing.label(one.at),
                text,
                Severity.ERROR,
                repair,
            )
        )
    return found


def _who(passages: Sequence[Passage], allocation: Allocation) -> str:
    """`1 snare-drum, triangle; 2 cymbals`: who plays what."""
    pairs = sorted(
        (player, sound)
        for one, player in zip(passages, allocation.players, strict=True)
        if player is not None
        for sound in one.sounds
    )
    return "; ".join(
        f"{player + 1} {', '.join(dict.fromkeys(sound for _, sound in own))}"
        for player, own in groupby(pairs, key=lambda pair: pair[0])
    )

"""Which tracks of a performance are whose: instruments by name, several tracks of one player."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise

from scorestage.adapters.formats.midi.tracks import DRUM_CHANNEL, MidiTrack, line_of
from scorestage.music import Family, Instrument, Note, Player, Score, pitch_of_key
from scorestage.orchestration import seated
from scorestage.orchestration.checking.naming import named, normal
from scorestage.takedown import (
    Heard,
    Performance,
    PlannedPlayer,
    PlannedTrack,
    PlayedTone,
    PlayedTrack,
    Playing,
    SwitchMap,
    playing_of,
    without_switches,
)
from scorestage.timebase import BarGrid, Beat, Beats, Meter

_COUNTED = re.compile(r"^\s*\d{1,3}\s*[-_.: ]\s*(?=[^\W\d_]{2})")
_HANDS = (
    (re.compile(r"\b(?:r\.? ?h\.?|right(?: hand)?|upper|treble)(?!\w)", re.IGNORECASE), 0),
    (re.compile(r"\b(?:l\.? ?h\.?|left(?: hand)?|lower|bass clef)(?!\w)", re.IGNORECASE), 1),
)
_ROMAN = {"i": "1", "ii": "2", "iii": "3", "iv": "4"}
_NUMBER = re.compile(r"\b(\d|i{1,3}|iv)(?:st|nd|rd|th)?\b")
_INDEXED = Fraction(3, 5)
_TOGETHER = re.compile(r"\b(?:a|zu|à) ?\d\b", re.IGNORECASE)
"""How many play together (`a2`): no number of a player."""
_SHORTHANDS = (
    (re.compile(r"v ?([12])", re.IGNORECASE), r"Violins \1"),
    (re.compile(r"bass(?:es|i)?|b(?:ä|ae)sse", re.IGNORECASE), "Double Basses"),
)
"""What a name is short for among strings."""
_DRUMS = "drum-kit"
_STRUNG = (Family.STRINGS, Family.PLUCKED, Family.RHYTHM)
_FEWEST_AT_ONCE = 4
_LAYERED_SECONDS, _OVERLAP_SECONDS = Fraction(7, 100), Fraction(1, 10)
"""Tracks that take turns overlap for less than the second."""


@dataclass(frozen=True, slots=True)
class Understood:
    """One track with what its name says: whose it is, how it is played, on which staff."""

    track: PlayedTrack
    name: str
    playing: Playing
    staff: int | None
    key: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Plan:
    """The players with their tracks, and what was found on the way, in words."""

    players: tuple[PlannedPlayer, ...]
    told: tuple[str, ...]


def plan_of(
    performance: Performance,
    catalogue: Mapping[str, Instrument],
    maps: Sequence[SwitchMap] = (),
) -> Plan:
    """Every track given to a player; tracks of one instrument are one player's.

    `maps` are the key switches known; a track takes the first that is for it.
    """
    drop = _are_counted([one.name for one in performance.tracks], catalogue)
    tracks = [_understood(one, catalogue, drop=drop) for one in performance.tracks]
    tracks = _among_strings(tracks, catalogue)
    groups: dict[tuple[str, str], list[Understood]] = {}
    for one in tracks:
        key = one.key
        while any(_side_by_side(one, other) for other in groups.get(key, ())):
            key = key[0], f"{key[1]}+"
        groups.setdefault(key, []).append(one)
    players = _players(list(groups.values()), catalogue)
    plans: list[PlannedPlayer] = []
    told: list[str] = []
    for player, group in zip(players, groups.values(), strict=True):
        planned = []
        for one in group:
            heard = _heard(one.track, player.instrument, maps)
            told += _told(one, heard)
            planned.append(PlannedTrack(heard, one.playing, one.staff))
        if len(group) > 1:
            names = ", ".join(one.track.name or "without a name" for one in group)
            told.append(f"{player.name}: {len(group)} tracks together ({names})")
        plans.append(PlannedPlayer(player, tuple(planned)))
    order = sorted(plans, key=lambda plan: plan.player.instrument.order)
    return Plan(tuple(order), tuple(told))


def _understood(
    track: PlayedTrack, catalogue: Mapping[str, Instrument], *, drop: bool
) -> Understood:
    name = _COUNTED.sub("", track.name) if drop else track.name
    playing, rest = playing_of(name)
    staff = None
    for pattern, place in _HANDS:
        if pattern.search(rest):
            staff = place
            rest = " ".join(pattern.sub(" ", rest).split()).strip(" -–()")
    rest = rest or name
    found = named(rest, "", None if track.is_drums else track.program, catalogue)
    told = found.instrument if found is not None and found.how == "name" else None
    if told is not None:
        on_keys = told.professional is not None
        track = replace(track, is_drums=told.id == _DRUMS or (track.is_drums and not on_keys))
    if track.is_drums:
        return Understood(track, rest or "Drums", playing, None, ("drums", normal(rest)))
    if found is None:
        return Understood(track, rest, playing, staff, (normal(rest), str(track.place)))
    if found.instrument.family not in _STRUNG:
        playing = playing.without_strings
    if told is not None:
        return Understood(track, rest, playing, staff, (told.id, _number(rest)))
    own = normal(rest) or str(track.place)
    rest = rest or found.instrument.name
    return Understood(track, rest, playing, staff, (found.instrument.id, own))


def _are_counted(names: Sequence[str], catalogue: Mapping[str, Instrument]) -> bool:
    """Whether the tracks are numbered, `01 Vlns`, `02 Horns`, and not the players, `2. Horn`."""
    counted = [(one, match[0]) for one in names if (match := _COUNTED.match(one))]
    if len(counted) < 2 or len(counted) < _INDEXED * len(names):
        return False
    numbers = [int(re.sub(r"\D", "", number)) for _, number in counted]
    if any(after <= before for before, after in pairwise(numbers)):
        return False
    plain = (playing_of(one.removeprefix(number))[1] for one, number in counted)
    found = [named(one, "", None, catalogue) for one in plain]
    kinds = {one.instrument.id if one is not None else "" for one in found}
    return len(kinds) > 1 or any(number.startswith("0") for _, number in counted)


def _among_strings(
    tracks: Sequence[Understood], catalogue: Mapping[str, Instrument]
) -> list[Understood]:
    """Basses among strings where nobody sings are double basses, V1 the first violins."""
    families = [catalogue[one.key[0]].family for one in tracks if one.key[0] in catalogue]
    sung = {one.key[0] for one in tracks} & {"soprano", "alto", "tenor", "mixed-choir"}
    if Family.STRINGS not in families or sung:
        return list(tracks)
    found = []
    for one in tracks:
        for short, whole in _SHORTHANDS:
            if match := short.fullmatch(one.name.strip()):
                name = match.expand(whole)
                told = named(name, "", None, catalogue)
                if told is not None:
                    key = told.instrument.id, _number(name)
                    one = replace(one, name=name, key=key)
                break
        found.append(one)
    return found


def _side_by_side(one: Understood, other: Understood) -> bool:
    """Whether two tracks of one name play different notes at the same time.

    Ways of playing take turns on one staff, so that tracks of two are two players only where one
    plays most of its notes while the other sounds something else.
    """
    mine, theirs = sorted((one.track.tones, other.track.tones), key=len)
    if not mine or one.staff != other.staff:
        return False
    if one.playing != other.playing:
        return _against(mine, theirs)
    keys = {(tone.key, round(tone.start_seconds * 5)) for tone in theirs}
    near = sum(
        any((tone.key, round(tone.start_seconds * 5) + off) in keys for off in (-1, 0, 1))
        for tone in mine
    )
    first, last = theirs[0].start_seconds, max(tone.end_seconds for tone in theirs)
    during = sum(first <= tone.start_seconds <= last for tone in mine)
    return 2 * during > len(mine) and 2 * near < len(mine)


def _against(mine: Sequence[PlayedTone], theirs: Sequence[PlayedTone]) -> bool:
    """Whether most of a track's strokes come while the other sounds, and strike other keys."""
    sounding: list[PlayedTone] = []
    place = apart = 0
    for tone in mine:
        at = tone.start_seconds
        while place < len(theirs) and theirs[place].start_seconds <= at + _LAYERED_SECONDS:
            sounding.append(theirs[place])
            place += 1
        sounding = [other for other in sounding if other.end_seconds > at + _OVERLAP_SECONDS]
        apart += bool(sounding) and all(other.key != tone.key for other in sounding)
    return apart >= _FEWEST_AT_ONCE and 2 * apart > len(mine)


def _number(name: str) -> str:
    """What tells players of one instrument apart: their numbers, and whether one is a soloist.

    >>> _number("Violins II"), _number("Vln 2"), _number("Solo Cello")
    ('2', '2', 'solo')
    """
    plain = re.sub(r"(?<=[a-z])(?=\d)", " ", _TOGETHER.sub(" ", normal(name)))
    plain = re.sub(r"\b(v[lnc]{0,2})(i{1,2})\b", r"\1 \2", plain)
    numbers = [_ROMAN.get(one, one) for one in _NUMBER.findall(plain)]
    solo = ["solo"] if "solo" in plain.split() else []
    return " ".join((*solo, *numbers))


def _players(
    groups: Sequence[Sequence[Understood]], catalogue: Mapping[str, Instrument]
) -> tuple[Player, ...]:
    """The players of the groups, their instruments from the catalogue, sections as sections."""
    lines = []
    for place, group in enumerate(groups, start=1):
        notes = tuple(
            Note(f"n{number}", Beat(number), Beats(1), (pitch_of_key(tone.key),))
            for number, tone in enumerate(tone for one in group for tone in one.track.tones)
        )
        first = group[0]
        program = first.track.program or 0
        channel = DRUM_CHANNEL if first.track.is_drums else 0
        lines.append(line_of(MidiTrack(first.name, channel, program, notes), place))
    count = max((len(line.notes) for line in lines), default=1)
    grid = BarGrid.regular(count // 4 + 1, Meter(4, 4))
    made = seated(Score(grid, tuple(lines)), catalogue).score
    found = [line.player for line in made.lines]
    return tuple(_named_apart(found))


def _named_apart(players: Sequence[Player]) -> list[Player]:
    """Players with a name of their own each, abbreviated as their instrument is."""
    seen: dict[str, int] = {}
    found = []
    for player in players:
        name = player.name
        seen[name] = seen.get(name, 0) + 1
        if seen[name] > 1:
            name = f"{name} {seen[name]}"
        own = player.instrument
        number = re.search(r"\b(\d|I{1,3}|IV)$", name)
        known = own.abbreviation and own.abbreviation != own.name
        short = f"{own.abbreviation} {number[1]}" if number else own.abbreviation
        abbreviation = short if known else name if len(name) < 8 else f"{name[:5]}."
        found.append(replace(player, name=name, abbreviation=abbreviation))
    return found


def _heard(track: PlayedTrack, instrument: Instrument, maps: Sequence[SwitchMap]) -> Heard:
    known = next((one for one in maps if one.fits(track.name)), None)
    reach = instrument.professional
    lowest = reach.low.key if reach is not None else None
    highest = reach.high.key if reach is not None else None
    return without_switches(track, known, lowest, highest)


def _told(one: Understood, heard: Heard) -> list[str]:
    name = one.track.name or f"track {one.track.place}"
    if heard.found:
        keys = ", ".join(f"{pitch_of_key(key)} ({count})" for key, count in heard.found)
        return [
            f"{name}: keys that never sound taken for key switches: {keys}; "
            "say what they choose with --switch KEY=PLAYING"
        ]
    if heard.switched:
        return [f"{name}: {heard.switched} key switches taken out"]
    return []

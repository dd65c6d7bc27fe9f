"""Key switches: keys and controllers that choose a sound, told from the notes that are heard."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from statistics import median

from scorestage.takedown.performance import PlayedTone, PlayedTrack
from scorestage.takedown.playing import ORDINARY, Playing

_BELOW_RANGE = 2
"""Semitones below (or above) what can be played before a key is suspected to switch."""
_GAP = 5
"""Semitones between the switching keys and the lowest note of the music."""
_MOST_SWITCHES = 16
_EARLY_SECONDS = Fraction(1, 20)
"""A key switch struck together with its note still counts for it."""


@dataclass(frozen=True, slots=True)
class Switch:
    """What chooses a way of playing: a MIDI key, a controller with its value, or a program.

    `low` and `high` bound the velocity of the key, or the controller's value. A `held` switch
    counts only while its key is down.
    """

    playing: Playing
    key: int | None = None
    controller: int | None = None
    program: int | None = None
    low: int = 0
    high: int = 127
    held: bool = False


@dataclass(frozen=True, slots=True)
class SwitchMap:
    """The switches of a library or an instrument; `instruments` are words of the track names
    it is for (none: all)."""

    id: str
    name: str
    switches: tuple[Switch, ...]
    instruments: tuple[str, ...] = ()

    def fits(self, track_name: str) -> bool:
        """Whether it is for a track of this name."""
        told = track_name.casefold()
        return not self.instruments or any(one.casefold() in told for one in self.instruments)

    @property
    def keys(self) -> frozenset[int]:
        """The keys that switch."""
        return frozenset(one.key for one in self.switches if one.key is not None)


@dataclass(frozen=True, slots=True)
class Heard:
    """A track without its switches: the tones that sound, and how each is to be played.

    `found` are keys that were taken for switches though nobody told, with how often they came.
    """

    track: PlayedTrack
    ways: tuple[tuple[Fraction, Playing], ...]
    """Seconds from which on a way of playing is in force."""
    held: tuple[tuple[Fraction, Fraction, Playing], ...] = ()
    found: tuple[tuple[int, int], ...] = ()
    switched: int = 0
    """How many key strokes were taken as switches."""

    def playing_at(self, seconds: Fraction) -> Playing:
        """How a tone that begins then is played."""
        moment = seconds + _EARLY_SECONDS
        place = bisect_right(self.ways, moment, key=lambda one: one[0])
        playing = self.ways[place - 1][1] if place else ORDINARY
        for start, end, held in self.held:
            if start <= moment and seconds < end:
                playing = held
        return playing


def without_switches(
    track: PlayedTrack, known: SwitchMap | None, lowest: int | None, highest: int | None
) -> Heard:
    """The track without what only chooses sounds.

    `known` are the switches told for it; without them keys are found that lie below `lowest` (the
    instrument's lowest key; None where it is not known), apart from the music and few. Nothing is
    taken for a switch where that would leave no music.
    """
    if track.is_drums:
        return Heard(track, ())
    if known is not None:
        return _told(track, known)
    keys = _suspects(track.tones, lowest, highest)
    if not keys:
        return Heard(track, ())
    music = tuple(tone for tone in track.tones if tone.key not in keys)
    struck = [tone for tone in track.tones if tone.key in keys]
    counted = tuple((key, sum(tone.key == key for tone in struck)) for key in sorted(keys))
    ways = tuple((tone.start_seconds, Playing(switch=tone.key)) for tone in struck)
    plain = Heard(replace(track, tones=music), ways, found=counted, switched=len(struck))
    return replace(plain, ways=tuple(_guessed(plain)))


def _told(track: PlayedTrack, known: SwitchMap) -> Heard:
    ways: list[tuple[Fraction, Playing]] = []
    held: list[tuple[Fraction, Fraction, Playing]] = []
    music: list[PlayedTone] = []
    for tone in track.tones:
        if tone.key not in known.keys:
            music.append(tone)
            continue
        for one in known.switches:
            if one.key != tone.key or not one.low <= tone.velocity <= one.high:
                continue
            if one.held:
                held.append((tone.start_seconds, tone.end_seconds, one.playing))
            else:
                ways.append((tone.start_seconds, one.playing))
    for one in known.switches:
        if one.controller is not None:
            lane = track.lane(one.controller)
            ways += [(at, one.playing) for at, told in lane.points if one.low <= told <= one.high]
        if one.program is not None:
            ways += [(at, one.playing) for at, told in track.programs if told == one.program]
    ordered = tuple(sorted(ways, key=lambda way: way[0]))
    switched = len(track.tones) - len(music)
    return Heard(replace(track, tones=tuple(music)), ordered, tuple(held), switched=switched)


def _suspects(
    tones: Sequence[PlayedTone], lowest: int | None, highest: int | None
) -> frozenset[int]:
    """Keys no player of this instrument could sound, apart from the music and few."""
    keys = sorted({tone.key for tone in tones})
    below = _apart(keys, lowest - _BELOW_RANGE if lowest is not None else None, upward=False)
    above = _apart(keys, highest + 2 * _BELOW_RANGE if highest is not None else None, upward=True)
    for suspects in (below | above, below, above):
        rest = [tone for tone in tones if tone.key not in suspects]
        few = len(suspects) <= _MOST_SWITCHES and len(tones) - len(rest) <= len(rest)
        if suspects and rest and few:
            return suspects
    return frozenset()


def _apart(keys: Sequence[int], border: int | None, *, upward: bool) -> frozenset[int]:
    """Keys beyond the border, with a gap between them and the music."""
    if border is None:
        return frozenset()
    beyond = [key for key in keys if (key > border if upward else key < border)]
    inside = [key for key in keys if key not in beyond]
    if not beyond or not inside:
        return frozenset()
    gap = beyond[0] - inside[-1] if upward else inside[0] - beyond[-1]
    return frozenset(beyond) if gap >= _GAP else frozenset()


_SHORT_SECONDS = Fraction(18, 100)


def _guessed(heard: Heard) -> list[tuple[Fraction, Playing]]:
    """Switches nobody explained: staccato where all notes under one are short, else only its key.

    The sound itself is not known; that its notes are short is.
    """
    under: dict[int, list[Fraction]] = defaultdict(list)
    for tone in heard.track.tones:
        switch = heard.playing_at(tone.start_seconds).switch
        if switch is not None:
            under[switch].append(tone.end_seconds - tone.start_seconds)
    short = {key for key, lengths in under.items() if median(lengths) <= _SHORT_SECONDS}
    return [
        (at, replace(way, staccato=True) if way.switch in short else way) for at, way in heard.ways
    ]

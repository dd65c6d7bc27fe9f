"""Who sits where in a phrase, with which instrument, and whose turn it is to lead."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random

from scorestage.music import Ensemble, Instrument, Player, Role
from scorestage.orchestration.practice import Colour, colour, is_horn, suit
from scorestage.orchestration.values import Chair, Phrase

_LEADS_FROM = 4
_ALTERNATE_SECONDS = 8.0
_HORN_HEIGHT = (0, 2, 1, 3)


def chairs_of(ensemble: Ensemble, phrase: Phrase) -> tuple[Chair, ...]:
    """Every player with the instrument taken up for this phrase, in score order."""
    seen: Counter[str] = Counter()
    found = []
    for seat, player in enumerate(ensemble.players):
        instrument = in_hand(player, phrase)
        alternate = instrument is not player.instrument
        found.append(Chair(player, instrument, seat, seen[instrument.id], alternate))
        seen[instrument.id] += 1
    return tuple(found)


def in_hand(player: Player, phrase: Phrase) -> Instrument:
    """The instrument a doubling player takes: what suits the dynamic, and each in its turn."""
    if len(player.instruments) == 1 or phrase.seconds < _ALTERNATE_SECONDS:
        return player.instrument
    turn = phrase.number % len(player.instruments)

    def misfit(place: int) -> float:
        instrument = player.instruments[place]
        bonus = (1.2 if place == 0 else 0.0) + (1.0 if place == turn else 0.0)
        bonus += 1.5 if phrase.tier == 4 and place == 1 else 0.0
        return abs(phrase.level - _home_level(instrument)) - bonus

    return player.instruments[min(range(len(player.instruments)), key=misfit)]


def _home_level(instrument: Instrument) -> float:
    """The dynamic at which an instrument is at home, in steps from mf."""
    if not instrument.bands:
        return 1.0
    levels = [(band.softest.level + band.loudest.level) / 2 for band in instrument.bands]
    return sum(levels) / len(levels)


def by_height(chairs: Sequence[Chair]) -> list[Chair]:
    """Chairs of one instrument from the one that plays highest down: horns interlock 1 3 2 4."""
    ordered = sorted(chairs, key=lambda chair: chair.seat)
    if len(ordered) < 3 or not is_horn(ordered[0].instrument):
        return ordered
    low = {rank: place for place, rank in enumerate(_HORN_HEIGHT)}
    return sorted(ordered, key=lambda chair: low.get(chair.rank, chair.rank))


@dataclass(frozen=True, slots=True)
class Turns:
    """Whose turn it is to carry the tune: two parties that alternate from phrase to phrase.

    Within a party its instruments take turns too. Both follow from the ensemble and the phrase's
    number alone.
    """

    party: dict[str, int]
    group: dict[str, tuple[int, int]]
    offset: int

    def misfit(self, chair: Chair, phrase: Phrase) -> float:
        """0 for those whose turn it is, up to 10 for those who led the phrase before."""
        if chair.id not in self.party:
            return 5.0
        turn = phrase.number + self.offset
        place, count = self.group[chair.id]
        if self.party[chair.id] != turn % 2:
            return 7.5 + (1.5 if place == 0 and chair.rank == 0 else 0.0)
        return 0.0 if place == (turn // 2) % count else 2.5

    def leads(self, chair: Chair, phrase: Phrase) -> bool:
        """Whether the chair's party has the lead in this phrase."""
        return self.party.get(chair.id) == (phrase.number + self.offset) % 2


def turns_of(ensemble: Ensemble, seed: int) -> Turns:
    """The two parties of an ensemble: strings against winds, colours in turn, or the first player
    against the others."""
    leaders = [p for p in ensemble.players if suit(p.instrument, Role.MELODY) >= _LEADS_FROM]
    party = _parties(leaders)
    group: dict[str, tuple[int, int]] = {}
    for side in (0, 1):
        kinds = list(dict.fromkeys(p.instrument.id for p in leaders if party[p.id] == side))
        for player in leaders:
            if party[player.id] == side:
                group[player.id] = (kinds.index(player.instrument.id), len(kinds))
    return Turns(party, group, Random(f"{seed}|turns").randrange(4))


def _parties(leaders: Sequence[Player]) -> dict[str, int]:
    colours = list(dict.fromkeys(colour(player.instrument) for player in leaders))
    if len(colours) > 1:
        winds = (Colour.WOODWIND, Colour.BRASS)
        if Colour.STRINGS in colours and any(one in winds for one in colours):
            return {p.id: int(colour(p.instrument) in winds) for p in leaders}
        best = {
            one: max(
                suit(p.instrument, Role.MELODY) for p in leaders if colour(p.instrument) is one
            )
            for one in colours
        }
        order = sorted(colours, key=lambda one: (-best[one], colours.index(one)))
        return {p.id: order.index(colour(p.instrument)) % 2 for p in leaders}
    return {player.id: int(place > 0) for place, player in enumerate(leaders)}


def ranks_of(ensemble: Ensemble) -> Mapping[str, int]:
    """Of each player the how manieth of their colour they are, from 0."""
    seen: Counter[Colour] = Counter()
    found = {}
    for player in ensemble.players:
        group = colour(player.instrument)
        found[player.id] = seen[group]
        seen[group] += 1
    return found

"""An ensemble made smaller or larger: desks first, then second chairs; doublings move along."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from scorestage.errors import InputError
from scorestage.music import Ensemble, Player, Role
from scorestage.orchestration.practice import suit

_LARGEST_SECTION = 18
_MOST_GROWTH = 1.5
_BASS_FROM, _TUNE_FROM = 7, 6


def resized(ensemble: Ensemble, players: int) -> Ensemble:
    """The ensemble for so many people, in the proportions it has.

    Sections lose desks in proportion; then third and second chairs go, then whoever is needed
    least; what they doubled goes to a colleague of the same instrument. It grows by its sections
    alone, to half as large again: nobody is invented. Raises `InputError` for fewer than one.
    """
    if players < 1:
        raise InputError(f"{players} players cannot play", do="name at least one")
    found = list(ensemble.players)
    source = {player.id: player.count for player in found}
    share = sum(n for n in source.values() if n > 1) / ensemble.head_count
    while _heads(found) > players and (len(found) > 1 or found[0].count > 1):
        found = _one_fewer(found, source, round(players * share))
    while _heads(found) < players:
        grown = _one_more(found, source)
        if grown is None:
            break
        found = grown
    if tuple(found) == ensemble.players:
        return ensemble
    heads = _heads(found)
    return replace(
        ensemble,
        id=f"{ensemble.id}-{heads}",
        name=f"{ensemble.name} ({heads})",
        players=tuple(found),
        description=f"{ensemble.name}, made to {heads} of {ensemble.head_count} players.",
    )


def _heads(players: list[Player]) -> int:
    return sum(player.count for player in players)


def _one_fewer(players: list[Player], source: dict[str, int], sections: int) -> list[Player]:
    """One person fewer: from a section while sections have more than their share."""
    large = [p for p in players if p.count > 1]
    singles = [p for p in players if p.count == 1 and source[p.id] == 1]
    sitting = sum(p.count for p in players if source[p.id] > 1)
    if large and (sitting > sections or not _can_go(singles, players)):
        victim = max(large, key=lambda p: (p.count / source[p.id], p.count))
        return [replace(p, count=p.count - 1) if p is victim else p for p in players]
    leaving = _can_go(singles, players) or _can_go(players, players) or players
    return _without(players, _least_needed(leaving, players))


def _one_more(players: list[Player], source: dict[str, int]) -> list[Player] | None:
    """One person more in the section that has grown least; None where all are full."""
    room = [
        p
        for p in players
        if source[p.id] > 1 and p.count < min(_LARGEST_SECTION, source[p.id] * _MOST_GROWTH)
    ]
    if not room:
        return None
    chosen = min(room, key=lambda p: p.count / source[p.id])
    return [replace(p, count=p.count + 1) if p is chosen else p for p in players]


def _can_go(some: list[Player], players: list[Player]) -> list[Player]:
    """Those of `some` without whom there is still a bass and somebody for the tune."""
    return [
        one
        for one in some
        if all(
            any(suit(p.instrument, role) >= least for p in players if p is not one)
            or not any(suit(p.instrument, role) >= least for p in players)
            for role, least in ((Role.BASS, _BASS_FROM), (Role.MELODY, _TUNE_FROM))
        )
    ]


def _least_needed(leaving: list[Player], players: list[Player]) -> Player:
    """The highest chair of an instrument that has several; else who suits the roles least."""
    kinds = Counter(p.instrument.id for p in players)
    families = Counter(p.instrument.family for p in players)
    seen: Counter[str] = Counter()
    rank: dict[str, int] = {}
    for player in players:
        rank[player.id] = seen[player.instrument.id]
        seen[player.instrument.id] += 1

    def burden(player: Player) -> tuple[int, int, int, int]:
        roles = (Role.MELODY, Role.HARMONY, Role.BASS, Role.COUNTER, Role.ACCENT)
        worth = sum(suit(player.instrument, role) for role in roles)
        family = families[player.instrument.family]
        return rank[player.id], kinds[player.instrument.id], family, -worth

    return max(leaving, key=burden)


def _without(players: list[Player], leaving: Player) -> list[Player]:
    """Everybody but one; what that one doubled goes to the last colleague of the instrument."""
    rest = [p for p in players if p is not leaving]
    colleagues = [p for p in rest if p.instrument.id == leaving.instrument.id]
    if not colleagues or not leaving.instruments[1:]:
        return rest
    heir = colleagues[-1]
    more = tuple(one for one in leaving.instruments[1:] if one not in heir.instruments)
    name = heir.name + "".join(f" / {one.name}" for one in more)
    taken = replace(heir, instruments=(*heir.instruments, *more), name=name)
    return [taken if p is heir else p for p in rest]

"""An ensemble made smaller or larger, as a contractor books it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from scorestage.errors import InputError
from scorestage.music import Ensemble, Family, Instrument, Player
from scorestage.orchestration.seats import booking, kind

_LARGEST_SECTION = 18
_MOST_GROWTH = 1.5
_COMPANY = 12
_MOST_HELD = 4
_USUAL = {"brass.french-horn": 4, "brass.tuba": 1, "wind.reed.saxophone.baritone": 0}
_USUAL_CHAIRS = 3
_FIRST = re.compile(r"^(.*?) (?:1|I)(?=$| /)")


def resized(ensemble: Ensemble, players: int) -> Ensemble:
    """The ensemble for so many people.

    Fewer are those who are booked first (`booking`): doublings go before desks, desks before
    colours, so from 4 up there is somebody for tune, bass and chords, and no second of a wind
    while another has not its first. What somebody doubled who is left out goes to a colleague. It
    grows by its sections and, from 12 people up, by further chairs of winds that it has, to half
    as large again: no new instrument is invented, and soloists stay soloists. Raises `InputError`
    for fewer than one.
    """
    if players < 1:
        raise InputError(f"{players} players cannot play", do="name at least one")
    change = _fewer if players < ensemble.head_count else _more
    found = change(ensemble, players)
    if found == ensemble.players:
        return ensemble
    heads = sum(player.count for player in found)
    return replace(
        ensemble,
        id=f"{ensemble.id}-{heads}",
        name=f"{ensemble.name} ({heads})",
        players=found,
        description=f"{ensemble.name}, made to {heads} of {ensemble.head_count} players.",
    )


def _fewer(ensemble: Ensemble, heads: int) -> tuple[Player, ...]:
    """Those who are booked first; who stays takes up what the others would have brought."""
    booked = Counter(seat.player.id for seat in booking(ensemble)[:heads])
    found = [replace(p, count=booked[p.id]) for p in ensemble.players if booked[p.id]]
    for leaving in ensemble.players:
        if not booked[leaving.id]:
            found = _inherited(found, leaving)
    kinds = Counter(kind(player.instrument) for player in ensemble.players)
    left = Counter(player.instrument.id for player in found)
    return tuple(
        _alone(p) if left[p.instrument.id] == 1 and kinds[kind(p.instrument)] > 1 else p
        for p in found
    )


def _alone(player: Player) -> Player:
    """Horn 1 is called Horn where there is no other."""
    return replace(
        player,
        name=_FIRST.sub(r"\1", player.name),
        abbreviation=_FIRST.sub(r"\1", player.abbreviation),
    )


def _inherited(players: list[Player], leaving: Player) -> list[Player]:
    """What somebody who left would have brought goes to the last colleague who can take it up."""
    wanted = [one for one in leaving.instruments if _taken_up(one, leaving)]
    held = {one.id for player in players for one in player.instruments}
    for one in wanted:
        if one.id in held:
            continue
        able = [p for p in players if _could(p, one, leaving) and len(p.instruments) < _MOST_HELD]
        if able:
            heir = min(reversed(able), key=lambda p: len(p.instruments))
            players = [_with(p, one) if p is heir else p for p in players]
    return players


def _taken_up(instrument: Instrument, leaving: Player) -> bool:
    """Whether it is doubled as a matter of course: what was doubled, and woodwinds and drums."""
    doubled = instrument in leaving.instruments[1:]
    return doubled or instrument.family in (Family.WOODWIND, Family.PERCUSSION)


def _could(player: Player, instrument: Instrument, leaving: Player) -> bool:
    """Whether this player doubles that as a matter of course."""
    own, drums = player.instrument, Family.PERCUSSION
    if player.is_section:
        return False
    if own.family is drums or instrument.family is drums:
        return own.family is drums and instrument.family is drums
    same_kind = kind(own) in (kind(instrument), kind(leaving.instrument))
    return own.family is instrument.family and same_kind


def _with(player: Player, instrument: Instrument) -> Player:
    """The player with one more instrument, and its name on the stand."""
    more = instrument.name.split(" in ")[0]
    held = (*player.instruments, instrument)
    return replace(player, instruments=held, name=f"{player.name} / {more}")


def _more(ensemble: Ensemble, heads: int) -> tuple[Player, ...]:
    """One more at a time, where the ensemble has grown least."""
    found = list(ensemble.players)
    while sum(player.count for player in found) < heads:
        grown = _one_more(found, ensemble)
        if grown is None:
            break
        found = grown
    return tuple(found)


def _one_more(players: list[Player], ensemble: Ensemble) -> list[Player] | None:
    """One in a section, or a chair of a wind colour, whichever has grown least; None if full."""
    source = {player.id: player.count for player in ensemble.players}
    room = [
        p
        for p in players
        if source.get(p.id, 1) > 1 and p.count < min(_LARGEST_SECTION, source[p.id] * _MOST_GROWTH)
    ]
    section = min(room, key=lambda p: p.count / source[p.id], default=None)
    chair = _next_chair(players, ensemble)
    if section is None and chair is None:
        return None
    if chair is None or (section and section.count / source[section.id] <= chair[0]):
        return [replace(p, count=p.count + 1) if p is section else p for p in players]
    place = players.index(chair[1]) + 1
    return [*players[:place], _beside(chair[1], players), *players[place:]]


def _next_chair(players: Sequence[Player], ensemble: Ensemble) -> tuple[float, Player] | None:
    """The last chair of the wind colour that has grown least, and how far that has grown."""
    if ensemble.head_count < _COMPANY:
        return None
    winds = [
        p
        for p in ensemble.players
        if p.instrument.family in (Family.WOODWIND, Family.BRASS) and not p.is_section
    ]
    sections = {kind(p.instrument) for p in ensemble.players if p.is_section}
    before = Counter(kind(p.instrument) for p in winds)
    now = Counter(kind(p.instrument) for p in players if not p.is_section)
    open_to = [
        name
        for name, count in before.items()
        if name not in sections and now[name] < min(2 * _usual(name), -(-count * 3 // 2))
    ]
    if not open_to:
        return None
    name = min(open_to, key=lambda one: now[one] / _usual(one))
    usual = Counter(p.instrument.id for p in winds if kind(p.instrument) == name).most_common(1)
    last = [p for p in players if kind(p.instrument) == name and p.instrument.id == usual[0][0]][-1]
    return now[name] / before[name], last


def _usual(name: str) -> int:
    """How many chairs of a wind colour a large orchestra has."""
    return _USUAL.get(name, _USUAL_CHAIRS)


def _beside(player: Player, players: Sequence[Player]) -> Player:
    """One more chair of what somebody plays: Horn 5 beside Horn 4."""
    own = player.instrument
    fellows = [p for p in players if p.instrument is own]
    number = len(fellows) + 1
    stem = re.sub(r"\d+$", "", player.id) or own.id
    taken = {p.id for p in players}
    fresh = next(f"{stem}{n}" for n in range(number, number + 99) if f"{stem}{n}" not in taken)
    name = own.name.split(" in ")[0]
    return Player(fresh, f"{name} {number}", f"{own.abbreviation} {number}", (own,))

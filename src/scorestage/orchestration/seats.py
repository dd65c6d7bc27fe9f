"""In which order a contractor books the chairs of an ensemble, the first booked first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from scorestage.music import Ensemble, Family, Instrument, Player, Role
from scorestage.orchestration.practice import colour, is_chordal, is_kit, strength, suit

_ALIASES = {
    "wind.reed.english-horn": "wind.reed.oboe",
    "wind.reed.contrabassoon": "wind.reed.bassoon",
    "brass.trumpet.bass": "brass.trumpet.bass",
    "brass.cimbasso": "brass.tuba",
}
_CHOIRS = ("wind.flutes.flute", "wind.reed.clarinet")
_PAIRED = ("brass.trombone", "brass.trumpet", "brass.tuba", "pluck.guitar", "brass.cornet")
_ROLES = (
    (Role.MELODY, 1.8),
    (Role.BASS, 1.1),
    (Role.HARMONY, 1.2),
    (Role.RHYTHM, 0.3),
)
_BASS_FROM, _TUNE_FROM = 7, 6
_TUNES, _ONE_BASS = 76, 4
_NEW_CHOIR, _SHARE, _SAME, _HEAVY, _PULSE = 0.5, 2.0, 0.2, 0.6, 0.8


@dataclass(frozen=True, slots=True)
class Seat:
    """One person: the `number`-th, from 0, of those who share the player's line."""

    player: Player
    number: int


@lru_cache(maxsize=1024)
def kind(instrument: Instrument) -> str:
    """What counts as the same colour: flute and piccolo do, clarinet and bass clarinet too.

    Saxophones are a choir of their own, each size a colour; so are voices and bowed strings.
    """
    sound = instrument.musicxml_sound or instrument.id
    for start in (*_CHOIRS, *_PAIRED):
        if sound.startswith(start):
            return start
    if instrument.drums and instrument.family is Family.PERCUSSION:
        return f"drum.{instrument.id}"
    return _ALIASES.get(sound, sound)


def booking(ensemble: Ensemble) -> tuple[Seat, ...]:
    """All seats in the order in which they are booked, so that every start is a company.

    First one of each colour, by what the company lacks: somebody for the tune, for the bass, for
    chords, each choir in its share. Then desks and second chairs in turn, horns in pairs, upper
    strings by threes (two on a part are never in tune), third chairs and last desks at the end.
    """
    principals, others = _principals(ensemble)
    booked: list[Player] = []
    waiting = list(principals)
    while waiting:
        able = _missed(waiting, booked) or waiting
        best = max(able, key=lambda p: _worth(p, booked, ensemble))
        waiting.remove(best)
        booked.append(best)
    ranked = sorted(others, key=lambda entry: entry[0])
    return (*(Seat(p, 0) for p in booked), *(seat for _, seat in ranked))


def _missed(waiting: Sequence[Player], booked: Sequence[Player]) -> list[Player]:
    """Those one of whom has to be the third, for want of a bass, or the fourth, of a tune."""
    for place, role, least in ((2, Role.BASS, _BASS_FROM), (3, Role.MELODY, _TUNE_FROM)):
        if len(booked) == place and all(suit(p.instrument, role) < least for p in booked):
            return [p for p in waiting if suit(p.instrument, role) >= least]
    return []


def _principals(ensemble: Ensemble) -> tuple[list[Player], list[tuple[float, Seat]]]:
    """The first chair of each colour, and all the others with when they come, from 0 to 1."""
    groups: dict[str, list[Player]] = {}
    for player in ensemble.players:
        groups.setdefault(kind(player.instrument), []).append(player)
    principals: list[Player] = []
    others: list[tuple[float, Seat]] = []
    for name, group in groups.items():
        first, *later = _by_chair(name, group)
        held_back = _held_back(name, groups, ensemble)
        if held_back:
            others.append((held_back, Seat(first, 0)))
        else:
            principals.append(first)
        if _is_body(first):
            principals += later[:1]
            later = later[1:]
        others += [
            (_second(one, r, len(group), brassy=_is_brass(ensemble)), Seat(one, 0))
            for r, one in enumerate(later, 1)
        ]
        others += [(_desk(one, n), Seat(one, n)) for one in group for n in range(1, one.count)]
    return principals, others


def _held_back(name: str, groups: Mapping[str, object], ensemble: Ensemble) -> float:
    """When a colour comes that waits for others: a tuba for strings, drums for brass; 0 if none."""
    players = ensemble.players
    bowed = any(p.instrument.family is Family.STRINGS and p.is_section for p in players)
    if name == "brass.tuba" and bowed and "brass.trombone" in groups:
        return 0.2
    if name.startswith("drum.") and _is_brass(ensemble):
        return 0.4
    return 0.0


def _by_chair(name: str, group: Sequence[Player]) -> list[Player]:
    """First the usual instrument, then (in brass) the other sizes, then second and third chairs."""
    sizes = Counter(player.instrument.id for player in group)
    usual = max(sizes, key=lambda one: sizes[one])
    auxiliary = name not in _PAIRED
    seen: Counter[str] = Counter()
    ranks: dict[str, tuple[int, bool]] = {}
    for player in group:
        other = player.instrument.id != usual
        ranks[player.id] = (seen[player.instrument.id] + (auxiliary and other), other)
        seen[player.instrument.id] += 1
    return sorted(group, key=lambda player: ranks[player.id])


def _is_body(player: Player) -> bool:
    """Whether its second line is a voice of its own: first and second violins, sopranos."""
    return player.instrument.family in (Family.STRINGS, Family.VOICE)


def _is_brass(ensemble: Ensemble) -> bool:
    """Whether more than half of it is brass."""
    brass = sum(p.count for p in ensemble.players if p.instrument.family is Family.BRASS)
    return 2 * brass > ensemble.head_count


def _second(player: Player, rank: int, size: int, *, brassy: bool) -> float:
    """When a second or later chair of a colour comes."""
    if player.is_section or _is_body(player):
        return 0.05 * rank
    if kind(player.instrument) == "brass.french-horn":
        pair = rank // 2 * 2 + rank / 100
        return 1.45 * pair / size if pair >= 2 else (1.02 if brassy else 0.6) / size
    return (1.2 if player.instrument.family is Family.PERCUSSION else 1.0) * rank / size


def _desk(player: Player, number: int) -> float:
    """When one more of a section comes: in proportion, violins and violas two at once."""
    upper = player.instrument.id in ("violin", "viola") and player.count >= 3
    if upper and number in (1, 2):
        return 1.5 / player.count + number / 1000
    late = 0.4 if player.instrument.id == "double-bass" else 0.0
    return (number + late) / player.count


def _worth(player: Player, booked: Sequence[Player], ensemble: Ensemble) -> float:
    """What a first chair brings to those who are booked already."""
    own = player.instrument
    worth = 0.0
    for role, weight in _ROLES:
        had = sum(_able(one.instrument, role) for one in booked)
        worth += weight * _able(own, role) / (1 + (_ONE_BASS if role is Role.BASS else 2) * had)
    choirs = {colour(one.instrument) for one in booked}
    if colour(own) not in choirs and own.family is not Family.PERCUSSION:
        worth += _NEW_CHOIR
    if any(one.instrument is own for one in booked):
        worth -= _SAME
    worth -= _HEAVY * max(0.0, strength(own, 1, 1.0) - 0.5)
    if _keeps_time(own) and any(is_kit(one.instrument) for one in ensemble.players):
        worth += _PULSE
    return worth + _SHARE * _lack(own, booked, ensemble)


def _keeps_time(instrument: Instrument) -> bool:
    """Whether it is the drum kit of a band or the bass beside it."""
    low = suit(instrument, Role.BASS) >= 9 and not is_chordal(instrument)
    return is_kit(instrument) or (low and instrument.family is not Family.BRASS)


def _able(instrument: Instrument, role: Role) -> float:
    """How far one can take a role, 0 to 1: a tune where tunes lie, chords alone or one of two."""
    share = max(0.0, (suit(instrument, role) - 3) / 7)
    easy = instrument.comfortable
    if role is Role.MELODY and (easy is None or not easy.low.key <= _TUNES <= easy.high.key):
        return share / 4
    alone = role is Role.HARMONY and not is_chordal(instrument)
    return share / 2 if alone else share


def _lack(instrument: Instrument, booked: Sequence[Player], ensemble: Ensemble) -> float:
    """How far its choir falls short of its share of the ensemble."""
    own = colour(instrument)
    whole = sum(p.count for p in ensemble.players if colour(p.instrument) is own)
    now = sum(1 for p in booked if colour(p.instrument) is own)
    return whole / ensemble.head_count - now / (len(booked) + 1)

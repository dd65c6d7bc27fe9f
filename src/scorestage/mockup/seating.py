"""Where everybody sits, seen from the conductor, and which stem they are recorded on."""

from __future__ import annotations

from dataclasses import dataclass

from scorestage.music import Family, Player

STEMS = (
    "strings",
    "woodwind",
    "brass",
    "percussion",
    "keys-harp",
    "rhythm",
    "synth",
    "choir",
)
"""Every stem in the order of a delivery; a cue has those its players need."""

_STEM_OF_FAMILY = {
    Family.STRINGS: "strings",
    Family.WOODWIND: "woodwind",
    Family.BRASS: "brass",
    Family.PERCUSSION: "percussion",
    Family.PLUCKED: "keys-harp",
    Family.KEYBOARD: "keys-harp",
    Family.RHYTHM: "rhythm",
    Family.SYNTH: "synth",
    Family.VOICE: "choir",
}


@dataclass(frozen=True, slots=True)
class Seat:
    """`pan` from -1 (left) to 1 (right), `distance_m` from the main microphones.

    `in_room` is false for what comes out of a loudspeaker or a line: it gets little of the hall.
    """

    pan: float
    distance_m: float
    in_room: bool = True


_SEAT_OF_PLAYER = {
    "vn1": Seat(-0.55, 4.0),
    "vn2": Seat(-0.22, 5.0),
    "va": Seat(0.2, 5.0),
    "vc": Seat(0.48, 4.5),
    "db": Seat(0.62, 6.5),
}
_SEAT_OF_INSTRUMENT = {
    "violin": Seat(-0.45, 4.0),
    "viola": Seat(0.2, 5.0),
    "cello": Seat(0.48, 4.5),
    "double-bass": Seat(0.62, 6.5),
    "piccolo": Seat(-0.22, 7.0),
    "flute": Seat(-0.16, 7.0),
    "oboe": Seat(0.08, 7.0),
    "english-horn": Seat(0.14, 7.0),
    "clarinet-bb": Seat(-0.12, 8.0),
    "bassoon": Seat(0.12, 8.0),
    "contrabassoon": Seat(0.2, 8.0),
    "horn": Seat(-0.36, 9.0),
    "trumpet-bb": Seat(0.22, 9.5),
    "trumpet-c": Seat(0.22, 9.5),
    "trombone": Seat(0.38, 9.5),
    "bass-trombone": Seat(0.45, 9.5),
    "tuba": Seat(0.52, 9.5),
    "cimbasso": Seat(0.52, 9.5),
    "timpani": Seat(0.05, 11.0),
    "percussion": Seat(-0.12, 11.0),
    "harp": Seat(-0.62, 6.5),
    "piano": Seat(-0.5, 6.5),
    "celesta": Seat(-0.55, 7.0),
    "acoustic-bass": Seat(0.05, 3.0),
    "drum-kit": Seat(0.0, 3.5),
    "electric-bass": Seat(0.0, 2.0, in_room=False),
    "electric-guitar": Seat(0.4, 2.0, in_room=False),
    "lead-guitar": Seat(-0.35, 2.0, in_room=False),
    "electric-piano": Seat(-0.3, 2.0, in_room=False),
    "organ": Seat(0.25, 2.0, in_room=False),
    "soprano": Seat(-0.4, 12.0),
    "alto": Seat(-0.15, 12.0),
    "tenor": Seat(0.15, 12.0),
    "bass-voice": Seat(0.4, 12.0),
}
_SEAT_OF_FAMILY = {
    Family.WOODWIND: Seat(0.0, 7.5),
    Family.BRASS: Seat(0.2, 9.5),
    Family.PERCUSSION: Seat(-0.3, 11.0),
    Family.PLUCKED: Seat(-0.3, 4.0),
    Family.KEYBOARD: Seat(-0.3, 6.5),
    Family.RHYTHM: Seat(0.15, 2.5, in_room=False),
    Family.SYNTH: Seat(0.0, 2.5, in_room=False),
    Family.VOICE: Seat(0.0, 12.0),
    Family.STRINGS: Seat(0.0, 5.0),
}
_STEP_BETWEEN_DESKS = 0.07


def stem_of(player: Player) -> str:
    """The stem a player is recorded on."""
    return _STEM_OF_FAMILY[player.instrument.family]


def seats(players: tuple[Player, ...]) -> dict[str, Seat]:
    """A seat for every player by id: by part in the strings, by instrument, else by family.

    Players of one instrument sit side by side (flutes 1 and 2, four horns). One player alone
    sits in the middle, before the microphones.
    """
    if len(players) == 1:
        seat = _seat(players[0])
        return {players[0].id: Seat(0.0, min(seat.distance_m, 4.0), seat.in_room)}
    found: dict[str, Seat] = {}
    desks: dict[Seat, list[str]] = {}
    for player in players:
        desks.setdefault(_seat(player), []).append(player.id)
    for seat, ids in desks.items():
        for number, player_id in enumerate(ids):
            shift = (number - (len(ids) - 1) / 2) * _STEP_BETWEEN_DESKS
            pan = min(max(seat.pan + shift, -1.0), 1.0)
            found[player_id] = Seat(round(pan, 4), seat.distance_m, seat.in_room)
    return found


def _seat(player: Player) -> Seat:
    if player.id in _SEAT_OF_PLAYER and player.instrument.family is Family.STRINGS:
        return _SEAT_OF_PLAYER[player.id]
    instrument = player.instrument
    return _SEAT_OF_INSTRUMENT.get(instrument.id, _SEAT_OF_FAMILY[instrument.family])

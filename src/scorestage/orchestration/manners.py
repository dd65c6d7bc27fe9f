"""Manners of scoring: what `lush`, `transparent`, `brass-led` and `small` like for each role."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from scorestage.music import Instrument, Player, Role
from scorestage.orchestration.practice import Colour, colour, is_horn

HORNS = "horns"
_DEAR = 6.0


@dataclass(frozen=True, slots=True)
class Manner:
    """One way to score: who carries what, how much is doubled, which choirs join.

    `cares` are costs by role for a group of instruments (a colour, or `horns`), `elsewhere` what
    any other group costs; `turn_share` says how much the tune changes hands between the two
    parties. `more` players than usual double a line, at most `most`. `louder` moves the choice of
    choirs up by tiers, `choirs` names those that may join (None: all).
    """

    name: str
    cares: Mapping[Role, Mapping[str, float]] = field(default_factory=dict)
    elsewhere: float = 0.0
    turn_share: float = 1.0
    more: int = 0
    most: int = 99
    louder: int = 0
    choirs: frozenset[str] | None = None
    joining: Mapping[str, float] = field(default_factory=dict)
    """What it costs or saves that a group doubles the tune."""
    silent: frozenset[str] = frozenset()
    """Groups that neither double a line nor add to it; they carry one where nobody else can."""
    everyone: bool = True
    drums: bool = True
    """Whether timpani and percussion are added."""
    brass_waits: bool = True
    """Whether brass keeps out of soft music."""
    fewest: bool = False
    """Whether as few people as possible play."""
    needs: tuple[frozenset[str], int] = (frozenset(), 0)
    """So many people of these groups an ensemble must have for it."""
    words: str = ""

    def care(self, instrument: Instrument, role: Role) -> float:
        """What it costs, beside all else, that an instrument carries a role."""
        own = self.cares.get(role)
        if own is None:
            return 0.0
        return own.get(_group(instrument), self.elsewhere)

    def lacks(self, players: Iterable[Player]) -> str:
        """What an ensemble has too few of for this manner, in words; empty where it has enough."""
        groups, least = self.needs
        had = sum(one.count for one in players if _group(one.instrument) in groups)
        if had >= least:
            return ""
        return f"it needs {least} of {' and '.join(sorted(groups))}, here are {had}"

    def is_silent(self, instrument: Instrument) -> bool:
        """Whether an instrument keeps out of all that is not a line of its own."""
        return _group(instrument) in self.silent

    def joins(self, instrument: Instrument) -> float:
        """What it costs that an instrument doubles the tune."""
        return self.joining.get(_group(instrument), 0.0)


def _group(instrument: Instrument) -> str:
    return HORNS if is_horn(instrument) else colour(instrument).value


_STRINGS, _WOOD, _BRASS = Colour.STRINGS.value, Colour.WOODWIND.value, Colour.BRASS.value
_PLUCKED, _KEYS, _VOICES = Colour.PLUCKED.value, Colour.KEYS.value, Colour.VOICES.value
_SYNTH = Colour.SYNTH.value
BALANCED = Manner("balanced", words="strings and winds lead in turn")
_LUSH = Manner(
    "lush",
    cares={
        Role.MELODY: {_STRINGS: 0.0, _VOICES: 3.0, _SYNTH: 4.0, HORNS: 7.0},
        Role.COUNTER: {HORNS: 0.0, _STRINGS: 1.0, _WOOD: 3.0},
        Role.HARMONY: {_STRINGS: 0.0, HORNS: 2.0, _VOICES: 2.0, _SYNTH: 2.0},
        Role.RHYTHM: {_STRINGS: 0.0, _WOOD: 3.0},
        Role.BASS: {_STRINGS: 0.0, _WOOD: 1.0, HORNS: 3.0},
    },
    elsewhere=2 * _DEAR,
    turn_share=0.1,
    more=2,
    louder=1,
    choirs=frozenset({_STRINGS, _WOOD, HORNS, _VOICES}),
    joining={_WOOD: -2.0, HORNS: -1.0, _STRINGS: -1.0},
    silent=frozenset({_BRASS, _KEYS, Colour.MALLETS.value}),
    drums=False,
    words="strings sing, in octaves where it is loud; winds and horns thicken them",
)
_TRANSPARENT = Manner(
    "transparent",
    cares={
        Role.MELODY: {_WOOD: 0.0, HORNS: 4.0, _STRINGS: 9.0, _PLUCKED: 6.0, _KEYS: 6.0},
        Role.COUNTER: {_WOOD: 0.0, _STRINGS: 2.0, HORNS: 3.0},
        Role.HARMONY: {_PLUCKED: 0.0, _KEYS: 1.0, _WOOD: 0.5, HORNS: 3.0, _STRINGS: 5.0},
        Role.RHYTHM: {_PLUCKED: 0.0, _KEYS: 0.0, _WOOD: 2.0, _STRINGS: 2.0},
        Role.BASS: {_WOOD: 0.0, _STRINGS: 4.0, _PLUCKED: 3.0, _KEYS: 3.0},
    },
    elsewhere=_DEAR,
    turn_share=0.35,
    more=-2,
    most=1,
    louder=-2,
    everyone=False,
    drums=False,
    words="single winds lead, few play at a time, nothing is doubled that need not be",
)
_BRASS_LED = Manner(
    "brass-led",
    cares={
        Role.MELODY: {_BRASS: 0.0, HORNS: 0.0, _STRINGS: 8.0, _WOOD: 8.0, _KEYS: 16.0},
        Role.COUNTER: {_STRINGS: 0.0, _WOOD: 1.0, HORNS: 2.0, _BRASS: 3.0},
        Role.HARMONY: {_BRASS: 0.0, HORNS: 0.0, _STRINGS: 5.0, _WOOD: 5.0},
        Role.RHYTHM: {_STRINGS: 0.0, _BRASS: 2.0, _WOOD: 2.0},
        Role.BASS: {_BRASS: 0.0, _STRINGS: 5.0, HORNS: 5.0},
    },
    elsewhere=_DEAR + 2.0,
    turn_share=0.2,
    choirs=frozenset({_BRASS, HORNS, "low brass", "trumpets"}),
    louder=1,
    more=-1,
    most=3,
    joining={_WOOD: 3.0, _STRINGS: 5.0, HORNS: -3.0, _BRASS: -3.0},
    everyone=False,
    brass_waits=False,
    needs=(frozenset({_BRASS, HORNS}), 3),
    words="horns and trumpets lead over a brass chord, tuba and trombone carry the bass",
)
_SMALL = Manner(
    "small",
    cares={Role.MELODY: {_KEYS: 9.0, _PLUCKED: 9.0, Colour.MALLETS.value: 9.0}},
    turn_share=0.5,
    more=-9,
    most=0,
    choirs=frozenset(),
    everyone=False,
    drums=False,
    fewest=True,
    words="the fewest people that carry every line",
)
MANNERS: Mapping[str, Manner] = {
    one.name: one for one in (BALANCED, _LUSH, _TRANSPARENT, _BRASS_LED, _SMALL)
}

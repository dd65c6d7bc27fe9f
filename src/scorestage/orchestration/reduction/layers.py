"""The layers of each bar, from tune to bass, and who is in each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from scorestage.music import Family, Role, Score
from scorestage.orchestration.reduction.played import BarOfScore, Group, Passage, bars_of
from scorestage.orchestration.reduction.tune import prominence, tune_carriers

_NEAR_THE_TUNE = 1.5
"""How much less forward than the tune a line may be and still be heard as its counter-melody."""
_OWN_RHYTHM = 0.5
"""A counter-melody shares at most this much of its rhythm with the tune."""
_REPEATED = 0.5
"""A rhythm repeats its note, or its figure, at least this often."""
_BASS_TOP_KEY = 62
"""The mean of a bass lies no higher than this: D4, the middle of a cello's range."""
_FOR_COLOUR = (Family.PERCUSSION, Family.PLUCKED)
_FEW_TONES = 2
"""A bar of so few tones does not show by itself that a low line doubles the tune."""
_OCTAVE = 12


@dataclass(frozen=True, slots=True)
class Layer:
    """What one group of players is for in one bar; `group[0]` is the one that stands for it.

    Everybody else in the group sounds the same, at the unison or in octaves.
    """

    role: Role
    group: Group

    @property
    def leader(self) -> Passage:
        """The passage that the short score writes down."""
        return self.group[0]


@dataclass(frozen=True, slots=True)
class LayeredBar:
    """The layers of one bar."""

    index: int
    layers: tuple[Layer, ...]

    def players(self, role: Role) -> tuple[int, ...]:
        """Who carries a role there, as places in the score from the top."""
        held = (one.player for layer in self.layers if layer.role is role for one in layer.group)
        return tuple(sorted(held))


def layers_of(score: Score) -> tuple[LayeredBar, ...]:
    """Every bar of a score taken apart into its layers."""
    bars = bars_of(score)
    found = prominence(bars)
    carriers = tune_carriers(found, len(score.lines))
    figures = _figures(bars)
    bars = _with_basses(bars, carriers)
    return tuple(
        LayeredBar(bar.index, _layers(bar, score, carriers[place], found[place], figures[place]))
        for place, bar in enumerate(bars)
    )


def _with_basses(
    bars: Sequence[BarOfScore], carriers: Sequence[int | None]
) -> tuple[BarOfScore, ...]:
    """The bars with a bass apart from the tune where a long tone of it only happens to be the
    tune's, octaves lower: who does not double the tune in the bars beside is no doubling."""
    found = []
    for place, (bar, carrier) in enumerate(zip(bars, carriers, strict=True)):
        tune = bar.group_of(carrier) if carrier is not None else ()
        low = tuple(
            one
            for one in tune
            if _is_under(one, tune, carrier)
            and not any(_doubles(one.player, bars, carriers, at) for at in (place - 1, place + 1))
        )
        groups = bar.groups
        if low:
            kept = tuple(one for one in tune if one not in low)
            apart = [(kept, low) if group is tune else (group,) for group in groups]
            groups = tuple(group for pair in apart for group in pair)
        found.append(replace(bar, groups=groups))
    return tuple(found)


def _is_under(one: Passage, tune: Group, carrier: int | None) -> bool:
    """Whether a passage of few tones lies in the bass, an octave or more under the tune."""
    leader = next((other for other in tune if other.player == carrier), one)
    return (
        len(one.tones) <= _FEW_TONES
        and one.mean_key <= _BASS_TOP_KEY
        and one.mean_key + _OCTAVE <= leader.mean_key
    )


def _doubles(
    player: int, bars: Sequence[BarOfScore], carriers: Sequence[int | None], place: int
) -> bool:
    """Whether a player goes with the tune through more than one tone of a bar."""
    if not 0 <= place < len(bars):
        return False
    carrier = carriers[place]
    group = bars[place].group_of(player)
    return len(group) > 1 and any(one.player == carrier and len(one.tones) > 1 for one in group)


def _layers(
    bar: BarOfScore,
    score: Score,
    carrier: int | None,
    forward: Mapping[int, float],
    figured: frozenset[int],
) -> tuple[Layer, ...]:
    tune = bar.group_of(carrier) if carrier is not None else ()
    bass = _bass(bar, tune, score)
    layers = []
    for group in bar.groups:
        if group is tune:
            layers.append(Layer(Role.MELODY, _led_by(group, carrier)))
        elif group is bass:
            layers.append(Layer(Role.BASS, _led_by(group, _bass_leader(group))))
        else:
            role = _other_role(group, tune, bar, score, forward, figured)
            layers.append(Layer(role, group))
    return tuple(layers)


def _led_by(group: Group, player: int | None) -> Group:
    return tuple(sorted(group, key=lambda passage: passage.player != player))


def _bass(bar: BarOfScore, tune: Group, score: Score) -> Group:
    """The lowest line under the tune; none where the tune itself is the lowest."""
    pitched = [
        group for group in bar.groups if group[0].is_pitched and not _is_colour(group, score)
    ]
    if not pitched:
        return ()
    lowest = min(pitched, key=lambda group: min(one.mean_key for one in group))
    depth = min(one.mean_key for one in lowest)
    return () if lowest is tune or depth > _BASS_TOP_KEY else lowest


def _bass_leader(group: Group) -> int:
    """Of those on the bass, the one at the upper octave, with the most notes: the cello's line."""
    most = max(len(one.begun) for one in group)
    full = [one for one in group if len(one.begun) == most]
    return max(full, key=lambda one: (one.mean_key <= _BASS_TOP_KEY, one.mean_key)).player


def _other_role(
    group: Group,
    tune: Group,
    bar: BarOfScore,
    score: Score,
    forward: Mapping[int, float],
    figured: frozenset[int],
) -> Role:
    leader = group[0]
    if not leader.is_pitched or _is_colour(group, score):
        return Role.COLOUR
    if tune and _is_counter(leader, tune[0], forward):
        return Role.COUNTER
    if leader.player in figured or _repeats(leader, bar):
        return Role.RHYTHM
    return Role.HARMONY


def _is_colour(group: Group, score: Score) -> bool:
    return all(score.lines[one.player].player.instrument.family in _FOR_COLOUR for one in group)


def _is_counter(line: Passage, tune: Passage, forward: Mapping[int, float]) -> bool:
    near = forward[line.player] >= forward[tune.player] - _NEAR_THE_TUNE
    shared = len(line.rhythm & tune.rhythm) / max(1, len(line.rhythm | tune.rhythm))
    moves = len(set(line.keys)) > 2 and len(line.begun) > 1
    return near and moves and shared <= _OWN_RHYTHM


def _repeats(line: Passage, bar: BarOfScore) -> bool:
    strokes = sum(max(1, 2**note.tremolo) for note in line.begun)
    if strokes < max(Fraction(2), bar.length):
        return False
    if any(note.tremolo for note in line.begun):
        return True
    pairs = list(zip(line.keys, line.keys[1:], strict=False))
    return sum(1 for a, b in pairs if a == b) >= _REPEATED * max(1, len(pairs))


def _figures(bars: Sequence[BarOfScore]) -> tuple[frozenset[int], ...]:
    """For each bar, who plays the rhythm of its own bar before or after again, in quick notes."""
    rhythms: list[dict[int, frozenset[Fraction]]] = [
        {one.player: one.rhythm for group in bar.groups for one in group} for bar in bars
    ]
    found = []
    for place, bar in enumerate(bars):
        near = [*rhythms[max(0, place - 1) : place], *rhythms[place + 1 : place + 2]]
        found.append(
            frozenset(
                player
                for player, rhythm in rhythms[place].items()
                if len(rhythm) > max(Fraction(3), bar.length)
                and any(other.get(player) == rhythm for other in near)
            )
        )
    return tuple(found)

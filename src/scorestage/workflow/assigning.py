"""The composer's own word on who plays what, as it is typed and kept: `melody=fl1,hn1`."""

from __future__ import annotations

from collections.abc import Sequence

from scorestage.errors import InputError
from scorestage.music import Ensemble, Role, Sketch
from scorestage.orchestration import Assignment, players_named

_ROLES = {role.value.lower(): role for role in Role}


def assignments(words: Sequence[str], sketch: Sketch, ensemble: Ensemble) -> tuple[Assignment, ...]:
    """`melody=fl1,hn1` and `Harmony 2@9-16=Hn 1-4` as the composer's own word.

    The left side is a strand or a role, with bars after `@`; the right side names players in any
    way a score does. Raises `InputError` for what nobody is called.
    """
    return tuple(_assignment(one, sketch, ensemble) for one in words)


def _assignment(words: str, sketch: Sketch, ensemble: Ensemble) -> Assignment:
    left, equals, right = words.partition("=")
    name, _, bars = left.partition("@")
    labels = {strand.label.lower(): strand.label for strand in sketch.strands}
    role = _ROLES.get(name.strip().lower())
    strand = labels.get(name.strip().lower()) or (role.value if role else "")
    if not equals or not strand:
        known = ", ".join(labels.values())
        raise InputError(f"{words!r} names no strand", do=f"write STRAND=PLAYERS; strands: {known}")
    players = players_named(right, ensemble)
    if not players:
        known = ", ".join(player.id for player in ensemble.players)
        raise InputError(f"nobody is called {right.strip()!r}", do=f"players: {known}")
    if not bars:
        return Assignment(strand, players)
    low, _, high = bars.partition("-")
    printed = [str(bar.label) for bar in sketch.grid.bars]
    if low not in printed or (high or low) not in printed:
        raise InputError(f"there is no bar {bars!r}", do=f"bars: {printed[0]} to {printed[-1]}")
    starts = sketch.grid.starts
    last = printed.index(high or low) + 1
    return Assignment(strand, players, starts[printed.index(low)], starts[last])

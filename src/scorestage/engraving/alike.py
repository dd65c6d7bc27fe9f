"""Players of one name told apart, so that no two stands are called alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from scorestage.music import Score


def told_apart(names: Sequence[str]) -> tuple[str, ...]:
    """Names with a number behind where several players have the same, in the order they come.

    >>> told_apart(["Violin", "Viola", "Violin"])
    ('Violin 1', 'Viola', 'Violin 2')
    >>> told_apart(["Horn 1", "Horn", "Horn"])
    ('Horn 1', 'Horn 2', 'Horn 3')
    """
    plain = [_plain(name) for name in names]
    several = {name for name, count in Counter(plain).items() if count > 1}
    taken = set(plain)
    found = []
    for name, own in zip(names, plain, strict=True):
        told = name
        if own in several:
            number = 1
            while _plain(told := f"{name} {number}".strip()) in taken:
                number += 1
            taken.add(_plain(told))
        found.append(told)
    return tuple(found)


def with_players_apart(score: Score) -> tuple[Score, tuple[str, ...]]:
    """The score with such names and abbreviations, and those that several players had.

    Names and abbreviations of all others stay.
    """
    players = [line.player for line in score.lines]
    names = told_apart([player.name for player in players])
    if all(name == player.name for name, player in zip(names, players, strict=True)):
        return score, ()
    lines = []
    shared: dict[str, None] = {}
    for line, name in zip(score.lines, names, strict=True):
        player = line.player
        if name != player.name:
            shared[player.name] = None
            number = name.removeprefix(player.name).strip()
            short = f"{player.abbreviation} {number}".strip() if player.abbreviation else ""
            player = replace(player, name=name, abbreviation=short)
        lines.append(replace(line, player=player))
    return replace(score, lines=tuple(lines)), tuple(shared)


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())

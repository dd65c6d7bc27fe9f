"""Triads next to each other by the moves of neo-Riemannian theory.

P turns a triad to the other mode on its root, L and R to the neighbour that shares two tones
(C major: L E minor, R A minor). Words are read from left to right and are as short as may be
(Cohn 1997; Lehman 2018 for what film music makes of them).
"""

from __future__ import annotations

from functools import cache

Triad = tuple[int, bool]
"""Root as pitch class, and whether it is minor."""

_LETTERS = "LPR"
MEDIANTS = ("LP", "PL", "RP", "PR")
"""The chromatic mediants: a third away, the same mode, one tone shared."""


def led_by(triad: Triad, word: str) -> Triad:
    """Where a word leads from a triad.

    >>> led_by((0, False), "PL"), led_by((0, True), "LPR")
    ((8, False), (11, False))
    """
    for letter in word:
        triad = _by(letter, *triad)
    return triad


def _by(letter: str, root: int, minor: bool) -> Triad:
    if letter == "P":
        return root, not minor
    if letter == "L":
        return ((root + 8) % 12, False) if minor else ((root + 4) % 12, True)
    return ((root + 3) % 12, False) if minor else ((root + 9) % 12, True)


@cache
def word_between(one: Triad, other: Triad) -> str:
    """The shortest word from one triad to another, the first by the alphabet of equals.

    >>> word_between((0, False), (4, True)), word_between((0, False), (6, False))
    ('L', 'PRPR')
    """
    words = [("", one)]
    seen = {one}
    while words:
        found = sorted(word for word, triad in words if triad == other)
        if found:
            return found[0]
        longer = []
        for word, triad in words:
            for letter in _LETTERS:
                there = led_by(triad, letter)
                if there not in seen or there == other:
                    longer.append((word + letter, there))
        seen |= {triad for _, triad in longer}
        words = longer
    raise AssertionError("every triad is reached")

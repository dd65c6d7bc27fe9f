"""The phrases of an episode: where the head of the theme comes again, where the tune arrives.

Two statements of the head make a phrase, question and answer; the answer arrives with its last
tone, or, where the head is a bar short, on a tone of its own in the bar after it. Harmony makes a
cadence there: open after the first phrase, closed or deceptive later, and the last one leads on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from scorestage.composing.plan import Section
from scorestage.composing.request import CueRequest
from scorestage.music import Theme
from scorestage.music.progressions import in_bar

_DECEPTIVE = {True: "bVI", False: "vi"}
DANCING = 4
"""From so much motion on a tradition of one tune is dance music."""
_SUBDOMINANT = {True: "iv", False: "IV"}


@dataclass(frozen=True, slots=True)
class EpisodePhrases:
    """Modules of an episode, counted from its first: where heads begin and where phrases arrive.

    `size` is how many modules the head takes.
    """

    size: int
    starts: tuple[int, ...]
    ends: tuple[int, ...]


def motif_bars(theme: Theme) -> int:
    """How many bars of the theme its head motif reaches into."""
    head = theme.notes[: theme.motif_notes]
    length = theme.meter.length.quarters
    return max(1, *(int(note.onset.quarters // length) + 1 for note in head)) if head else 1


def phrases_of_episode(request: CueRequest, section: Section) -> EpisodePhrases:
    """Where the phrases of an episode begin and arrive; none without a theme."""
    if section.theme is None:
        return EpisodePhrases(1, (), ())
    size, count = motif_bars(section.theme), len(section.modules)
    if request.style.one_tune and request.style.motion >= DANCING:
        return _unbroken(size, count)
    spread = request.mood.tension > 0 and section.energy < 1
    every = max(size * (2 if spread else 1), 2)
    starts = tuple(
        start
        for turn, start in enumerate(range(0, count, every))
        if not (turn > 0 and start + size > count)
    )
    ends = (start + max(size, 2) - 1 for start in starts[1::2])
    return EpisodePhrases(size, starts, tuple(end for end in ends if end < count))


def _unbroken(size: int, count: int) -> EpisodePhrases:
    """A dance tune does not wait for an answer: heads follow each other, every phrase of four
    modules (of two heads, where they are longer than two) arrives."""
    whole = max(4, 2 * size)
    ends = tuple(range(whole - 1, count, whole))
    starts = range(0, count, size)
    kept = (at for at in starts if at not in ends and (not at or at + size <= count))
    return EpisodePhrases(size, tuple(kept), ends)


def closed_phrases(
    entries: Sequence[str],
    ends: Sequence[int],
    cadence: Sequence[str],
    random: Random,
    *,
    minor: bool,
    swings: bool,
) -> list[str]:
    """The chords of an episode, a numeral entry a module, with a cadence at the end of phrases.

    `cadence` is the style's own: whether it closes by a dominant, a subdominant or a borrowed chord
    is its affair. A pair of chords that `swings` to say a word is left to swing in every other
    phrase. What leads on from the last module is written by who knows where to.
    """
    found = list(entries)
    chords = [numeral for entry in cadence for numeral in in_bar(entry)]
    if len(chords) < 2:
        return found
    before = chords[-3] if len(chords) > 2 else _SUBDOMINANT[minor]
    for number, end in enumerate(ends):
        if end < 1 or end + 1 == len(found) or (swings and number % 2 == 0):
            continue
        goal = (chords[-2], chords[-1])
        if number % 2 == 0:
            goal = (before, chords[-2])
        elif _is_dominant(chords[-2]) and random.random() < 1 / 3:
            goal = (chords[-2], _DECEPTIVE[minor])
        found[end - 1], found[end] = goal
    return found


def _is_dominant(numeral: str) -> bool:
    """Whether a numeral is a fifth's chord that leads: V, V7, V9.

    >>> [_is_dominant(one) for one in ("V7", "VI", "v", "V5", "Vsus4")]
    [True, False, False, False, False]
    """
    return numeral.partition("/")[0] in ("V", "V7", "V9")

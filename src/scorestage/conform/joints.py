"""What it does to written music to leave it at one click and go on at another."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from scorestage.conform.heard import Heard

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class JointPrices:
    """Points for what a joint does to the music; a joint that nobody hears costs nothing.

    What would have come at the place left is what a listener expects: the nearer the music that
    comes is to it, the less is heard. Voice leading, ends of phrases and themes are what editors
    of music look for first (cut between phrases, on the same harmony, in the same beat).
    """

    harmony: float = 3.0
    """Another harmony than the one that would have come."""
    held: float = 2.5
    """Notes cut short, or taken up in their middle."""
    tune_semitone: float = 0.25
    """Each semitone the tune leaps beyond a fourth, and beyond what it would have leapt."""
    tune_most: float = 2.5
    bass_semitone: float = 0.12
    bass_most: float = 1.0
    phrase: float = 2.5
    """Leaving, and again entering, in the middle of a phrase."""
    theme: float = 4.0
    """Leaving or entering within the statement of a theme."""
    beat: float = 1.0
    """Going on at another beat of the bar."""
    level: float = 0.4
    """Each step of the dynamic between before and after."""
    level_most: float = 1.6
    edge: float = 2.0
    """Beginning or ending in the middle of the music, besides."""
    moving: float = 0.8
    """Each attack within a click that is held."""
    moving_most: float = 4.0


@dataclass(frozen=True, slots=True)
class JointTerms:
    """The points of every joint, each term (N+1, N+1): from the row's place to the column's."""

    harmony: Floats
    held: Floats
    tune: Floats
    bass: Floats
    phrase: Floats
    theme: Floats
    beat: Floats
    level: Floats

    @property
    def total(self) -> Floats:
        """All terms together."""
        first = self.harmony + self.held + self.tune + self.bass
        found: Floats = first + self.phrase + self.theme + self.beat + self.level
        return found


USUAL = JointPrices()


def joint_terms(
    heard: Heard,
    beats: Floats,
    within_theme: npt.NDArray[np.bool_],
    prices: JointPrices = USUAL,
) -> JointTerms:
    """The points of every joint; `beats` is the beat of the bar of each place, from 1.

    `within_theme` says of each place whether the statement of a theme goes on over it.
    """
    likeness = _likeness(heard)
    unlike = 1.0 - likeness
    mid = 1.0 - heard.ends
    phrase = prices.phrase * unlike * (mid[:, None] + mid[None, :]) / 2
    over = within_theme.astype(float)
    theme = prices.theme * unlike * np.maximum(over[:, None], over[None, :])
    harmony = prices.harmony * (1.0 - heard.harmony @ heard.harmony.T)
    silent = (np.linalg.norm(heard.harmony, axis=1) == 0).astype(float)
    harmony *= 1.0 - np.maximum(silent[:, None], silent[None, :])
    tune = heard.tune_before, heard.tune_after
    bass = heard.bass_before, heard.bass_after
    terms = JointTerms(
        harmony=np.maximum(0.0, harmony),
        held=_held_points(heard, prices),
        tune=np.minimum(prices.tune_most, prices.tune_semitone * _leap(*tune, 5.0)),
        bass=np.minimum(prices.bass_most, prices.bass_semitone * _leap(*bass, 7.0)),
        phrase=phrase,
        theme=theme,
        beat=prices.beat * (np.abs(beats[:, None] - beats[None, :]) > 1e-9).astype(np.float64),
        level=np.minimum(
            prices.level_most,
            prices.level * np.abs(_before(heard.level)[:, None] - heard.level[None, :]),
        ),
    )
    return _edged(terms, heard, prices)


def hold_points(heard: Heard, prices: JointPrices = USUAL) -> Floats:
    """What it costs to hold each click: what moves in it stops, and a phrase goes on behind it."""
    moving = np.minimum(prices.moving_most, prices.moving * heard.attacks)
    after = np.append(heard.ends[1:], 1.0)
    found: Floats = moving + prices.phrase * (1.0 - after)
    return found


def _likeness(heard: Heard) -> Floats:
    """How far the tune after one place is like that after another: notes and rhythm, 0 to 1.

    Where the tune rests on both sides there is no phrase to break.
    """
    found = 0.6 * heard.ahead @ heard.ahead.T + 0.4 * heard.pulse @ heard.pulse.T
    rests = (np.linalg.norm(heard.pulse, axis=1) == 0).astype(float)
    likeness: Floats = np.clip(np.maximum(found, rests[:, None] * rests[None, :]), 0.0, 1.0)
    return likeness


def _held_points(heard: Heard, prices: JointPrices) -> Floats:
    """Keys held over the place left that do not sound on at the place entered, and the reverse."""
    held = heard.held
    shared = held @ held.T
    count = held.sum(axis=1)
    most = np.maximum(count[:, None], count[None, :])
    broken = np.divide(most - shared, most, out=np.zeros_like(shared), where=most > 0)
    points: Floats = prices.held * broken
    return points


def _leap(before: Floats, after: Floats, free: float) -> Floats:
    """A line's leap over the joint beyond `free` semitones and beyond what it would have been."""
    leap = np.abs(after[None, :] - before[:, None])
    usual = np.nan_to_num(np.abs(after - before), nan=0.0)
    beyond: Floats = np.maximum(0.0, leap - np.maximum(free, usual)[:, None])
    return np.nan_to_num(beyond, nan=0.0)


def _before(level: Floats) -> Floats:
    return np.append(level[:1], level[:-1])


def _edged(terms: JointTerms, heard: Heard, prices: JointPrices) -> JointTerms:
    """Beginning at a place (row 0) and ending at one (last column) are joints with silence."""
    mid = 1.0 - heard.ends
    last = heard.harmony[-1]
    cadence = prices.harmony * (
        1.0 - np.append(heard.harmony[:1], heard.harmony[:-1], axis=0) @ last
    )
    taken = prices.held * (heard.held.sum(axis=1) > 0)
    for name in ("harmony", "held", "tune", "bass", "phrase", "theme", "beat", "level"):
        term = getattr(terms, name)
        term[0, :] = 0.0
        term[:, -1] = 0.0
    terms.phrase[0, :] = prices.phrase * mid + prices.edge
    terms.held[0, :] = taken
    terms.phrase[:, -1] = prices.phrase * mid + prices.edge
    terms.harmony[:, -1] = np.maximum(0.0, cadence)
    return terms


def joint_words(terms: JointTerms, out: int, into: int) -> tuple[str, ...]:
    """What speaks for a joint and against it, in an editor's words, the worst first.

    >>> import numpy as np
    >>> flat = np.zeros((2, 2))
    >>> joint_words(JointTerms(flat + 2.4, *[flat] * 7), 0, 1)
    ('another harmony than expected', 'between phrases')
    """
    against = [
        (float(terms.harmony[out, into]), 0.9, "another harmony than expected"),
        (float(terms.held[out, into]), 0.6, "cuts held notes"),
        (float(terms.tune[out, into]), 0.4, "the tune leaps"),
        (float(terms.bass[out, into]), 0.4, "the bass leaps"),
        (float(terms.phrase[out, into]), 1.0, "within a phrase"),
        (float(terms.theme[out, into]), 0.9, "within a theme"),
        (float(terms.beat[out, into]), 0.5, "on another beat"),
        (float(terms.level[out, into]), 0.7, "a sudden change of dynamic"),
    ]
    found = [words for points, least, words in sorted(against, reverse=True) if points > least]
    if terms.harmony[out, into] <= 0.3:
        found.append("on the harmony that was to come")
    if terms.phrase[out, into] <= 0.5:
        found.append("between phrases")
    return tuple(found)

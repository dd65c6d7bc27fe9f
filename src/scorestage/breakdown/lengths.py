"""How long a scene will last: from pages, from what is said and done, from what is cut already.

A page is about a minute for a whole film, and a poor guess for a single scene (761 produced
scripts against their running times show the rule true on average and wide for any one film). So
each scene is reckoned twice, by its eighths (7.5 s each) and by what happens in it; the second is
scaled so that both agree for the whole script. The likely length lies midway. As scenes are cut,
their true lengths say how this film runs, and the estimates of the others follow.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from statistics import median

from scorestage.breakdown.pages import eighths_of
from scorestage.production.screenplay import ScriptKind, ScriptScene

EIGHTH_SECONDS = Fraction(15, 2)
SPOKEN_WORDS_PER_SECOND = Fraction(5, 2)
SEEN_WORDS_PER_SECOND = Fraction(4)
TURN_SECONDS = Fraction(1, 2)
"""A breath before anybody speaks."""
USUAL_RATIOS = (Fraction(5, 9), Fraction(5, 6), Fraction(6, 5), Fraction(9, 5))
"""How far scenes usually lie from their estimate, while little of this film is known."""
TIMED_SHARE = Fraction(1, 10)
"""How far a reading with the stop watch may be off."""


@dataclass(frozen=True, slots=True)
class SceneLength:
    """Low, likely and high length of a scene in seconds, and how it was come by."""

    low_seconds: Fraction
    likely_seconds: Fraction
    high_seconds: Fraction
    how: str


@dataclass(frozen=True, slots=True)
class CutScenes:
    """What is known of a film already: lengths in seconds of scenes, by their place.

    Those that are `drawn` (in an animatic) say nothing of how the others will run.
    """

    seconds: Mapping[int, Fraction]
    drawn: frozenset[int] = frozenset()


NOTHING_CUT = CutScenes({})


def cut_scenes(
    lengths: Sequence[Fraction | None], drawn: frozenset[int] = frozenset()
) -> CutScenes:
    """The lengths of those scenes that have one."""
    found = {at: one for at, one in enumerate(lengths) if one is not None}
    return CutScenes(found, drawn)


def happening_seconds(scene: ScriptScene) -> Fraction:
    """What is said at speaking pace, with a breath a turn; what is seen at reading pace.

    >>> from scorestage.production.screenplay import ScriptLine
    >>> said = ScriptLine(ScriptKind.DIALOGUE, "one two three four five", "WICK")
    >>> happening_seconds(ScriptScene("INT. HUT", lines=(said,)))
    Fraction(5, 2)
    """
    total = Fraction(0)
    for line in scene.lines:
        words = len(line.words.split())
        if line.kind in (ScriptKind.DIALOGUE, ScriptKind.LYRIC):
            total += words / SPOKEN_WORDS_PER_SECOND + TURN_SECONDS
        elif line.kind in (ScriptKind.ACTION, ScriptKind.SHOT, ScriptKind.CENTRED):
            total += words / SEEN_WORDS_PER_SECOND
    return total


def lengths_of(
    scenes: Sequence[ScriptScene],
    cut: CutScenes = NOTHING_CUT,
    timed: Mapping[int, Fraction] | None = None,
) -> tuple[SceneLength, ...]:
    """The length of every scene: true where it is cut, as read aloud where it was, else estimated.

    `timed` holds seconds read with a stop watch, by the place of the scene. Estimates are rounded
    to half a second.
    """
    raw = _raw_seconds(scenes)
    known = {at: true for at, true in cut.seconds.items() if at < len(raw) and at not in cut.drawn}
    ratios = sorted(true / raw[at] for at, true in known.items())
    middle = _middle(ratios)
    usual = [middle * one for one in USUAL_RATIOS]
    spread = sorted([*usual, *ratios])
    low, high = spread[len(spread) // 6], spread[-1 - len(spread) // 6]
    told = f"pages and words, as {len(ratios)} cut scenes ran" if ratios else "pages and words"
    found = []
    for at, seconds in enumerate(raw):
        true, read = cut.seconds.get(at), (timed or {}).get(at)
        if true is not None:
            how = "as drawn" if at in cut.drawn else "as cut"
            found.append(SceneLength(true, true, true, how))
        elif read is not None:
            off = read * TIMED_SHARE
            found.append(SceneLength(read - off, read, read + off, "read with a stop watch"))
        else:
            likely = _half(seconds * middle)
            least, most = _half(seconds * min(low, middle)), _half(seconds * max(high, middle))
            found.append(SceneLength(min(least, likely), likely, max(most, likely), told))
    return tuple(found)


def _middle(ratios: Sequence[Fraction]) -> Fraction:
    """How this film runs against its pages; a few scenes count little."""
    return Fraction(median([*ratios, Fraction(1), Fraction(1)])) if ratios else Fraction(1)


def _raw_seconds(scenes: Sequence[ScriptScene]) -> list[Fraction]:
    by_page = [eighths_of(scene) * EIGHTH_SECONDS for scene in scenes]
    by_event = [happening_seconds(scene) for scene in scenes]
    events = sum(by_event, Fraction(0))
    scale = sum(by_page, Fraction(0)) / events if events else Fraction(1)
    return [(page + event * scale) / 2 for page, event in zip(by_page, by_event, strict=True)]


def _half(seconds: Fraction) -> Fraction:
    """To half a second, at least one."""
    return max(Fraction(1), Fraction((2 * seconds + Fraction(1, 2)).__floor__(), 2))

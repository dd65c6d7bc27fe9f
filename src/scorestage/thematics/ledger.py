"""The theme ledger: where each theme sounds in a whole film, and what that says of the drama."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction

LONG_DROUGHT = Fraction(1, 4)
"""A theme away for so much of the film is said to be missing."""


class Scope(StrEnum):
    """How much of a theme a statement gives."""

    WHOLE = "whole"
    PART = "part"
    HINT = "hint"


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement of a theme in the film; seconds are film time, `cue` its number.

    `known_by` says how it is known: `provenance` (it was written so), `recognition`, or both.
    """

    theme: str
    cue: str
    start_seconds: Fraction
    end_seconds: Fraction
    bar: str
    transformations: tuple[str, ...]
    likeness: float
    scope: Scope
    known_by: str
    players: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Drought:
    """A stretch of film without a theme, between two of its statements or after the last."""

    start_seconds: Fraction
    end_seconds: Fraction
    after_cue: str
    before_cue: str

    @property
    def seconds(self) -> Fraction:
        """How long it lasts."""
        return self.end_seconds - self.start_seconds


@dataclass(frozen=True, slots=True)
class ThemeStory:
    """One theme's way through the film.

    `cells` are how many statements each cue of the film has, in the film's order;
    `seconds` how long the theme sounds in all; `notes` say what a music editor would remark.
    """

    theme: str
    title: str
    stands_for: str
    cells: tuple[int, ...]
    seconds: Fraction
    statements: tuple[Statement, ...]
    first: Statement | None
    first_whole: Statement | None
    hints_before: int
    longest_drought: Drought | None
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ledger:
    """All themes of a film against all its cues, in the order of the film."""

    cues: tuple[tuple[str, Fraction], ...]
    film_seconds: Fraction
    themes: tuple[ThemeStory, ...]


@dataclass(frozen=True, slots=True)
class LedgerTheme:
    """A theme to be followed: id, title, what it stands for, the film it is quoted from."""

    id: str
    title: str
    stands_for: str = ""
    from_film: str = ""


def keep_ledger(
    themes: Sequence[LedgerTheme],
    cues: Sequence[tuple[str, Fraction]],
    film_seconds: Fraction,
    statements: Sequence[Statement],
    film_start: Fraction = Fraction(0),
) -> Ledger:
    """The ledger of a film from all statements found in its cues.

    `cues` are numbers with their start in film seconds, in the film's order; the film runs from
    `film_start` to `film_seconds`.
    """
    film = (film_start, film_seconds)
    stories = []
    for theme in themes:
        own = sorted(
            (one for one in statements if one.theme == theme.id),
            key=lambda one: (one.start_seconds, one.end_seconds),
        )
        stories.append(_story(theme, tuple(own), cues, film))
    return Ledger(tuple(cues), film_seconds, tuple(_met(story, stories) for story in stories))


def _met(story: ThemeStory, stories: Sequence[ThemeStory]) -> ThemeStory:
    """The story with the cue in which each other theme first sounds together with it."""
    found = []
    for other in stories:
        together = next(
            (
                one.cue
                for one in story.statements
                if other is not story
                for their in other.statements
                if max(one.start_seconds, their.start_seconds)
                < min(one.end_seconds, their.end_seconds)
            ),
            None,
        )
        if together is not None:
            found.append(f"sounds together with {other.title or other.theme} in {together}")
    return replace(story, notes=(*story.notes, *found))


def _story(
    theme: LedgerTheme,
    own: tuple[Statement, ...],
    cues: Sequence[tuple[str, Fraction]],
    film: tuple[Fraction, Fraction],
) -> ThemeStory:
    whole = next((one for one in own if one.scope is Scope.WHOLE), None)
    hints = [one for one in own if whole is None or one.start_seconds < whole.start_seconds]
    drought = max(droughts(own, film[1]), key=lambda one: one.seconds, default=None)
    story = ThemeStory(
        theme.id,
        theme.title,
        theme.stands_for,
        tuple(sum(one.cue == number for one in own) for number, _ in cues),
        sounding_seconds(own),
        own,
        own[0] if own else None,
        whole,
        len(hints) if whole is not None else 0,
        drought,
        (),
    )
    return replace(story, notes=tuple(_remarks(theme, story, len(cues), film)))


def droughts(own: Sequence[Statement], film_seconds: Fraction) -> list[Drought]:
    """All stretches between statements of a theme, and from the last one to the film's end.

    What lies before its first statement is no drought: it has not been heard yet.
    """
    found = []
    reached: Fraction | None = None
    last = ""
    for one in own:
        if reached is not None and one.start_seconds > reached:
            found.append(Drought(reached, one.start_seconds, last, one.cue))
        if reached is None or one.end_seconds > reached:
            reached, last = one.end_seconds, one.cue
    if reached is not None and film_seconds > reached:
        found.append(Drought(reached, film_seconds, last, ""))
    return found


def sounding_seconds(own: Sequence[Statement]) -> Fraction:
    """How long a theme sounds, statements at the same time counted once."""
    total, reached = Fraction(0), Fraction(-1)
    for one in own:
        start = max(one.start_seconds, reached)
        if one.end_seconds > start:
            total += one.end_seconds - start
            reached = one.end_seconds
    return total


def _remarks(
    theme: LedgerTheme, story: ThemeStory, cue_count: int, film: tuple[Fraction, Fraction]
) -> list[str]:
    """What a music editor would note in the margin."""
    own = story.statements
    if not own:
        return ["never sounds"]
    found = []
    if theme.from_film:
        found.append(f"quoted from {theme.from_film}, first in {own[0].cue}")
    if story.first_whole is None:
        found.append("never heard whole")
    elif story.hints_before:
        times = "once" if story.hints_before == 1 else f"{story.hints_before} times"
        found.append(f"hinted at {times} before it is first heard whole in {story.first_whole.cue}")
    else:
        found.append(f"heard whole from the start, in {story.first_whole.cue}")
    lasting = film[1] - film[0]
    into = own[0].start_seconds - film[0]
    if lasting > 0 and into * 2 > lasting:
        share = float(into / lasting)
        found.append(f"enters late: {share:.0%} of the film has passed")
    found += _about_drought(story, lasting)
    found += _about_changes(own)
    cells = sum(count > 0 for count in story.cells)
    if cue_count > 3 and cells == 1:
        found.append(f"bound to one cue, {own[0].cue}: an incidental motif rather than a leitmotif")
    elif cue_count > 3 and cells == cue_count:
        found.append("in every cue: it may wear thin")
    return found


def _about_drought(story: ThemeStory, lasting: Fraction) -> list[str]:
    drought = story.longest_drought
    if drought is None or lasting <= 0 or drought.seconds < LONG_DROUGHT * lasting:
        return []
    minutes = f"{float(drought.seconds) / 60:.1f} min"
    if not drought.before_cue:
        return [f"not heard in the last {minutes}, after {drought.after_cue}"]
    return [f"away for {minutes} between {drought.after_cue} and {drought.before_cue}"]


def _about_changes(own: Sequence[Statement]) -> list[str]:
    """How it is developed: which changes, and whether it ends as it began."""
    names = [name for one in own for name in one.transformations]
    found = []
    if len(own) > 2 and set(names) <= {"as is"}:
        found.append("always as is: never developed")
    modes = [place for place, one in enumerate(own) if "change of mode" in one.transformations]
    if modes:
        found.append(
            f"in the other mode from {own[modes[0]].cue} on"
            if len(modes) > 1 and modes[-1] == len(own) - 1
            else f"in the other mode in {own[modes[0]].cue}"
        )
    for word in ("inverted", "augmented", "retrograde"):
        first = next((one for one in own if word in one.transformations), None)
        if first is not None:
            found.append(f"{word} in {first.cue}")
    last = own[-1]
    if len(own) > 1:
        found.append(
            "its last statement is whole"
            if last.scope is Scope.WHOLE
            else "its last statement is only a part of it"
        )
    return found

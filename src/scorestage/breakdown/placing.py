"""Where the scenes stand in a cut: by the slates in its edit, or by the words that are said."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from scorestage.production.screenplay import ScriptScene, plain_number
from scorestage.timebase import FilmRange, FilmSpan, FilmTime

_SLATE = re.compile(
    r"(?:sc(?:ene)?[ _.-]*)?0*(\d{1,4})([A-Z]{0,4})(?=[-_/ .*x]|tk|$)", re.IGNORECASE
)
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)?")
APART = FilmSpan(30)
"""Shots of a scene further apart than this are another part of the film (a look ahead or back)."""
LEAST_PHRASES = 2
PHRASE = 3
"""So many words in a row are a phrase to be known by."""
SLATES_ENOUGH = 0.5
"""At least this share of the shots must carry a scene's number, or names mean something else."""


@dataclass(frozen=True, slots=True)
class PlacedScene:
    """Where a scene stands in the film, and what tells so; `place` is its place in the script."""

    place: int
    at: FilmRange
    why: str


def places_by_slates(
    numbers: Mapping[str, int], shots: Iterable[tuple[FilmRange, str]]
) -> tuple[PlacedScene, ...]:
    """Scenes by the clip names of an edit (`12A-3`, `SC_012A_T3`): scene, setup, take.

    `numbers` are printed numbers and the scenes' places. A letter is the setup's, unless a scene is
    numbered so. Nothing where most names carry no scene's number.

    >>> shots = [(FilmRange(FilmTime(n), FilmTime(n + 1)), f"12{'AB'[n]}-3") for n in range(2)]
    >>> places_by_slates({"12": 0}, shots)[0].at.end
    FilmTime('2')
    """
    found: dict[int, list[FilmRange]] = defaultdict(list)
    numbered = {plain_number(number): place for number, place in numbers.items()}
    count = named = 0
    for at, name in shots:
        count += 1
        place = _scene_of(name, numbered)
        if place is not None:
            named += 1
            found[place].append(at)
    if not count or named / count < SLATES_ENOUGH:
        return ()
    placed = []
    for place, ranges in sorted(found.items()):
        cluster = _longest_cluster(sorted(ranges))
        at = FilmRange(cluster[0].start, max(one.end for one in cluster))
        placed.append(PlacedScene(place, at, _count(len(cluster), "shot", "of its slates")))
    return tuple(placed)


def _count(number: int, what: str, more: str) -> str:
    return f"{number} {what}{'s' * (number != 1)} {more}"


def _scene_of(name: str, numbers: Mapping[str, int]) -> int | None:
    match = _SLATE.match(name.strip())
    if match is None:
        return None
    digits, letters = match[1], match[2].upper()
    for end in range(len(letters), -1, -1):
        place = numbers.get(plain_number(digits + letters[:end]))
        if place is not None:
            return place
    return None


def _longest_cluster(ranges: Sequence[FilmRange]) -> list[FilmRange]:
    clusters: list[list[FilmRange]] = []
    for one in ranges:
        if clusters and one.start - max(r.end for r in clusters[-1]) <= APART:
            clusters[-1].append(one)
        else:
            clusters.append([one])
    return max(clusters, key=lambda cluster: sum(one.span.seconds for one in cluster))


def places_by_words(
    scenes: Sequence[ScriptScene],
    titles: Sequence[tuple[FilmRange, str]],
    seams: Sequence[FilmTime] = (),
) -> tuple[PlacedScene, ...]:
    """Scenes by what is said in them, found again in the subtitles.

    Phrases of three words that only one scene has are looked for; a scene is where most of its
    phrases lie together. It reaches from its first to its last known line, and outward to the seam
    of the picture nearest the middle between it and its neighbours.
    """
    owners = _phrase_owners(scenes)
    heard: dict[int, dict[int, int]] = defaultdict(Counter)
    words = [(at, word) for at, (_, said) in enumerate(titles) for word in _words(said)]
    for first in range(len(words) - PHRASE + 1):
        phrase = tuple(word for _, word in words[first : first + PHRASE])
        owner = owners.get(phrase)
        if owner is not None:
            heard[owner][words[first][0]] += 1
    spoken = []
    for place, counts in heard.items():
        if sum(counts.values()) < LEAST_PHRASES:
            continue
        cluster = _longest_cluster([titles[at][0] for at in sorted(counts)])
        at = FilmRange(cluster[0].start, max(one.end for one in cluster))
        spoken.append(PlacedScene(place, at, _count(len(cluster), "title", "with its words")))
    spoken.sort(key=lambda one: one.at)
    return tuple(sorted(_widened(_one_after_another(spoken), seams), key=lambda one: one.place))


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower().replace("’", "'"))


def _phrase_owners(scenes: Sequence[ScriptScene]) -> dict[tuple[str, ...], int]:
    """Every phrase that is said in one scene only, and which."""
    found: dict[tuple[str, ...], int | None] = {}
    for place, scene in enumerate(scenes):
        words = [word for line in scene.spoken for word in _words(line.words)]
        for first in range(len(words) - PHRASE + 1):
            phrase = tuple(words[first : first + PHRASE])
            found[phrase] = place if found.get(phrase, place) == place else None
    return {phrase: place for phrase, place in found.items() if place is not None}


def _one_after_another(spoken: Sequence[PlacedScene]) -> list[PlacedScene]:
    """Those that do not lie across another with more of its lines."""
    kept: list[PlacedScene] = []
    for one in sorted(spoken, key=lambda one: (-one.at.span.seconds, one.place)):
        inside = [k for k in kept if k.at.overlaps(one.at)]
        if not inside:
            kept.append(one)
    return sorted(kept, key=lambda one: one.at)


def _widened(spoken: Sequence[PlacedScene], seams: Sequence[FilmTime]) -> list[PlacedScene]:
    """Each scene outward to the seam between it and its neighbour in the script and the film."""
    ordered = sorted(seams)
    bounds: dict[tuple[int, int], FilmTime] = {}
    for one, following in pairwise(spoken):
        if following.place == one.place + 1:
            seam = _seam_between(ordered, one.at.end, following.at.start)
            if seam is not None:
                bounds[one.place, following.place] = seam
    found = []
    for one in spoken:
        start = bounds.get((one.place - 1, one.place), one.at.start)
        end = bounds.get((one.place, one.place + 1), one.at.end)
        found.append(PlacedScene(one.place, FilmRange(start, end), one.why))
    return found


def _seam_between(seams: Sequence[FilmTime], start: FilmTime, end: FilmTime) -> FilmTime | None:
    """The seam nearest to the middle between two moments."""
    middle = FilmTime((start.seconds + end.seconds) / 2)
    inside = seams[bisect_left(seams, start) : bisect_left(seams, end)]
    return min(inside, key=lambda seam: abs((seam - middle).seconds), default=None)

"""Which scene of a new draft is which of the old one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

from scorestage.production.screenplay import ScriptScene, plain_number

Numbers = NDArray[np.float64]
Flags = NDArray[np.bool_]
LEAST_LIKENESS = 0.34
"""Below this two scenes are two scenes."""
_NUMBER, _HEADING, _TEXT = 0.45, 0.25, 0.3
_ORDER = 0.02
"""What standing in the same place of the film is worth where all else is equal."""


def same_scenes(old: Sequence[ScriptScene], new: Sequence[ScriptScene]) -> dict[int, int]:
    """Place in the new draft → place in the old one, for scenes that are the same.

    Printed numbers count most where both drafts have them (production numbers are locked), then
    what is said and done, then the heading. Scenes may have moved, been split or joined: the
    likeliest whole assignment is taken, and what is too unlike stays new.

    >>> a, b = ScriptScene("INT. HUT - NIGHT"), ScriptScene("EXT. BEACH - DAY")
    >>> same_scenes([a, b], [b, a])
    {0: 1, 1: 0}
    """
    if not old or not new:
        return {}
    numbered = _all_numbered(old) and _all_numbered(new)
    near = 1 - np.abs(_places(new)[:, None] - _places(old)[None, :])
    headings = _shared([one.heading for one in new], [one.heading for one in old])
    text = _shared([_said_and_done(one) for one in new], [_said_and_done(one) for one in old])
    empty = _emptiness(new)[:, None] | _emptiness(old)[None, :]
    text = np.where(empty, headings, text)
    if numbered:
        same = np.array([[_same_number(one, other) for other in old] for one in new])
        likeness = _NUMBER * same + _HEADING * headings + _TEXT * text
    else:
        likeness = (_HEADING * headings + _TEXT * text) / (_HEADING + _TEXT)
    likeness += _ORDER * near
    rows, columns = linear_sum_assignment(-likeness)
    return {
        int(row): int(column)
        for row, column in zip(rows, columns, strict=True)
        if likeness[row, column] - _ORDER >= LEAST_LIKENESS
    }


def words_digest(scene: ScriptScene) -> str:
    """A short digest of what is said and done in a scene; empty where nothing is.

    Punctuation and capitals are left aside: retyping a scene leaves it.
    """
    words = re.findall(r"\w+", _said_and_done(scene).casefold())
    return blake2b(" ".join(words).encode(), digest_size=6).hexdigest() if words else ""


def same_words(old: Sequence[str], new: Sequence[str]) -> dict[int, int]:
    """Place in the new draft → place in the old one by digests that each draft has once.

    >>> same_words(["a", "b", "c", "c"], ["b", "c", "a"])
    {0: 1, 2: 0}
    """
    before, after = Counter(old), Counter(new)
    places = {digest: place for place, digest in enumerate(old)}
    return {
        place: places[digest]
        for place, digest in enumerate(new)
        if digest and after[digest] == 1 and before[digest] == 1
    }


def _all_numbered(scenes: Sequence[ScriptScene]) -> bool:
    return all(one.number or not one.heading for one in scenes)


def _same_number(one: ScriptScene, other: ScriptScene) -> float:
    told = bool(one.number and other.number)
    return float(told and plain_number(one.number) == plain_number(other.number))


def _said_and_done(scene: ScriptScene) -> str:
    return " ".join(f"{line.who} {line.words}" for line in scene.lines)


def _emptiness(scenes: Sequence[ScriptScene]) -> Flags:
    return np.array([not scene.lines for scene in scenes])


def _places(scenes: Sequence[ScriptScene]) -> Numbers:
    return np.arange(len(scenes)) / len(scenes)


def _shared(new: Sequence[str], old: Sequence[str]) -> Numbers:
    """Share of words in common of every new text with every old one, 0 to 1 (Dice)."""
    vocabulary: dict[str, int] = {}
    texts = [re.findall(r"\w+", text.lower()) for text in (*new, *old)]
    for words in texts:
        for word in words:
            vocabulary.setdefault(word, len(vocabulary))
    counts = np.zeros((len(texts), max(1, len(vocabulary))), dtype=np.int16)
    for row, words in enumerate(texts):
        np.add.at(counts[row], [vocabulary[word] for word in words], 1)
    of_new, of_old = counts[: len(new)], counts[len(new) :]
    common = np.array([np.minimum(of_new, one).sum(axis=1) for one in of_old]).T
    total = of_new.sum(axis=1)[:, None] + of_old.sum(axis=1)[None, :]
    shared: Numbers = np.where(total > 0, 2 * common / np.maximum(total, 1), 1.0)
    return shared

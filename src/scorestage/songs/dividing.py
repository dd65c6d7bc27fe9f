"""Words into syllables, and which of them are stressed: a small rule; who divides by hand is right.

The rule: each group of vowels sounds once, but for silent endings; one consonant between two vowels
goes on to the next syllable, of several the last one does, with the blends that can begin a word.
English endings (`-ing`, `-er` after a double consonant) stay as they are spelled.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from itertools import accumulate, pairwise

from scorestage.errors import InputError
from scorestage.songs.languages import LANGUAGES, Language

APOSTROPHES = "'’"
_CORE = re.compile(rf"[^\W\d_](?:[^\W\d_]|[{APOSTROPHES}](?=[^\W\d_]))*")
_POSSESSIVE = re.compile(rf"[{APOSTROPHES}]s$", re.IGNORECASE)
_HISSING = re.compile(r"(s|x|z|ch|sh|ce|ge|se)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Divided:
    """A word as it is sung: its syllables as spelled, and how strong each is (2, 1 or 0)."""

    syllables: tuple[str, ...]
    stresses: tuple[int, ...]


def language_named(name: str) -> Language:
    """The rules of a language by its two letters; raises `InputError` for one nobody knows."""
    if name not in LANGUAGES:
        raise InputError(
            f"no rule divides words of the language {name!r}",
            do=f"known: {', '.join(LANGUAGES)}; or divide every word by hand: won-der-ful",
        )
    return LANGUAGES[name]


@cache
def divided(word: str, language: str = "en") -> Divided:
    """A word by the rule of its language; what is no letter stays with its neighbour.

    >>> divided("wonderful").syllables, divided("morning's,").syllables
    (('won', 'der', 'ful'), ('morn', "ing's,"))
    >>> divided("Liebe", "de").syllables
    ('Lie', 'be')
    """
    rules = language_named(language)
    core = _core(word)
    if core is None:
        return Divided((word,), (0,))
    found = _core_divided(core[0].lower(), rules)
    start, end = core[1], core[1] + len(core[0])
    edges = list(accumulate((len(one) for one in found), initial=start))
    edges[0], edges[-1] = 0, len(word) if edges[-1] == end else end
    syllables = tuple(word[one:other] for one, other in pairwise(edges))
    return Divided(syllables, _stresses(core[0].lower(), len(found), rules))


def by_hand(syllables: tuple[str, ...], language: str = "en") -> Divided:
    """A word that its writer divided; a `*` before a syllable says that it is stressed.

    >>> by_hand(("a", "*way"))
    Divided(syllables=('a', 'way'), stresses=(0, 2))
    """
    plain = tuple(one.replace("*", "") for one in syllables)
    if any("*" in one for one in syllables):
        return Divided(plain, tuple(2 if "*" in one else 0 for one in syllables))
    core = _core("".join(plain))
    bare = core[0].lower() if core is not None else ""
    return Divided(plain, _stresses(bare, len(plain), language_named(language)))


def _core(word: str) -> tuple[str, int] | None:
    """The letters of a word without signs and a possessive around them, and where they begin."""
    match = _CORE.search(word)
    if match is None:
        return None
    core = match[0]
    if _POSSESSIVE.search(core) and not _HISSING.search(core[:-2]):
        core = core[:-2]
    return core, match.start()


def _core_divided(word: str, rules: Language) -> tuple[str, ...]:
    exception = rules.exceptions.get(word)
    if exception is not None:
        return tuple(exception.split("-"))
    nuclei = _nuclei(word, rules)
    cuts = [_cut(word, one[1], other[0], rules) for one, other in pairwise(nuclei)]
    return tuple(word[start:end] for start, end in pairwise([0, *cuts, len(word)]))


def _nuclei(word: str, rules: Language) -> list[tuple[int, int]]:
    """Where each vowel that sounds begins and ends in the word."""
    every = [match.span() for match in rules.vowels.finditer(word)]
    found = [span for span in every if not rules.is_silent(word, span)] or every[:1]
    for pattern in rules.hiatus:
        found = _split(word, found, pattern)
    return found


def _split(
    word: str, spans: list[tuple[int, int]], pattern: re.Pattern[str]
) -> list[tuple[int, int]]:
    """Two vowels that are not one sound come apart."""
    found: list[tuple[int, int]] = []
    for start, end in spans:
        match = next((one for one in pattern.finditer(word) if start < one.end(1) < end), None)
        if match is None:
            found.append((start, end))
        else:
            found += [(start, match.end(1)), (match.end(1), end)]
    return found


def _cut(word: str, start: int, end: int, rules: Language) -> int:
    """Where the consonants between two vowels divide."""
    between = word[start:end]
    if not any(sign not in APOSTROPHES for sign in between):
        return end
    if word[end:] in rules.kept_endings:
        doubled = len(between) > 1 and between[-1] == between[-2] and between[-1] not in "sl"
        return end - 1 if doubled else end
    if len(between) == 1:
        return end if rules.closes(word, start, end) else start
    for size in (3, 2):
        onset = between[-size:]
        if onset not in rules.onsets or len(between) < size:
            continue
        if len(between) > size:
            return end - size
        return start if onset in rules.single_sounds or onset[-1] in "lr" else end - 1
    return end - 1


def _stresses(word: str, count: int, rules: Language) -> tuple[int, ...]:
    if count == 1:
        return (0 if word in rules.weak else 1 if word in rules.middling else 2,)
    if word in rules.weak:
        return (0,) * count
    place = rules.stress_place(word, count)
    return tuple(2 if at == place else 1 if abs(at - place) == 2 else 0 for at in range(count))

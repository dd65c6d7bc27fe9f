"""Words of tone as additive parameters.

Directions after Eerola, Friberg and Bresin 2013 (mode, tempo, register, dynamics, articulation
add up; interactions explain nothing more) and Gabrielsson's review; amounts are ours.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mood:
    """What words of tone ask of the music; each from -2 to 2, nought being the style's own way.

    `valence` decides the mode, `arousal` tempo, loudness and motion, `tension` dissonance,
    `register` the height, `leaps` the tune's intervals, `detached` the articulation (below 0:
    legato), `rising` where its line leads. `classes` are two-chord progressions that say the word,
    `unknown` are the words nobody understood.
    """

    valence: int = 0
    arousal: int = 0
    tension: int = 0
    register: int = 0
    leaps: int = 0
    detached: int = 0
    rising: int = 0
    classes: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()

    @property
    def minor(self) -> bool | None:
        """Whether it asks for a minor mode; None where it does not care."""
        return None if self.valence == 0 else self.valence < 0

    @property
    def level(self) -> int:
        """Steps of dynamic louder than the style's normal."""
        return self.arousal


_FIELDS = ("valence", "arousal", "tension", "register", "leaps", "detached", "rising")
_MOODS: dict[str, tuple[tuple[int, ...], tuple[str, ...]]] = {
    "joy": ((2, 1, -1, 1, 1, 1, 1), ("heroism",)),
    "tender": ((1, -1, -1, 0, 0, -2, 0), ("romance",)),
    "sad": ((-2, -1, 0, -1, -1, -2, -1), ("loss",)),
    "anger": ((-2, 2, 2, -1, 1, 2, 0), ("danger",)),
    "fear": ((-2, 0, 2, 0, 1, 0, 0), ("danger", "evil")),
    "suspense": ((-1, 0, 2, -1, 0, 1, 0), ("danger", "dramatic")),
    "wonder": ((1, 0, 0, 1, 1, -1, 2), ("fantastic", "wonder", "mediants")),
    "heroic": ((1, 1, 0, 0, 2, 1, 1), ("heroism",)),
    "mystery": ((-1, -1, 1, -1, -1, -1, 0), ("mystery",)),
    "comic": ((1, 1, 0, 0, 1, 2, 0), ()),
    "chase": ((-1, 2, 1, 0, 0, 2, 0), ("dramatic",)),
    "noble": ((1, 0, -1, 0, 1, -1, 1), ()),
    "evil": ((-2, 1, 2, -1, 0, 1, -1), ("evil", "danger")),
    "eerie": ((-1, -1, 2, 1, 0, -1, 0), ("uncanny",)),
    "space": ((0, -1, 0, 1, 1, -2, 1), ("space",)),
    "calm": ((1, -2, -2, 0, -1, -2, 0), ()),
    "hope": ((1, 0, -1, 1, 1, -1, 2), ()),
    "loneliness": ((-1, -2, 0, 0, -1, -2, -1), ("loss",)),
    "exotic": ((-1, 0, 1, 0, 0, 0, 0), ("romance",)),
    "loud": ((0, 2, 0, 0, 0, 0, 0), ()),
    "soft": ((0, -2, 0, 0, 0, 0, 0), ()),
    "dark": ((-1, 0, 1, -2, 0, 0, -1), ("evil",)),
    "light": ((1, 0, -1, 2, 0, 1, 0), ()),
}
_SYNONYMS: dict[str, str] = {
    "joy": "happy joyful joyous cheerful bright festive celebration delight exuberant merry sunny",
    "tender": "love loving romantic romance gentle warm intimate sweet affection soft-hearted",
    "sad": "sadness loss grief mourning sorrow sorrowful melancholy melancholic tragic tears elegy"
    " nostalgic nostalgia wistful bittersweet",
    "anger": "angry battle fight fighting rage furious fury war violent aggressive brutal",
    "fear": "afraid fearful horror terror scary frightening panic dread",
    "suspense": "tense tension suspenseful threat threatening danger dangerous menace menacing"
    " ominous uneasy nervous anxious stalking thriller",
    "wonder": "wondrous magic magical awe fantasy enchanted discovery marvel dreamy dream"
    " revelation",
    "heroic": "hero heroism triumph triumphant victory brave courage adventure adventurous epic"
    " bold glory determined resolve",
    "mystery": "mysterious secret curious curiosity investigation enigmatic strange hidden puzzle",
    "comic": "comedy comical funny playful mischief mischievous quirky silly humorous witty"
    " whimsical whimsy cheeky light-hearted",
    "chase": "action pursuit escape urgent urgency running hurry race driving frantic energetic"
    " fast",
    "noble": "nobility dignified majestic proud solemn ceremonial stately hymn",
    "evil": "villain sinister wicked demonic diabolic malevolent",
    "eerie": "uncanny ghostly supernatural haunting haunted unsettling otherworldly death",
    "space": "vast cosmic alien floating weightless wide",
    "calm": "peaceful peace serene quiet still tranquil relaxed restful pastoral meditative slow",
    "hope": "hopeful uplifting inspiring optimistic longing yearning dawn",
    "loneliness": "lonely alone isolated empty desolate bleak cold",
    "exotic": "oriental desert foreign",
    "loud": "big huge massive powerful strong grand",
    "soft": "small delicate subtle understated restrained fragile",
    "dark": "black gloomy night shadow grim heavy",
    "light": "airy bright-eyed innocent childlike child childhood",
}
_WORD = {word: mood for mood, words in _SYNONYMS.items() for word in (mood, *words.split())}


def mood_names(phrases: Iterable[str]) -> frozenset[str]:
    """The plain words of tone that phrases mean, and their own words in lower case.

    >>> sorted(mood_names(["A furious battle"]))
    ['a', 'anger', 'battle', 'furious']
    """
    listed = tuple(phrases)
    words = {word for phrase in listed for word in re.findall(r"[a-z][a-z-]*", phrase.lower())}
    return frozenset(words | {mood for phrase in listed for mood in _moods_in(phrase)})


def mood_of(words: Iterable[str], background: Iterable[str] = ()) -> Mood:
    """The mood that words of tone add up to; those of the `background` count half.

    Phrases are taken word by word. Filler words are passed over; what is not understood at all is
    listed in `unknown`.

    >>> mood_of(["tender"]).arousal, mood_of(["a furious battle"]).valence
    (-1, -2)
    """
    sums = dict.fromkeys(_FIELDS, 0)
    classes: list[str] = []
    unknown: list[str] = []
    for phrases, weight in ((words, 2), (background, 1)):
        for phrase in phrases:
            found = _moods_in(phrase)
            if not found:
                unknown.append(phrase)
            for mood in found:
                shifts, its_classes = _MOODS[mood]
                for name, shift in zip(_FIELDS, shifts, strict=True):
                    sums[name] += weight * shift
                if weight == 2:
                    classes += its_classes
    clipped = {name: max(-2, min(2, _half(total))) for name, total in sums.items()}
    return Mood(**clipped, classes=tuple(dict.fromkeys(classes)), unknown=tuple(unknown))


def _moods_in(phrase: str) -> list[str]:
    lowered = phrase.lower().strip()
    if lowered in _WORD:
        return [_WORD[lowered]]
    words = re.findall(r"[a-z]+(?:-[a-z]+)*", lowered)
    return [_WORD[word] for word in words if word in _WORD]


def _half(total: int) -> int:
    """Half of `total`, rounded away from nought."""
    return (abs(total) + 1) // 2 * (1 if total >= 0 else -1)

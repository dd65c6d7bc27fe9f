"""What a scene feels like, told by words that stand in it; each mood names its words."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from scorestage.production.screenplay import ScriptKind, ScriptScene

MOST_MOODS = 3
LEAST_WEIGHT = 2
_WORDS: dict[str, str] = {
    "fear": "scream shriek terror terrify horror blood bloody corpse gun pistol rifle knife stab"
    " shoot shot kill murder monster strangle choke panic nightmare flinch",
    "suspense": "creep stalk sneak tiptoe lurk whisper footstep creak freeze threat threaten danger"
    " hide hiding trap wary tense nervous crosshair sniper ticking bomb hesitate",
    "chase": "run sprint race chase flee escape speed screech swerve siren crash leap gallop hurtle"
    " dash pursue pursuit bolt skid",
    "anger": "fight punch slap smash rage furious fury shout yell scowl shatter slam curse argue"
    " attack charge explode explosion",
    "tender": "kiss embrace hug love caress smile gentle gently tender hand-in-hand wedding baby"
    " cuddle darling beloved heart sweetheart",
    "sad": "cry tear sob weep funeral coffin grave grief mourn goodbye farewell dying dead die"
    " cancer hospital widow sorrow alone lonely lost miss",
    "joy": "laugh giggle dance sing cheer celebrate party birthday applause grin toast play"
    " delighted happy happily joy",
    "comic": "joke trip slip clumsy wink prank goofy awkward burp deadpan pratfall sheepish"
    " ridiculous absurd",
    "wonder": "magic magical glow shimmer star stars moonlight dream wonder miracle giant vision"
    " impossible amazed awe discover sparkle angel unicorn",
    "heroic": "hero brave courage victory triumph rescue save salute flag sword battle champion",
    "mystery": "secret mysterious clue shadow shadowy hidden strange fog mist locked stranger"
    " puzzle investigate vanish disappear",
    "calm": "quiet quietly sleep asleep still silence silent peaceful gaze breeze sunset rest float"
    " drift serene",
    "dark": "dark darkness black night storm thunder ruin abandoned basement cellar tunnel",
}
_MOODS = {word: mood for mood, words in _WORDS.items() for word in words.split()}
_ENDINGS = ("ing", "ies", "es", "ed", "s", "ning", "ting", "ping", "bed", "bing")


@dataclass(frozen=True, slots=True)
class SceneMood:
    """A mood, the words that tell it with how often each stands there, and where they stand."""

    mood: str
    words: tuple[tuple[str, int], ...]

    @property
    def weight(self) -> int:
        """How many words tell it."""
        return sum(count for _, count in self.words)

    @property
    def why(self) -> str:
        """The words, as they are told to a person.

        >>> SceneMood("fear", (("scream", 2), ("knife", 1))).why
        'scream (2), knife'
        """
        return ", ".join(f"{word} ({n})" if n > 1 else word for word, n in self.words)


def moods_of(scene: ScriptScene) -> tuple[SceneMood, ...]:
    """The strongest moods of a scene, none for fewer than two words; the heading's night counts.

    >>> from scorestage.production.screenplay import ScriptLine
    >>> seen = ScriptLine(ScriptKind.ACTION, "She screams. A knife! They run, screaming.")
    >>> [(one.mood, one.why) for one in moods_of(ScriptScene("INT. HUT - DAY", lines=(seen,)))]
    [('fear', 'scream (2), knife')]
    """
    counts: dict[str, Counter[str]] = {}
    told = [scene.hour, *(ln.words for ln in scene.lines if ln.kind is not ScriptKind.CHARACTER)]
    for words in told:
        for word in re.findall(r"[a-z]+(?:-[a-z]+)*", words.lower()):
            plain = _stem(word)
            if plain:
                counts.setdefault(_MOODS[plain], Counter())[plain] += 1
    found = [
        SceneMood(mood, tuple(sorted(words.items(), key=lambda one: (-one[1], one[0]))))
        for mood, words in counts.items()
    ]
    strong = [one for one in found if one.weight >= LEAST_WEIGHT]
    strong.sort(key=lambda one: (-one.weight, one.mood))
    return tuple(one for one in strong[:MOST_MOODS] if 3 * one.weight >= strong[0].weight)


def _stem(word: str) -> str:
    """The word of the list that a word is a form of; empty for any other."""
    if word in _MOODS:
        return word
    for ending in _ENDINGS:
        if word.endswith(ending):
            stem = word.removesuffix(ending)
            for form in (stem, f"{stem}e", f"{stem}y"):
                if form in _MOODS and len(form) > 2:
                    return form
    return ""

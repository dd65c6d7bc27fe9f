"""What the talk with the director asks of a cue's music: brief, notes, and what to avoid."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from scorestage.errors import MusicError
from scorestage.music import Ensemble, subset
from scorestage.music.mood import mood_names, mood_of
from scorestage.production import Cue, Note, Production, notes_of_cue
from scorestage.timebase import FilmClock

_CLAUSE = re.compile(r"[.,;:!?\n]|\bbut\b|\band\b|\binstead\b|\brather\b", re.IGNORECASE)
_AGAINST = re.compile(
    r"\b(?:no|not|never|without|avoid|less|don't|dont|isn't|too|hate|lose|nothing|stop)\b",
    re.IGNORECASE,
)
_TRAILING = re.compile(r"\s+(?:here|there|please|yet|at all|anywhere)$", re.IGNORECASE)
_LEADING = re.compile(r"^(?:no|without|any|the)\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Heard:
    """Something that was understood, and what it does to the music."""

    words: str
    does: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A cue's words of tone, the film's behind them, what to avoid, and what was understood.

    `avoid` are moods, `unwanted` all that is to be avoided as it was said, `without` are ids of
    players that brief or notes want left out.
    """

    tone: tuple[str, ...]
    background: tuple[str, ...]
    avoid: frozenset[str]
    unwanted: tuple[str, ...]
    without: tuple[str, ...]
    heard: tuple[Heard, ...]


def asked_of(
    production: Production, cue: Cue, clock: FilmClock, ensemble: Ensemble | None = None
) -> Asked:
    """What brief, cue and notes come to for a cue.

    A mood that is to be avoided takes words of that mood away from tone; a player, family or
    instrument that is to be avoided does not play, unless the cue itself names who plays. A note
    speaks for the cue it is of; words after "no", "not", "less", "too" … are to be avoided, others
    count behind the cue's own tone.
    """
    heard: list[Heard] = []
    wanted, unwanted = _of_notes(notes_of_cue(production, cue, clock), heard)
    film = () if any(not word.startswith("-") for word in cue.players) else production.brief.avoid
    named = (*cue.avoid, *film, *unwanted)
    avoided = frozenset(_moods([*cue.avoid, *production.brief.avoid, *unwanted]))
    tone = _without(cue.tone, avoided, heard)
    background = _without((*production.brief.tone, *wanted), avoided, heard)
    out = _left_out(ensemble, named, heard) if ensemble is not None else ()
    phrases = tuple(dict.fromkeys((*production.brief.avoid, *cue.avoid, *unwanted)))
    return Asked(tone, background, avoided, phrases, out, tuple(dict.fromkeys(heard)))


def _of_notes(notes: Iterable[Note], heard: list[Heard]) -> tuple[list[str], list[str]]:
    """Clauses of tone that notes ask for, and what they do not want."""
    wanted, unwanted = [], []
    for note in notes:
        who = note.who or "note"
        for clause in _CLAUSE.split(note.text):
            against = _AGAINST.search(clause)
            told = clause[against.end() :].strip() if against else clause.strip()
            if not told:
                continue
            moods = _moods([told])
            if against:
                unwanted += [told]
                if moods:
                    heard.append(Heard(f"{who}: {clause.strip()}", f"avoid {', '.join(moods)}"))
            elif moods:
                wanted.append(told)
                heard.append(Heard(f"{who}: {told}", f"tone {', '.join(moods)}"))
    return wanted, unwanted


def _moods(phrases: Iterable[str]) -> list[str]:
    """The plain moods that phrases name."""
    return sorted(
        word
        for word in mood_names(phrases)
        if not mood_of([word]).unknown and mood_names([word]) == {word}
    )


def _without(
    phrases: tuple[str, ...], avoided: frozenset[str], heard: list[Heard]
) -> tuple[str, ...]:
    kept = []
    for phrase in phrases:
        lost = [mood for mood in _moods([phrase]) if mood in avoided]
        if lost:
            heard.append(Heard(phrase, f"left out of the tone: {', '.join(lost)} is to be avoided"))
        else:
            kept.append(phrase)
    return tuple(kept)


def _left_out(ensemble: Ensemble, phrases: Iterable[str], heard: list[Heard]) -> tuple[str, ...]:
    """Ids of players whom phrases name; nobody where all would be."""
    out: dict[str, None] = {}
    for phrase in phrases:
        plain = _TRAILING.sub("", _LEADING.sub("", phrase.strip().lower()))
        name = plain.strip(" .!").replace(" ", "-")
        for word in dict.fromkeys((name, name.removesuffix("s"), f"{name}s")):
            try:
                meant = [player.id for player in subset(ensemble, [word]).players] if word else []
            except MusicError:
                continue
            left = {player.id for player in ensemble.players} - set(out) - set(meant)
            if not left:
                heard.append(Heard(phrase, "not heeded: nobody would be left to play"))
                break
            out |= dict.fromkeys(meant)
            heard.append(Heard(phrase, f"{word} left out ({len(meant)} players)"))
            break
    return tuple(out)

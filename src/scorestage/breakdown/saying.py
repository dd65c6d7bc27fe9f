"""Who says what in the film, by the screenplay."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from scorestage.production.screenplay import ScriptLine
from scorestage.timebase import FilmRange

LEAST_ALIKE = 0.6


@dataclass(frozen=True, slots=True)
class SaidLine:
    """A spoken stretch of the film and the line of the screenplay that belongs there."""

    at: FilmRange
    who: str
    words: str


def speakers_of(
    titles: Sequence[tuple[FilmRange, str]], lines: Sequence[ScriptLine]
) -> tuple[str, ...]:
    """Who says each title, empty where no line of the screenplay is like it.

    A title may be a part of a line. Lines are looked for near the one found last, so that a "Yes"
    is said by whoever says it there.

    >>> from scorestage.production.screenplay import ScriptKind
    >>> line = ScriptLine(ScriptKind.DIALOGUE, "Who is there? Come out!", "WICK")
    >>> from scorestage.timebase import FilmTime
    >>> speakers_of([(FilmRange(FilmTime(1), FilmTime(2)), "who is there")], [line])
    ('WICK',)
    """
    plain = [_plain(line.words) for line in lines]
    found, reached = [], 0
    for _, words in titles:
        wanted = _plain(words)
        best, score = -1, LEAST_ALIKE
        for at in sorted(range(len(lines)), key=lambda at: abs(at - reached))[:40]:
            alike = _alike(wanted, plain[at]) - 0.005 * abs(at - reached)
            if alike > score:
                best, score = at, alike
        if best >= 0:
            reached = best
        found.append(lines[best].who if best >= 0 else "")
    return tuple(found)


def said_in(
    scene: FilmRange, speech: Sequence[FilmRange], lines: Sequence[ScriptLine]
) -> tuple[SaidLine, ...]:
    """Lines of a scene on the stretches in which somebody speaks, shared out by their words.

    Nobody has heard them there: it is where they should come, in the screenplay's order.
    """
    spans = [one for one in sorted(speech) if one.overlaps(scene)]
    total = sum(len(line.words.split()) for line in lines)
    spoken = sum((one.span.seconds for one in spans), start=scene.span.seconds * 0)
    if not spans or not total or not spoken:
        return ()
    found: list[SaidLine] = []
    done, at, passed = 0, 0, spoken * 0
    for line in lines:
        middle = spoken * (2 * done + len(line.words.split())) / (2 * total)
        while at < len(spans) - 1 and passed + spans[at].span.seconds < middle:
            passed += spans[at].span.seconds
            at += 1
        found.append(SaidLine(spans[at], line.who, line.words))
        done += len(line.words.split())
    return tuple(found)


def _plain(text: str) -> str:
    return " ".join(re.findall(r"[\w']+", text.lower().replace("’", "'")))


def _alike(title: str, line: str) -> float:
    """How much of the title stands in the line, 0 to 1."""
    if not title or not line:
        return 0.0
    matcher = SequenceMatcher(None, title, line, autojunk=False)
    shared = sum(block.size for block in matcher.get_matching_blocks() if block.size > 2)
    short = min(len(title), 4) / 4
    return short * shared / len(title) if len(title) > 2 else float(title == line)

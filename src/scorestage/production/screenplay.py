"""The screenplay: its scenes with what is seen and said, and where each stands in the film."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from scorestage.errors import InputError
from scorestage.timebase import FilmRange, FilmTime

_SETTING = re.compile(
    r"(INT\.?\s*/\s*EXT|EXT\.?\s*/\s*INT|I\s*/\s*E|INT|EXT|EST)(?:\.\s*|\s+)", re.IGNORECASE
)
_DASH = re.compile(r"\s+[-–—]+\s+")
_LONGEST_CUE = 200
_EXTENSION = re.compile(r"\s*\([^)]*\)")


class ScriptKind(StrEnum):
    """What a paragraph of a screenplay is; `NOTE` is not printed."""

    ACTION = "action"
    CHARACTER = "character"
    DIALOGUE = "dialogue"
    PARENTHETICAL = "parenthetical"
    LYRIC = "lyric"
    TRANSITION = "transition"
    SHOT = "shot"
    CENTRED = "centred"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class ScriptLine:
    """A paragraph; `who` speaks it, `beside` stands it in the right column of two who speak."""

    kind: ScriptKind
    words: str
    who: str = ""
    beside: bool = False


@dataclass(frozen=True, slots=True)
class ScriptScene:
    """A scene as written: heading, printed number, paragraphs.

    `told_eighths` is its length in eighths of a page where the file tells it, `told_page` the page
    it begins on.
    """

    heading: str
    number: str = ""
    lines: tuple[ScriptLine, ...] = ()
    told_eighths: int | None = None
    told_page: int | None = None

    @property
    def setting(self) -> str:
        """`INT`, `EXT`, `INT/EXT`, `EST`; empty where the heading does not say.

        >>> scene = ScriptScene("INT./EXT. CAR - STREET - NIGHT")
        >>> scene.setting, scene.place, scene.hour
        ('INT/EXT', 'CAR - STREET', 'NIGHT')
        """
        found = _SETTING.match(self.heading)
        if found is None:
            return ""
        plain = re.sub(r"[.\s]", "", found[1].upper())
        return "INT/EXT" if "/" in plain else plain

    @property
    def place(self) -> str:
        """Where it plays."""
        parts = self._parts
        return " - ".join(parts[:-1] if len(parts) > 1 else parts)

    @property
    def hour(self) -> str:
        """The time of day that the heading ends with: `DAY`, `NIGHT`, `LATER` …"""
        parts = self._parts
        return parts[-1] if len(parts) > 1 else ""

    @property
    def _parts(self) -> list[str]:
        found = _SETTING.match(self.heading)
        return _DASH.split(self.heading[found.end() if found else 0 :].strip())

    @property
    def characters(self) -> tuple[str, ...]:
        """Who speaks, in order of entrance."""
        return tuple(dict.fromkeys(line.who for line in self.lines if line.who))

    @property
    def spoken(self) -> tuple[ScriptLine, ...]:
        """What is said or sung."""
        said = (ScriptKind.DIALOGUE, ScriptKind.LYRIC)
        return tuple(line for line in self.lines if line.kind in said and line.who)

    @property
    def is_omitted(self) -> bool:
        """Whether the screenplay keeps only its number.

        >>> ScriptScene("OMITTED", "12").is_omitted
        True
        """
        return self.heading.strip().upper() in ("OMIT", "OMITTED", "SCENE OMITTED")


@dataclass(frozen=True, slots=True)
class Screenplay:
    """A draft: title page and scenes. What stands before the first heading is a scene without."""

    title: str = ""
    author: str = ""
    draft: str = ""
    scenes: tuple[ScriptScene, ...] = ()


@dataclass(frozen=True, slots=True)
class Scene:
    """A scene of the production; `id` lasts through all drafts, `number` is its label.

    `timed_seconds` is a person's estimate (read aloud with a stop watch), `at` where it stands in
    the film once it is shot and cut, `picture` the version that was told from. `by_hand` marks a
    place that a person told, `drawn` one in an animatic, whose lengths are guesses. `words` is a
    digest of what is said and done in it, by which scenes of one heading are told apart.
    """

    id: str
    number: str
    heading: str = ""
    omitted: bool = False
    timed_seconds: Fraction | None = None
    start: FilmTime | None = None
    end: FilmTime | None = None
    picture: str = ""
    by_hand: bool = False
    drawn: bool = False
    words: str = ""

    def __post_init__(self) -> None:
        if (self.start is None) != (self.end is None):
            raise InputError(f"scene {self.number} needs both a start and an end")
        if self.start is not None and self.end is not None and self.end <= self.start:
            raise InputError(f"scene {self.number} ends before it starts")
        if self.timed_seconds is not None and self.timed_seconds <= 0:
            raise InputError(f"scene {self.number} cannot last {float(self.timed_seconds):g} s")

    @property
    def at(self) -> FilmRange | None:
        """Where it stands in the film; None while it is not cut."""
        if self.start is None or self.end is None:
            return None
        return FilmRange(self.start, self.end)


def plain_number(text: str) -> str:
    """A scene's number as numbers are compared: in capitals, without leading noughts.

    >>> plain_number("012a"), plain_number("0")
    ('12A', '0')
    """
    return text.strip().upper().lstrip("0") or "0"


def speaker(cue: str) -> str:
    """The name in a character cue, without what is said in brackets.

    >>> speaker("Élodie (V.O.) (CONT'D)"), speaker("@McCLANE ^")
    ('ÉLODIE', 'MCCLANE')
    """
    return _EXTENSION.sub("", cue[:_LONGEST_CUE]).strip(" @^\t").upper()


def eighths_text(eighths: int) -> str:
    """A length in eighths as production offices write it.

    >>> eighths_text(11), eighths_text(3), eighths_text(16)
    ('1 3/8', '3/8', '2')
    """
    whole, rest = divmod(eighths, 8)
    if not rest:
        return str(whole)
    return f"{whole} {rest}/8" if whole else f"{rest}/8"


def read_eighths(text: str) -> int:
    """Eighths of a page in `1 3/8`, `3/8`, `2`; raises `InputError` for what is none.

    >>> read_eighths("1 3/8"), read_eighths("4/8"), read_eighths("2")
    (11, 4, 16)
    """
    found = re.fullmatch(r"\s*(?:(\d{1,3}))?\s*(?:(\d)\s*/\s*8)?\s*", text)
    if found is None or not any(found.groups()):
        raise InputError(f"{text!r} is no length of a scene", do="write it as 1 3/8")
    return 8 * int(found[1] or 0) + int(found[2] or 0)

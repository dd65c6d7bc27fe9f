"""Cue numbers as the trade writes them: a label made of parts, safe to change."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum

from scorestage.errors import InputError

_NUMBER = re.compile(r"(\d{1,4})([ms])(\d{1,4})([a-rt-z]?)(s?)(?: ?ALT ?(\d{0,2}))?", re.IGNORECASE)


class Numbering(StrEnum):
    """How cues are counted: through the film (1m08, 2m09), or anew in each reel (1m1, 2m1)."""

    RUNNING = "running"
    PER_REEL = "per reel"


@dataclass(frozen=True, slots=True)
class CueNumber:
    """A cue number by its parts; `reel` is the episode with television (`101m01`).

    `letter` tells an insert between two numbers, `source` music of the scene (`s`), `alternate`
    another try at the same cue: 1 is `ALT`, 2 is `ALT2`. `digits` are at least so many.

    >>> CueNumber.parse("1m04as ALT2")
    CueNumber(reel=1, count=4, letter='a', source=True, alternate=2, digits=2)
    >>> str(CueNumber.parse("1s03")), str(CueNumber(101, 1)), str(CueNumber(2, 1, digits=1))
    ('1m03s', '101m01', '2m1')
    """

    reel: int
    count: int
    letter: str = ""
    source: bool = False
    alternate: int = 0
    digits: int = 2

    def __str__(self) -> str:
        tail = f" ALT{self.alternate if self.alternate > 1 else ''}" if self.alternate else ""
        source = "s" if self.source else ""
        return f"{self.reel}m{self.count:0{self.digits}}{self.letter}{source}{tail}"

    @property
    def base(self) -> CueNumber:
        """The cue that an alternate is another try at."""
        return replace(self, alternate=0, digits=2)

    @classmethod
    def parse(cls, text: str) -> CueNumber:
        """Read a number as editors write it; raises `InputError` for what is none."""
        match = _NUMBER.fullmatch(text.strip())
        if match is None:
            raise InputError(f"{text!r} is no cue number", do="write for example 1m01 or 2m09a")
        reel, kind, count, letter, source, alternate = match.groups()
        return cls(
            reel=int(reel),
            count=int(count),
            letter=letter.lower(),
            source=kind.lower() == "s" or bool(source),
            alternate=0 if alternate is None else int(alternate or 1),
            digits=len(count),
        )

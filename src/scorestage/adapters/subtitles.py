"""Subtitles, whatever file they come from: when a title stands, and its words."""

from __future__ import annotations

import re
from dataclasses import dataclass

from scorestage.timebase import FilmRange

_UNSAID = re.compile(
    r"\[[^\]]*\]|\([^)]*\)|【[^】]*】|（[^）]*）|[♪♫].*?(?:[♪♫]|$)|(?:^|\s)#\s.*?(?:\s#|$)"
)
_SPEAKER = re.compile(r"[\s>-]*[^:]{1,40}:\s*")


@dataclass(frozen=True, slots=True)
class Subtitle:
    """One title: when it stands on screen, and its words on one line."""

    range: FilmRange
    words: str

    @property
    def is_said(self) -> bool:
        """Whether somebody speaks: titles for the deaf tell sounds in brackets, and music by notes.

        >>> over = FilmRange(FilmTime(0), FilmTime(2))
        >>> titles = "[thunder] (she sighs)", "♪ la la ♪", "ANNA: [laughs]", "(softly) Wait!"
        >>> [Subtitle(over, words).is_said for words in titles]
        [False, False, False, True]
        """
        said = _UNSAID.sub(" ", self.words)
        return _SPEAKER.fullmatch(said) is None and any(map(str.isalnum, said))

"""What a file format is to the rest of the house: a name, its suffixes, a reader, a writer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePath

from scorestage.adapters.cut_exchange import ReadCut
from scorestage.adapters.session import Exported, Imported, Session
from scorestage.production import CutList
from scorestage.production.screenplay import Screenplay
from scorestage.timebase import FilmClock, FrameRate


class Carries(StrEnum):
    """What a format can hold of a session."""

    TEMPO_MAP = "tempo map"
    RAMPS = "ramps"
    MARKERS = "markers"
    TRACKS = "tracks"
    TIMECODE = "timecode"
    CUT = "cut list"


@dataclass(frozen=True, slots=True)
class Format:
    """One format of the registry group `formats`.

    `suffixes` are lower-case with their dot, the usual one first. `read` takes a file's content
    and its name (for messages); `write` gives a file's content. None: it cannot do that.

    `read_session` and `write_session` are for formats that carry a tempo map, markers or a whole
    session; `read_cut` and `write_cut` for cut lists (the rate is what the file counts in where it
    does not say so itself; None: told from its labels). `carries` says which of these.
    `read_script` is for screenplays.
    `recognises` looks at a file's beginning, where several formats share a suffix.
    """

    name: str
    title: str
    suffixes: tuple[str, ...]
    read: Callable[..., object] | None = None
    write: Callable[..., bytes] | None = None
    read_session: Callable[[bytes, str, FilmClock], Imported] | None = None
    write_session: Callable[[Session], Exported] | None = None
    read_cut: Callable[[bytes, str, FrameRate | None], ReadCut] | None = None
    write_cut: Callable[[CutList], Exported] | None = None
    read_script: Callable[[bytes, str], Screenplay] | None = None
    recognises: Callable[[bytes], bool] | None = None
    carries: frozenset[Carries] = frozenset()

    def takes(self, path: PurePath | str) -> bool:
        """Whether a file of this name is of this format.

        >>> Format("midi", "Standard MIDI file", (".mid", ".midi")).takes("theme.MID")
        True
        """
        return PurePath(path).suffix.lower() in self.suffixes


class Losses:
    """What a reader could not take over, counted by kind and told in the end.

    >>> losses = Losses()
    >>> losses.add("figured bass"); losses.add("figured bass"); losses.add("repeat signs")
    >>> losses.told()
    ('figured bass (2)', 'repeat signs (1)')
    """

    def __init__(self, known: Iterable[str] = ()) -> None:
        self._counts = Counter(known)

    def add(self, kind: str, count: int = 1) -> None:
        """One more (or `count` more) of this kind is lost."""
        self._counts[kind] += count

    def told(self) -> tuple[str, ...]:
        """Every kind with its count, in alphabetical order."""
        return tuple(f"{kind} ({count})" for kind, count in sorted(self._counts.items()) if count)

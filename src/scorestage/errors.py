"""Everything that can go wrong, as one tree.

::

    ScorestageError                 what, where, and what to do next
    ├── InputError                  the person gave something that cannot be used
    │   ├── TimecodeError           a label, footage or clock time that does not exist
    │   ├── ProjectError            the project folder: missing, locked, a file with a fault
    │   ├── FilmError               a film that cannot be opened or is not a film
    │   ├── FormatError             a file of another program that cannot be understood
    │   └── CatalogueError          an unknown or faulty instrument, ensemble, style or house
    ├── MusicError                  notes that cannot stand: off the grid, out of range
    ├── FitError                    no tempo map exists under the conditions given
    └── MachineError                a program or sound set we drive is missing or failed

Each carries facts: where it is (file and line, cue, bar, timecode) and what to do next.
Command line: `InputError` and `FitError` end with status 2, the rest with status 1.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath


@dataclass(frozen=True, slots=True)
class Where:
    """The place a fault was found; whatever is not known stays `None`.

    >>> print(Where(file=PurePath("cues/1m01/hits.toml"), line=12, cue="1m01"))
    cues/1m01/hits.toml, line 12, cue 1m01
    """

    file: PurePath | str | None = None
    line: int | None = None
    cue: str | None = None
    bar: str | None = None
    timecode: str | None = None
    player: str | None = None
    column: str | None = None

    def __str__(self) -> str:
        parts = [
            str(self.file) if self.file is not None else "",
            f"line {self.line}" if self.line is not None else "",
            f"column {self.column}" if self.column is not None else "",
            f"cue {self.cue}" if self.cue is not None else "",
            self.player or "",
            f"bar {self.bar}" if self.bar is not None else "",
            f"at {self.timecode}" if self.timecode is not None else "",
        ]
        return ", ".join(part for part in parts if part)


class ScorestageError(Exception):
    """A fault told to a person: what is wrong, where, and what to do.

    >>> print(ScorestageError("the cue ends before it starts", Where(cue="1m01"), "swap the two"))
    cue 1m01: the cue ends before it starts (swap the two)
    """

    exit_status = 1

    def __init__(self, what: str, where: Where | None = None, do: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.where = where or Where()
        self.do = do

    def __str__(self) -> str:
        place = str(self.where)
        return (f"{place}: " if place else "") + self.what + (f" ({self.do})" if self.do else "")

    def __reduce__(self) -> tuple[type[ScorestageError], tuple[str, Where, str]]:
        return type(self), (self.what, self.where, self.do)


class InputError(ScorestageError):
    """The person gave something that cannot be used."""

    exit_status = 2


class TimecodeError(InputError):
    """A timecode, feet+frames or clock time that does not exist or cannot be read."""


class ProjectError(InputError):
    """The project folder is missing, in use, or a file in it has a fault."""


class FilmError(InputError):
    """A film that cannot be opened, is broken, or has no picture."""


class FormatError(InputError):
    """A file of another program that cannot be understood."""


class CatalogueError(InputError):
    """An instrument, ensemble, style or house that is unknown or faulty."""


class MusicError(ScorestageError):
    """Notes that cannot stand as written."""


class FitError(ScorestageError):
    """No tempo map exists under the conditions given."""

    exit_status = 2


class MachineError(ScorestageError):
    """A program or sound set that we drive is missing or failed."""

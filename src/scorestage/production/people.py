"""Who works on the production, and what was agreed with the director."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Person:
    """Someone to be named on pages and paid by the cue sheet."""

    id: str
    name: str
    society: str = ""
    """Performing rights organisation: ASCAP, BMI, GEMA, PRS …"""
    ipi: str = ""
    roles: tuple[str, ...] = ()
    """What they do on the film, as papers name it: `composer`, `music editor`, `director` …"""


@dataclass(frozen=True, slots=True)
class Credit:
    """What a person did and their share of it in percent: roles C, A, CA, AR, E (CISAC)."""

    person: str
    role: str
    share_percent: Fraction


@dataclass(frozen=True, slots=True)
class Brief:
    """What was agreed for the film or a cue: words of style and tone, references, what to avoid."""

    style: tuple[str, ...] = ()
    tone: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    avoid: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()
    amount: str = "normal"
    """How much music the film gets: `none`, `sparse`, `normal`, `wall to wall`."""


@dataclass(frozen=True, slots=True)
class Note:
    """Something said: by whom, when, at which timecode of the film, and of which cue (its id)."""

    text: str
    who: str = ""
    when: str = ""
    timecode: str = ""
    cue: str = ""


@dataclass(frozen=True, slots=True)
class Licence:
    """Music that is not written for the film and must be cleared: a needle drop, a known song.

    `cue` is the cue's id. Two rights are needed: `sync` of the work (from its publisher) and
    `master_use` of the recording (from the owner of the master); each says how far it is (`to ask`,
    `asked`, `quoted`, `cleared`, `refused`). Names are free text, several parted by semicolons.
    """

    cue: str
    work: str
    artist: str = ""
    writer: str = ""
    publisher: str = ""
    master: str = ""
    sync: str = "to ask"
    master_use: str = "to ask"
    territory: str = ""
    term: str = ""
    media: str = ""
    fee: str = ""
    note: str = ""

    @property
    def is_cleared(self) -> bool:
        """Whether the film may be shown with it."""
        return all(right in (CLEARED, NOT_NEEDED) for right in (self.sync, self.master_use))


CLEARED = "cleared"
NOT_NEEDED = "not needed"
LICENCE_STATES = ("to ask", "asked", "quoted", CLEARED, "refused", NOT_NEEDED)
"""How far a right is; `not needed` where the recording is made for the film, or the work is in the
public domain."""


@dataclass(frozen=True, slots=True)
class Task:
    """Work that somebody owes: what, of which cue (its id; empty: of the film), by which day.

    `person` is an id of people.toml, or a name. Days are ISO dates; `done` is the day it was done.
    """

    id: str
    what: str
    person: str = ""
    cue: str = ""
    due: str = ""
    done: str = ""

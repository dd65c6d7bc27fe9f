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

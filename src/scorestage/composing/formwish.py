"""The form of a cue as values: its sections and hits, and what a person asks of them."""

from __future__ import annotations

from dataclasses import dataclass, fields
from fractions import Fraction

from scorestage.timebase import Beat, FilmTime


@dataclass(frozen=True, slots=True)
class SectionWish:
    """What a person wants of the section that begins with a printed bar; empty: left to the plan.

    `part` is what it is for, `theme` and `partner` are ids, `operation` a name, `texture` an idiom,
    `key` is written `C minor`, `loudness` a dynamic, `energy` -2 to 2.
    """

    bar: str
    part: str = ""
    theme: str = ""
    operation: str = ""
    partner: str = ""
    texture: str = ""
    key: str = ""
    loudness: str = ""
    energy: str = ""

    def asked(self) -> dict[str, str]:
        """What is wished for, by name."""
        found = {field.name: getattr(self, field.name) for field in fields(self)}
        return {name: told for name, told in found.items() if told and name != "bar"}


@dataclass(frozen=True, slots=True)
class FormWish:
    """The wishes for a cue: `starts` are printed first bars of all sections (none: as planned).

    `deeds` says by id what the music does at a hit.
    """

    starts: tuple[str, ...] = ()
    sections: tuple[SectionWish, ...] = ()
    deeds: tuple[tuple[str, str], ...] = ()

    def of(self, bar: str) -> SectionWish:
        """The wish for the section that begins with a bar."""
        return next((one for one in self.sections if one.bar == bar), SectionWish(bar))


@dataclass(frozen=True, slots=True)
class FormSection:
    """A section: printed bars `bar` to `to`, where it lies, what it is for, of what, and why.

    `theme` and `partner` are ids, `operation` what is done to the theme, `texture` an idiom (more
    with ` > ` between them where it changes inside), `loudness` a dynamic, `energy` -2 to 2.
    """

    bar: str
    to: str
    first_bar: int
    last_bar: int
    start: Beat
    at: FilmTime
    seconds: Fraction
    part: str
    theme: str
    operation: str
    partner: str
    texture: str
    key: str
    loudness: str
    energy: int
    why: str


@dataclass(frozen=True, slots=True)
class FormHit:
    """A hit as it is composed: where it falls, what the music does there, in words."""

    hit: str
    bar: str
    beat: str
    bar_index: int
    at: Beat
    does: str
    words: str
    why: str


@dataclass(frozen=True, slots=True)
class CueForm:
    """The plan of a cue."""

    sections: tuple[FormSection, ...]
    hits: tuple[FormHit, ...]

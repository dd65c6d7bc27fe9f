"""What a person asks of a cue's form: where sections begin, and what single ones are to be."""

from __future__ import annotations

from dataclasses import dataclass, fields


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

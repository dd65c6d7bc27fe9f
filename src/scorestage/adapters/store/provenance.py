"""`provenance.jsonl`: what made each file of a cue, and what put each note there.

A file whose content no longer has the hash recorded here was changed by a person, and from then
on is theirs: no later step writes over it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from scorestage.adapters.store.atomic import sha256_of, write_text
from scorestage.errors import ProjectError, Where


@dataclass(frozen=True, slots=True)
class Made:
    """One file of a cue: the verb that made it, from which inputs, with which content."""

    file: str
    verb: str
    sha256: str
    inputs: str


@dataclass(frozen=True, slots=True)
class Origin:
    """What put one note into a file: theme and operation, hit, rule, or orchestrator."""

    file: str
    note: str
    origin: str


@dataclass(frozen=True, slots=True)
class BarPrints:
    """The bars of one player as they were made, one print a bar, so that a later hand is seen."""

    file: str
    player: str
    bars: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Provenance:
    """All that is known of how a cue came about."""

    made: tuple[Made, ...] = ()
    origins: tuple[Origin, ...] = ()
    prints: tuple[BarPrints, ...] = ()

    def of(self, file: str) -> Made | None:
        """What made `file`; None if a person did."""
        for one in self.made:
            if one.file == file:
                return one
        return None

    def prints_of(self, file: str) -> dict[str, tuple[str, ...]]:
        """By player the bars of `file` as they were made; empty where nobody took note of them."""
        return {one.player: one.bars for one in self.prints if one.file == file}

    def with_file(
        self, made: Made, origins: Iterable[Origin], prints: Iterable[BarPrints] = ()
    ) -> Provenance:
        """The same with all that was known of one file replaced."""
        kept = tuple(one for one in self.made if one.file != made.file)
        others = tuple(one for one in self.origins if one.file != made.file)
        bars = tuple(one for one in self.prints if one.file != made.file)
        return Provenance((*kept, made), others + tuple(origins), bars + tuple(prints))


def read_provenance(cue_folder: Path) -> Provenance:
    """The provenance kept beside a cue; empty where there is none."""
    path = cue_folder / "provenance.jsonl"
    if not path.exists():
        return Provenance()
    made: list[Made] = []
    origins: list[Origin] = []
    prints: list[BarPrints] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
            if "note" in record:
                origins.append(Origin(record["file"], record["note"], record["origin"]))
            elif "bars" in record:
                bars = tuple(record["bars"].split())
                prints.append(BarPrints(record["file"], record["player"], bars))
            else:
                made.append(
                    Made(record["file"], record["verb"], record["sha256"], record["inputs"])
                )
        except (ValueError, KeyError, TypeError) as fault:
            where = Where(file=path, line=number)
            raise ProjectError(f"not a provenance record: {fault}", where) from None
    return Provenance(tuple(made), tuple(origins), tuple(prints))


def write_provenance(cue_folder: Path, provenance: Provenance) -> None:
    """Write it whole: one record a line, files first."""
    records: list[dict[str, str]] = [
        {"file": one.file, "verb": one.verb, "sha256": one.sha256, "inputs": one.inputs}
        for one in sorted(provenance.made, key=lambda one: one.file)
    ]
    records += [
        {"file": one.file, "note": one.note, "origin": one.origin} for one in provenance.origins
    ]
    records += [
        {"file": one.file, "player": one.player, "bars": " ".join(one.bars)}
        for one in provenance.prints
    ]
    text = "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)
    write_text(cue_folder / "provenance.jsonl", text)


def is_by_hand(cue_folder: Path, file: str, provenance: Provenance) -> bool:
    """Whether a person made `file` or changed it since it was made."""
    path = cue_folder / file
    if not path.exists():
        return False
    made = provenance.of(file)
    return made is None or made.sha256 != sha256_of(path)

"""`engrave` on a plain score file: pages of the score and the parts, without a project."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from scorestage.adapters.catalogue import load_house
from scorestage.adapters.machines.engravers import Engraver, print_cue, print_score
from scorestage.adapters.store import passing_room, write_bytes
from scorestage.engraving import Edition
from scorestage.errors import FormatError, InputError, Where
from scorestage.workflow.convert import ReadMusic, read_music

SCORES = (".musicxml", ".xml", ".mxl", ".mid", ".midi")
"""Endings by which a score file is told from the number of a cue."""


@dataclass(frozen=True, slots=True)
class EngravedFile:
    """The pages made of a file, what made them, and what could not be carried over or printed."""

    files: tuple[Path, ...]
    maker: str
    notes: tuple[str, ...]


def engrave_file(
    source: Path,
    into: Path,
    *,
    parts: bool = False,
    engraver: Engraver = Engraver.AUTOMATIC,
    house: str = "los-angeles",
) -> EngravedFile:
    """Print `source` into the folder `into`: `NAME-score.pdf`, and with `parts` one for each.

    Raises `InputError` and `FormatError` for what is no score, `MachineError` where the pages
    cannot be printed; nothing is written then.
    """
    if not source.is_file():
        raise InputError("there is no such file", Where(file=source))
    if into.exists() and not into.is_dir():
        raise InputError("this is no folder to put pages into", Where(file=into))
    music = read_music(source)
    if not music.score.lines or not music.score.grid.bars:
        raise FormatError("there is nothing in it to print", Where(file=source))
    edition = edition_of_file(music, source, house)
    with passing_room() as room:
        made = print_cue if parts else print_score
        printed = made(music.score, music.tempo_map, edition, engraver, room)
    files = []
    for file, content in printed.files:
        path = into / f"{source.stem}-{file.name}"
        write_bytes(path, content)
        files.append(path)
    return EngravedFile(tuple(files), printed.maker, (*music.losses, *printed.warnings))


def edition_of_file(music: ReadMusic, source: Path, house: str = "los-angeles") -> Edition:
    """What the pages of a plain file say: its own title and composer, else its name."""
    return Edition("", "", music.title or source.stem, load_house(house), composer=music.composer)

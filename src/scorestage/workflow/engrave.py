"""`engrave` on a plain score file: pages of the score and the parts, without a project."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path

from scorestage.adapters.catalogue import load_house
from scorestage.adapters.machines.engravers import Engraver, print_score
from scorestage.adapters.store import PageShelf, passing_room, write_bytes
from scorestage.engraving import Edition, set_stem
from scorestage.engraving.alike import with_players_apart
from scorestage.engraving.unprinted import unprinted
from scorestage.errors import FormatError, InputError, Where
from scorestage.music import Score
from scorestage.production import House
from scorestage.workflow.convert import ReadMusic, read_music
from scorestage.workflow.families import with_families
from scorestage.workflow.part_set import (
    PartSet,
    print_set,
    score_music,
    set_music,
)
from scorestage.workflow.passage import passage

SCORES = (".musicxml", ".xml", ".mxl", ".mid", ".midi")
"""Endings by which a score file is told from the number of a cue."""
PAPERS = {
    "tabloid": ("279.4", "431.8"),
    "tabloid-wide": ("431.8", "279.4"),
    "a3": ("297", "420"),
    "a3-wide": ("420", "297"),
    "a4": ("210", "297"),
    "letter": ("215.9", "279.4"),
    "legal": ("215.9", "355.6"),
    "b4": ("250", "353"),
    "b4-jis": ("257", "364"),
    "9x12": ("228.6", "304.8"),
    "10x13": ("254", "330.2"),
    "12x18": ("304.8", "457.2"),
    "18x12": ("457.2", "304.8"),
}
"""Papers for the score by name: width and height in millimetres."""


MOST_AT_ONCE = 200_000
"""Bars of staves and notes of a score that is engraved in one piece: some 8 GB of memory."""


@dataclass(frozen=True, slots=True)
class EngravedFile:
    """The pages made of a file, what made them, and what could not be carried over or printed."""

    files: tuple[Path, ...]
    maker: str
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PageWish:
    """What is wished of the pages of a file: whose, which, in which house, on which paper."""

    house: str = "los-angeles"
    production: str = ""
    cue: str = ""
    version: str = ""
    copyright: str = ""
    paper: str = ""
    """A paper of `PAPERS` for the score, in place of the house's."""
    transposed: bool | None = None
    """A transposed score, or one in C; None: as the house has it."""
    all_staves: bool | None = None
    """Whether silent players keep their staves in the score; None: as the house has it."""
    keys: bool | None = None
    """Whether key signatures are printed; None: as the house has it."""
    condense: bool = False
    """Whether two players of one instrument share a staff of the score."""
    bars: str = ""
    """A passage by its printed bars, `17-32`; empty: the whole."""


PLAIN = PageWish()


def engrave_file(
    source: Path,
    into: Path,
    *,
    parts: bool = False,
    engraver: Engraver = Engraver.AUTOMATIC,
    house: str = "los-angeles",
    wish: PageWish | None = None,
    workers: int = 1,
    shelf: Path | None = None,
) -> EngravedFile:
    """Print `source` into the folder `into`: the score, and with `parts` the whole set.

    The set is every part as pages and as MusicXML, the score as MusicXML, and the print list.
    Files are called after production, cue and version, or after the source where none is told.
    Pages on the `shelf` are not made again.

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
    wish = wish or PageWish(house)
    edition = edition_of_file(music, source, wish)
    if wish.bars:
        score, tempo_map = passage(music.score, music.tempo_map, wish.bars)
        music = replace(music, score=score, tempo_map=tempo_map)
    _need_size(music.score, source)
    score, shared = with_players_apart(with_families(music.score))
    music = replace(music, score=score)
    told = [f"players of one name are numbered: {name}" for name in shared]
    files: list[Path] = []
    with passing_room() as room:
        if parts:
            keep = PageShelf(shelf) if shelf is not None else None
            made = print_set(
                music.score, music.tempo_map, edition, engraver, room, workers=workers, shelf=keep
            )
            contents = [(file.name, file.content) for file in made.files]
            contents += _set_music(music, edition)
        else:
            printed = print_score(music.score, music.tempo_map, edition, engraver, room)
            made = PartSet((), printed.maker, printed.warnings)
            contents = [(f"{set_stem(edition, 'Score')}.pdf", printed.files[0][1])]
    for name, content in contents:
        path = into / name
        write_bytes(path, content)
        files.append(path)
    left_out = unprinted(
        music.score,
        by_mei=made.maker.startswith("Verovio"),
        keys=edition.house.key_signatures,
    )
    return EngravedFile(tuple(files), made.maker, (*music.losses, *told, *left_out, *made.warnings))


def _need_size(score: Score, source: Path) -> None:
    """Refuse what no engraver sets in the memory of a usual machine, before the work begins."""
    bars, staves = len(score.grid.bars), sum(len(line.staves) for line in score.lines)
    notes = sum(
        len(voice.notes) for line in score.lines for staff in line.staves for voice in staff.voices
    )
    if bars * staves + notes <= MOST_AT_ONCE:
        return
    share = max(1, bars * MOST_AT_ONCE // (2 * (bars * staves + notes)))
    upto = score.grid.bars[min(share, bars) - 1].label
    raise InputError(
        f"{bars:,} bars on {staves:,} staves with {notes:,} notes are more than can be engraved "
        "at once",
        Where(file=source),
        f"engrave it in passages: --bars {score.grid.bars[0].label}-{upto}",
    )


def _set_music(music: ReadMusic, edition: Edition) -> list[tuple[str, bytes]]:
    parts = set_music(music.score, music.tempo_map, edition)
    whole = score_music(music.score, music.tempo_map, edition)
    return [
        *((file.name, file.content) for file in parts),
        (f"{set_stem(edition, 'Score')}.musicxml", whole),
    ]


def house_as_wished(wish: PageWish) -> House:
    """The house of a wish, with what the wish changes in it.

    Raises `InputError` for a paper that nobody has heard of.
    """
    house = load_house(wish.house)
    if wish.paper:
        if wish.paper.lower() not in PAPERS:
            known = ", ".join(PAPERS)
            raise InputError(f"there is no paper {wish.paper!r}", do=f"papers: {known}")
        width, height = (Fraction(edge) for edge in PAPERS[wish.paper.lower()])
        house = replace(
            house, score_paper=replace(house.score_paper, width_mm=width, height_mm=height)
        )
    if wish.transposed is not None:
        house = replace(house, c_score=not wish.transposed)
    if wish.all_staves is not None:
        house = replace(house, silent_staves=wish.all_staves)
    if wish.keys is not None:
        house = replace(house, key_signatures=wish.keys)
    return replace(house, condensed=True) if wish.condense else house


def edition_of_file(music: ReadMusic, source: Path, wish: PageWish = PLAIN) -> Edition:
    """What the pages of a plain file say: its own title and composer, else its name.

    Of a score that was exported here production, cue and version are known; wishes go before.
    """
    about = dict(music.about)
    cue = wish.cue or about.get("cue", "")
    title = about.get("title") or music.title or source.stem
    return Edition(
        wish.production or about.get("production", ""),
        cue,
        (title.removeprefix(f"{cue} ") if cue else title) or title,
        house_as_wished(wish),
        version=wish.version or about.get("version", ""),
        composer=music.composer,
        copyright=wish.copyright,
        as_written=True,
        files_called=source.stem,
    )

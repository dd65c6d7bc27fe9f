"""Sheets of a song written: MusicXML, MIDI, and pages as PDF or SVG."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

from scorestage.adapters.catalogue import load_house
from scorestage.adapters.formats.midi import write_midi
from scorestage.adapters.formats.musicxml import compressed, write_score
from scorestage.adapters.machines.engravers import Engraver, print_song
from scorestage.adapters.machines.verovio_pages import draw
from scorestage.adapters.store import passing_room, write_bytes
from scorestage.engraving import Edition
from scorestage.engraving.mei import mei_score
from scorestage.engraving.songpages import SongEdition
from scorestage.errors import FormatError, InputError, Where
from scorestage.music import Sign
from scorestage.production import House
from scorestage.songs.sheet import Sheet
from scorestage.workflow.convert import MIDI, MUSICXML
from scorestage.workflow.engrave import PAPERS

SHEET_ENDINGS = (*MUSICXML, *MIDI, ".pdf", ".svg")
USUAL_PAPER = "a4"
_STAFF_MM = Fraction(13, 2)
_MARGIN_MM = Fraction(15)


def write_sheet(
    sheet: Sheet, target: Path, *, paper: str = USUAL_PAPER, engraver: str = "automatic"
) -> tuple[Path, ...]:
    """Write a sheet by the ending of its name; SVG gives a file for each page.

    Raises `FormatError` for another ending, `MachineError` where pages cannot be printed.
    """
    suffix = target.suffix.lower()
    if suffix not in SHEET_ENDINGS:
        known = ", ".join(SHEET_ENDINGS)
        raise FormatError(f"{suffix or target.name!r} cannot be written", do=f"write {known}")
    if suffix in MUSICXML:
        content = sheet_xml(sheet)
        write_bytes(target, compressed(content) if suffix == MUSICXML[2] else content)
        return (target,)
    if suffix in MIDI:
        write_bytes(target, write_midi(sheet.score, sheet.tempo_map, title=sheet.title))
        return (target,)
    edition = edition_of_sheet(sheet, target.stem, paper)
    with passing_room() as room:
        if suffix == ".pdf":
            maker = Engraver(engraver)
            told = SongEdition(edition, sheet.lyricist, sheet.composer, sheet.form)
            printed = print_song(sheet.score, sheet.tempo_map, told, maker, room)
            write_bytes(target, printed.files[0][1])
            return (target,)
        pages, _ = draw(mei_score(sheet.score, sheet.tempo_map, edition), room)
    found = []
    for number, page in enumerate(pages, start=1):
        path = target if len(pages) == 1 else target.with_stem(f"{target.stem}-{number}")
        write_bytes(path, page.encode("utf-8"))
        found.append(path)
    return tuple(found)


def sheet_xml(sheet: Sheet) -> bytes:
    """A sheet as MusicXML, with who wrote words and music."""
    header: tuple[Sign, ...] = ()
    if sheet.lyricist:
        header = (Sign("creator", sheet.lyricist, (("type", "lyricist"),)),)
    return write_score(
        sheet.score,
        sheet.tempo_map,
        title=sheet.title,
        composer=sheet.composer,
        concert=False,
        header=header,
    )


def edition_of_sheet(sheet: Sheet, name: str, paper: str = USUAL_PAPER) -> Edition:
    """What the pages say; raises `InputError` for a paper that nobody has heard of."""
    return Edition(
        "",
        "",
        sheet.title or name,
        _house(paper),
        composer=_credited(sheet),
        as_written=True,
        files_called=name,
    )


def _credited(sheet: Sheet) -> str:
    if sheet.lyricist and sheet.lyricist != sheet.composer:
        music = f", music: {sheet.composer}" if sheet.composer else ""
        return f"Words: {sheet.lyricist}{music}"
    return sheet.composer


def _house(paper: str) -> House:
    if paper.lower() not in PAPERS:
        raise InputError(f"there is no paper {paper!r}", do=f"papers: {', '.join(PAPERS)}")
    width, height = (Fraction(edge) for edge in PAPERS[paper.lower()])
    house = load_house("los-angeles")
    sheet = replace(
        house.score_paper,
        width_mm=width,
        height_mm=height,
        staff_mm=_STAFF_MM,
        margin_mm=_MARGIN_MM,
    )
    return replace(
        house,
        score_paper=sheet,
        key_signatures=True,
        large_time_signatures=False,
        bar_number_every_bar=False,
        c_score=False,
    )


def refuse_over_source(source: str, target: Path) -> None:
    """Raise `InputError` where a sheet would be written over what it is made from."""
    if target.exists() and Path(source).exists() and target.samefile(source):
        raise InputError("this would write over its own source", Where(file=target), "name another")

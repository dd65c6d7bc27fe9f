"""The set of a cue: every part as pages and as music, under one manner of names, with its list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from scorestage.adapters.formats.csv_table import csv_of
from scorestage.adapters.formats.musicxml import read_sheets, write_score
from scorestage.adapters.machines.bound_pages import page_count
from scorestage.adapters.machines.engravers import Engraver, Shelf, print_cue
from scorestage.engraving import Edition, PageKind, PrintedFile, set_stem, set_stems
from scorestage.engraving.cuenotes import with_cues_of_others
from scorestage.engraving.partpages import folds_out
from scorestage.engraving.setcheck import music_mark
from scorestage.music import Score
from scorestage.paperwork import PrintJob, PrintRow, print_list
from scorestage.timebase import TempoMap


@dataclass(frozen=True, slots=True)
class SetFile:
    """One finished file of a set. `player` is the id of whose it is, empty for the score's."""

    name: str
    kind: str
    content: bytes
    player: str = ""
    copies: int = 1


@dataclass(frozen=True, slots=True)
class PartSet:
    """All files of one kind, what made them, and what it warned of."""

    files: tuple[SetFile, ...]
    maker: str = ""
    warnings: tuple[str, ...] = ()


def about(edition: Edition) -> Mapping[str, str]:
    """What every music file of a set says of itself."""
    return {
        "production": edition.production,
        "cue": edition.cue_number,
        "version": edition.version,
        "title": edition.title,
    }


def set_music(score: Score, tempo_map: TempoMap, edition: Edition) -> tuple[SetFile, ...]:
    """Every part as transposed MusicXML, named as its pages are, with the house's cue notes."""
    title = f"{edition.cue_number} {edition.title}".strip()
    stems = set_stems(edition, [line.player.name for line in score.lines])
    files = []
    for line, stem in zip(score.lines, stems, strict=True):
        own = with_cues_of_others(line, score, edition.house.cue_notes_after_bars)
        content = write_score(
            replace(score, lines=tuple(own if one is line else one for one in score.lines)),
            tempo_map,
            title=title,
            subtitle=line.player.name,
            composer=edition.composer,
            concert=False,
            player=line.player.id,
            free_timing=edition.free_timing,
            about=about(edition),
        )
        files.append(SetFile(f"{stem}.musicxml", "MusicXML part", content, line.player.id))
    return tuple(files)


def score_music(score: Score, tempo_map: TempoMap, edition: Edition) -> bytes:
    """The C score as MusicXML, which says what set it belongs to."""
    return write_score(
        score,
        tempo_map,
        title=f"{edition.cue_number} {edition.title}".strip(),
        composer=edition.composer,
        free_timing=edition.free_timing,
        about=about(edition),
    )


def marked(edition: Edition, music: Sequence[SetFile]) -> Edition:
    """The edition with the mark of each part's music, which its pages will carry."""
    marks = (
        (file.player, music_mark(read_sheets(file.content, file.name).sheets)) for file in music
    )
    return replace(edition, music_marks=tuple(marks))


def print_set(
    score: Score,
    tempo_map: TempoMap,
    edition: Edition,
    engraver: Engraver,
    room: Path,
    *,
    workers: int = 1,
    shelf: Shelf | None = None,
    score_file: str = "",
) -> PartSet:
    """The score, every part and the print list as pages; `room` is an empty folder to work in.

    `score_file` is what the score's pages are called, where not as the parts are.

    Raises `MachineError` where nobody is here to print, or the printing fails.
    """
    edition = marked(edition, set_music(score, tempo_map, edition))
    printed = print_cue(score, tempo_map, edition, engraver, room, workers=workers, shelf=shelf)
    players = {line.player.id: place for place, line in enumerate(score.lines)}
    stems = set_stems(edition, [line.player.name for line in score.lines])
    files = []
    for file, content in printed.files:
        whole = file.kind is PageKind.SCORE
        stem = set_stem(edition, "Score") if whole else stems[players[file.player]]
        name = score_file if whole and score_file else f"{stem}.pdf"
        files.append(SetFile(name, str(file.kind), content, file.player, file.copies))
    pairs = tuple(zip(printed.files, files, strict=True))
    files += list_files(score, tempo_map, edition, pairs)
    return PartSet(tuple(files), printed.maker, printed.warnings)


def list_files(
    score: Score,
    tempo_map: TempoMap,
    edition: Edition,
    files: Sequence[tuple[tuple[PrintedFile, bytes], SetFile]],
) -> list[SetFile]:
    """The print list as CSV and PDF: what to print how often on which paper."""
    from scorestage.adapters.formats.pdf_table import pdf_of

    names = {line.player.id: line.player.name for line in score.lines}
    lines = {line.player.id: line for line in score.lines}
    rows = []
    for (file, content), one in files:
        pages, line = page_count(content), lines.get(file.player)
        many = line is not None and pages > edition.house.open_pages
        folds = line is not None and many and folds_out(score, line, tempo_map, edition)
        name = names.get(file.player, "Score")
        rows.append(PrintRow(name, one.name, str(file.kind), file.copies, pages, folds))
    job = PrintJob(
        edition.production, edition.cue_number, edition.title, edition.version, edition.house
    )
    table = print_list(job, rows)
    stem = set_stem(edition, "Print list")
    running = f"{edition.production} {edition.cue_number} {edition.version}".strip()
    return [
        SetFile(f"{stem}.csv", "print list", csv_of(table)),
        SetFile(f"{stem}.pdf", "print list", pdf_of([table], running, landscape=True)),
    ]

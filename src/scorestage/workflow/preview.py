"""`preview`: the score on the screen in a moment, every note leading to where it comes from."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from html import escape
from pathlib import Path

from scorestage.adapters.machines.verovio_pages import draw
from scorestage.adapters.store import passing_room, write_bytes
from scorestage.engraving import Edition
from scorestage.engraving.mei import mei_score
from scorestage.engraving.mei.places import DrawnNote, drawn_notes
from scorestage.errors import FormatError, InputError, Where
from scorestage.music import Score
from scorestage.timebase import TempoMap
from scorestage.workflow.convert import read_music
from scorestage.workflow.engrave import PageWish, edition_of_file
from scorestage.workflow.families import with_families

_ELEMENT = re.compile(r'<g id="(n\d+-\d+-\d+-\d+)"')
_BY_HAND = "a person's own note"
_SCRIPT = """
const told = document.getElementById('told');
document.addEventListener('click', function (event) {
  const note = event.target.closest('[data-note]');
  document.querySelectorAll('.chosen').forEach(function (one) { one.classList.remove('chosen'); });
  if (!note) { told.textContent = ''; return; }
  note.classList.add('chosen');
  const own = note.dataset;
  told.textContent = own.player + ', bar ' + own.bar + ' beat ' + own.beat + ': ' + own.origin;
});
"""
_STYLE = """
body { margin: 0; background: #ddd; font: 15px sans-serif; }
#told { position: sticky; top: 0; background: #fff; padding: .6em 1em; min-height: 1.2em;
  border-bottom: 1px solid #999; }
.sheet { background: #fff; margin: 1em auto; max-width: 1100px; padding: 1em; }
.sheet > svg { width: 100%; height: auto; display: block; }
[data-note] { cursor: pointer; }
[data-origin^="new:"] { fill: #0a6; stroke: #0a6; color: #0a6; }
.chosen { fill: #c22; stroke: #c22; color: #c22; }
"""


@dataclass(frozen=True, slots=True)
class Previewed:
    """The files written, how many pages they hold, and who drew them."""

    files: tuple[Path, ...]
    pages: int
    notes: int
    maker: str


def preview_file(source: Path, into: Path, wish: PageWish) -> Previewed:
    """Draw a score file to `into`: one HTML page, or an SVG for each page (`x-1.svg` …).

    Raises `InputError` and `FormatError` for what is no score, `MachineError` without Verovio.
    """
    if not source.is_file():
        raise InputError("there is no such file", Where(file=source))
    music = read_music(source)
    if not music.score.lines or not music.score.grid.bars:
        raise FormatError("there is nothing in it to draw", Where(file=source))
    edition = edition_of_file(music, source, wish)
    origins = {note.id: note.origin for _, note in music.score.notes() if note.origin}
    score = with_families(music.score)
    return draw_preview(score, music.tempo_map, edition, origins, into)


def draw_preview(
    score: Score, tempo_map: TempoMap, edition: Edition, origins: Mapping[str, str], into: Path
) -> Previewed:
    """Draw a score; `origins` say by note id what put each note there.

    Raises `InputError` for a file that is neither .html nor .svg.
    """
    suffix = into.suffix.lower()
    if suffix not in (".svg", ".html"):
        raise InputError("a preview is .svg or .html", Where(file=into), "name it so")
    house = replace(edition.house, large_time_signatures=False)
    edition = replace(edition, house=house)
    with passing_room() as room:
        drawings, version = draw(mei_score(score, tempo_map, edition), room)
    notes = drawn_notes(score, edition)
    pages = [with_origins(page, notes, origins) for page in drawings]
    if suffix == ".html":
        files: tuple[Path, ...] = (into,)
        title = f"{edition.cue_number} {edition.title}".strip()
        write_bytes(into, _html(pages, title).encode("utf-8"))
    else:
        files = tuple(
            into if len(pages) == 1 else into.with_name(f"{into.stem}-{number}.svg")
            for number in range(1, len(pages) + 1)
        )
        for path, page in zip(files, pages, strict=True):
            write_bytes(path, page.encode("utf-8"))
    return Previewed(files, len(pages), len(notes), f"Verovio {version}")


def with_origins(page: str, notes: Sequence[DrawnNote], origins: Mapping[str, str]) -> str:
    """The drawing with what each note is, whose, where, and what put it there, as attributes."""
    known = {note.element: note for note in notes}

    def told(match: re.Match[str]) -> str:
        note = known.get(match[1])
        if note is None:
            return match[0]
        said = {
            "note": note.note,
            "player": note.player,
            "bar": note.bar,
            "bar-index": str(note.bar_index),
            "beat": note.beat,
            "origin": origins.get(note.note, "") or _BY_HAND,
        }
        return match[0] + "".join(f' data-{name}="{escape(text)}"' for name, text in said.items())

    return _ELEMENT.sub(told, page)


def _html(pages: Sequence[str], title: str) -> str:
    sheets = "\n".join(f'<div class="sheet">{_inline(page)}</div>' for page in pages)
    return (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>{escape(title)}'
        f"</title><style>{_STYLE}</style></head><body>"
        f'<div id="told" role="status"></div>\n{sheets}\n<script>{_SCRIPT}</script></body></html>\n'
    )


def _inline(page: str) -> str:
    """An SVG without its XML head, to stand in HTML."""
    return page[page.index("<svg") :]

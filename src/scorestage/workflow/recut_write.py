"""What `recut` hands to the cutting room: lists, a change list on paper, the preview."""

from __future__ import annotations

import json
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

from scorestage.adapters.formats.csv_table import csv_of
from scorestage.adapters.formats.markdown_table import markdown_of
from scorestage.adapters.formats.pdf_table import pdf_of
from scorestage.adapters.formats.xlsx_table import xlsx_of
from scorestage.adapters.store import write_bytes
from scorestage.conform.recutting import Recut
from scorestage.conform.recutting.applying import recut_list, segments_of
from scorestage.errors import InputError
from scorestage.paperwork import Table
from scorestage.production import CutList, CutMarker
from scorestage.workflow import editorial
from scorestage.workflow.recut import Recutting
from scorestage.workflow.recut_answers import change_table, landing_table, tell_recutting

PAPERS = (".pdf", ".md", ".csv", ".xlsx", ".json")
FILMS = (".mp4", ".mov", ".m4v")


def write_recut(found: Recutting, number: int, target: Path) -> tuple[str, ...]:
    """Write a way as the file's suffix tells; what to know of it, in words."""
    way = found.chosen(number)
    suffix = target.suffix.lower()
    if suffix in FILMS:
        from scorestage.workflow.recut_film import write_preview

        write_preview(found, way, target)
        return ()
    if suffix in PAPERS:
        write_bytes(target, _paper(found, way, number, suffix))
        return ()
    if not editorial.holds_cut("", target):
        do = "write .otio .edl .fcpxml .xml .aaf, .pdf .md .csv .xlsx .json, or .mp4 .mov"
        raise InputError(f"{target.name}: no such file is written", do=do)
    cut, notes = recut_cut(found, way)
    written = editorial.write_cut_list(cut, target)
    told = [f"not carried: {one}" for one in written.not_carried]
    return (*notes, *written.notes, *told)


def recut_cut(found: Recutting, way: Recut) -> tuple[CutList, tuple[str, ...]]:
    """The cut list of a way: every track, the editor's markers, and a marker where something lands.

    Its reels, clips and timecode are those of the list it was made of.
    """
    segments = segments_of(found.shots, found.first, way)
    cut, notes = recut_list(found.picture.cut, segments)
    origin = found.picture.cut_origin
    marks = [
        CutMarker(
            Fraction(one.after_frame + origin),
            f"{one.place.words} = {one.target.words}",
            Fraction(1),
            "green",
            "V1",
        )
        for one in way.landed
        if one.is_met and one.after_frame is not None and one.target is not None
    ]
    last = cut.last_frame
    inside = [one for one in marks if one.at_frames < last]
    markers = sorted((*cut.markers, *inside), key=lambda one: one.at_frames)
    return replace(cut, title=f"{cut.title} to music", markers=tuple(markers)), notes


def _paper(found: Recutting, way: Recut, number: int, suffix: str) -> bytes:
    tables: tuple[Table, ...] = (change_table(found, way), landing_table(found, way))
    if suffix == ".json":
        return json.dumps(tell_recutting(found, number), indent=1, ensure_ascii=False).encode()
    if suffix == ".csv":
        return csv_of(tables[0])
    if suffix == ".md":
        return markdown_of(tables)
    if suffix == ".xlsx":
        return xlsx_of(tables)
    return pdf_of(
        tables, f"{found.picture.cut.title} – recut to {found.music.name}", landscape=True
    )

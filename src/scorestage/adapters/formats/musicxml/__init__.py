"""MusicXML 4.0, in and out: full scores, sketches, themes."""

from scorestage.adapters.format import Format
from scorestage.adapters.formats.musicxml.document_out import compressed
from scorestage.adapters.formats.musicxml.loss_report import Loss
from scorestage.adapters.formats.musicxml.score_in import ReadScore, read_score
from scorestage.adapters.formats.musicxml.score_out import write_score
from scorestage.adapters.formats.musicxml.sheet_facts import read_sheets

FORMAT = Format(
    name="musicxml",
    title="MusicXML 4.0",
    suffixes=(".musicxml", ".xml", ".mxl"),
    read=read_score,
    write=write_score,
)

__all__ = ["FORMAT", "Loss", "ReadScore", "compressed", "read_score", "read_sheets", "write_score"]

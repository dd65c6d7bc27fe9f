"""MusicXML 4.0, in and out: full scores, sketches, themes."""

from scorestage.adapters.formats.musicxml.score_out import write_score

__all__ = ["write_score"]

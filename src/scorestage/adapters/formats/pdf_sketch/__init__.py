"""Empty staves ruled from a tempo map, as PDF; needs no engraver."""

from scorestage.adapters.formats.pdf_sketch.pages import PaperHead, sketch_paper_pdf
from scorestage.adapters.formats.pdf_sketch.sheet import ruled_width_mm

__all__ = ["PaperHead", "ruled_width_mm", "sketch_paper_pdf"]

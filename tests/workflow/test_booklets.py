"""One booklet a player: all cues in the order asked for, the contents telling their pages."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import pypdfium2
import pytest
from tests.small_project import again, cue_in, small_project

from scorestage.adapters.machines.engravers import Engraver
from scorestage.errors import InputError
from scorestage.workflow.booklets import make_booklets
from scorestage.workflow.build import build_project

ENGRAVER = Engraver.VEROVIO if find_spec("verovio") is not None else Engraver.LILYPOND


def test_cues_are_bound_in_the_order_of_the_session(tmp_path: Path) -> None:
    job = small_project(tmp_path / "project")
    with pytest.raises(InputError, match="no cue has a score"):
        make_booklets(job)
    cue_in(job, 20, 26)
    cue_in(job, 40, 46)
    build_project(job.folder.root, only=("MIDI",), workers=1)
    job = again(job)
    first, second = (cue.number for cue in job.cues())
    (made,) = make_booklets(job, tmp_path / "out", (second, first), ENGRAVER)
    assert made.path.name == "Wick-Piano-Booklet.pdf" and made.cues == (second, first)
    with pypdfium2.PdfDocument(made.path) as document:
        told = [page.get_textpage().get_text_range() for page in document]
    assert len(told) == made.pages
    begins = {
        cue: next(n for n, text in enumerate(told, 1) if n > 1 and cue in text)
        for cue in (first, second)
    }
    assert 1 < begins[second] < begins[first]
    lines = told[0].splitlines()
    for cue, page in begins.items():
        assert any(cue in line and line.split()[0] == str(page) for line in lines), lines

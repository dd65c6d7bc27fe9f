"""What can be wished of the pages of a file: paper, pitch, staves, condensing."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import pytest
from tests.engraving.small_cue import small_map, small_score

from scorestage.adapters.formats.musicxml import write_score
from scorestage.adapters.machines.engravers import Engraver
from scorestage.adapters.machines.pages import page_sizes_mm, page_words
from scorestage.errors import InputError
from scorestage.workflow.engrave import PageWish, engrave_file

ENGRAVER = Engraver.VEROVIO if find_spec("verovio") is not None else Engraver.LILYPOND


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "cue.musicxml"
    path.write_bytes(write_score(small_score(), small_map(), title="Rain"))
    return path


def printed(source: Path, wish: PageWish) -> Path:
    made = engrave_file(source, source.parent / "pages", wish=wish, engraver=ENGRAVER)
    return made.files[0]


def test_paper_and_pitch(source: Path) -> None:
    path = printed(source, PageWish(paper="A3-wide", transposed=True, copyright="© 2026 Wick"))
    assert path.name == "cue-Score.pdf"
    assert next((round(w), round(h)) for w, h in page_sizes_mm(path)) == (420, 297)
    words = " ".join(page_words(path))
    assert "Transposed score" in words and "© 2026 Wick" in words


def test_silent_players_may_be_left_out(source: Path) -> None:
    with_all = " ".join(page_words(printed(source, PageWish(all_staves=True))))
    assert "Tacet" not in with_all
    used = " ".join(page_words(printed(source, PageWish(all_staves=False))))
    assert "Tacet: Tuba" in used


def test_an_unknown_paper_is_refused_with_those_that_are_known(source: Path) -> None:
    with pytest.raises(InputError, match="tabloid"):
        printed(source, PageWish(paper="papyrus"))


def test_a_score_exported_here_knows_whose_it_is(source: Path) -> None:
    about = {"production": "Show", "cue": "1m01", "version": "v2", "title": "Rain"}
    source.write_bytes(write_score(small_score(), small_map(), title="1m01 Rain", about=about))
    path = printed(source, PageWish())
    assert path.name == "Show-1m01-v2-Score.pdf"
    words = list(page_words(path))
    assert "Rain" in " ".join(words) and "1m01 Rain" not in " ".join(words)
    assert printed(source, PageWish(cue="3m05", version="v4")).name == "Show-3m05-v4-Score.pdf"

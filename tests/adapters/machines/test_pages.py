"""PDF pages as pictures and words."""

from __future__ import annotations

from pathlib import Path

import pytest
from fpdf import FPDF

from scorestage.adapters.machines.pages import page_images, page_sizes_mm, page_words
from scorestage.errors import FormatError


@pytest.fixture
def two_pages(tmp_path: Path) -> Path:
    """A PDF of another maker: two pages of 100 by 50 mm."""
    document = FPDF(unit="mm", format=(100, 50))
    for word in ("streamer", "punch"):
        document.add_page()
        document.set_font("helvetica", size=20)
        document.cell(text=word)
    file = tmp_path / "two.pdf"
    document.output(str(file))
    return file


def test_sizes_and_words(two_pages: Path) -> None:
    assert page_sizes_mm(two_pages) == [pytest.approx((100, 50), abs=0.1)] * 2
    assert [words.strip() for words in page_words(two_pages)] == ["streamer", "punch"]


def test_pictures_have_the_resolution_asked_for(two_pages: Path) -> None:
    images = page_images(two_pages, dpi=127)
    assert [image.size for image in images] == [(500, 250)] * 2
    assert images[0].mode == "RGB"
    assert len(page_images(two_pages, pages=[1])) == 1


def test_what_is_no_pdf_is_told(tmp_path: Path) -> None:
    file = tmp_path / "no.pdf"
    file.write_bytes(b"a song")
    with pytest.raises(FormatError, match=r"no\.pdf: is no PDF"):
        page_images(file)

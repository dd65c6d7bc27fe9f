"""Pages by Verovio: heads, words, sizes, tacet sheets; what goes wrong is told."""

from __future__ import annotations

import io
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

import pypdfium2
import pytest
from tests.engraving.small_cue import small_edition, small_map, small_score

from scorestage.adapters.machines import verovio_pages
from scorestage.adapters.machines.verovio_pages import Laid, lay_out, music_font
from scorestage.engraving.mei import MeiBook, mei_books
from scorestage.errors import MachineError

pytestmark = pytest.mark.skipif(find_spec("verovio") is None, reason="Verovio is not installed")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[tuple[MeiBook, ...], Laid]:
    books = mei_books(small_score(), small_map(), small_edition())
    return books, lay_out(books, tmp_path_factory.mktemp("room"))


def document(made: tuple[tuple[MeiBook, ...], Laid], name: str) -> pypdfium2.PdfDocument:
    books, laid = made
    at = [book.file.name for book in books].index(name)
    return pypdfium2.PdfDocument(io.BytesIO(laid.contents[at]))


def words(made: tuple[tuple[MeiBook, ...], Laid], name: str) -> str:
    return " ".join(page.get_textpage().get_text_range() for page in document(made, name))


def test_the_score_says_what_a_session_needs(made: tuple[tuple[MeiBook, ...], Laid]) -> None:
    said = words(made, "score.pdf")
    for told in ("1m01", "Rain on Fifth", "Score in C", "v2", "Music by Ada Composer", "Page 1 of"):
        assert told in said
    for told in ("0:06.00", "door slams", "0:04.00", "= 96", "(15-0)", "Flute 1", "101", "108"):
        assert told in said
    assert made[1].warnings == ()


def test_the_file_says_who_engraved_it(made: tuple[tuple[MeiBook, ...], Laid]) -> None:
    assert made[1].maker.startswith("Verovio 6")
    told = document(made, "score.pdf").get_metadata_dict()
    assert told["Producer"] == f"scorestage, engraved by {made[1].maker}"


def test_pages_have_the_size_of_the_house(made: tuple[tuple[MeiBook, ...], Laid]) -> None:
    for name, paper in (
        ("score.pdf", small_edition().house.score_paper),
        ("part-01-flute1.pdf", small_edition().house.part_paper),
    ):
        width, height = document(made, name)[0].get_size()
        assert width * 25.4 / 72 == pytest.approx(float(paper.width_mm), abs=0.1)
        assert height * 25.4 / 72 == pytest.approx(float(paper.height_mm), abs=0.1)


def test_parts_and_tacet_sheets(made: tuple[tuple[MeiBook, ...], Laid]) -> None:
    assert "in B" in words(made, "part-02-clarinet1.pdf")
    assert "106–108" in words(made, "part-07-violinsi.pdf")
    assert "TACET" in words(made, "part-04-tuba.pdf")
    assert "Flute 1" not in words(made, "part-04-tuba.pdf")


def test_nothing_is_painted_off_the_sheet(made: tuple[tuple[MeiBook, ...], Laid]) -> None:
    for content in made[1].contents:
        for page in pypdfium2.PdfDocument(io.BytesIO(content)):
            picture = page.render(scale=1).to_pil().convert("L")
            box = picture.point(lambda shade: 255 if shade < 128 else 0).getbbox()
            assert box is not None
            assert box[0] > 20 and box[1] > 20
            assert box[2] < picture.width - 20 and box[3] < picture.height - 20


def test_the_same_pages_come_out_again(
    made: tuple[tuple[MeiBook, ...], Laid], tmp_path: Path
) -> None:
    assert lay_out(made[0][:2], tmp_path).contents == made[1].contents[:2]


def test_a_letter_without_type_is_told(tmp_path: Path) -> None:
    edition = replace(small_edition(), title="夜")
    books = mei_books(small_score(), small_map(), edition)[3:4]
    assert lay_out(books, tmp_path).warnings == ("no font here has the character '夜' (U+591C)",)


def test_music_that_is_none_is_told(tmp_path: Path) -> None:
    book = replace(mei_books(small_score(), small_map(), small_edition())[1], mei="<mei>")
    with pytest.raises(MachineError, match=r"could not read the music of part-01-flute1\.pdf"):
        lay_out([book], tmp_path)


def test_without_verovio_one_is_told_what_to_install(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(verovio_pages, "find_spec", lambda name: None)
    with pytest.raises(MachineError, match="pip install verovio"):
        lay_out([], tmp_path)


def test_a_page_that_is_too_full_gets_smaller_staves(tmp_path: Path) -> None:
    book = mei_books(small_score(), small_map(), small_edition())[0]
    low = replace(book, paper=replace(book.paper, height_mm=book.paper.height_mm / 3))
    [content] = lay_out([low], tmp_path).contents
    picture = pypdfium2.PdfDocument(io.BytesIO(content))[0].render(scale=1).to_pil().convert("L")
    box = picture.point(lambda shade: 255 if shade < 128 else 0).getbbox()
    assert box is not None and box[3] < picture.height - 15


def test_the_music_font_has_its_signs() -> None:
    assert music_font().outline("\ue1d5").startswith("M") and music_font().advance("\ue1d5") > 0
    assert music_font().outline("A") == "" and music_font().advance("A") == 0

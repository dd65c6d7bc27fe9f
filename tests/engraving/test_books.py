"""The source as a whole: what LilyPond is told, word for word."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.engraving.small_cue import LOS_ANGELES, small_edition, small_map, small_score
from tests.golden_text import assert_golden

from scorestage.engraving import PageKind, book_source, part_source, score_source, sketch_source
from scorestage.engraving.stylesheet import STYLESHEET
from scorestage.errors import MusicError
from scorestage.music import Role, Sketch, Strand


def _own(text: str) -> str:
    assert text.startswith(STYLESHEET)
    return text.removeprefix(STYLESHEET)


def test_the_score_is_told_as_blessed() -> None:
    source = score_source(small_score(), small_map(), small_edition())
    assert_golden("engraving/score.ly", _own(source.text))
    assert [file.name for file in source.files] == ["score.pdf"]


@pytest.mark.parametrize(
    "player", ["flute1", "clarinet1", "percussion", "piano", "violinsi", "tuba"]
)
def test_a_part_is_told_as_blessed(player: str) -> None:
    source = part_source(small_score(), small_map(), small_edition(), player)
    assert_golden(f"engraving/part-{player}.ly", _own(source.text))


def test_a_sketch_is_told_as_blessed() -> None:
    score = small_score()
    strands = (
        Strand(Role.MELODY, score.lines[0].staves[0]),
        Strand(Role.HARMONY, score.lines[5].staves[0]),
        Strand(Role.BASS, score.lines[5].staves[1]),
    )
    sketch = Sketch(score.grid, strands, score.marks, score.chords)
    assert_golden(
        "engraving/sketch.ly", _own(sketch_source(sketch, small_map(), small_edition()).text)
    )


def test_one_source_prints_the_score_and_a_file_for_everyone() -> None:
    score = small_score()
    source = book_source(score, small_map(), small_edition())
    kinds = {file.player: file.kind for file in source.files}
    assert list(kinds) == ["", *(line.player.id for line in score.lines)]
    assert kinds[""] is PageKind.SCORE
    assert kinds["tuba"] is PageKind.TACET
    assert kinds["horn1"] is PageKind.PART
    for file in source.files:
        assert source.text.count(f'\\bookOutputName "{file.name.removesuffix(".pdf")}"') == 1


def test_a_section_of_fourteen_gets_seven_copies() -> None:
    copies = {
        file.player: file.copies
        for file in book_source(small_score(), small_map(), small_edition()).files
    }
    assert copies["violinsi"] == 7
    assert copies["flute1"] == 1


def test_the_same_values_give_the_same_text() -> None:
    first = book_source(small_score(), small_map(), small_edition())
    assert first == book_source(small_score(), small_map(), small_edition())


def test_silent_staves_stay_or_go_as_the_house_says() -> None:
    score, tempo_map, edition = small_score(), small_map(), small_edition()
    assert '"Tuba"' in score_source(score, tempo_map, edition).text
    sparing = replace(edition, house=replace(LOS_ANGELES, silent_staves=False))
    text = score_source(score, tempo_map, sparing).text
    assert '"Tuba"' not in text
    assert 'tacetLines = \\markup \\left-lines #\'("Tacet: Tuba")' in text


def test_a_transposed_score_says_so() -> None:
    edition = replace(small_edition(), house=replace(LOS_ANGELES, c_score=False))
    text = score_source(small_score(), small_map(), edition).text
    assert 'pageKind = "Transposed score"' in text
    assert "c''1" in text


def test_players_of_one_name_get_files_of_their_own() -> None:
    score = small_score()
    odd = replace(score.lines[1], player=replace(score.lines[1].player, id="Flute 1!"))
    files = book_source(
        replace(score, lines=(score.lines[0], odd)), small_map(), small_edition()
    ).files
    assert len({file.name for file in files}) == 3


def test_an_unknown_player_is_told() -> None:
    with pytest.raises(MusicError, match="there is no player 'oboe9'"):
        part_source(small_score(), small_map(), small_edition(), "oboe9")


def test_nothing_to_print_is_told() -> None:
    with pytest.raises(MusicError, match="no bar or no player"):
        score_source(replace(small_score(), lines=()), small_map(), small_edition())

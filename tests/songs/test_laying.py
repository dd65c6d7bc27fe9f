"""Songs in bars: written out as performed, or folded; both are the same song."""

import pytest

from scorestage.errors import InputError
from scorestage.songs.laying import Laid, lay_out
from scorestage.songs.sheet import sheet_of
from scorestage.songs.song import Song
from scorestage.songs.text import read_words
from scorestage.songs.unrolling import played_order
from scorestage.timebase import Beat
from scorestage.workflow.song_pages import sheet_xml
from scorestage.workflow.song_sheets import singer_named
from tests.adapters.formats.musicxml_schema import faults
from tests.song_material import song_of_parts, syllables_by_verovio, tune_of

VERSE = tune_of("G4:1 | C5:1 B4:1 A4:1 G4:1 F4:1 E4:2 -:1")
CHORUS = tune_of("C5:1 C5:1 D5:2 E5:1 D5:1 C5:1 -:1", "chorus")


def two_verses() -> Song:
    words = read_words(
        "[Verse 1]\nthe night is long, my dear-est\n[Chorus]\nsing with me, sing oh sing\n"
        "[Verse 2]\na day will come for sail-ors\n[Chorus]\n[Ending]"
    )
    return song_of_parts(words, VERSE, CHORUS)


def written(laid: Laid, song: Song) -> bytes:
    return sheet_xml(sheet_of(song, laid, singer_named("alto")))


def test_written_out_verses_follow_one_another_with_their_upbeats() -> None:
    laid = lay_out(two_verses())
    assert [one.name for one in laid.stretches] == [
        "Verse 1", "Chorus", "Verse 2", "Chorus", "Ending",
    ]  # fmt: skip
    sung = [note.lyric for note in laid.notes]
    assert sung[:3] == ["the", "night", "is"] and laid.notes[0].onset == Beat(-1)
    second = [note for note in laid.notes if note.lyric == "day"]
    assert second[0].onset == Beat(16)
    assert not any(one.grave for one in laid.misfits)


def test_folded_verses_stand_below_each_other_and_the_next_upbeat_in_the_first_ending() -> None:
    song = two_verses()
    laid = lay_out(song, folded=True)
    assert laid.stretches[0].name == "Verse 1–2"
    xml = written(laid, song)
    read = syllables_by_verovio(xml)
    assert read["1"][:4] == ["the", "night", "is", "long,"]
    assert read["2"][:3] == ["day", "will", "come"]
    assert read["2"][-1] == "a" and b"<text>2. a</text>" in xml


@pytest.mark.parametrize("folded", [True, False])
def test_files_are_valid_and_another_reader_finds_every_syllable(folded: bool) -> None:
    song = two_verses()
    xml = written(lay_out(song, folded=folded), song)
    assert faults(xml) == []
    read = syllables_by_verovio(xml)
    assert any(one == "dear-" for verse in read.values() for one in verse)


def test_what_is_folded_is_performed_as_what_is_written_out() -> None:
    song = two_verses()
    folded, plain = lay_out(song, folded=True), lay_out(song)
    sheet = sheet_of(song, folded, singer_named("alto"))
    order = played_order(sheet.score)
    assert len(order) == len(plain.grid.bars)
    bars = [str(folded.grid.bars[at].label) for at in order]
    assert bars == ["1", "2", "3", "4", "1", "2", "3", "5", "6", "7"]


def test_a_form_without_its_part_says_how_to_name_it() -> None:
    words = read_words("[Verse]\nla la\n[Bridge]\nla")
    with pytest.raises(InputError, match="no bridge"):
        lay_out(song_of_parts(words, tune_of("C4:1 C4:1")))


def test_misfits_are_told_with_the_printed_bar() -> None:
    words = read_words("[Intro]\n[Verse]\nla la la la la la la")
    laid = lay_out(song_of_parts(words, tune_of("C4:1 C4:1 C4:1 C4:1 C4:1 C4:1")))
    (told,) = [one for one in laid.misfits if one.grave]
    assert "bar 3" in told.text or "bar 4" in told.text

"""Words files: stanzas, form, melismas, elisions, and faults with their line."""

import pytest

from scorestage.errors import InputError
from scorestage.songs.text import Turn, form_of, place_of, read_words
from tests.song_material import keeper


def test_stanzas_form_and_facts_are_read() -> None:
    words = keeper()
    assert [one.name for one in words.stanzas] == ["Verse 1", "Chorus", "Verse 2"]
    assert [one.name for one in words.form] == [
        "Intro", "Verse 1", "Chorus", "Verse 2", "Chorus", "Ending",
    ]  # fmt: skip
    assert (words.title, words.lyricist) == ("The Keeper's Song", "A. Person")


def test_a_melisma_an_elision_and_a_stress_by_hand() -> None:
    line = read_words("Glo__-ri-a to the~o-cean be-*low").stanzas[0].lines[0]
    told = [(one.text, one.goes_on, one.held) for one in line.syllables]
    assert told[:3] == [("Glo", True, 2), ("ri", True, 0), ("a", False, 0)]
    assert told[4] == ("the\u203fo", True, 0)
    assert line.syllables[-1].stress == 2
    assert line.notes == len(line.syllables) + 2


def test_hyphens_of_another_program_mean_the_same() -> None:
    spaced = read_words("won -- der -- ful").stanzas[0].lines[0]
    assert str(spaced) == "won-der-ful"


def test_paragraphs_without_heading_are_verses() -> None:
    words = read_words("One line here\n\nAnother line\n")
    assert [one.name for one in words.stanzas] == ["Verse 1", "Verse 2"]


def test_a_form_is_read_as_people_write_it() -> None:
    assert list(form_of("intro, verse, refrain, verse - coda")) == [
        Turn("intro"), Turn("verse", 1), Turn("chorus"), Turn("verse", 2), Turn("ending"),
    ]  # fmt: skip
    assert place_of("Bridge") == Turn("bridge") and place_of("Lento") is None


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[Sonata]\nla la", "no part of a song"),
        ("[Intro]\nla la", "nobody sings"),
        ("[Verse 1]\na\n[Verse 1]\nb", "there twice"),
        ("[Am]Home a-gain", "chord symbol"),
        ("C  G7  Am", "chord symbols"),
        ("99 bottles", "figures"),
        ("   ", "no words"),
        ("_ la", "before any word"),
    ],
)
def test_faults_name_what_is_wrong(text: str, told: str) -> None:
    with pytest.raises(InputError, match=told):
        read_words(text)


def test_files_as_people_have_them() -> None:
    words = read_words(
        "Verse 1:\nHome by night (x2)\n\n[Pre-Chorus: Ann]\nOh\n\n[Chorus x2]\nShine\n"
    )
    assert [one.name for one in words.form] == ["Verse 1", "Pre-chorus", "Chorus", "Chorus"]
    assert len(words.stanzas[0].lines) == 2
    assert [one.name for one in read_words("CHORUS\nla la\n").form] == ["Chorus"]
    assert read_words("She said: come home\n").stanzas[0].lines[0].notes == 4


@pytest.mark.parametrize("text", ["love—and night", "love--and night", "love...and night"])
def test_words_on_both_sides_of_a_dash_are_two(text: str) -> None:
    assert len(read_words(text).stanzas[0].lines[0].syllables) == 3


def test_a_dash_at_the_end_is_no_word() -> None:
    line = read_words("wait — for me, oh...").stanzas[0].lines[0]
    assert [one.text for one in line.syllables] == ["wait —", "for", "me,", "oh..."]

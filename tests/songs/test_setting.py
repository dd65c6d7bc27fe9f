"""Syllables on notes: exact where they fit, nothing dropped where they do not."""

from hypothesis import given
from hypothesis import strategies as st

from scorestage.music import Slur
from scorestage.songs.setting import set_words
from scorestage.songs.text import UNDERTIE, read_words
from tests.song_material import tune_of


def words_on(
    part_text: str, text: str, slurs: tuple[Slur, ...] = ()
) -> tuple[list[str], list[str]]:
    part = tune_of(part_text, slurs=slurs)
    setting = set_words(part, read_words(text).stanzas[0])
    shown = [
        setting.syllables[note.id].text if note.id in setting.syllables else "_"
        for note in part.notes
    ]
    return shown, [one.kind for one in setting.misfits if one.grave]


def test_as_many_syllables_as_notes_stand_one_by_one() -> None:
    assert words_on("C4:1 D4:1 E4:1 F4:1", "won-der of night") == (
        ["won", "der", "of", "night"], [],
    )  # fmt: skip


def test_what_is_slurred_belongs_to_one_syllable() -> None:
    shown, misfits = words_on("C4:1 D4:1 E4:1 F4:1", "won-der night", (Slur("n1", "n2"),))
    assert (shown, misfits) == (["won", "der", "_", "night"], [])


def test_a_melisma_by_hand_holds_over_notes() -> None:
    assert words_on("C4:1 D4:1 E4:1 F4:1", "glo__ ry")[0] == ["glo", "_", "_", "ry"]


def test_lines_go_to_phrases_and_the_line_that_does_not_fit_is_named() -> None:
    tune = "C4:1 D4:1 E4:2 C4:1 D4:1 E4:2 C4:1 D4:1 E4:1 F4:1"
    part = tune_of(tune)
    setting = set_words(part, read_words("one two three\nfour five\nsix sev-en ten").stanzas[0])
    (amiss,) = [one for one in setting.misfits if one.grave]
    assert (amiss.kind, amiss.line) == ("too few", 2)
    assert setting.syllables["n6"].text == "six"


def test_too_many_syllables_share_a_note_and_are_told_with_their_word() -> None:
    shown, misfits = words_on("C4:1 D4:2 E4:1", "a lov-ing won-der")
    assert misfits == ["too many"]
    assert "".join(shown).replace(UNDERTIE, "") == "alovingwonder"


def test_a_weak_word_on_a_downbeat_is_advice() -> None:
    part = tune_of("C4:1 C4:1 C4:1 C4:1 C4:1")
    setting = set_words(part, read_words("love comes home to the").stanzas[0])
    (told,) = setting.misfits
    assert (told.kind, told.word, told.grave) == ("stress", "the", False)


@given(
    st.lists(st.sampled_from(["la", "won-der", "a", "beau-ti-ful"]), min_size=1, max_size=9),
    st.integers(1, 14),
)
def test_no_syllable_is_ever_dropped(tokens: list[str], count: int) -> None:
    part = tune_of(" ".join(["C4:1"] * count))
    setting = set_words(part, read_words(" ".join(tokens)).stanzas[0])
    sung = "".join(one.text for _, one in sorted(setting.syllables.items(), key=_place))
    assert sung.replace(UNDERTIE, "") == "".join(tokens).replace("-", "")
    fits = sum(token.count("-") + 1 for token in tokens) == count
    assert fits == (not any(one.grave for one in setting.misfits))


def _place(entry: tuple[str, object]) -> int:
    return int(entry[0][1:])

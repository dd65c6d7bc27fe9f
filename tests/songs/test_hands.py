"""Two hands: nobody holds more than a hand can, the bass is left, the tune of a tenor comes up."""

from scorestage.music import Note, Pitch, Role
from scorestage.songs.hands import SPAN_SEMITONES, two_hands
from scorestage.timebase import Beat, Beats


def struck(name: str, at: int, *pitches: str, length: int = 1) -> Note:
    return Note(name, Beat(at), Beats(length), tuple(map(Pitch.parse, pitches)))


TEXTURE = {
    Role.BASS: [struck("b", 0, "C2", length=4)],
    Role.HARMONY: [struck("h", 0, "E3", "G3", "C4", "E4", "G5", length=4)],
    Role.RHYTHM: [struck(f"r{at}", at, "E4") for at in range(4)],
}


def test_a_hand_holds_four_keys_within_a_ninth() -> None:
    for staff in two_hands({**TEXTURE, Role.RHYTHM: []}):
        for note in staff.notes:
            keys = [pitch.key for pitch in note.sounding]
            assert len(keys) <= 4 and max(keys) - min(keys) <= SPAN_SEMITONES


def test_the_bass_is_left_and_a_long_chord_is_left_to_its_figure() -> None:
    right, left = two_hands(TEXTURE)
    assert [str(note.top) for note in left.notes] == ["C2"]
    assert [str(note.top) for note in right.notes] == ["E4"] * 4


def test_where_the_tune_is_played_it_is_on_top_and_the_figure_goes_left() -> None:
    tune = [struck(f"t{at}", at, "C3") for at in range(4)]
    right, left = two_hands(TEXTURE, tune)
    assert [str(note.top) for note in right.notes] == ["C4"] * 4
    assert "E4" in {str(note.top) for note in left.notes}

"""Scenes found in a cut, against the demo film's own story and slates made by hand."""

from __future__ import annotations

from tests.breakdown.scripts import ALL, scenes

from scorestage.adapters.demofilm.screenplay import fountain, srt
from scorestage.adapters.demofilm.story import STORY
from scorestage.adapters.formats.fountain import read_fountain
from scorestage.adapters.formats.srt import read_srt
from scorestage.breakdown import places_by_slates, places_by_words
from scorestage.timebase import FilmRange, FilmTime


def at(first: int, last: int) -> FilmRange:
    return FilmRange(FilmTime(first), FilmTime(last))


def test_slates_of_scene_setup_and_take() -> None:
    names = ("1-2", "1A-3", "2-1", "SC_002B_T4", "12A/1", "12A-2", "A026C019_221104")
    shots = [(at(n, n + 1), name) for n, name in enumerate(names)]
    found = places_by_slates({"1": 0, "2": 1, "12": 2, "12A": 3}, shots)
    assert [(one.place, one.at) for one in found] == [(0, at(0, 2)), (1, at(2, 4)), (3, at(4, 6))]


def test_a_look_back_far_away_is_not_the_scene() -> None:
    shots = [(at(0, 10), "1-1"), (at(10, 20), "2-1"), (at(100, 102), "1-2"), (at(102, 110), "2-2")]
    found = places_by_slates({"1": 0, "2": 1}, shots)
    assert [one.at for one in found] == [at(0, 10), at(10, 20)]


def test_names_of_camera_rolls_are_no_slates() -> None:
    shots = [(at(n, n + 1), f"A{n:03}C012_0612") for n in range(9)]
    assert places_by_slates({"1": 0, "3": 1}, shots) == ()


def test_scenes_of_the_demo_film_by_their_words() -> None:
    """The story knows in which shot each line is said and in which scene each shot lies."""
    written = read_fountain(fountain().encode()).scenes
    titles = [(one.range, one.words) for one in read_srt(srt().encode())]
    seams = [FilmTime(STORY.seconds(shot.first_frame)) for shot in STORY.shots]
    found = places_by_words(written, titles, seams)
    assert found
    for one in found:
        lines = {line.words for line in written[one.place].spoken}
        said = [line for line in STORY.lines if line.words in lines]
        assert said
        assert one.at.start.seconds <= STORY.seconds(said[0].first_frame) + 1
        assert one.at.end.seconds >= STORY.seconds(said[-1].end_frame) - 1


def test_a_scene_that_was_moved_in_the_cut_is_found_where_it_is() -> None:
    told = scenes(*ALL)
    order = (0, 3, 1, 2, 4)
    titles = [
        (at(20 * n + 5, 20 * n + 9), " ".join(line.words for line in told[place].spoken))
        for n, place in enumerate(order)
    ]
    found = {one.place: one.at for one in places_by_words(told, titles)}
    assert found == {place: at(20 * n + 5, 20 * n + 9) for n, place in enumerate(order)}


def test_neighbours_meet_at_the_seam_between_them() -> None:
    told = scenes(*ALL[:2])
    titles = [(at(5, 9), told[0].spoken[0].words), (at(25, 29), told[1].spoken[0].words)]
    found = places_by_words(told, titles, [FilmTime(7), FilmTime(16), FilmTime(24)])
    assert found[0].at.end == found[1].at.start == FilmTime(16)


def test_slates_and_numbers_with_leading_noughts() -> None:
    shots = [(at(0, 1), "12A-1"), (at(1, 2), "SC_001_T2"), (at(2, 3), "1B-3")]
    found = places_by_slates({"012A": 0, "01": 1}, shots)
    assert [(one.place, one.at) for one in found] == [(0, at(0, 1)), (1, at(1, 3))]


def test_words_of_any_alphabet_are_known_again() -> None:
    first, second = "Где ты была вчера вечером", "Я стояла у старого маяка"
    text = f"INT. A\n\n@Мира\n{first}\n\nINT. B\n\n@Олег\n{second}\n"
    found = places_by_words(
        read_fountain(text.encode()).scenes, [(at(1, 4), f"{first}?"), (at(8, 12), second)]
    )
    assert [(one.place, one.at) for one in found] == [(0, at(1, 4)), (1, at(8, 12))]

"""Scenes through drafts: moved, renumbered, rewritten, split, gone."""

from __future__ import annotations

from tests.breakdown.scripts import ALL, BEACH, GRAVE, HUT, SHIP, TOWN, scenes

from scorestage.breakdown import same_scenes


def test_a_draft_is_itself() -> None:
    assert same_scenes(scenes(*ALL), scenes(*ALL)) == {n: n for n in range(5)}


def test_moved_new_and_gone_scenes() -> None:
    new = "INT. SUBMARINE - NIGHT\n\nThe captain of another boat.\n"
    found = same_scenes(scenes(*ALL), scenes(GRAVE, HUT, new, SHIP, TOWN))
    assert found == {0: 4, 1: 0, 3: 2, 4: 3}


def test_a_rewritten_scene_stays_itself_by_heading_and_half_its_words() -> None:
    other = "EXT. BEACH - DAY\n\nShe runs. He stumbles.\n\nMIRA\nCatch me if you can!\n"
    assert same_scenes(scenes(*ALL), scenes(HUT, other, SHIP, TOWN, GRAVE))[1] == 1


def test_locked_numbers_outweigh_words() -> None:
    def numbered(told: str, number: str) -> str:
        head, _, rest = told.partition("\n")
        return f"{head} #{number}#\n{rest}"

    old = scenes(numbered(HUT, "1"), numbered(BEACH, "2"), numbered(SHIP, "3"))
    new = scenes(
        numbered(HUT, "1"), "EXT. DUNES - NIGHT #2#\n\nOther words.\n", numbered(SHIP, "3")
    )
    assert same_scenes(old, new) == {0: 0, 1: 1, 2: 2}


def test_of_a_split_scene_one_half_goes_on() -> None:
    first, second = SHIP.split("MATE")
    halves = scenes(HUT, BEACH, first, f"EXT. SHIP - LATER\n\nMATE{second}", TOWN, GRAVE)
    found = same_scenes(scenes(*ALL), halves)
    assert sorted(found.values()) == [0, 1, 2, 3, 4] and {2, 3} & {
        n for n, o in found.items() if o == 2
    }


def test_another_film_has_none_of_them() -> None:
    other = scenes("INT. OFFICE - DAY\n\nPhones ring everywhere at once.\n", "EXT. MOON\n\nDust.\n")
    assert same_scenes(scenes(*ALL), other) == {}

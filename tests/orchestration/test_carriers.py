"""Who carries what: one assignment of least cost, checked against trying every other."""

from __future__ import annotations

from itertools import permutations

import pytest
from tests.orchestration.scenes import scene
from tests.sketches import adventure, changing

from scorestage.music import Role
from scorestage.orchestration.carriers import line_cost
from scorestage.orchestration.practice import IMPOSSIBLE, Colour, colour


def test_no_other_assignment_is_cheaper() -> None:
    """Three players, three lines: every order tried, lines weighed as the engine weighs them."""
    found = scene(changing(), "wind-quintet", 0)
    lines = [line for line in found.lines if line.role in (Role.MELODY, Role.BASS)]
    weights = {Role.MELODY: 2.0, Role.BASS: 1.7}
    lengths = [float(sum(tone.length for tone in line.tones)) for line in lines]

    def price(players: tuple[int, ...]) -> float:
        total = 0.0
        for row, seat in enumerate(players):
            cost = line_cost(found.company, lines[row], found.company.chairs[seat])
            share = max(0.2, lengths[row] / max(lengths))
            total += IMPOSSIBLE if cost >= IMPOSSIBLE else weights[lines[row].role] * share * cost
        return total

    from scorestage.orchestration.carriers import carriers

    chosen = carriers(found.company, lines)
    seats = {one.line: found.company.chairs.index(one.chair) for one in chosen}
    mine = price(tuple(seats[line] for line in lines))
    best = min(price(order) for order in permutations(range(5), len(lines)))
    assert mine == pytest.approx(best)


def test_everybody_has_at_most_one_line_but_sections_and_players_of_chords() -> None:
    for bar in (0, 8, 16):
        held: dict[str, int] = {}
        for one in scene(adventure(), "studio-orchestra", bar).carried:
            held[one.chair.id] = held.get(one.chair.id, 0) + 1
        winds = [one for one in held if one[:2] in ("fl", "ob", "cl", "bn", "hn", "tp", "tb")]
        assert all(held[one] == 1 for one in winds)


def test_cellos_have_the_bass_and_the_double_basses_join_below() -> None:
    found = scene(adventure(), "string-orchestra", 0)
    (bass,) = [one for one in found.carried if one.line.role is Role.BASS]
    assert bass.chair.id == "vc"
    below = [task for task in found.tasks if task.player == "db"]
    assert [task.rule for task in below] == ["bass.octave"]


def test_brass_waits_for_loud_music() -> None:
    soft = scene(adventure(), "studio-orchestra", 20).tasks
    loud = scene(adventure(), "studio-orchestra", 16).tasks

    def heavy(tasks: list[object]) -> set[str]:
        return {
            task.player  # type: ignore[attr-defined]
            for task in tasks
            if colour(task.instrument) is Colour.BRASS  # type: ignore[attr-defined]
            and not task.player.startswith("hn")  # type: ignore[attr-defined]
        }

    assert heavy(list(soft)) == set()
    assert len(heavy(list(loud))) == 7


def test_horns_interlock() -> None:
    """Where four horns hold chords, first and third are above second and fourth."""
    for bar in (8, 12, 16):
        voices = {
            one.chair.id: one.line.mean_key
            for one in scene(adventure(), "studio-orchestra", bar).carried
            if one.line.role is Role.HARMONY and one.chair.id.startswith("hn")
        }
        order = [one for one in ("hn1", "hn3", "hn2", "hn4") if one in voices]
        heights = [voices[one] for one in order]
        assert heights == sorted(heights, reverse=True)

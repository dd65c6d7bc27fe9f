"""Percussionists who lend each other a hand."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from tests.orchestration.scenes import scene
from tests.sketches import adventure

from scorestage.adapters.catalogue import load_instrument
from scorestage.music import Ensemble, Note, Player, Role, Unpitched
from scorestage.orchestration.desk import library_of, settle
from scorestage.orchestration.placing import Placed
from scorestage.orchestration.sharing import share
from scorestage.orchestration.values import Task
from scorestage.timebase import Beat, Beats

DRUMS = load_instrument("percussion")


def player(name: str) -> Player:
    return Player(name, name.title(), name, (DRUMS,))


def stroke(who: str, name: str, at: int, sound: str, lasting: int = 1) -> Note:
    roll = 3 if lasting > 1 else 0
    pitches = (Unpitched(sound),)
    return Note(f"{who}.{name}", Beat(Fraction(at)), Beats(lasting), pitches, tremolo=roll)


def task(who: str, *notes: Note, essential: bool = False) -> Task:
    found = Task(who, DRUMS, 0, Role.ACCENT, "percussion", "weight", 3, 0, notes)
    return replace(found, essential=essential, added=not essential)


def told(*who: Player, tasks: dict[str, list[Task]]) -> dict[str, list[Placed]]:
    library = library_of(scene(adventure(), "studio-orchestra", 0).job)

    def settling(one: Player, own: object) -> list[Placed]:
        return settle(one, list(own), 0, library)  # type: ignore[call-overload]

    settled = {one.id: settling(one, tasks[one.id]) for one in who}
    share(Ensemble("desk", "Desk", who), tasks, settled, settling)
    return settled


def played(settled: dict[str, list[Placed]], who: str) -> list[tuple[float, str]]:
    return [
        (float(one.start), stroke.sound)
        for one in settled[who]
        for stroke in one.note.pitches
        if isinstance(stroke, Unpitched)
    ]


def test_a_crash_right_after_a_swell_is_the_other_players() -> None:
    one, two = player("perc1"), player("perc2")
    swell = stroke("perc2", "a", 0, "suspended-cymbal", 4)
    tasks = {"perc1": [], "perc2": [task("perc2", swell, stroke("perc2", "b", 4, "cymbals"))]}
    settled = told(one, two, tasks=tasks)
    assert played(settled, "perc2") == [(0.0, "suspended-cymbal")]
    assert played(settled, "perc1") == [(4.0, "cymbals")]
    (moved,) = tasks["perc1"]
    assert moved.why == "weight; Perc2 has no time to walk there"


def test_alone_the_crash_is_struck_on_the_cymbal_at_hand() -> None:
    one = player("perc1")
    swell = stroke("perc1", "a", 0, "suspended-cymbal", 4)
    tasks = {"perc1": [task("perc1", swell, stroke("perc1", "b", 4, "cymbals"))]}
    settled = told(one, tasks=tasks)
    assert [at for at, _ in played(settled, "perc1")] == [0.0, 4.0]
    assert played(settled, "perc1")[1][1] != "cymbals"


def test_what_the_sketch_wrote_is_shared_and_not_changed() -> None:
    one, two = player("perc1"), player("perc2")
    notes = (
        stroke("perc1", "a", 0, "snare-drum"),
        stroke("perc1", "b", 1, "triangle"),
        stroke("perc1", "c", 2, "tam-tam"),
    )
    tasks = {"perc1": [task("perc1", *notes, essential=True)], "perc2": []}
    settled = told(one, two, tasks=tasks)
    both = sorted(played(settled, "perc1") + played(settled, "perc2"))
    assert both[:2] == [(0.0, "snare-drum"), (1.0, "triangle")]
    assert all(one.task.essential for one in settled["perc2"])

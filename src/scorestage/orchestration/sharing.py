"""Percussion shared out: a stroke that one player cannot reach in time goes to another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from scorestage.music import Ensemble, Instrument, Note, Player, Unpitched
from scorestage.orchestration.percussion import CRASH
from scorestage.orchestration.placing import Placed
from scorestage.orchestration.practice import is_kit
from scorestage.orchestration.serving import Settle
from scorestage.orchestration.values import Task


def share(
    ensemble: Ensemble,
    tasks: dict[str, list[Task]],
    settled: dict[str, list[Placed]],
    settle: Settle,
) -> None:
    """Every stroke that its player has no time to walk to given to whoever can play it.

    Asked are the others at that sound, then the player's own other cymbals; each keeps all that
    they had. What nobody can reach stays out. `tasks` and `settled` are changed in place.
    """
    desks = [one for one in ensemble.players if _strikes(one)]
    for player in desks:
        for task, note in list(_missed(tasks[player.id], settled[player.id])):
            for other, moved in _offers(player, desks, task, note):
                mine = [_less(one, note) if one is task else one for one in tasks[other.id]]
                found = settle(other, [*mine, moved])
                had = {one.note.id for one in settled[other.id]}
                if had | {moved.notes[0].id} <= {one.note.id for one in found}:
                    own = [_less(one, note) if one is task else one for one in tasks[player.id]]
                    tasks[player.id] = own
                    tasks[other.id] = [*(mine if other is player else tasks[other.id]), moved]
                    settled[other.id] = found
                    break


def _strikes(player: Player) -> bool:
    return any(one.drums and not is_kit(one) for one in player.instruments)


def _missed(tasks: Sequence[Task], settled: Sequence[Placed]) -> Iterator[tuple[Task, Note]]:
    """What was asked of a percussionist and could not be had, what the sketch wrote first."""
    had = {one.note.id for one in settled}
    for task in sorted(tasks, key=lambda one: not one.essential):
        for note in task.notes:
            struck = any(isinstance(one, Unpitched) for one in note.pitches)
            if struck and task.instrument.drums and note.id not in had:
                yield task, note


def _offers(
    player: Player, desks: Sequence[Player], task: Task, note: Note
) -> Iterator[tuple[Player, Task]]:
    """The stroke as others would play it, then as its own player could on another cymbal."""
    for other in desks:
        instrument = next((one for one in other.instruments if one.drums), None)
        if other is player or instrument is None or not _has(instrument, note):
            continue
        name = f"{other.id}.{note.id.partition('.')[2]}"
        moved = replace(note, id=name)
        why = f"{task.why}; {player.name} has no time to walk there"
        alternate = instrument is not other.instrument
        yield (
            other,
            replace(
                task,
                player=other.id,
                instrument=instrument,
                notes=(moved,),
                why=why,
                alternate=alternate,
            ),
        )
    sounds = [one.sound for one in note.pitches if isinstance(one, Unpitched)]
    if task.essential or len(sounds) != 1 or sounds[0] not in CRASH:
        return
    had = {drum.id for drum in task.instrument.drums}
    for sound in CRASH:
        if sound in had and sound != sounds[0]:
            here = replace(note, id=f"{note.id}~{sound}", pitches=(Unpitched(sound),))
            yield player, replace(task, notes=(here,))


def _has(instrument: Instrument, note: Note) -> bool:
    had = {drum.id for drum in instrument.drums}
    return all(isinstance(one, Unpitched) and one.sound in had for one in note.pitches)


def _less(task: Task, note: Note) -> Task:
    return replace(task, notes=tuple(one for one in task.notes if one is not note))

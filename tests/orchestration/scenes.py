"""One phrase set up for scoring, as every desk of the orchestrator sees it."""

from __future__ import annotations

from dataclasses import dataclass

from tests.sketches import Written

from scorestage.adapters.catalogue import load_ensemble
from scorestage.music import Role
from scorestage.orchestration.carriers import Carrier, Company, carriers
from scorestage.orchestration.chairs import chairs_of
from scorestage.orchestration.chords import Slice, slices_of
from scorestage.orchestration.job import Job, job_of
from scorestage.orchestration.plan import plan_phrase
from scorestage.orchestration.reading import lines_in
from scorestage.orchestration.settings import Settings
from scorestage.orchestration.values import Chair, SketchLine, Task


@dataclass(frozen=True, slots=True)
class Scene:
    """A phrase with its lines, chords and the players at hand."""

    job: Job
    place: int
    company: Company
    lines: tuple[SketchLine, ...]
    chords: tuple[Slice, ...]

    @property
    def carried(self) -> tuple[Carrier, ...]:
        pitched = [one for one in self.lines if one.is_pitched and one.role is not Role.ACCENT]
        return carriers(self.company, pitched)

    @property
    def free(self) -> list[Chair]:
        busy = {one.chair.id for one in self.carried}
        return [chair for chair in self.company.chairs if chair.id not in busy]

    @property
    def tasks(self) -> list[Task]:
        return plan_phrase(self.job, self.place)


def scene(written: Written, ensemble: str, bar: int, seed: int = 1) -> Scene:
    """The phrase that holds a bar (counted from 0)."""
    players = load_ensemble(ensemble)
    job = job_of(written.sketch, players, written.tempo_map, Settings(seed=seed), ())
    place = next(
        index for index, one in enumerate(job.phrases) if one.first_bar <= bar <= one.last_bar
    )
    phrase = job.phrases[place]
    lines = lines_in(job.strands, job.phrases, place)
    roles = frozenset(line.role for line in lines)
    company = Company(phrase, chairs_of(players, phrase), job.turns, job.timing, {}, roles)
    chords = slices_of(written.sketch, lines, phrase, job.timing)
    return Scene(job, place, company, lines, chords)

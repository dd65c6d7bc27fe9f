"""Each option a choice of its own: phrases planned apart from the options above."""

from __future__ import annotations

from dataclasses import replace

from scorestage.orchestration.job import Job
from scorestage.orchestration.plan import Planned, planned
from scorestage.orchestration.rivals import Carried, carried_in, likeness, share_apart, shy_of
from scorestage.orchestration.settings import OPTIONS

_APART = 0.7
"""In how large a share of a phrase's bars other carriers are looked for; two in five is asked."""
_SHY = (2.0, 4.0, 8.0, 16.0, 32.0)
_SPARING = (8.0, 32.0)


def distinct(job: Job, place: int) -> Planned:
    """Phrase `place` scored apart from the options above.

    Where one of them would have much the same carriers, others are looked for, as far afield as it
    takes, then fewer; if none are far enough away, those that are farthest. No line is lost by it.
    """
    best = planned(job, place)
    rivals = job.rivals[place] if job.rivals else ()
    if not rivals:
        return best
    lines = job.lines(place)

    def far(found: Planned) -> tuple[float, float, float]:
        own = carried_in(lines, found.tasks, job.ensemble.players, job.timing)
        shares = [min(_APART, share_apart(own, one)) for one in rivals]
        return min(shares), sum(shares), -max(likeness(own, one) for one in rivals)

    reached = far(best)
    tries = [shy_of(rivals, weight) for weight in _SHY]
    tries += [shy_of(rivals, weight, sparing=True) for weight in _SPARING]
    for shy in tries:
        if reached[0] >= _APART:
            break
        found = planned(job, place, None, shy)
        if len(found.cast.carried) >= len(best.cast.carried) and far(found) > reached:
            best, reached = found, far(found)
    return best


def rivals_of(job: Job) -> Job:
    """The job with who carries what in the options above its own, each kept apart from those."""
    known: list[list[Carried]] = [[] for _ in job.phrases]
    for option in OPTIONS[: OPTIONS.index(job.settings.option)]:
        settings = replace(job.settings, option=option)
        other = replace(job, settings=settings, rivals=tuple(tuple(one) for one in known))
        for place, found in enumerate(known):
            lines = job.lines(place)
            tasks = distinct(other, place).tasks
            found.append(carried_in(lines, tasks, job.ensemble.players, job.timing))
    return replace(job, rivals=tuple(tuple(one) for one in known))

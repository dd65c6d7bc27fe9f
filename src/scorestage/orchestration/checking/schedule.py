"""One foot, many pedals: jobs of equal length, each between its release and its deadline.

Whether all fit is decided exactly (Garey, Johnson, Simons and Tarjan, 1981, "Scheduling unit-time
tasks with arbitrary release times and deadlines"): the most urgent job first, but never starting
where it would keep a later, more urgent one from its time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

_JUST = 1e-9


@dataclass(frozen=True, slots=True)
class Job:
    """One movement, not before `release`, done by `deadline` (seconds); `name` is the caller's."""

    release: float
    deadline: float
    name: int = 0


def fits(jobs: Sequence[Job], lasting: float) -> bool:
    """Whether one foot can do all jobs, each lasting `lasting` seconds.

    >>> early, late = Job(0.0, 1.6), Job(1.0, 1.5)
    >>> fits((early, late), 0.35), fits((Job(1.0, 1.6), late), 0.35)
    (True, False)
    """
    return first_late(jobs, lasting) is None


def first_late(jobs: Sequence[Job], lasting: float) -> Job | None:
    """The job, of least deadline, up to which they do not all fit; None where all do."""
    ordered = sorted(jobs, key=lambda job: (job.deadline, job.release))
    if _fits(ordered, lasting):
        return None
    low, high = 0, len(ordered)
    while high - low > 1:
        middle = (low + high) // 2
        if _fits(ordered[:middle], lasting):
            low = middle
        else:
            high = middle
    return ordered[high - 1]


def _fits(jobs: Sequence[Job], lasting: float) -> bool:
    forbidden = _forbidden(jobs, lasting)
    if forbidden is None:
        return False
    waiting = sorted(jobs, key=lambda job: job.release)
    now = float("-inf")
    while waiting:
        now = _allowed(max(now, waiting[0].release), forbidden)
        ready = [job for job in waiting if job.release <= now + _JUST]
        job = min(ready, key=lambda one: one.deadline)
        if now + lasting > job.deadline + _JUST:
            return False
        waiting.remove(job)
        now += lasting
    return True


def _forbidden(jobs: Sequence[Job], lasting: float) -> list[tuple[float, float]] | None:
    """Open stretches where no job may begin; None where that alone rules the whole out."""
    found: list[tuple[float, float]] = []
    deadlines = sorted({job.deadline for job in jobs})
    for release in sorted({job.release for job in jobs}, reverse=True):
        earliest = float("inf")
        for deadline in deadlines:
            count = sum(job.release >= release and job.deadline <= deadline for job in jobs)
            if not count:
                continue
            latest = deadline
            for _ in range(count):
                latest = _allowed_back(latest - lasting, found)
            earliest = min(earliest, latest)
        if earliest < release - _JUST:
            return None
        if earliest < release + lasting - _JUST:
            found.append((earliest - lasting, release))
    return found


def _allowed(at: float, forbidden: Sequence[tuple[float, float]]) -> float:
    for low, high in sorted(forbidden):
        if low + _JUST < at < high - _JUST:
            at = high
    return at


def _allowed_back(at: float, forbidden: Sequence[tuple[float, float]]) -> float:
    for low, high in sorted(forbidden, reverse=True):
        if low + _JUST < at < high - _JUST:
            at = low
    return at

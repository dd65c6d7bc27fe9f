"""One foot's movements against every order they could be done in."""

from __future__ import annotations

from itertools import permutations

from hypothesis import given, settings
from hypothesis import strategies as st

from scorestage.orchestration.checking.schedule import Job, first_late, fits

LASTING = 3.0
times = st.integers(0, 18)
jobs_drawn = st.lists(
    st.builds(
        lambda since, room: Job(float(since), float(since + room)), times, st.integers(2, 12)
    ),
    min_size=1,
    max_size=6,
)


def fits_in_some_order(jobs: list[Job]) -> bool:
    """Each order in turn, every job as early as it may begin."""
    for order in permutations(jobs):
        now = float("-inf")
        for job in order:
            now = max(now, job.release) + LASTING
            if now > job.deadline:
                break
        else:
            return True
    return False


@settings(max_examples=400, deadline=None)
@given(jobs_drawn)
def test_the_schedule_is_found_exactly_where_there_is_one(jobs: list[Job]) -> None:
    assert fits(jobs, LASTING) == fits_in_some_order(jobs)


@settings(max_examples=100, deadline=None)
@given(jobs_drawn)
def test_the_first_late_job_is_where_the_earlier_ones_stop_fitting(jobs: list[Job]) -> None:
    late = first_late(jobs, LASTING)
    if late is None:
        return
    earlier = [job for job in jobs if job.deadline < late.deadline]
    assert fits_in_some_order(earlier)
    assert not fits_in_some_order([job for job in jobs if job.deadline <= late.deadline])


def test_a_job_with_time_waits_for_one_without() -> None:
    """Begun at once, the long one would keep the foot from the short one."""
    assert fits((Job(0.0, 9.0), Job(1.0, 4.0)), LASTING)

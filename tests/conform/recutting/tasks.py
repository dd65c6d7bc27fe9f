"""Small stretches of edit at random, for properties of the search."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import strategies as st

from scorestage.conform.recutting import Aim, Limits, Place, Shot, Target, Task

LIMITS = Limits(
    trim_frames=3,
    share=Fraction(1, 2),
    add_frames=2,
    shortest_frames=6,
    retime=Fraction(1, 5),
    hold_frames=0,
    drift_frames=20,
    breath_frames=1,
    action_frames=1,
)


@st.composite
def small_tasks(draw: st.DrawFn) -> Task:
    """Three shots of 8 to 12 frames with handles, dialogue, an action, landings."""
    at = draw(st.integers(0, 5))
    shots: list[Shot] = []
    spoken = draw(st.lists(st.integers(0, 34), max_size=2, unique=True))
    spans = [(one, one + draw(st.integers(1, 6))) for one in spoken]
    lengths = draw(st.lists(st.integers(8, 12), min_size=3, max_size=3))
    cuts = [at + sum(lengths[:count]) for count in range(4)]
    for number in range(3):
        first, last = cuts[number], cuts[number + 1]
        actions = (draw(st.integers(first, last - 1)),) if draw(st.booleans()) else ()
        shots.append(
            Shot(
                number + 1,
                f"S{number}",
                first,
                last,
                head_frames=draw(st.integers(0, 3)),
                tail_frames=draw(st.integers(0, 3)),
                spoken=tuple(one for one in spans if one[0] < last and first < one[1]),
                linked=any(low < last < high for low, high in spans),
                actions=actions,
                locked=draw(st.integers(0, 5)) == 0,
                may_drop=draw(st.booleans()),
                may_swap=draw(st.booleans()),
            )
        )
    aims = _aims(draw, shots, cuts)
    linked = any(low < cuts[0] < high for low, high in spans)
    hold = draw(st.sampled_from((0, 2)))
    limits = Limits(**{n: getattr(LIMITS, n) for n in LIMITS.__slots__} | {"hold_frames": hold})
    return Task(tuple(shots), aims, limits, keep_end=draw(st.booleans()), link_before=linked)


def _aims(draw: st.DrawFn, shots: list[Shot], cuts: list[int]) -> tuple[Aim, ...]:
    found: list[Aim] = []
    for index in range(1, 4):
        if draw(st.booleans()):
            found.append(_aim(draw, Place(index), cuts[index], must=draw(st.booleans())))
    for index, shot in enumerate(shots):
        for action in shot.actions:
            if draw(st.booleans()):
                place = Place(index, action)
                found.append(_aim(draw, place, action, must=draw(st.integers(0, 3)) == 0))
    return tuple(found)


def _aim(draw: st.DrawFn, place: Place, near: int, *, must: bool) -> Aim:
    frames = draw(st.lists(st.integers(near - 4, near + 4), min_size=1, max_size=3, unique=True))
    targets = [Target(one, draw(st.sampled_from((1.0, 3.0, 5.0))), Fraction(one)) for one in frames]
    return Aim(place, tuple(targets[:1] if must else targets), must)

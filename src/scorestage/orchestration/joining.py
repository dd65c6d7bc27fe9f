"""Who else may join the tune of a phrase where it is not heard over the rest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from scorestage.orchestration.carriers import Company
from scorestage.orchestration.cast import Cast
from scorestage.orchestration.doubling import Double, one_more
from scorestage.orchestration.playing import double_task
from scorestage.orchestration.practice import Colour, colour
from scorestage.orchestration.values import Chair, Task


def unnamed(company: Company) -> tuple[Chair, ...]:
    """Those who can play a line and whom the composer has given nothing of their own."""
    named = {one for players in company.named.values() for one in players}
    still = (Colour.DRUMS, Colour.TIMPANI)
    return tuple(
        one
        for one in company.chairs
        if one.id not in named and colour(one.instrument) not in still and not one.alternate
    )


@dataclass(slots=True)
class Joining:
    """Asked for one more on the tune, names whoever suits it best and has nothing to do."""

    company: Company
    cast: Cast
    chairs: Sequence[Chair]
    place: int = 0
    found: list[Double] = field(default_factory=list)

    def __call__(self, busy: frozenset[str]) -> Task | None:
        """The doubling of one who is not busy; None where nobody suits."""
        free = [one for one in self.chairs if one.id not in busy]
        own = [one for one in self.cast.carried if one.line.strand not in self.company.named]
        double = one_more(self.company, own, (*self.cast.doubled, *self.found), free)
        if double is None:
            return None
        double = replace(double, why=f"{double.why}, so that the tune is heard")
        self.found.append(double)
        return double_task(double.line, double.chair, self.place, double.octaves, double.why)

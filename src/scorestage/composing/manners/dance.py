"""Irish dance music: cuts on beats and repeated tones, rolls, the gaps run through in eighths.

Ornaments as pipers and fiddlers have them: the cut is a grace from above, the tap one from below; a
long roll on a dotted quarter is tone, cut tone, tapped tone. Ó Canainn, Traditional Music in
Ireland (1978); Breathnach (1971).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from scorestage.composing.gracing import (
    divided,
    divides,
    ends_phrase,
    following,
    stepped,
    stress_of,
    with_graces,
)
from scorestage.composing.passage import Passage
from scorestage.music import Note, Pitch


@dataclass(frozen=True, slots=True)
class Dance:
    """Long notes roll or run; the last of a phrase stays."""

    name: str = "dance"

    def play(self, notes: Sequence[Note], passage: Passage) -> list[Note]:
        """The tune in running eighths with cuts."""
        found: list[Note] = []
        for place, note in enumerate(notes):
            count = int(note.length.quarters * 2)
            whole = count == note.length.quarters * 2
            stays = ends_phrase(notes, place) or not whole or count not in (2, 3, 4, 6)
            if stays or not divides(note, count, passage):
                found.append(self._cut(note, found, passage))
            elif count == 3 and stress_of(note, passage) >= 1:
                found += self._roll(note, passage)
            else:
                found += self._run(note, following(notes, place), count, passage)
        return found

    def _cut(self, note: Note, before: list[Note], passage: Passage) -> Note:
        again = bool(before) and before[-1].sounding[-1].key == note.sounding[-1].key
        if again or stress_of(note, passage) == 3:
            return with_graces(note, stepped(passage, note.sounding[-1], 2 if again else 1))
        return note

    def _roll(self, note: Note, passage: Passage) -> list[Note]:
        pitch = note.sounding[-1]
        one, two, three = divided(note, (pitch,) * 3, "roll")
        cut, tap = stepped(passage, pitch, 1), stepped(passage, pitch, -1)
        return [one, replace(two, grace=(cut,)), replace(three, grace=(tap,))]

    def _run(self, note: Note, after: Note | None, count: int, passage: Passage) -> list[Note]:
        """The tone, then tones of its chord and steps towards the next one."""
        pitch = note.sounding[-1]
        goal = after.sounding[-1] if after is not None else pitch
        side = 1 if goal.key >= pitch.key else -1
        random = passage.random(self.name, note.onset.quarters)
        line: list[Pitch] = [pitch]
        for number in range(1, count):
            left = count - number
            wish = stepped(passage, goal, -side * left) if left <= 2 else None
            low = stepped(passage, pitch, random.choice((-2, 2, 1, -1, -3)))
            line.append(wish if wish is not None and wish.key != line[-1].key else low)
        own = divided(note, line, "run")
        return [self._cut(own[0], [], passage), *own[1:]]


MANNER = Dance()

"""Names of a set: a title with the cue's number before it is the same title."""

from __future__ import annotations

import pytest

from scorestage.engraving.setcheck.naming import told_faults
from scorestage.engraving.setcheck.values import SetNames, SheetFile


@pytest.mark.parametrize(
    ("own", "right", "same"),
    [
        ("Finale", "1m02 Finale", True),
        ("1m02 Finale", "Finale", True),
        ("Finale", "1m03 Finale", False),
        ("Finale", "1m02 Prologue", False),
    ],
)
def test_a_title_may_have_the_cue_s_number_before_it(own: str, right: str, same: bool) -> None:
    file = SheetFile("part.musicxml", SetNames(cue="1m02", title=own), ())
    told = [one.kind for one in told_faults(file, SetNames(title=right), "Flute")]
    assert told == ([] if same else ["title"])

"""Pages as a typist counts them."""

from __future__ import annotations

from tests.breakdown.scripts import scenes

from scorestage.breakdown import eighths_of
from scorestage.breakdown.pages import lines_of
from scorestage.production import ScriptScene


def test_lines_by_hand() -> None:
    """Heading, action, name: 1 and a blank above; the aside 1; 34 and 35 letters: 2."""
    scene = scenes(f"INT. HUT\n\nDark.\n\nWICK\n(low)\n{'a' * 34} {'b' * 35}\n")[0]
    assert lines_of(scene) == 2 + 2 + 2 + 1 + 2


def test_a_page_of_action_is_eight_eighths() -> None:
    lines = "\n\n".join(["A door opens."] * 26)
    assert eighths_of(scenes(f"INT. HUT\n\n{lines}\n")[0]) == 8


def test_the_file_knows_better_and_nothing_is_an_eighth() -> None:
    assert eighths_of(ScriptScene("X", told_eighths=19)) == 19
    assert eighths_of(ScriptScene("X")) == 1

"""How many eighths of a page a scene fills, as the script supervisor counts them."""

from __future__ import annotations

import textwrap

from scorestage.production.screenplay import ScriptKind, ScriptScene

LINES_PER_PAGE = 55
"""US Letter in 12 point Courier, six lines to the inch, an inch of margin at head and foot."""
_WIDTHS = {
    ScriptKind.ACTION: 60,
    ScriptKind.CHARACTER: 38,
    ScriptKind.DIALOGUE: 35,
    ScriptKind.LYRIC: 35,
    ScriptKind.PARENTHETICAL: 26,
    ScriptKind.TRANSITION: 60,
    ScriptKind.SHOT: 60,
    ScriptKind.CENTRED: 60,
}
"""Characters on a line, at ten to the inch."""
_CLOSE_UP = frozenset({ScriptKind.DIALOGUE, ScriptKind.LYRIC, ScriptKind.PARENTHETICAL})


def lines_of(scene: ScriptScene) -> int:
    """Lines that a scene takes on the page, blank ones included.

    >>> from scorestage.production.screenplay import ScriptLine
    >>> lines_of(ScriptScene("INT. HUT", lines=(ScriptLine(ScriptKind.ACTION, "Dark."),)))
    4
    """
    total = 2 if scene.heading else 0
    beside = 0
    for line in scene.lines:
        if line.kind is ScriptKind.NOTE:
            continue
        words = line.words if line.kind is not ScriptKind.PARENTHETICAL else f"({line.words})"
        rows = len(textwrap.wrap(words, _WIDTHS[line.kind])) or 1
        rows += line.kind not in _CLOSE_UP or not line.who
        if line.beside:
            beside += rows
            continue
        total += rows
    return total + max(0, beside // 3)


def eighths_of(scene: ScriptScene) -> int:
    """Eighths of a page: as the file tells, else counted; any scene fills at least one.

    >>> eighths_of(ScriptScene("INT. HUT", told_eighths=11)), eighths_of(ScriptScene("INT. HUT"))
    (11, 1)
    """
    if scene.told_eighths is not None:
        return scene.told_eighths
    return max(1, (lines_of(scene) * 16 + LINES_PER_PAGE) // (2 * LINES_PER_PAGE))

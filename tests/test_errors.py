"""The tree of errors: as drawn, told in one line, and whole after a journey between processes."""

from __future__ import annotations

import pickle
import re
from pathlib import PurePosixPath

import pytest

from scorestage import errors
from scorestage.errors import ScorestageError, Where

KINDS = [
    kind
    for kind in vars(errors).values()
    if isinstance(kind, type) and issubclass(kind, ScorestageError)
]
INPUT = {"InputError", "TimecodeError", "ProjectError", "FilmError", "FormatError"} | {
    "CatalogueError",
    "FitError",
}


def drawn_tree() -> dict[str, str]:
    """Each error's parent as the head of the file draws it, by indentation."""
    parents: dict[str, str] = {}
    above: list[tuple[int, str]] = []
    for line in (errors.__doc__ or "").splitlines():
        found = re.match(r"([\s│├└─]*)(\w+Error)\s", line)
        if found is None:
            continue
        depth = len(found[1])
        above = [(level, name) for level, name in above if level < depth]
        parents[found[2]] = above[-1][1] if above else ""
        above.append((depth, found[2]))
    return parents


def test_the_tree_is_the_one_that_is_drawn() -> None:
    drawn = drawn_tree()
    assert set(drawn) == {kind.__name__ for kind in KINDS}
    for kind in KINDS:
        parent = drawn[kind.__name__]
        assert parent == ("" if kind is ScorestageError else kind.__bases__[0].__name__)


@pytest.mark.parametrize("kind", KINDS)
def test_what_the_person_can_mend_ends_with_status_2(kind: type[ScorestageError]) -> None:
    assert kind("").exit_status == (2 if kind.__name__ in INPUT else 1)


@pytest.mark.parametrize("kind", KINDS)
def test_an_error_comes_back_whole_from_another_process(kind: type[ScorestageError]) -> None:
    where = Where(PurePosixPath("cues/a/cue.toml"), 3, "1m01", "12A", "01:00:00:00", "Horn 1")
    sent = kind("the end is missing", where, "write it")
    back = pickle.loads(pickle.dumps(sent))
    assert type(back) is kind
    assert (back.what, back.where, back.do) == ("the end is missing", where, "write it")
    assert str(back) == str(sent)


def test_a_place_is_told_from_the_file_inward() -> None:
    where = Where("cue.toml", 3, "1m01", "12A", "01:00:00:00", "Horn 1")
    assert str(where) == "cue.toml, line 3, cue 1m01, Horn 1, bar 12A, at 01:00:00:00"
    assert str(Where(line=0)) == "line 0"


def test_nothing_is_added_to_an_error_that_knows_only_what() -> None:
    assert str(ScorestageError("no sound")) == "no sound"
    assert str(ScorestageError("no sound", do="find a font")) == "no sound (find a font)"
    assert str(ScorestageError("no sound", Where(cue="1m01"))) == "cue 1m01: no sound"

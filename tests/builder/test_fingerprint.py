"""Fingerprints: the same for the same, another for any difference."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from scorestage.builder import code_of, fingerprint
from scorestage.production import Cue, Hit
from scorestage.timebase import FilmTime

PARTS = st.recursive(
    st.none() | st.text() | st.integers() | st.binary() | st.fractions(),
    lambda inner: st.lists(inner).map(tuple),
    max_leaves=8,
)


@given(PARTS, PARTS)
def test_equal_only_when_equal(one: object, other: object) -> None:
    assert (fingerprint(one) == fingerprint(other)) == (one == other and repr(one) == repr(other))


def test_boundaries_between_parts_count() -> None:
    assert fingerprint("ab", "c") != fingerprint("a", "bc")
    assert fingerprint(("a",), "b") != fingerprint("a", ("b",))


def test_a_cue_changes_with_any_hit() -> None:
    cue = Cue("cue001", "1m01", hits=(Hit("h1", FilmTime(1)),))
    moved = replace(cue, hits=(Hit("h1", FilmTime(Fraction(25, 24))),))
    assert fingerprint(cue) != fingerprint(moved)
    assert fingerprint(cue) == fingerprint(replace(cue))


def test_a_path_stands_for_its_content(tmp_path: Path) -> None:
    path = tmp_path / "a"
    missing = fingerprint(path)
    path.write_text("x")
    one = fingerprint(path)
    path.write_text("y")
    assert len({missing, one, fingerprint(path)}) == 3


def test_the_same_in_another_process() -> None:
    code = "from scorestage.builder import *; print(fingerprint(frozenset('abc'), code_of('sync')))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == fingerprint(frozenset("abc"), code_of("sync"))


def test_rooms_have_their_own_code() -> None:
    assert code_of("timebase") != code_of("music")
    assert code_of("timebase", "music") == code_of("music", "timebase")

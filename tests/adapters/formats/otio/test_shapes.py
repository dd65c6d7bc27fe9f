"""OTIO's own numbers: exact frames behind doubles, and what cannot be refused."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorestage.adapters.formats.otio import shapes
from scorestage.errors import FormatError
from scorestage.timebase import RATES, FrameRate


@given(st.sampled_from(list(RATES.values())), st.fractions(-(10**7), 10**7, max_denominator=1000))
def test_moments_survive_doubles(rate: FrameRate, frames: Fraction) -> None:
    import json

    text = json.dumps(shapes.told_moment(frames, rate))
    found = shapes.moment(json.loads(text, parse_float=str))
    assert found is not None and found.frames == frames
    assert found.rate.frames_per_second == rate.frames_per_second


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "no JSON"),
        (b"[" * 100_000, "no OTIO|no JSON|too deeply"),
        (b'{"OTIO_SCHEMA": "Timeline.1", "x": NaN}', "NaN"),
        (b"{}", "no OTIO file"),
        (b"\xff\xff\xff", "no OTIO file"),
        (b'{"OTIO_SCHEMA": 1' + b"0" * 10_000, "no JSON|no OTIO"),
    ],
)
def test_what_is_no_otio_is_refused(content: bytes, told: str) -> None:
    with pytest.raises(FormatError, match=told):
        shapes.document(content, "x.otio")


def test_names_of_objects_and_texts() -> None:
    assert shapes.schema({"OTIO_SCHEMA": "Clip.2"}) == "Clip" and shapes.schema([]) == ""
    assert shapes.text(3) == "" and shapes.children({"children": 4}) == []
    assert shapes.stretch({"OTIO_SCHEMA": "TimeRange.1"}) is None

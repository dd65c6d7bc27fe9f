"""Words of FCPXML."""

from __future__ import annotations

from fractions import Fraction
from xml.etree.ElementTree import fromstring

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorestage.adapters.formats.fcpxml.story import resources_of, seconds, speed_of, told


@given(st.fractions(0, 10**6, max_denominator=10**6))
def test_times_there_and_back(number: Fraction) -> None:
    assert seconds(told(number)) == number


@pytest.mark.parametrize("text", ["", "x", "1/0s", "1e9s", "5 m"])
def test_what_is_no_time(text: str) -> None:
    with pytest.raises(ValueError, match=r"no (time|number)"):
        seconds(text)


def test_assets_old_and_new_name_their_files() -> None:
    root = fromstring(
        "<fcpxml><resources><format id='r1' frameDuration='1001/24000s'/>"
        "<asset id='a' name='x' src='file:///x%20y.mov' hasVideo='1' format='r1'/>"
        "<asset id='b' name='z' hasAudio='1'><media-rep src='./rel.wav'/></asset>"
        "</resources></fcpxml>"
    )
    found = resources_of(root)
    assert found.assets["a"].path == "file:///x y.mov" and found.assets["b"].path == "rel.wav"
    assert found.assets["a"].picture and not found.assets["b"].picture
    assert found.rates["r1"].name == "23.976"


def test_speeds_and_those_that_vary() -> None:
    points = "<timept time='0s' value='2s'/><timept time='4s' value='4s'/>"
    plain = fromstring(f"<clip><timeMap>{points}</timeMap></clip>")
    assert speed_of(plain) == (Fraction(1, 2), 0, 2, False)
    bent = fromstring(f"<clip><timeMap>{points}<timept time='5s' value='9s'/></timeMap></clip>")
    assert speed_of(bent) is not None and speed_of(bent)[3]  # type: ignore[index]
    assert speed_of(fromstring("<clip/>")) is None

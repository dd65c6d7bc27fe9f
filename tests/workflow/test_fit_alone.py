"""Hits from a spreadsheet: read as written, refused with line and reason."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from scorestage.errors import FormatError, InputError
from scorestage.production import Hit, HitWant
from scorestage.timebase import FRAMES_24, FRAMES_25, FilmClock, FilmTime
from scorestage.workflow.fit import FitWish
from scorestage.workflow.fit_alone import COLUMNS, fit_alone, read_hits

CLOCK = FilmClock(FRAMES_24)


def hits_of(tmp_path: Path, text: str, encoding: str = "utf-8") -> tuple[Hit, ...]:
    path = tmp_path / "hits.csv"
    path.write_bytes(text.encode(encoding))
    return read_hits(path, CLOCK)


def test_every_column(tmp_path: Path) -> None:
    text = ",".join(COLUMNS) + '\na,0:02.50,5,downbeat,1/2,2,yes,"door, slams"\nb,3+12\n'
    first, second = hits_of(tmp_path, text)
    assert first == Hit(
        "a",
        FilmTime("5/2"),
        "door, slams",
        weight=5,
        want=HitWant.DOWNBEAT,
        early_frames=Fraction(1, 2),
        late_frames=Fraction(2),
        locked=True,
    )
    assert second == Hit("b", FilmTime("5/2"))  # 3 feet 12 frames are 60 frames


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_columns_in_any_order_with_spaces_and_extras(tmp_path: Path, encoding: str) -> None:
    text = " at , scene, id , locked\r\n 00:00:02:12 , kitchen, a , No\r\n\r\n 4, hall, b ,\r\n"
    found = hits_of(tmp_path, text, encoding)
    assert [(hit.id, hit.at, hit.locked) for hit in found] == [
        ("a", FilmTime("5/2"), False),
        ("b", FilmTime(4), False),
    ]


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("a,soon", "no moment of a film"),
        ("a,00:00:02:24", "does not exist"),
        ("a", "no moment of a film"),
        (",2", "without an id"),
        ("a,2,six", "weight 'six' is no whole number"),
        ("a,2,6", "between 1 and 5"),
        ("a,2,3,middle", "'middle' is none of: downbeat"),
        ("a,2,3,beat,1/0", "1"),
        ("a,2,3,beat,-1", "negative"),
        ("a,2,3,beat,1,1,maybe", "write yes or no"),
    ],
)
def test_a_fault_is_told_with_its_line(tmp_path: Path, row: str, told: str) -> None:
    with pytest.raises(FormatError, match=told) as caught:
        hits_of(tmp_path, ",".join(COLUMNS) + f"\nx,1\n{row}\n")
    assert caught.value.where.line == 3 and caught.value.where.file == tmp_path / "hits.csv"


def test_what_is_no_list_of_hits(tmp_path: Path) -> None:
    for text in ("", "id;at\na;1\n", "when,what\n"):
        with pytest.raises(FormatError, match="no list of hits"):
            hits_of(tmp_path, text)
    with pytest.raises(FormatError, match="id 'a' is used twice"):
        hits_of(tmp_path, "id,at\na,1\nb,2\na,3\n")
    with pytest.raises(InputError, match="cannot be read"):
        read_hits(tmp_path / "missing.csv", CLOCK)
    with pytest.raises(InputError, match="cannot be read"):
        hits_of(tmp_path, "id,at\nä,1\n", "cp1252")
    with pytest.raises(FormatError):
        hits_of(tmp_path, 'id,at\na,"' + "1" * 200_000 + '"\n')


def test_a_fit_without_a_project(tmp_path: Path) -> None:
    """Hits every two seconds from a downbeat at 1 s: 120 bpm places each on a downbeat."""
    path = tmp_path / "hits.csv"
    path.write_text("id,at,want\n" + "".join(f"h{n},{1 + 2 * n},downbeat\n" for n in range(1, 5)))
    wish = FitWish(wish_bpm=Fraction(120), top=2)
    candidates, rate = fit_alone(path, "1", "0:13", "25", wish)
    assert rate == FRAMES_25 and 1 <= len(candidates) <= 2
    best = candidates[0]
    assert not best.missed and best.tempo_map.start == FilmTime(1)
    for landing in best.hits:
        assert landing.position.beat == 1 and abs(landing.off_frames) <= 1
        heard = best.tempo_map.time_at(landing.at)
        assert abs(rate.frames_in(heard - landing.hit.at)) <= 1

"""`style`: what is told of each."""

from __future__ import annotations

import pytest

from scorestage.adapters.catalogue import names
from scorestage.errors import CatalogueError
from scorestage.workflow.styles import style_answer, styles_listed

ASKED_FOR = {
    *("golden-age", "hybrid", "noir-jazz", "western", "horror", "comedy", "romance"),
    *("science-fiction", "fantasy", "silent-film", "baroque", "classical", "impressionist"),
    *("expressionist", "minimal", "bossa", "big-band", "spy", "funk", "synth", "ambient"),
    *("documentary", "animation", "filmi", "spaghetti-western", "war", "sports", "children"),
    *("irish", "klezmer", "flamenco", "balkan", "gagaku", "maqam-rast", "maqam-hijaz"),
    *("west-african", "sacred", "tango", "raga", "jiangnan"),
}


def test_all_that_were_asked_for_are_listed() -> None:
    told = styles_listed(())
    assert {one["id"] for one in told} >= ASKED_FOR
    assert len(told) >= 36


@pytest.mark.parametrize("name", names("styles"))
def test_each_says_where_it_is_at_home(name: str) -> None:
    told = style_answer(name, ())
    for key in ("period", "place", "forces", "ensembles", "scales", "forms", "hear", "sources"):
        assert told[key], f"{name} does not say its {key}"
    assert set(told["ensembles"]) <= set(names("ensembles"))
    assert told["harmony"]["progressions"]


def test_a_tradition_warns() -> None:
    for name in ("klezmer", "flamenco", "gagaku", "raga", "west-african", "maqam-rast", "irish"):
        assert style_answer(name, ())["cautions"]


def test_a_style_nobody_has_is_refused() -> None:
    with pytest.raises(CatalogueError, match="klezmre"):
        style_answer("klezmre", ())

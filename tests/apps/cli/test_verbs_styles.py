"""`style list`, `style show`."""

from __future__ import annotations

import json

from typer.testing import CliRunner

from scorestage.adapters.catalogue import names
from scorestage.apps.cli.main import app

RUN = CliRunner()


def said(*words: str) -> str:
    done = RUN.invoke(app, ["style", *words], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return str(done.stdout)


def test_the_list_holds_every_style() -> None:
    told = json.loads(said("list", "--json"))["styles"]
    assert [one["id"] for one in told] == list(names("styles"))
    assert "klezmer" in said("list")


def test_a_style_is_shown_in_words_and_as_json() -> None:
    words = said("show", "flamenco")
    for part in ("bulería", "Andalusia", "Hear:", "Read:", "Take care:", "cante"):
        assert part in words
    told = json.loads(said("show", "flamenco", "--json"))
    assert told["idioms"]["driving"] == ["buleria"] and told["bpm"][1] == 112

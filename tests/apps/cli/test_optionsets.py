"""Options of several verbs: written once, laid out as each verb's own."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated

import pytest
import typer
from typer.testing import CliRunner

from scorestage.apps.cli.optionsets import spread


@dataclass(frozen=True, slots=True)
class Place:
    """Two options."""

    rate: Annotated[str, typer.Option("--rate", "-r", help="Frames.")] = "24"
    also: Annotated[list[str], typer.Option("--also")] = field(default_factory=list)


@spread
def tell(name: str = typer.Argument(), loud: bool = False, *, place: Place) -> None:
    """Say all of it."""
    print(name, loud, place.rate, place.also)


def run(*words: str) -> str:
    app = typer.Typer()
    app.command()(tell)
    done = CliRunner().invoke(app, list(words), catch_exceptions=False)
    return str(done.output)


def test_fields_are_options_with_their_defaults() -> None:
    assert run("x").split() == ["x", "False", "24", "[]"]
    assert run("x", "-r", "25", "--loud", "--also", "a", "--also", "b").strip() == (
        "x True 25 ['a', 'b']"
    )
    assert "Frames." in run("--help")


def test_each_call_has_a_list_of_its_own() -> None:
    run("x", "--also", "a")
    assert run("x").strip().endswith("[]")


def test_two_options_of_one_name_are_refused() -> None:
    def twice(rate: str, *, place: Place) -> None: ...

    with pytest.raises(TypeError, match="rate"):
        spread(twice)

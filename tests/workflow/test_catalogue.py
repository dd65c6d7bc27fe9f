"""Instruments and ensembles are found by whatever people call them."""

from __future__ import annotations

import csv

import pytest
from tests.shared_material import shared

from scorestage.errors import CatalogueError
from scorestage.workflow.catalogue import found


@pytest.mark.parametrize(
    ("name", "ident"),
    [
        ("horn", "horn"),
        ("Clarinet in Bb", "clarinet-bb"),
        ("clarinet in b♭", "clarinet-bb"),
        ("Clarinet in Eb", "clarinet-eb"),
        ("Bass Clarinet in Bb", "bass-clarinet"),
        ("Trumpet in Bb", "trumpet-bb"),
        ("Flugelhorn in Bb", "flugelhorn"),
        ("Violin II", "violin"),
        ("Hörner in F", "horn"),
        ("cor anglais", "english-horn"),
        ("string-quartet", "string-quartet"),
        ("String Quartet", "string-quartet"),
        ("Studio Orchestra B", "studio-orchestra-b"),
    ],
)
def test_names_as_people_write_them(name: str, ident: str) -> None:
    assert found(name, ()).id == ident


def test_every_name_of_the_reference_table_is_known() -> None:
    with shared("reference/instruments.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            assert found(row["name"], ()).id


@pytest.mark.parametrize("name", ["", "Grue", "theramin of mars", "quux-bb"])
def test_what_nobody_has_is_refused_with_a_hint(name: str) -> None:
    with pytest.raises(CatalogueError, match="there is no instrument or ensemble"):
        found(name, ())

"""The catalogue: instruments, ensembles and houses as files anybody can add to."""

from scorestage.adapters.catalogue.ensembles import (
    ensemble_text,
    load_ensemble,
    load_ensemble_file,
)
from scorestage.adapters.catalogue.houses import load_house
from scorestage.adapters.catalogue.instruments import load_instrument
from scorestage.adapters.catalogue.shelves import names, read, text_of
from scorestage.adapters.catalogue.table import Table

__all__ = [
    "Table",
    "ensemble_text",
    "load_ensemble",
    "load_ensemble_file",
    "load_house",
    "load_instrument",
    "names",
    "read",
    "text_of",
]

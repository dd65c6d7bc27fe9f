"""The registry: what the package declares, and what a stranger's package adds."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from scorestage import registry
from scorestage.errors import CatalogueError

PYPROJECT = Path(__file__).parents[1] / "pyproject.toml"


@pytest.fixture
def stranger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody else's installed package that brings a detector."""
    (tmp_path / "stranger_package.py").write_text("DETECTOR = 'sees doors'\n")
    facts = tmp_path / "stranger_package-1.0.dist-info"
    facts.mkdir()
    (facts / "METADATA").write_text("Metadata-Version: 2.1\nName: stranger-package\nVersion: 1.0\n")
    (facts / "entry_points.txt").write_text(
        "[scorestage.detectors]\ndoors = stranger_package:DETECTOR\n"
    )
    monkeypatch.syspath_prepend(tmp_path)


def test_everything_declared_is_found_and_loads() -> None:
    declared = tomllib.loads(PYPROJECT.read_text(encoding="utf-8"))["project"]["entry-points"]
    assert {group.removeprefix("scorestage.") for group in declared} <= set(registry.GROUPS)
    for group, points in declared.items():
        found = registry.load_all(group.removeprefix("scorestage."))
        assert set(points) <= set(found) and None not in found.values()
        assert list(found) == sorted(found)


def test_a_strangers_detector_stands_beside_our_own(stranger: None) -> None:
    assert "doors" in registry.names("detectors") and "hard_cuts" in registry.names("detectors")
    assert registry.load("detectors", "doors") == "sees doors"
    assert registry.load_all("detectors")["doors"] == "sees doors"


def test_what_nobody_registered_is_told_with_what_there_is() -> None:
    with pytest.raises(CatalogueError, match=r"no 'telepathy' among the detectors .*hard_cuts"):
        registry.load("detectors", "telepathy")
    with pytest.raises(CatalogueError, match=r"known: none"):
        registry.load("nonsense", "anything")

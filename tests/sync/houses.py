"""A house for tests."""

from __future__ import annotations

from fractions import Fraction

from scorestage.production import House, Paper

PAPER = Paper(Fraction(279), Fraction(432), Fraction(5), Fraction(12))
PLAIN = House("test", "Test", PAPER, PAPER)
ACCENTED = House("accents", "Accents", PAPER, PAPER, click_accents=True)

"""How hard the laws are tried: enough examples to bite, few enough to run at every change."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("laws", max_examples=40, deadline=None)
settings.load_profile("laws")

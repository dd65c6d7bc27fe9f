"""The report: one page that anyone can open, with everything in it."""

from scorestage.adapters.formats.report.page import html_of
from scorestage.adapters.formats.report.values import (
    CueReport,
    HitReport,
    Link,
    Report,
    StripFrame,
    TempoPoint,
)

__all__ = ["CueReport", "HitReport", "Link", "Report", "StripFrame", "TempoPoint", "html_of"]

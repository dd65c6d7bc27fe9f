"""The report: one page that anyone can open, with everything in it."""

from scorestage.adapters.formats.report.page import (
    CueReport,
    HitReport,
    Link,
    Report,
    StripFrame,
    TempoPoint,
    html_of,
)

__all__ = ["CueReport", "HitReport", "Link", "Report", "StripFrame", "TempoPoint", "html_of"]

"""OpenTimelineIO's own files (.otio), read and written without its library."""

from __future__ import annotations

from scorestage.adapters.cut_exchange import cut_of_session, session_losses
from scorestage.adapters.format import Carries, Format
from scorestage.adapters.formats.otio.reading import read_otio
from scorestage.adapters.formats.otio.writing import write_otio
from scorestage.adapters.session import Exported, Session


def write_session(session: Session) -> Exported:
    """The film as one clip, with hits and cues as markers above it."""
    made = write_otio(cut_of_session(session))
    return Exported(made.content, (*session_losses(session), *made.not_carried), made.notes)


FORMAT = Format(
    name="otio",
    title="OpenTimelineIO timeline",
    suffixes=(".otio",),
    read_cut=read_otio,
    write_cut=write_otio,
    write_session=write_session,
    recognises=lambda head: b"OTIO_SCHEMA" in head,
    carries=frozenset((Carries.CUT, Carries.MARKERS, Carries.TIMECODE)),
)

__all__ = ["FORMAT", "read_otio", "write_otio"]

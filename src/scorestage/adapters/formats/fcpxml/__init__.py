"""FCPXML: what Final Cut Pro (X) exchanges, and Resolve and Premiere by it."""

from __future__ import annotations

from scorestage.adapters.cut_exchange import cut_of_session, session_losses
from scorestage.adapters.format import Carries, Format
from scorestage.adapters.formats.fcpxml.reading import read_fcpxml
from scorestage.adapters.formats.fcpxml.writing import write_fcpxml
from scorestage.adapters.session import Exported, Session


def write_session(session: Session) -> Exported:
    """The film as one clip, with hits and cues as markers of the sequence."""
    made = write_fcpxml(cut_of_session(session))
    return Exported(made.content, (*session_losses(session), *made.not_carried), made.notes)


FORMAT = Format(
    name="fcpxml",
    title="FCPXML (Final Cut Pro)",
    suffixes=(".fcpxml", ".xml"),
    read_cut=read_fcpxml,
    write_cut=write_fcpxml,
    write_session=write_session,
    recognises=lambda head: b"<fcpxml" in head or b"<\x00f\x00c\x00p\x00x\x00m" in head,
    carries=frozenset((Carries.CUT, Carries.MARKERS, Carries.TIMECODE)),
)

__all__ = ["FORMAT", "read_fcpxml", "write_fcpxml"]

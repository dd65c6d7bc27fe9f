"""Final Cut Pro 7 XML (xmeml): what Premiere, Resolve and many others exchange."""

from __future__ import annotations

from scorestage.adapters.cut_exchange import cut_of_session, session_losses
from scorestage.adapters.format import Carries, Format
from scorestage.adapters.formats.xmeml.reading import read_xmeml
from scorestage.adapters.formats.xmeml.writing import write_xmeml
from scorestage.adapters.session import Exported, Session


def write_session(session: Session) -> Exported:
    """The film as one clip, with hits and cues as markers of the sequence."""
    made = write_xmeml(cut_of_session(session))
    return Exported(made.content, (*session_losses(session), *made.not_carried), made.notes)


FORMAT = Format(
    name="xmeml",
    title="Final Cut Pro 7 XML",
    suffixes=(".xml",),
    read_cut=read_xmeml,
    write_cut=write_xmeml,
    write_session=write_session,
    recognises=lambda head: b"<xmeml" in head or b"<\x00x\x00m\x00e\x00m\x00l" in head,
    carries=frozenset((Carries.CUT, Carries.MARKERS, Carries.TIMECODE)),
)

__all__ = ["FORMAT", "read_xmeml", "write_xmeml"]

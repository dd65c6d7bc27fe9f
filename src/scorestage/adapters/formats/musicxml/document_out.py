"""A score as a compressed file (.mxl), the same bytes each time."""

from __future__ import annotations

import io
import zipfile

_CONTAINER = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<container><rootfiles>'
    '<rootfile full-path="score.musicxml" media-type="application/vnd.recordare.musicxml+xml"/>'
    "</rootfiles></container>\n"
)
_TYPE = "application/vnd.recordare.musicxml"
_DATE = (1980, 1, 1, 0, 0, 0)


def compressed(content: bytes) -> bytes:
    """The `.mxl` archive of a MusicXML file."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, inner, method in (
            ("mimetype", _TYPE.encode("ascii"), zipfile.ZIP_STORED),
            ("META-INF/container.xml", _CONTAINER.encode("utf-8"), zipfile.ZIP_DEFLATED),
            ("score.musicxml", content, zipfile.ZIP_DEFLATED),
        ):
            entry = zipfile.ZipInfo(name, _DATE)
            entry.compress_type = method
            archive.writestr(entry, inner)
    return buffer.getvalue()

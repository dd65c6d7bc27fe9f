"""XML of editing systems: what is refused before anything is read."""

from __future__ import annotations

import time

import pytest

from scorestage.adapters.cut_xml import child_number, child_text, root_of
from scorestage.errors import FormatError

BOMB = (
    '<?xml version="1.0"?><!DOCTYPE xmeml [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
    + "]><xmeml>&j;</xmeml>"
)
OUTSIDE = '<!DOCTYPE xmeml [<!ENTITY x SYSTEM "file:///etc/hostname">]><xmeml>&x;</xmeml>'


@pytest.mark.parametrize("text", [BOMB, OUTSIDE])
def test_entities_are_refused(text: str) -> None:
    began = time.perf_counter()
    with pytest.raises(FormatError, match="refused"):
        root_of(text.encode(), "x.xml", "xmeml")
    assert time.perf_counter() - began < 1


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "no XML"),
        (b"<xmeml>\n<a>\n</xmeml>", "line 3: this is no XML"),
        (b"<score-partwise/>", "holds <score-partwise>, not <xmeml>"),
        (b"<xmeml>" + b"<a>" * 5000 + b"</a>" * 5000 + b"</xmeml>", "nested more than"),
        (b'<?xml version="1.0" encoding="nothing"?><xmeml/>', "no XML|refused"),
    ],
)
def test_what_is_no_such_xml_is_told(content: bytes, told: str) -> None:
    with pytest.raises(FormatError, match=told):
        root_of(content, "x.xml", "xmeml")


def test_a_doctype_alone_is_usual_and_children_are_read() -> None:
    text = "<!DOCTYPE xmeml><xmeml><rate><timebase> 25 </timebase></rate></xmeml>"
    root = root_of(text.encode("utf-16"), "x", "xmeml")
    assert child_number(root, "rate/timebase") == 25 and child_text(root, "name") == ""
    assert child_number(root, "rate/other") is None

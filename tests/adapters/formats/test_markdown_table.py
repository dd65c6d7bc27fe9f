"""Tables as Markdown."""

from __future__ import annotations

from scorestage.adapters.formats.markdown_table import markdown_of
from scorestage.paperwork import Column, Table


def test_signs_are_set_off_and_every_row_has_its_cells() -> None:
    table = Table(
        "Notes *1*",
        (Column("Cue", 8), Column("Words", 8)),
        (("1m01", "a | b\nc <script>"), ("1m02", "")),
        facts=(("Film", "x_y"),),
        strong=frozenset((0,)),
        legend=("end",),
    )
    lines = markdown_of([table, table]).decode().splitlines()
    assert lines[0] == r"# Notes \*1\*" and lines[2] == r"- Film: x\_y"
    assert lines[6] == r"| **1m01** | **a \| b<br>c \<script\>** |"
    assert lines[7] == "| 1m02 |  |" and lines.count("end") == 2

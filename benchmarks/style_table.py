"""Print the table of styles that docs/styles.md holds.

uv run --no-sync python -m benchmarks.style_table
"""

from __future__ import annotations

from scorestage.adapters.catalogue import names
from scorestage.adapters.catalogue.styles import load_style


def table() -> str:
    """One row a style: id, period, place, main idioms, how the tune is played, meters."""
    rows = [
        "| style | period | place | idioms | tune | meters, tempo |",
        "|---|---|---|---|---|---|",
    ]
    for name in names("styles"):
        style = load_style(name)
        idioms = dict.fromkeys((*style.idioms_moving, *style.idioms_driving, *style.idioms_calm))
        meters = ", ".join(str(meter) for meter in style.meters)
        rows.append(
            f"| `{name}` | {style.about.period} | {style.about.place} | {', '.join(idioms)} "
            f"| {style.manner or 'as written'} | {meters}; {style.bpm_wish} |"
        )
    return "\n".join(rows)


if __name__ == "__main__":
    print(table())

"""Make the pictures of docs/songs.md: a lead sheet and a page for voice and piano.

uv run python tools/make_song_pictures.py
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.song_material import KEEPER
from tools.make_pictures import saved

from scorestage.adapters.machines.pages import page_images
from scorestage.songs.sheet import Sheet
from scorestage.workflow.song_pages import write_sheet
from scorestage.workflow.song_sheets import SongWish, lead_sheet, open_sheet, with_piano


def main() -> int:
    """The same song twice, in two styles."""
    with tempfile.TemporaryDirectory() as room:
        words = Path(room) / "keeper.txt"
        words.write_text(KEEPER, encoding="utf-8")
        tender = SongWish(style="tender", seed=1)
        bossa = SongWish(style="bossa", seed=2, singer="mezzo-soprano")
        _picture(lead_sheet(open_sheet(str(words), tender)), "lead-sheet.png", Path(room))
        sheet = with_piano(open_sheet(str(words), bossa), bossa)
        _picture(sheet, "piano-vocal.png", Path(room))
    return 0


def _picture(sheet: Sheet, name: str, room: Path) -> None:
    (path,) = write_sheet(sheet, room / f"{name}.pdf")
    saved(page_images(path, 110, [0])[0], name)


if __name__ == "__main__":
    sys.exit(main())

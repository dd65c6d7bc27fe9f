"""Make the pictures of the README from a finished demo project.

    uv run scorestage demo demo
    uv run python tools/make_pictures.py demo

A page of the score, a part, the print list, a frame of a stage film, and the report as a browser
shows it (Chromium or Chrome on the PATH; without one that picture is left as it is).
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image

from scorestage.adapters.machines.film import probe, read_frames
from scorestage.adapters.machines.pages import page_images

PICTURES = Path(__file__).resolve().parents[1] / "docs" / "pictures"
WIDTH_PX = 900


def saved(picture: Image.Image, name: str) -> None:
    """Save at README size, with few colours."""
    height = round(picture.height * WIDTH_PX / picture.width)
    small = picture.convert("RGB").resize((WIDTH_PX, height), Image.Resampling.LANCZOS)
    PICTURES.mkdir(parents=True, exist_ok=True)
    small.quantize(128).save(PICTURES / name, optimize=True)


def stage_frame(film: Path) -> Image.Image:
    """The frame in the middle of a stage film."""
    facts = probe(film)
    wanted = facts.frame_count // 2
    for index, _, pixels in read_frames(film):
        if index == wanted:
            return Image.fromarray(pixels)
    raise SystemExit(f"{film} has no frame {wanted}")


def main() -> int:
    """Make them all."""
    demo = Path(sys.argv[1])
    cue = sorted((demo / "build" / "cues").iterdir())[-1]
    saved(page_images(next(cue.glob("*_score.pdf")), 110, [0])[0], "score.png")
    parts = cue / "parts"
    part = next(parts.glob("*Flute_2*.pdf"), next(parts.glob("*.pdf")))
    saved(page_images(part, 110, [0])[0], "part.png")
    saved(page_images(next(parts.glob("*Print_list.pdf")), 90, [0])[0], "print-list.png")
    saved(stage_frame(next(cue.glob("*_stage.mov"))), "stage.png")
    browser = next(
        filter(None, map(shutil.which, ("chromium", "chromium-browser", "chrome"))), None
    )
    if browser is None:
        print("no browser found: report.png is left as it is")
        return 0
    with tempfile.TemporaryDirectory() as room:
        shot = Path(room) / "report.png"
        command = [
            *(browser, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"),
            *("--disable-background-networking", f"--user-data-dir={room}/profile"),
            *("--window-size=1280,1000", f"--screenshot={shot}"),
            (demo / "build" / "report.html").resolve().as_uri(),
        ]
        subprocess.run(command, check=True, capture_output=True)
        saved(Image.open(shot), "report.png")
    return 0


if __name__ == "__main__":
    sys.exit(main())

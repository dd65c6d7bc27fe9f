"""One writer at a time; a dead one does not hold the door."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from scorestage.adapters.store import writing
from scorestage.errors import ProjectError

HOLD = """
import sys, time
from pathlib import Path
from scorestage.adapters.store import writing
with writing(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


def test_a_second_writer_is_refused_until_the_first_dies(tmp_path: Path) -> None:
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path)], stdout=subprocess.PIPE, text=True
    )
    try:
        assert holder.stdout is not None and holder.stdout.readline() == "held\n"
        with pytest.raises(ProjectError, match="another scorestage"), writing(tmp_path):
            pass
    finally:
        holder.kill()
        holder.wait()
        if holder.stdout:
            holder.stdout.close()
    with writing(tmp_path):
        pass

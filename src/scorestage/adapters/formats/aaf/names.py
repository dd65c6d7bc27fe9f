"""What AAF calls operations and parameters, by their registered numbers (AAF Object Spec 1.1)."""

from __future__ import annotations

VIDEO_DISSOLVE = "0c3bea40-fc05-11d2-8a29-0050040ef7d2"
AUDIO_DISSOLVE = "0c3bea41-fc05-11d2-8a29-0050040ef7d2"
VIDEO_WIPE = "0c3bea44-fc05-11d2-8a29-0050040ef7d2"
VIDEO_SPEED = "9d2ea890-0968-11d3-8a38-0050040ef7d2"
AUDIO_SPEED = "0c3bea46-fc05-11d2-8a29-0050040ef7d2"
LEVEL = "e4962320-2267-11d3-8a4c-0050040ef7d2"
SPEED_RATIO = "72559a80-24d7-11d3-8a50-0050040ef7d2"

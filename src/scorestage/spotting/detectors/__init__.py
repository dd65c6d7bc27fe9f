"""The built-in detectors: one file each, each exposing `DETECTOR`."""

"""The outside world: file formats, machines, the project folder, the catalogue."""

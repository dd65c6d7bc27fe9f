"""Themes: made, read, varied by named operations, told in numbers."""

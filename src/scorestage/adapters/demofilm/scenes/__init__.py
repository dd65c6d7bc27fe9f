"""The scenes of the demo film, a few to a file, each a function that gives its drawing."""

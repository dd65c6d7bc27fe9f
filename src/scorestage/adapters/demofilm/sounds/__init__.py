"""What is heard in the demo film: voices, effects, the air of its places, the temp track."""

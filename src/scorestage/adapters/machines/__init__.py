"""The machines we drive: film decoder and encoder, engraver, synthesiser."""

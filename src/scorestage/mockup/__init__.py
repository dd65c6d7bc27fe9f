"""Score and tempo map to performances, and performances to a placed, mixed mock-up."""

"""What organisations offer, where, to whom (S1)."""

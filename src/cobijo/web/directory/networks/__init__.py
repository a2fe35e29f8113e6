"""Networks of organisations and who belongs to them."""

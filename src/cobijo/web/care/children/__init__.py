"""Children and the concerns about them."""

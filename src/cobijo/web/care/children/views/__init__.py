"""Pages of concerns and children that are no registers."""

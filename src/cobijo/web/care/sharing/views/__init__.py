"""Pages that are no registers: the caseworker's, the recipient's, and the ones without an account."""

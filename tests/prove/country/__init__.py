"""A kind of child’s file that only the proofs have, with real migrations, so that backups carry it."""

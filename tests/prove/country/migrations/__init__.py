"""Migrations of the proofs’ own kind."""

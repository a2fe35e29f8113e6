"""The life of a case, from concern to outcome."""

"""Kinds of long work for tests."""

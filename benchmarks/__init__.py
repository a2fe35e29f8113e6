"""Speeds, measured: `python -m benchmarks.NAME [--quick] [--json]`, or `make bench-NAME`."""

"""Registers: one declaration gives list, detail, forms, history, export, import and API, all made one way."""

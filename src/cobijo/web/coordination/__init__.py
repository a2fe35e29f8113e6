"""Coordination: groups, plans, duties, requests and recommendations."""

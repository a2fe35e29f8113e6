"""Requests to authorities: what was asked, until when they must answer, what they answered, who is asked next."""

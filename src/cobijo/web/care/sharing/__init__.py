"""Consent, packet, referral, and the child's own page."""

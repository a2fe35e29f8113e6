"""Records to and from other systems: HTCDS, workbooks and XLSForms. Pure: no database, no account, no decision.

Whether a record may leave at all (agreement, consent, purpose) is decided by whoever calls.
"""

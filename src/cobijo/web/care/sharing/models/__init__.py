"""Agreements between organisations, consents, referrals and their packets, codes, requests, complaints."""

from __future__ import annotations

from cobijo.web.care.sharing.models.agreements import SharingAgreement, Signature
from cobijo.web.care.sharing.models.asks import Complaint, Wish
from cobijo.web.care.sharing.models.codes import Code
from cobijo.web.care.sharing.models.consents import Consent
from cobijo.web.care.sharing.models.referrals import Opening, Packet, Referral

__all__ = [
    "Code",
    "Complaint",
    "Consent",
    "Opening",
    "Packet",
    "Referral",
    "SharingAgreement",
    "Signature",
    "Wish",
]

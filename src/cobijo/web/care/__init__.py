"""The wing for children's files: concern, case, consent and referral, justice."""

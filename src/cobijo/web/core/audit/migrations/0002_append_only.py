"""Rows of the audit are added, never changed or removed, on both databases."""

from __future__ import annotations

from django.db import migrations

from cobijo.web.core.access.rls import append_only


class Migration(migrations.Migration):
    dependencies = (("audit", "0001_initial"),)
    operations = (
        append_only("audit_event"),
        append_only("audit_seal"),
        append_only("audit_checkpoint"),
    )

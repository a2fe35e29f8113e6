"""Files of records, and which record became which case, are added and never changed."""

from __future__ import annotations

from django.db import migrations

from cobijo.web.core.access.rls import append_only


class Migration(migrations.Migration):
    dependencies = [("systems", "0001_initial"), ("access", "0001_initial")]

    operations = [append_only("systems_exchange"), append_only("systems_received")]

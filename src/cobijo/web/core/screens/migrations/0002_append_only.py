"""The history of kinds that lie in no scope is added to and never changed, whoever asks."""

from __future__ import annotations

from django.db import migrations

from cobijo.web.core.access.rls import append_only


class Migration(migrations.Migration):
    dependencies = [("screens", "0001_initial")]

    operations = [append_only("screens_revision")]

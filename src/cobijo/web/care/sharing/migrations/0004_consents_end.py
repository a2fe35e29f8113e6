"""A consent is emptied some time after it ended: what is sealed may go, as its days may become years."""

from __future__ import annotations

from django.db import migrations

from cobijo.web.care.children.guards import blanked_anew


class Migration(migrations.Migration):
    dependencies = [("sharing", "0003_records_and_events")]

    operations = [
        blanked_anew(
            "sharing", "Consent", blanked=("sealed", "decided_on", "until", "made_at", "changed_at")
        ),
    ]

from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Checkpoint",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.BigIntegerField()),
                ("hash", models.BinaryField(max_length=32)),
                ("at", models.DateTimeField()),
                ("signature", models.BinaryField(max_length=64)),
            ],
            options={
                "verbose_name": "checkpoint",
                "verbose_name_plural": "checkpoints",
            },
        ),
        migrations.CreateModel(
            name="Seal",
            fields=[
                ("number", models.BigIntegerField(primary_key=True, serialize=False)),
                ("event_id", models.BigIntegerField(unique=True)),
                ("previous", models.BinaryField(max_length=32)),
                ("hash", models.BinaryField(max_length=32)),
                ("at", models.DateTimeField()),
            ],
            options={
                "verbose_name": "seal",
                "verbose_name_plural": "seals",
            },
        ),
        migrations.CreateModel(
            name="Event",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("at", models.DateTimeField(verbose_name="when")),
                ("account_id", models.BigIntegerField(verbose_name="who")),
                ("organisation_id", models.BigIntegerField(verbose_name="organisation")),
                ("via", models.CharField(max_length=8, verbose_name="by way of")),
                ("action", models.CharField(max_length=40, verbose_name="what")),
                ("kind", models.CharField(max_length=40, verbose_name="kind of record")),
                ("ids", models.JSONField(verbose_name="records")),
                ("count", models.PositiveIntegerField(verbose_name="how many")),
                ("purpose", models.CharField(blank=True, max_length=80, verbose_name="purpose")),
                (
                    "outcome",
                    models.CharField(
                        choices=[("done", "done"), ("refused", "refused")],
                        max_length=8,
                        verbose_name="outcome",
                    ),
                ),
                ("code", models.CharField(blank=True, max_length=80, verbose_name="reason")),
                ("detail", models.JSONField(verbose_name="detail")),
                ("key_id", models.CharField(max_length=16)),
                ("nonce", models.BinaryField(max_length=16)),
                ("mac", models.BinaryField(max_length=32, unique=True)),
            ],
            options={
                "verbose_name": "event",
                "verbose_name_plural": "events",
                "indexes": [
                    models.Index(fields=["account_id", "at"], name="event_who_when"),
                    models.Index(fields=["kind", "action", "at"], name="event_what_when"),
                ],
            },
        ),
    ]

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0003_organisation_kinds"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("sharing", "0003_records_and_events"),
    ]

    operations = [
        migrations.CreateModel(
            name="Exchange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "way",
                    models.CharField(
                        choices=[("sent", "handed over"), ("taken", "taken in")],
                        max_length=6,
                        verbose_name="direction",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                        verbose_name="organisation",
                    ),
                ),
                (
                    "other",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                        verbose_name="other organisation",
                    ),
                ),
                (
                    "agreement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="sharing.sharingagreement",
                    ),
                ),
                (
                    "why",
                    models.CharField(
                        choices=[
                            ("joint_work", "Work on the same cases"),
                            ("handing_over", "Our service ends or moves"),
                            ("figures", "National figures"),
                            ("research", "Research that was approved"),
                        ],
                        max_length=12,
                        verbose_name="what for",
                    ),
                ),
                ("rows", models.PositiveIntegerField(verbose_name="records")),
                ("cases", models.PositiveIntegerField(verbose_name="cases")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("at", models.DateTimeField(auto_now_add=True, verbose_name="when")),
            ],
            options={
                "verbose_name": "file of records",
                "verbose_name_plural": "files of records",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("way__in", ["sent", "taken"])), name="exchange_way_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("organisation", models.F("other")), _negated=True),
                        name="exchange_between_two",
                    ),
                ],
                "indexes": [models.Index(fields=["organisation", "-at"], name="exchanges_of_an_org")],
            },
        ),
        migrations.CreateModel(
            name="Received",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "exchange",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="systems.exchange"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                    ),
                ),
                (
                    "other",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                    ),
                ),
                ("reference", models.BinaryField(max_length=16)),
                ("case_id", models.BigIntegerField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("organisation", "other", "reference"), name="received_once"
                    )
                ],
            },
        ),
    ]

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Scope",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("tray", "tray of an organisation"),
                            ("desk", "desk of a person"),
                            ("shared", "shared by a team"),
                        ],
                        max_length=8,
                        verbose_name="kind",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="scopes",
                        to="accounts.organisation",
                    ),
                ),
                (
                    "holder",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="desks",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=120, verbose_name="name")),
                ("members", models.ManyToManyField(related_name="teams", to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "verbose_name": "place where records lie",
                "verbose_name_plural": "places where records lie",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("kind", "tray")),
                        fields=("organisation",),
                        name="one_tray_an_organisation",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("kind", "desk")),
                        fields=("organisation", "holder"),
                        name="one_desk_a_person",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("holder__isnull", False), ("kind", "desk")),
                            models.Q(models.Q(("kind", "desk"), _negated=True), ("holder", None)),
                            _connector="OR",
                        ),
                        name="a_desk_has_a_holder",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="BreakGlass",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("kind", models.CharField(max_length=40, verbose_name="kind of record")),
                ("record_id", models.BigIntegerField(verbose_name="record")),
                (
                    "scope",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="access.scope"
                    ),
                ),
                ("reason", models.CharField(max_length=500, verbose_name="reason")),
                ("opened_at", models.DateTimeField(auto_now_add=True, verbose_name="opened")),
                ("ends_at", models.DateTimeField(verbose_name="ends")),
                ("told_at", models.DateTimeField(null=True, verbose_name="supervisors told")),
                (
                    "reviewed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("reviewed_at", models.DateTimeField(null=True, verbose_name="reviewed")),
                ("verdict", models.CharField(blank=True, max_length=16, verbose_name="verdict")),
                ("remark", models.CharField(blank=True, max_length=500, verbose_name="remark")),
            ],
            options={
                "verbose_name": "emergency access",
                "verbose_name_plural": "emergency accesses",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("reviewed_at", None), ("reviewed_by", None), ("verdict", "")),
                            models.Q(
                                ("reviewed_at__isnull", False),
                                ("reviewed_by__isnull", False),
                                ("verdict__in", ("justified", "not_justified")),
                            ),
                            _connector="OR",
                        ),
                        name="a_review_has_a_verdict",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("reviewed_by", None),
                            models.Q(("reviewed_by", models.F("account")), _negated=True),
                            _connector="OR",
                        ),
                        name="nobody_reviews_oneself",
                    ),
                ],
                "indexes": [models.Index(fields=["account", "ends_at"], name="glass_of_a_person")],
            },
        ),
    ]

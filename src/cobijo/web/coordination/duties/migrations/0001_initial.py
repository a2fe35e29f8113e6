import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0002_attempt"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Assessment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "made_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("made_at", models.DateTimeField(auto_now_add=True)),
                (
                    "changed_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("changed_at", models.DateTimeField(auto_now=True)),
                ("name", models.CharField(max_length=120, unique=True, verbose_name="name")),
                ("on", models.DateField(verbose_name="day")),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                        verbose_name="who assesses",
                    ),
                ),
                ("method", models.TextField(blank=True, max_length=1000, verbose_name="how it was done")),
                ("finished_on", models.DateField(editable=False, null=True, verbose_name="finished on")),
            ],
            options={
                "verbose_name": "self-assessment",
                "verbose_name_plural": "self-assessments",
                "ordering": ("-on", "-pk"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("finished_on", None), ("finished_on__gte", models.F("on")), _connector="OR"
                        ),
                        name="assessment_days_in_order",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Answer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "made_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("made_at", models.DateTimeField(auto_now_add=True)),
                (
                    "changed_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("changed_at", models.DateTimeField(auto_now=True)),
                (
                    "assessment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answers",
                        to="duties.assessment",
                        verbose_name="self-assessment",
                    ),
                ),
                ("capability", models.CharField(max_length=40, verbose_name="capability")),
                (
                    "phase",
                    models.CharField(
                        choices=[
                            ("not_said", "Not assessed"),
                            ("absent", "Nothing in place"),
                            ("building", "Being built"),
                            ("partial", "In place in part"),
                            ("working", "In place and at work"),
                        ],
                        max_length=10,
                        verbose_name="how far it has come",
                    ),
                ),
                ("evidence", models.CharField(blank=True, max_length=400, verbose_name="evidence")),
                ("next_step", models.CharField(blank=True, max_length=400, verbose_name="next step")),
            ],
            options={
                "verbose_name": "assessed capability",
                "verbose_name_plural": "assessed capabilities",
                "ordering": ("assessment", "pk"),
                "constraints": [
                    models.UniqueConstraint(fields=("assessment", "capability"), name="answer_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("phase__in", ["not_said", "absent", "building", "partial", "working"])
                        ),
                        name="answer_phase_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("phase", "not_said"), models.Q(("evidence", ""), _negated=True), _connector="OR"
                        ),
                        name="answer_has_evidence",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Duty",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "made_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("made_at", models.DateTimeField(auto_now_add=True)),
                (
                    "changed_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("changed_at", models.DateTimeField(auto_now=True)),
                ("code", models.SlugField(max_length=60, unique=True, verbose_name="short name")),
                ("title", models.CharField(max_length=300, verbose_name="what must be done")),
                ("holder", models.CharField(max_length=200, verbose_name="who must do it")),
                (
                    "level",
                    models.CharField(
                        choices=[("national", "The federation"), ("state", "Every state")],
                        max_length=10,
                        verbose_name="whose duty",
                    ),
                ),
                ("law", models.CharField(max_length=200, verbose_name="law or treaty")),
                (
                    "article",
                    models.CharField(
                        blank=True, help_text="Empty: not confirmed.", max_length=80, verbose_name="article"
                    ),
                ),
                (
                    "until",
                    models.DateField(
                        blank=True, help_text="Empty: it holds always.", null=True, verbose_name="until"
                    ),
                ),
                (
                    "monitored",
                    models.CharField(
                        blank=True,
                        help_text="Empty: nobody is known to watch it.",
                        max_length=300,
                        verbose_name="how it is watched",
                    ),
                ),
                (
                    "sanction",
                    models.CharField(
                        blank=True,
                        help_text="Empty: no sanction is known.",
                        max_length=300,
                        verbose_name="what follows if not",
                    ),
                ),
                (
                    "source",
                    models.CharField(
                        blank=True,
                        help_text="Where this was read, and how sure it is.",
                        max_length=250,
                        verbose_name="source",
                    ),
                ),
            ],
            options={
                "verbose_name": "duty",
                "verbose_name_plural": "duties",
                "ordering": ("title",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("level__in", ["national", "state"])), name="duty_level_known"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Compliance",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "made_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("made_at", models.DateTimeField(auto_now_add=True)),
                (
                    "changed_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("changed_at", models.DateTimeField(auto_now=True)),
                (
                    "duty",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="findings",
                        to="duties.duty",
                        verbose_name="duty",
                    ),
                ),
                (
                    "area",
                    models.CharField(
                        blank=True, help_text="Empty: the federation.", max_length=16, verbose_name="state"
                    ),
                ),
                ("on", models.DateField(verbose_name="day")),
                (
                    "met",
                    models.CharField(
                        choices=[
                            ("unknown", "Not known"),
                            ("not_met", "Not complied with"),
                            ("partly", "Complied with in part"),
                            ("met", "Complied with"),
                        ],
                        max_length=10,
                        verbose_name="what was found",
                    ),
                ),
                (
                    "evidence",
                    models.CharField(
                        blank=True,
                        help_text="Where it can be checked. No child is named.",
                        max_length=400,
                        verbose_name="evidence",
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=500, verbose_name="note")),
            ],
            options={
                "verbose_name": "finding on a duty",
                "verbose_name_plural": "findings on duties",
                "ordering": ("duty", "area", "-on"),
                "constraints": [
                    models.UniqueConstraint(fields=("duty", "area", "on"), name="compliance_once_a_day"),
                    models.CheckConstraint(
                        condition=models.Q(("met__in", ["unknown", "not_met", "partly", "met"])),
                        name="compliance_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("met", "unknown"), models.Q(("evidence", ""), _negated=True), _connector="OR"
                        ),
                        name="compliance_has_evidence",
                    ),
                ],
            },
        ),
    ]

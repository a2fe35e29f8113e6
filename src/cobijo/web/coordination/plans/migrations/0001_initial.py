from decimal import Decimal

import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import cobijo.web.coordination.plans.fields


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0002_attempt"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Funder",
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
                ("code", models.SlugField(max_length=40, unique=True, verbose_name="short name")),
                ("name", models.CharField(max_length=200, unique=True, verbose_name="name")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("federal", "Federal budget"),
                            ("state", "Budget of a state"),
                            ("cooperation", "International cooperation"),
                            ("private", "Private donor"),
                            ("own", "Own means"),
                        ],
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
            ],
            options={
                "verbose_name": "source of money",
                "verbose_name_plural": "sources of money",
                "ordering": ("name",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", ["federal", "state", "cooperation", "private", "own"])
                        ),
                        name="funder_kind_known",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Plan",
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
                ("code", models.SlugField(max_length=40, unique=True, verbose_name="short name")),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("about", models.TextField(blank=True, max_length=2000, verbose_name="what it is for")),
                (
                    "area",
                    models.CharField(
                        blank=True,
                        help_text="Empty: it is for the whole country.",
                        max_length=16,
                        verbose_name="state",
                    ),
                ),
                ("starts_on", models.DateField(verbose_name="begins")),
                ("ends_on", models.DateField(verbose_name="ends")),
                (
                    "currency",
                    models.CharField(
                        default="MXN",
                        help_text="Of every sum in it. Three letters, such as MXN.",
                        max_length=3,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[A-Z]{3}$", "Three capital letters, such as MXN."
                            )
                        ],
                        verbose_name="currency",
                    ),
                ),
                (
                    "report_every",
                    models.PositiveSmallIntegerField(
                        default=6,
                        validators=[django.core.validators.MinValueValidator(1)],
                        verbose_name="months between two reports of a line",
                    ),
                ),
                (
                    "predecessor",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="followed_by",
                        to="plans.plan",
                        verbose_name="follows",
                    ),
                ),
                (
                    "source",
                    models.CharField(
                        blank=True,
                        help_text="Decree, session or page.",
                        max_length=250,
                        verbose_name="where it was adopted",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("in_force", "In force"),
                            ("evaluated", "Evaluated"),
                            ("closed", "Closed"),
                        ],
                        default="draft",
                        editable=False,
                        max_length=12,
                        verbose_name="where it stands",
                    ),
                ),
                ("in_force_on", models.DateField(editable=False, null=True, verbose_name="in force since")),
                ("evaluated_on", models.DateField(editable=False, null=True, verbose_name="evaluated on")),
                ("closed_on", models.DateField(editable=False, null=True, verbose_name="closed on")),
            ],
            options={
                "verbose_name": "plan",
                "verbose_name_plural": "plans",
                "ordering": ("-starts_on", "name"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("closed_on__isnull", True),
                                ("evaluated_on__isnull", True),
                                ("in_force_on__isnull", True),
                                ("state", "draft"),
                            ),
                            models.Q(
                                ("closed_on__isnull", True),
                                ("evaluated_on__isnull", True),
                                ("in_force_on__isnull", False),
                                ("state", "in_force"),
                            ),
                            models.Q(
                                ("closed_on__isnull", True),
                                ("evaluated_on__isnull", False),
                                ("in_force_on__isnull", False),
                                ("state", "evaluated"),
                            ),
                            models.Q(
                                ("closed_on__isnull", False),
                                ("evaluated_on__isnull", False),
                                ("in_force_on__isnull", False),
                                ("state", "closed"),
                            ),
                            _connector="OR",
                        ),
                        name="plan_state_with_its_dates",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("starts_on__lte", models.F("ends_on"))), name="plan_days_in_order"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("predecessor", None),
                            models.Q(("predecessor", models.F("id")), _negated=True),
                            _connector="OR",
                        ),
                        name="plan_follows_another",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("report_every__gte", 1)), name="plan_reports_sometimes"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Objective",
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
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="objectives",
                        to="plans.plan",
                        verbose_name="plan",
                    ),
                ),
                (
                    "number",
                    models.PositiveSmallIntegerField(
                        validators=[django.core.validators.MinValueValidator(1)], verbose_name="number"
                    ),
                ),
                ("title", models.CharField(max_length=300, verbose_name="objective")),
            ],
            options={
                "verbose_name": "objective",
                "verbose_name_plural": "objectives",
                "ordering": ("plan", "number"),
                "constraints": [
                    models.UniqueConstraint(fields=("plan", "number"), name="objective_number_once"),
                    models.CheckConstraint(
                        condition=models.Q(("number__gte", 1)), name="objective_counted_from_one"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Line",
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
                    "objective",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="plans.objective",
                        verbose_name="objective",
                    ),
                ),
                (
                    "number",
                    models.PositiveSmallIntegerField(
                        validators=[django.core.validators.MinValueValidator(1)], verbose_name="number"
                    ),
                ),
                ("title", models.CharField(max_length=400, verbose_name="line")),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="plan_lines",
                        to="accounts.organisation",
                        verbose_name="who answers for it",
                    ),
                ),
                ("starts_on", models.DateField(blank=True, null=True, verbose_name="begins")),
                ("due_on", models.DateField(verbose_name="due")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("planned", "Not begun"),
                            ("under_way", "Under way"),
                            ("done", "Done"),
                            ("dropped", "Dropped"),
                        ],
                        default="planned",
                        max_length=12,
                        verbose_name="where it stands",
                    ),
                ),
                ("done_on", models.DateField(blank=True, null=True, verbose_name="done on")),
                (
                    "why_dropped",
                    models.CharField(blank=True, max_length=400, verbose_name="why it was dropped"),
                ),
                (
                    "report_due_on",
                    models.DateField(editable=False, null=True, verbose_name="next report due"),
                ),
                (
                    "continues",
                    models.OneToOneField(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="continued_by",
                        to="plans.line",
                        verbose_name="goes on with",
                    ),
                ),
            ],
            options={
                "verbose_name": "line of a plan",
                "verbose_name_plural": "lines of plans",
                "ordering": ("objective", "number"),
                "constraints": [
                    models.UniqueConstraint(fields=("objective", "number"), name="line_number_once"),
                    models.CheckConstraint(
                        condition=models.Q(("number__gte", 1)), name="line_counted_from_one"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("done_on__isnull", False), ("state", "done")),
                            models.Q(("done_on", None), ("state__in", ["planned", "under_way", "dropped"])),
                            _connector="OR",
                        ),
                        name="line_done_on_a_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "dropped"), models.Q(("why_dropped", ""), _negated=True)),
                            models.Q(models.Q(("state", "dropped"), _negated=True), ("why_dropped", "")),
                            _connector="OR",
                        ),
                        name="line_dropped_for_a_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("starts_on", None), ("starts_on__lte", models.F("due_on")), _connector="OR"
                        ),
                        name="line_days_in_order",
                    ),
                ],
                "indexes": [
                    models.Index(fields=["owner", "due_on"], name="plan_line_owner_due"),
                    models.Index(fields=["owner", "report_due_on"], name="plan_line_owner_report"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Activity",
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
                    "line",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="activities",
                        to="plans.line",
                        verbose_name="line",
                    ),
                ),
                (
                    "number",
                    models.PositiveSmallIntegerField(
                        validators=[django.core.validators.MinValueValidator(1)], verbose_name="number"
                    ),
                ),
                ("title", models.CharField(max_length=400, verbose_name="activity")),
                ("starts_on", models.DateField(blank=True, null=True, verbose_name="begins")),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="due")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("planned", "Not begun"),
                            ("under_way", "Under way"),
                            ("done", "Done"),
                            ("dropped", "Dropped"),
                        ],
                        default="planned",
                        max_length=12,
                        verbose_name="where it stands",
                    ),
                ),
            ],
            options={
                "verbose_name": "activity",
                "verbose_name_plural": "activities",
                "ordering": ("line", "number"),
                "constraints": [
                    models.UniqueConstraint(fields=("line", "number"), name="activity_number_once"),
                    models.CheckConstraint(
                        condition=models.Q(("number__gte", 1)), name="activity_counted_from_one"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["planned", "under_way", "done", "dropped"])),
                        name="activity_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("starts_on", None),
                            ("due_on", None),
                            ("starts_on__lte", models.F("due_on")),
                            _connector="OR",
                        ),
                        name="activity_days_in_order",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Indicator",
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
                    "activity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="indicators",
                        to="plans.activity",
                        verbose_name="activity",
                    ),
                ),
                (
                    "number",
                    models.PositiveSmallIntegerField(
                        validators=[django.core.validators.MinValueValidator(1)], verbose_name="number"
                    ),
                ),
                ("title", models.CharField(max_length=300, verbose_name="indicator")),
                ("unit", models.CharField(max_length=60, verbose_name="unit")),
                (
                    "baseline",
                    models.DecimalField(
                        blank=True,
                        decimal_places=4,
                        help_text="Empty: not known.",
                        max_digits=18,
                        null=True,
                        verbose_name="where it began",
                    ),
                ),
                (
                    "source",
                    models.CharField(blank=True, max_length=250, verbose_name="where its values come from"),
                ),
            ],
            options={
                "verbose_name": "indicator",
                "verbose_name_plural": "indicators",
                "ordering": ("activity", "number"),
                "constraints": [
                    models.UniqueConstraint(fields=("activity", "number"), name="indicator_number_once"),
                    models.CheckConstraint(
                        condition=models.Q(("number__gte", 1)), name="indicator_counted_from_one"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Budget",
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
                    "line",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="budgets",
                        to="plans.line",
                        verbose_name="line",
                    ),
                ),
                (
                    "funder",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="budgets",
                        to="plans.funder",
                        verbose_name="source of money",
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="year")),
                (
                    "currency",
                    models.CharField(
                        blank=True,
                        help_text="Empty: the plan’s own. Another one needs a rate and its day.",
                        max_length=3,
                        validators=[django.core.validators.RegexValidator("^[A-Z]{3}$")],
                        verbose_name="currency",
                    ),
                ),
                (
                    "given_planned",
                    cobijo.web.coordination.plans.fields.MoneyField(
                        default=Decimal("0.00"), verbose_name="planned"
                    ),
                ),
                (
                    "given_committed",
                    cobijo.web.coordination.plans.fields.MoneyField(
                        default=Decimal("0.00"), verbose_name="committed"
                    ),
                ),
                (
                    "given_spent",
                    cobijo.web.coordination.plans.fields.MoneyField(
                        default=Decimal("0.00"), verbose_name="spent"
                    ),
                ),
                (
                    "rate",
                    models.DecimalField(
                        blank=True,
                        decimal_places=8,
                        help_text="How much of the plan’s currency one unit of this one was worth.",
                        max_digits=18,
                        null=True,
                        verbose_name="rate",
                    ),
                ),
                ("rate_on", models.DateField(blank=True, null=True, verbose_name="day of the rate")),
                (
                    "planned",
                    cobijo.web.coordination.plans.fields.MoneyField(
                        default=Decimal("0.00"),
                        editable=False,
                        verbose_name="planned, in the plan’s currency",
                    ),
                ),
                (
                    "committed",
                    cobijo.web.coordination.plans.fields.MoneyField(
                        default=Decimal("0.00"),
                        editable=False,
                        verbose_name="committed, in the plan’s currency",
                    ),
                ),
                (
                    "spent",
                    cobijo.web.coordination.plans.fields.MoneyField(
                        default=Decimal("0.00"), editable=False, verbose_name="spent, in the plan’s currency"
                    ),
                ),
            ],
            options={
                "verbose_name": "budget row",
                "verbose_name_plural": "budget rows",
                "ordering": ("line", "year", "funder"),
                "constraints": [
                    models.UniqueConstraint(fields=("line", "funder", "year"), name="budget_once"),
                    models.CheckConstraint(
                        condition=models.Q(("year__gte", 1990), ("year__lte", 2200)), name="budget_year_meant"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("committed__gte", 0),
                            ("given_committed__gte", 0),
                            ("given_planned__gte", 0),
                            ("given_spent__gte", 0),
                            ("planned__gte", 0),
                            ("spent__gte", 0),
                        ),
                        name="budget_not_negative",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("committed", models.F("given_committed")),
                                ("planned", models.F("given_planned")),
                                ("rate", None),
                                ("rate_on", None),
                                ("spent", models.F("given_spent")),
                            ),
                            models.Q(("rate__gt", 0), ("rate_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="budget_converted_by_a_stated_rate",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Evaluation",
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
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="evaluations",
                        to="plans.plan",
                        verbose_name="plan",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("midterm", "Mid-term evaluation"), ("final", "Final evaluation")],
                        max_length=8,
                        verbose_name="which",
                    ),
                ),
                ("due_on", models.DateField(verbose_name="due")),
                ("evaluator", models.CharField(blank=True, max_length=200, verbose_name="who evaluates")),
                ("done_on", models.DateField(blank=True, null=True, verbose_name="done on")),
                ("findings", models.TextField(blank=True, max_length=4000, verbose_name="what it found")),
                (
                    "evidence",
                    models.CharField(blank=True, max_length=400, verbose_name="where it can be read"),
                ),
            ],
            options={
                "verbose_name": "evaluation",
                "verbose_name_plural": "evaluations",
                "ordering": ("plan", "due_on"),
                "constraints": [
                    models.UniqueConstraint(fields=("plan", "kind"), name="evaluation_once"),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["midterm", "final"])), name="evaluation_kind_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("done_on", None),
                            models.Q(
                                models.Q(("findings", ""), _negated=True),
                                models.Q(("evidence", ""), _negated=True),
                                models.Q(("evaluator", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="evaluation_done_can_be_read",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ProgressReport",
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
                    "line",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reports",
                        to="plans.line",
                        verbose_name="line",
                    ),
                ),
                ("period_from", models.DateField(verbose_name="from")),
                ("period_to", models.DateField(verbose_name="until")),
                ("text", models.TextField(max_length=4000, verbose_name="what was done")),
                (
                    "evidence",
                    models.CharField(
                        help_text="Where it can be checked: a document’s number, an address, a minute. No child is named.",
                        max_length=400,
                        verbose_name="evidence",
                    ),
                ),
                (
                    "line_state",
                    models.CharField(
                        choices=[
                            ("planned", "Not begun"),
                            ("under_way", "Under way"),
                            ("done", "Done"),
                            ("dropped", "Dropped"),
                        ],
                        max_length=12,
                        verbose_name="where the line stands now",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("submitted", "Waits for approval"),
                            ("approved", "Approved"),
                            ("returned", "Sent back"),
                        ],
                        default="submitted",
                        editable=False,
                        max_length=12,
                        verbose_name="state of the report",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="decided by",
                    ),
                ),
                ("decided_at", models.DateTimeField(editable=False, null=True, verbose_name="decided")),
                (
                    "remark",
                    models.CharField(
                        blank=True, editable=False, max_length=500, verbose_name="what the approver says"
                    ),
                ),
            ],
            options={
                "verbose_name": "progress report",
                "verbose_name_plural": "progress reports",
                "ordering": ("-period_to", "-pk"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at", None), ("decided_by", None), ("state", "submitted")),
                            models.Q(
                                ("decided_at__isnull", False),
                                ("decided_by__isnull", False),
                                ("state__in", ("approved", "returned")),
                            ),
                            _connector="OR",
                        ),
                        name="report_decided_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decided_by", None),
                            ("made_by", None),
                            models.Q(("decided_by", models.F("made_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="report_not_approved_by_its_author",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decided_by", None),
                            ("changed_by", None),
                            models.Q(("decided_by", models.F("changed_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="report_not_approved_by_its_editor",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("period_from__lte", models.F("period_to"))),
                        name="report_days_in_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("evidence", ""), _negated=True), name="report_has_evidence"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("line_state__in", ["planned", "under_way", "done", "dropped"])),
                        name="report_line_state_known",
                    ),
                ],
                "indexes": [models.Index(fields=["state", "made_at"], name="plan_report_waiting")],
            },
        ),
        migrations.CreateModel(
            name="Rating",
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
                    "line",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ratings",
                        to="plans.line",
                        verbose_name="line",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                        verbose_name="who rates",
                    ),
                ),
                (
                    "side",
                    models.CharField(
                        choices=[("state", "The State"), ("civil_society", "Civil society")],
                        editable=False,
                        max_length=16,
                        verbose_name="side",
                    ),
                ),
                ("on", models.DateField(verbose_name="day")),
                (
                    "grade",
                    models.CharField(
                        choices=[
                            ("not_begun", "Nothing was done"),
                            ("behind", "Less than was promised"),
                            ("on_course", "As promised so far"),
                            ("reached", "Fulfilled"),
                        ],
                        max_length=12,
                        verbose_name="rating",
                    ),
                ),
                ("why", models.TextField(max_length=1000, verbose_name="why")),
                ("evidence", models.CharField(blank=True, max_length=400, verbose_name="evidence")),
            ],
            options={
                "verbose_name": "rating",
                "verbose_name_plural": "ratings",
                "ordering": ("-on", "-pk"),
                "constraints": [
                    models.UniqueConstraint(fields=("line", "organisation", "on"), name="rating_once_a_day"),
                    models.CheckConstraint(
                        condition=models.Q(("side__in", ["state", "civil_society"])), name="rating_side_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("grade__in", ["not_begun", "behind", "on_course", "reached"])),
                        name="rating_grade_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Reading",
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
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="readings",
                        to="plans.progressreport",
                        verbose_name="progress report",
                    ),
                ),
                (
                    "indicator",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="readings",
                        to="plans.indicator",
                        verbose_name="indicator",
                    ),
                ),
                ("value", models.DecimalField(decimal_places=4, max_digits=18, verbose_name="value")),
            ],
            options={
                "verbose_name": "value of an indicator",
                "verbose_name_plural": "values of indicators",
                "ordering": ("report", "indicator"),
                "constraints": [
                    models.UniqueConstraint(fields=("report", "indicator"), name="reading_once_a_report")
                ],
            },
        ),
        migrations.CreateModel(
            name="Target",
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
                    "indicator",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="targets",
                        to="plans.indicator",
                        verbose_name="indicator",
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="year")),
                ("value", models.DecimalField(decimal_places=4, max_digits=18, verbose_name="value wanted")),
            ],
            options={
                "verbose_name": "target",
                "verbose_name_plural": "targets",
                "ordering": ("indicator", "year"),
                "constraints": [
                    models.UniqueConstraint(fields=("indicator", "year"), name="target_once_a_year"),
                    models.CheckConstraint(
                        condition=models.Q(("year__gte", 1990), ("year__lte", 2200)), name="target_year_meant"
                    ),
                ],
            },
        ),
    ]

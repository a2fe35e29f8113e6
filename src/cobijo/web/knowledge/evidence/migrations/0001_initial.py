import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Source",
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
                ("who", models.CharField(max_length=200, verbose_name="who said it")),
                ("title", models.CharField(blank=True, max_length=300, verbose_name="title")),
                (
                    "year",
                    models.PositiveSmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(1900),
                            django.core.validators.MaxValueValidator(2200),
                        ],
                        verbose_name="year",
                    ),
                ),
                (
                    "day",
                    models.DateField(
                        blank=True, help_text="Empty: only the year is known.", null=True, verbose_name="day"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("government", "Government of the country"),
                            ("foreign", "Foreign government"),
                            ("intergovernmental", "Body of the United Nations or between States"),
                            ("civil_society", "Civil society"),
                            ("academic", "Research"),
                            ("provider", "Internet provider or company"),
                            ("clearing_house", "Hotline or clearing house for reports"),
                            ("media", "Press"),
                            ("several", "Several, not named"),
                        ],
                        max_length=20,
                        verbose_name="kind of source",
                    ),
                ),
                (
                    "address",
                    models.CharField(
                        blank=True,
                        max_length=300,
                        validators=[django.core.validators.URLValidator(["https", "http"])],
                        verbose_name="web address",
                    ),
                ),
                (
                    "grade",
                    models.CharField(
                        choices=[
                            ("a", "A: measured, method published"),
                            ("b", "B: counted by an office, method known in part"),
                            ("c", "C: estimate, method not published"),
                            ("d", "D: said, without a method"),
                        ],
                        default="d",
                        max_length=1,
                        verbose_name="quality",
                    ),
                ),
                (
                    "method",
                    models.TextField(
                        blank=True,
                        help_text="How it came to its figures, in a few words.",
                        max_length=2000,
                        verbose_name="method",
                    ),
                ),
                (
                    "via",
                    models.CharField(
                        blank=True,
                        help_text="Where it was read, if not in the source itself.",
                        max_length=300,
                        verbose_name="read in",
                    ),
                ),
                (
                    "evidence",
                    models.CharField(
                        blank=True,
                        help_text="Whether the source itself was read.",
                        max_length=250,
                        verbose_name="how sure",
                    ),
                ),
            ],
            options={
                "verbose_name": "source",
                "verbose_name_plural": "sources",
                "ordering": ("-year", "who"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("grade__in", ["a", "b", "c", "d"])), name="source_grade_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "government",
                                    "foreign",
                                    "intergovernmental",
                                    "civil_society",
                                    "academic",
                                    "provider",
                                    "clearing_house",
                                    "media",
                                    "several",
                                ],
                            )
                        ),
                        name="source_kind_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Figure",
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
                ("code", models.SlugField(max_length=80, unique=True, verbose_name="short name")),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="figures",
                        to="evidence.source",
                        verbose_name="source",
                    ),
                ),
                (
                    "locator",
                    models.CharField(
                        blank=True,
                        help_text="Where in the source it stands.",
                        max_length=120,
                        verbose_name="page or paragraph",
                    ),
                ),
                ("concept", models.CharField(blank=True, max_length=60, verbose_name="what is counted")),
                (
                    "unit",
                    models.CharField(
                        choices=[
                            ("children", "children"),
                            ("people", "people of any age"),
                            ("cases", "cases"),
                            ("reports", "reports"),
                            ("sites", "web sites"),
                            ("groups", "groups"),
                            ("percent", "per cent"),
                            ("rate", "per 100,000"),
                        ],
                        default="children",
                        max_length=12,
                        verbose_name="unit",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("unstated", "not said"),
                            ("at_risk", "at risk"),
                            ("presumed", "presumed"),
                            ("identified", "identified"),
                            ("any", "does not apply"),
                        ],
                        default="unstated",
                        max_length=12,
                        verbose_name="status of those counted",
                    ),
                ),
                (
                    "age_from",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="age from"),
                ),
                (
                    "age_to",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="The last year that counts: 17 for under 18. Empty: not said.",
                        null=True,
                        verbose_name="age to",
                    ),
                ),
                ("area", models.CharField(blank=True, max_length=10, verbose_name="area")),
                (
                    "area_part",
                    models.CharField(
                        blank=True,
                        help_text="Where it is a part larger than a state, such as the states along a border. Empty: all of it.",
                        max_length=120,
                        verbose_name="part of the country",
                    ),
                ),
                ("period_from", models.DateField(blank=True, verbose_name="period from")),
                ("period_until", models.DateField(blank=True, verbose_name="period until")),
                (
                    "period_said",
                    models.BooleanField(
                        default=True,
                        help_text="Unticked: the source does not say when it was counted; the period is when it was said.",
                        verbose_name="the source says the period",
                    ),
                ),
                (
                    "measure",
                    models.CharField(
                        choices=[
                            ("stock", "stock: so many at one time"),
                            ("flow", "flow: so many new ones in a time"),
                            ("total", "running total: so many since a beginning"),
                        ],
                        default="stock",
                        max_length=8,
                        verbose_name="stock or flow",
                    ),
                ),
                (
                    "bound",
                    models.CharField(
                        choices=[
                            ("exact", "exactly so"),
                            ("about", "about"),
                            ("at_least", "at least, or more than"),
                            ("at_most", "at most"),
                        ],
                        default="exact",
                        max_length=8,
                        verbose_name="how the value is meant",
                    ),
                ),
                (
                    "value",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=14, null=True, verbose_name="value"
                    ),
                ),
                (
                    "low",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=14, null=True, verbose_name="range from"
                    ),
                ),
                (
                    "high",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=14, null=True, verbose_name="range to"
                    ),
                ),
                (
                    "repeats",
                    models.ForeignKey(
                        blank=True,
                        help_text="The figure that this source only passes on. It is then not counted a second time.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="repeated_by",
                        to="evidence.figure",
                        verbose_name="repeats",
                    ),
                ),
                (
                    "grade",
                    models.CharField(
                        choices=[
                            ("a", "A: measured, method published"),
                            ("b", "B: counted by an office, method known in part"),
                            ("c", "C: estimate, method not published"),
                            ("d", "D: said, without a method"),
                        ],
                        default="d",
                        max_length=1,
                        verbose_name="quality",
                    ),
                ),
                (
                    "method",
                    models.TextField(
                        blank=True,
                        help_text="How this figure came about, in a few words.",
                        max_length=2000,
                        verbose_name="method",
                    ),
                ),
                (
                    "do_not_say",
                    models.TextField(
                        blank=True,
                        help_text="What it does not show, for whoever quotes it.",
                        max_length=1000,
                        verbose_name="do not say",
                    ),
                ),
                (
                    "public",
                    models.BooleanField(
                        default=False,
                        help_text="On the public pages, with its source and what contradicts it.",
                        verbose_name="shown to everybody",
                    ),
                ),
                ("evidence", models.CharField(blank=True, max_length=250, verbose_name="how sure")),
            ],
            options={
                "verbose_name": "figure",
                "verbose_name_plural": "figures",
                "ordering": ("concept", "period_from", "code"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("concept", ""), _negated=True),
                        name="figure_has_a_concept",
                        violation_error_message="Choose what the figure counts.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("area", ""), _negated=True),
                        name="figure_has_an_area",
                        violation_error_message="Give the country or one of its states.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("value__isnull", False), ("low__isnull", False), _connector="OR"),
                        name="figure_says_something",
                        violation_error_message="Give a value, or a range.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("low", None), ("high", None), ("low__lte", models.F("high")), _connector="OR"
                        ),
                        name="figure_range_in_order",
                        violation_error_message="The range begins above its end. Exchange the two numbers.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("period_from__lte", models.F("period_until"))),
                        name="figure_period_in_order",
                        violation_error_message="The period ends before it begins. Exchange the two days.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("age_from", None),
                            ("age_to", None),
                            ("age_from__lte", models.F("age_to")),
                            _connector="OR",
                        ),
                        name="figure_ages_in_order",
                        violation_error_message="“Age from” is above “age to”. Exchange the two ages.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("repeats", None),
                            models.Q(("repeats", models.F("id")), _negated=True),
                            _connector="OR",
                        ),
                        name="figure_not_its_own",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "unit__in",
                                [
                                    "children",
                                    "people",
                                    "cases",
                                    "reports",
                                    "sites",
                                    "groups",
                                    "percent",
                                    "rate",
                                ],
                            )
                        ),
                        name="figure_unit_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status__in", ["unstated", "at_risk", "presumed", "identified", "any"])
                        ),
                        name="figure_status_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("measure__in", ["stock", "flow", "total"])),
                        name="figure_measure_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("bound__in", ["exact", "about", "at_least", "at_most"])),
                        name="figure_bound_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("grade__in", ["a", "b", "c", "d"])), name="figure_grade_known"
                    ),
                ],
                "indexes": [
                    models.Index(fields=["concept", "period_from", "id"], name="figures_of_a_concept")
                ],
            },
        ),
        migrations.CreateModel(
            name="Contradiction",
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
                    "first",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="evidence.figure",
                        verbose_name="one figure",
                    ),
                ),
                (
                    "second",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="evidence.figure",
                        verbose_name="the other",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("incompatible", "cannot both be so"),
                            ("not_comparable", "not comparable"),
                            ("same_value", "one number for two things"),
                            ("repeated", "one source counted as two"),
                            ("impossible_change", "impossible change"),
                        ],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                ("fields", models.JSONField(blank=True, default=list, verbose_name="what differs")),
                (
                    "times",
                    models.DecimalField(decimal_places=1, max_digits=12, null=True, verbose_name="times"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "not yet explained"),
                            ("explained", "explained"),
                            ("decided", "decided for a report"),
                            ("gone", "no longer there"),
                        ],
                        default="open",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("explanation", models.TextField(blank=True, max_length=2000, verbose_name="explanation")),
                (
                    "explained_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="explained by",
                    ),
                ),
                ("explained_at", models.DateTimeField(null=True, verbose_name="explained on")),
            ],
            options={
                "verbose_name": "contradiction",
                "verbose_name_plural": "contradictions",
                "ordering": ("pk",),
                "constraints": [
                    models.UniqueConstraint(fields=("first", "second", "kind"), name="contradiction_once"),
                    models.CheckConstraint(
                        condition=models.Q(("first__lt", models.F("second"))), name="contradiction_in_order"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "incompatible",
                                    "not_comparable",
                                    "same_value",
                                    "repeated",
                                    "impossible_change",
                                ],
                            )
                        ),
                        name="contradiction_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["open", "explained", "decided", "gone"])),
                        name="contradiction_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ("explained", "decided")), _negated=True),
                            models.Q(("explanation", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="contradiction_explained_in_words",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("explained_at", None), ("explained_by", None)),
                            models.Q(("explained_at__isnull", False), ("explained_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="contradiction_explained_by_somebody",
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
                ("code", models.SlugField(max_length=60, unique=True, verbose_name="short name")),
                (
                    "factor",
                    models.CharField(
                        choices=[
                            ("economy", "state of the economy"),
                            ("attitudes", "attitudes to children and adolescents"),
                            ("anomie", "loss of norms among the young"),
                            ("poverty", "poverty"),
                            ("youth_crime", "young people in crime and violence"),
                            ("response", "society’s answer to crime, sexual crime against children included"),
                            ("adult_zones", "zones of adult prostitution"),
                            ("advocacy", "groups that speak for sex between adults and children"),
                            ("unmarried_men", "sexual behaviour of unmarried men"),
                            ("hiv", "knowledge of and attitudes to HIV and other infections"),
                        ],
                        max_length=16,
                        verbose_name="factor",
                    ),
                ),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("unit", models.CharField(max_length=60, verbose_name="unit")),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="indicators",
                        to="evidence.source",
                        verbose_name="source",
                    ),
                ),
                (
                    "definition",
                    models.TextField(blank=True, max_length=1000, verbose_name="what it measures"),
                ),
                (
                    "licence",
                    models.CharField(
                        help_text="Its owner lets it be used under it. A series without one stays out.",
                        max_length=200,
                        verbose_name="licence",
                    ),
                ),
            ],
            options={
                "verbose_name": "series of a factor",
                "verbose_name_plural": "series of factors",
                "ordering": ("factor", "name"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "factor__in",
                                [
                                    "economy",
                                    "attitudes",
                                    "anomie",
                                    "poverty",
                                    "youth_crime",
                                    "response",
                                    "adult_zones",
                                    "advocacy",
                                    "unmarried_men",
                                    "hiv",
                                ],
                            )
                        ),
                        name="indicator_factor_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("factor__in", ["adult_zones", "advocacy"]), _negated=True),
                        name="indicator_never_of_defined_only",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="IndicatorValue",
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
                        related_name="values",
                        to="evidence.indicator",
                        verbose_name="series",
                    ),
                ),
                ("area", models.CharField(max_length=10, verbose_name="area")),
                (
                    "year",
                    models.PositiveSmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(1900),
                            django.core.validators.MaxValueValidator(2200),
                        ],
                        verbose_name="year",
                    ),
                ),
                ("value", models.DecimalField(decimal_places=4, max_digits=18, verbose_name="value")),
            ],
            options={
                "verbose_name": "value of a factor",
                "verbose_name_plural": "values of factors",
                "ordering": ("indicator", "area", "year"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("indicator", "area", "year"),
                        name="indicator_value_once",
                        violation_error_message="This series has a value for this area and year already.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ReportChoice",
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
                    "contradiction",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="choices",
                        to="evidence.contradiction",
                        verbose_name="contradiction",
                    ),
                ),
                ("report", models.CharField(max_length=160, verbose_name="report")),
                (
                    "choice",
                    models.CharField(
                        choices=[
                            ("first", "use the first figure"),
                            ("second", "use the second figure"),
                            ("both", "show both, with what differs"),
                            ("neither", "use neither"),
                        ],
                        max_length=8,
                        verbose_name="decision",
                    ),
                ),
                ("reason", models.TextField(max_length=1000, verbose_name="reason")),
            ],
            options={
                "verbose_name": "decision for a report",
                "verbose_name_plural": "decisions for reports",
                "ordering": ("contradiction", "report"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("contradiction", "report"),
                        name="one_choice_a_report",
                        violation_error_message="This report has decided it already. Edit that decision.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("choice__in", ["first", "second", "both", "neither"])),
                        name="report_choice_known",
                    ),
                ],
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
                ("scheme", models.SlugField(max_length=40, verbose_name="scheme")),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ratings",
                        to="evidence.source",
                        verbose_name="source",
                    ),
                ),
                ("area", models.CharField(max_length=10, verbose_name="area")),
                (
                    "year",
                    models.PositiveSmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(1900),
                            django.core.validators.MaxValueValidator(2200),
                        ],
                        verbose_name="year",
                    ),
                ),
                ("grade", models.CharField(max_length=8, verbose_name="grade given")),
                ("evidence", models.CharField(blank=True, max_length=250, verbose_name="how sure")),
            ],
            options={
                "verbose_name": "rating of the country",
                "verbose_name_plural": "ratings of the country",
                "ordering": ("scheme", "area", "year"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("scheme", "area", "year"),
                        name="rating_once_a_year",
                        violation_error_message="This year has a rating already.",
                    )
                ],
            },
        ),
    ]

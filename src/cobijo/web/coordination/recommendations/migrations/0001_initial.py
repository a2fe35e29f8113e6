import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0003_organisation_kinds"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("duties", "0001_initial"),
        ("evidence", "0001_initial"),
        ("groups", "0001_initial"),
        ("plans", "0001_initial"),
        ("requests", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Actor",
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
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                        verbose_name="organisation",
                    ),
                ),
                ("since", models.DateField(verbose_name="agreed on")),
                (
                    "until",
                    models.DateField(
                        blank=True,
                        help_text="Empty: it still agrees.",
                        null=True,
                        verbose_name="withdrawn on",
                    ),
                ),
            ],
            options={
                "verbose_name": "actor of the advocacy record",
                "verbose_name_plural": "actors of the advocacy record",
                "ordering": ("organisation__name", "pk"),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("until", None)),
                        fields=("organisation",),
                        name="actor_once",
                        violation_error_message="This organisation agreed already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until", None), ("until__gte", models.F("since")), _connector="OR"
                        ),
                        name="actor_days_in_order",
                        violation_error_message="Nobody can withdraw before agreeing.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Recommendation",
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
                (
                    "body",
                    models.CharField(
                        choices=[
                            ("crc", "Committee on the Rights of the Child"),
                            ("cedaw", "Committee on discrimination against women"),
                            ("cmw", "Committee on migrant workers"),
                            ("hrc", "Human Rights Council and its rapporteurs"),
                            ("upr", "Universal Periodic Review"),
                            ("inter_american", "Inter-American system"),
                            ("study", "The study of 2017"),
                            ("other", "Another body"),
                        ],
                        max_length=16,
                        verbose_name="who recommends",
                    ),
                ),
                (
                    "symbol",
                    models.CharField(
                        blank=True,
                        help_text="Such as CRC/C/OPSC/MEX/Q/1.",
                        max_length=60,
                        verbose_name="document",
                    ),
                ),
                ("paragraph", models.CharField(blank=True, max_length=20, verbose_name="paragraph")),
                ("said_on", models.DateField(blank=True, null=True, verbose_name="day of the document")),
                (
                    "text",
                    models.TextField(
                        help_text="In your own words.", max_length=2000, verbose_name="what is recommended"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        help_text="The authority in the register of organisations, if it is there.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                        verbose_name="responsible here",
                    ),
                ),
                ("responsible", models.CharField(blank=True, max_length=200, verbose_name="who must act")),
                (
                    "measures",
                    models.TextField(
                        blank=True,
                        help_text="What has been done about it so far.",
                        max_length=2000,
                        verbose_name="measures",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("not_begun", "not begun"),
                            ("under_way", "under way"),
                            ("partly", "partly carried out"),
                            ("carried_out", "carried out"),
                            ("rejected", "rejected by the State"),
                            ("overtaken", "overtaken by events"),
                        ],
                        default="not_begun",
                        max_length=12,
                        verbose_name="state",
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        blank=True,
                        help_text="Needed where it is carried out, rejected or overtaken: what shows that.",
                        max_length=600,
                        verbose_name="how we know",
                    ),
                ),
                ("source", models.CharField(blank=True, max_length=250, verbose_name="source")),
            ],
            options={
                "verbose_name": "recommendation",
                "verbose_name_plural": "recommendations",
                "ordering": ("body", "symbol", "paragraph", "pk"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "body__in",
                                ["crc", "cedaw", "cmw", "hrc", "upr", "inter_american", "study", "other"],
                            )
                        ),
                        name="recommendation_body_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                ["not_begun", "under_way", "partly", "carried_out", "rejected", "overtaken"],
                            )
                        ),
                        name="recommendation_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ("carried_out", "rejected", "overtaken")), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="recommendation_ended_for_a_reason",
                        violation_error_message="Say what shows that it is so.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("body", "study"), models.Q(("symbol", ""), _negated=True), _connector="OR"
                        ),
                        name="recommendation_of_a_document",
                        violation_error_message="Give the document, so that everybody can look it up.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Pressure",
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
                    "actor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pressures",
                        to="recommendations.actor",
                        verbose_name="who pressed",
                    ),
                ),
                (
                    "target",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                        verbose_name="whom",
                    ),
                ),
                ("on", models.DateField(verbose_name="day")),
                (
                    "means",
                    models.CharField(
                        choices=[
                            ("letter", "letter or request"),
                            ("meeting", "meeting"),
                            ("hearing", "hearing"),
                            ("media", "press or broadcast"),
                            ("report", "report to a body"),
                            ("court", "court or complaint"),
                            ("street", "public action"),
                        ],
                        max_length=12,
                        verbose_name="how",
                    ),
                ),
                ("about", models.CharField(max_length=600, verbose_name="about what")),
                (
                    "result",
                    models.CharField(
                        choices=[
                            ("none", "nothing yet"),
                            ("promised", "a promise"),
                            ("partly", "part of it"),
                            ("done", "all that was asked"),
                            ("worse", "a setback"),
                        ],
                        default="none",
                        max_length=12,
                        verbose_name="result",
                    ),
                ),
                ("what_came", models.CharField(blank=True, max_length=600, verbose_name="what came of it")),
                (
                    "request",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="requests.request",
                        verbose_name="request",
                    ),
                ),
                (
                    "recommendation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="recommendations.recommendation",
                        verbose_name="recommendation",
                    ),
                ),
            ],
            options={
                "verbose_name": "entry of the advocacy record",
                "verbose_name_plural": "advocacy record",
                "ordering": ("-on", "-pk"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "means__in",
                                ["letter", "meeting", "hearing", "media", "report", "court", "street"],
                            )
                        ),
                        name="pressure_means_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("result__in", ["none", "promised", "partly", "done", "worse"])),
                        name="pressure_result_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("result", "none"), models.Q(("what_came", ""), _negated=True), _connector="OR"
                        ),
                        name="pressure_result_said",
                        violation_error_message="Say what came of it.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Action",
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
                    "recommendation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="actions",
                        to="recommendations.recommendation",
                        verbose_name="recommendation",
                    ),
                ),
                (
                    "decision",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="groups.decision",
                        verbose_name="decision",
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="requests.request",
                        verbose_name="request",
                    ),
                ),
                (
                    "line",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="plans.line",
                        verbose_name="plan line",
                    ),
                ),
                (
                    "duty",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="duties.duty",
                        verbose_name="duty",
                    ),
                ),
                (
                    "figure",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="evidence.figure",
                        verbose_name="figure",
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="note")),
            ],
            options={
                "verbose_name": "link of a recommendation",
                "verbose_name_plural": "links of recommendations",
                "ordering": ("recommendation", "pk"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decision__isnull", False),
                            ("request__isnull", False),
                            ("line__isnull", False),
                            ("duty__isnull", False),
                            ("figure__isnull", False),
                            _connector="OR",
                        ),
                        name="action_links_something",
                        violation_error_message="Choose at least one thing to link.",
                    )
                ],
            },
        ),
    ]

import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("evidence", "0001_initial"),
        ("requests", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Report",
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
                ("title", models.CharField(max_length=200, verbose_name="title")),
                ("country", models.CharField(max_length=120, verbose_name="country")),
                (
                    "kind",
                    models.CharField(
                        choices=[("initial", "Initial report"), ("periodic", "Periodic report")],
                        default="initial",
                        max_length=8,
                        verbose_name="kind of report",
                    ),
                ),
                (
                    "in_force_on",
                    models.DateField(
                        help_text="The day on which the Optional Protocol entered into force for this country.",
                        verbose_name="protocol in force since",
                    ),
                ),
                (
                    "due_on",
                    models.DateField(
                        blank=True,
                        help_text="Of an initial report it is two years after the entry into force, and is filled in by itself.",
                        null=True,
                        verbose_name="State’s report due on",
                    ),
                ),
                (
                    "state_report",
                    models.CharField(
                        blank=True,
                        help_text="Symbol or title of the report that this one answers. Empty: there is none yet.",
                        max_length=200,
                        verbose_name="State’s report",
                    ),
                ),
                (
                    "language",
                    models.CharField(
                        choices=[("es", "Spanish"), ("en", "English")],
                        default="es",
                        max_length=2,
                        verbose_name="language",
                    ),
                ),
                (
                    "word_limit",
                    models.PositiveIntegerField(
                        blank=True,
                        help_text="As the Committee’s present call says. Empty: no limit is known.",
                        null=True,
                        verbose_name="most words",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("review", "In review"),
                            ("frozen", "Frozen"),
                            ("submitted", "Handed in"),
                        ],
                        default="draft",
                        editable=False,
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("frozen_on", models.DateField(editable=False, null=True, verbose_name="frozen on")),
                ("submitted_on", models.DateField(editable=False, null=True, verbose_name="handed in on")),
                (
                    "invented",
                    models.BooleanField(
                        default=False, editable=False, verbose_name="invented, for the demonstration"
                    ),
                ),
            ],
            options={
                "verbose_name": "alternative report",
                "verbose_name_plural": "alternative reports",
                "ordering": ("-pk",),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("title",),
                        name="report_title_once",
                        violation_error_message="There is a report of this title already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["initial", "periodic"])), name="report_kind_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("language__in", ["es", "en"])), name="report_language_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("frozen_on", None),
                                ("state__in", ("draft", "review")),
                                ("submitted_on", None),
                            ),
                            models.Q(
                                ("frozen_on__isnull", False), ("state", "frozen"), ("submitted_on", None)
                            ),
                            models.Q(
                                ("frozen_on__isnull", False),
                                ("state", "submitted"),
                                ("submitted_on__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="report_state_has_its_days",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("due_on", None), ("due_on__gt", models.F("in_force_on")), _connector="OR"
                        ),
                        name="report_due_after_force",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Edition",
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
                        related_name="editions",
                        to="reports.report",
                        verbose_name="report",
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="edition")),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                ("country", models.CharField(max_length=120, verbose_name="country")),
                (
                    "language",
                    models.CharField(
                        choices=[("es", "Spanish"), ("en", "English")], max_length=2, verbose_name="language"
                    ),
                ),
                ("frozen_on", models.DateField(verbose_name="frozen on")),
                ("words", models.PositiveIntegerField(verbose_name="words")),
                ("content", models.TextField(verbose_name="content")),
                ("sha256", models.CharField(max_length=64, verbose_name="hash (SHA-256)")),
            ],
            options={
                "verbose_name": "edition of an alternative report",
                "verbose_name_plural": "editions of alternative reports",
                "ordering": ("-frozen_on", "-pk"),
                "constraints": [
                    models.UniqueConstraint(fields=("report", "number"), name="edition_number_once"),
                    models.CheckConstraint(
                        condition=models.Q(models.Q(("content", ""), _negated=True), ("number__gte", 1)),
                        name="edition_is_whole",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DataTable",
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
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="tables",
                        to="reports.report",
                        verbose_name="report",
                    ),
                ),
                ("code", models.CharField(editable=False, max_length=4, verbose_name="request for data")),
                (
                    "answer",
                    models.CharField(
                        choices=[
                            ("open", "Not answered yet"),
                            ("picture", "A protected table"),
                            ("none", "No data: reason and plan"),
                        ],
                        default="open",
                        max_length=8,
                        verbose_name="answer",
                    ),
                ),
                (
                    "picture_table",
                    models.CharField(
                        blank=True, max_length=60, verbose_name="protected table of the picture"
                    ),
                ),
                (
                    "differs",
                    models.TextField(
                        blank=True,
                        help_text="How this table differs from what was asked: whom it counts, where, in which time.",
                        max_length=600,
                        verbose_name="what it counts instead",
                    ),
                ),
                (
                    "reason",
                    models.TextField(blank=True, max_length=600, verbose_name="why there are no data"),
                ),
                (
                    "plan",
                    models.TextField(
                        blank=True,
                        help_text="Who will do what until when, so that there are.",
                        max_length=1000,
                        verbose_name="plan",
                    ),
                ),
            ],
            options={
                "verbose_name": "data table of a report",
                "verbose_name_plural": "data tables of reports",
                "ordering": ("report", "code"),
                "constraints": [
                    models.UniqueConstraint(fields=("report", "code"), name="data_table_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answer", "open"), ("picture_table", "")),
                            models.Q(
                                ("answer", "picture"),
                                models.Q(("picture_table", ""), _negated=True),
                                models.Q(("differs", ""), _negated=True),
                            ),
                            models.Q(
                                ("answer", "none"),
                                ("picture_table", ""),
                                models.Q(("reason", ""), _negated=True),
                                models.Q(("plan", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="data_table_answered_whole",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Contributor",
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
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="contributors",
                        to="reports.report",
                        verbose_name="report",
                    ),
                ),
                ("name", models.CharField(max_length=200, verbose_name="organisation")),
                (
                    "confidential",
                    models.BooleanField(
                        default=True,
                        help_text="It is named in no file and on no page that others can open.",
                        verbose_name="confidential",
                    ),
                ),
                (
                    "part",
                    models.CharField(
                        blank=True,
                        help_text="For yourselves; it is never printed.",
                        max_length=300,
                        verbose_name="what it gave",
                    ),
                ),
            ],
            options={
                "verbose_name": "contributor to a report",
                "verbose_name_plural": "contributors to reports",
                "ordering": ("report", "name"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("report", "name"),
                        name="contributor_once",
                        violation_error_message="This organisation is entered already.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Annex",
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
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="annexes",
                        to="reports.report",
                        verbose_name="report",
                    ),
                ),
                ("title", models.CharField(max_length=160, verbose_name="title")),
                (
                    "group",
                    models.CharField(
                        help_text="The group and their ages, such as “a forum of 14 children, 12 to 16 years”. No names.",
                        max_length=200,
                        verbose_name="who wrote it",
                    ),
                ),
                (
                    "text",
                    models.TextField(
                        help_text="In their words. No names, no school, no neighbourhood.",
                        max_length=10000,
                        verbose_name="text",
                    ),
                ),
                (
                    "accompanied_by",
                    models.CharField(
                        help_text="The organisation, not a person.",
                        max_length=200,
                        verbose_name="who accompanied them",
                    ),
                ),
                (
                    "consent",
                    models.BooleanField(
                        default=False,
                        help_text="The children agree that this goes to the Committee and is published, and this is on file.",
                        verbose_name="consent recorded",
                    ),
                ),
            ],
            options={
                "verbose_name": "annex written by children",
                "verbose_name_plural": "annexes written by children",
                "ordering": ("report", "pk"),
            },
        ),
        migrations.CreateModel(
            name="Section",
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
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sections",
                        to="reports.report",
                        verbose_name="report",
                    ),
                ),
                ("code", models.CharField(editable=False, max_length=8, verbose_name="section")),
                ("order", models.PositiveSmallIntegerField(editable=False, verbose_name="order")),
                (
                    "left_out",
                    models.TextField(
                        blank=True,
                        help_text="Only where nothing is written: the Committee should know that it was not forgotten.",
                        max_length=600,
                        verbose_name="why it is left out",
                    ),
                ),
            ],
            options={
                "verbose_name": "section of a report",
                "verbose_name_plural": "sections of reports",
                "ordering": ("report", "order"),
                "constraints": [models.UniqueConstraint(fields=("report", "code"), name="section_once")],
            },
        ),
        migrations.CreateModel(
            name="Paragraph",
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
                    "section",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="paragraphs",
                        to="reports.section",
                        verbose_name="section",
                    ),
                ),
                (
                    "number",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="Within the section. Empty: after the last one.",
                        null=True,
                        verbose_name="number",
                    ),
                ),
                (
                    "text",
                    models.TextField(
                        help_text="No child’s name, no accused person’s name, no place below a state.",
                        max_length=4000,
                        verbose_name="text",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "Draft"), ("ready", "Ready")],
                        default="draft",
                        editable=False,
                        max_length=8,
                        verbose_name="state",
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
                        verbose_name="published figure",
                    ),
                ),
                (
                    "picture_table",
                    models.CharField(
                        blank=True,
                        help_text="Its cells are taken as they are published, when the report is frozen.",
                        max_length=60,
                        verbose_name="protected table of the picture",
                    ),
                ),
                (
                    "asked",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="requests.publicrequest",
                        verbose_name="public request to an authority",
                    ),
                ),
                (
                    "request",
                    models.CharField(
                        blank=True,
                        help_text="One that is not in the register: to whom, of which day, and what became of it.",
                        max_length=300,
                        verbose_name="another request to an authority",
                    ),
                ),
                (
                    "statistic",
                    models.CharField(
                        blank=True,
                        help_text="Where it was released: title and day. Never a count from a list that was not protected.",
                        max_length=300,
                        verbose_name="protected case statistic",
                    ),
                ),
            ],
            options={
                "verbose_name": "paragraph of a report",
                "verbose_name_plural": "paragraphs of reports",
                "ordering": ("section", "number"),
                "constraints": [
                    models.UniqueConstraint(fields=("section", "number"), name="paragraph_number_once"),
                    models.CheckConstraint(
                        condition=models.Q(("number__isnull", False)), name="paragraph_has_a_number"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["draft", "ready"])), name="paragraph_state_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state", "draft"),
                            ("figure__isnull", False),
                            models.Q(("picture_table", ""), _negated=True),
                            ("asked__isnull", False),
                            models.Q(("request", ""), _negated=True),
                            models.Q(("statistic", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="paragraph_ready_rests_on_something",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="StateClaim",
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
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="claims",
                        to="reports.report",
                        verbose_name="report",
                    ),
                ),
                (
                    "paragraph",
                    models.PositiveSmallIntegerField(
                        validators=[django.core.validators.MinValueValidator(1)],
                        verbose_name="paragraph of the State’s report",
                    ),
                ),
                (
                    "said",
                    models.TextField(
                        help_text="In your own words, in short.", max_length=1000, verbose_name="what it says"
                    ),
                ),
                ("have", models.TextField(max_length=1000, verbose_name="what we have")),
                (
                    "figure",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="evidence.figure",
                        verbose_name="published figure",
                    ),
                ),
                (
                    "picture_table",
                    models.CharField(
                        blank=True, max_length=60, verbose_name="protected table of the picture"
                    ),
                ),
                (
                    "source",
                    models.CharField(
                        blank=True,
                        help_text="An answered request, a law, a judgment.",
                        max_length=300,
                        verbose_name="another source",
                    ),
                ),
            ],
            options={
                "verbose_name": "contradiction with the State’s report",
                "verbose_name_plural": "contradictions with State reports",
                "ordering": ("report", "paragraph", "pk"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("figure__isnull", False),
                            models.Q(("picture_table", ""), _negated=True),
                            models.Q(("source", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="claim_rests_on_something",
                        violation_error_message="Say what this rests on: a figure, a protected table or a source.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Step",
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
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="steps",
                        to="reports.report",
                        verbose_name="report",
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="step")),
                (
                    "due_on",
                    models.DateField(
                        blank=True, help_text="Empty: not known yet.", null=True, verbose_name="until"
                    ),
                ),
                ("done_on", models.DateField(blank=True, null=True, verbose_name="done on")),
            ],
            options={
                "verbose_name": "step of handing in",
                "verbose_name_plural": "steps of handing in",
                "ordering": ("report", models.OrderBy(models.F("due_on"), nulls_last=True), "pk"),
                "indexes": [
                    models.Index(
                        condition=models.Q(("done_on", None)),
                        fields=["due_on", "id"],
                        name="report_steps_open",
                    )
                ],
            },
        ),
    ]

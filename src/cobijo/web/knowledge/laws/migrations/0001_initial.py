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
            name="Instrument",
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
                    "kind",
                    models.CharField(
                        choices=[
                            ("treaty", "Treaty"),
                            ("general_law", "General law, binding on the states"),
                            ("federal_law", "Federal law"),
                            ("state_law", "State law"),
                            ("code", "Federal code"),
                            ("state_code", "State code"),
                            ("decree", "Decree or agreement"),
                            ("guidance", "Guidance or classification of an international body"),
                            ("treaty_body", "Document of a treaty body or rapporteur"),
                        ],
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                ("name", models.CharField(max_length=400, verbose_name="official title")),
                ("abbreviation", models.CharField(blank=True, max_length=60, verbose_name="abbreviation")),
                (
                    "area",
                    models.CharField(
                        blank=True,
                        help_text="Empty for what binds several countries.",
                        max_length=16,
                        verbose_name="where it holds",
                    ),
                ),
                ("symbol", models.CharField(blank=True, max_length=120, verbose_name="symbol or number")),
                ("adopted", models.DateField(blank=True, null=True, verbose_name="adopted or published on")),
                ("in_force", models.DateField(blank=True, null=True, verbose_name="in force since")),
                (
                    "ratified",
                    models.DateField(blank=True, null=True, verbose_name="ratified by the country on"),
                ),
                (
                    "ended",
                    models.DateField(
                        blank=True, help_text="Empty: it holds today.", null=True, verbose_name="ended on"
                    ),
                ),
                (
                    "dates_said",
                    models.CharField(
                        blank=True,
                        help_text="As the source says it, where the day is not known or there are several.",
                        max_length=300,
                        verbose_name="dates in words",
                    ),
                ),
                (
                    "replaced_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaces",
                        to="laws.instrument",
                        verbose_name="replaced by",
                    ),
                ),
                ("about", models.TextField(blank=True, max_length=2000, verbose_name="what it is about")),
                (
                    "address",
                    models.CharField(
                        blank=True,
                        max_length=300,
                        validators=[django.core.validators.URLValidator(["https", "http"])],
                        verbose_name="where it can be read",
                    ),
                ),
                ("source", models.CharField(max_length=250, verbose_name="source")),
                (
                    "evidence",
                    models.CharField(
                        help_text="How sure this is: read in the source, general knowledge to be confirmed, or inferred.",
                        max_length=200,
                        verbose_name="evidence",
                    ),
                ),
            ],
            options={
                "verbose_name": "treaty or law",
                "verbose_name_plural": "treaties and laws",
                "ordering": ("name",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "treaty",
                                    "general_law",
                                    "federal_law",
                                    "state_law",
                                    "code",
                                    "state_code",
                                    "decree",
                                    "guidance",
                                    "treaty_body",
                                ],
                            )
                        ),
                        name="instrument_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("area", ""), ("kind__in", ("treaty", "guidance", "treaty_body"))),
                            models.Q(
                                models.Q(("kind__in", ("treaty", "guidance", "treaty_body")), _negated=True),
                                models.Q(("area", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="instrument_lies_where_its_kind_says",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("adopted", None),
                            ("ended", None),
                            ("adopted__lte", models.F("ended")),
                            _connector="OR",
                        ),
                        name="instrument_days_in_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("replaced_by", None),
                            models.Q(("replaced_by", models.F("id")), _negated=True),
                            _connector="OR",
                        ),
                        name="instrument_does_not_replace_itself",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Article",
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
                    "instrument",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="articles",
                        to="laws.instrument",
                        verbose_name="treaty or law",
                    ),
                ),
                (
                    "number",
                    models.CharField(
                        help_text="As it is cited: 3(1)(a), 202 Bis.", max_length=60, verbose_name="article"
                    ),
                ),
                ("title", models.CharField(blank=True, max_length=300, verbose_name="what it is called")),
                (
                    "about",
                    models.TextField(
                        blank=True,
                        help_text="In your own words, not its text.",
                        max_length=2000,
                        verbose_name="what it says, in short",
                    ),
                ),
                ("source", models.CharField(max_length=250, verbose_name="source")),
                (
                    "evidence",
                    models.CharField(
                        help_text="How sure this is: read in the source, general knowledge to be confirmed, or inferred.",
                        max_length=200,
                        verbose_name="evidence",
                    ),
                ),
            ],
            options={
                "verbose_name": "article",
                "verbose_name_plural": "articles",
                "ordering": ("instrument", "number"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("instrument", "number"),
                        name="article_once",
                        violation_error_message="This article is entered already.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Amendment",
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
                    "instrument",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="amendments",
                        to="laws.instrument",
                        verbose_name="treaty or law",
                    ),
                ),
                ("title", models.CharField(max_length=300, verbose_name="title")),
                ("on", models.DateField(blank=True, null=True, verbose_name="published on")),
                ("in_force", models.DateField(blank=True, null=True, verbose_name="in force since")),
                (
                    "dates_said",
                    models.CharField(
                        blank=True,
                        help_text="As the source says it, where the day is not known or there are several.",
                        max_length=300,
                        verbose_name="dates in words",
                    ),
                ),
                ("articles", models.CharField(blank=True, max_length=200, verbose_name="articles")),
                ("changed", models.TextField(max_length=3000, verbose_name="what changed")),
                ("source", models.CharField(max_length=250, verbose_name="source")),
                (
                    "evidence",
                    models.CharField(
                        help_text="How sure this is: read in the source, general knowledge to be confirmed, or inferred.",
                        max_length=200,
                        verbose_name="evidence",
                    ),
                ),
            ],
            options={
                "verbose_name": "amendment",
                "verbose_name_plural": "amendments",
                "ordering": ("-on", "title"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("on__isnull", False),
                            models.Q(("dates_said", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="amendment_has_a_date_or_says_why_not",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("on", None),
                            ("in_force", None),
                            ("on__lte", models.F("in_force")),
                            _connector="OR",
                        ),
                        name="amendment_days_in_order",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Penalty",
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
                    "offence",
                    models.SlugField(
                        help_text="The same for the same offence everywhere: csam, sectt.",
                        max_length=60,
                        verbose_name="offence, short name",
                    ),
                ),
                ("called", models.CharField(max_length=300, verbose_name="what the law calls it")),
                ("area", models.CharField(max_length=16, verbose_name="where it holds")),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="penalties",
                        to="laws.article",
                        verbose_name="article",
                    ),
                ),
                (
                    "min_years",
                    models.DecimalField(
                        decimal_places=2,
                        max_digits=5,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(150),
                        ],
                        verbose_name="least years of prison",
                    ),
                ),
                (
                    "max_years",
                    models.DecimalField(
                        decimal_places=2,
                        max_digits=5,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(150),
                        ],
                        verbose_name="most years of prison",
                    ),
                ),
                (
                    "min_fine_days",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="least days of fine"),
                ),
                (
                    "max_fine_days",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="most days of fine"),
                ),
                ("since", models.DateField(verbose_name="since")),
                (
                    "until",
                    models.DateField(
                        blank=True, help_text="Empty: it is the law today.", null=True, verbose_name="until"
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=500, verbose_name="note")),
                ("source", models.CharField(max_length=250, verbose_name="source")),
                (
                    "evidence",
                    models.CharField(
                        help_text="How sure this is: read in the source, general knowledge to be confirmed, or inferred.",
                        max_length=200,
                        verbose_name="evidence",
                    ),
                ),
            ],
            options={
                "verbose_name": "penalty",
                "verbose_name_plural": "penalties",
                "ordering": ("offence", "area", "since"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("offence", "area", "article", "since"),
                        name="penalty_once",
                        violation_error_message="This penalty is entered already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("min_years__gte", 0), ("min_years__lte", models.F("max_years"))),
                        name="penalty_years_in_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("max_fine_days", None), ("min_fine_days", None)),
                            models.Q(
                                ("max_fine_days__gte", models.F("min_fine_days")),
                                ("max_fine_days__isnull", False),
                                ("min_fine_days__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="penalty_fine_in_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until", None), ("since__lte", models.F("until")), _connector="OR"
                        ),
                        name="penalty_days_in_order",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Proposal",
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
                ("title", models.CharField(max_length=300, verbose_name="title")),
                (
                    "instrument",
                    models.ForeignKey(
                        blank=True,
                        help_text="Empty: it would be a new law.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="proposals",
                        to="laws.instrument",
                        verbose_name="law to be changed",
                    ),
                ),
                ("area", models.CharField(max_length=16, verbose_name="where it would hold")),
                (
                    "sponsor",
                    models.CharField(
                        help_text="The body, group or office, as it is published.",
                        max_length=200,
                        verbose_name="who proposes it",
                    ),
                ),
                (
                    "text",
                    models.TextField(
                        help_text="What would be changed, word for word or in short.",
                        max_length=20000,
                        verbose_name="text",
                    ),
                ),
                ("why", models.TextField(blank=True, max_length=3000, verbose_name="why")),
                (
                    "address",
                    models.CharField(
                        blank=True,
                        max_length=300,
                        validators=[django.core.validators.URLValidator(["https", "http"])],
                        verbose_name="where it can be read",
                    ),
                ),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("draft", "Being drafted"),
                            ("introduced", "Introduced"),
                            ("committee", "In committee"),
                            ("first_chamber", "Before the first chamber, or the only one"),
                            ("second_chamber", "Before the second chamber"),
                            ("approved", "Approved, not published yet"),
                            ("published", "Published: it is law"),
                            ("rejected", "Rejected"),
                            ("withdrawn", "Withdrawn"),
                            ("lapsed", "Lapsed without a vote"),
                        ],
                        default="draft",
                        max_length=16,
                        verbose_name="stage",
                    ),
                ),
                ("stage_on", models.DateField(verbose_name="in this stage since")),
                (
                    "position",
                    models.CharField(
                        choices=[
                            ("none", "Not decided yet"),
                            ("support", "We support it"),
                            ("with_changes", "We support it with changes"),
                            ("oppose", "We oppose it"),
                        ],
                        default="none",
                        max_length=16,
                        verbose_name="our position",
                    ),
                ),
                (
                    "position_why",
                    models.TextField(blank=True, max_length=3000, verbose_name="why we think so"),
                ),
                ("next_on", models.DateField(blank=True, null=True, verbose_name="next date")),
                ("next_what", models.CharField(blank=True, max_length=200, verbose_name="what happens then")),
                (
                    "result",
                    models.TextField(
                        blank=True, help_text="Once it is decided.", max_length=2000, verbose_name="result"
                    ),
                ),
            ],
            options={
                "verbose_name": "proposal for law reform",
                "verbose_name_plural": "proposals for law reform",
                "ordering": ("next_on", "title"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "stage__in",
                                [
                                    "draft",
                                    "introduced",
                                    "committee",
                                    "first_chamber",
                                    "second_chamber",
                                    "approved",
                                    "published",
                                    "rejected",
                                    "withdrawn",
                                    "lapsed",
                                ],
                            )
                        ),
                        name="proposal_stage_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("position__in", ["none", "support", "with_changes", "oppose"])),
                        name="proposal_position_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("next_on", None), ("next_what", "")),
                            models.Q(("next_on__isnull", False), models.Q(("next_what", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="proposal_next_date_says_what",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "stage__in",
                                (
                                    "draft",
                                    "introduced",
                                    "committee",
                                    "first_chamber",
                                    "second_chamber",
                                    "approved",
                                ),
                            ),
                            models.Q(models.Q(("result", ""), _negated=True), ("next_on", None)),
                            _connector="OR",
                        ),
                        name="proposal_ended_has_a_result",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("position", "none"),
                            models.Q(("position_why", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="proposal_position_says_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("next_on", None), ("next_on__gte", models.F("stage_on")), _connector="OR"
                        ),
                        name="proposal_days_in_order",
                    ),
                ],
                "indexes": [models.Index(fields=["stage", "next_on"], name="proposal_by_next_date")],
            },
        ),
        migrations.CreateModel(
            name="Study",
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
                ("title", models.CharField(max_length=400, verbose_name="title")),
                ("who", models.CharField(max_length=250, verbose_name="who did it")),
                (
                    "year",
                    models.PositiveSmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(1900),
                            django.core.validators.MaxValueValidator(2100),
                        ],
                        verbose_name="year",
                    ),
                ),
                ("about", models.TextField(blank=True, max_length=2000, verbose_name="what it asks")),
                ("method", models.TextField(blank=True, max_length=2000, verbose_name="method")),
                (
                    "children_took_part",
                    models.BooleanField(default=False, verbose_name="children or young people took part"),
                ),
                ("found", models.TextField(blank=True, max_length=3000, verbose_name="what it found")),
                (
                    "address",
                    models.CharField(
                        blank=True,
                        max_length=300,
                        validators=[django.core.validators.URLValidator(["https", "http"])],
                        verbose_name="where it can be read",
                    ),
                ),
                (
                    "ethics",
                    models.CharField(
                        choices=[
                            ("approved", "Approved by a committee"),
                            ("not_stated", "No approval is stated"),
                            ("none", "Done without approval"),
                            ("not_needed", "No people were asked: documents or figures only"),
                            ("requested", "Asked for, not decided yet"),
                        ],
                        default="not_stated",
                        max_length=12,
                        verbose_name="approval on ethics",
                    ),
                ),
                ("approved_by", models.CharField(blank=True, max_length=200, verbose_name="approved by")),
                (
                    "approval_number",
                    models.CharField(blank=True, max_length=80, verbose_name="number of the approval"),
                ),
                ("approved_on", models.DateField(blank=True, null=True, verbose_name="day of the approval")),
                ("source", models.CharField(max_length=250, verbose_name="source")),
                (
                    "evidence",
                    models.CharField(
                        help_text="How sure this is: read in the source, general knowledge to be confirmed, or inferred.",
                        max_length=200,
                        verbose_name="evidence",
                    ),
                ),
            ],
            options={
                "verbose_name": "study",
                "verbose_name_plural": "studies",
                "ordering": ("-year", "title"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ethics__in", ["approved", "not_stated", "none", "not_needed", "requested"])
                        ),
                        name="study_ethics_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("approved_on__isnull", False),
                                ("ethics", "approved"),
                                models.Q(("approved_by", ""), _negated=True),
                                models.Q(("approval_number", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(("ethics", "approved"), _negated=True),
                                ("approval_number", ""),
                                ("approved_by", ""),
                                ("approved_on", None),
                            ),
                            _connector="OR",
                        ),
                        name="study_approval_whole_or_none",
                    ),
                ],
            },
        ),
    ]

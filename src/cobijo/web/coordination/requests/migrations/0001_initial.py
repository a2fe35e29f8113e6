import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0003_organisation_kinds"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("groups", "0001_initial"),
        ("networks", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Request",
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
                ("title", models.CharField(max_length=160, verbose_name="what is asked, in one line")),
                (
                    "text",
                    models.TextField(
                        help_text="Patterns and places, never a child: no name, no date of birth, no id.",
                        max_length=20000,
                        verbose_name="text of the request",
                    ),
                ),
                (
                    "legal_ground",
                    models.CharField(
                        blank=True,
                        help_text="Laws and articles that oblige the authority.",
                        max_length=400,
                        verbose_name="legal ground",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                        verbose_name="who asks",
                    ),
                ),
                (
                    "addressee",
                    models.ForeignKey(
                        blank=True,
                        help_text="Add it to the register of organisations if it is not there.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                        verbose_name="authority",
                    ),
                ),
                (
                    "area",
                    models.CharField(
                        blank=True,
                        help_text="Empty: a federal authority or the whole country.",
                        max_length=16,
                        verbose_name="state",
                    ),
                ),
                (
                    "public",
                    models.BooleanField(
                        default=False,
                        help_text="Everybody who signs in may read it once it is sent. Else it is confidential.",
                        verbose_name="public",
                    ),
                ),
                (
                    "deadline",
                    models.CharField(
                        blank=True,
                        help_text="The row of the country pack that says how long they have. Empty: deadline unknown.",
                        max_length=40,
                        verbose_name="deadline",
                    ),
                ),
                (
                    "ask_again_on",
                    models.DateField(
                        blank=True,
                        help_text="Your own day, for where the law gives none or gives a long time.",
                        null=True,
                        verbose_name="we ask again on",
                    ),
                ),
                (
                    "decision",
                    models.ForeignKey(
                        blank=True,
                        help_text="The decision of a group that it carries out.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="requests",
                        to="groups.decision",
                        verbose_name="decision",
                    ),
                ),
                ("pattern", models.CharField(editable=False, max_length=64, null=True, unique=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "draft"),
                            ("sent", "sent"),
                            ("acknowledged", "received"),
                            ("answered", "answered"),
                            ("graded", "answer graded"),
                            ("escalated", "escalated"),
                            ("closed", "closed"),
                        ],
                        default="draft",
                        editable=False,
                        max_length=12,
                        verbose_name="state",
                    ),
                ),
                ("sent_on", models.DateField(editable=False, null=True, verbose_name="sent on")),
                ("due_on", models.DateField(editable=False, null=True, verbose_name="answer due on")),
                ("acknowledged_on", models.DateField(editable=False, null=True, verbose_name="received on")),
                ("answered_on", models.DateField(editable=False, null=True, verbose_name="answered on")),
                (
                    "answer",
                    models.TextField(blank=True, editable=False, max_length=20000, verbose_name="answer"),
                ),
                (
                    "grade",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("full", "answered in full"),
                            ("part", "answered in part"),
                            ("refused", "refused"),
                            ("silence", "silence"),
                        ],
                        editable=False,
                        max_length=8,
                        verbose_name="grade of the answer",
                    ),
                ),
                (
                    "grade_reason",
                    models.CharField(
                        blank=True, editable=False, max_length=600, verbose_name="why this grade"
                    ),
                ),
                ("closed_on", models.DateField(editable=False, null=True, verbose_name="closed on")),
                (
                    "outcome",
                    models.CharField(
                        blank=True, editable=False, max_length=600, verbose_name="what came of it"
                    ),
                ),
                (
                    "moved_on",
                    models.DateField(
                        default=django.utils.timezone.localdate, editable=False, verbose_name="moved last on"
                    ),
                ),
                ("looked_at", models.DateTimeField(editable=False, null=True)),
                (
                    "withheld_on",
                    models.DateField(editable=False, null=True, verbose_name="taken from the public on"),
                ),
            ],
            options={
                "verbose_name": "request to an authority",
                "verbose_name_plural": "requests to authorities",
                "ordering": ("-pk",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                [
                                    "draft",
                                    "sent",
                                    "acknowledged",
                                    "answered",
                                    "graded",
                                    "escalated",
                                    "closed",
                                ],
                            )
                        ),
                        name="request_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ("draft", "closed")),
                            models.Q(
                                ("addressee__isnull", False),
                                ("organisation__isnull", False),
                                ("sent_on__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="request_sent_by_somebody_to_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("grade", ""), ("grade_reason", "")),
                            models.Q(
                                ("grade__in", ["full", "part", "refused", "silence"]),
                                models.Q(("grade_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="request_graded_with_a_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "graded"), _negated=True),
                            models.Q(("grade", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="request_graded_has_a_grade",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answered_on", None), ("answer", "")),
                            models.Q(("answered_on__isnull", False), models.Q(("answer", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="request_answer_has_its_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("closed_on__isnull", False),
                                ("state", "closed"),
                                models.Q(("outcome", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(("state", "closed"), _negated=True),
                                ("closed_on", None),
                                ("outcome", ""),
                            ),
                            _connector="OR",
                        ),
                        name="request_closed_with_an_outcome",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("due_on", None), ("due_on__gte", models.F("sent_on")), _connector="OR"
                        ),
                        name="request_days_in_order",
                    ),
                ],
                "indexes": [
                    models.Index(
                        condition=models.Q(("state__in", ["sent", "acknowledged", "escalated"])),
                        fields=["due_on"],
                        name="requests_waiting",
                    ),
                    models.Index(fields=["organisation", "state"], name="requests_of_organisation"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Escalation",
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
                    "request",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="escalations",
                        to="requests.request",
                        verbose_name="request",
                    ),
                ),
                ("rung", models.CharField(editable=False, max_length=40, verbose_name="rung")),
                ("number", models.PositiveSmallIntegerField(editable=False, verbose_name="height")),
                ("to", models.CharField(editable=False, max_length=200, verbose_name="to whom")),
                ("on", models.DateField(editable=False, verbose_name="day")),
                ("answer_by", models.DateField(editable=False, null=True, verbose_name="answer expected by")),
                (
                    "note",
                    models.TextField(
                        blank=True, editable=False, max_length=4000, verbose_name="what was asked"
                    ),
                ),
            ],
            options={
                "verbose_name": "escalation",
                "verbose_name_plural": "escalations",
                "ordering": ("number", "pk"),
                "constraints": [
                    models.UniqueConstraint(fields=("request", "rung"), name="rung_climbed_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("answer_by", None), ("answer_by__gte", models.F("on")), _connector="OR"
                        ),
                        name="escalation_days_in_order",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PublicRequest",
            fields=[],
            options={
                "verbose_name": "public request",
                "verbose_name_plural": "public requests",
                "ordering": ("-sent_on", "-pk"),
                "proxy": True,
                "indexes": [],
                "constraints": [],
            },
            bases=("requests.request",),
        ),
        migrations.CreateModel(
            name="Support",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "escalation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="supports",
                        to="requests.escalation",
                    ),
                ),
                (
                    "membership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="networks.membership",
                    ),
                ),
                ("agreed_on", models.DateField(verbose_name="agreed on")),
            ],
            options={
                "verbose_name": "support",
                "verbose_name_plural": "support",
                "constraints": [
                    models.UniqueConstraint(fields=("escalation", "membership"), name="support_once")
                ],
            },
        ),
    ]

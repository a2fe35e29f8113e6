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
            name="Group",
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
                ("name", models.CharField(max_length=200, unique=True, verbose_name="name")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("mechanism", "National mechanism"),
                            ("regional", "Regional working group"),
                            ("committee", "Committee"),
                            ("children", "Children’s forum"),
                        ],
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                (
                    "mandate",
                    models.TextField(
                        help_text="What it is for, in your words.", max_length=2000, verbose_name="mandate"
                    ),
                ),
                (
                    "legal_ground",
                    models.CharField(
                        blank=True,
                        help_text="Law and article, or the agreement that set it up. Empty: none is known.",
                        max_length=300,
                        verbose_name="legal ground",
                    ),
                ),
                (
                    "area",
                    models.CharField(
                        blank=True, help_text="Empty: the whole country.", max_length=16, verbose_name="state"
                    ),
                ),
                (
                    "cadence_months",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="How often the mandate says that it meets. Empty: the mandate does not say.",
                        null=True,
                        verbose_name="meets every … months",
                    ),
                ),
                (
                    "since",
                    models.DateField(
                        help_text="The cadence is counted from here until it first meets.",
                        verbose_name="since",
                    ),
                ),
                (
                    "until",
                    models.DateField(
                        blank=True, help_text="Empty: it exists today.", null=True, verbose_name="until"
                    ),
                ),
                ("source", models.CharField(blank=True, max_length=250, verbose_name="source")),
            ],
            options={
                "verbose_name": "group",
                "verbose_name_plural": "groups",
                "ordering": ("name",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["mechanism", "regional", "committee", "children"])),
                        name="group_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("cadence_months", None),
                            models.Q(("cadence_months__gte", 1), ("cadence_months__lte", 120)),
                            _connector="OR",
                        ),
                        name="group_cadence_possible",
                        violation_error_message="Give the cadence in months, from 1 to 120.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until", None), ("since__lte", models.F("until")), _connector="OR"
                        ),
                        name="group_days_in_order",
                        violation_error_message="A group cannot end before it began.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Meeting",
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
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="meetings",
                        to="groups.group",
                        verbose_name="group",
                    ),
                ),
                ("on", models.DateField(verbose_name="day")),
                (
                    "at",
                    models.TimeField(
                        blank=True, help_text="Empty: not fixed yet.", null=True, verbose_name="hour"
                    ),
                ),
                (
                    "place_kind",
                    models.CharField(
                        choices=[
                            ("in_person", "in person"),
                            ("remote", "by video or telephone"),
                            ("both", "in person and by video"),
                        ],
                        default="in_person",
                        max_length=12,
                        verbose_name="how",
                    ),
                ),
                ("place", models.CharField(blank=True, max_length=200, verbose_name="place")),
                ("agenda", models.TextField(blank=True, max_length=4000, verbose_name="agenda")),
                (
                    "minutes",
                    models.TextField(blank=True, editable=False, max_length=20000, verbose_name="minutes"),
                ),
                (
                    "reason",
                    models.CharField(
                        blank=True, editable=False, max_length=300, verbose_name="why it was cancelled"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("planned", "planned"), ("held", "held"), ("cancelled", "cancelled")],
                        default="planned",
                        editable=False,
                        max_length=12,
                        verbose_name="state",
                    ),
                ),
            ],
            options={
                "verbose_name": "meeting",
                "verbose_name_plural": "meetings",
                "ordering": ("-on", "-pk"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["planned", "held", "cancelled"])),
                        name="meeting_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("place_kind__in", ["in_person", "remote", "both"])),
                        name="meeting_place_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state", "held"), ("minutes", ""), _connector="OR"),
                        name="meeting_minutes_when_held",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "cancelled"), models.Q(("reason", ""), _negated=True)),
                            models.Q(models.Q(("state", "cancelled"), _negated=True), ("reason", "")),
                            _connector="OR",
                        ),
                        name="meeting_cancelled_for_a_reason",
                    ),
                ],
                "indexes": [models.Index(fields=["group", "state", "on"], name="meetings_of_a_group")],
            },
        ),
        migrations.CreateModel(
            name="Decision",
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
                    "meeting",
                    models.ForeignKey(
                        help_text="The meeting that decided it.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to="groups.meeting",
                        verbose_name="meeting",
                    ),
                ),
                ("text", models.CharField(max_length=600, verbose_name="what was decided")),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        help_text="The organisation that answers for it.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                        verbose_name="who does it",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        help_text="Somebody of that organisation who sees it among the own work.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="person",
                    ),
                ),
                ("due_on", models.DateField(verbose_name="until")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "open"),
                            ("under_way", "under way"),
                            ("done", "done"),
                            ("dropped", "dropped"),
                        ],
                        default="open",
                        max_length=12,
                        verbose_name="state",
                    ),
                ),
                (
                    "result",
                    models.CharField(
                        blank=True,
                        help_text="Needed where it is done or dropped: what was done, or why not.",
                        max_length=600,
                        verbose_name="what became of it",
                    ),
                ),
            ],
            options={
                "verbose_name": "decision",
                "verbose_name_plural": "decisions",
                "ordering": ("due_on", "pk"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["open", "under_way", "done", "dropped"])),
                        name="decision_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["open", "under_way"]),
                            models.Q(("result", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="decision_over_with_a_result",
                        violation_error_message="Say what became of it: what was done, or why it was dropped.",
                    ),
                ],
                "indexes": [
                    models.Index(
                        condition=models.Q(("state__in", ["open", "under_way"])),
                        fields=["organisation", "due_on"],
                        name="decisions_going_on",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Seat",
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
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="seats",
                        to="groups.group",
                        verbose_name="group",
                    ),
                ),
                (
                    "office",
                    models.CharField(
                        help_text="The office that sits there, not the person.",
                        max_length=160,
                        verbose_name="seat",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        help_text="Empty: the seat is vacant.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                        verbose_name="organisation",
                    ),
                ),
                (
                    "since",
                    models.DateField(
                        blank=True, help_text="Empty: not known.", null=True, verbose_name="since"
                    ),
                ),
                (
                    "until",
                    models.DateField(
                        blank=True, help_text="Empty: no term is set.", null=True, verbose_name="term ends"
                    ),
                ),
                (
                    "sent_list",
                    models.CharField(
                        choices=[
                            ("not_asked", "not asked for"),
                            ("waiting", "asked for, not sent"),
                            ("sent", "sent"),
                        ],
                        default="not_asked",
                        max_length=12,
                        verbose_name="list of the agency",
                    ),
                ),
            ],
            options={
                "verbose_name": "seat",
                "verbose_name_plural": "seats",
                "ordering": ("group", "office"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("sent_list__in", ["not_asked", "waiting", "sent"])),
                        name="seat_list_known",
                    ),
                    models.UniqueConstraint(
                        fields=("group", "office"),
                        name="seat_once",
                        violation_error_message="This group has this seat already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("since", None),
                            ("until", None),
                            ("since__lte", models.F("until")),
                            _connector="OR",
                        ),
                        name="seat_days_in_order",
                        violation_error_message="A term cannot end before it began.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("organisation__isnull", False), ("sent_list", "not_asked"), _connector="OR"
                        ),
                        name="seat_vacant_sends_no_list",
                        violation_error_message="Nobody sits there, so nobody can have been asked for a list.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Attendance",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="attendance",
                        to="groups.meeting",
                    ),
                ),
                (
                    "seat",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="groups.seat",
                        verbose_name="seat",
                    ),
                ),
                ("present", models.BooleanField(verbose_name="present")),
            ],
            options={
                "verbose_name": "attendance",
                "verbose_name_plural": "attendance",
                "constraints": [models.UniqueConstraint(fields=("meeting", "seat"), name="attendance_once")],
            },
        ),
    ]

import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import cobijo.web.care.children.models.child


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("access", "0001_initial"),
        ("accounts", "0002_attempt"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("children", "0002_guards"),
        ("services", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Case",
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
                    "scope",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="access.scope",
                        verbose_name="where it lies",
                    ),
                ),
                ("key_id", models.UUIDField(db_index=True, editable=False)),
                ("sealed", models.BinaryField()),
                ("sealed_version", models.PositiveIntegerField(default=0, editable=False)),
                (
                    "child",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="children.child",
                        verbose_name="child",
                    ),
                ),
                (
                    "code",
                    models.CharField(
                        default=cobijo.web.care.children.models.child.new_code,
                        editable=False,
                        max_length=12,
                        unique=True,
                        verbose_name="code",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "open"),
                            ("assessment", "being assessed"),
                            ("plan", "being planned"),
                            ("follow_up", "being followed up"),
                            ("transfer", "offered to another organisation"),
                            ("closed", "closed"),
                            ("reopened", "reopened"),
                        ],
                        default="open",
                        editable=False,
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("state_before", models.CharField(blank=True, editable=False, max_length=10)),
                ("area", models.CharField(max_length=16, verbose_name="state of the country")),
                (
                    "risk",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("immediate", "immediate"),
                            ("high", "high"),
                            ("medium", "medium"),
                            ("low", "low"),
                        ],
                        editable=False,
                        max_length=10,
                        verbose_name="risk",
                    ),
                ),
                (
                    "guardian",
                    models.CharField(
                        choices=[
                            ("unknown", "not clear yet"),
                            ("none", "there is none"),
                            ("trusted", "no sign of involvement"),
                            ("conflict", "conflict of interest"),
                            ("implicated", "may be implicated"),
                        ],
                        default="unknown",
                        max_length=10,
                        verbose_name="guardian",
                    ),
                ),
                ("opened_on", models.DateField(verbose_name="opened on")),
                (
                    "answer_by",
                    models.DateTimeField(editable=False, null=True, verbose_name="somebody must act by"),
                ),
                ("answered_at", models.DateTimeField(editable=False, null=True, verbose_name="acted on")),
                ("answer", models.CharField(blank=True, editable=False, max_length=12, verbose_name="how")),
                (
                    "offered_to",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                    ),
                ),
                ("closed_on", models.DateField(editable=False, null=True, verbose_name="closed on")),
                (
                    "closure",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("goals_met", "The goals of the plan are met"),
                            ("child_wishes", "The child wishes to end it"),
                            ("taken_on", "Another service has taken it on"),
                            ("returned", "Returned to another country"),
                            ("moved", "Moved away"),
                            ("lost_contact", "Lost contact"),
                            ("died", "The child died"),
                            ("not_a_case", "Looked into; no case"),
                            ("double", "Opened twice"),
                        ],
                        editable=False,
                        max_length=12,
                        verbose_name="why closed",
                    ),
                ),
                ("times_reopened", models.PositiveSmallIntegerField(default=0, editable=False)),
            ],
            options={
                "verbose_name": "case",
                "verbose_name_plural": "cases",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("state__in", ["open", "assessment", "plan", "follow_up", "transfer", "reopened"])
                        ),
                        fields=("child", "organisation"),
                        name="one_open_case_a_child",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                ["open", "assessment", "plan", "follow_up", "transfer", "closed", "reopened"],
                            )
                        ),
                        name="case_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("risk__in", ("", "immediate", "high", "medium", "low"))),
                        name="case_risk_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("closed_on__isnull", False),
                                ("state", "closed"),
                                models.Q(("closure", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(("state", "closed"), _negated=True),
                                ("closed_on", None),
                                ("closure", ""),
                            ),
                            _connector="OR",
                        ),
                        name="case_closed_with_day_and_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("offered_to__isnull", False),
                                ("state", "transfer"),
                                models.Q(("state_before", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(("state", "transfer"), _negated=True),
                                ("offered_to", None),
                                ("state_before", ""),
                            ),
                            _connector="OR",
                        ),
                        name="case_offered_to_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answer", ""), ("answered_at", None)),
                            models.Q(("answered_at__isnull", False), models.Q(("answer", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="case_answer_and_when",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("closed_on", None), ("closed_on__gte", models.F("opened_on")), _connector="OR"
                        ),
                        name="case_days_in_order",
                    ),
                ],
                "indexes": [
                    models.Index(fields=["scope", "state", "answer_by"], name="cases_of_a_place"),
                    models.Index(
                        condition=models.Q(("answered_at", None)),
                        fields=["answer_by"],
                        name="cases_unanswered",
                    ),
                    models.Index(fields=["organisation", "closed_on"], name="cases_closed"),
                ],
            },
        ),
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
                (
                    "scope",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="access.scope",
                        verbose_name="where it lies",
                    ),
                ),
                ("key_id", models.UUIDField(db_index=True, editable=False)),
                ("sealed", models.BinaryField()),
                ("sealed_version", models.PositiveIntegerField(default=0, editable=False)),
                (
                    "child",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="children.child",
                        verbose_name="child",
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cases.case",
                        verbose_name="case",
                    ),
                ),
                (
                    "risk",
                    models.CharField(
                        choices=[
                            ("immediate", "immediate"),
                            ("high", "high"),
                            ("medium", "medium"),
                            ("low", "low"),
                        ],
                        max_length=10,
                        verbose_name="risk",
                    ),
                ),
                ("assessed_on", models.DateField(verbose_name="assessed on")),
            ],
            options={
                "verbose_name": "assessment",
                "verbose_name_plural": "assessments",
            },
        ),
        migrations.CreateModel(
            name="Approval",
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
                    "scope",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="access.scope",
                        verbose_name="where it lies",
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="approvals", to="cases.case"
                    ),
                ),
                (
                    "child",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="children.child"
                    ),
                ),
                (
                    "what",
                    models.CharField(
                        choices=[
                            ("assessment", "assessment"),
                            ("plan", "plan"),
                            ("closure", "closure"),
                            ("return", "return to another country"),
                        ],
                        max_length=10,
                        verbose_name="what",
                    ),
                ),
                (
                    "closure",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("goals_met", "The goals of the plan are met"),
                            ("child_wishes", "The child wishes to end it"),
                            ("taken_on", "Another service has taken it on"),
                            ("returned", "Returned to another country"),
                            ("moved", "Moved away"),
                            ("lost_contact", "Lost contact"),
                            ("died", "The child died"),
                            ("not_a_case", "Looked into; no case"),
                            ("double", "Opened twice"),
                        ],
                        max_length=12,
                        verbose_name="reason of closure",
                    ),
                ),
                (
                    "verdict",
                    models.CharField(
                        choices=[
                            ("asked", "waits for the supervisor"),
                            ("approved", "approved"),
                            ("sent_back", "sent back"),
                        ],
                        default="asked",
                        max_length=10,
                        verbose_name="answer",
                    ),
                ),
                (
                    "remark",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("safety", "Safety first: there is no plan for tonight"),
                            ("wishes", "The child’s own wishes are missing"),
                            ("goals", "Goals, services or days are unclear"),
                            ("links", "Siblings or other children at risk are not looked at"),
                            ("other", "Let us talk about it"),
                        ],
                        max_length=10,
                        verbose_name="remark",
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("asked_at", models.DateTimeField(auto_now_add=True)),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("decided_at", models.DateTimeField(null=True)),
                ("used", models.BooleanField(default=False)),
            ],
            options={
                "verbose_name": "approval",
                "verbose_name_plural": "approvals",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("verdict", "asked")),
                        fields=("case", "what"),
                        name="approval_asked_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at", None), ("decided_by", None), ("verdict", "asked")),
                            models.Q(
                                models.Q(("verdict", "asked"), _negated=True),
                                ("decided_at__isnull", False),
                                ("decided_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="approval_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decided_by", None),
                            models.Q(("decided_by", models.F("asked_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="nobody_approves_oneself",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CaseRevision",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=40)),
                ("record_id", models.BigIntegerField()),
                ("number", models.PositiveIntegerField()),
                ("at", models.DateTimeField(verbose_name="when")),
                ("account_id", models.BigIntegerField(verbose_name="who")),
                ("action", models.CharField(max_length=10, verbose_name="what")),
                ("values", models.JSONField()),
                (
                    "scope",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="access.scope"
                    ),
                ),
                ("key_id", models.UUIDField(db_index=True)),
                ("sealed", models.BinaryField()),
                ("sealed_version", models.PositiveIntegerField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("kind", "record_id", "number"), name="one_case_revision_a_version"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Determination",
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
                    "scope",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="access.scope",
                        verbose_name="where it lies",
                    ),
                ),
                ("key_id", models.UUIDField(db_index=True, editable=False)),
                ("sealed", models.BinaryField()),
                ("sealed_version", models.PositiveIntegerField(default=0, editable=False)),
                (
                    "child",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="children.child",
                        verbose_name="child",
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cases.case",
                        verbose_name="case",
                    ),
                ),
                ("decided_on", models.DateField(verbose_name="decided on")),
                ("body", models.CharField(max_length=160, verbose_name="deciding body")),
                ("heard", models.BooleanField(verbose_name="the child was heard")),
                ("represented", models.BooleanField(verbose_name="an independent representative took part")),
                ("may_return", models.BooleanField(verbose_name="return is in the child’s best interest")),
                (
                    "consular",
                    models.CharField(
                        choices=[("no", "no contact"), ("wanted", "safe, and the child wants it")],
                        max_length=8,
                        verbose_name="contact with the consulate",
                    ),
                ),
            ],
            options={
                "verbose_name": "best-interest determination",
                "verbose_name_plural": "best-interest determinations",
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
                ("case_id", models.BigIntegerField()),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
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
                ("stage", models.PositiveSmallIntegerField()),
                ("unmet_since", models.DateTimeField()),
                ("at", models.DateTimeField(auto_now_add=True)),
                ("ended_at", models.DateTimeField(null=True)),
            ],
            options={
                "verbose_name": "unmet risk clock",
                "verbose_name_plural": "unmet risk clocks",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("case_id", "unmet_since", "account"), name="told_once_a_clock"
                    )
                ],
                "indexes": [
                    models.Index(
                        condition=models.Q(("ended_at", None)),
                        fields=["account"],
                        name="escalations_of_a_person",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="FollowUp",
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
                    "scope",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="access.scope",
                        verbose_name="where it lies",
                    ),
                ),
                ("key_id", models.UUIDField(db_index=True, editable=False)),
                ("sealed", models.BinaryField()),
                ("sealed_version", models.PositiveIntegerField(default=0, editable=False)),
                (
                    "child",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="children.child",
                        verbose_name="child",
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cases.case",
                        verbose_name="case",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("visit", "visit"),
                            ("call", "call"),
                            ("meeting", "meeting"),
                            ("service", "word from a service"),
                        ],
                        max_length=8,
                        verbose_name="how",
                    ),
                ),
                ("planned_on", models.DateField(verbose_name="planned on")),
                (
                    "met",
                    models.CharField(
                        choices=[
                            ("planned", "planned"),
                            ("met", "took place"),
                            ("not_found", "child not found"),
                            ("declined", "the child declined"),
                            ("put_off", "put off"),
                        ],
                        default="planned",
                        max_length=10,
                        verbose_name="what came of it",
                    ),
                ),
                ("done_on", models.DateField(blank=True, null=True, verbose_name="took place on")),
            ],
            options={
                "verbose_name": "follow-up",
                "verbose_name_plural": "follow-ups",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("done_on", None), ("met", "planned")),
                            models.Q(("met", "planned"), _negated=True),
                            _connector="OR",
                        ),
                        name="follow_up_still_planned",
                    )
                ],
                "indexes": [
                    models.Index(
                        condition=models.Q(("met", "planned")),
                        fields=["scope", "planned_on"],
                        name="follow_ups_planned",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Outcome",
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
                    "scope",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="access.scope",
                        verbose_name="where it lies",
                    ),
                ),
                ("key_id", models.UUIDField(db_index=True, editable=False)),
                ("sealed", models.BinaryField()),
                ("sealed_version", models.PositiveIntegerField(default=0, editable=False)),
                (
                    "child",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="children.child",
                        verbose_name="child",
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cases.case",
                        verbose_name="case",
                    ),
                ),
                (
                    "month",
                    models.PositiveSmallIntegerField(
                        choices=[(3, "3"), (6, "6"), (12, "12")], verbose_name="months after closure"
                    ),
                ),
                ("closed_on", models.DateField(editable=False)),
                ("asked_on", models.DateField(verbose_name="asked on")),
                ("lost_contact", models.BooleanField(default=False, verbose_name="lost contact")),
                ("safe", models.BooleanField(blank=True, null=True, verbose_name="safe")),
                ("housed", models.BooleanField(blank=True, null=True, verbose_name="housed")),
                (
                    "school_or_work",
                    models.BooleanField(blank=True, null=True, verbose_name="in school or at work"),
                ),
                (
                    "own_rating",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(5),
                        ],
                        verbose_name="the child’s own rating, 1 to 5",
                    ),
                ),
            ],
            options={
                "verbose_name": "outcome",
                "verbose_name_plural": "outcomes",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("case", "closed_on", "month"), name="outcome_once_a_month"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("month__in", (3, 6, 12))), name="outcome_month_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("lost_contact", False),
                            models.Q(
                                ("housed", None),
                                ("own_rating", None),
                                ("safe", None),
                                ("school_or_work", None),
                            ),
                            _connector="OR",
                        ),
                        name="outcome_lost_says_nothing_else",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("own_rating", None),
                            models.Q(("own_rating__gte", 1), ("own_rating__lte", 5)),
                            _connector="OR",
                        ),
                        name="outcome_rating",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PlanItem",
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
                    "scope",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="access.scope",
                        verbose_name="where it lies",
                    ),
                ),
                ("key_id", models.UUIDField(db_index=True, editable=False)),
                ("sealed", models.BinaryField()),
                ("sealed_version", models.PositiveIntegerField(default=0, editable=False)),
                (
                    "child",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="children.child",
                        verbose_name="child",
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cases.case",
                        verbose_name="case",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("care", "plan of the case"),
                            ("urgent", "urgent measure"),
                            ("restitution", "plan to restore rights"),
                            ("return", "return to another country"),
                        ],
                        default="care",
                        max_length=12,
                        verbose_name="plan",
                    ),
                ),
                (
                    "service",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="services.service",
                        verbose_name="service",
                    ),
                ),
                ("office", models.CharField(blank=True, max_length=40, verbose_name="protection office")),
                (
                    "doer",
                    models.CharField(
                        choices=[
                            ("child", "the child"),
                            ("worker", "caseworker"),
                            ("service", "the service"),
                            ("representative", "representative"),
                            ("office", "protection office"),
                        ],
                        max_length=16,
                        verbose_name="who",
                    ),
                ),
                ("due_on", models.DateField(verbose_name="until")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("planned", "planned"),
                            ("doing", "under way"),
                            ("done", "done"),
                            ("dropped", "dropped"),
                        ],
                        default="planned",
                        max_length=8,
                        verbose_name="how far",
                    ),
                ),
                ("done_on", models.DateField(blank=True, null=True, verbose_name="done on")),
            ],
            options={
                "verbose_name": "line of the plan",
                "verbose_name_plural": "lines of the plan",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("done_on__isnull", False), ("state", "done")),
                            models.Q(models.Q(("state", "done"), _negated=True), ("done_on", None)),
                            _connector="OR",
                        ),
                        name="plan_item_done_on_a_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", ("care", "return")),
                            models.Q(("office", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="plan_item_names_the_office",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SafetyPlan",
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
                    "scope",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="access.scope",
                        verbose_name="where it lies",
                    ),
                ),
                ("key_id", models.UUIDField(db_index=True, editable=False)),
                ("sealed", models.BinaryField()),
                ("sealed_version", models.PositiveIntegerField(default=0, editable=False)),
                (
                    "child",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="children.child",
                        verbose_name="child",
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cases.case",
                        verbose_name="case",
                    ),
                ),
                ("good_until", models.DateField(verbose_name="look at it again by")),
            ],
            options={
                "verbose_name": "safety plan",
                "verbose_name_plural": "safety plans",
            },
        ),
        migrations.CreateModel(
            name="Sibling",
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
                    "scope",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="access.scope",
                        verbose_name="where it lies",
                    ),
                ),
                ("key_id", models.UUIDField(db_index=True, editable=False)),
                ("sealed", models.BinaryField()),
                ("sealed_version", models.PositiveIntegerField(default=0, editable=False)),
                (
                    "child",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="children.child",
                        verbose_name="child",
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cases.case",
                        verbose_name="case",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("sibling", "brother or sister"),
                            ("own_child", "the child’s own child"),
                            ("same_place", "another child in the same situation"),
                        ],
                        max_length=10,
                        verbose_name="relation",
                    ),
                ),
                ("at_risk", models.BooleanField(blank=True, null=True, verbose_name="at risk")),
                (
                    "record",
                    models.BigIntegerField(blank=True, null=True, verbose_name="record of that child"),
                ),
            ],
            options={
                "verbose_name": "other child at risk",
                "verbose_name_plural": "other children at risk",
            },
        ),
        migrations.CreateModel(
            name="Task",
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
                    "scope",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="access.scope",
                        verbose_name="where it lies",
                    ),
                ),
                ("key_id", models.UUIDField(db_index=True, editable=False)),
                ("sealed", models.BinaryField()),
                ("sealed_version", models.PositiveIntegerField(default=0, editable=False)),
                (
                    "child",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="children.child",
                        verbose_name="child",
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cases.case",
                        verbose_name="case",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("call", "Call or visit the child"),
                            ("arrange", "Arrange a service"),
                            ("report", "Report to the authority"),
                            ("represent", "Find a legal representative"),
                            ("document", "Papers"),
                            ("sibling", "Look after a sibling"),
                            ("other", "Other"),
                        ],
                        max_length=10,
                        verbose_name="what",
                    ),
                ),
                ("due_on", models.DateField(verbose_name="due on")),
                (
                    "risk",
                    models.CharField(
                        choices=[
                            ("immediate", "immediate"),
                            ("high", "high"),
                            ("medium", "medium"),
                            ("low", "low"),
                        ],
                        default="low",
                        max_length=10,
                        verbose_name="risk",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "open"), ("done", "done"), ("dropped", "not needed any more")],
                        default="open",
                        max_length=8,
                        verbose_name="how far",
                    ),
                ),
            ],
            options={
                "verbose_name": "task",
                "verbose_name_plural": "tasks",
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "open")),
                        fields=["scope", "due_on"],
                        name="tasks_of_a_place",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Transfer",
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
                    "scope",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="access.scope",
                        verbose_name="where it lies",
                    ),
                ),
                ("case_id", models.BigIntegerField(unique=True)),
                (
                    "sender",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                    ),
                ),
                ("ground", models.CharField(max_length=60, verbose_name="consent or legal basis")),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("moves", "The child moves"),
                            ("needs", "Needs that we cannot meet"),
                            ("conflict", "Conflict of interest here"),
                            ("cross_border", "Across a border"),
                            ("closing", "Our service ends"),
                        ],
                        max_length=12,
                        verbose_name="reason",
                    ),
                ),
                ("area", models.CharField(max_length=16, verbose_name="state of the country")),
                (
                    "risk",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("immediate", "immediate"),
                            ("high", "high"),
                            ("medium", "medium"),
                            ("low", "low"),
                        ],
                        max_length=10,
                        verbose_name="risk",
                    ),
                ),
                ("age_band", models.CharField(max_length=8, verbose_name="age")),
                ("needs", models.JSONField(default=list, verbose_name="needs")),
                ("reply_by", models.DateTimeField(verbose_name="reply by")),
            ],
            options={
                "verbose_name": "offered case",
                "verbose_name_plural": "offered cases",
            },
        ),
    ]

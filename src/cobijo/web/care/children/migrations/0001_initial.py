import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import cobijo.web.care.children.models.child


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("access", "0001_initial"),
        ("accounts", "0002_attempt"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="FieldCount",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("counted_at", models.DateTimeField(null=True, verbose_name="counted")),
                ("failed_at", models.DateTimeField(null=True)),
                ("filled", models.JSONField(default=list)),
                (
                    "organisation",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="accounts.organisation",
                    ),
                ),
            ],
            options={
                "verbose_name": "count of filled fields",
                "verbose_name_plural": "counts of filled fields",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("counted_at__isnull", False), ("failed_at__isnull", False), _connector="OR"
                        ),
                        name="field_count_was_tried",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Child",
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
                    "age_known",
                    models.CharField(
                        choices=[
                            ("known", "Known"),
                            ("estimated", "Estimated"),
                            ("unknown", "Unknown"),
                            ("disputed", "Disputed"),
                        ],
                        default="unknown",
                        max_length=10,
                        verbose_name="age is",
                    ),
                ),
                (
                    "hold",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("proceedings", "Proceedings under way"),
                            ("complaint", "Complaint about staff"),
                            ("order", "Order of a court"),
                            ("child_asked", "The child asked for it"),
                        ],
                        max_length=12,
                        verbose_name="legal hold",
                    ),
                ),
                ("hold_at", models.DateTimeField(editable=False, null=True, verbose_name="held since")),
                (
                    "hold_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("keep_until", models.DateField(editable=False, null=True, verbose_name="kept until")),
                ("erased_at", models.DateTimeField(editable=False, null=True, verbose_name="erased")),
            ],
            options={
                "verbose_name": "child",
                "verbose_name_plural": "children",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("age_known__in", ["known", "estimated", "unknown", "disputed"])),
                        name="child_age_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("hold", ""), ("hold_at", None)),
                            models.Q(models.Q(("hold", ""), _negated=True), ("hold_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="child_hold_has_its_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("erased_at", None), ("hold", ""), _connector="OR"),
                        name="child_under_hold_is_not_erased",
                    ),
                ],
                "indexes": [models.Index(fields=["keep_until"], name="children_to_review")],
            },
        ),
        migrations.CreateModel(
            name="ChildRevision",
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
                        fields=("kind", "record_id", "number"), name="one_child_revision_a_version"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Concern",
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
                    "code",
                    models.CharField(
                        default=cobijo.web.care.children.models.child.new_code,
                        editable=False,
                        max_length=12,
                        unique=True,
                        verbose_name="hand-over code",
                    ),
                ),
                (
                    "noticer",
                    models.CharField(
                        choices=[
                            ("health", "Health worker"),
                            ("education", "School"),
                            ("social", "Social worker"),
                            ("helpline", "Help line"),
                            ("justice", "Justice or police"),
                            ("tourism", "Travel and tourism staff"),
                            ("online", "Online service"),
                            ("family", "Family"),
                            ("child", "The child"),
                            ("community", "Somebody nearby"),
                            ("other", "Other"),
                        ],
                        max_length=10,
                        verbose_name="who noticed",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                        verbose_name="organisation that noticed",
                    ),
                ),
                ("signs", models.JSONField(blank=True, default=list, verbose_name="signs")),
                ("noticed_on", models.DateField(verbose_name="noticed on")),
                ("area", models.CharField(max_length=16, verbose_name="state")),
                (
                    "urgency",
                    models.CharField(
                        choices=[
                            ("now", "In danger now"),
                            ("today", "Today"),
                            ("days", "Within days"),
                            ("can_wait", "Can wait"),
                        ],
                        max_length=8,
                        verbose_name="urgency",
                    ),
                ),
                (
                    "age_band",
                    models.CharField(
                        choices=[
                            ("0-5", "0 to 5"),
                            ("6-11", "6 to 11"),
                            ("12-14", "12 to 14"),
                            ("15-17", "15 to 17"),
                            ("18+", "18 or older"),
                            ("unknown", "Not known"),
                        ],
                        default="unknown",
                        max_length=8,
                        verbose_name="age",
                    ),
                ),
                (
                    "material_shown",
                    models.BooleanField(default=False, verbose_name="abuse material was shown or mentioned"),
                ),
                (
                    "duty",
                    models.CharField(blank=True, max_length=60, verbose_name="duty to report that was shown"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "waiting"),
                            ("joined", "joined to a child"),
                            ("set_aside", "set aside"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                (
                    "aside",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("no_child", "Not about a child"),
                            ("not_ours", "Handed to the competent body"),
                            ("double", "Noticed twice"),
                            ("no_ground", "Looked into; no ground for concern"),
                        ],
                        max_length=10,
                        verbose_name="why set aside",
                    ),
                ),
                (
                    "child",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="concerns",
                        to="children.child",
                    ),
                ),
                (
                    "taken_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("taken_at", models.DateTimeField(editable=False, null=True)),
            ],
            options={
                "verbose_name": "concern",
                "verbose_name_plural": "concerns",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("aside", ""), ("child", None), ("state", "waiting"), ("taken_at", None)
                            ),
                            models.Q(
                                ("aside", ""),
                                ("child__isnull", False),
                                ("state", "joined"),
                                ("taken_at__isnull", False),
                            ),
                            models.Q(
                                ("child", None),
                                ("state", "set_aside"),
                                ("taken_at__isnull", False),
                                models.Q(("aside", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="concern_state_and_pairs",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("urgency__in", ["now", "today", "days", "can_wait"])),
                        name="concern_urgency_known",
                    ),
                ],
                "indexes": [models.Index(fields=["scope", "state", "made_at"], name="concerns_waiting")],
            },
        ),
        migrations.CreateModel(
            name="Event",
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
                    "concern",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="children.concern",
                    ),
                ),
                ("began_on", models.DateField(blank=True, null=True, verbose_name="began on")),
                ("ended_on", models.DateField(blank=True, null=True, verbose_name="ended on")),
                ("area", models.CharField(blank=True, max_length=16, verbose_name="state")),
                (
                    "age_at_event",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="age when it happened"
                    ),
                ),
            ],
            options={
                "verbose_name": "event",
                "verbose_name_plural": "events",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("began_on", None),
                            ("ended_on", None),
                            ("began_on__lte", models.F("ended_on")),
                            _connector="OR",
                        ),
                        name="event_days_in_order",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Concept",
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
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="concepts",
                        to="children.event",
                    ),
                ),
                (
                    "child",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="children.child"
                    ),
                ),
                ("concept", models.CharField(max_length=40, verbose_name="concept")),
                ("rule", models.CharField(max_length=60, verbose_name="rule")),
                ("article", models.CharField(max_length=120, verbose_name="article")),
                ("rules_version", models.CharField(max_length=20, verbose_name="version of the rules")),
                ("ended_at", models.DateTimeField(editable=False, null=True)),
            ],
            options={
                "verbose_name": "derived concept",
                "verbose_name_plural": "derived concepts",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("event", "concept", "rule"),
                        name="concept_once_an_event",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Question",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
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
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                    ),
                ),
                ("purpose", models.CharField(max_length=40)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("tokens", models.JSONField(default=dict)),
                ("resolved_at", models.DateTimeField(null=True)),
            ],
            options={
                "verbose_name": "question to other organisations",
                "verbose_name_plural": "questions to other organisations",
                "indexes": [
                    models.Index(fields=["asked_by", "at"], name="questions_of_a_person"),
                    models.Index(fields=["organisation", "at"], name="questions_of_an_org"),
                    models.Index(
                        condition=models.Q(("resolved_at", None)), fields=["at"], name="questions_open"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Match",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "question",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="children.question"
                    ),
                ),
                (
                    "asking",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                    ),
                ),
                (
                    "holding",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                    ),
                ),
                ("record_id", models.BigIntegerField()),
                ("weight", models.PositiveSmallIntegerField(verbose_name="how much agrees")),
                (
                    "verdict",
                    models.CharField(
                        choices=[
                            ("new", "new"),
                            ("contacted", "both organisations contacted"),
                            ("same", "one child"),
                            ("different", "two children"),
                            ("unclear", "cannot be told"),
                        ],
                        default="new",
                        max_length=10,
                        verbose_name="verdict",
                    ),
                ),
                (
                    "settled_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("settled_at", models.DateTimeField(null=True)),
                ("made_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "verbose_name": "possible match",
                "verbose_name_plural": "possible matches",
                "constraints": [
                    models.UniqueConstraint(fields=("question", "record_id"), name="match_once_a_question"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("settled_at", None), ("verdict", "new")),
                            models.Q(
                                models.Q(("verdict", "new"), _negated=True), ("settled_at__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="match_verdict_has_its_day",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="StatusDecision",
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
                    "event",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="children.event",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("at_risk", "At risk"),
                            ("presumed", "Presumed victim"),
                            ("identified", "Identified victim"),
                            ("not", "Not a victim"),
                        ],
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                (
                    "body_kind",
                    models.CharField(
                        choices=[
                            ("protection", "Protection office"),
                            ("court", "Court or prosecution"),
                            ("police", "Police"),
                            ("government", "Other public body"),
                            ("ngo", "Non-governmental organisation"),
                            ("other", "Other"),
                        ],
                        max_length=10,
                        verbose_name="deciding body",
                    ),
                ),
                ("body", models.CharField(max_length=160, verbose_name="name of the body")),
                ("decided_on", models.DateField(verbose_name="decided on")),
                (
                    "ground",
                    models.CharField(
                        choices=[
                            ("disclosure", "What the child said"),
                            ("interview", "Specialised interview"),
                            ("documents", "Documents or other evidence"),
                            ("decision", "Decision in proceedings"),
                            ("indicators", "Several indicators together"),
                            ("new_facts", "New facts"),
                        ],
                        max_length=12,
                        verbose_name="ground",
                    ),
                ),
                (
                    "age_at_event",
                    models.PositiveSmallIntegerField(
                        editable=False, null=True, verbose_name="age when it happened"
                    ),
                ),
                (
                    "age_at_decision",
                    models.PositiveSmallIntegerField(
                        editable=False, null=True, verbose_name="age at the decision"
                    ),
                ),
            ],
            options={
                "verbose_name": "decision on status",
                "verbose_name_plural": "decisions on status",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["at_risk", "presumed", "identified", "not"])),
                        name="status_known",
                    )
                ],
            },
        ),
    ]

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
            name="Consent",
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
                    "verdict",
                    models.CharField(
                        choices=[
                            ("given", "given"),
                            ("refused", "refused"),
                            ("withdrawn", "withdrawn"),
                            ("law", "legal basis"),
                        ],
                        max_length=10,
                        verbose_name="answer",
                    ),
                ),
                (
                    "purpose",
                    models.CharField(
                        choices=[
                            ("referral", "Referral to a service"),
                            ("transfer", "Handing over the case"),
                            ("justice", "Prosecution of offenders"),
                        ],
                        max_length=10,
                        verbose_name="what for",
                    ),
                ),
                (
                    "recipient",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                        verbose_name="who receives it",
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
                ("fields", models.JSONField(blank=True, default=list, verbose_name="what may be shared")),
                ("decided_on", models.DateField(verbose_name="day")),
                ("until", models.DateField(blank=True, null=True, verbose_name="until")),
                (
                    "giver",
                    models.CharField(
                        choices=[
                            ("child", "The child"),
                            ("representative", "Independent representative"),
                            ("guardian", "Guardian"),
                            ("nobody", "Nobody: the law"),
                        ],
                        max_length=16,
                        verbose_name="who decides",
                    ),
                ),
                (
                    "says",
                    models.CharField(
                        choices=[
                            ("yes", "Agrees"),
                            ("no", "Does not agree"),
                            ("told", "Was told, too young to be asked"),
                            ("not_asked", "Could not be asked yet"),
                        ],
                        max_length=10,
                        verbose_name="the child",
                    ),
                ),
                ("rule", models.CharField(blank=True, editable=False, max_length=60)),
                (
                    "told_duty",
                    models.BooleanField(
                        default=False, verbose_name="the child was told about the duty to report"
                    ),
                ),
                ("law", models.CharField(blank=True, max_length=80, verbose_name="law")),
                ("article", models.CharField(blank=True, max_length=40, verbose_name="article")),
                (
                    "withdraws",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="withdrawals",
                        to="sharing.consent",
                    ),
                ),
                (
                    "way",
                    models.CharField(
                        choices=[("desk", "told to the caseworker"), ("code", "by the child, with its code")],
                        default="desk",
                        editable=False,
                        max_length=4,
                        verbose_name="how",
                    ),
                ),
            ],
            options={
                "verbose_name": "consent",
                "verbose_name_plural": "consents",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("withdraws__isnull", False)),
                        fields=("withdraws",),
                        name="withdrawn_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("verdict", "withdrawn"), ("withdraws__isnull", False)),
                            models.Q(models.Q(("verdict", "withdrawn"), _negated=True), ("withdraws", None)),
                            _connector="OR",
                        ),
                        name="withdrawal_names_what",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("verdict", "law"),
                                models.Q(("law", ""), _negated=True),
                                models.Q(("article", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(("verdict", "law"), _negated=True), ("article", ""), ("law", "")
                            ),
                            _connector="OR",
                        ),
                        name="law_has_its_article",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("verdict__in", ("given", "law")), _negated=True),
                            ("until__isnull", False),
                            _connector="OR",
                        ),
                        name="consent_has_an_end",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("purpose", "justice"), _negated=True),
                            models.Q(("verdict", "given"), _negated=True),
                            _connector="OR",
                        ),
                        name="prosecutors_by_law_only",
                    ),
                ],
                "indexes": [
                    models.Index(fields=["child", "recipient", "purpose"], name="consents_of_a_child")
                ],
            },
        ),
        migrations.CreateModel(
            name="Packet",
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
                ("referral_id", models.BigIntegerField(unique=True)),
                ("code", models.CharField(editable=False, max_length=12, verbose_name="code")),
                (
                    "sender",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                    ),
                ),
                (
                    "recipient",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                    ),
                ),
                (
                    "service",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="services.service",
                    ),
                ),
                (
                    "purpose",
                    models.CharField(
                        choices=[
                            ("referral", "Referral to a service"),
                            ("transfer", "Handing over the case"),
                            ("justice", "Prosecution of offenders"),
                        ],
                        max_length=10,
                        verbose_name="what for",
                    ),
                ),
                ("ground", models.CharField(max_length=60, verbose_name="consent or legal basis")),
                ("digest", models.CharField(max_length=64)),
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
                    "state",
                    models.CharField(
                        choices=[
                            ("sent", "waits for an answer"),
                            ("asked", "asks something back"),
                            ("accepted", "accepted"),
                            ("declined", "declined"),
                            ("done", "done"),
                            ("withdrawn", "withdrawn"),
                            ("expired", "nobody answered"),
                        ],
                        default="sent",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("reply_by", models.DateTimeField(verbose_name="reply by")),
                ("closed_at", models.DateTimeField(null=True)),
                ("confirm_by", models.DateTimeField(null=True)),
                ("by_code", models.BooleanField(default=False)),
                ("held", models.BooleanField(default=False)),
                ("kept_law", models.CharField(blank=True, max_length=80, verbose_name="law")),
                ("kept_article", models.CharField(blank=True, max_length=40, verbose_name="article")),
            ],
            options={
                "verbose_name": "packet",
                "verbose_name_plural": "packets",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ("sent", "asked", "accepted", "done", "withdrawn"))),
                        name="packet_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("closed_at__isnull", False),
                                ("confirm_by__isnull", False),
                                ("state", "withdrawn"),
                            ),
                            models.Q(
                                models.Q(("state", "withdrawn"), _negated=True),
                                ("closed_at", None),
                                ("confirm_by", None),
                            ),
                            _connector="OR",
                        ),
                        name="packet_closed_when",
                    ),
                ],
                "indexes": [models.Index(fields=["scope", "state", "reply_by"], name="packets_of_a_place")],
            },
        ),
        migrations.CreateModel(
            name="Referral",
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
                    "consent",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="referrals",
                        to="sharing.consent",
                    ),
                ),
                (
                    "purpose",
                    models.CharField(
                        choices=[
                            ("referral", "Referral to a service"),
                            ("transfer", "Handing over the case"),
                            ("justice", "Prosecution of offenders"),
                        ],
                        max_length=10,
                        verbose_name="what for",
                    ),
                ),
                (
                    "recipient",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                    ),
                ),
                (
                    "service",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="services.service",
                    ),
                ),
                ("fields", models.JSONField(blank=True, default=list)),
                ("digest", models.CharField(max_length=64)),
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
                    "state",
                    models.CharField(
                        choices=[
                            ("sent", "waits for an answer"),
                            ("asked", "asks something back"),
                            ("accepted", "accepted"),
                            ("declined", "declined"),
                            ("done", "done"),
                            ("withdrawn", "withdrawn"),
                            ("expired", "nobody answered"),
                        ],
                        default="sent",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("sent_at", models.DateTimeField(auto_now_add=True, verbose_name="sent")),
                ("reply_by", models.DateTimeField(verbose_name="reply by")),
                ("answered_at", models.DateTimeField(null=True, verbose_name="answered")),
                ("escalated_at", models.DateTimeField(null=True)),
                (
                    "reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("full", "No free place"),
                            ("not_for", "Not for this age or group"),
                            ("area", "Not in this area"),
                            ("need", "Cannot meet this need"),
                            ("conflict", "Conflict of interest"),
                            ("other", "Another reason; please call"),
                        ],
                        max_length=10,
                        verbose_name="why declined",
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("served", "The child received the service"),
                            ("ongoing", "The service goes on"),
                            ("child_declined", "The child did not want it"),
                            ("not_reached", "The child could not be reached"),
                        ],
                        max_length=16,
                        verbose_name="outcome",
                    ),
                ),
                (
                    "closing",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("deleted", "deleted"),
                            ("kept", "keeps the least, under a law"),
                            ("destroyed", "destroyed here"),
                        ],
                        max_length=10,
                    ),
                ),
                ("closing_law", models.CharField(blank=True, max_length=80)),
                ("closing_article", models.CharField(blank=True, max_length=40)),
                ("closed_at", models.DateTimeField(null=True)),
                ("by_code", models.BooleanField(default=False)),
            ],
            options={
                "verbose_name": "referral",
                "verbose_name_plural": "referrals",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                ["sent", "asked", "accepted", "declined", "done", "withdrawn", "expired"],
                            )
                        ),
                        name="referral_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "declined"), models.Q(("reason", ""), _negated=True)),
                            models.Q(models.Q(("state", "declined"), _negated=True), ("reason", "")),
                            _connector="OR",
                        ),
                        name="referral_declined_says_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "done"), _negated=True),
                            models.Q(("outcome", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="referral_done_says_how",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closed_at__isnull", False), ("state", "withdrawn")),
                            models.Q(models.Q(("state", "withdrawn"), _negated=True), ("closed_at", None)),
                            _connector="OR",
                        ),
                        name="referral_withdrawn_when",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("closing", "kept"),
                                models.Q(("closing_law", ""), _negated=True),
                                models.Q(("closing_article", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(("closing", "kept"), _negated=True),
                                ("closing_article", ""),
                                ("closing_law", ""),
                            ),
                            _connector="OR",
                        ),
                        name="referral_kept_by_law",
                    ),
                ],
                "indexes": [
                    models.Index(fields=["scope", "state", "reply_by"], name="referrals_of_a_place"),
                    models.Index(
                        condition=models.Q(("state__in", ("sent", "asked"))),
                        fields=["reply_by"],
                        name="referrals_waiting",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Opening",
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
                    "child",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="children.child"
                    ),
                ),
                (
                    "referral",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="openings",
                        to="sharing.referral",
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
                ("role", models.CharField(max_length=20)),
                ("on", models.DateField()),
            ],
            options={
                "verbose_name": "opening of a packet",
                "verbose_name_plural": "openings of packets",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("referral", "organisation", "role", "on"), name="opening_once_a_day"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SharingAgreement",
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
                        verbose_name="organisation that proposes it",
                    ),
                ),
                (
                    "other",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                        verbose_name="other organisation",
                    ),
                ),
                (
                    "for_referral",
                    models.BooleanField(default=False, verbose_name="to refer a child to a service"),
                ),
                ("for_transfer", models.BooleanField(default=False, verbose_name="to hand over a case")),
                ("for_concern", models.BooleanField(default=False, verbose_name="to hand over a concern")),
                (
                    "for_search",
                    models.BooleanField(default=False, verbose_name="to ask whether the other knows a child"),
                ),
                ("share_names", models.BooleanField(default=False, verbose_name="names and age")),
                (
                    "share_contact",
                    models.BooleanField(default=False, verbose_name="how to reach the child safely"),
                ),
                ("share_needs", models.BooleanField(default=False, verbose_name="needs and wishes")),
                ("share_safety", models.BooleanField(default=False, verbose_name="risk and safety")),
                (
                    "share_situation",
                    models.BooleanField(default=False, verbose_name="language, culture and disability"),
                ),
                ("starts_on", models.DateField(verbose_name="from")),
                ("ends_on", models.DateField(verbose_name="until")),
                (
                    "ended_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="ended early"),
                ),
            ],
            options={
                "verbose_name": "sharing agreement",
                "verbose_name_plural": "sharing agreements",
                "ordering": ("-starts_on", "pk"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("organisation", models.F("other")), _negated=True),
                        name="agreement_of_two",
                        violation_error_message="An agreement needs two different organisations.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("starts_on__lte", models.F("ends_on"))),
                        name="agreement_days_in_order",
                        violation_error_message="The last day must not lie before the first.",
                    ),
                ],
                "indexes": [
                    models.Index(fields=["organisation", "other", "ends_on"], name="agreements_between")
                ],
            },
        ),
        migrations.CreateModel(
            name="Signature",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "agreement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="signatures",
                        to="sharing.sharingagreement",
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
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("at", models.DateTimeField(auto_now_add=True, verbose_name="signed")),
            ],
            options={
                "verbose_name": "signature",
                "verbose_name_plural": "signatures",
                "constraints": [
                    models.UniqueConstraint(fields=("agreement", "organisation"), name="signed_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Wish",
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
                    "kind",
                    models.CharField(
                        choices=[("correct", "Correct what is held"), ("person", "Speak with a person")],
                        max_length=8,
                        verbose_name="what",
                    ),
                ),
                ("answered_at", models.DateTimeField(null=True, verbose_name="answered")),
                (
                    "answered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "request of a child",
                "verbose_name_plural": "requests of children",
                "indexes": [
                    models.Index(
                        condition=models.Q(("answered_at", None)), fields=["scope"], name="wishes_open"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Code",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("page", "the child’s own page"), ("packet", "a packet, once")], max_length=8
                    ),
                ),
                ("locator", models.CharField(max_length=4)),
                ("secret_hash", models.CharField(max_length=200)),
                (
                    "scope",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="access.scope"
                    ),
                ),
                ("child_id", models.BigIntegerField(null=True)),
                ("packet_id", models.BigIntegerField(null=True)),
                ("safety", models.JSONField(default=list)),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("locked_until", models.DateTimeField(null=True)),
                (
                    "made_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("made_at", models.DateTimeField(auto_now_add=True)),
                ("expires_at", models.DateTimeField()),
                ("used_at", models.DateTimeField(null=True)),
                ("revoked_at", models.DateTimeField(null=True)),
            ],
            options={
                "verbose_name": "code",
                "verbose_name_plural": "codes",
                "indexes": [models.Index(fields=["kind", "locator"], name="codes_by_locator")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("child_id__isnull", False), ("kind", "page"), ("packet_id", None)),
                            models.Q(("child_id", None), ("kind", "packet"), ("packet_id__isnull", False)),
                            _connector="OR",
                        ),
                        name="code_opens_one_thing",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("kind", "page"), ("revoked_at", None)),
                        fields=("child_id",),
                        name="one_page_code_a_child",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Complaint",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key_id", models.UUIDField(db_index=True, editable=False)),
                ("sealed", models.BinaryField()),
                ("sealed_version", models.PositiveIntegerField(default=0, editable=False)),
                (
                    "about",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                    ),
                ),
                (
                    "handled_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("new", "new"), ("under_way", "being looked into"), ("settled", "settled")],
                        default="new",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("answer_to", models.CharField(max_length=12)),
                ("made_at", models.DateTimeField(auto_now_add=True)),
                ("changed_at", models.DateTimeField(auto_now=True)),
                (
                    "changed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "complaint about staff",
                "verbose_name_plural": "complaints about staff",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("about", models.F("handled_by")), _negated=True),
                        name="complaint_goes_past_them",
                    )
                ],
            },
        ),
    ]

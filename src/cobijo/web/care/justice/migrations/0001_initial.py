import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("access", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("cases", "0002_guards"),
        ("children", "0002_guards"),
    ]

    operations = [
        migrations.CreateModel(
            name="Proceeding",
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
                    "state",
                    models.CharField(
                        choices=[
                            ("complaint", "complaint"),
                            ("investigation", "investigation"),
                            ("charge", "charge"),
                            ("trial", "trial"),
                            ("judgment", "judgment"),
                            ("sentence", "sentence"),
                            ("reparation", "reparation"),
                            ("appeal", "appeal"),
                            ("archived", "archived"),
                            ("dismissed", "dismissed"),
                            ("ended", "ended"),
                        ],
                        default="complaint",
                        editable=False,
                        max_length=14,
                        verbose_name="how far",
                    ),
                ),
                (
                    "relation",
                    models.CharField(
                        choices=[
                            ("parent", "mother or father"),
                            ("step_parent", "partner of a parent"),
                            ("relative", "other relative"),
                            ("partner", "partner of the child"),
                            ("known", "somebody the family knows"),
                            ("carer", "in charge of the child: school, shelter, sport, faith"),
                            ("employer", "employer"),
                            ("official", "public servant"),
                            ("traveller", "traveller or tourist"),
                            ("online", "known only online"),
                            ("stranger", "stranger"),
                            ("group", "several people or a group"),
                            ("unknown", "not known"),
                        ],
                        max_length=12,
                        verbose_name="who it was to the child",
                    ),
                ),
                (
                    "part",
                    models.CharField(
                        choices=[
                            ("abused", "abused the child"),
                            ("paid", "paid or gave something for it"),
                            ("arranged", "arranged it or profited from it"),
                            ("recruited", "recruited"),
                            ("moved", "moved or housed the child"),
                            ("material", "made, kept or passed on abuse material"),
                            ("online", "pressed or extorted online"),
                            ("allowed", "knew of it and let it happen"),
                            ("several", "several of these"),
                            ("unknown", "not known"),
                        ],
                        max_length=10,
                        verbose_name="what the person is alleged to have done",
                    ),
                ),
                (
                    "offender_age",
                    models.CharField(
                        choices=[
                            ("adult", "an adult"),
                            ("unknown", "nobody knows who it is; nothing says that it is a child"),
                        ],
                        max_length=8,
                        verbose_name="the person is",
                    ),
                ),
                ("offences", models.JSONField(blank=True, default=list, verbose_name="offences")),
                ("opened_on", models.DateField(verbose_name="day of the complaint")),
                ("expected_by", models.DateField(null=True, verbose_name="next step expected by")),
                ("rests_since", models.DateField(editable=False, null=True, verbose_name="at rest since")),
            ],
            options={
                "verbose_name": "proceeding",
                "verbose_name_plural": "proceedings",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                [
                                    "complaint",
                                    "investigation",
                                    "charge",
                                    "trial",
                                    "judgment",
                                    "sentence",
                                    "reparation",
                                    "appeal",
                                    "archived",
                                    "dismissed",
                                    "ended",
                                ],
                            )
                        ),
                        name="proceeding_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "relation__in",
                                [
                                    "parent",
                                    "step_parent",
                                    "relative",
                                    "partner",
                                    "known",
                                    "carer",
                                    "employer",
                                    "official",
                                    "traveller",
                                    "online",
                                    "stranger",
                                    "group",
                                    "unknown",
                                ],
                            )
                        ),
                        name="proceeding_relation_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "part__in",
                                [
                                    "abused",
                                    "paid",
                                    "arranged",
                                    "recruited",
                                    "moved",
                                    "material",
                                    "online",
                                    "allowed",
                                    "several",
                                    "unknown",
                                ],
                            )
                        ),
                        name="proceeding_part_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("offender_age__in", ["adult", "unknown"])),
                        name="proceeding_never_of_a_child",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("expected_by__isnull", False),
                                ("rests_since", None),
                                (
                                    "state__in",
                                    [
                                        "complaint",
                                        "investigation",
                                        "charge",
                                        "trial",
                                        "judgment",
                                        "sentence",
                                        "reparation",
                                        "appeal",
                                    ],
                                ),
                            ),
                            models.Q(
                                ("expected_by", None),
                                ("rests_since__isnull", False),
                                ("state__in", ["archived", "dismissed", "ended"]),
                            ),
                            _connector="OR",
                        ),
                        name="proceeding_expected_or_at_rest",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("rests_since", None),
                            ("rests_since__gte", models.F("opened_on")),
                            _connector="OR",
                        ),
                        name="proceeding_days_in_order",
                    ),
                ],
                "indexes": [
                    models.Index(
                        condition=models.Q(
                            (
                                "state__in",
                                [
                                    "complaint",
                                    "investigation",
                                    "charge",
                                    "trial",
                                    "judgment",
                                    "sentence",
                                    "reparation",
                                    "appeal",
                                ],
                            )
                        ),
                        fields=["scope", "expected_by"],
                        name="proceedings_expected",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Measure",
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
                    "proceeding",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="justice.proceeding",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("no_contact", "No contact with the child"),
                            ("distance", "Keep a distance"),
                            ("leave_home", "Leave the home of the child"),
                            ("reserved", "The child’s identity is kept out of the file and the press"),
                            ("early_evidence", "The child is heard once, early, and recorded"),
                            ("screen", "Heard without meeting the accused"),
                            ("companion", "A person of trust beside the child"),
                            ("safe_place", "A safe place to live"),
                            ("escort", "Escort or patrols"),
                            ("online", "Material taken down or kept as evidence"),
                            ("other", "Other measure"),
                        ],
                        max_length=16,
                        verbose_name="measure",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "asked for"),
                            ("ordered", "ordered"),
                            ("refused", "refused"),
                            ("ended", "ended"),
                        ],
                        default="asked",
                        max_length=8,
                        verbose_name="how far",
                    ),
                ),
                ("asked_on", models.DateField(verbose_name="asked for on")),
                ("ordered_on", models.DateField(blank=True, null=True, verbose_name="ordered on")),
                ("until", models.DateField(blank=True, null=True, verbose_name="holds until")),
            ],
            options={
                "verbose_name": "protection measure",
                "verbose_name_plural": "protection measures",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "no_contact",
                                    "distance",
                                    "leave_home",
                                    "reserved",
                                    "early_evidence",
                                    "screen",
                                    "companion",
                                    "safe_place",
                                    "escort",
                                    "online",
                                    "other",
                                ],
                            )
                        ),
                        name="measure_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ordered_on__isnull", False), ("state__in", ("ordered", "ended"))),
                            models.Q(
                                ("ordered_on", None), ("state__in", ("asked", "refused")), ("until", None)
                            ),
                            _connector="OR",
                        ),
                        name="measure_ordered_on_a_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ordered_on", None), ("ordered_on__gte", models.F("asked_on")), _connector="OR"
                        ),
                        name="measure_days_in_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until", None), ("until__gte", models.F("ordered_on")), _connector="OR"
                        ),
                        name="measure_until",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Delay",
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
                    "proceeding",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="justice.proceeding",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("complaint", "complaint"),
                            ("investigation", "investigation"),
                            ("charge", "charge"),
                            ("trial", "trial"),
                            ("judgment", "judgment"),
                            ("sentence", "sentence"),
                            ("reparation", "reparation"),
                            ("appeal", "appeal"),
                            ("archived", "archived"),
                            ("dismissed", "dismissed"),
                            ("ended", "ended"),
                        ],
                        max_length=14,
                        verbose_name="step",
                    ),
                ),
                ("was_by", models.DateField(verbose_name="was expected by")),
                ("until", models.DateField(verbose_name="now expected by")),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("hearing", "The hearing was put off"),
                            ("no_date", "The authority gave no date"),
                            ("expert", "A report of an expert is missing"),
                            ("evidence", "Evidence has not been gathered"),
                            ("accused", "The accused was not found or did not come"),
                            ("competence", "Two authorities disagree who is competent"),
                            ("defence", "The defence asked for more time"),
                            ("interpreter", "No interpreter, or no support for a disability"),
                            ("representation", "The child had no legal representative"),
                            ("child", "The child was not ready, and was not pressed"),
                            ("cross_border", "Another country must answer"),
                            ("other", "Other reason"),
                        ],
                        max_length=16,
                        verbose_name="reason",
                    ),
                ),
            ],
            options={
                "verbose_name": "delay",
                "verbose_name_plural": "delays",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "reason__in",
                                [
                                    "hearing",
                                    "no_date",
                                    "expert",
                                    "evidence",
                                    "accused",
                                    "competence",
                                    "defence",
                                    "interpreter",
                                    "representation",
                                    "child",
                                    "cross_border",
                                    "other",
                                ],
                            )
                        ),
                        name="delay_reason_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("until__gt", models.F("was_by"))), name="delay_goes_forward"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Reparation",
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
                    "proceeding",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="justice.proceeding",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("money", "money"),
                            ("care", "care and rehabilitation"),
                            ("restored", "what was taken is restored: school, home, papers"),
                            ("satisfaction", "apology or public recognition"),
                            ("not_again", "steps so that it does not happen again"),
                        ],
                        max_length=12,
                        verbose_name="what",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("ordered", "ordered"),
                            ("partly", "arrived in part"),
                            ("done", "all of it arrived"),
                            ("unpaid", "not to be had"),
                        ],
                        default="ordered",
                        max_length=8,
                        verbose_name="how far",
                    ),
                ),
                ("ordered_on", models.DateField(verbose_name="ordered on")),
                ("due_by", models.DateField(blank=True, null=True, verbose_name="due by")),
                ("amount", models.PositiveIntegerField(blank=True, null=True, verbose_name="amount ordered")),
                (
                    "received",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="amount that arrived"),
                ),
                ("arrived_on", models.DateField(blank=True, null=True, verbose_name="arrived on")),
            ],
            options={
                "verbose_name": "reparation",
                "verbose_name_plural": "reparations",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", ["money", "care", "restored", "satisfaction", "not_again"])
                        ),
                        name="reparation_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("arrived_on__isnull", False), ("state__in", ("partly", "done"))),
                            models.Q(
                                ("arrived_on", None), ("received", None), ("state__in", ("ordered", "unpaid"))
                            ),
                            _connector="OR",
                        ),
                        name="reparation_arrived_on_a_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("arrived_on", None), ("arrived_on__gte", models.F("ordered_on")), _connector="OR"
                        ),
                        name="reparation_days_in_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("received", None),
                            models.Q(("amount__isnull", False), ("received__lte", models.F("amount"))),
                            _connector="OR",
                        ),
                        name="reparation_no_more_than_ordered",
                    ),
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
                    "proceeding",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="justice.proceeding",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("complaint", "complaint"),
                            ("investigation", "investigation"),
                            ("charge", "charge"),
                            ("trial", "trial"),
                            ("judgment", "judgment"),
                            ("sentence", "sentence"),
                            ("reparation", "reparation"),
                            ("appeal", "appeal"),
                            ("archived", "archived"),
                            ("dismissed", "dismissed"),
                            ("ended", "ended"),
                        ],
                        editable=False,
                        max_length=14,
                        verbose_name="step",
                    ),
                ),
                ("on", models.DateField(verbose_name="day of the step")),
                (
                    "authority",
                    models.CharField(
                        choices=[
                            ("state_prosecutor", "prosecutor’s office of the state"),
                            ("federal_prosecutor", "federal prosecutor’s office"),
                            ("control_court", "court of the investigation"),
                            ("trial_court", "trial court"),
                            ("appeal_court", "court of appeal"),
                            ("sentence_court", "court that oversees sentences"),
                            ("family_court", "family court"),
                            ("youth_court", "court for adolescents"),
                            ("victims_body", "commission for victims"),
                            ("protection_office", "protection office"),
                            ("administrative", "administrative authority"),
                            ("other", "other authority"),
                        ],
                        max_length=20,
                        verbose_name="authority",
                    ),
                ),
                ("area", models.CharField(blank=True, max_length=16, verbose_name="state of the authority")),
                (
                    "verdict",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("convicted", "convicted"),
                            ("partly", "convicted of a part"),
                            ("acquitted", "acquitted"),
                        ],
                        max_length=10,
                        verbose_name="judgment",
                    ),
                ),
            ],
            options={
                "verbose_name": "step of a proceeding",
                "verbose_name_plural": "steps of a proceeding",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                [
                                    "complaint",
                                    "investigation",
                                    "charge",
                                    "trial",
                                    "judgment",
                                    "sentence",
                                    "reparation",
                                    "appeal",
                                    "archived",
                                    "dismissed",
                                    "ended",
                                ],
                            )
                        ),
                        name="step_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "authority__in",
                                [
                                    "state_prosecutor",
                                    "federal_prosecutor",
                                    "control_court",
                                    "trial_court",
                                    "appeal_court",
                                    "sentence_court",
                                    "family_court",
                                    "youth_court",
                                    "victims_body",
                                    "protection_office",
                                    "administrative",
                                    "other",
                                ],
                            )
                        ),
                        name="step_by_a_known_authority",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("state", "judgment"), ("verdict__in", ["convicted", "partly", "acquitted"])
                            ),
                            models.Q(models.Q(("state", "judgment"), _negated=True), ("verdict", "")),
                            _connector="OR",
                        ),
                        name="step_verdict_with_judgment",
                    ),
                ],
                "indexes": [models.Index(fields=["proceeding", "on"], name="steps_of_a_proceeding")],
            },
        ),
        migrations.CreateModel(
            name="Alert",
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
                    "done",
                    models.CharField(
                        choices=[
                            ("detained", "detained"),
                            ("charged", "charged"),
                            ("fined", "fined or otherwise punished"),
                        ],
                        max_length=8,
                        verbose_name="what was done to the child",
                    ),
                ),
                (
                    "ground",
                    models.CharField(
                        choices=[
                            ("sold_sex", "being in prostitution or in the street"),
                            ("papers", "false or missing papers"),
                            ("migration", "crossing a border or staying without papers"),
                            ("drugs", "using, carrying or selling drugs"),
                            ("theft", "theft"),
                            ("begging", "begging or selling in the street"),
                            ("images", "pictures of itself"),
                            ("watching", "keeping watch or carrying messages"),
                            ("recruiting", "bringing in other children"),
                            ("resisting", "defending itself"),
                            ("ran_away", "running away"),
                            ("other", "something else that it was made to do"),
                        ],
                        max_length=12,
                        verbose_name="because of",
                    ),
                ),
                ("happened_on", models.DateField(verbose_name="on")),
                (
                    "authority",
                    models.CharField(
                        choices=[
                            ("state_prosecutor", "prosecutor’s office of the state"),
                            ("federal_prosecutor", "federal prosecutor’s office"),
                            ("control_court", "court of the investigation"),
                            ("trial_court", "trial court"),
                            ("appeal_court", "court of appeal"),
                            ("sentence_court", "court that oversees sentences"),
                            ("family_court", "family court"),
                            ("youth_court", "court for adolescents"),
                            ("victims_body", "commission for victims"),
                            ("protection_office", "protection office"),
                            ("administrative", "administrative authority"),
                            ("other", "other authority"),
                        ],
                        max_length=20,
                        verbose_name="by",
                    ),
                ),
                ("area", models.CharField(max_length=16, verbose_name="state of the country")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "nobody represents the child yet"),
                            ("represented", "a legal representative acts"),
                            ("ended", "over"),
                        ],
                        default="open",
                        editable=False,
                        max_length=12,
                    ),
                ),
                ("act_by", models.DateTimeField(editable=False, verbose_name="somebody must act by")),
                (
                    "represented_on",
                    models.DateField(editable=False, null=True, verbose_name="represented since"),
                ),
                ("ended_on", models.DateField(editable=False, null=True, verbose_name="over since")),
                (
                    "end",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("dropped", "Dropped: the child is not punished"),
                            ("not_opened", "No proceeding was opened"),
                            ("acquitted", "Acquitted"),
                            ("undone", "The punishment was undone, and the record erased"),
                            ("punished", "The child was punished all the same"),
                            ("mistake", "Recorded by mistake"),
                        ],
                        editable=False,
                        max_length=12,
                        verbose_name="how it ended",
                    ),
                ),
                (
                    "task",
                    models.OneToOneField(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cases.task",
                    ),
                ),
            ],
            options={
                "verbose_name": "non-punishment alert",
                "verbose_name_plural": "non-punishment alerts",
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "open")), fields=["scope", "act_by"], name="alerts_open"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("done__in", ["detained", "charged", "fined"])),
                        name="alert_done_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "ground__in",
                                [
                                    "sold_sex",
                                    "papers",
                                    "migration",
                                    "drugs",
                                    "theft",
                                    "begging",
                                    "images",
                                    "watching",
                                    "recruiting",
                                    "resisting",
                                    "ran_away",
                                    "other",
                                ],
                            )
                        ),
                        name="alert_ground_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "authority__in",
                                [
                                    "state_prosecutor",
                                    "federal_prosecutor",
                                    "control_court",
                                    "trial_court",
                                    "appeal_court",
                                    "sentence_court",
                                    "family_court",
                                    "youth_court",
                                    "victims_body",
                                    "protection_office",
                                    "administrative",
                                    "other",
                                ],
                            )
                        ),
                        name="alert_authority_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("end", ""), ("ended_on", None), ("represented_on", None), ("state", "open")
                            ),
                            models.Q(
                                ("end", ""),
                                ("ended_on", None),
                                ("represented_on__isnull", False),
                                ("state", "represented"),
                            ),
                            models.Q(
                                (
                                    "end__in",
                                    ["dropped", "not_opened", "acquitted", "undone", "punished", "mistake"],
                                ),
                                ("ended_on__isnull", False),
                                ("state", "ended"),
                            ),
                            _connector="OR",
                        ),
                        name="alert_state_and_pairs",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AllegedChild",
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
                    "alleged",
                    models.CharField(
                        choices=[
                            ("recruited", "brought in other children"),
                            ("watched", "kept watch or collected money"),
                            ("passed_on", "passed on pictures"),
                            ("harmed", "hurt another child"),
                            ("other", "other"),
                        ],
                        max_length=10,
                        verbose_name="what is alleged",
                    ),
                ),
                (
                    "relation",
                    models.CharField(
                        choices=[
                            ("sibling", "brother, sister or cousin"),
                            ("partner", "partner"),
                            ("friend", "friend or classmate"),
                            ("same_place", "exploited in the same place"),
                            ("online", "known only online"),
                            ("unknown", "not known"),
                        ],
                        max_length=10,
                        verbose_name="what this child is to the child of the case",
                    ),
                ),
                (
                    "help",
                    models.CharField(
                        choices=[
                            ("none", "nobody yet"),
                            ("asked", "asked for"),
                            ("has", "has a caseworker or representative of its own"),
                            ("unknown", "not known"),
                        ],
                        default="none",
                        max_length=8,
                        verbose_name="who looks after this child",
                    ),
                ),
                ("noted_on", models.DateField(verbose_name="noted on")),
            ],
            options={
                "verbose_name": "child kept apart",
                "verbose_name_plural": "children kept apart",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("alleged__in", ["recruited", "watched", "passed_on", "harmed", "other"])
                        ),
                        name="alleged_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "relation__in",
                                ["sibling", "partner", "friend", "same_place", "online", "unknown"],
                            )
                        ),
                        name="alleged_relation_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("help__in", ["none", "asked", "has", "unknown"])),
                        name="alleged_help_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="JusticeRevision",
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
                        fields=("kind", "record_id", "number"), name="one_justice_revision_a_version"
                    )
                ],
            },
        ),
    ]

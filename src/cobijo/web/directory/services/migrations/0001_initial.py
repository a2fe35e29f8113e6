import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Service",
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
                        related_name="services",
                        to="accounts.organisation",
                        verbose_name="organisation",
                    ),
                ),
                ("name", models.CharField(max_length=160, verbose_name="name")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("shelter", "Shelter"),
                            ("health", "Health care"),
                            ("mental_health", "Psychological care"),
                            ("legal", "Legal aid and representation"),
                            ("social", "Social work"),
                            ("education", "School and training"),
                            ("hotline", "Help line"),
                            ("reintegration", "Return to family and community"),
                            ("prevention", "Prevention"),
                            ("other", "Other"),
                        ],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                (
                    "area",
                    models.CharField(
                        blank=True, help_text="Empty: the whole country.", max_length=16, verbose_name="state"
                    ),
                ),
                ("municipality", models.CharField(blank=True, max_length=120, verbose_name="municipality")),
                ("address", models.CharField(blank=True, max_length=250, verbose_name="address")),
                (
                    "hidden_address",
                    models.BooleanField(
                        default=False,
                        help_text="For shelters: no other organisation and no public page ever shows where it is.",
                        verbose_name="the address must stay hidden",
                    ),
                ),
                ("phone", models.CharField(blank=True, max_length=60, verbose_name="telephone")),
                (
                    "for_whom",
                    models.CharField(
                        choices=[("any", "Everybody"), ("girls", "Girls"), ("boys", "Boys")],
                        default="any",
                        max_length=8,
                        verbose_name="for whom",
                    ),
                ),
                (
                    "age_from",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(120)],
                        verbose_name="from age",
                    ),
                ),
                (
                    "age_to",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(120)],
                        verbose_name="to age",
                    ),
                ),
                (
                    "disability",
                    models.BooleanField(default=False, verbose_name="open to children with a disability"),
                ),
                (
                    "languages",
                    models.CharField(
                        blank=True,
                        help_text="Separated by commas, sign language too.",
                        max_length=200,
                        verbose_name="languages",
                    ),
                ),
                (
                    "any_papers",
                    models.BooleanField(default=True, verbose_name="whatever the migration papers"),
                ),
                (
                    "capacity",
                    models.PositiveIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(100000)],
                        verbose_name="free places now",
                    ),
                ),
                ("capacity_on", models.DateField(blank=True, null=True, verbose_name="places counted on")),
                ("hours", models.CharField(blank=True, max_length=120, verbose_name="hours")),
                (
                    "cost",
                    models.CharField(
                        choices=[("free", "Free"), ("by_means", "According to means"), ("paid", "Paid")],
                        default="free",
                        max_length=10,
                        verbose_name="cost",
                    ),
                ),
                ("child_friendly", models.BooleanField(default=False, verbose_name="child-friendly")),
                ("public", models.BooleanField(default=False, verbose_name="may be shown to the public")),
                ("verified_on", models.DateField(blank=True, null=True, verbose_name="last verified")),
                (
                    "verified_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="verified by",
                    ),
                ),
                (
                    "ended_on",
                    models.DateField(
                        blank=True,
                        help_text="The entry stays readable; it is offered to nobody and shown on no public page.",
                        null=True,
                        verbose_name="no longer offered since",
                    ),
                ),
            ],
            options={
                "verbose_name": "service",
                "verbose_name_plural": "services",
                "ordering": ("name",),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("organisation", "name", "area", "municipality"),
                        name="service_once",
                        violation_error_message="This organisation has a service with this name there already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("age_from", None),
                            ("age_to", None),
                            ("age_from__lte", models.F("age_to")),
                            _connector="OR",
                        ),
                        name="service_ages_in_order",
                        violation_error_message="The first age must not be above the last.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "shelter",
                                    "health",
                                    "mental_health",
                                    "legal",
                                    "social",
                                    "education",
                                    "hotline",
                                    "reintegration",
                                    "prevention",
                                    "other",
                                ],
                            )
                        ),
                        name="service_kind_known",
                    ),
                ],
                "indexes": [
                    models.Index(fields=["kind", "area"], name="services_of_a_kind"),
                    models.Index(fields=["name", "id"], name="services_by_name"),
                ],
            },
        ),
        migrations.CreateModel(
            name="VerifyLink",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "service",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="verify_links",
                        to="services.service",
                    ),
                ),
                ("secret_hash", models.BinaryField(max_length=32, unique=True)),
                (
                    "by",
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
                (
                    "answer",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("right", "still right"),
                            ("corrected", "corrected"),
                            ("ended", "no longer offered"),
                        ],
                        max_length=12,
                    ),
                ),
            ],
            options={
                "verbose_name": "link to verify an entry",
                "verbose_name_plural": "links to verify entries",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answer", ""), ("used_at", None)),
                            models.Q(
                                ("answer__in", ["right", "corrected", "ended"]), ("used_at__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="verify_link_used_says_how",
                    )
                ],
                "indexes": [models.Index(fields=["service", "-made_at"], name="links_of_a_service")],
            },
        ),
    ]

"""People who use the site, the organisations they belong to, the roles they hold."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from cobijo.web.core.accounts.roles import MUST_HAVE_MFA, Role


class OrganisationKind(models.TextChoices):
    """What may be shared with it hangs on this; a public body of no named kind receives nothing of a child."""

    NGO = "ngo", _("Non-governmental organisation")
    CIVIL_SOCIETY = "civil_society", _("Civil society group")
    SHELTER = "shelter", _("Shelter or other service for children")
    CHILD_PROTECTION = "child_protection", _("Child protection office")
    HEALTH = "health", _("Health service")
    EDUCATION = "education", _("School or education authority")
    SOCIAL = "social", _("Social services")
    PROSECUTION = "prosecution", _("Prosecution office")
    COURT = "court", _("Court")
    POLICE = "police", _("Police or other security force")
    MIGRATION = "migration", _("Immigration or border authority")
    GOVERNMENT = "government", _("Government body of another kind")
    ACADEMIA = "academia", _("University or research centre")
    COMPANY = "company", _("Company")
    INDIVIDUAL = "individual", _("Individual")


class Organisation(models.Model):
    """Whoever has people here: scopes, agreements and the directory all hang on it."""

    code = models.SlugField(_("short name"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=200)
    kind = models.CharField(_("kind"), max_length=20, choices=OrganisationKind)
    area = models.CharField(_("area"), max_length=16, blank=True)  # the pack's code; empty: the whole country
    active = models.BooleanField(_("active"), default=True)

    class Meta:
        ordering = ("name",)
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")

    def __str__(self) -> str:
        return self.name


class Accounts(BaseUserManager["Account"]):
    """Only what Django's login asks of a manager: an e-mail address is found whatever its capitals."""

    def get_by_natural_key(self, username: str | None) -> Account:
        return self.get(email=(username or "").lower())


class Account(AbstractBaseUser):
    """One person. There is no all-powerful account: what a person may do follows from roles alone."""

    email = models.EmailField(_("e-mail address"), max_length=254, unique=True)  # always in small letters
    name = models.CharField(_("name"), max_length=120)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="accounts", verbose_name=_("organisation")
    )
    language = models.CharField(_("language"), max_length=8, blank=True)
    is_active = models.BooleanField(_("active"), default=True)
    made_at = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects = Accounts()

    class Meta:
        ordering = ("name",)
        verbose_name = _("account")
        verbose_name_plural = _("accounts")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(email=Lower("email")), name="account_email_in_small_letters"
            ),
        )

    def __str__(self) -> str:
        return self.name

    def roles(self) -> frozenset[Role]:
        """The roles held now."""
        held = self.holdings.filter(ended_at=None).values_list("role", flat=True)
        return frozenset(Role(role) for role in held)

    @property
    def must_have_mfa(self) -> bool:
        """Whether a role held now requires a second factor (asks the database)."""
        return bool(self.roles() & MUST_HAVE_MFA)


class Holding(models.Model):
    """A role held by a person, from a day and, once ended, until a day: never deleted, so the past stays readable."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="holdings")
    role = models.CharField(_("role"), max_length=20, choices=Role)
    area = models.CharField(_("area"), max_length=16, blank=True)  # empty: as far as the role reaches
    given_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")  # null: the system
    given_at = models.DateTimeField(auto_now_add=True)
    ended_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("role held")
        verbose_name_plural = _("roles held")
        constraints = (
            models.UniqueConstraint(
                fields=("account", "role", "area"),
                condition=models.Q(ended_at=None),
                name="role_held_once",
            ),
            models.CheckConstraint(
                condition=models.Q(ended_by=None) | models.Q(ended_at__isnull=False),
                name="ended_by_needs_ended_at",
            ),
        )

    def __str__(self) -> str:
        return f"{self.role} {self.area}".strip()


class Invitation(models.Model):
    """A single-use way in, sent by e-mail. Only a hash of its secret is kept."""

    email = models.EmailField(_("e-mail address"), max_length=254)
    organisation = models.ForeignKey(Organisation, models.PROTECT, verbose_name=_("organisation"))
    roles = models.JSONField(_("roles"))  # list of Role values
    secret_hash = models.BinaryField(max_length=32, unique=True)
    by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")  # null: `cobijo init`
    made_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(_("valid until"))
    used_at = models.DateTimeField(_("used on"), null=True)
    account = models.OneToOneField(Account, models.PROTECT, null=True, related_name="invitation")

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")

    def __str__(self) -> str:
        return f"invitation {self.pk}"


class Token(models.Model):
    """A person's key to the API: what it may do, until when. Only a hash of it is kept."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="tokens")
    name = models.CharField(_("what it is for"), max_length=80)
    secret_hash = models.BinaryField(max_length=32, unique=True)
    actions = models.JSONField(_("what it may do"))  # list of "action:kind", within what the person may do
    made_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(_("valid until"))
    last_used_at = models.DateTimeField(_("last used"), null=True)
    revoked_at = models.DateTimeField(_("revoked on"), null=True)

    class Meta:
        verbose_name = _("key to the API")
        verbose_name_plural = _("keys to the API")

    def __str__(self) -> str:
        return self.name


class Attempt(models.Model):
    """A counted attempt to sign in, or a code that was used: Django's cache writes it (see attempts.py)."""

    cache_key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "accounts_attempts"

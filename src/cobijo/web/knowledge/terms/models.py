"""Words that this country adds to the vocabulary which comes with Cobijo."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from cobijo.engine.terms import load_vocabulary
from cobijo.web.core.access.models import Edited


class Language(models.TextChoices):
    SPANISH = "es", _("Spanish")
    ENGLISH = "en", _("English")


class ConceptField(models.CharField):  # type: ignore[type-arg]
    """The concept that a word stands for: its id in the database, its name in forms."""

    @property
    def flatchoices(self) -> list[tuple[str, str]]:  # read by the filters of a register
        return concept_pairs()

    def formfield(self, **options: Any) -> Any:
        return forms.ChoiceField(
            choices=lambda: [("", "—"), *concept_pairs()],
            required=True,
            label=str(self.verbose_name).capitalize(),
        )

    def deconstruct(self) -> Any:
        name, _path, args, options = super().deconstruct()
        return name, "django.db.models.CharField", args, options


def concept_pairs() -> list[tuple[str, str]]:
    """Every concept with its name in the reader's language."""
    language = "es" if (get_language() or "es").startswith("es") else "en"
    pairs = [(one.id, one.labels[language]) for one in load_vocabulary().concepts]
    return sorted(pairs, key=lambda pair: pair[1].casefold())


class OwnTerm(Edited):
    """A discouraged word that is used here, what to write instead and why. Plural and gender are found too."""

    words = models.CharField(
        _("discouraged words"), max_length=120, help_text=_("In the singular, as one would look them up.")
    )
    language = models.CharField(_("language"), max_length=2, choices=Language, default=Language.SPANISH)
    concept = ConceptField(_("what they stand for"), max_length=40)
    preferred = models.CharField(_("what to write instead"), max_length=200)
    why = models.CharField(_("why"), max_length=300)
    source = models.CharField(_("source"), max_length=250, help_text=_("Who agreed on it, and when."))

    class Meta:
        ordering = ("words",)
        verbose_name = _("own term")
        verbose_name_plural = _("own terms")
        constraints = (
            models.UniqueConstraint(
                fields=("language", "words"),
                name="own_term_once",
                violation_error_message=_("These words are entered already."),
            ),
            models.CheckConstraint(condition=Q(language__in=Language.values), name="own_term_language_known"),
            models.CheckConstraint(
                condition=~Q(words="") & ~Q(preferred=""), name="own_term_says_what_instead"
            ),
        )

    def __str__(self) -> str:
        return self.words

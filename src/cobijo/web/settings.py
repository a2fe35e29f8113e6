"""Settings of the site, all from the environment, so that one code base serves a laptop and a country.

| variable | meaning | without it |
|---|---|---|
| COBIJO_DATA_DIR | database, secret keys, gathered static files | the person's application data |
| DATABASE_URL | `postgresql://name:password@host:5432/database`, as the application's own role | one file |
| MIGRATE_DATABASE_URL | the same as the owner of its tables, for upgrades and backups | none of them on PostgreSQL |
| COBIJO_KEK_FILE, COBIJO_KEK_COMMAND | where the key over all children's keys is, or what prints it | data folder |
| KEYS_DATABASE_URL | the database of the children's keys | a file of its own in the data folder |
| MIGRATE_KEYS_DATABASE_URL | the same for the keys, where their owner is another role | KEYS_DATABASE_URL |
| COBIJO_AUDIT_KEY | secret of the audit, at least 32 characters | kept in the data folder |
| COBIJO_PUBLIC_DIR | the `public/` folder that `cobijo picture` wrote | no picture; the site says so |
| COBIJO_SECRET_KEY | signing key | kept in the data folder |
| COBIJO_HOSTS | host names the site answers to, separated by commas | this machine only |
| COBIJO_BEHIND_PROXY | 1: a proxy in front sets X-Forwarded-Proto and is the only way in | not believed |
| COBIJO_LANGUAGE | language for readers who state none | es |
| COBIJO_MAIL | `smtp://name:password@host:587` (see operations/mail.py) | mail lands in the data folder |
| COBIJO_MAIL_FROM | the sender of mail | Django's |
| COBIJO_OUTBOX_DIR | where exports wait, shared by all machines | in the data folder |
| COBIJO_EXIT_URL | where the quick exit leads; `{language}` is replaced | an encyclopaedia's first page |
| COBIJO_STATIC | `gathered`: static files are compressed and named by their content | found in place |
"""

from __future__ import annotations

import os
from pathlib import Path

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from cobijo.web.core.accounts import configuration as accounts
from cobijo.web.data import data_dir, is_demonstration, secret_key
from cobijo.web.databases import default_database, keys_database
from cobijo.web.operations.logs import configuration as logging_configuration
from cobijo.web.operations.mail import delivery


def _flag(name: str) -> bool:
    return os.environ.get(name, "").lower() in {"1", "true", "yes"}


HERE = Path(__file__).resolve().parent
DATA_DIR = data_dir()
PUBLIC_DIR = Path(os.environ["COBIJO_PUBLIC_DIR"]).absolute() if os.environ.get("COBIJO_PUBLIC_DIR") else None

DEBUG = False
DEMONSTRATION = is_demonstration(DATA_DIR)  # everything in it is invented, and its door stands open
SECRET_KEY = secret_key(DATA_DIR)
HOSTS = os.environ.get("COBIJO_HOSTS", "localhost,127.0.0.1,[::1]")
ALLOWED_HOSTS = [host.strip() for host in HOSTS.split(",") if host.strip()]
ROOT_URLCONF = "cobijo.web.urls"
WSGI_APPLICATION = "cobijo.web.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "cobijo.web.apps.StaticFiles",
    "csp",
    "js_lib_bootstrap5",
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    *accounts.APPS,
    "cobijo.web.core.accounts",
    "cobijo.web.core.access",
    "cobijo.web.core.audit",
    "cobijo.web.core.vault",
    "cobijo.web.core.vault.keystore",
    "django_tasks_db",
    "cobijo.web.core.jobs",
    "django_htmx",
    "cobijo.web.core.screens",
    "cobijo.web.directory.organisations",
    "cobijo.web.directory.services",
    "cobijo.web.directory.networks",
    "cobijo.web.directory.coverage",
    "cobijo.web.care.children",
    "cobijo.web.care.cases",
    "cobijo.web.care.sharing",
    "cobijo.web.care.justice",
    "cobijo.web.care.systems",
    "cobijo.web.knowledge.evidence",
    "cobijo.web.knowledge.laws",
    "cobijo.web.knowledge.terms",
    "cobijo.web.coordination.groups",
    "cobijo.web.coordination.requests",
    "cobijo.web.coordination.plans",
    "cobijo.web.coordination.duties",
    "cobijo.web.coordination.recommendations",
    "cobijo.web.publication.reports",
    "cobijo.web.publication.public",
    "cobijo.web.publication.help",
    "cobijo.web.publication.figures",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "cobijo.web.headers.PrivacyHeaders",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    *accounts.MIDDLEWARE,
    "cobijo.web.core.access.middleware.ActsForRequest",  # last: it runs the view itself
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [HERE / "templates"],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "cobijo.web.context.shell",
                "cobijo.web.publication.public.context.published",
                "cobijo.web.core.vault.context.vault",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "cobijo.web.figures",
            ],
        },
    }
]

# --- Data: one file, or PostgreSQL.
# The children's keys lie in a database of their own (`keys`), with a backup of its own.
DATABASES = {"default": default_database(DATA_DIR), "keys": keys_database(DATA_DIR)}
DATABASE_ROUTERS = ["cobijo.web.core.vault.router.KeyStoreRouter"]
KEK_FILE = Path(os.environ.get("COBIJO_KEK_FILE") or DATA_DIR / "kek.txt")
KEK_COMMAND = os.environ.get("COBIJO_KEK_COMMAND", "")

# --- People: one person, one account, named by an e-mail address; roles say what it may do.
AUTH_USER_MODEL = "accounts.Account"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in (
        ("UserAttributeSimilarityValidator", {"user_attributes": ("email", "name")}),
        ("MinimumLengthValidator", {"min_length": 12}),
        ("CommonPasswordValidator", {}),
    )
]
globals().update(accounts.signing_in(behind_proxy=_flag("COBIJO_BEHIND_PROXY")))
# Counted attempts and used codes are the same for every web process; nothing about a record is ever cached.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "accounts_attempts",
        "KEY_FUNCTION": "cobijo.web.core.accounts.attempts.hidden_key",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

# --- Long work: a queue in the database; mail leaves by the worker (see core/jobs).
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
MAIL_DELIVERY: str  # what delivers in the end
globals().update(delivery(DATA_DIR))
OUTBOX_DIR = os.environ.get("COBIJO_OUTBOX_DIR", "")  # shared where there are several machines
JOB_LEASE_SECONDS = int(os.environ.get("COBIJO_JOB_LEASE", "30"))

# --- Languages: Spanish and English, both complete; the address says which (`/es/…`, `/en/…`).
LANGUAGE_CODE = "en" if os.environ.get("COBIJO_LANGUAGE") == "en" else "es"
LANGUAGES = [("es", _("Spanish")), ("en", _("English"))]
LOCALE_PATHS = [HERE.parent / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "America/Mexico_City"

# --- Static files: found in place, or gathered into the data folder with names that carry their hash.
STATIC_URL = "/static/"
STATICFILES_DIRS = [HERE / "static"]
GATHERED = os.environ.get("COBIJO_STATIC") == "gathered"
STATIC_ROOT = DATA_DIR / "static" if GATHERED else None
STORAGES = {
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if GATHERED
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    }
}
WHITENOISE_USE_FINDERS = not GATHERED
WHITENOISE_AUTOREFRESH = False

# --- What a browser may do with our pages: nothing that the page itself does not bring along.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "connect-src": [SELF],  # htmx asks this site, and no other
        "style-src": [SELF],
        "img-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
SECURE_REFERRER_POLICY = "no-referrer"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Strict"
if _flag("COBIJO_BEHIND_PROXY"):
    # Only a proxy that overwrites the header may be believed; it is also the one that ends TLS.
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^health$"]  # probes come from inside, in plain HTTP
    SECURE_HSTS_SECONDS = 63_072_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    CSRF_COOKIE_SECURE = True
    SESSION_COOKIE_SECURE = True

# A reader in danger leaves at once for a page that anybody may have open.
EXIT_URL = os.environ.get("COBIJO_EXIT_URL", "https://{language}.wikipedia.org/")

# --- Logs: one JSON a line, without addresses, user agents or anything a person wrote.
LOGGING = logging_configuration()

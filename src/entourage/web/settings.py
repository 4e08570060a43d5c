"""Every setting of the application, each with its reason; what is wrong stops the start and names its cure."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from entourage.house import data_folder, secret_key

# The folder of the code: templates, static files and catalogues stand below it.
BASE = Path(__file__).parent
# All that the installation keeps: database, secret key, uploads, lists of rejected rows.
DATA = data_folder()
# Signs sessions and fingerprints the erased; made at first start.
SECRET_KEY = secret_key()
# Tracebacks in the browser: for developers only.
DEBUG = os.environ.get("ENTOURAGE_DEBUG") == "1"
# The names under which the pages are served; on loopback by default.
ALLOWED_HOSTS = os.environ.get("ENTOURAGE_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
# The origins (https://...) that may post forms when a proxy stands in front.
CSRF_TRUSTED_ORIGINS = [o for o in os.environ.get("ENTOURAGE_ORIGINS", "").split(",") if o]


def _database(url: str) -> dict[str, object]:
    """Django's description of the database behind an address like ``postgresql://user:password@host:port/name``."""
    parts = urlsplit(url)
    if parts.scheme not in ("postgres", "postgresql"):
        raise ImproperlyConfigured(
            f"`DATABASE_URL` must start with postgresql://. Got {parts.scheme or 'nothing'}://; Entourage keeps its "
            "data in PostgreSQL 16 or newer. Unset it to use the PostgreSQL that comes with Entourage."
        )
    query = dict(pair.split("=", 1) for pair in parts.query.split("&") if "=" in pair)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")) or "postgres",
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(query.get("host", "")) or parts.hostname or "",
        "PORT": str(parts.port or query.get("port", "")),
        # Connections are kept between requests and checked before reuse: PostgreSQL may have been restarted.
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"application_name": "entourage"},
    }


# The house sets DATABASE_URL to its own PostgreSQL before Django starts; without it only offline commands work.
DATABASES = {"default": _database(os.environ.get("DATABASE_URL") or "postgresql:///entourage")}
# Big tables use 64-bit keys everywhere.
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "django_htmx",
    "template_partials",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "procrastinate.contrib.django",
    "entourage.web.core",
    "entourage.web.listen",
    "entourage.web.reading",
    "entourage.web.people",
    "entourage.web.outbox",
    "entourage.web.inbox",
    "entourage.web.service",
    "entourage.web.today",
    "entourage.web.crisis",
    "entourage.web.operations",
    "entourage.web.results",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "entourage.web.core.middleware.SpokenLanguage",
    "entourage.web.core.middleware.CleanAddress",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "entourage.web.urls"
WSGI_APPLICATION = "entourage.web.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        # Our pages of sign-in stand before allauth's own.
        "DIRS": [BASE / "core" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "entourage.web.core.context.frame",
            ],
            # Tags that every page uses, so that none begins with the same four {% load %} lines.
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "template_partials.templatetags.partials",
                "entourage.web.core.templatetags.entourage",
            ],
        },
    },
]

# Background work stands in each room's jobs.py.
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"

# Counts of failed sign-ins stand in the database: every web process sees the same ones (core's second migration).
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "core_cache"}}

# People sign in with their e-mail address; nobody signs up alone, an owner invites.
AUTH_USER_MODEL = "core.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
ACCOUNT_ADAPTER = "entourage.web.core.accounts.InvitationOnly"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
# Without a mail server the address cannot be verified; the invitation link is the proof.
ACCOUNT_EMAIL_VERIFICATION = "none"
# Five failed attempts in five minutes for one address, then wait.
ACCOUNT_RATE_LIMITS = {"login_failed": "20/m/ip,5/300s/key"}
ACCOUNT_SESSION_REMEMBER = True
# Signing out takes one press: the form posts with its token.
ACCOUNT_LOGOUT_ON_GET = False
# A one-time code from an application on the phone, and codes for the day it is lost.
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Entourage"
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "account_login"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

# English and French are complete; the person's choice wins over the browser's.
LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("fr", _("French"))]
LOCALE_PATHS = [BASE / "locale"]
USE_I18N = True
# Moments are stored in UTC and shown in the brand's time zone.
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "static/"
STATICFILES_DIRS = [BASE / "static"]
# Files are served from where they are installed: there is no collect step to forget.
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
# An uploaded file goes to disk at once: memory does not grow with it.
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.TemporaryFileUploadHandler"]
# The largest form without files; an import's file is not counted.
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
# The folder of files waiting to be imported.
UPLOADS = DATA / "uploads"
# Lists of the rows that an import refused; removed after thirty days.
REJECTS = DATA / "rejects"

# Whose vectors search and topics rest on: "auto" takes the close encoder where entourage[meaning] is installed (better
# across languages, some 1,000 messages a second), else the fast one (tens of thousands); "fast" or "close" says which.
MEANING = os.environ.get("ENTOURAGE_MEANING", "auto")
if MEANING not in ("auto", "fast", "close"):
    raise ImproperlyConfigured(f"`ENTOURAGE_MEANING` must be auto, fast or close. Got {MEANING}; unset it for auto.")

# Cookies: readable by no script; sent over HTTPS only where ENTOURAGE_HTTPS=1 says that a proxy adds it.
HTTPS = os.environ.get("ENTOURAGE_HTTPS") == "1"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_AGE = 60 * 60 * 24 * 14
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365 if HTTPS else 0
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
# The page that says how to send a form whose token was too old.
CSRF_FAILURE_VIEW = "entourage.web.core.views.errors.csrf_refused"
# Scripts, styles and pictures come from here only, and none stands inside a page.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    }
}
# The log goes to the terminal; nothing personal is written to it.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"terminal": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["terminal"], "level": os.environ.get("ENTOURAGE_LOG", "WARNING")},
}

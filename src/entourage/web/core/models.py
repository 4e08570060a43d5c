"""Brands, the people who work for them, and the trail of what they did."""

from __future__ import annotations

import secrets
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.contrib.postgres.fields import ArrayField
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from entourage.web.core.scope import BrandRows

#: The languages of messages that the shipped reader was taught to judge (ISO 639-1); it names others, too.
SPOKEN = ("ar", "de", "en", "es", "fr", "hi", "it", "pt")


class Language(models.TextChoices):
    ENGLISH = "en", _("English")
    FRENCH = "fr", _("French")


class Users(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save()
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        return self.create_user(email, password, is_superuser=True, is_staff=True, **fields)


class User(AbstractBaseUser, PermissionsMixin):
    """Somebody who signs in; what they may do is said brand by brand, by ``Member``."""

    email = models.EmailField(_("e-mail"), unique=True)
    name = models.CharField(_("name"), max_length=120, blank=True)
    # As they chose; empty means as their browser asks.
    language = models.CharField(_("language"), max_length=2, choices=Language, blank=True, default="")
    # Django's own pages ask for these two.
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)
    joined_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[Users] = Users()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    personal_data = ("email", "name")

    def __str__(self) -> str:
        return self.name or self.email


class Goal(models.TextChoices):
    """What the presence is a means to; chosen when the brand is made."""

    FEWER_CALLS = "fewer_calls", _("Fewer calls")
    MORE_SALES = "more_sales", _("More sales")
    IMAGE = "image", _("A better image")
    INNOVATION = "innovation", _("Innovation")
    RECRUITMENT = "recruitment", _("Recruitment")


class Unit(models.TextChoices):
    """The opportunity in which closeness counts whether somebody engaged."""

    HOUR = "hour", _("hour")
    DAY = "day", _("day")
    WEEK = "week", _("week")


class Brand(models.Model):
    """A brand whose relations are kept here; nothing of one is ever seen from another."""

    slug = models.SlugField(_("short name"), max_length=60, unique=True, validators=[RegexValidator(r"^[a-z0-9-]+$")])
    name = models.CharField(_("name"), max_length=120)
    language = models.CharField(_("language of reports"), max_length=2, choices=Language, default=Language.ENGLISH)
    time_zone = models.CharField(_("time zone"), max_length=60, default="Europe/Paris")
    # In which languages its public writes (ISO 639-1); none said means all that the reader knows.
    languages = ArrayField(models.CharField(max_length=8), default=list, blank=True)
    goals = ArrayField(models.CharField(max_length=20, choices=Goal), verbose_name=_("goals"), default=list, blank=True)
    unit = models.CharField(_("unit of closeness"), max_length=4, choices=Unit, default=Unit.WEEK)
    # Shares of the horizon from which a person is in the inner circle, close, known; empty means the standard ones.
    ring_thresholds = ArrayField(models.FloatField(), default=list, blank=True)
    # The doors behind which something needs a person, by their names: each room says so of its own, the rail shows it.
    alarms = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    # Its people and their messages were made by the simulator; said wherever the brand shows.
    simulated = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    personal_data = ()

    def __str__(self) -> str:
        return self.name


class Role(models.TextChoices):
    """What a member may do; each includes less than the one before."""

    OWNER = "owner", _("Owner")
    MANAGER = "manager", _("Manager")
    AGENT = "agent", _("Agent")
    ANALYST = "analyst", _("Analyst")


class Member(BrandRows):
    """A user's place in a brand."""

    brand = models.ForeignKey(Brand, on_delete=models.CASCADE, related_name="members")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(_("role"), max_length=10, choices=Role)
    joined_at = models.DateTimeField(auto_now_add=True)

    personal_data = ()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["brand", "user"], name="member_once_per_brand")]

    def __str__(self) -> str:
        return str(self.user)


def _token() -> str:
    return secrets.token_urlsafe(24)


class Invitation(BrandRows):
    """A link that makes whoever opens it a member; works once and for seven days."""

    brand = models.ForeignKey(Brand, on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField(_("e-mail"))
    role = models.CharField(_("role"), max_length=10, choices=Role, default=Role.AGENT)
    token = models.CharField(max_length=64, unique=True, default=_token)
    by = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)

    personal_data = ("email",)

    def __str__(self) -> str:
        return self.email


class AuditEvent(BrandRows):
    """What a member did, kept whatever becomes of its subject; ``detail`` never holds a fan's words or name."""

    brand = models.ForeignKey(Brand, on_delete=models.CASCADE, related_name="audit_events")
    at = models.DateTimeField()
    # Empty where the command line or a job acted for the installation.
    by = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True)
    # noun.past-tense: ``person.erased``
    what = models.CharField(max_length=60)
    subject = models.CharField(max_length=80, blank=True)
    detail = models.JSONField(default=dict)

    personal_data = ()

    class Meta:
        indexes = [models.Index(fields=["brand", "-at"], name="audit_event_recent")]

    def __str__(self) -> str:
        return f"{self.what} {self.subject}"

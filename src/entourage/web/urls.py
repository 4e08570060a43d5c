"""Where every page stands."""

from allauth.account import views as account
from django.urls import include, path

from entourage.web.core import urls as core
from entourage.web.crisis import urls as crisis
from entourage.web.inbox import urls as inbox
from entourage.web.listen import urls as listen
from entourage.web.operations import urls as operations
from entourage.web.outbox import urls as outbox
from entourage.web.people import urls as people
from entourage.web.reading import urls as reading
from entourage.web.results import urls as results
from entourage.web.service import urls as service
from entourage.web.today import urls as today

# The library's pages that make sense here: nobody signs up alone, and without a mail server no letter is sent.
sign = [
    path("login/", account.login, name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("password/", account.password_change, name="account_change_password"),
    path("2fa/", include("allauth.mfa.urls")),
]
urlpatterns = [
    path("", include(core)),
    path("sign/", include(sign)),
    path("b/<slug:slug>/", include(listen)),
    path("b/<slug:slug>/", include(reading)),
    path("b/<slug:slug>/", include(people)),
    path("b/<slug:slug>/", include(inbox)),
    path("b/<slug:slug>/", include(outbox)),
    path("b/<slug:slug>/", include(service)),
    path("b/<slug:slug>/", include(today)),
    path("b/<slug:slug>/", include(crisis)),
    path("b/<slug:slug>/", include(operations)),
    path("b/<slug:slug>/", include(results)),
]
handler400 = "entourage.web.core.views.errors.bad_request"
handler403 = "entourage.web.core.views.errors.forbidden"
handler404 = "entourage.web.core.views.errors.not_found"
handler500 = "entourage.web.core.views.errors.broken"

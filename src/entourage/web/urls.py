"""Where every page stands."""

from django.urls import include, path
from django.views.generic import RedirectView

from entourage.web.core import urls as core
from entourage.web.listen import urls as listen
from entourage.web.operations import urls as operations
from entourage.web.people import urls as people
from entourage.web.results import urls as results

urlpatterns = [
    path("", include(core)),
    # Without a mail server nobody can be sent a new password: an owner invites again.
    path("sign/password/reset/", RedirectView.as_view(pattern_name="account_login")),
    path("sign/", include("allauth.urls")),
    path("b/<slug:slug>/", include(listen)),
    path("b/<slug:slug>/", include(people)),
    path("b/<slug:slug>/", include(operations)),
    path("b/<slug:slug>/", include(results)),
]
handler400 = "entourage.web.core.views.errors.bad_request"
handler403 = "entourage.web.core.views.errors.forbidden"
handler404 = "entourage.web.core.views.errors.not_found"
handler500 = "entourage.web.core.views.errors.broken"

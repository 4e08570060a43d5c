"""The pages of this room, below /b/<slug>/."""

from __future__ import annotations

from django.urls import path

from entourage.web.listen.views import accounts, imports

app_name = "listen"
urlpatterns = [
    path("import/", imports.imports, name="imports"),
    path("import/<int:pk>/", imports.one, name="import"),
    path("import/<int:pk>/columns/", imports.columns, name="columns"),
    path("import/<int:pk>/confirm/", imports.confirm, name="confirm"),
    path("import/<int:pk>/again/", imports.again, name="again"),
    path("import/<int:pk>/rejected.csv", imports.rejected, name="rejected"),
    path("import/<int:pk>/mapping.json", imports.mapping, name="mapping"),
    path("import/accounts/", accounts.accounts, name="accounts"),
    path("import/accounts/<uuid:pk>/", accounts.mark, name="mark"),
]

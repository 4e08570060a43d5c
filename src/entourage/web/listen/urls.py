"""The pages of this room, below /b/<slug>/."""

from __future__ import annotations

from django.urls import path

from entourage.web.listen.views import accounts, connections, files, imports

app_name = "listen"
urlpatterns = [
    path("import/", imports.imports, name="imports"),
    path("import/<int:pk>/", imports.one, name="import"),
    path("import/<int:pk>/columns/", imports.columns, name="columns"),
    path("import/<int:pk>/confirm/", imports.confirm, name="confirm"),
    path("import/<int:pk>/again/", imports.again, name="again"),
    path("import/<int:pk>/rejected.csv", imports.rejected, name="rejected"),
    path("import/<int:pk>/mapping.json", imports.mapping, name="mapping"),
    path("connections/", connections.connections, name="connections"),
    path("connections/new/", connections.new, name="connect"),
    path("connections/<int:pk>/", connections.one, name="connection"),
    path("connections/<int:pk>/anew/", connections.anew, name="connection-anew"),
    path("connections/<int:pk>/do/", connections.do, name="connection-do"),
    path("files/<int:pk>/", files.file, name="file"),
    path("import/accounts/", accounts.accounts, name="accounts"),
    path("import/accounts/<uuid:pk>/", accounts.mark, name="mark"),
]

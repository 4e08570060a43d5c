"""The pages of the service room, below /b/<slug>/."""

from __future__ import annotations

from django.urls import path

from entourage.web.service.views import report, rules, settings

app_name = "service"
urlpatterns = [
    path("service/", settings.overview, name="settings"),
    path("service/departments/new/", settings.new_department, name="department-new"),
    path("service/departments/<str:pk>/", settings.department, name="department"),
    path("service/departments/<str:pk>/remove/", settings.remove_department, name="department-remove"),
    path("service/holidays/", settings.add_holiday, name="holiday-add"),
    path("service/holidays/<int:pk>/remove/", settings.remove_holiday, name="holiday-remove"),
    path("service/people/<int:pk>/", settings.seat, name="seat"),
    path("service/people/<int:pk>/remove/", settings.remove_seat, name="seat-remove"),
    path("service/away/", settings.away, name="away"),
    path("service/targets/", settings.add_target, name="target-add"),
    path("service/targets/<int:pk>/remove/", settings.remove_target, name="target-remove"),
    path("service/rules/", rules.list_all, name="rules"),
    path("service/rules/new/", rules.new, name="rule-new"),
    path("service/rules/<int:pk>/", rules.edit, name="rule"),
    path("service/rules/<int:pk>/move/", rules.move, name="rule-move"),
    path("service/rules/<int:pk>/remove/", rules.remove, name="rule-remove"),
    path("service/promises/", report.page, name="report"),
    path("service/promises/count/", report.count, name="report-count"),
    path("service/promises/rows/", report.rows, name="report-rows"),
    path("service/promises/first/", report.first, name="report-first"),
]

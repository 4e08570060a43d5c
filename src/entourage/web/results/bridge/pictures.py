"""The audit's charts as SVG, in both languages, drawn once by the job so that no page loads a renderer."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Literal

import vl_convert
from django.conf import settings
from django.utils import translation

from entourage.web.core.pictures import on_paper
from entourage.web.results.models import Picture
from entourage.web.results.queries.charts import charts, operation_names
from entourage.web.results.queries.fonts import FONT_FOLDER, FONT_NAME
from entourage.web.results.queries.words import page_names

if TYPE_CHECKING:
    from entourage.web.results.models import Audit

#: How d3 names the two ways of writing numbers.
LOCALES: dict[str, Literal["en-US", "fr-FR"]] = {"en": "en-US", "fr": "fr-FR"}
#: Points of the chart's width on an A4 page.
WIDTH = 500
PAPER = {
    "font": FONT_NAME,
    "background": None,
    "view": {"stroke": None},
    "axis": {
        "labelFontSize": 10,
        "titleFontSize": 10,
        "titleFontWeight": "normal",
        "gridColor": "token:line",
        "domain": False,
        "ticks": False,
        "labelColor": "token:ink-soft",
        "titleColor": "token:ink-soft",
    },
    "legend": {"labelFontSize": 10, "titleFontSize": 10, "titleFontWeight": "normal", "orient": "top"},
}


def draw(audit: Audit) -> None:
    """Store every chart of the audit in every language; doing it twice replaces them."""
    vl_convert.register_font_directory(str(FONT_FOLDER))
    Picture.objects.of(audit.brand_id).filter(audit=audit).delete()
    pages, operations = page_names(audit), operation_names(audit)
    for language, _ in settings.LANGUAGES:
        with translation.override(language):
            drawn = [
                _picture(audit, name, language, chart.spec) for name, chart in charts(audit, pages, operations).items()
            ]
        Picture.objects.bulk_create(drawn)


def _picture(audit: Audit, name: str, language: str, spec: dict[str, object]) -> Picture:
    sheet = on_paper({"width": WIDTH, "height": 200, **spec, "config": PAPER})
    svg = vl_convert.vegalite_to_svg(json.dumps(sheet), format_locale=LOCALES[language])
    return Picture(brand_id=audit.brand_id, audit=audit, name=name, language=language, svg=svg)

"""Addresses of checks."""

from django.urls import path

from dudao.web.document_checks.views import decisions, drafts, exports, reports

app_name = "document_checks"
HELP = {"*": "check-in-the-platform"}
_CHECKS = "<int:year>/<str:region>/<slug:task>/checks/"
_REPORT = _CHECKS + "<int:pk>/"
urlpatterns = [
    path(_CHECKS, reports.reports, name="reports"),
    path(_CHECKS + "draft/", drafts.draft, name="draft"),
    path(_CHECKS + "draft/<str:item>/<slug:key>/", drafts.handle, name="handle"),
    path(_REPORT, reports.report, name="report"),
    path(_REPORT + "parts/<int:number>/", reports.part, name="part"),
    path(_REPORT + "findings/<slug:place>/", reports.finding, name="finding"),
    path(_REPORT + "decide/<slug:key>/", decisions.decide, name="decide"),
    path(_REPORT + "note/<slug:key>/", decisions.note, name="note"),
    path(_REPORT + "versions/", reports.versions, name="versions"),
    path(_REPORT + "check-again/", reports.check_again, name="check_again"),
    path(_REPORT + "share/", reports.share, name="share"),
    path(_REPORT + "remove/", reports.remove, name="remove"),
    path(_REPORT + "restore/", reports.restore, name="restore"),
    path(_REPORT + "exports/<slug:kind>/", exports.export, name="export"),
]

"""The addresses of the platform; every one of them has an access rule (a test walks them all)."""

from django.urls import URLPattern, URLResolver, include, path

handler400 = "dudao.web.dashboards.views.bad_request"
handler403 = "dudao.web.dashboards.views.refused"
handler404 = "dudao.web.dashboards.views.not_found"
handler500 = "dudao.web.dashboards.views.failed"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("dudao.web.dashboards.urls")),
    path("", include("dudao.web.operation.urls")),
    path("", include("dudao.web.api.urls")),
    path("", include("dudao.web.people.urls")),
    path("", include("dudao.web.background.urls")),
    path("", include("dudao.web.notices.urls")),
    path("", include("dudao.web.search.urls")),
    path("", include("dudao.web.help.urls")),
    path("", include("dudao.web.publications.urls")),
    path("", include("dudao.web.document_checks.urls")),
    path("", include("dudao.web.evidence.urls")),
    path("", include("dudao.web.schools.urls")),
    path("", include("dudao.web.evaluations.urls")),
]

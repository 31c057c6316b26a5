"""Addresses of documents to download."""

from django.urls import path

from dudao.web.publications import views

app_name = "publications"
HELP = {"*": "outputs"}
urlpatterns = [
    path("<int:year>/<str:region>/<slug:task>/outputs/", views.outputs, name="outputs"),
    path("<int:year>/<str:region>/<slug:task>/outputs/check/", views.check, name="check"),
    path("<int:year>/<str:region>/<slug:task>/outputs/<slug:kind>/", views.download, name="download"),
]

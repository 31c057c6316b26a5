"""Addresses of documents to download."""

from django.urls import path

from dudao.web.publications import views

app_name = "publications"
urlpatterns = [
    path("<int:year>/<str:region>/<slug:task>/outputs/<slug:kind>/", views.download, name="download"),
]

"""Addresses of background work."""

from django.urls import path

from dudao.web.background import views

app_name = "background"
HELP = {"*": "background-work"}

urlpatterns = [
    path("jobs/", views.jobs, name="jobs"),
    path("jobs/<uuid:key>/", views.job, name="job"),
    path("jobs/<uuid:key>/cancel/", views.cancel_job, name="cancel"),
    path("jobs/<uuid:key>/again/", views.try_job_again, name="again"),
]

"""Addresses of school data: they name the year and the region, which every task of them shares."""

from django.urls import path

from dudao.web.schools.views import balance, computed, downloads, imports, proposals, snapshots, start, whatif

app_name = "schools"
_DATA = "school-data"
HELP = {"*": _DATA, "whatif": "optimise", "scenario": "optimise", "proposals": "optimise", "proposal": "optimise"}

_PLACE = "<int:year>/<str:region>/"
_TASK = _PLACE + "<slug:task>/"
_IMPORTS = _PLACE + "imports/"
_IMPORT = _IMPORTS + "<int:pk>/"
_SNAPSHOT = _PLACE + "snapshots/<int:pk>/"
_BALANCE = _PLACE + "balance/"
_WHATIF = _BALANCE + "whatif/"
_PROPOSALS = _BALANCE + "proposals/"

urlpatterns = [
    path("imports/", start.imports, name="imports_start"),
    path("balance/", start.balance, name="balance_start"),
    path(_TASK + "imports/", start.imports_of_task, name="imports_of_task"),
    path(_TASK + "balance/", start.balance_of_task, name="balance_of_task"),
    path(_IMPORTS, imports.listing, name="imports"),
    path(_IMPORTS + "upload/", imports.upload, name="upload"),
    path(_IMPORTS + "template/<slug:kind>/", downloads.template, name="template"),
    path(_IMPORT, imports.show, name="import"),
    path(_IMPORT + "columns/", imports.assign, name="assign"),
    path(_IMPORT + "take/", imports.take, name="take"),
    path(_IMPORT + "drop/", imports.drop, name="drop"),
    path(_IMPORT + "marked/", downloads.marked, name="marked"),
    path(_IMPORT + "file/", downloads.original, name="original"),
    path(_SNAPSHOT, snapshots.show, name="snapshot"),
    path(_SNAPSHOT + "restore/", snapshots.restore, name="restore"),
    path(_BALANCE, balance.overview, name="balance"),
    path(_BALANCE + "schools/", balance.school_list, name="balance_schools"),
    path(_BALANCE + "hand/", balance.hand_worksheet, name="balance_hand"),
    path(_BALANCE + "years/", balance.years, name="balance_years"),
    path(_BALANCE + "worksheet/", downloads.worksheet, name="worksheet"),
    path(_BALANCE + "report/", downloads.report, name="report"),
    path(_WHATIF, whatif.try_out, name="whatif"),
    path(_WHATIF + "save/", whatif.save, name="save_scenario"),
    path(_WHATIF + "<int:pk>/", whatif.scenario, name="scenario"),
    path(_PROPOSALS, proposals.listing, name="proposals"),
    path(_PROPOSALS + "<int:pk>/", proposals.show, name="proposal"),
    path(_TASK + "self/<str:item>/computed/<int:fact>/", computed.take_over, name="take_over"),
]

"""Addresses of evidence."""

from django.urls import path

from dudao.web.evidence.views import items, library, pieces, uploads

app_name = "evidence"
HELP = {"*": "evidence"}

_LIBRARY = "<int:year>/<str:region>/<slug:task>/evidence/"
_ITEM = _LIBRARY + "items/<str:item>/"
_PIECE = _LIBRARY + "<int:pk>/"
_FILE = _PIECE + "files/<int:revision>/"

urlpatterns = [
    path("evidence/", library.start, name="start"),
    path(_LIBRARY, library.library, name="library"),
    path(_LIBRARY + "coverage/", library.coverage, name="coverage"),
    path(_LIBRARY + "gaps/", library.gaps, name="gaps"),
    path(_LIBRARY + "upload/", uploads.upload, name="upload"),
    path(_LIBRARY + "keep-again/", uploads.keep_again, name="keep_again"),
    path(_ITEM, items.item, name="item"),
    path(_ITEM + "link/", items.link, name="link"),
    path(_ITEM + "unlink/<int:support>/", items.unlink, name="unlink"),
    path(_PIECE, pieces.piece, name="piece"),
    path(_PIECE + "describe/", pieces.describe, name="describe"),
    path(_PIECE + "revise/", pieces.revise, name="revise"),
    path(_PIECE + "remove/", pieces.remove, name="remove"),
    path(_PIECE + "restore/", pieces.restore, name="restore"),
    path(_FILE, pieces.download, name="download"),
    path(_FILE + "picture/", pieces.picture, name="picture"),
]

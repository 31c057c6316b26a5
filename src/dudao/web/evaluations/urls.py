"""Addresses of rounds and self-evaluations."""

from django.urls import path

from dudao.web.evaluations.views import (
    bulk,
    duties,
    outcome,
    progress,
    remarks,
    rounds,
    scheme_drafts,
    schemes,
    self_evaluation,
)

app_name = "evaluations"
_SCHEMES = ("schemes", "take_over", "scheme", "new_scheme", "edit_scheme", "change_line", "settle_scheme")
_VERSIONS = ("new_version", "publish", "withdraw", "compare")
_ROUNDS = ("tasks", "open_round", "round", "round_reminders", "move_deadline", "close_round")
_PROGRESS = ("progress", "reminders", "extend", "submit", "send_back", "confirm")
_DUTIES = ("duties", "set_duty", "export_duties", "import_duties")
HELP = {
    "*": "fill-in",
    **dict.fromkeys((*_SCHEMES, *_VERSIONS), "publish-a-scheme"),
    **dict.fromkeys((*_ROUNDS, *_PROGRESS, *_DUTIES), "run-a-round"),
}

_TASK = "<int:year>/<str:region>/<slug:task>/"
_ITEM = _TASK + "self/<str:item>/"

urlpatterns = [
    path("schemes/", schemes.catalogue, name="schemes"),
    path("schemes/take-over/", schemes.take_over, name="take_over"),
    path("schemes/<slug:slug>/<int:version>/", schemes.scheme, name="scheme"),
    path("schemes/new/", scheme_drafts.begin, name="new_scheme"),
    path("schemes/<slug:slug>/<int:version>/edit/", scheme_drafts.edit, name="edit_scheme"),
    path("schemes/<slug:slug>/<int:version>/edit/line/", scheme_drafts.change_line, name="change_line"),
    path("schemes/<slug:slug>/<int:version>/edit/settle/", scheme_drafts.settle, name="settle_scheme"),
    path("schemes/<slug:slug>/<int:version>/new-version/", scheme_drafts.new_version, name="new_version"),
    path("schemes/<slug:slug>/<int:version>/publish/", schemes.publish, name="publish"),
    path("schemes/<slug:slug>/<int:version>/withdraw/", schemes.withdraw, name="withdraw"),
    path("schemes/<slug:slug>/<int:version>/compare/<int:other>/", schemes.compare, name="compare"),
    path("rounds/new/", rounds.open_round, name="open_round"),
    path("rounds/<int:key>/", rounds.round_page, name="round"),
    path("rounds/<int:key>/reminders/", rounds.reminders, name="round_reminders"),
    path("rounds/<int:key>/deadline/", rounds.move_deadline, name="move_deadline"),
    path("rounds/<int:key>/close/", rounds.close, name="close_round"),
    path("tasks/", progress.tasks, name="tasks"),
    path(_TASK + "progress/", progress.progress, name="progress"),
    path(_TASK + "progress/reminders/", progress.reminders, name="reminders"),
    path(_TASK + "extend/", progress.extend, name="extend"),
    path(_TASK + "duties/", duties.duties, name="duties"),
    path(_TASK + "duties/set/", duties.set_duty, name="set_duty"),
    path(_TASK + "duties/export/", duties.export, name="export_duties"),
    path(_TASK + "duties/import/", duties.take_in, name="import_duties"),
    path(_TASK + "outcome/", outcome.outcome, name="outcome"),
    path(_TASK + "outcome/facts/", outcome.save_fact, name="save_outcome_fact"),
    path(_TASK + "submit/", progress.submit, name="submit"),
    path(_TASK + "send-back/", progress.send_back, name="send_back"),
    path(_TASK + "confirm/", progress.confirm, name="confirm"),
    path(_TASK + "self/", self_evaluation.start, name="self_start"),
    path(_TASK + "bulk/", bulk.bulk, name="bulk"),
    path(_TASK + "bulk/template/", bulk.template, name="bulk_template"),
    path(_TASK + "bulk/confirm/", bulk.confirm, name="bulk_confirm"),
    path(_ITEM, self_evaluation.show_item, name="self"),
    path(_ITEM + "note/", self_evaluation.save_note, name="save_note"),
    path(_ITEM + "points/<str:point>/", self_evaluation.save_points, name="save_points"),
    path(_ITEM + "points/<str:point>/choice/", self_evaluation.save_choice, name="save_choice"),
    path(_ITEM + "facts/<int:fact>/", self_evaluation.save_fact, name="save_fact"),
    path(_ITEM + "facts/<int:fact>/uses/", self_evaluation.fact_uses, name="fact_uses"),
    path(_ITEM + "comments/", remarks.add_remark, name="add_comment"),
    path(_ITEM + "comments/<int:remark>/settle/", remarks.settle_remark, name="settle_remark"),
    path(_ITEM + "restore/<int:sequence>/", remarks.restore_note, name="restore_note"),
    path(_ITEM + "<slug:event>/", self_evaluation.move, name="move"),
]

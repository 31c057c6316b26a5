"""Addresses of signing in, the own account, people, and places."""

from django.urls import path

from dudao.web.people.views import account, imports, people, places, signing_in, tokens

app_name = "people"
_ACCOUNT = ("account", "extend_session", "choose_language", "choose_theme", "choose_tour", "end_device")
_SIGNING_IN = ("sign_in", "verify", "first_password", "sign_out", "invitation", "earlier_invitation")
_SECOND_FACTOR = ("enrol", "renew_codes", "leave_second_factor")
HELP = {
    "*": "people",
    "tokens": "api",
    "revoke_token": "api",
    **dict.fromkeys((*_ACCOUNT, *_SIGNING_IN, *_SECOND_FACTOR), "account"),
}

_PERSON = "admin/users/<int:key>/"
_REGION = "admin/regions/<str:code>/"

urlpatterns = [
    path("login/", signing_in.sign_in, name="sign_in"),
    path("login/verify/", signing_in.verify, name="verify"),
    path("login/first-password/", signing_in.first_password, name="first_password"),
    path("logout/", signing_in.sign_out, name="sign_out"),
    path("invitation/", signing_in.invitation, name="invitation"),
    path("invitation/<str:secret>/", signing_in.earlier_invitation, name="earlier_invitation"),
    path("account/", account.account, name="account"),
    path("account/extend/", account.extend_session, name="extend_session"),
    path("language/", account.choose_language, name="choose_language"),
    path("account/theme/", account.choose_theme, name="choose_theme"),
    path("account/tour/", account.choose_tour, name="choose_tour"),
    path("account/devices/<int:device>/end/", account.end_device, name="end_device"),
    path("account/second-factor/", account.enrol, name="enrol"),
    path("account/second-factor/codes/", account.renew_codes, name="renew_codes"),
    path("account/second-factor/leave/", account.leave_second_factor, name="leave_second_factor"),
    path("account/tokens/", tokens.tokens, name="tokens"),
    path("account/tokens/<int:token>/revoke/", tokens.revoke, name="revoke_token"),
    path("admin/users/", people.people, name="people"),
    path("admin/users/new/", people.new_person, name="new_person"),
    path("admin/users/regions/", people.region_options, name="region_options"),
    path("admin/imports/", imports.imports, name="imports"),
    path("admin/imports/<slug:kind>/template/", imports.import_template, name="import_template"),
    path("admin/imports/<slug:kind>/", imports.run_import, name="run_import"),
    path(_PERSON, people.person_page, name="person"),
    path(_PERSON + "change/", people.change_person, name="change_person"),
    path(_PERSON + "active/", people.set_active, name="set_active"),
    path(_PERSON + "invite/", people.invite, name="invite"),
    path(_PERSON + "roles/", people.give_role, name="give_role"),
    path(_PERSON + "roles/<int:grant>/end/", people.end_role, name="end_role"),
    path(_PERSON + "second-factor/reset/", people.reset_second_factor, name="reset_second_factor"),
    path(_PERSON + "devices/<int:device>/end/", people.end_device, name="end_their_device"),
    path("admin/regions/", places.regions, name="regions"),
    path(_REGION, places.region, name="region"),
    path(_REGION + "districts/", places.add_district, name="add_district"),
    path(_REGION + "departments/", places.add_department, name="add_department"),
    path(_REGION + "departments/<int:key>/", places.change_department, name="change_department"),
]

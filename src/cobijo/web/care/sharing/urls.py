"""Addresses of the room. Those of a child and of a packet by code are short and say nothing."""

from __future__ import annotations

from django.urls import path

from cobijo.web.care.sharing.views import desk, inbox, own, refer

app_name = "sharing"
urlpatterns = [
    path("n/", own.own, name="own"),
    path("p/", own.packet_by_code, name="packet_by_code"),
    path("sharing/", desk.home, name="home"),
    path("sharing/sign/", inbox.sign, name="sign"),
    path("sharing/complaints/", inbox.complaints, name="complaints"),
    path("sharing/packet/<int:pk>/", inbox.packet, name="packet"),
    path("sharing/referral/<int:pk>/", desk.referral, name="referral"),
    path("sharing/child/<int:pk>/", desk.child, name="child"),
    path("sharing/child/<int:pk>/consent/", desk.consent, name="consent"),
    path("sharing/child/<int:pk>/withdraw/<int:consent>/", desk.withdraw, name="withdraw"),
    path("sharing/child/<int:pk>/code/", desk.code, name="code"),
    path("sharing/child/<int:pk>/asked/<int:wish>/", desk.answer_wish, name="wish"),
    path("sharing/child/<int:pk>/refer/", refer.choose, name="choose"),
    path("sharing/child/<int:pk>/refer/<int:service>/", refer.fields, name="fields"),
    path("sharing/child/<int:pk>/case-packet/<int:consent>/", refer.case_packet, name="case_packet"),
]

"""Addresses of the pages of one organisation. They stand before the registers': `page` takes the place of the
register's own detail, at the same address and name, since it shows the services, contacts and networks too.
"""

from __future__ import annotations

from django.urls import path

from cobijo.web.directory.organisations import views

app_name = "organisations"
urlpatterns = [
    path("directory/organisations/<int:pk>/", views.page, name="page"),
    path("directory/organisations/<int:pk>/states/", views.states, name="states"),
    path("directory/organisations/<int:pk>/close/", views.close, name="close"),
]

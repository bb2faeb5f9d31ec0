"""The notice's addresses."""

from django.urls import path

from inspection import views

urlpatterns = [
    path("", views.notice, name="notice"),
    path("rounds/<slug:slug>/", views.round_notice, name="round"),
    path("notice.json", views.notice_json, name="notice-json"),
]

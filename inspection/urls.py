"""The notice's addresses."""

from django.urls import path

from inspection.views import boxes, notice, posters

urlpatterns = [
    path("", notice.notice, name="notice"),
    path("rounds/<slug:slug>/", notice.round_notice, name="round"),
    path("notice.json", notice.notice_json, name="notice-json"),
    path("poster/", posters.poster, name="poster"),
    path("poster/boxes/", posters.box_labels, name="box-labels"),
    path("poster/cards/", posters.cards, name="cards"),
    path("boxes/<int:number>/map/", boxes.box_map, name="box-map"),
]

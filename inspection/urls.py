"""The notice's addresses."""

from django.urls import path

from inspection.views import box_map, notice_pages, posters

urlpatterns = [
    path("", notice_pages.notice, name="notice"),
    path("rounds/<slug:slug>/", notice_pages.round_notice, name="round"),
    path("notice.json", notice_pages.notice_json, name="notice-json"),
    path("poster/", posters.poster, name="poster"),
    path("poster/boxes/", posters.box_labels, name="box-labels"),
    path("poster/cards/", posters.cards, name="cards"),
    path("boxes/<int:number>/map/", box_map.box_map, name="box-map"),
]

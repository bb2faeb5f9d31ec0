"""Items on their way to a receiver, through the pages that clerk and head see."""

from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client

from inspection import clock
from intake.choices import Action, ListState, Status
from intake.models import AuditEvent, Receiver, StaffUser, Submission, TransferList
from tests.intake.casework.transfers.list_world import ORIGINAL, SECRET, World, make_world
from tests.logging_in import log_in
from tests.making import make_clerk
from tests.sending import text_of

pytestmark = pytest.mark.django_db

LISTS = "/admin/intake/transferlist/"
ITEMS = "/admin/intake/submission/"


@pytest.fixture
def world() -> World:
    return make_world()


def client_of(user: StaffUser) -> Client:
    return log_in(Client(), user)


def press(client: Client, row: TransferList, to: str, **fields: Any) -> Any:
    row.refresh_from_db()
    data = {"to": to, "version": row.version, **fields}
    return client.post(f"{LISTS}{row.pk}/move/", data)


def today(world: World) -> str:
    return clock.now().astimezone(world.intake.round.zone).date().isoformat()


def test_a_list_from_the_items_to_the_answer(world: World):
    items = [world.item(withhold=True), world.item()]
    client, head = client_of(world.clerk), client_of(world.head)
    ticked = {"action": "gather_selected", "_selected_action": [str(one.pk) for one in items]}
    page = client.post(ITEMS, ticked)
    assert page.status_code == 200
    assert "放进去，2 件" in text_of(page)
    typed = {"item": [str(one.pk) for one in items], "receiver": world.receiver.pk}
    assert client.post(f"{LISTS}add/", typed).status_code == 302
    row = TransferList.objects.get()
    first, second = row.entries.all()
    entry = f"{LISTS}{row.pk}/entry/{first.pk}/"
    assert ORIGINAL in text_of(client.get(entry))
    assert "反映人选了“移交时不附我的姓名和电话”" in text_of(client.get(entry))
    copied = client.post(entry, {"abstract": ORIGINAL, "version": row.version})
    assert copied.status_code == 422
    assert "摘要里有一大段是原文" in text_of(copied)
    for one in (first, second):
        row.refresh_from_db()
        typed = {"abstract": f"{SECRET}{one.pk}", "version": row.version}
        assert client.post(f"{LISTS}{row.pk}/entry/{one.pk}/", typed).status_code == 302
    assert "接收单位没法答复反映人" in text_of(client.get(f"{LISTS}{row.pk}/change/"))
    assert press(client, row, "propose").status_code == 302
    number = {"document_number": "岚巡办移〔2025〕1号"}
    assert press(client, row, "approve", **number).status_code == 403
    assert "请填文号" in text_of(press(head, row, "approve"))
    assert press(head, row, "approve", **number).status_code == 302
    day = today(world)
    assert press(client, row, "send", sent_on=day).status_code == 302
    assert press(client, row, "sign", signed_on=day, signer="钱（演示）").status_code == 302
    assert press(client, row, "remind", reminded_on=day).status_code == 302
    done = press(client, row, "answer", feedback_on=day, result=f"{SECRET}结果")
    assert done.status_code == 302
    shown = text_of(client.get(done["Location"]))
    assert f"{SECRET}结果" in shown
    assert "钱（演示）" in shown
    assert set(Submission.objects.values_list("status", flat=True)) == {Status.ANSWERED}
    assert number["document_number"] in text_of(client.get(LISTS))
    told = [str(event.detail) for event in AuditEvent.objects.all()]
    assert not any(SECRET in words for words in told)


def test_errors_stand_at_their_fields_and_nothing_is_lost(world: World):
    row = world.sent(world.item())
    client = client_of(world.clerk)
    page = press(client, row, "object", objection_on="2025-04-30", reason=SECRET)
    assert page.status_code == 422
    shown = text_of(page)
    assert "请选是哪几件。" in shown
    assert SECRET in shown
    assert press(client, row, "remind", reminded_on="昨天").status_code == 422
    assert press(client, row, "nonsense").status_code == 422
    assert press(client, row, "sign", version="x").status_code == 422
    old = press(client, row, "sign", version=1, signer=SECRET, signed_on="2025-04-17")
    assert old.status_code == 409
    assert SECRET in text_of(old)
    typed = {"signed_on": "2025-04-17", "signer": "钱"}
    assert press(client, row, "sign", **typed).status_code == 302
    again = press(client, row, "sign", **typed)
    assert again.status_code == 422
    assert "这一步已经办过" in text_of(again)
    assert TransferList.objects.get().state == ListState.SIGNED


def test_a_late_objection_is_said_to_be_late_on_the_page(world: World):
    row, client = world.sent(world.item()), client_of(world.clerk)
    told = {"entries": row.entries.get().pk, "reason": SECRET}
    for day, is_late in (("2025-04-23", False), ("2025-04-24", True)):
        objected = press(client, row, "object", objection_on=day, **told)
        assert objected.status_code == 302
        shown = text_of(client.get(objected["Location"]))
        assert day in shown
        assert ("超过期限提出" in shown) is is_late
        assert press(client, row, "insist", reason=SECRET).status_code == 302


def test_an_accused_body_is_refused_item_by_item(world: World):
    item = world.item(nature="accusation")
    body = Receiver.objects.create(
        kind="inspected", name="青石镇（演示）", takes="|accusation|", target=item.target
    )
    page = client_of(world.clerk).post(f"{LISTS}add/", {"item": str(item.pk), "receiver": body.pk})
    assert page.status_code == 422
    assert "检举控告不能交给被反映的单位" in text_of(page)
    assert not TransferList.objects.exists()


def test_another_round_and_a_team_see_nothing_of_a_list(world: World):
    item = world.item()
    row = world.sent(item)
    entry = row.entries.get().pk
    addresses = [f"{LISTS}{row.pk}/change/", f"{LISTS}{row.pk}/entry/{entry}/"]
    team = client_of(make_clerk(world.intake, world.intake.desks[0]))
    for client in (client_of(make_world().clerk), team):
        assert [client.get(one).status_code for one in addresses] == [404, 404]
        assert press(client, row, "sign").status_code == 404
        assert str(row.document_number) not in text_of(client.get(LISTS))
    assert client_of(world.clerk).get(f"{LISTS}add/?receiver=1").status_code == 400
    # The team reads at its item where it went, and no word of the office's abstract.
    shown = text_of(team.get(f"{ITEMS}{item.pk}/change/"))
    assert row.document_number in shown
    assert SECRET not in shown


def test_a_list_leads_back_to_its_row_also_after_a_press(world: World):
    row, client = world.gather(world.item(), world.item()), client_of(world.clerk)
    kept = "state__exact=draft"
    found = text_of(client.get(f"{LISTS}?{kept}"))
    way = f"?{urlencode({'_changelist_filters': kept})}"
    opened = f"{row.get_absolute_url()}{way}"
    assert f'href="{opened}"' in found and f'id="item-{row.pk}"' in found
    page = text_of(client.get(opened))
    assert f'href="{LISTS}?{kept}#item-{row.pk}"' in page
    entry = row.entries.earliest("pk")
    below = f"{LISTS}{row.pk}/entry/{entry.pk}/"
    assert f'href="{below}{way}"' in page and f'action="{LISTS}{row.pk}/move/{way}"' in page
    assert f'href="{opened}"' in text_of(client.get(f"{below}{way}"))
    out = client.post(f"{below}out/{way}", {"version": row.version})
    assert out["Location"] == opened
    dropped = client.post(
        f"{LISTS}{row.pk}/move/{way}", {"to": "drop", "version": row.version + 1, "reason": "错了"}
    )
    assert dropped["Location"] == opened


def test_a_team_drafts_its_notice_from_the_item(world: World):
    item = world.item(status=Status.FIXING)
    client = client_of(make_clerk(world.intake, world.intake.desks[0]))
    assert "起草立行立改通知书" in text_of(client.get(f"{ITEMS}{item.pk}/change/"))
    asked = client.get(f"{LISTS}add/?item={item.pk}")
    assert "接收单位" not in text_of(asked).split("放进去")[0].split("放进立行立改通知书")[-1]
    assert client.post(f"{LISTS}add/", {"item": str(item.pk)}).status_code == 302
    row = TransferList.objects.get()
    assert (row.kind, row.receiver.target) == ("fix", item.target)
    assert AuditEvent.objects.filter(action=Action.START_LIST).count() == 1
    out = client.post(f"{LISTS}{row.pk}/entry/{row.entries.get().pk}/out/", {"version": 1})
    assert out.status_code == 302
    assert not row.entries.on_the_list().exists()
    assert press(client, row, "drop").status_code == 302

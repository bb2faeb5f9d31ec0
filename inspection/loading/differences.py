"""Where two readings of a notice differ, fact by fact, in words that a clerk can read.

Pure. A notice becomes records under keys that stay the same from reading to reading: a
team's name, a box's number. Three states are compared: what was last loaded, how it
stands now after staff's corrections, and what the text says today.
"""

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from typing import Any

from inspection.body_kinds import BodyKind
from inspection.contact_kinds import ContactKind
from inspection.notice import Notice

Key = tuple[str, ...]
Record = dict[str, Any]
Facts = dict[Key, Record]
# As last loaded, as it stands, as the text says.
Versions = tuple[Any, Any, Any]

_FIELDS = {
    "title": "标题",
    "committee": "党委",
    "session": "届",
    "ordinal": "轮",
    "word": "用词",
    "issuer": "发布单位",
    "notice_date": "公告日期",
    "period": "巡察时间",
    "accepts_until": "受理截止日期",
    "accepts_until_time": "截止时刻",
    "accepts_from": "受理起始日",
    "batch": "批次",
    "counts_stated": "公告所称数目",
    "channels": "受理方式",
    "out_of_scope": "范围外事项",
    "out_of_scope_text": "范围外事项（原文）",
    "feedback": "向反映人反馈",
    "feedback_text": "反馈规定（原文）",
    "supervise_inspectors": "监督巡察干部",
    "postmark": "以邮戳为准",
    "special_checks": "专项检查",
    "text": "公告原文",
    "series": "类别",
    "team": "巡察组",
    "kind": "类型",
    "county": "县（市、区）",
    "short_names": "简称",
    "includes_villages": "含部分村（社区）",
    "postcode": "邮编",
    "hours": "接听时间",
    "location": "位置",
    "target": "巡察对象",
    "items": "内容",
}


@dataclass(slots=True)
class Merged:
    """The facts to hold, and what differs, each line in Chinese."""

    facts: Facts = field(default_factory=dict)
    changes: list[str] = field(default_factory=list)
    corrections: list[str] = field(default_factory=list)
    conflicts: list[str] = field(default_factory=list)


def facts_of(notice: Notice) -> Facts:
    """The notice as records; the order of the keys is the notice's."""
    return dict([*_round_facts(notice), *_team_facts(notice), *_other_facts(notice)])


def _round_facts(notice: Notice) -> Iterator[tuple[Key, Record]]:
    entry = asdict(notice.round)
    del entry["slug"]
    checks = [asdict(check) for check in notice.special_checks]
    yield (
        ("轮次",),
        {**entry, **asdict(notice.rules), "special_checks": checks, "text": notice.text},
    )


def _team_facts(notice: Notice) -> Iterator[tuple[Key, Record]]:
    for team in notice.teams:
        record = asdict(team)
        del record["targets"], record["name"]
        yield ("巡察组", team.name or ""), record
        for target in team.targets:
            body = asdict(target)
            yield ("巡察对象", body.pop("name")), {**body, "team": team.name}


def _other_facts(notice: Notice) -> Iterator[tuple[Key, Record]]:
    for contact in notice.contacts:
        record = {"postcode": contact.postcode, "hours": contact.hours and contact.hours.to_json()}
        yield ("联系方式", contact.kind, contact.value, contact.team or ""), record
    for box in notice.drop_boxes:
        record = asdict(box)
        del record["number"]
        key = str(box.number) if box.number is not None else box.location
        yield ("举报箱", "" if box.number is None else "号", key), record
    for topic in notice.focus:
        yield ("巡察重点", topic.kind, topic.heading), {"items": topic.items}


def merge(last: Facts, now: Facts, new: Facts) -> Merged:
    """What the text changed since it was loaded is taken over; staff's corrections stay."""
    merged = Merged()
    for key in dict.fromkeys([*new, *now, *last]):
        record = _merge_record(key, last.get(key), now.get(key), new.get(key), merged)
        if record is not None:
            merged.facts[key] = record
    return merged


def decide(merged: Merged, read: Facts, decided: Facts) -> None:
    """What a person makes of a text just now goes before what stands and what the text says."""
    for key in read.keys() - decided.keys():
        if merged.facts.pop(key, None) is not None:
            merged.changes.append(f"{spoken_name(key)}：由人删去")
    for key, record in decided.items():
        before, stands = read.get(key), merged.facts.get(key)
        if before is None and stands != record:
            merged.facts[key] = record
            merged.changes.append(f"{spoken_name(key)}：由人增加")
        elif before is not None and stands is not None:
            merged.facts[key] = _decided(key, (before, stands, record), merged)


def _decided(key: Key, versions: tuple[Record, Record, Record], merged: Merged) -> Record:
    before, stands, record = versions
    found = dict(stands)
    for part, value in record.items():
        if value != before.get(part) and value != stands[part]:
            shown = f"{_shown(part, stands[part])} → {_shown(part, value)}"
            merged.changes.append(f"{spoken_name(key)} {_FIELDS[part]}：{shown}（由人确定）")
            found[part] = value
    return found


def _merge_record(
    key: Key, last: Record | None, now: Record | None, new: Record | None, merged: Merged
) -> Record | None:
    name = spoken_name(key)
    if now is None:
        return _merge_absent(name, last, new, merged)
    if new is None:
        return _merge_dropped(name, last, now, merged)
    before = last or {}
    return {
        part: _merge_value(
            f"{name} {_FIELDS[part]}", part, (before.get(part), now[part], says), merged
        )
        for part, says in new.items()
    }


def _merge_absent(
    name: str, last: Record | None, new: Record | None, merged: Merged
) -> Record | None:
    """A record that is not there now: new in the text, or removed by staff."""
    if new is not None and last is None:
        merged.changes.append(f"{name}：新增")
        return new
    if new is not None:
        list_ = merged.corrections if new == last else merged.conflicts
        list_.append(f"{name}：公告里有，工作人员已删去")
    return None


def _merge_dropped(name: str, last: Record | None, now: Record, merged: Merged) -> Record | None:
    """A record that the text does not have: dropped from it, or added by staff."""
    if last is None:
        merged.corrections.append(f"{name}：公告里没有，由工作人员增加")
        return now
    if now == last:
        merged.changes.append(f"{name}：删去")
        return None
    merged.conflicts.append(f"{name}：公告已删去，但工作人员更正过，仍保留")
    return now


def _merge_value(name: str, part: str, versions: Versions, merged: Merged) -> Any:
    before, stands, says = versions
    if stands == says:
        return stands
    if says == before:
        words = f"公告为{_shown(part, says)}，更正为{_shown(part, stands)}"
        merged.corrections.append(f"{name}：{words}")
        return stands
    if stands == before and part == "text":
        merged.changes.append(f"{name}：有改动")
        return says
    if stands == before:
        merged.changes.append(f"{name}：{_shown(part, stands)} → {_shown(part, says)}")
        return says
    words = f"公告改为{_shown(part, says)}，工作人员更正过的{_shown(part, stands)}仍保留"
    merged.conflicts.append(f"{name}：{words}")
    return stands


def spoken_name(key: Key) -> str:
    """What a fact is about, as a clerk reads it."""
    group, *rest = key
    if group == "联系方式":
        kind, value, team = rest
        facts = ContactKind(kind).facts
        return f"{team}{facts.fact or facts.word} {value}"
    if group == "举报箱":
        return f"举报箱 {rest[1]}"
    if group == "巡察重点":
        return f"巡察重点“{rest[1]}”"
    return " ".join([group, *filter(None, rest)])


def _shown(part: str, value: Any) -> str:
    """A value as a clerk reads it."""
    if part == "kind":
        return BodyKind(value).facts.counted
    if value is None or value in ("", (), []):
        return "（空）"
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, dict):
        return "、".join(_shown("", inner) for inner in value.values() if inner)
    if isinstance(value, list | tuple):
        return "、".join(_shown("", inner) for inner in value)
    return str(value)

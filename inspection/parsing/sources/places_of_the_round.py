"""Where a notice says what holds for the round as a whole. Pure."""

from collections.abc import Iterator

from inspection.notice import Notice, Period
from inspection.out_of_scope import OutOfScope
from inspection.parsing.sources.days_given import Choice, find_day, last_one, of_acceptance, spoken
from inspection.parsing.sources.field import Field, Sort
from inspection.parsing.sources.field_making import About, make_field
from inspection.parsing.sources.flat_text import FlatText, Found

_YEAR_LEFT_OUT = "原文没有写年份，按公告里的其他日期当作{}年。"


def fields_of_the_round(flat: FlatText, notice: Notice) -> Iterator[Field]:
    """Title, who sends and signs, and all days."""
    round_ = notice.round
    words = (
        ("title", "标题", round_.title),
        ("committee", "党委", round_.committee),
        ("issuer", "发布单位", round_.issuer),
    )
    for name, label, value in words:
        found = flat.find(value or "")
        yield make_field(flat, About(f"round.{name}", label, Sort.HEAD), value or "", found)
    for name, label, number, unit in (
        ("session", "届", round_.session, "届"),
        ("ordinal", "轮", round_.ordinal, "轮"),
    ):
        found = _ordinal(flat, number, unit)
        value = f"第{number}{unit}" if number is not None else ""
        yield make_field(flat, About(f"round.{name}", label, Sort.HEAD), value, found)
    yield day_field(
        flat, About("round.notice_date", "公告日期", Sort.TIME), round_.notice_date, last_one
    )
    yield period_field(flat, About("round.period", "巡察时间", Sort.TIME), round_.period)
    yield day_field(
        flat,
        About("round.accepts_from", "受理起始日", Sort.TIME),
        round_.accepts_from,
        of_acceptance,
    )
    until = round_.accepts_until
    yield day_field(
        flat, About("round.accepts_until", "受理截止日期", Sort.TIME), until, of_acceptance
    )
    if round_.accepts_until_time:
        yield _cutoff(flat, round_.accepts_until_time)
    for index, count in enumerate(round_.counts_stated):
        found = _count(flat, count.count)
        label, value = f"公告所称{count.kind.facts.counted}数目", f"{count.count}个"
        path = f"round.counts_stated[{index}]"
        yield make_field(flat, About(path, label, Sort.RULE), value, found)


def day_field(flat: FlatText, about: About, day: str | None, choose: Choice) -> Field:
    """A day by the words that give it."""
    found = find_day(flat, day, choose) if day else None
    return make_field(flat, about, day or "", found, lacking=_YEAR_LEFT_OUT)


def period_field(flat: FlatText, about: About, period: Period | None) -> Field:
    """When a round or a team works, by the notice's own words."""
    if period is None:
        return make_field(flat, about, "", None)
    value = f"{_window(period.starts)} 至 {_window(period.ends)}"
    found = flat.find_stretch(period.text)
    return make_field(flat, about, value, found)


def fields_of_the_rules(flat: FlatText, notice: Notice) -> Iterator[Field]:
    """What the round looks at, and how reports are handled."""
    for index, topic in enumerate(notice.focus):
        found = flat.find(topic.heading) or flat.find(topic.items[0] if topic.items else "")
        label = f"巡察重点（{topic.kind.facts.word}）"
        value = f"{topic.heading} {len(topic.items)}项".strip()
        yield make_field(flat, About(f"focus[{index}]", label, Sort.RULE), value, found)
    for index, check in enumerate(notice.special_checks):
        value = f"{check.by}：{check.what}"
        found = flat.find(check.what)
        yield make_field(
            flat, About(f"special_checks[{index}]", "专项检查", Sort.RULE), value, found
        )
    rules = notice.rules
    outside = OutOfScope(rules.out_of_scope).facts.word if rules.out_of_scope else ""
    found = flat.find_stretch(rules.out_of_scope_text)
    yield make_field(flat, About("rules.out_of_scope", "范围外事项", Sort.RULE), outside, found)
    feedback = "" if rules.feedback is None else "反馈" if rules.feedback else "不反馈"
    found = flat.find_stretch(rules.feedback_text)
    yield make_field(flat, About("rules.feedback", "向反映人反馈", Sort.RULE), feedback, found)
    postmark = "" if rules.postmark is None else "是" if rules.postmark else "否"
    if postmark:
        found = flat.find("邮戳")
        yield make_field(flat, About("rules.postmark", "以邮戳为准", Sort.RULE), postmark, found)


def _window(days: tuple[str, str] | None) -> str:
    if days is None:
        return "（没有写）"
    return days[0] if days[0] == days[1] else f"{days[0]}—{days[1]}"


def _ordinal(flat: FlatText, number: int | None, unit: str) -> Found | None:
    if number is None:
        return None
    ways = (f"{spoken(number)}{unit}", f"{number}{unit}") if number < 100 else ()
    return next((found for words in ways if (found := flat.find(words))), None)


def _count(flat: FlatText, count: int) -> Found | None:
    either = f"{count}|{spoken(count)}" if count < 100 else str(count)
    match = next(flat.matches(rf"(?<!\d)(?:{either})(?:个|家|所|名)"), None)
    return Found(match.start(), match.end()) if match else None


def _cutoff(flat: FlatText, time: str) -> Field:
    hour, minute = time.split(":")
    hours = {int(hour), int(hour) - 12} if int(hour) > 12 else {int(hour)}
    either = "|".join(f"0?{one}" for one in sorted(hours, reverse=True))
    match = next(flat.matches(rf"(?<!\d)(?:{either})(?::{minute}|[时点])"), None)
    found = Found(match.start(), match.end()) if match else None
    return make_field(flat, About("round.accepts_until_time", "截止时刻", Sort.TIME), time, found)

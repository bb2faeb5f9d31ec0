"""How reports are received and handled, and how many bodies the notice says it names."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from inspection.body_kinds import BodyKind
from inspection.channels import Channel
from inspection.contact_kinds import ContactKind
from inspection.notice import Rules, StatedCount
from inspection.out_of_scope import OutOfScope
from inspection.parsing.facts.ways.contact_ways import FoundContact
from inspection.parsing.facts.ways.drop_boxes import FoundBox
from inspection.parsing.layout.pieces import Piece
from inspection.parsing.names.kinds_by_name import kind_of_counted
from inspection.parsing.names.numerals import CHINESE, number
from inspection.parsing.words.box_words import BOX, PUT_UP

_RECEIVES = re.compile(r"受理|反映|举报|方式")
_WAYS = re.compile(r"(?:来信|来电|来访|走访|信件|电话|短信|邮件|微信|网络|网上|举报箱|意见箱)")
_OUTSIDE = re.compile(
    r"(?:不属于|不属|不在|非|超出|以外)[^。]{0,40}?(?:受理|范围|职责)|(?:不属于|不在)[^。]{0,40}?(?:信访|问题|事项|诉求)"
    r"|范围[^。]{0,20}?(?:以外|之外)|(?:与)?(?:本轮|本次)?(?:巡[察视])?(?:工作)?(?:无|没有?)(?:直接)?(?:的)?关(?:系|联)?的?"
    r"|个人诉求|涉法涉诉|其他(?:方面)?的?(?:信访|问题|事项|诉求|来信|来电|反映)"
)
_REFUSES = re.compile(
    r"不予受理|不受理|不作受理|概不受理|请(?:依法|依规|按规定|直接|向|到|按照|拨打|通过)"
)
_PASSES = re.compile(
    r"移交|转给|分流|交有关|转市|转县|转区|转交|转送|交由|移送|转由|转有关|转至|转相关|交有关|由[^。,]{0,30}(?:部门|机关|单位)[^。,]{0,12}(?:处理|办理)"
)
_BODY = re.compile(
    r"被巡[察视](?:地区|地方|单位|党组织|党委|党组|对象|乡镇|部门|企业|学校|机构|党支部)"
)
_NO_ANSWER = re.compile(
    r"不负责[^。]{0,14}(?:反馈|答[复覆]|回[复覆])|不(?:予|作|做|再|向)?[^。,]{0,10}(?:反馈|答[复覆]|回[复覆])"
)
_ANSWER = re.compile(
    r"(?:将|会|及时|予以|按(?:规定|程序))[^。]{0,16}(?:反馈|答[复覆]|回[复覆])[^。]{0,10}"
)
_SUPERVISES = re.compile(
    r"对巡[察视](?:人员|干部)的(?:意见|监督)|(?:对|反映|监督)[^。,]{0,6}巡[察视](?:干部|组|人员|工作人员|工作)[^。]{0,30}(?:监督|反映|举报)|监督巡[察视]|巡[察视](?:干部|组|工作人员)[^。]{0,24}(?:违规违纪|违纪违法|作风)[^。]{0,30}(?:反映|举报)"
)
_POSTMARK = re.compile(r"以[^。,;]{0,12}(?:邮戳)[^。,;]{0,10}为准")
_NOT_POSTMARK = re.compile(r"不以[^,。;]{0,12}邮戳")
_ARRIVAL = re.compile(r"以[^。,;]{0,6}(?:收到|送达|到达|收件|签收)[^。,;]{0,10}为准")
_GIVEN = re.compile(r"\d{5,}|@")
_IN_EACH_BODY = re.compile(rf"{PUT_UP}(?:了|有)?(?:\d{{1,3}}个|专门|固定|统一)?的?(?:{BOX})")
_CHANNEL_OF = {
    ContactKind.PHONE: Channel.PHONE,
    ContactKind.SMS: Channel.SMS,
    ContactKind.EMAIL: Channel.EMAIL,
    ContactKind.POSTAL: Channel.LETTER,
    ContactKind.WECHAT: Channel.WECHAT,
    ContactKind.RECEPTION: Channel.VISIT,
    ContactKind.WEB: Channel.WEB,
}
_COUNT = re.compile(
    rf"(\d+|[{CHINESE}]{{1,3}})(?:个|家|所)(?!巡[察视]|月|组|方面|聚焦|工作日|小时)([\u4e00-\u9fff()]{{1,14}})"
)
_NOT_COUNTED = re.compile(
    r"^(?:[^对、]{0,6}巡[察视]组|巡[察视]|月|方面|聚焦|维护|重点|举报箱|意见箱|组|专项|小组|轮|监督|责任)"
)


def read_rules(
    pieces: Sequence[Piece],
    *,
    found_contacts: Sequence[FoundContact],
    found_boxes: Sequence[FoundBox],
) -> Rules:
    """The rules that the sentences of the notice lay down."""
    sentences = [
        s
        for piece in pieces
        for s in re.split(r"(?<=。)", f"{piece.label}:{piece.text}" if piece.label else piece.text)
    ]
    text = "".join(sentences)
    outside = next((s for s in sentences if _OUTSIDE.search(s) and _handling(s)), "")
    answer = next((s for s in sentences if _NO_ANSWER.search(s) or _answers(s)), "")
    return Rules(
        channels=_channels(sentences, found_contacts, found_boxes),
        out_of_scope=_handling(outside) if outside else None,
        feedback=None if not answer else not _NO_ANSWER.search(answer),
        supervise_inspectors=any(
            entry.contact.kind == ContactKind.SUPERVISION for entry in found_contacts
        )
        or bool(_SUPERVISES.search(text)),
        postmark=_postmark(text),
        out_of_scope_text=outside.strip(),
        feedback_text=answer.strip(),
    )


def _handling(sentence: str) -> OutOfScope | None:
    clause = sentence[match.start() :] if (match := _OUTSIDE.search(sentence)) else sentence
    if _BODY.search(clause) and re.search(r"处理|办理|移交|转", clause):
        return OutOfScope.BODY
    if _PASSES.search(clause):
        return OutOfScope.TRANSFER
    return OutOfScope.REFUSE if _REFUSES.search(clause) else None


def _answers(sentence: str) -> bool:
    return (
        bool(_ANSWER.search(sentence))
        and bool(re.search(r"反映人|举报人|信访人|来访人|群众", sentence))
        and "问题反馈" not in sentence
    )


def _postmark(text: str) -> bool | None:
    if _POSTMARK.search(text) and not _NOT_POSTMARK.search(text):
        return True
    return False if _ARRIVAL.search(text) or _NOT_POSTMARK.search(text) else None


def _channels(
    sentences: Sequence[str], contacts: Sequence[FoundContact], boxes: Sequence[FoundBox]
) -> tuple[str, ...]:
    """The ways that are enumerated or given, in the order of the table."""
    found: set[str] = set()
    is_complete = False
    for sentence in sentences:
        for clause in _without_numbers(sentence):
            if not _RECEIVES.search(clause):
                continue
            if len(set(_WAYS.findall(clause))) >= 2 or _IN_EACH_BODY.search(clause):
                found |= {channel for channel in Channel if channel.facts.said.search(clause)}
                is_complete = is_complete or "统一受理来信来电来访" in clause
    if not is_complete:
        found |= {
            _CHANNEL_OF[one.contact.kind] for one in contacts if one.contact.kind in _CHANNEL_OF
        }
        found |= {Channel.BOX} if boxes or _any_box(sentences) else set()
    return tuple(channel for channel in Channel if channel in found)


def _without_numbers(sentence: str) -> Iterator[str]:
    """The clauses that enumerate ways; those with numbers and addresses give one of them."""
    for clause in re.split(r"[。;]", sentence):
        parts = clause.split(",") if _GIVEN.search(clause) else [clause]
        yield from (part for part in parts if not _GIVEN.search(part))


def _any_box(sentences: Sequence[str]) -> bool:
    """'各被巡察单位均设有意见箱'."""
    return any(_IN_EACH_BODY.search(sentence) for sentence in sentences)


def read_counts(pieces: Sequence[Piece]) -> list[tuple[int, StatedCount]]:
    """How many bodies of which kind the opening sentences state, with their lines."""
    counts: dict[BodyKind, tuple[int, StatedCount]] = {}
    for piece in pieces:
        if piece.team is not None or piece.kind not in {"none", "targets"}:
            continue
        for sentence in re.split(r"[。]", piece.text):
            if re.search(r"巡[察视]", sentence) and re.search(
                r"对|巡[察视](?:单位|对象)|共|安排|覆盖|进驻|单位", sentence
            ):
                for kind, count in _counts(sentence).items():
                    counts.setdefault(kind, (piece.line, StatedCount(kind, count)))
    return list(counts.values())


def _counts(sentence: str) -> Counter[BodyKind]:
    """The counts of one sentence; several of one kind ('…等5个单位…等2个单位') are added."""
    found: Counter[BodyKind] = Counter()
    for match in _COUNT.finditer(sentence):
        noun = re.split(r"及|、|和|党|对|开展|进行", match[2])[0] or match[2]
        count, kind = number(match[1]), kind_of_counted(noun)
        if count and kind and not _NOT_COUNTED.match(match[2]):
            found[kind] += count
    return found

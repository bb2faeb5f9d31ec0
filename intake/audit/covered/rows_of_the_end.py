"""Of a round's end: which rows the chain covers."""

from intake.audit.covered.row_kinds import KEY, SEALED, Covered
from intake.models import (
    Appraisal,
    AppraisalEntry,
    ArchivePart,
    DestroyedSeal,
    Hold,
    RoundArchive,
    RoundPurge,
)

THE_END: tuple[Covered, ...] = (
    Covered(
        RoundArchive,
        {
            "round": "轮次",
            "name": "名称",
            "recipient": "档案部门的公钥",
            "started_by": "制作人",
            "started_at": "开始时间",
            "verified_at": "核对通过的时间",
            "part_count": "份数",
            "manifest_sha256": "总目录的指纹",
            "proof": "接收确认码的指纹",
        },
        left_out={"id": KEY, "folder": "只说写到了哪里，里面的文件另有指纹"},
    ),
    Covered(
        ArchivePart,
        {
            "archive": "归档包",
            "kind": "种类",
            "row_key": "哪一行",
            "position": "序号",
            "state": "写进时内容的指纹",
            "size": "大小",
            "sealed_sha256": "文件的指纹",
        },
        left_out={"id": KEY, "is_checked": "只说文件又核对过没有，总的核对另有留痕"},
    ),
    Covered(
        RoundPurge,
        {
            "round": "轮次",
            "archive": "归档包",
            "started_by": "清理人",
            "started_at": "开始时间",
            "finished_at": "完成时间",
        },
        left_out={"id": KEY},
    ),
    Covered(
        DestroyedSeal,
        {
            "purge": "到期清理",
            "kind": "种类",
            "column": "栏目",
            "row_key": "哪一行",
            "number": "编号",
            "digest": "内容的指纹",
            "destroyed_at": "销毁时间",
        },
        left_out={"id": KEY},
    ),
    Covered(
        Hold,
        {
            "round": "轮次",
            "submission": "信访件",
            "set_by": "提出人",
            "set_at": "提出时间",
            "lifted_by": "解除人",
            "lifted_at": "解除时间",
        },
        left_out={"id": KEY, "sealed_reason": "只是一句理由，暂缓不由它定"},
    ),
    Covered(
        Appraisal,
        {
            "round": "轮次",
            "desk": "受理席",
            "is_kept": "归档",
            "made_by": "制表人",
            "made_at": "制表时间",
            "first_signed_by": "鉴定人签名",
            "second_signed_by": "复核人签名",
            "settled_at": "两人签完的时间",
            "dropped_by": "作废人",
        },
        left_out={"id": KEY},
    ),
    Covered(
        AppraisalEntry,
        {
            "appraisal": "鉴定清单",
            "submission": "信访件",
            "is_live": "有效",
            "reason": "不归档的理由",
            "retention": "保管期限",
            "series": "档号（不含件号）",
            "piece": "件号",
            "sealed_digest": "现在的指纹",
        },
        left_out={"id": KEY, "sealed": SEALED},
    ),
)

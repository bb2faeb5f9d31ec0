"""Of a round's end: which rows the chain covers."""

from intake.audit.covered.row_kinds import KEY, Covered
from intake.models import ArchivePart, DestroyedSeal, Hold, RoundArchive, RoundPurge

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
)

"""Which rows the chain covers, and what of each: one table.

A new column or model is one entry here, either under `columns` or, with the reason, under
`left_out`; a test names what was forgotten. Whoever changes a covered value gives the row to
`audit.record` as `changed`, before saving it; which events may do that says `event_table`.
"""

from intake.audit.covered.row_kinds import Covered
from intake.audit.covered.rows_of_desks_together import DESKS_TOGETHER
from intake.audit.covered.rows_of_items_and_staff import ITEMS_AND_STAFF
from intake.audit.covered.rows_of_the_end import THE_END
from intake.audit.covered.rows_of_transfers import TRANSFERS
from intake.audit.covered.rows_of_work import WORK

__all__ = ["BY_NAME", "CHAINED_LATER", "COVERED", "NOT_COVERED", "Covered"]

COVERED: tuple[Covered, ...] = (*ITEMS_AND_STAFF, *WORK, *TRANSFERS, *DESKS_TOGETHER, *THE_END)
CHAINED_LATER = tuple(covered for covered in COVERED if covered.is_chained_later)
BY_NAME = {covered.name: covered for covered in COVERED}

# Rows of these models change all the time and decide nothing that the chain answers for.
NOT_COVERED = {
    "deadlinerule": "期限的规则人人看得到，改动另有更正留痕",
    "auditcheck": "只记检查到哪里，带着密钥的校验码",
    "checkedrow": "检查时的临时数据，合起来有密钥的校验码，查完就删",
    "authenticator": "验证器的密钥另外封着，换了只会对不上",
    "auditevent": "它就是链本身，每一条都有指纹和密钥的校验码",
    "problem": "只是给人选的类别，改动另有更正留痕",
    "retentionclass": "只是给人选的类别，改动另有更正留痕",
    "receiver": "只是给人选的单位，改动另有更正留痕",
    "itemdigest": "只用来找可能的重复件，启封时从封存的内容重新算",
    "deskrotation": "只记换封走到了哪里，开始、每一段和完成另有留痕",
    "counter": "只用来限制滥用，十分钟左右就删",
    "ledgerrun": "只说导出到哪一件了，导出本身另有留痕",
    "copymaking": "只说副本做到了哪里，做和看另有留痕",
    "viewingcopy": "随时可以从原件重做的副本，带着密钥的校验码，对不上就不给看",
    "presence": "只说现在谁打开着，登录结束就删",
    "ownfilters": "只是本人存下的筛选，只有本人打得开",
    "runningsearch": "只在查找的时候有，查完另有留痕",
    "draftscan": "还没有登记的扫描件，只有本人打得开，登记时另有留痕",
    "sealedpart": "封存文件的内容，核对时按材料的指纹重新计算",
    "waitingpart": "还没有提交的文件段，谁也打不开，提交或者两天后就删",
    "takenfile": "只为认出再点一次的同一张表，两天后就删",
    "writtendraft": "没有保存的内容，只有本人打得开，保存就删",
}

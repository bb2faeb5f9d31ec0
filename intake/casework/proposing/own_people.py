"""Whether what a clerk types seems to be about the inspectors or their office. Pure.

It only reminds: the clerk knows whom the letter means.
"""

import re

from intake.casework.proposing.letter_reading import find_proposals
from intake.casework.proposing.written import Written

_OFFICE = re.compile(r"巡[察视]办|巡[察视]工作领导小组")
_INSPECTOR = re.compile(r"巡[察视](?:干部|人员|组)")
ABOUT_OFFICE = (
    "像是反映巡察办或者它的负责人：这样的不登记在这里，不拆、不抄、不摘要，"
    "到“密封件”登记编号和日期，直接上送。"
)
ABOUT_INSPECTORS = "像是反映巡察干部：请勾“反映的是巡察干部”，登记后只有主任席看得到。"
# A web report is there already: the office sends it on, a team gives it back.
OF_THE_WEB = "像是反映巡察干部或者巡察办：先不要办，由巡察办改派到主任席；反映巡察办的报上一级。"


def reminders(written: Written, *, is_ticked: bool, is_web: bool = False) -> list[str]:
    """Of whom it accuses alone: many letters tell that the inspectors were told before."""
    accused = find_proposals(written).accused
    named = " ".join([written.subject, *(f"{one.name} {one.post} {one.body}" for one in accused)])
    if is_web and (_OFFICE.search(named) or _INSPECTOR.search(named)):
        return [] if is_ticked else [OF_THE_WEB]
    if _OFFICE.search(named):
        return [ABOUT_OFFICE]
    if _INSPECTOR.search(named) and not is_ticked:
        return [ABOUT_INSPECTORS]
    return []

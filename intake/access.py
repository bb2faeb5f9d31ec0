"""What each role may do, as one table: deny by default."""

from intake.choices import Role

_NOTICE_MODELS = ("round", "team", "target", "focustopic", "contactpoint", "dropbox")
_READ_NOTICE = frozenset(f"inspection.view_{model}" for model in _NOTICE_MODELS)
# A round comes only from a published notice, so nobody adds or deletes one by hand.
_CORRECT_NOTICE = frozenset(
    f"inspection.{action}_{model}"
    for model in _NOTICE_MODELS
    for action in ("add", "change", "delete")
    if not (model == "round" and action != "change")
)
_WORK_CALENDAR = frozenset(
    f"inspection.{action}_workcalendarday" for action in ("view", "add", "change", "delete")
)

PERMISSIONS: dict[str, frozenset[str]] = {
    Role.OFFICE: _READ_NOTICE
    | _CORRECT_NOTICE
    | _WORK_CALENDAR
    | {
        "intake.view_submission",
        "intake.view_desk",
        "intake.view_deskaccess",
        "intake.add_deskaccess",
        "intake.delete_deskaccess",
    },
    Role.TEAM: _READ_NOTICE | {"intake.view_submission", "inspection.view_workcalendarday"},
    Role.AUDITOR: frozenset({"intake.view_auditevent"}),
    Role.ADMINISTRATOR: _WORK_CALENDAR
    | {"intake.view_staffuser", "intake.add_staffuser", "intake.change_staffuser"},
}

"""Which pages the staff's site has: our own, and those of the notice with the audit mixed in."""

from django.contrib.admin import AdminSite

from inspection.admin import MODEL_ADMINS
from intake.admin.deadline_pages import DeadlineRuleAdmin
from intake.admin.ending.retention_pages import RetentionClassAdmin
from intake.admin.items.item_list import SubmissionAdmin
from intake.admin.judging.problem_pages import ProblemAdmin
from intake.admin.openings.matter_pages import SealedMatterAdmin
from intake.admin.openings.opening_list import BoxOpeningAdmin
from intake.admin.people.account_pages import StaffUserAdmin
from intake.admin.people.desk_pages import DeskAccessAdmin
from intake.admin.traces.audited import Audited
from intake.admin.traces.event_list import AuditEventAdmin
from intake.admin.transfers.receiver_page import ReceiverAdmin
from intake.admin.transfers.transfer_pages import TransferListAdmin
from intake.models import (
    AuditEvent,
    BoxOpening,
    DeadlineRule,
    DeskAccess,
    Problem,
    Receiver,
    RetentionClass,
    SealedMatter,
    StaffUser,
    Submission,
    TransferList,
)


def register_pages(site: AdminSite) -> None:
    """Registers every page of the staff."""
    site.register(Submission, SubmissionAdmin)
    site.register(BoxOpening, BoxOpeningAdmin)
    site.register(SealedMatter, SealedMatterAdmin)
    site.register(DeskAccess, DeskAccessAdmin)
    site.register(StaffUser, StaffUserAdmin)
    site.register(AuditEvent, AuditEventAdmin)
    site.register(DeadlineRule, DeadlineRuleAdmin)
    site.register(Receiver, ReceiverAdmin)
    site.register(TransferList, TransferListAdmin)
    site.register(Problem, ProblemAdmin)
    site.register(RetentionClass, RetentionClassAdmin)
    for model, page in MODEL_ADMINS.items():
        # A class a page, so that Django's own checks name it.
        site.register(model, type(f"Audited{page.__name__}", (Audited, page), {}))

"""By the name of a task, what its page tells to do."""

from collections.abc import Callable

from tests.browser.handbook.hands import Hands
from tests.browser.handbook.steps import steps_of_finding as finding
from tests.browser.handbook.steps import steps_of_handling as handling
from tests.browser.handbook.steps import steps_of_people as people
from tests.browser.handbook.steps import steps_of_registering as registering
from tests.browser.handbook.steps import steps_of_rules as rules
from tests.browser.handbook.steps import steps_of_special_cases as special
from tests.browser.handbook.steps import steps_of_starting as starting
from tests.browser.handbook.steps import steps_of_the_end as the_end
from tests.browser.handbook.steps import steps_of_transfers as transfers
from tests.browser.handbook.steps import steps_of_watching as watching

STEPS: dict[str, Callable[[Hands], None]] = {
    "log-in": starting.log_in_with_two_factors,
    "start-page": starting.look_at_the_first_page,
    "own-logins": watching.see_own_logins,
    "register-letter": registering.register_a_letter,
    "register-call": registering.register_a_call,
    "register-visit": registering.register_a_visit,
    "open-box": registering.open_a_box,
    "register-web": registering.register_a_web_report,
    "open-item": handling.open_an_item,
    "look-at-evidence": handling.look_at_evidence,
    "judge-and-propose": handling.judge_and_propose,
    "approve-or-return": handling.approve_or_return,
    "reroute": handling.reroute,
    "lead-and-help": handling.lead_and_help,
    "case-file": handling.write_the_case_file,
    "see-reporter": handling.see_the_reporter,
    "repeats": handling.link_repeats,
    "deadlines": handling.keep_deadlines,
    "inquire-and-close": handling.inquire_and_close,
    "several-items": handling.do_several,
    "transfer": transfers.transfer,
    "fix-at-once": transfers.fix_at_once,
    "find-items": finding.keep_a_filter,
    "search-inside": finding.search_inside,
    "print-papers": finding.print_papers,
    "verify-paper": finding.verify_a_paper,
    "ledger": the_end.export_the_ledger,
    "statistics": the_end.read_statistics,
    "sealed-matters": special.keep_sealed_matters,
    "recusal": special.keep_somebody_out,
    "void-item": special.void_an_item,
    "correct-item": special.correct_a_registration,
    "load-notice": rules.load_a_notice,
    "notice": rules.correct_the_notice,
    "calendar": rules.load_a_year,
    "deadline-rules": rules.change_a_deadline,
    "receivers": rules.keep_receivers,
    "accounts": rules.keep_accounts,
    "grant": rules.grant_a_desk,
    "substitute": people.let_a_substitute_in,
    "leaving": people.let_somebody_leave,
    "recovery-file": people.rehearse,
    "lost-password": people.reset_a_password,
    "lost-phone": people.unbind_a_phone,
    "archive": the_end.archive_items,
    "end-of-round": the_end.hold_back,
    "traces": watching.find_in_the_log,
    "who-read": watching.see_who_read,
    "unusual": watching.look_for_what_is_unusual,
    "check-log": watching.check_the_log,
}

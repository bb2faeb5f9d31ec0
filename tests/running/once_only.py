"""What PostgreSQL cannot change: tests for which the database is only there to have a site.

They run whole on SQLite. On PostgreSQL runs the first case of those that are `for_one_case`, and
none of the others. Whoever adds one says why the database has no part in what the test compares;
queries, constraints, transactions, counters, the chain and what is stored have no place here.
"""

from collections.abc import Iterable
from dataclasses import dataclass

VIEWS = "tests/intake/citizen/views"
INCOMING = "tests/intake/citizen/incoming"
ADMIN = "tests/intake/admin"
NOTICE = "tests/inspection/views"


@dataclass(frozen=True, slots=True)
class Once:
    """Files and those of their tests (all, where none is named) for which one reason holds."""

    why: str
    files: dict[str, tuple[str, ...]]
    for_one_case: bool = True

    def names(self, function: str) -> bool:
        """Whether 'tests/.../test_a.py::test_b' is one of them."""
        file, _, name = function.partition("::")
        return file in self.files and name in (self.files[file] or (name,))


ONCE = (
    Once(
        "A body is measured while it is read; it is refused by its length before the site asks the "
        "database anything.",
        {
            f"{INCOMING}/test_bad_input.py": (
                "test_almost_two_megabytes_of_text_are_given_back",
                "test_more_than_two_megabytes_of_text_get_a_short_page",
                "test_what_is_far_too_long_is_not_read_further",
                "test_a_megabyte_in_a_field_that_is_none_is_413",
                "test_more_text_than_can_be_kept_is_not_read",
                "test_a_request_beyond_all_bounds_is_not_read",
                "test_nine_hundred_fields",
                "test_more_fields_than_django_reads",
                "test_more_files_than_django_reads",
                "test_more_text_than_django_reads",
            ),
            f"{INCOMING}/test_bad_files.py": (
                "test_files_that_are_too_much_together",
                "test_of_nine_files_the_one_that_is_too_large_is_named_and_the_others_are_good",
            ),
            f"{VIEWS}/test_receipt_file_view.py": (
                "test_what_is_far_too_long_to_be_a_receipt_is_told_so",
            ),
        },
        for_one_case=False,
    ),
    Once(
        "The cases differ in how a form was encoded or filled in; the form takes or refuses them "
        "all alike, before anything of it reaches a query.",
        {
            f"{INCOMING}/test_bad_input.py": (
                "test_forged_token_gets_a_fresh_sheet",
                "test_a_line_that_is_too_long",
                "test_unseen_characters",
                "test_another_charset_is_read_as_ours",
                "test_broken_multipart",
                "test_a_form_without_fields_is_told_what_is_missing",
                "test_other_kinds_of_body_are_told_what_is_missing",
                "test_a_body_that_was_cut_off_is_not_half_a_report",
                "test_a_phone_that_is_none",
            ),
            f"{INCOMING}/test_bad_files.py": ("test_a_file_that_is_refused",),
            f"{VIEWS}/test_receipt_file_view.py": (
                "test_what_is_no_receipt_is_422",
                "test_what_is_no_form_is_answered_in_words",
                "test_without_a_file_it_asks_for_one",
            ),
            f"{VIEWS}/test_report_view.py": ("test_a_tick_may_be_sent_in_any_usual_way",),
        },
    ),
    Once(
        "The cases differ in a header or in the method; by these a request is judged whatever rows "
        "there are.",
        {
            "tests/intake/arriving/test_front_door.py": (),
            "tests/intake/test_middleware.py": (),
            "tests/intake/test_access_matrix.py": ("test_other_methods_change_nothing",),
            f"{NOTICE}/test_notice_pages.py": ("test_only_reading_is_allowed",),
            f"{VIEWS}/test_report_view.py": (
                "test_what_another_site_sends_is_given_back_on_a_fresh_sheet",
                "test_what_our_own_page_sends_is_taken",
                "test_other_methods_are_refused",
            ),
            f"{VIEWS}/test_receipt_file_view.py": ("test_the_file_comes_only_by_post",),
            f"{ADMIN}/test_not_done.py": (
                "test_a_page_of_somebody_else_plants_nothing",
                "test_nor_does_it_where_nobody_asks_for_a_token",
            ),
            f"{ADMIN}/login/test_entrance_access.py": ("test_wrong_methods_are_refused",),
        },
    ),
    Once(
        "A token is compared, a method refused and an address resolved before any row is read; the "
        "pages behind these addresses are asked for on both databases by the matrix of access.",
        {
            f"{ADMIN}/test_not_done.py": (
                "test_nobody_is_led_to_what_takes_only_a_press",
                "test_every_marked_address_takes_only_post",
                "test_an_old_token_is_no_fault_of_ours_at_any_address",
            ),
        },
        for_one_case=False,
    ),
    Once(
        "What no list offers is refused by its name before any query; a guard that let it through "
        "would be seen on SQLite too, which answers 200 to it and not 400.",
        {f"{ADMIN}/test_link_targets.py": ("test_what_no_list_offers_is_a_plain_400",)},
        for_one_case=False,
    ),
    Once(
        "The cases differ in what stands in an address or a hidden field; it is taken apart by "
        "code of ours and leads to pages that other tests open on both databases.",
        {
            "tests/intake/citizen/pages/test_misaddressed.py": (),
            f"{ADMIN}/test_not_done.py": (
                "test_a_made_up_field_of_kept_things_is_nothing",
                "test_what_is_no_address_leads_to_the_start_page",
                "test_what_was_typed_goes_to_pages_of_the_staff_only",
            ),
        },
    ),
    Once(
        "The cases differ in characters that nobody sees; they are taken off before anything is "
        "looked for or kept, so that every case asks the database the same.",
        {f"{ADMIN}/test_bare_text.py": ()},
    ),
    Once(
        "A file is judged by its bytes, lies sealed in a folder and is drawn by Pillow; its row is "
        "alike whatever its kind, and test_choosable says that each kind's code fits the column.",
        {
            f"{ADMIN}/items/test_evidence_pages.py": (
                "test_a_picture_is_shown_as_a_copy_without_a_position",
                "test_every_kind_is_taken_out_as_it_was_sent",
                "test_what_is_no_picture_has_no_copy",
                "test_a_hostile_picture_gets_a_sentence_instead",
                "test_the_download_is_named_for_its_content",
                "test_what_is_dangerous_by_its_content_is_not_taken_in",
                "test_what_is_allowed_is_taken_in_and_comes_out_the_same",
            ),
            "tests/intake/report/evidence/test_choosable.py": (),
        },
    ),
    Once(
        "How a long picture is cut, and who has to wait for it, is a matter of memory and "
        "processors and not of rows.",
        {
            f"{ADMIN}/items/test_long_pictures.py": (
                "test_a_clerk_sees_the_slices_on_one_page",
                "test_a_clerk_who_must_wait_is_told_so",
            ),
        },
        for_one_case=False,
    ),
    Once(
        "Whose a row is says a condition that the crawler's stolen ids put to both databases; what "
        "a page says beside the visitor's own rows is drawn by templates.",
        {
            "tests/intake/crawling/test_crawler.py": (
                "test_no_answer_holds_a_mark_of_somebody_else",
            ),
        },
        for_one_case=False,
    ),
    Once(
        "The cases are pages that templates draw from one notice as it was read, or moments at "
        "which it is looked at; what they compare are words, codes and headers.",
        {
            "tests/intake/citizen/test_inspection_word.py": (),
            f"{NOTICE}/test_posters.py": (
                "test_paper_is_told_to_stay_in_the_drawer_once_it_is_over",
                "test_paper_is_the_same_for_all",
                "test_without_a_round_nothing_is_printed",
                "test_paper_is_only_read",
                "test_no_sheet_says_another_port_or_spelling_of_the_host",
            ),
            f"{NOTICE}/test_notice_pages.py": ("test_sets_no_cookie_and_varies_on_none",),
            f"{VIEWS}/test_report_view.py": ("test_outside_the_window_everything_is_given_back",),
            f"{VIEWS}/test_other_pages.py": (
                "test_every_page_is_guarded_and_tracks_nobody",
                "test_no_page_asks_a_third_party_or_holds_code",
                "test_the_other_size_is_the_same_page",
            ),
        },
    ),
)


def not_again(tests: Iterable[str]) -> set[str]:
    """Those tests, by their full names and in the order of a run, that PostgreSQL can spare."""
    spared: set[str] = set()
    begun: set[str] = set()
    for test in tests:
        function = test.partition("[")[0]
        once = next((one for one in ONCE if one.names(function)), None)
        if once and (function in begun or not once.for_one_case):
            spared.add(test)
        begun.add(function)
    return spared

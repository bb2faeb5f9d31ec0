"""By the name of a task, what its page tells to do."""

from collections.abc import Callable

from tests.browser.handbook import steps_of_handling as handling
from tests.browser.handbook import steps_of_registering as registering
from tests.browser.handbook import steps_of_starting as starting
from tests.browser.handbook.hands import Hands

STEPS: dict[str, Callable[[Hands], None]] = {
    "log-in": starting.log_in_with_two_factors,
    "start-page": starting.look_at_the_first_page,
    "register-letter": registering.register_a_letter,
    "open-item": handling.open_an_item,
    "judge-and-propose": handling.judge_and_propose,
}

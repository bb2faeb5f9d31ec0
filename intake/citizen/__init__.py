"""What citizens do: submit a report, look its receipt up, add to it.

A receipt is given only for what is committed. Nothing here waits for another citizen.
"""

"""PostgreSQL as Django knows it, for a database whose standby has what was acknowledged.

With a synchronous standby a commit returns when both hosts have it. While the standby is away it
does not return at all: no timeout of PostgreSQL's ends that wait, and a cancel ends it as a success
with a warning. Here such a wait is ended as a failure, and others do not begin one.
"""

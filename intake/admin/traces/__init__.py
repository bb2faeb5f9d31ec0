"""操作留痕: the auditor's list, what was done with one row, and that every page leaves a trace."""

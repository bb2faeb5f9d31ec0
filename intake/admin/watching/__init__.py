"""The auditor's own pages: what is unusual, who read what, and whether the chain holds."""

"""状态: which moves there are, who may make them, and making them. Audited."""

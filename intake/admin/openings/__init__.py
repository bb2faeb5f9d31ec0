"""开箱记录 and 密封件: what two people sign, each with the own password."""

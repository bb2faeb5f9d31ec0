"""A draft becomes a row: the desks now, routed and sealed, kept whole or not at all."""

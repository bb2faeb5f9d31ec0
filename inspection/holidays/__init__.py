"""The State Council's yearly notice on holidays: its text into days, and what contradicts. Pure."""

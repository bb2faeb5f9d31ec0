"""The text in a file that somebody saved of a published page. Pure."""

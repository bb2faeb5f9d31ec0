"""Copies of files to look at and to hear, made anew where a hostile file reaches nothing."""

"""The notice's pages: on the screen, as data, and to print."""

"""The demo: invented staff and invented reports, so that a newcomer sees a site at work."""

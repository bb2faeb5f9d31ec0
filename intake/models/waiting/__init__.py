"""What has come before the form that it belongs to."""

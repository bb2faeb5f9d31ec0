"""What a careful Django developer would write: the yardstick beside the site."""

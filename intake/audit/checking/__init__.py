"""The check of the whole audit in slices: where it stands is kept in rows, under the site's key."""

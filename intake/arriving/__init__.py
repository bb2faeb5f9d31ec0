"""From the wire to bytes: how many requests come in, slowly, and what stands around the site."""

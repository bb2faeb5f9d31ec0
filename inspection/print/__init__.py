"""The round on paper: posters, labels, cards and blank forms."""

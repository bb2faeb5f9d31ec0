"""统计表: the page of figures, each a link to what it counts; as a file, and on paper."""

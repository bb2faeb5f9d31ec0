"""Tables for WPS and Excel, which flow out row by row and are nowhere whole."""

"""The pieces every screen is made of, one a file."""

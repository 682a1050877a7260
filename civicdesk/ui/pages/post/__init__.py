"""The pieces of the pages of post."""

"""E-mail: what is to be told to whom, in whose words, and how it leaves the desk."""

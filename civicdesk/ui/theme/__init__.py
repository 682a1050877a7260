"""How the desk looks: colours, letters, icons and the style sheet."""

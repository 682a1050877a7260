"""Parts of the page of e-mails."""

"""救助: applications for aid, from the application to the file."""

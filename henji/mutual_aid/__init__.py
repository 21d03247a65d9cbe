"""互助: the one-day donation and the aid that is paid from it."""

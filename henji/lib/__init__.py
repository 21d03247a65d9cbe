"""The ground floor: plain Python, one noun to a file, no models."""

"""In the artifact, instead of a package that writes documentation."""

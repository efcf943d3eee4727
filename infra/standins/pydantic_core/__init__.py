"""In the artifact, instead of a package of which only the compiled module inside is used."""

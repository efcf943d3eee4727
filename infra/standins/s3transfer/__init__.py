"""In the artifact, instead of a package that imports multiprocessing for uploads to S3."""

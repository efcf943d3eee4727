"""In the artifact, instead of a package that looks up its version for HTTP/2, which botocore does not use."""

"""In the artifact, instead of a package that boto3 imports for S3, which we do not use."""


class TransferConfig:
    """The one name that boto3 looks up at import."""

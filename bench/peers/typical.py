"""What a careful team writes with Powertools: validation, idempotency, tracing, metrics, a resource."""

import os
from typing import Any

import boto3
from aws_lambda_powertools import Logger, Metrics, Tracer
from aws_lambda_powertools.event_handler import APIGatewayHttpResolver, Response, content_types
from aws_lambda_powertools.logging import correlation_paths
from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.utilities.idempotency import (
    DynamoDBPersistenceLayer,
    IdempotencyConfig,
    idempotent_function,
)
from aws_lambda_powertools.utilities.typing import LambdaContext
from pydantic import BaseModel, EmailStr, Field

logger, tracer, metrics = Logger(), Tracer(), Metrics(namespace="app")
app = APIGatewayHttpResolver(enable_validation=True)
table = boto3.resource("dynamodb").Table(os.environ["TABLE"])
config = IdempotencyConfig(event_key_jmespath="[network, email]")
kept = DynamoDBPersistenceLayer(table_name=os.environ["IDEMPOTENCY_TABLE"], key_attr="pk", sort_key_attr=None)


class TypicalPost(BaseModel):
    """What a form sends."""

    name: str = Field(min_length=2, max_length=100)
    email: EmailStr
    school: str = Field(min_length=2, max_length=100)
    place: str = Field(default="", max_length=100)
    role: str = Field(default="", max_length=100)
    phone: str = Field(default="", max_length=30)
    remarks: str = Field(default="", max_length=2000)


class TypicalAnswer(BaseModel):
    """What the form's page gets."""

    reference: str
    status: str


@idempotent_function(data_keyword_argument="data", config=config, persistence_store=kept)
@tracer.capture_method
def store(data: dict[str, Any]) -> dict[str, Any]:
    """Put one item."""
    table.put_item(Item={"pk": f"REGISTRATION#{data['network']}", "sk": data["email"], **data})
    metrics.add_metric(name="Registered", unit=MetricUnit.Count, value=1)
    return {"reference": data["email"][:8], "status": "registered"}


@app.post("/networks/<network>/registrations")
def register(network: str, post: TypicalPost) -> Response[TypicalAnswer]:
    """Store a valid post once."""
    done = store(data={"network": network, **post.model_dump()})
    logger.info("stored", extra={"network": network})
    answer = TypicalAnswer(**done)
    return Response(status_code=201, content_type=content_types.APPLICATION_JSON, body=answer)


@logger.inject_lambda_context(correlation_id_path=correlation_paths.API_GATEWAY_HTTP)
@tracer.capture_lambda_handler
@metrics.log_metrics(capture_cold_start_metric=True)
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Answer as the route says."""
    config.register_lambda_context(context)
    return app.resolve(event, context)

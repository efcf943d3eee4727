"""What the template promises: the outside of the system on AWS, and the limits of each part."""

import importlib
import json
import re
from typing import Any

import pytest
from cfnlint.api import ManualArgs, lint

from bench.visitors import ASSUMED
from local.template import PATH as TEMPLATE
from shared.settings import Settings
from tests.conftest import ROOT
from tests.infra.conftest import Resources

REGIONS = ["eu-west-1", "eu-central-1"]
HANDLERS = {
    "Submit": "functions.submit.start.handler",
    "Manage": "functions.manage.start.handler",
    "Organise": "functions.organise.start.handler",
    "Decide": "functions.decide.start.handler",
    "Schools": "functions.schools.start.handler",
    "Challenge": "functions.challenge.start.handler",
    "Amend": "functions.amend.start.handler",
    "Check": "functions.check.handler.handler",
    "Export": "functions.export.handler.handler",
    "Probe": "functions.probe.handler.handler",
    "Mail": "functions.mail.handler.handler",
    "Delivery": "functions.delivery.handler.handler",
}
VISITED = ["Submit", "Manage", "Schools", "Challenge", "Amend", "Organise", "Decide"]
LOGS = {"logs:CreateLogStream", "logs:PutLogEvents"}
READS = {"dynamodb:BatchGetItem", "dynamodb:GetItem", "dynamodb:Query"}
SECRET = {"secretsmanager:GetSecretValue"}
SAFE = {"GET", "HEAD", "OPTIONS"}  # RFC 9110, 9.2.1
NAMES = re.compile(r"^(Function|Role|Table|Queue|Topic|LogGroup|Alarm|Group|Api|Bucket)?Name$")


def of_type(resources: Resources, kind: str) -> Resources:
    return {name: r["Properties"] for name, r in resources.items() if r["Type"] == kind}


def only(resources: Resources, kind: str) -> dict[str, Any]:
    (properties,) = of_type(resources, kind).values()
    return properties


def scheduled(made: Resources, function: str) -> dict[str, Any]:
    schedules = of_type(made, "AWS::Scheduler::Schedule").values()
    targets = ({"Fn::GetAtt": [function, "Arn"]}, {"Ref": f"{function}Aliaslive"})
    (schedule,) = (s for s in schedules if s["Target"]["Arn"] in targets)
    return schedule


def listed(value: str | list[str]) -> list[str]:
    return value if isinstance(value, list) else [value]


def statements(role: dict[str, Any]) -> list[dict[str, Any]]:
    every = [s for policy in role["Policies"] for s in policy["PolicyDocument"]["Statement"]]
    return [s for s in every if "Fn::If" not in s]  # a right that a parameter gives has a test of its own


def test_lint_finds_nothing() -> None:
    assert lint(TEMPLATE.read_text(), config=ManualArgs(regions=REGIONS)) == []


@pytest.mark.slow
def test_lint_finds_nothing_in_what_sam_makes_of_it(deployed: dict[str, Any]) -> None:
    assert lint(json.dumps(deployed), config=ManualArgs(regions=REGIONS)) == []


def test_every_parameter_is_used(written: dict[str, Any]) -> None:
    rest = json.dumps({part: content for part, content in written.items() if part != "Parameters"})
    used = {name for pair in re.findall(r'"Ref": "(\w+)"|\$\{(\w+)\}', rest) for name in pair}
    assert set(written["Parameters"]) <= used


def test_every_resource_says_why_it_is_there(resources: Resources) -> None:
    lines = TEMPLATE.read_text().splitlines()
    silent = [name for name in resources if not lines[lines.index(f"  {name}:") - 1].startswith("  # ")]
    assert silent == []


# --- functions and routes


def test_the_functions_are_these(functions: Resources) -> None:
    assert {name: function["Handler"] for name, function in functions.items()} == HANDLERS


@pytest.mark.parametrize("handler", HANDLERS.values())
def test_each_handler_can_be_called(handler: str) -> None:
    _, function, module, name = handler.split(".")
    assert (ROOT / f"functions/{function}/{module}.py").exists()  # tests/functions/test_start.py loads them
    assert callable(getattr(importlib.import_module(f"functions.{function}.handler"), name))


def test_all_functions_run_on_the_same_platform(made: Resources) -> None:
    for function in of_type(made, "AWS::Lambda::Function").values():
        assert (function["Runtime"], function["Architectures"]) == ("python3.13", [{"Ref": "Architecture"}])


def test_all_functions_are_packed_by_the_makefile(resources: Resources, functions: Resources) -> None:
    assert {resources[name]["Metadata"]["BuildMethod"] for name in functions} == {"makefile"}


def test_a_function_gets_only_variables_that_the_settings_read(made: Resources) -> None:
    for name, function in of_type(made, "AWS::Lambda::Function").items():
        variables = set(function["Environment"]["Variables"]) - {"PYDANTIC_DISABLE_PLUGINS", "VERSION"}
        assert "TABLE" in variables, name
        assert {variable.lower() for variable in variables} <= set(Settings._fields), name


def test_each_setting_is_a_variable_of_some_function(made: Resources) -> None:
    functions = of_type(made, "AWS::Lambda::Function").values()
    variables = {name for function in functions for name in function["Environment"]["Variables"]}
    assert {field.upper() for field in Settings._fields} <= variables


# --- CloudFront


def test_there_is_no_cloudfront_without_a_certificate(written: dict[str, Any], resources: Resources) -> None:
    fronted = {name for name, resource in resources.items() if resource.get("Condition") == "IsFronted"}
    assert fronted == {"Front", "FrontRequests", "OriginSecret"}
    assert written["Parameters"]["CertificateArn"]["Default"] == ""
    assert written["Conditions"]["IsFronted"] == {
        "Fn::Not": [{"Fn::Equals": [{"Ref": "CertificateArn"}, ""]}]
    }


def test_only_a_request_through_cloudfront_has_the_secret_that_the_functions_need(
    made: Resources, resources: Resources
) -> None:
    front = resources["Front"]["Properties"]["DistributionConfig"]
    (origin,) = front["Origins"]
    sent = {header["HeaderName"]: header["HeaderValue"] for header in origin["OriginCustomHeaders"]}
    assert sent.keys() == {"x-tweetal-origin", "x-tweetal-host"}
    for function in of_type(made, "AWS::Lambda::Function").values():
        variables = function["Environment"]["Variables"]
        assert variables["ORIGIN_SECRET"] == {"Fn::If": ["IsFronted", sent["x-tweetal-origin"], ""]}
        assert variables["AROUND_FRONT"] == {"Ref": "AroundFront"}
    assert origin["CustomOriginConfig"]["OriginProtocolPolicy"] == "https-only"
    assert front["WebACLId"] == {"Ref": "WebAclArn"}


def test_cloudfront_caches_nothing_and_passes_on_what_our_code_reads(resources: Resources) -> None:
    behavior = resources["Front"]["Properties"]["DistributionConfig"]["DefaultCacheBehavior"]
    assert behavior["CachePolicyId"] == "4135ea2d-6df8-44a3-9df3-4b5a84be39ad"  # CachingDisabled
    handed = resources["FrontRequests"]["Properties"]["OriginRequestPolicyConfig"]
    headers = {header.lower() for header in handed["HeadersConfig"]["Headers"]}
    sources = [
        path.read_text() for folder in ("functions", "shared") for path in (ROOT / folder).rglob("*.py")
    ]
    read = {name for text in sources for name in re.findall(r'headers(?:\.get\(|\[)"([a-z-]+)"', text)}
    # The gateway sets the first, the other is of a signed webhook.
    assert read - {"x-forwarded-proto", "x-webflow-timestamp"} <= headers
    assert len(headers) <= 10  # CloudFront, "Quotas on policies"
    assert "host" not in headers  # the gateway finds the API by it
    assert "cloudfront-viewer-address" in headers


def test_the_routes_are_these(made: Resources) -> None:
    paths = only(made, "AWS::ApiGatewayV2::Api")["Body"]["paths"]
    assert {(method.upper(), path) for path, methods in paths.items() for method in methods} == {
        ("POST", "/networks/{network}/registrations"),
        ("GET", "/networks/{network}/registrations"),
        ("HEAD", "/networks/{network}/registrations"),
        ("OPTIONS", "/networks/{network}/registrations"),
        ("POST", "/networks/{network}/registrations/"),
        ("GET", "/networks/{network}/registrations/"),
        ("HEAD", "/networks/{network}/registrations/"),
        ("OPTIONS", "/networks/{network}/registrations/"),
        ("GET", "/join/{token}"),
        ("GET", "/me/{token}"),
        ("GET", "/organiser/{token}"),
        ("POST", "/organiser/{token}"),
        ("GET", "/organiser/{token}/{page+}"),
        ("HEAD", "/organiser/{token}"),
        ("HEAD", "/organiser/{token}/{page+}"),
        ("POST", "/organiser/{token}/{page+}"),
        ("GET", "/schools"),
        ("GET", "/networks/{network}/challenge"),
        ("OPTIONS", "/networks/{network}/challenge"),
        ("OPTIONS", "/schools"),
        ("GET", "/me/{token}/{file}"),
        ("POST", "/me/{token}"),
        ("GET", "/links/{network}"),
        ("POST", "/links/{network}"),
    }


def test_every_route_speaks_payload_2(made: Resources) -> None:
    paths = only(made, "AWS::ApiGatewayV2::Api")["Body"]["paths"]
    routes = [route["x-amazon-apigateway-integration"] for path in paths.values() for route in path.values()]
    assert {route["payloadFormatVersion"] for route in routes} == {"2.0"}


def test_cors_is_left_to_our_code(made: Resources) -> None:
    api = only(made, "AWS::ApiGatewayV2::Api")
    assert "CorsConfiguration" not in api
    assert "x-amazon-apigateway-cors" not in api["Body"]


def test_a_flood_is_slowed_down(made: Resources) -> None:
    limits = only(made, "AWS::ApiGatewayV2::Stage")["DefaultRouteSettings"]
    assert 300 <= limits["ThrottlingBurstLimit"] <= 1000
    assert limits["ThrottlingRateLimit"] <= 100


def test_the_access_log_holds_no_path_token_or_address(made: Resources) -> None:
    log = only(made, "AWS::ApiGatewayV2::Stage")["AccessLogSettings"]["Format"]
    assert set(re.findall(r"\$context\.([\w.]+)", log)) == {
        "requestId",
        "requestTime",
        "routeKey",
        "status",
        "responseLatency",
        "error.messageString",
        "integrationErrorMessage",
    }


def test_a_visitor_gets_our_page_before_the_gateway_gives_up(functions: Resources) -> None:
    for name, function in functions.items():
        if "HttpApi" in {event["Type"] for event in function["Events"].values()}:
            assert function["Timeout"] < 30, name


def test_no_variable_of_a_function_holds_a_secret(made: Resources) -> None:
    for name, function in of_type(made, "AWS::Lambda::Function").items():
        variables = function["Environment"]["Variables"]
        literal = {key for key, value in variables.items() if isinstance(value, str)}
        assert literal <= {"PYDANTIC_DISABLE_PLUGINS"}, name
        assert variables.get("LINK_SECRET", {"Ref": "LinkSecret"}) == {"Ref": "LinkSecret"}  # its ARN


# --- permissions; tests/infra/permissions has the rights of each role


def test_each_function_has_a_role_of_its_own_which_only_lambda_takes(
    resources: Resources, functions: Resources
) -> None:
    for name, function in functions.items():
        assert function["Role"] == {"Fn::GetAtt": [f"{name}Role", "Arn"]}
        (trust,) = resources[f"{name}Role"]["Properties"]["AssumeRolePolicyDocument"]["Statement"]
        assert (trust["Principal"], trust["Action"]) == (
            {"Service": "lambda.amazonaws.com"},
            "sts:AssumeRole",
        )


def test_a_function_that_only_shows_writes_nothing(resources: Resources, functions: Resources) -> None:
    shows = [
        name
        for name, function in functions.items()
        if {e["Properties"].get("Method", "no route") for e in function["Events"].values()} <= SAFE
    ]
    assert {"Challenge", "Manage", "Organise", "Schools"} <= set(shows)
    for name in shows:
        granted = statements(resources[f"{name}Role"]["Properties"])
        assert {action for s in granted for action in listed(s["Action"])} <= LOGS | READS | SECRET, name


def test_each_function_writes_its_own_log(resources: Resources, functions: Resources) -> None:
    for name, function in functions.items():
        assert function["LoggingConfig"]["LogGroup"] == {"Ref": f"{name}Logs"}
        (mine,) = [s for s in statements(resources[f"{name}Role"]["Properties"]) if set(s["Action"]) == LOGS]
        assert mine["Resource"] == {"Fn::GetAtt": [f"{name}Logs", "Arn"]}


def test_no_policy_names_everything(made: Resources) -> None:
    every = [s for role in of_type(made, "AWS::IAM::Role").values() for s in statements(role)]
    wide = [s for s in every if "*" in json.dumps([s["Action"], s["Resource"]])]
    assert [(s["Action"], s["Resource"]) for s in wide] == [
        (
            "lambda:GetProvisionedConcurrencyConfig",
            [{"Fn::Sub": f"${{{name}.Arn}}:*"} for name in VISITED],
        ),
        (
            "cloudwatch:DescribeAlarms",
            {"Fn::Sub": "arn:${AWS::Partition}:cloudwatch:${AWS::Region}:${AWS::AccountId}:alarm:*"},
        ),
        ("s3:PutObject", {"Fn::Sub": "${Exports.Arn}/*"}),
        ("dynamodb:ListStreams", "*"),  # IAM has no resource for this action
    ]


def test_sam_added_no_role_and_no_managed_policy(made: Resources, resources: Resources) -> None:
    assert set(of_type(made, "AWS::IAM::Role")) == set(of_type(resources, "AWS::IAM::Role"))
    assert "ManagedPolicyArns" not in json.dumps(made)


def test_functions_are_traced_and_may_write_that_only_where_the_operator_wants_it(
    written: dict[str, Any], resources: Resources, made: Resources
) -> None:
    assert written["Parameters"]["Tracing"]["Default"] == "PassThrough"
    assert written["Conditions"]["IsTraced"] == {"Fn::Equals": [{"Ref": "Tracing"}, "Active"]}
    for name, function in of_type(made, "AWS::Lambda::Function").items():
        assert function["TracingConfig"] == {"Mode": {"Ref": "Tracing"}}
        (policy,) = resources[f"{name}Role"]["Properties"]["Policies"]
        rights = [s["Fn::If"] for s in policy["PolicyDocument"]["Statement"] if "Fn::If" in s]
        actions = ["xray:PutTelemetryRecords", "xray:PutTraceSegments"]
        allowed = {"Effect": "Allow", "Action": actions, "Resource": "*"}
        assert rights == [["IsTraced", allowed, {"Ref": "AWS::NoValue"}]]


def test_mails_go_out_under_one_address_only(resources: Resources) -> None:
    (sends,) = [
        s for s in statements(resources["MailRole"]["Properties"]) if "ses:SendEmail" in listed(s["Action"])
    ]
    assert sends["Condition"] == {"StringEquals": {"ses:FromAddress": {"Ref": "SenderEmail"}}}
    kinds = [re.search(r":(identity|configuration-set)/", json.dumps(arn)) for arn in sends["Resource"]]
    assert [kind and kind[1] for kind in kinds] == ["identity", "identity", "configuration-set"]


def test_only_this_accounts_scheduler_starts_what_is_scheduled(resources: Resources) -> None:
    role = resources["SchedulerRole"]["Properties"]
    (trust,) = role["AssumeRolePolicyDocument"]["Statement"]
    assert trust["Principal"] == {"Service": "scheduler.amazonaws.com"}
    assert trust["Condition"] == {"StringEquals": {"aws:SourceAccount": {"Ref": "AWS::AccountId"}}}
    assert [s["Action"] for s in statements(role)] == ["lambda:InvokeFunction", "sqs:SendMessage"]


def test_only_ses_publishes_the_outcome_of_a_mail(made: Resources) -> None:
    (statement,) = only(made, "AWS::SNS::TopicPolicy")["PolicyDocument"]["Statement"]
    assert (statement["Principal"], statement["Action"]) == ({"Service": "ses.amazonaws.com"}, "sns:Publish")
    sources = statement["Condition"]["StringEquals"]
    assert sources["AWS:SourceAccount"] == {"Ref": "AWS::AccountId"}
    assert "configuration-set/${ConfigurationSet}" in sources["AWS:SourceArn"]["Fn::Sub"]


def test_each_service_may_call_only_the_function_that_it_starts(made: Resources) -> None:
    for name, permission in of_type(made, "AWS::Lambda::Permission").items():
        assert "SourceArn" in permission, name


# --- background work


def test_a_bad_record_does_not_block_others(made: Resources) -> None:
    mapping = only(made, "AWS::Lambda::EventSourceMapping")
    assert mapping["StartingPosition"] == "TRIM_HORIZON"
    assert mapping["BisectBatchOnFunctionError"] is True
    assert mapping["FunctionResponseTypes"] == ["ReportBatchItemFailures"]
    assert 0 < mapping["MaximumRetryAttempts"] <= 100
    assert 0 < mapping["MaximumRecordAgeInSeconds"] < 24 * 3600
    assert mapping["DestinationConfig"]["OnFailure"]["Destination"] == {"Fn::GetAtt": ["Unhandled", "Arn"]}


def test_only_the_items_that_mails_depend_on_start_the_mail_function(
    made: Resources,
) -> None:
    (only_filter,) = only(made, "AWS::Lambda::EventSourceMapping")["FilterCriteria"]["Filters"]
    starts = ("REGISTRATION#", "REPORT#", "MESSAGE#", "CODE#", "NETWORK#", "DECISION#")
    kinds = [*({"prefix": start} for start in starts), "WORDS"]
    assert json.loads(only_filter["Pattern"]) == {"dynamodb": {"Keys": {"pk": {"S": kinds}}}}


def test_a_schedule_is_punctual_passes_its_time_and_retries(made: Resources) -> None:
    for name, schedule in of_type(made, "AWS::Scheduler::Schedule").items():
        assert schedule["FlexibleTimeWindow"] == {"Mode": "OFF"}, name
        assert json.loads(schedule["Target"]["Input"]) == {"time": "<aws.scheduler.scheduled-time>"}, name
        assert schedule["Target"]["RetryPolicy"]["MaximumRetryAttempts"] > 0, name
        assert schedule["Target"]["RoleArn"] == {"Fn::GetAtt": ["SchedulerRole", "Arn"]}, name


def test_the_check_starts_at_seven_dutch_time(made: Resources) -> None:
    schedule = scheduled(made, "Check")
    assert schedule["ScheduleExpression"] == "cron(0 7 * * ? *)"
    assert schedule["ScheduleExpressionTimezone"] == "Europe/Amsterdam"


def test_a_check_that_cannot_start_is_tried_again_and_then_kept(made: Resources) -> None:
    target = scheduled(made, "Check")["Target"]
    assert 0 < target["RetryPolicy"]["MaximumRetryAttempts"] <= 185
    assert target["DeadLetterConfig"] == {"Arn": {"Fn::GetAtt": ["Unhandled", "Arn"]}}


def test_the_sweep_runs_every_quarter_of_an_hour_and_is_never_late(made: Resources) -> None:
    schedule = scheduled(made, "Mail")
    assert schedule["ScheduleExpression"] == "rate(15 minutes)"
    assert schedule["Target"]["RetryPolicy"]["MaximumEventAgeInSeconds"] == 60
    assert is_never_late(made, "Mail")


def test_the_form_is_kept_started_unless_the_operator_turns_that_off(
    written: dict[str, Any], made: Resources
) -> None:
    schedule = scheduled(made, "Submit")
    assert schedule["ScheduleExpression"] == f"rate({int(ASSUMED['wake_seconds']) // 60} minutes)"
    assert schedule["State"] == {"Fn::If": ["IsKeptWarm", "ENABLED", "DISABLED"]}
    assert written["Parameters"]["KeepWarm"]["Default"] == "on"
    assert is_never_late(made, "Submit")
    assert schedule["Target"]["Arn"] == {
        "Ref": "SubmitAliaslive"
    }  # what visitors meet is what is kept started
    (role,) = made["SchedulerRole"]["Properties"]["Policies"]
    assert {"Fn::Sub": "${Submit.Arn}:live"} in role["PolicyDocument"]["Statement"][0]["Resource"]


def is_never_late(made: Resources, function: str) -> bool:
    configs = of_type(made, "AWS::Lambda::EventInvokeConfig").values()
    (waits,) = (config for config in configs if config["FunctionName"] == {"Ref": function})
    return (waits["MaximumEventAgeInSeconds"], waits["MaximumRetryAttempts"]) == (60, 0)


def test_the_events_of_a_failed_background_function_are_kept(made: Resources) -> None:
    configs = of_type(made, "AWS::Lambda::EventInvokeConfig").values()
    others = [config for config in configs if config["FunctionName"]["Ref"] not in ("Mail", "Submit")]
    assert {config["FunctionName"]["Ref"] for config in others} == {"Check", "Export", "Probe", "Delivery"}
    for config in others:
        assert config["DestinationConfig"]["OnFailure"]["Destination"] == {"Fn::GetAtt": ["Unhandled", "Arn"]}


def test_ses_reports_every_outcome_of_a_mail_and_tracks_nobody(made: Resources) -> None:
    events = only(made, "AWS::SES::ConfigurationSetEventDestination")["EventDestination"]
    kinds = {"send", "delivery", "deliveryDelay", "bounce", "complaint", "reject"}
    assert set(events["MatchingEventTypes"]) == kinds
    assert events["SnsDestination"] == {"TopicARN": {"Ref": "MailEvents"}}
    assert only(made, "AWS::SNS::Subscription")["Endpoint"] == {"Fn::GetAtt": ["Delivery", "Arn"]}


def test_a_school_whose_server_has_no_tls_still_gets_its_mail(made: Resources) -> None:
    assert only(made, "AWS::SES::ConfigurationSet")["DeliveryOptions"] == {"TlsPolicy": "OPTIONAL"}


def test_an_address_that_bounced_or_complained_gets_no_more_mail(made: Resources) -> None:
    suppression = only(made, "AWS::SES::ConfigurationSet")["SuppressionOptions"]
    assert set(suppression["SuppressedReasons"]) == {"BOUNCE", "COMPLAINT"}


# --- storage


def test_the_table_outlives_mistakes(resources: Resources, written: dict[str, Any]) -> None:
    table = resources["Table"]
    assert (table["DeletionPolicy"], table["UpdateReplacePolicy"]) == ("RetainExceptOnCreate", "Retain")
    assert table["Properties"]["DeletionProtectionEnabled"] == {"Fn::If": ["IsProtected", True, False]}
    assert written["Parameters"]["Protection"]["Default"] == "on"
    assert table["Properties"]["PointInTimeRecoverySpecification"] == {"PointInTimeRecoveryEnabled": True}


def test_the_table_costs_nothing_when_idle_expires_items_and_streams_both_images(made: Resources) -> None:
    table = only(made, "AWS::DynamoDB::Table")
    assert table["BillingMode"] == "PAY_PER_REQUEST"
    assert table["TimeToLiveSpecification"] == {"AttributeName": "expires", "Enabled": True}
    assert table["StreamSpecification"] == {"StreamViewType": "NEW_AND_OLD_IMAGES"}
    assert [(key["AttributeName"], key["KeyType"]) for key in table["KeySchema"]] == [
        ("pk", "HASH"),
        ("sk", "RANGE"),
    ]


def test_the_secret_is_made_on_aws_and_outlives_the_stack(resources: Resources) -> None:
    secret = resources["LinkSecret"]
    assert (secret["DeletionPolicy"], secret["UpdateReplacePolicy"]) == ("RetainExceptOnCreate", "Retain")
    assert "SecretString" not in secret["Properties"]
    generated = secret["Properties"]["GenerateSecretString"]
    assert generated["PasswordLength"] >= 43  # 256 bits in letters and digits
    assert generated["ExcludePunctuation"]  # a key that begins with [ would be read as a list of keys


def test_exports_are_encrypted_reach_nobody_and_go_five_days_after_the_backups(made: Resources) -> None:
    bucket = only(made, "AWS::S3::Bucket")
    (rule,) = bucket["LifecycleConfiguration"]["Rules"]
    assert (rule["Status"], rule["ExpirationInDays"]) == ("Enabled", 40)
    assert set(bucket["PublicAccessBlockConfiguration"].values()) == {True}
    assert "AES256" in json.dumps(bucket["BucketEncryption"])
    assert made["Exports"]["DeletionPolicy"] == "Retain"  # CloudFormation deletes no bucket with objects
    (refusal,) = only(made, "AWS::S3::BucketPolicy")["PolicyDocument"]["Statement"]
    assert refusal["Effect"] == "Deny"
    assert refusal["Condition"] == {"Bool": {"aws:SecureTransport": "false"}}


def test_the_export_runs_after_the_mails_of_the_check_unless_the_operator_turns_it_off(
    written: dict[str, Any], made: Resources
) -> None:
    schedule = scheduled(made, "Export")
    assert schedule["ScheduleExpression"] == "cron(0 9 * * ? *)"
    assert schedule["State"] == {"Fn::If": ["HasExport", "ENABLED", "DISABLED"]}
    assert written["Parameters"]["DailyExport"]["Default"] == "on"


def test_every_log_expires(made: Resources) -> None:
    assert {log["RetentionInDays"] for log in of_type(made, "AWS::Logs::LogGroup").values()} == {30}


def test_nothing_has_a_fixed_name(made: Resources) -> None:
    fixed = [
        (resource, key)
        for resource, definition in made.items()
        if definition["Type"] != "AWS::Lambda::Alias"  # a name within its function
        for key, value in definition.get("Properties", {}).items()
        if NAMES.match(key) and isinstance(value, str)
    ]
    assert fixed == []


# --- alarms and outputs


def test_every_alarm_reaches_the_operator(made: Resources) -> None:
    alarms = of_type(made, "AWS::CloudWatch::Alarm")
    assert set(alarms) == {
        "UnhandledAlarm",
        "ApiFailingAlarm",
        "MailBlockedAlarm",
        "OrganiserUnreachableAlarm",
        "SignInFailedAlarm",
        "MailDelayedAlarm",
        "MailStuckAlarm",
        "ReportMissingAlarm",
        "ErrorsAlarm",
        "CheckMissedAlarm",
        "UnknownVersionAlarm",
        "FirstMailsHeldBackAlarm",
        "BounceRateAlarm",
        "ComplaintRateAlarm",
        "PostsKeptAlarm",
        "PostsRefusedAlarm",
        "ProbeAlarm",
    }
    for alarm in alarms.values():
        assert alarm["AlarmActions"] == {"Fn::If": ["HasAlarmEmail", [{"Ref": "Alarms"}], []]}
        assert alarm["OKActions"] == alarm["AlarmActions"]  # that it is over


def test_whoever_deploys_says_who_gets_the_alarms_or_that_nobody_does(written: dict[str, Any]) -> None:
    email = written["Parameters"]["AlarmEmail"]
    assert "Default" not in email
    allowed = [
        text for text in ("none", "els@x.example", "", "els") if re.fullmatch(email["AllowedPattern"], text)
    ]
    assert allowed == ["none", "els@x.example"]
    assert written["Conditions"]["HasAlarmEmail"] == {
        "Fn::Not": [{"Fn::Equals": [{"Ref": "AlarmEmail"}, "none"]}]
    }


def test_a_function_that_did_not_run_hides_no_crash_of_another(made: Resources) -> None:
    alarm = of_type(made, "AWS::CloudWatch::Alarm")["ErrorsAlarm"]
    (total,) = (metric["Expression"] for metric in alarm["Metrics"] if "Expression" in metric)
    summed = {metric["Id"] for metric in alarm["Metrics"] if "MetricStat" in metric}
    assert set(re.findall(r"FILL\((\w+), 0\)", total)) == summed == {"check", "export", "mail", "delivery"}


def test_a_report_that_nobody_looks_for_is_an_alarm_and_no_network_is_a_dimension(made: Resources) -> None:
    alarm = of_type(made, "AWS::CloudWatch::Alarm")["ReportMissingAlarm"]
    assert alarm["TreatMissingData"] == "breaching"
    assert alarm["Period"] * alarm["EvaluationPeriods"] > 15 * 60  # the sweep's
    assert alarm["Dimensions"] == [{"Name": "service", "Value": "mail"}]


def test_every_queue_has_an_alarm(made: Resources) -> None:
    watched = [
        dimension["Value"]["Fn::GetAtt"][0]
        for alarm in of_type(made, "AWS::CloudWatch::Alarm").values()
        if alarm.get("MetricName") == "ApproximateNumberOfMessagesVisible"
        for dimension in alarm["Dimensions"]
    ]
    assert set(watched) == set(of_type(made, "AWS::SQS::Queue"))


def test_the_operator_hears_well_before_ses_reviews_the_account(made: Resources) -> None:
    alarms = of_type(made, "AWS::CloudWatch::Alarm")
    rates = {
        alarm["MetricName"]: alarm["Threshold"]
        for alarm in alarms.values()
        if alarm.get("Namespace") == "AWS/SES"
    }
    # SES reviews at 5 % and at 0.1 % (its developer guide, "Reputation metrics messages").
    assert rates["Reputation.BounceRate"] <= 0.05 / 2
    assert rates["Reputation.ComplaintRate"] <= 0.001 / 2


def test_a_check_that_never_ran_is_an_alarm(made: Resources) -> None:
    alarm = of_type(made, "AWS::CloudWatch::Alarm")["CheckMissedAlarm"]
    assert alarm["TreatMissingData"] == "breaching"
    assert alarm["Period"] * alarm["EvaluationPeriods"] > 25 * 3600  # the day on which summer time ends


def test_the_outputs_are_what_an_operator_needs(written: dict[str, Any]) -> None:
    assert set(written["Outputs"]) == {
        "ApiUrl",
        "FrontDomain",
        "TableName",
        "Version",
        "LinkSecretArn",
        "UnhandledQueueUrl",
        "ExportsBucket",
    }

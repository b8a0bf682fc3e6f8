use std::error::Error;
use std::time::Duration;

use backon::{ExponentialBuilder, Retryable};
use tokio::time::{Instant, timeout};
use tonic::transport::Channel;
use tonic::{Code, Request, Status};
use tonic_types::StatusExt;

use planner::planner_service_client::PlannerServiceClient;
pub use planner::{Optimality, PlanRequest, PlanResponse};

mod planner {
    tonic::include_proto!("partialloading.planner.v1");
    include!(concat!(
        env!("OUT_DIR"),
        "/partialloading.planner.v1.serde.rs"
    ));
}

/// A plan for 10,000 users takes about 1 MB; tonic's own limit is 4 MB.
const MAX_RESPONSE_BYTES: usize = 64 << 20;

/// A planner behind a channel.
pub struct Client(PlannerServiceClient<Channel>);

impl Client {
    pub fn new(channel: Channel) -> Self {
        Self(PlannerServiceClient::new(channel).max_decoding_message_size(MAX_RESPONSE_BYTES))
    }

    /// Asks for one plan. All attempts together take no longer than the deadline.
    pub async fn plan(
        &self,
        request: &PlanRequest,
        deadline: Duration,
    ) -> Result<PlanResponse, Status> {
        let start = Instant::now();
        let attempt = || async {
            let mut request = Request::new(request.clone());
            request.set_timeout(deadline.saturating_sub(start.elapsed()));
            self.0
                .clone()
                .plan(request)
                .await
                .map_err(unavailable_if_lost)
        };
        let attempts = attempt
            .retry(backoff())
            .when(|status| matches!(status.code(), Code::Unavailable | Code::Unknown));
        match timeout(deadline, attempts).await {
            Ok(Ok(response)) => Ok(response.into_inner()),
            Ok(Err(status)) if start.elapsed() < deadline => Err(status),
            // Whichever timer was first, this one or that of the call.
            _ => Err(Status::deadline_exceeded(format!(
                "no answer within {deadline:?}"
            ))),
        }
    }
}

/// What gRPC calls unavailable: in tonic a connection that fails is also unknown or cancelled.
fn unavailable_if_lost(status: Status) -> Status {
    match (status.code(), status.source()) {
        (Code::Unavailable | Code::Unknown | Code::Cancelled, Some(cause)) => {
            Status::unavailable(root_cause(cause))
        }
        _ => status,
    }
}

/// What an error comes from in the end.
pub fn root_cause(error: &dyn Error) -> String {
    error.source().map_or_else(|| error.to_string(), root_cause)
}

/// The retries of proto/service-config.json, which tonic does not read.
fn backoff() -> ExponentialBuilder {
    ExponentialBuilder::default()
        .with_max_times(3)
        .with_min_delay(Duration::from_millis(20))
        .with_max_delay(Duration::from_millis(500))
        .with_factor(3.0)
        .with_jitter()
}

/// The faults of a refused request, a line each; gRPC carries them in the status details.
pub fn faults(status: &Status) -> Vec<String> {
    let bad_request = status.get_details_bad_request();
    let line = |fault: tonic_types::FieldViolation| match fault.field.as_str() {
        "" => fault.description,
        field => format!("{field}: {}", fault.description),
    };
    bad_request.map_or_else(Vec::new, |request| {
        request.field_violations.into_iter().map(line).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use tonic_types::{ErrorDetails, FieldViolation};

    #[test]
    fn faults_are_those_of_the_bad_request() {
        let mut details = ErrorDetails::with_bad_request(vec![
            FieldViolation::new("latency_budget", "is missing"),
            FieldViolation::new("", "3 more"),
        ]);
        details.set_error_info("no fault", "", []);
        let status = Status::with_error_details(Code::InvalidArgument, "wrong request", details);
        assert_eq!(faults(&status), ["latency_budget: is missing", "3 more"]);
    }

    #[test]
    fn refusal_without_details_has_no_faults() {
        assert!(faults(&Status::invalid_argument("wrong request")).is_empty());
        let spoiled = Status::with_details(Code::InvalidArgument, "", vec![0xff].into());
        assert!(faults(&spoiled).is_empty());
    }

    #[test]
    fn backoff_is_that_of_the_service_config() {
        let config: serde_json::Value =
            serde_json::from_str(include_str!("../../../../proto/service-config.json")).unwrap();
        let policy = &config["methodConfig"][0]["retryPolicy"];
        assert_eq!(policy["maxAttempts"], 4);
        assert_eq!(policy["initialBackoff"], "0.02s");
        assert_eq!(policy["maxBackoff"], "0.5s");
        assert_eq!(policy["backoffMultiplier"], 3);
        assert_eq!(
            policy["retryableStatusCodes"],
            serde_json::json!(["UNAVAILABLE", "UNKNOWN"])
        );
    }
}

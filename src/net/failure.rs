//! The ways in which a question can stay without an answer.

use std::time::Duration;

use crate::terms::{Gap, GapWhy};

/// Why a request brought no usable answer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Failure {
    /// Nothing listens, the name does not resolve, or the connection broke.
    #[error("the connection failed: {0}")]
    Refused(String),
    /// No answer in time.
    #[error("no answer within {0:?}")]
    Timeout(Duration),
    /// 429, or a plan's limit told another way.
    #[error("too many requests{}", .0.map(|d| format!("; the source asks to wait {} s", d.as_secs())).unwrap_or_default())]
    RateLimited(Option<Duration>),
    /// 503 from a source that says when to come again.
    #[error("HTTP status 503; the source asks to wait {} s", .0.as_secs())]
    Unavailable(Duration),
    /// The credentials are missing or were refused.
    #[error("{0}")]
    Unauthorised(String),
    /// A status that is no answer.
    #[error("HTTP status {0}")]
    Status(u16),
    /// A body that is not what the source should send.
    #[error("{0}")]
    Malformed(String),
    /// A node that answered a batch of calls with one error.
    #[error("the node refused the batch: {0}")]
    BatchRefused(String),
    /// A body over the limit.
    #[error("the body is larger than {0} bytes")]
    TooLarge(usize),
    /// A redirect to another host.
    #[error("a redirect to another host was not followed")]
    Redirected,
    /// The service name is not configured.
    #[error("no such service is configured")]
    NoService,
    /// Replaying, and the question is not on the recording.
    #[error("this question is not on the recording")]
    NotRecorded,
}

impl Failure {
    /// Whether a later try may succeed.
    pub fn is_passing(&self) -> bool {
        match self {
            Self::Refused(_) | Self::Timeout(_) | Self::RateLimited(_) | Self::Unavailable(_) => true,
            Self::Status(status) => matches!(status, 500 | 502 | 503 | 504),
            _ => false,
        }
    }

    /// The gap that this failure leaves.
    pub fn gap(&self, service: &str, question: &str) -> Gap {
        let why = match self {
            Self::Refused(_) => GapWhy::Refused,
            Self::Timeout(_) => GapWhy::Timeout,
            Self::RateLimited(_) => GapWhy::RateLimited,
            Self::Unauthorised(_) | Self::Status(401 | 403) => GapWhy::Unauthorised,
            Self::Status(_) | Self::Unavailable(_) | Self::BatchRefused(_) => GapWhy::ServerError,
            Self::Malformed(_) => GapWhy::Malformed,
            Self::TooLarge(_) => GapWhy::TooLarge,
            Self::Redirected => GapWhy::Redirected,
            Self::NoService => GapWhy::NotConfigured,
            Self::NotRecorded => GapWhy::NotRecorded,
        };
        Gap::new(service, question, why).with(self.to_string())
    }

    /// The word under which a failure stands on a recording.
    pub(super) fn recorded(&self) -> String {
        match self {
            Self::Refused(why) => format!("refused:{why}"),
            Self::Timeout(limit) => format!("timeout:{}", limit.as_millis()),
            Self::RateLimited(None) => "rate-limited".into(),
            Self::RateLimited(Some(wait)) => format!("rate-limited:{}", wait.as_secs()),
            Self::Unavailable(wait) => format!("unavailable:{}", wait.as_secs()),
            Self::Unauthorised(why) => format!("unauthorised:{why}"),
            Self::Status(status) => format!("status:{status}"),
            Self::Malformed(why) => format!("malformed:{why}"),
            Self::BatchRefused(why) => format!("batch-refused:{why}"),
            Self::TooLarge(limit) => format!("too-large:{limit}"),
            Self::Redirected => "redirected".into(),
            Self::NoService => "no-service".into(),
            Self::NotRecorded => "not-recorded".into(),
        }
    }

    /// The failure that stands on a recording under `word`.
    pub(super) fn replayed(word: &str) -> Self {
        let (name, rest) = word.split_once(':').unwrap_or((word, ""));
        let number = rest.parse::<u64>().ok();
        match name {
            "refused" => Self::Refused(rest.to_owned()),
            "timeout" => Self::Timeout(Duration::from_millis(number.unwrap_or(0))),
            "rate-limited" => Self::RateLimited(number.map(Duration::from_secs)),
            "unavailable" => Self::Unavailable(Duration::from_secs(number.unwrap_or(0))),
            "unauthorised" => Self::Unauthorised(rest.to_owned()),
            "status" => Self::Status(number.and_then(|n| u16::try_from(n).ok()).unwrap_or(0)),
            "too-large" => Self::TooLarge(number.and_then(|n| usize::try_from(n).ok()).unwrap_or(0)),
            "redirected" => Self::Redirected,
            "no-service" => Self::NoService,
            "malformed" => Self::Malformed(rest.to_owned()),
            "batch-refused" => Self::BatchRefused(rest.to_owned()),
            _ => Self::NotRecorded,
        }
    }
}

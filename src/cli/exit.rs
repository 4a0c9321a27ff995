//! Exit codes and the one printer of errors.

use crate::diagnosis::Verdict;

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// A diagnosis was produced, or the command did its work.
    Done,
    /// The tool failed.
    Failed,
    /// The command line or the configuration is wrong.
    Usage,
    /// No source of any kind answered; the inconclusive document is printed all the same.
    NoAnswer,
    /// Some case changed or could not be verified, or some row failed.
    Changed,
    /// The verdict, asked for by `--exit-code`.
    Of(Verdict),
    /// The user ended it: the number by which shells know that.
    Interrupted,
}

impl Exit {
    /// The number that the process ends with.
    pub fn code(self) -> u8 {
        match self {
            Self::Done | Self::Of(Verdict::Complete) => 0,
            Self::Failed => 1,
            Self::Usage => 2,
            Self::NoAnswer => 3,
            Self::Changed => 4,
            Self::Of(Verdict::Settled) => 5,
            Self::Of(Verdict::Waiting) => 10,
            Self::Of(Verdict::PlatformAction) => 20,
            Self::Of(Verdict::CustomerAction) => 30,
            Self::Of(Verdict::Misdirected) => 40,
            Self::Of(Verdict::Inconclusive) => 50,
            Self::Interrupted => 130,
        }
    }
}

/// The user's mistake rather than the tool's: ends with the usage code.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub(super) struct Mistake(pub String);

impl Mistake {
    /// A mistake as an error.
    pub(super) fn error(text: impl Into<String>) -> anyhow::Error {
        anyhow::Error::new(Self(text.into()))
    }
}

/// Whose fault an error is.
pub(super) fn of_error(error: &anyhow::Error) -> Exit {
    if error.chain().any(<dyn std::error::Error>::is::<Mistake>) { Exit::Usage } else { Exit::Failed }
}

/// The one line that an error is told in.
pub(super) fn message(error: &anyhow::Error) -> String {
    let causes: Vec<String> = error.chain().map(ToString::to_string).collect();
    format!("txsleuth: {}", crate::report::plain(&causes.join(": ")))
}

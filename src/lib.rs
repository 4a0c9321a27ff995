//! txsleuth finds out what happened to a crypto deposit or withdrawal somebody is missing.
//!
//! ```text
//!     subject ──► claim ──► evidence ──► diagnosis ──► report
//!      typed      said      seen, by      follows       told
//!                           whom, when    (pure)        text · json
//! ```

pub mod claim;
pub mod cli;
pub mod diagnosis;
pub mod evidence;
pub mod inquiry;
pub mod net;
pub mod report;
pub mod sleuth;
pub mod sources;
pub mod subject;
pub mod terms;

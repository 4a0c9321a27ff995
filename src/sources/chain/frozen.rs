//! What a token's issuer has stopped, of what the token answers about itself and about each account.

use crate::terms::{Address, Gap, GapWhy, Provenance, Seen};

/// Those of whom the token says yes; no when it says so of nobody, and `untold` where it has no such functions.
pub(super) fn stopped<'a>(
    answers: impl IntoIterator<Item = (&'a Address, Result<(bool, Provenance), Gap>)>,
    untold: Gap,
) -> Seen<Vec<Address>> {
    let mut found: Vec<Address> = Vec::new();
    let mut said: Option<Provenance> = None;
    for (who, answer) in answers {
        let (yes, provenance) = match answer {
            Ok(answer) => answer,
            // The token has no such function.
            Err(gap) if matches!(gap.why, GapWhy::ServerError | GapWhy::NotOffered) => continue,
            Err(gap) => return Seen::Unknown(gap),
        };
        said = Some(said.map_or_else(|| provenance.clone(), |before| before.and(&provenance)));
        if yes && !found.contains(who) {
            found.push(who.clone());
        }
    }
    match said {
        Some(said) if found.is_empty() => Seen::No(said),
        Some(said) => Seen::Yes(found, said),
        None => Seen::Unknown(untold),
    }
}

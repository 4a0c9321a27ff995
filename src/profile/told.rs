//! A profile as a list of figures, each with its source.

use serde::Serialize;

use super::{About, Profile, Recovery, Source, Sure};

/// One figure of a profile, with where it was read.
#[derive(Clone, Debug)]
pub struct Figure<'a> {
    /// What it says.
    pub value: FigureValue,
    /// The source's short name.
    pub source_name: &'a str,
    /// Where it was read.
    pub source: &'a Source,
    /// How sure it is.
    pub sure: Sure,
}

/// What a figure says.
#[derive(Clone, Debug, Serialize)]
pub struct FigureValue {
    /// `confirmations`, `minimum`, `explorer`, `recovery`, `channel` or `asks`.
    pub what: &'static str,
    /// What it is about: network and asset, or what went wrong.
    pub of: String,
    /// The figure in words.
    pub value: String,
}

impl Recovery {
    /// What the exchange does, for what fee and in what time.
    pub fn told(&self) -> String {
        let part = |name: &str, text: &Option<String>| text.as_ref().map(|text| format!(" {name}: {text}."));
        let rest = [part("Fee", &self.fee), part("Time", &self.takes)];
        std::iter::once(self.note.clone()).chain(rest.into_iter().flatten()).collect()
    }
}

impl Profile {
    /// Every figure, kind by kind.
    pub fn figures(&self) -> Vec<Figure<'_>> {
        let mut figures = Vec::new();
        let mut add = |what: &'static str, of: String, value: String, basis: (&'_ str, Sure)| {
            // A source that is not listed leaves its figure out; a test holds the files to it.
            if let Some((source_name, source)) = self.sources.get_key_value(basis.0) {
                let value = FigureValue { what, of, value };
                figures.push(Figure { value, source_name, source, sure: basis.1 });
            }
        };
        for one in &self.confirmations {
            let of = one.asset.as_ref().map_or_else(|| one.network.clone(), |asset| format!("{} {asset}", one.network));
            let unlock = one.unlock.map(|unlock| format!(", {unlock} to unlock")).unwrap_or_default();
            add("confirmations", of, format!("{} to credit{unlock}", one.credit), (&one.source, one.sure));
        }
        for one in &self.minimums {
            let of = format!("{} {}", one.network, one.asset);
            add("minimum", of, format!("{} {}", one.amount, one.asset), (&one.source, one.sure));
        }
        for one in &self.explorers {
            add("explorer", one.network.clone(), one.link.clone(), (&one.source, one.sure));
        }
        for one in &self.recoveries {
            let handling = one.handling.map(|handling| format!("{}: ", handling.name())).unwrap_or_default();
            let value = format!("{handling}{}", one.told());
            add("recovery", one.about.name().to_owned(), value, (&one.source, one.sure));
        }
        for one in &self.channels {
            let url = one.url.as_ref().map(|url| format!(" ({url})")).unwrap_or_default();
            add("channel", one.about.name().to_owned(), format!("{}{url}", one.place), (&one.source, one.sure));
        }
        for one in &self.asks {
            let items: Vec<&str> = one.items.iter().map(|item| item.name()).collect();
            let of = if one.about == About::Deposit { "every deposit" } else { one.about.name() };
            add("asks", of.to_owned(), items.join(", "), (&one.source, one.sure));
        }
        figures
    }
}

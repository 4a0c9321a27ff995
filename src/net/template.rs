//! Texts with places in braces, as a configuration writes paths and what is signed.

/// A text with places, each of which is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template(Vec<Part>);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    Text(String),
    Place(String),
}

impl Template {
    /// Reads a text; an error names the place that is not known, and the nearest that is.
    pub fn parse(text: &str, known: &[&str]) -> Result<Self, String> {
        let mut parts = Vec::new();
        let mut rest = text;
        while let Some((before, from)) = rest.split_once('{') {
            let (place, after) = from.split_once('}').ok_or_else(|| format!("a brace is not closed in `{text}`"))?;
            if !known.contains(&place) {
                let near = nearest(place, known.iter().copied());
                let near = near.map(|near| format!("; did you mean `{{{near}}}`?")).unwrap_or_default();
                return Err(format!("`{{{place}}}` is not a placeholder here{near}"));
            }
            parts.extend([Part::Text(before.to_owned()), Part::Place(place.to_owned())]);
            rest = after;
        }
        parts.push(Part::Text(rest.to_owned()));
        Ok(Self(parts))
    }

    /// Whether a place is in it.
    pub fn names(&self, place: &str) -> bool {
        self.places().any(|own| own == place)
    }

    /// Its places.
    pub fn places(&self) -> impl Iterator<Item = &str> {
        self.0.iter().filter_map(|part| match part {
            Part::Text(_) => None,
            Part::Place(place) => Some(place.as_str()),
        })
    }

    /// The text with its places filled; nothing where one has no value.
    pub fn filled(&self, value: impl Fn(&str) -> Option<String>) -> Option<String> {
        let part = |part: &Part| match part {
            Part::Text(text) => Some(text.clone()),
            Part::Place(place) => value(place),
        };
        self.0.iter().map(part).collect()
    }

    /// The place that is the whole text.
    pub fn alone(&self) -> Option<&str> {
        let is_plain = self.0.iter().all(|part| !matches!(part, Part::Text(text) if !text.is_empty()));
        let mut places = self.places();
        places.next().filter(|_| is_plain && places.next().is_none())
    }
}

/// The known word that is nearest to one that is not.
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    known.into_iter().min_by_key(|known| strsim::damerau_levenshtein(known, word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_filled_and_others_are_told_by_name() {
        let template = Template::parse("/tx/{txid}?a={asset}", &["txid", "asset"]).unwrap();
        assert_eq!(template.filled(|place| Some(format!("<{place}>"))).as_deref(), Some("/tx/<txid>?a=<asset>"));
        assert_eq!(template.filled(|place| (place == "txid").then(String::new)), None);
        let error = Template::parse("/tx/{txd}", &["txid", "asset"]).unwrap_err();
        assert!(error.contains("`{txd}`") && error.contains("`{txid}`"), "{error}");
        assert!(Template::parse("/tx/{txid", &["txid"]).is_err());
        assert_eq!(Template::parse("{page}", &["page"]).unwrap().alone(), Some("page"));
        assert_eq!(Template::parse("p{page}", &["page"]).unwrap().alone(), None);
    }
}

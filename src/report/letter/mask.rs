//! Personal data made unrecognisable to others and still recognisable to whose it is.

/// Characters of an address that stay at its beginning and at its end.
const ENDS: (usize, usize) = (6, 4);

/// An address without its middle; what tells its network, before a colon, stays.
pub(super) fn shortened(address: &str) -> String {
    if let Some((network, rest)) = address.split_once(':') {
        return format!("{network}:{}", shortened(rest));
    }
    let characters: Vec<char> = address.chars().collect();
    let (first, last) = ENDS;
    if characters.len() <= first + last + 1 {
        return address.to_owned();
    }
    let end = &characters[characters.len() - last..];
    characters[..first].iter().copied().chain(['…']).chain(end.iter().copied()).collect()
}

/// A text whose addresses of mail keep a first letter and their domain.
pub(super) fn without_mail(text: &str) -> String {
    let is_name = |c: char| c.is_alphanumeric() || matches!(c, '.' | '_' | '%' | '+' | '-');
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('@') {
        let (before, behind) = (&rest[..at], &rest[at + 1..]);
        let start = before.char_indices().rev().take_while(|(_, c)| is_name(*c)).last().map_or(at, |(start, _)| start);
        let has_domain = behind.chars().next().is_some_and(char::is_alphanumeric);
        match before[start..].chars().next().filter(|_| has_domain) {
            Some(first) => out.push_str(&format!("{}{first}***@", &before[..start])),
            None => out.push_str(&rest[..=at]),
        }
        rest = behind;
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_lose_their_middle_and_mail_its_name() {
        assert_eq!(shortened("0xbFbedc2Af80040899cB4b090763e9809AF448609"), "0xbFbe…8609");
        assert_eq!(shortened("bitcoincash:qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6a"), "bitcoincash:qpm2qs…dx6a");
        assert_eq!(shortened("short"), "short");
        assert_eq!(without_mail("to jane.doe+x@mail.example, at 5 @ once"), "to j***@mail.example, at 5 @ once");
        assert_eq!(without_mail("김철수@메일.example"), "김***@메일.example");
        assert_eq!(without_mail("@all a@"), "@all a@");
    }
}

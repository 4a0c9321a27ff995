//! Answers that deny or refuse, in words that every server of their kind uses alike. One that is made of nothing else names
//! no machine and nobody, so that it may be shown to anybody.

/// Longest answer that is looked at, in bytes.
const LONGEST: usize = 2000;

/// Most digits of a number: a code, a height, a count.
const DIGITS: usize = 12;

/// Words of Bitcoin Core, bcoin, electrs, Blockbook, EVM nodes, rippled, Solana's nodes, java-tron and TON's indexer, and
/// of the envelopes in which they travel.
const WORDS: &str = "a action an api are at available be behind binary block blockchain by code command configuration \
    data detail does enable error error_code error_message exist failed false following for found from hash height history \
    id in index invalid is jsonrpc ledger ledgers mempool message messages method missing no node not null ok \
    of only or out parameter please provide queries query range request requested requesting response result \
    searched_all slot slots status success such supported syncing target the this to transaction transactions true try tx \
    txnnotfound txid txindex type unavailable unknown unsupported use version wallet with again client gettransaction \
    lgrnotfound maxsupportedtransactionversion api_version max_ledger min_ledger execution reverted unhealthy synced limit";

/// Whether an answer says nothing but such words, numbers, and what it was asked.
pub(super) fn is_anybodys(body: &str, asked: &str) -> bool {
    if body.len() > LONGEST || body.trim_start().starts_with('<') {
        return false;
    }
    let asked = asked.to_ascii_lowercase();
    let known = |word: &str| WORDS.split_whitespace().any(|one| one == word);
    let said = |word: &str| word.len() > 3 && asked.contains(word);
    let number = |word: &str| word.len() <= DIGITS && word.bytes().all(|b| b.is_ascii_digit());
    // Whatever is no word keeps words apart; but dots and colons within what has no blanks make addresses of machines.
    let joins = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.' | ':' | '@' | '/' | '\\');
    let words = body.split(|c: char| !joins(c)).map(|word| word.trim_matches(['.', ':', '\\']));
    words.filter(|word| !word.is_empty()).all(|word| {
        let word = word.to_ascii_lowercase();
        known(&word) || said(&word) || number(&word) || word == "2.0"
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const TXID: &str = "48885ca3234aedb33fa04467e71c897905f11e18238c236a72349ba8166aaee5";

    #[test]
    fn what_servers_say_alike_is_anybody_s() {
        let question = format!("{{\"method\":\"getrawtransaction\",\"params\":[\"{TXID}\"]}} getindexinfo");
        for body in [
            "Transaction not found",
            "\"Not Found\"",
            r#"{"error":"Block not found"}"#,
            r#"{"error":"Transaction '48885ca3234aedb33fa04467e71c897905f11e18238c236a72349ba8166aaee5' not found"}"#,
            r#"{"jsonrpc":"2.0","id":1,"error":{"code":-5,"message":"No such mempool transaction. Use -txindex or provide a block hash to enable blockchain transaction queries. Use gettransaction for wallet transactions."}}"#,
            r#"{"jsonrpc":"2.0","id":1,"error":{"message":"Method not found: getindexinfo.","code":-32601}}"#,
            r#"{"jsonrpc":"2.0","id":1,"error":{"message":"Block height out of range.","code":-8}}"#,
            r#"{"jsonrpc":"2.0","id":1,"error":{"code":-32005,"message":"Node is behind by 1200 slots"}}"#,
            r#"{"jsonrpc":"2.0","id":1,"error":{"code":-32011,"message":"Transaction history is not available from this node"}}"#,
            r#"{"result":{"error":"txnNotFound","error_code":29,"error_message":"Transaction not found.","searched_all":true,"status":"error","request":{"command":"tx","api_version":2,"binary":false,"max_ledger":2000}}}"#,
        ] {
            assert!(is_anybodys(body, &question), "{body}");
        }
    }

    #[test]
    fn what_names_a_machine_or_anything_else_is_not() {
        for body in [
            "Transaction not found (dial tcp 127.0.0.1:9332: connect: connection refused)",
            "Transaction not found 10.0.0.5",
            "Transaction not found: node:8332",
            "not found by node-7.example",
            r#"{"error":"Transaction not found","host":"db"}"#,
            r#"{"error":"Transaction not found","trace":"not/found"}"#,
            r#"{"error":"Transaction 'ee3b569293000000000000000000000000000000000000000000000000000000' not found"}"#,
            "账务系统 not found",
            "<html>not found</html>",
        ] {
            assert!(!is_anybodys(body, TXID), "{body}");
        }
        assert!(!is_anybodys(&"not found ".repeat(300), TXID), "long");
    }
}
